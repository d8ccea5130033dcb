// What was decided since about money and receipts that closes cover; found by the time in ids, for that much has just happened.
import type { ClosedAct, ClosedDecision } from '../domain/dayClose';
import type { ExplanationPurpose } from '../domain/explanation';
import { idFrom } from '../domain/id';
import { receiptNameOf } from '../domain/receiptName';
import { epochMsOf, type Instant } from '../domain/time';
import { day } from './rows';
import type { Sql } from './sql';

interface Row {
  id: string;
  action: string;
  amount: bigint;
  day: string;
  close: bigint;
  /** Of money; else the receipt's symbol and number. */
  transaction_id: string | null;
  symbol: string;
  number: bigint;
  purpose: string | null;
}

const closed = 'c.day, c.number AS close';
// Crossed, so that SQLite begins with the little that is new and not with all that was ever closed.
const members = 'CROSS JOIN day_close_member m CROSS JOIN day_close c';
const isCovered = (transaction: string): string =>
  `m.kind = 'transaction' AND m.member_id = ${transaction} AND c.id = m.close_id AND c.account_id = ?`;

/** A receipt is of the day of the payment that it followed: the last one to an account of ours that stood when it was issued. */
const followed = `(SELECT a.transaction_id FROM allocation a JOIN incoming_transaction x ON x.id = a.transaction_id
  WHERE a.obligation_id = r.obligation_id AND a.created_at <= r.issued_at AND x.account_id IS NOT NULL
  GROUP BY a.transaction_id HAVING sum(a.amount) > 0 ORDER BY max(a.paid_at) DESC, a.transaction_id DESC LIMIT 1)`;

const aboutMoneyThatCame = `SELECT d.id, d.action, d.amount, d.transaction_id, ${closed}, '' AS symbol, 0 AS number, NULL AS purpose
  FROM resolution d ${members} WHERE d.id >= ? AND ${isCovered('d.transaction_id')}`;

const aboutMoneyThatLeft = `SELECT d.id, d.amount, d.transaction_id, ${closed}, '' AS symbol, 0 AS number,
    CASE WHEN d.undoes IS NULL THEN 'explained' ELSE 'unexplained' END AS action,
    coalesce((SELECT e.purpose FROM explanation e WHERE e.id = d.undoes), d.purpose) AS purpose
  FROM explanation d ${members} WHERE d.id >= ? AND ${isCovered('d.transaction_id')}`;

const aboutWrongReceipts = `SELECT d.id, r.amount, NULL AS transaction_id, ${closed}, r.symbol, r.number, NULL AS purpose,
    CASE d.ground WHEN 'money_taken_back' THEN 'receipt_in_error' ELSE 'receipt_replaced' END AS action
  FROM receipt_notice d CROSS JOIN receipt r ${members}
  WHERE d.decided_at >= ? AND d.state = 'confirmed' AND r.id = d.receipt_id AND ${isCovered(followed)}`;

const aboutMoneyThatCameAgain = `SELECT r.id, 'receipt_paid_again' AS action, r.amount, NULL AS transaction_id, ${closed}, r.symbol, r.number, NULL AS purpose
  FROM receipt r CROSS JOIN receipt_notice d ${members}
  WHERE r.id >= ? AND r.replaces_id IS NOT NULL AND d.live_for = r.replaces_id AND d.ground = 'money_taken_back' AND ${isCovered(followed)}`;

/** Each with where it begins. */
const questions: readonly (readonly [text: string, from: (since: Instant) => string])[] = [
  [aboutMoneyThatCame, (since) => idFrom('resolution', epochMsOf(since))],
  [aboutMoneyThatLeft, (since) => idFrom('explanation', epochMsOf(since))],
  [aboutWrongReceipts, (since) => since],
  [aboutMoneyThatCameAgain, (since) => idFrom('receipt', epochMsOf(since))],
];

export const lateDecisions = (sql: Sql) => ({
  /** What was decided since an instant about what the account's closes cover, in the order in which it was made. */
  listLateDecisions: async (accountId: string, since: Instant): Promise<ClosedDecision[]> => {
    const found: Row[] = [];
    for (const [text, from] of questions) found.push(...(await sql.all<Row>(text, from(since), accountId)));
    return found.sort((one, other) => (one.id.slice(3) < other.id.slice(3) ? -1 : 1)).map(toDecision);
  },
});

function toDecision(row: Row): ClosedDecision {
  const subject = row.transaction_id ?? receiptNameOf({ symbol: row.symbol, number: Number(row.number) });
  const decision = [row.id, row.action as ClosedAct, Number(row.amount), day(row.day), Number(row.close), subject] as const;
  return row.purpose === null ? decision : [...decision, row.purpose as ExplanationPurpose];
}
