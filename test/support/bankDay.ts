// A bank's list for tests, and whole days of payments, straight into a database of either kind.
import { addDays, startOfDay, type Day } from '../../src/domain/time';
import { lePhiOfEach, phiOfEach, runAll, settleMany } from './settled';

/** A line as the bank lists it; `transactionId` is absent where it waits for a person. */
export interface BankLine {
  day: Day;
  amount: number;
  direction?: 'in' | 'out';
  bankReference?: string;
  content?: string;
  bookedAt?: string;
  transactionId?: string;
}

export interface BankList {
  accountId: string;
  from: Day;
  to?: Day;
  /** When it was sent; without it, the morning after its last day. */
  sentAt?: string;
  isFinal?: boolean;
  isBalanced?: boolean;
  lines?: readonly BankLine[];
}

let fileNumber = 0;
const text = (value: string | undefined): string => (value === undefined ? 'NULL' : `'${value.replaceAll("'", "''")}'`);

/** Keeps a file of the bank that was read, with its lines. */
export async function keepBankList(url: string, list: BankList): Promise<string> {
  const id = `st_test_${++fileNumber}`;
  const { accountId, from, to = from, isFinal = true, isBalanced = true, lines = [] } = list;
  const sentAt = list.sentAt ?? startOfDay(addDays(to, 1));
  await runAll(url, [
    fileRow({ id, accountId, from, to, sentAt, isFinal, isBalanced, count: lines.length }),
    ...lines.map(
      ({ day, amount, direction = 'in', bankReference, content = '', bookedAt = startOfDay(day), transactionId }, place) =>
        `INSERT INTO statement_line (account_id, day, identity, occurrence, direction, amount, bank_reference, content, booked_at, file_id, row_number, transaction_id)
         VALUES ('${accountId}', '${day}', '${id} ${place}', 1, '${direction}', ${amount}, ${text(bankReference)}, ${text(content)}, '${bookedAt}',
           '${id}', ${place + 1}, ${text(transactionId)})`,
    ),
  ]);
  return id;
}

interface FileRow {
  id: string;
  accountId: string;
  from: Day;
  to: Day;
  sentAt: string;
  isFinal: boolean;
  isBalanced: boolean;
  count: number;
}

const fileRow = ({ id, accountId, from, to, sentAt, isFinal, isBalanced, count }: FileRow): string =>
  `INSERT INTO statement_file (id, account_id, name, layout, sha256, byte_count, kept_by, kept_at, state, bytes_read, line_count, known_count,
     rejected_count, new_count, held_count, credit_sum, debit_sum, is_balanced, first_day, last_day, is_final)
   VALUES ('${id}', '${accountId}', 'sao-ke.csv', 'test', '${id}', 1, 'system:test', '${sentAt}', 'read', 1, ${count}, ${count}, 0, 0, 0, 0, 0,
     ${isBalanced ? 1 : 0}, '${from}', '${to}', ${isFinal ? 1 : 0})`;

export interface PaidDay {
  accountId: string;
  agencyCode: string;
  collectorCode: string;
  day: Day;
  count: number;
  prefix?: string;
}

/** A quiet day: so many obligations, each paid in full by a transfer that the bank lists, with both its receipts. */
export async function payMany(url: string, { accountId, agencyCode, collectorCode, day, count, prefix = 'day' }: PaidDay): Promise<void> {
  await settleMany(url, count, [agencyCode], prefix);
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})`;
  const file = `st_${prefix}`;
  const when = `'${day}T0' || (i % 9) || ':30:00.000Z'`; // by day, in Vietnam
  const amount = phiOfEach + lePhiOfEach;
  const year = Number(day.slice(0, 4));
  const receipts = (['phi', 'le_phi'] as const).flatMap((kind, place) => [
    `INSERT INTO receipt_series (symbol, collector_code, year, kind, place, cut_to, opened_at)
     VALUES ('T${place}${prefix}', '${collectorCode}', ${year}, '${kind}', ${9_000 + place}, 0, '${startOfDay(day)}') ON CONFLICT DO NOTHING`,
    `INSERT INTO receipt (id, symbol, number, kind, obligation_id, edition, collector_code, agency_code, dossier_form, amount, day, issued_at, lookup_code, content) ${numbers}
     SELECT 'rc_${prefix}_${kind}_' || i, (SELECT symbol FROM receipt_series WHERE collector_code = '${collectorCode}' AND year = ${year} AND kind = '${kind}'),
       i + ${Number(day.slice(-2))} * 1000000, '${kind}', 'ob_${prefix}_' || i, 0, '${collectorCode}', '${agencyCode}', 'D', ${kind === 'phi' ? phiOfEach : lePhiOfEach}, '${day}',
       ${when}, '${prefix}${kind}' || i, '{}' FROM n`,
  ]);
  await runAll(url, [
    `INSERT INTO incoming_transaction (id, provider, scope, provider_id, account_id, agency_code, account_number, direction, amount, content, bank_reference,
       bank_time, received_at, state, via) ${numbers}
     SELECT 'tx_${prefix}_' || i, 'sepay', '${accountId}', '${prefix}' || i, '${accountId}', '${agencyCode}', '1', 'in', ${amount}, 'R_${prefix}_' || i,
       'FT${prefix}' || i, ${when}, ${when}, 'applied', 'push' FROM n`,
    `INSERT INTO allocation (obligation_id, transaction_id, amount, excess, flags, method, online_flag, paid_at, created_at) ${numbers}
     SELECT 'ob_${prefix}_' || i, 'tx_${prefix}_' || i, ${amount}, 0, '[]', 'vietqr', 2, ${when}, ${when} FROM n`,
    ...receipts,
    fileRow({ id: file, accountId, from: day, to: day, sentAt: startOfDay(addDays(day, 1)), isFinal: true, isBalanced: true, count }),
    `INSERT INTO statement_line (account_id, day, identity, occurrence, direction, amount, bank_reference, content, booked_at, file_id, row_number, transaction_id) ${numbers}
     SELECT '${accountId}', '${day}', '${file} ' || i, 1, 'in', ${amount}, 'FT${prefix}' || i, 'R_${prefix}_' || i, ${when}, '${file}', i + 1, 'tx_${prefix}_' || i FROM n`,
  ]);
}
