// What is asked of incoming transactions, as SQL.
import type { Money } from '../domain/money';
import { folded } from '../domain/moneySearch';
import { apartActions } from '../domain/resolution';
import type { TransactionState, UnappliedReason } from '../domain/transaction';
import type { Instant } from '../domain/time';
import { allOf, isIn, type Condition } from './rows';
import { isSeen } from './seen';
import type { Value } from './sql';

export interface TransactionFilter {
  agencyCodes?: readonly string[];
  states?: readonly TransactionState[];
  /** Put before a person for this reason; null: for none. */
  why?: UnappliedReason | null;
  /** Whether a person has seen it. */
  isSeen?: boolean;
  /** Names one of these orders, or one of these references. */
  naming?: { orderIds: readonly string[]; bankReferences: readonly string[] };
  direction?: 'in' | 'out';
  /** Nobody has said what all of it was for: of money that left. */
  isUnexplained?: true;
  accountIds?: readonly string[];
  from?: Instant;
  before?: Instant;
  /** Just this much came, or just this much of it has no home. */
  amountOrUnapplied?: Money;
  /** Part of the payer's name or account, told by the bank or stated in the content. */
  payer?: string;
  /** Part of the content, of the bank's reference or of the payer's name. */
  text?: string;
  /** Any of these: part of the content, of the bank's reference or of what is told of the payer, or an amount as above. */
  search?: { text: string; amount?: Money; isAccountToo: boolean };
}

/** Decisions by which money is for no obligation, as a list in SQL. */
export const apart = apartActions.map((action) => `'${action}'`).join(', ');

/** Đồng of a transaction that have no home. */
export const unappliedPart = `incoming_transaction.amount
  - coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.transaction_id = incoming_transaction.id), 0)
  - coalesce((SELECT sum(r.amount) FROM resolution r WHERE r.transaction_id = incoming_transaction.id AND r.action IN (${apart})
      AND NOT EXISTS (SELECT 1 FROM resolution u WHERE u.undoes = r.id)), 0)`;

/** Đồng of a movement out of our hands of which somebody has said what they were for. */
export const explainedPart = `(SELECT coalesce(sum(e.amount), 0) FROM explanation e WHERE e.transaction_id = incoming_transaction.id
  AND e.purpose <> 'undo' AND NOT EXISTS (SELECT 1 FROM explanation u WHERE u.undoes = e.id))`;

export function conditionsOf(filter: TransactionFilter, after: string | undefined): { where: string; values: Value[] } {
  const conditions: Condition[] = [];
  if (filter.direction) conditions.push(['direction = ?', filter.direction]);
  if (filter.agencyCodes) conditions.push(isIn('agency_code', filter.agencyCodes));
  if (filter.states) conditions.push(isIn('state', filter.states));
  if (filter.why !== undefined) conditions.push(filter.why === null ? ['why IS NULL'] : ['why = ?', filter.why]);
  if (filter.isSeen !== undefined) conditions.push(isSeen('incoming_transaction', filter.isSeen));
  if (filter.naming)
    conditions.push(either(isIn('order_id', filter.naming.orderIds), isIn('bank_reference', filter.naming.bankReferences)));
  if (filter.isUnexplained) conditions.push([`incoming_transaction.amount > ${explainedPart}`]);
  if (filter.accountIds) conditions.push(isIn('account_id', filter.accountIds));
  if (filter.from) conditions.push(['bank_time >= ?', filter.from]);
  if (filter.before) conditions.push(['bank_time < ?', filter.before]);
  if (filter.amountOrUnapplied) conditions.push(isAmount(filter.amountOrUnapplied));
  if (filter.payer) conditions.push(either(has(wordsOfPayer, filter.payer), has(payerAccount, filter.payer)));
  if (filter.text) conditions.push(has(words, filter.text));
  if (filter.search) {
    const { text, amount, isAccountToo } = filter.search;
    const said = isAccountToo ? either(has(words, text), has(payerAccount, text)) : has(words, text);
    conditions.push(amount ? either(said, isAmount(amount)) : said);
  }
  if (after) conditions.push(['id < ?', after]);
  return allOf(conditions);
}

const either = ([one, ...ones]: Condition, [other, ...others]: Condition): Condition => [`(${one} OR ${other})`, ...ones, ...others];

/** Only what waits has a part without a home: of others it need not be summed up. */
const isAmount = ({ dong }: Money): Condition => [`(amount = ? OR (state = 'unapplied' AND ${unappliedPart} = ?))`, dong, dong];

/** What was told in words, as one text, without marks and in capitals: content, bank's reference and payer's name, a line each. */
export const words = `upper(coalesce(folded_words, content || '\n' || coalesce(bank_reference, '') || '\n' || coalesce(payer_name, '')))`;
const wordsOfPayer = `replace(${words}, upper('\n' || coalesce(bank_reference, '') || '\n'), '\n')`;
const payerAccount = `upper(payer_account)`;

export const isLike = `LIKE ? ESCAPE '\\'`;

/** What a text without marks and in capitals is like that has this part. */
export const likePart = (part: string): string => `%${folded(part).replace(/[%_\\]/g, '\\$&')}%`;

const has = (told: string, part: string): Condition => [`${told} ${isLike}`, likePart(part)];
