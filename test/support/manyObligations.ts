// Many open obligations at once, straight into an SQLite file: what issuing one by one would have written, for load and for long runs.
import type Database from 'better-sqlite3';
import { drawReference, referenceRandomBytes } from '../../src/domain/reference';
import { seededChance } from './chance';

/** Each owes this much, and has a QR open on the counter. */
export const amountOfEach = 21_000;

const at = '2026-11-22T01:00:00.000Z';
const agencyCode = 'H26.101';
const counterId = 'quay-1';
const accountId = 'acc-h26-101';
const procedureCode = '2.000815';
const feeId = 'CT-2.000815';

/** The references of `count` obligations, the same for the same seed. */
export function referencesFrom(seed: number, count: number): string[] {
  const chance = seededChance(seed);
  const references = new Set<string>();
  while (references.size < count) references.add(drawReference(chance.bytes(referenceRandomBytes)));
  return [...references];
}

/** Writes one paid-by-QR obligation a reference; the office must be there. `offeredUntil` is when their QRs expire. */
export function fillObligations(database: Database.Database, references: readonly string[], offeredUntil: string): void {
  const insert = (text: string) => database.prepare(text);
  const sectorCode = String(database.prepare('SELECT sector_code FROM procedure WHERE code = ?').pluck().get(procedureCode));
  const dossier = insert(
    `INSERT INTO dossier (id, code, normal_form, procedure_code, sector_code, agency_code, channel, applicant_name, created_at) VALUES (?, ?, ?, ?, ?, ?, 'counter', 'Người nộp mẫu', ?)`,
  );
  const obligation = insert(
    `INSERT INTO obligation (id, dossier_id, agency_code, counter_id, created_by, created_at, due, paid, excess, flags, version) VALUES (?, ?, ?, ?, 'system:bench', ?, ?, 0, 0, '[]', 1)`,
  );
  const item = insert(
    `INSERT INTO fee_item (obligation_id, position, fee_id, gross_amount, amount, body, open_for) VALUES (?, 0, ?, ?, ?, ?, ?)`,
  );
  const reference = insert('INSERT INTO reference (code, created_at) VALUES (?, ?)');
  const name = insert('INSERT INTO reference_name (reference_code, obligation_id) VALUES (?, ?)');
  const request = insert(
    `INSERT INTO payment_request (id, obligation_id, reference_code, method, amount, account_id, counter_id, payload, created_at, expires_at) VALUES (?, ?, ?, 'vietqr', ?, ?, ?, '', ?, ?)`,
  );
  const posting = insert(
    `INSERT INTO posting (cause_id, cause, position, debit, credit, amount, created_at) VALUES (?, 'obligation', 0, ?, ?, ?, ?)`,
  );
  const change = insert(
    `INSERT INTO ratio_change (dossier_id, at, day, agency_code, sector_code, procedure_code, counted, online, cashless, amount_due, amount_online) VALUES (?, ?, '2026-11-22', ?, ?, ?, 1, 0, 0, ?, 0)`,
  );
  const body = JSON.stringify({
    feeId,
    name: 'Chứng thực bản sao',
    kind: 'phi',
    quantity: 1,
    unitAmount: amountOfEach,
    legalBasis: [],
    trace: [],
  });
  database.transaction(() => {
    for (const [i, code] of references.entries()) {
      const [dossierId, obligationId] = [idAt('ds', i), idAt('ob', i)]; // sorted by time, as real ids are: what is paid lies near what was issued last
      dossier.run(dossierId, code, code, procedureCode, sectorCode, agencyCode, at);
      obligation.run(obligationId, dossierId, agencyCode, counterId, at, amountOfEach);
      item.run(obligationId, feeId, amountOfEach, amountOfEach, body, `${dossierId}:${feeId}`);
      reference.run(code, at);
      name.run(code, obligationId);
      request.run(idAt('pr', i), obligationId, code, amountOfEach, accountId, counterId, at, offeredUntil);
      posting.run(obligationId, `receivable:${obligationId}`, `income:${feeId}`, amountOfEach, at);
      change.run(dossierId, at, agencyCode, sectorCode, procedureCode, amountOfEach);
    }
  })();
}

const idAt = (prefix: string, place: number): string => `${prefix}_0${String(place).padStart(12, '0')}`;
