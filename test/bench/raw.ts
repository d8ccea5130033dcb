// The floor of the database: better-sqlite3 writing the same rows of the same payments, in batches, with no HTTP and no judging.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { openDurable } from '../../src/store/sqlite';
import { migrateSqlite } from '../../src/store/migrate';
import { seedDemoOffice } from '../../prisma/seed';
import { demoConfig } from '../../src/config';
import { openLog } from '../../src/log';
import { assemble } from '../../src/serve';
import { amountOfEach, fillObligations, referencesFrom } from '../support/manyObligations';

const at = '2026-11-22T01:00:00.000Z';
const account = 'acc-h26-101';

/** Payments written a second, when so many share a commit. */
export async function rawPaymentsPerSecond(payments: number, batch: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'counter-fees-bench-'));
  const path = join(folder, 'raw.db');
  try {
    migrateSqlite(path, 'prisma/migrations');
    const service = await assemble(demoConfig({ PORT: '0', DATABASE_URL: `file:${path}` }), openLog('silent'));
    await seedDemoOffice(service.ctx);
    await service.stop();
    const database = openDurable(path);
    fillObligations(database, referencesFrom(1, payments), '2099-01-01T00:00:00.000Z');
    const seconds = timed(() => writeAll(database, payments, batch));
    database.close();
    return payments / seconds;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timed(work: () => void): number {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
}

function writeAll(database: Database.Database, payments: number, batch: number): void {
  const write = writerOf(database);
  for (let from = 0; from < payments; from += batch) {
    database.exec('BEGIN IMMEDIATE');
    for (let place = from; place < Math.min(from + batch, payments); place++) write(place);
    database.exec('COMMIT');
  }
}

function writerOf(database: Database.Database): (place: number) => void {
  const delivery = database.prepare(
    `INSERT INTO delivery (id, provider, owner, digest, method, target, headers, body, received_at, last_received_at, times, tries, state, outcome) VALUES (?, 'sepay', 'default', ?, 'POST', '/webhooks/sepay', ?, ?, ?, ?, 1, 1, 'applied', 'kept')`,
  );
  const transaction = database.prepare(
    `INSERT INTO incoming_transaction (id, provider, scope, provider_id, delivery_id, account_id, agency_code, account_number, direction, amount, content, bank_reference, bank_time, received_at, state, proof, via, bank_identity, occurrence) VALUES (?, 'sepay', ?, ?, ?, ?, 'H26.101', '1026101000', 'in', ?, ?, ?, ?, ?, 'applied', ?, 'push', ?, 1)`,
  );
  const obligation = database.prepare(
    'UPDATE obligation SET paid = due, version = version + 1, settled_at = ? WHERE id = ? AND version = 1',
  );
  const allocation = database.prepare(
    `INSERT INTO allocation (obligation_id, transaction_id, amount, excess, flags, method, online_flag, paid_at, created_at) VALUES (?, ?, ?, 0, '[]', 'vietqr', 2, ?, ?)`,
  );
  const posting = database.prepare(
    `INSERT INTO posting (cause_id, cause, position, debit, credit, amount, created_at) VALUES (?, 'transaction', 0, ?, ?, ?, ?)`,
  );
  const change = database.prepare(
    `INSERT INTO ratio_change (dossier_id, at, day, agency_code, sector_code, procedure_code, counted, online, cashless, amount_due, amount_online) VALUES (?, ?, '2026-11-22', 'H26.101', 'CT', '2.000815', 0, 1, 1, 0, ?)`,
  );
  const event = database.prepare(
    `INSERT INTO event (type, at, subject_id, obligation_id, agency_code, counter_id, version, payload) VALUES ('obligation.paid', ?, ?, ?, 'H26.101', 'quay-1', 2, ?)`,
  );
  const [headers, body, proof, payload] = ['h'.repeat(250), Buffer.alloc(450, 'b'), 'p'.repeat(450), 'e'.repeat(330)];
  return (place) => {
    const id = (prefix: string): string => `${prefix}_1${String(place).padStart(25, '0')}`;
    const obligationId = `ob_0${String(place).padStart(12, '0')}`;
    delivery.run(id('dl'), `${place} ${createHash('sha256').update(String(place)).digest('base64')}`, headers, body, at, at);
    const content = 'MBVCB.4125261053.047334.NP00000000 chuyen tien CT tu 0123456789 NGUYEN VAN A toi 1026101000';
    const identity = `${account} FT${1_000_000 + place} ${amountOfEach} in 2026-11-22`;
    transaction.run(
      ...[id('tx'), account, String(place), id('dl'), account, amountOfEach, content, `FT${1_000_000 + place}`, at, at, proof, identity],
    );
    obligation.run(at, obligationId);
    allocation.run(obligationId, id('tx'), amountOfEach, at, at);
    posting.run(id('tx'), `bank:${account}`, `receivable:${obligationId}`, amountOfEach, at);
    change.run(`ds_0${String(place).padStart(12, '0')}`, at, amountOfEach);
    event.run(at, obligationId, obligationId, payload);
  };
}
