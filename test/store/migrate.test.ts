// Migrations: applied once, whole, unedited, by however many processes; and equal to the schema.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { derivedFiles } from '../../prisma/postgresql/derive';
import { folded, foldedWords } from '../../src/domain/moneySearch';
import { migratePostgres, migrateSqlite } from '../../src/store/migrate';
import { rowsOf } from '../support/books';
import { databases, freshDatabase } from '../support/office';
import { runAll } from '../support/settled';

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

  describe.each(databases)('find by words without marks what stood before on %s:', (kind) => {
    it('every name and every word is folded as the service folds what it writes', async () => {
      const { url, remove } = await freshDatabase(kind);
      const own = kind === 'SQLite' ? 'prisma/migrations' : 'prisma/postgresql/migrations';
      const migrate = (): void | Promise<void> =>
        kind === 'SQLite' ? migrateSqlite(url.slice('file:'.length), migrations()) : migratePostgres(url, migrations());
      cpSync(own, migrations(), { recursive: true });
      const later = readdirSync(own).filter((name) => name >= '0028');
      for (const name of later) rmSync(join(migrations(), name));
      await migrate();
      await runAll(url, [...oldOffice, ...oldTexts.flatMap(oldRows)]);
      cpSync(own, migrations(), { recursive: true });
      await migrate();
      const rows = await rowsOf(url, foldedTexts);
      expect(rows.map((row) => Object.values(row))).toEqual(
        oldTexts.map((text) => [folded(text), foldedWords({ content: text, bankReference: 'FT1', payerName: text }) ?? null, folded(text)]),
      );
      remove();
    });
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

const vowels = 'aăâeêioôơuưy'
  .split('')
  .flatMap((vowel) => ['', '\u0300', '\u0301', '\u0309', '\u0303', '\u0323'].map((tone) => vowel + tone));
const letters = `${vowels.join('').normalize('NFC')}đ`;
/** Every letter of Vietnamese in both sizes, composed and taken apart; names of foreigners; and what has no marks. */
const oldTexts = [letters, letters.toUpperCase(), letters.normalize('NFD'), 'Łý Müller Núñez Åström', 'NGUYEN van An', '李 Đào'];

const oldOffice = [
  `INSERT INTO agency (code, name, kind, locality_code, dynamic_qr_flag, valid_from) VALUES ('a', 'a', 'province', '1', 0, 't')`,
  `INSERT INTO account (id, agency_code, bank_bin, account_number, account_name, valid_from) VALUES ('acc', 'a', '1', '1', 'a', 't')`,
];
const oldRows = (text: string, place: number): string[] => [
  `INSERT INTO dossier (id, code, normal_form, procedure_code, sector_code, agency_code, channel, applicant_name, created_at)
   VALUES ('ds${place}', 'D${place}', 'D${place}', 'p', 's', 'a', 'counter', '${text}', 't')`,
  `INSERT INTO incoming_transaction (id, provider, scope, provider_id, account_number, direction, amount, content, bank_reference, bank_time,
     received_at, state, payer_name) VALUES ('tx${place}', 'p', 's', '${place}', '1', 'in', 1, '${text}', 'FT1', 't', 't', 'unapplied', '${text}')`,
  `INSERT INTO statement_file (id, account_id, name, sha256, byte_count, kept_by, kept_at, state, bytes_read, line_count, known_count, rejected_count,
     new_count, held_count, credit_sum, debit_sum, is_final) VALUES ('st${place}', 'acc', 'n', 'h', 1, 'b', 't', 'read', 1, 1, 1, 0, 0, 0, 0, 0, 1)`,
  `INSERT INTO statement_line (account_id, day, identity, occurrence, direction, amount, content, booked_at, payer_name, file_id, row_number)
   VALUES ('acc', 'd', '${place}', 1, 'in', 1, 'c', 't', '${text}', 'st${place}', 1)`,
];
const foldedTexts = `SELECT d.folded_applicant, t.folded_words, l.folded_payer FROM dossier d JOIN incoming_transaction t ON t.provider_id = substr(d.id, 3)
  JOIN statement_line l ON l.identity = t.provider_id ORDER BY d.id`;

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
