// Many open obligations in a database of either kind, written behind the office's back while nobody tells it of money.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { migrateSqlite } from '../../src/store/migrate';
import { fillObligations, referencesFrom } from '../support/manyObligations';
import { withClient } from '../support/postgresServer';

const offeredUntil = '2099-01-01T00:00:00.000Z';

/** In an order in which every row's parent comes before it. */
const filledTables = [
  'dossier',
  'obligation',
  'fee_item',
  'reference',
  'reference_name',
  'payment_request',
  'posting',
  'ratio_change',
] as const;

/** Opens so many obligations; the office must be there. Returns their references, the same for the same seed. */
export async function openObligations(url: string, seed: number, count: number): Promise<string[]> {
  const references = referencesFrom(seed, count);
  if (url.startsWith('file:')) fillFile(url.slice('file:'.length), references);
  else await fillPostgres(url, references);
  return references;
}

function fillFile(path: string, references: readonly string[]): void {
  const database = new Database(path);
  try {
    fillObligations(database, references, offeredUntil);
  } finally {
    database.close();
  }
}

/** The rows are made in a scratch file by the one who knows how, and carried over: both databases have the same tables. */
async function fillPostgres(url: string, references: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'counter-fees-rows-'));
  const scratch = join(folder, 'scratch.db');
  try {
    migrateSqlite(scratch, 'prisma/migrations');
    const database = new Database(scratch);
    database.exec(`INSERT INTO sector VALUES ('G15', ''); INSERT INTO procedure VALUES ('2.000815', '', 'G15')`);
    fillObligations(database, references, offeredUntil);
    await withClient(url, async (client) => {
      for (const table of filledTables) {
        const rows = JSON.stringify(database.prepare(`SELECT * FROM ${table}`).all());
        await client.query(`INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1)`, [rows]);
      }
      await client.query(`SELECT setval(pg_get_serial_sequence('ratio_change', 'id'), max(id)) FROM ratio_change`);
    });
    database.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
