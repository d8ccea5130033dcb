// Settings of Prisma's command line. Only `prisma generate` is used: migrations are plain SQL that the service applies itself.
import { defineConfig } from 'prisma/config';

// Generating needs no engine, but Prisma would download one. Never /bin/true: `migrate deploy` would then report success having done nothing.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= '/bin/false';

export default defineConfig({ schema: 'schema.prisma' });
