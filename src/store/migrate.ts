// Applies the numbered SQL files at start: each once, whole, unedited, and safely when several processes start together.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { openDurable } from './sqlite';

interface Migration {
  name: string;
  sql: string;
  sha256: string;
}

const bookTable = 'CREATE TABLE IF NOT EXISTS applied_migration (name TEXT NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL)';
const bookRead = 'SELECT name, sha256 FROM applied_migration';
/** Any fixed number: it names the lock under which one process at a time migrates a PostgreSQL database. */
const migrationLock = 815_0001;
const lockWaitMs = 60_000;

/** Brings a SQLite file up to date with the folder of migrations. Throws when an applied file is missing or was edited. */
export function migrateSqlite(path: string, folder: string): void {
  const database = openDurable(path);
  try {
    database.pragma(`busy_timeout = ${lockWaitMs}`);
    database.pragma('foreign_keys = OFF'); // re-making a table must not cascade; checked before each commit
    database.exec(bookTable);
    for (const migration of migrationsIn(folder)) {
      database.transaction(() => applyToSqlite(database, migration)).immediate();
    }
    assertNoneMissing(database.prepare(bookRead).all() as Migration[], folder);
  } finally {
    database.close();
  }
}

function applyToSqlite(database: ReturnType<typeof openDurable>, migration: Migration): void {
  if (isApplied(database.prepare(bookRead).all() as Migration[], migration)) return;
  database.exec(migration.sql);
  const broken = database.pragma('foreign_key_check') as unknown[];
  if (broken.length > 0) throw new Error(`migration ${migration.name} leaves ${broken.length} rows without their parent`);
  database.prepare('INSERT INTO applied_migration VALUES (?, ?)').run(migration.name, migration.sha256);
}

/** The same for PostgreSQL, under an advisory lock. */
export async function migratePostgres(url: string, folder: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await client.query(bookTable);
    for (const migration of migrationsIn(folder)) await applyToPostgres(client, migration);
    assertNoneMissing((await client.query<Migration>(bookRead)).rows, folder);
  } finally {
    await client.end();
  }
}

async function applyToPostgres(client: Client, migration: Migration): Promise<void> {
  if (isApplied((await client.query<Migration>(bookRead)).rows, migration)) return;
  await client.query('BEGIN');
  try {
    await client.query(migration.sql);
    await client.query('INSERT INTO applied_migration VALUES ($1, $2)', [migration.name, migration.sha256]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

function migrationsIn(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name), 'utf8');
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    });
}

function isApplied(applied: Pick<Migration, 'name' | 'sha256'>[], migration: Migration): boolean {
  const row = applied.find(({ name }) => name === migration.name);
  if (row && row.sha256 !== migration.sha256) throw new Error(`migration ${migration.name} was edited after it had been applied`);
  return row !== undefined;
}

function assertNoneMissing(applied: Pick<Migration, 'name'>[], folder: string): void {
  const present = new Set(readdirSync(folder));
  const missing = applied.find(({ name }) => !present.has(name));
  if (missing) throw new Error(`the database was migrated by ${missing.name}, which is not here: this is an older version of the service`);
}
