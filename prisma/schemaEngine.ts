// Prisma's schema engine as WebAssembly: compares a database with a schema, without any download.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

type AdapterFactory = object;
type Target =
  { tag: 'empty' } | { tag: 'schemaDatamodel' | 'schemaDatasource'; files: { path: string; content: string }[]; configDir?: string };

interface Engine {
  diff(params: object): Promise<{ exitCode: number; stdout: string | null }>;
  free(): void;
}

/** The SQL that leads from one schema to another, empty when they are equal; `adapter` is a Prisma driver adapter factory. */
export async function schemaDifference(adapter: AdapterFactory, from: Target, to: Target): Promise<string> {
  const engine = await startEngine(adapter, to);
  try {
    const result = await engine.diff({
      from,
      to,
      script: true,
      exitCode: true,
      shadowDatabaseUrl: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return result.exitCode === 0 ? '' : (result.stdout ?? 'different');
  } finally {
    engine.free();
  }
}

export const schemaFile = (path: string, tag: 'schemaDatamodel' | 'schemaDatasource'): Target => ({
  tag,
  files: [{ path, content: readFileSync(path, 'utf8') }],
  ...(tag === 'schemaDatasource' ? { configDir: 'prisma' } : {}),
});

async function startEngine(adapter: AdapterFactory, schema: Target): Promise<Engine> {
  const glue = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as unknown as Glue;
  const { bindMigrationAwareSqlAdapterFactory } = await import('@prisma/driver-adapter-utils');
  const bytes = readFileSync(join(dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')), 'schema_engine_bg.wasm'));
  const { instance } = await webAssembly.instantiate(bytes, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const datamodels = 'files' in schema ? schema.files.map((file) => [file.path, file.content]) : null;
  const bound = bindMigrationAwareSqlAdapterFactory(adapter as Parameters<typeof bindMigrationAwareSqlAdapterFactory>[0]);
  return glue.SchemaEngine.new({ datamodels }, () => undefined, bound);
}

interface Exports {
  __wbindgen_start(): void;
}

interface Glue {
  __wbg_set_wasm(exports: Exports): void;
  SchemaEngine: Record<'new', (options: object, log: () => void, adapter: object) => Promise<Engine>>;
}

/** Node's own; its types do not name it without those of a browser. */
const { WebAssembly: webAssembly } = globalThis as unknown as {
  WebAssembly: { instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Exports } }> };
};
