// Derives the PostgreSQL dialect from the SQLite one: schema and migrations; a test fails when the result is stale.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const prismaFolder = join(__dirname, '..');

/** Every derived file: path under prisma/postgresql/ → text. */
export function derivedFiles(): Map<string, string> {
  const files = new Map([['schema.prisma', postgresSchema(readFileSync(join(prismaFolder, 'schema.prisma'), 'utf8'))]]);
  const migrations = join(prismaFolder, 'migrations');
  for (const name of readdirSync(migrations).sort()) {
    files.set(join('migrations', name), postgresSql(readFileSync(join(migrations, name), 'utf8')));
  }
  return files;
}

function postgresSchema(schema: string): string {
  return schema
    .replace(/^(\/\/ SQLite is the first dialect).*$/m, '// Derived from ../schema.prisma by derive.ts: do not edit.')
    .replace('provider = "sqlite"', 'provider = "postgresql"')
    .replace('"../src/store/generated"', '"../../src/store/generated"')
    .replace(/Int( +)@id @default\(autoincrement\(\)\)/g, 'BigInt$1@id @default(autoincrement())');
}

/** Only the shapes that our migrations use; anything else passes through unchanged. */
function postgresSql(sql: string): string {
  const derived = sql
    .replace(/INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT/g, 'BIGSERIAL NOT NULL PRIMARY KEY')
    .replace(/\) WITHOUT ROWID;/g, ');')
    .replace(/\bBLOB\b/g, 'BYTEA')
    .replace(
      /CREATE TRIGGER ("\w+") BEFORE (UPDATE|DELETE) ON ("\w+") BEGIN SELECT RAISE\(ABORT, '([^']+)'\); END;/g,
      "CREATE TRIGGER $1 BEFORE $2 ON $3 FOR EACH ROW EXECUTE FUNCTION refuse_change('$4');",
    );
  return `-- Derived from ../../migrations by derive.ts: do not edit.\n${derived.includes('refuse_change') ? refuseChange : ''}${derived}`;
}

const refuseChange = `CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END; $$ LANGUAGE plpgsql;
`;

function writeDerivedFiles(): void {
  for (const [path, text] of derivedFiles()) {
    const target = join(__dirname, path);
    mkdirSync(join(target, '..'), { recursive: true });
    writeFileSync(target, text);
  }
}

if (require.main === module) writeDerivedFiles();
