// Migrations: applied once, whole, unedited, by however many processes; and equal to the schema.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { derivedFiles } from '../../prisma/postgresql/derive';
import { migratePostgres, migrateSqlite } from '../../src/store/migrate';
import { freshDatabase } from '../support/office';

const run = promisify(execFile);

describe('migrations', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'counter-fees-migrations-'));
    cpSync('prisma/migrations', join(folder, 'migrations'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const migrations = () => join(folder, 'migrations');
  const database = () => join(folder, 'test.db');
  const add = (name: string, sql: string) => writeFileSync(join(migrations(), name), sql);
  const tables = () => {
    const opened = new Database(database());
    const names = opened.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).pluck().all() as string[];
    opened.close();
    return names;
  };

  it('are applied once', () => {
    migrateSqlite(database(), migrations());
    migrateSqlite(database(), migrations());
    expect(tables()).toContain('obligation');
  });

  it('are applied once by four processes at once', async () => {
    const script = `require('./src/store/migrate').migrateSqlite(${JSON.stringify(database())}, ${JSON.stringify(migrations())})`;
    await Promise.all(Array.from({ length: 4 }, () => run(process.execPath, ['--import', 'tsx', '-e', script])));
    expect(tables()).toContain('obligation');
  }, 60_000);

  it('are undone whole when one statement fails', () => {
    migrateSqlite(database(), migrations());
    add('0002_broken.sql', 'CREATE TABLE half (id TEXT); CREATE TABLE half (id TEXT);');
    expect(() => migrateSqlite(database(), migrations())).toThrow('already exists');
    expect(tables()).not.toContain('half');
  });

  it('are refused when one was edited or is missing', () => {
    migrateSqlite(database(), migrations());
    const name = '0001_first_tables.sql';
    const text = readFileSync(join(migrations(), name), 'utf8');
    add(name, `${text}\n-- edited`);
    expect(() => migrateSqlite(database(), migrations())).toThrow('was edited');
    add(name, text);
    add('0002_more.sql', 'CREATE TABLE more (id TEXT);');
    migrateSqlite(database(), migrations());
    rmSync(join(migrations(), '0002_more.sql'));
    expect(() => migrateSqlite(database(), migrations())).toThrow('older version');
  });

  it('are applied to PostgreSQL once, whole and unedited too', async () => {
    const { url } = await freshDatabase('PostgreSQL');
    cpSync('prisma/postgresql/migrations', migrations(), { recursive: true });
    await Promise.all(Array.from({ length: 4 }, () => migratePostgres(url, migrations())));
    add('0002_broken.sql', 'CREATE TABLE half (id TEXT); CREATE TABLE half (id TEXT);');
    await expect(migratePostgres(url, migrations())).rejects.toThrow('already exists');
    rmSync(join(migrations(), '0002_broken.sql'));
    await migratePostgres(url, migrations());
  });

  it('have a PostgreSQL side that is derived from the SQLite side and not stale', () => {
    for (const [path, text] of derivedFiles()) expect([path, readFileSync(join('prisma/postgresql', path), 'utf8')]).toEqual([path, text]);
  });

  it('lead to exactly the tables of the schema', async () => {
    const { stdout } = await run(process.execPath, ['--import', 'tsx', 'prisma/drift.ts', database()]);
    expect(stdout.trim()).toBe('');
  }, 60_000);

  it('lead to the same columns and unique keys on both databases', async () => {
    migrateSqlite(database(), 'prisma/migrations');
    const { url } = await freshDatabase('PostgreSQL');
    await migratePostgres(url, 'prisma/postgresql/migrations');
    expect(await columnsOfPostgres(url)).toEqual(columnsOfSqlite(database()));
  });
});

/** `table.column`, with `!` where it may not be NULL; unique keys as `table(column,…)`. */
function columnsOfSqlite(path: string): string[] {
  const opened = new Database(path, { readonly: true });
  const columns = opened
    .prepare(
      `SELECT t.name || '.' || c.name || CASE WHEN c."notnull" THEN '!' ELSE '' END FROM sqlite_master t, pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`,
    )
    .pluck()
    .all() as string[];
  const keys = opened
    .prepare(
      `SELECT t.name || '(' || (SELECT group_concat(c.name) FROM pragma_index_info(i.name) c) || ')' FROM sqlite_master t, pragma_index_list(t.name) i
       WHERE t.type = 'table' AND i."unique" = 1`,
    )
    .pluck()
    .all() as string[];
  opened.close();
  return [...columns, ...keys].sort();
}

/** Rows that have a number instead of a name are keyed by SQLite's own row number there, which is no index. */
async function columnsOfPostgres(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ text: string }>(
    `SELECT table_name || '.' || column_name || CASE is_nullable WHEN 'NO' THEN '!' ELSE '' END AS text FROM information_schema.columns WHERE table_schema = 'public'
     UNION ALL SELECT t.relname || '(' || (SELECT string_agg(a.attname, ',' ORDER BY k.place) FROM unnest(i.indkey::int[]) WITH ORDINALITY AS k(number, place)
       JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number) || ')'
     FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE n.nspname = 'public' AND i.indisunique AND NOT (i.indisprimary AND t.relname IN ('event', 'allocation', 'ratio_change', 'statement_line', 'statement_line_decision'))`,
  );
  await client.end();
  return rows.map((row) => row.text).sort();
}
