// Many obligations that were just settled, straight into a database of either kind: what paying them one by one would have written.
import Database from 'better-sqlite3';
import { Client } from 'pg';

/** Each owes this much phí and this much lệ phí. */
export const phiOfEach = 100_000;
export const lePhiOfEach = 50_000;

const at = '2026-11-22T01:00:00.000Z';
const lines = { phi: phiOfEach, le_phi: lePhiOfEach };

/** `count` of them, spread over the agencies in turn, each with its event in the feed. Their ids hold `prefix`. */
export async function settleMany(url: string, count: number, agencyCodes: readonly string[], prefix = 'many'): Promise<void> {
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})`;
  const id = (kind: string): string => `'${kind}_${prefix}_' || i`;
  const agency = `CASE i % ${agencyCodes.length} ${agencyCodes.map((code, place) => `WHEN ${place} THEN '${code}'`).join(' ')} END`;
  const whole = phiOfEach + lePhiOfEach;
  const item = (kind: keyof typeof lines, position: number): string =>
    `INSERT INTO fee_item (obligation_id, position, fee_id, gross_amount, amount, body) ${numbers}
     SELECT ${id('ob')}, ${position}, 'F-${kind}', ${lines[kind]}, ${lines[kind]}, '${JSON.stringify({
       feeId: `F-${kind}`,
       name: kind === 'phi' ? 'Phí mẫu' : 'Lệ phí mẫu',
       kind,
       quantity: 1,
       unitAmount: lines[kind],
       legalBasis: [],
       trace: [],
     })}' FROM n`;
  await runAll(url, [
    `INSERT INTO dossier (id, code, normal_form, procedure_code, sector_code, agency_code, channel, applicant_name, created_at) ${numbers}
     SELECT ${id('ds')}, ${id('D')}, ${id('D')}, '2.002043', 'X', ${agency}, 'counter', 'Người nộp mẫu', '${at}' FROM n`,
    `INSERT INTO obligation (id, dossier_id, agency_code, created_by, created_at, due, paid, excess, flags, version, settled_at) ${numbers}
     SELECT ${id('ob')}, ${id('ds')}, ${agency}, 'system:test', '${at}', ${whole}, ${whole}, 0, '[]', 2, '${at}' FROM n`,
    item('phi', 0),
    item('le_phi', 1),
    `INSERT INTO reference (code, created_at) ${numbers} SELECT ${id('R')}, '${at}' FROM n`,
    `INSERT INTO reference_name (reference_code, obligation_id) ${numbers} SELECT ${id('R')}, ${id('ob')} FROM n`,
    `INSERT INTO event (type, at, subject_id, obligation_id, agency_code, version, payload) ${numbers}
     SELECT 'obligation.paid', '${at}', ${id('ob')}, ${id('ob')}, ${agency}, 2, '{}' FROM n`,
  ]);
}

/** Statements behind the service's back, in one transaction. */
export async function runAll(url: string, statements: readonly string[]): Promise<void> {
  if (url.startsWith('file:')) {
    const database = new Database(url.slice('file:'.length));
    database.transaction(() => statements.forEach((text) => database.exec(text)))();
    database.close();
    return;
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(['BEGIN', ...statements, 'COMMIT'].join(';'));
  } finally {
    await client.end();
  }
}
