// Prints the SQL by which an empty database, once migrated, still differs from the schema: nothing when they are equal.
import { join } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { migrateSqlite } from '../src/store/migrate';
import { schemaDifference, schemaFile } from './schemaEngine';

/** `file` is an empty SQLite database. (Prisma's engine cannot read a PostgreSQL one through its driver: that dialect is derived.) */
function drift(file: string): Promise<string> {
  migrateSqlite(file, join(__dirname, 'migrations'));
  const schema = join(__dirname, 'schema.prisma');
  const adapter = new PrismaBetterSqlite3({ url: `file:${file}` });
  return schemaDifference(adapter, schemaFile(schema, 'schemaDatasource'), schemaFile(schema, 'schemaDatamodel'));
}

const file = process.argv[2];
if (!file) throw new Error('name an empty database file');
void drift(file).then((sql) => {
  process.stdout.write(`${sql}\n`);
  process.exit(0); // the engine keeps its database open
});
