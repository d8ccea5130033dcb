// Day closes: the numbered, unchangeable record of a reconciled day of one account, chained by its hash to the one before.
import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from './canonicalJson';
import type { ExplanationPurpose } from './explanation';
import type { StatementStanding } from './reconciliation';
import type { Resolution } from './resolution';
import { addDays, type Day, type Instant } from './time';

/** `[id, direction, đồng]` of one movement. */
export type ClosedMovement = readonly [id: string, direction: 'in' | 'out', amount: number];

export interface ClosedSum {
  count: number;
  amount: number;
}

/** A difference that was still open when the day was closed, and why it may wait. */
export interface CarriedDifference {
  id: string;
  kind: string;
  amount: number;
  reason: string;
  by: string;
  at: Instant;
  /** Where there is one: the day by which it shall be settled. */
  dueOn?: Day;
  /** Of money that came to light late: the closed day that it belongs to. */
  day?: Day;
}

/** A movement of a day that was closed before we heard of it: it points back to that day and its close. */
export type ClosedCorrection = readonly [id: string, direction: 'in' | 'out', amount: number, day: Day, close: number];

/**
 * Of money that came: a resolution; of money that left: what it was explained by, or is not any more; of a receipt: replaced by one of the
 * same amount, found wrong because its money went, or issued anew because that came again.
 */
export type ClosedAct = Resolution['action'] | 'explained' | 'unexplained' | 'receipt_replaced' | 'receipt_in_error' | 'receipt_paid_again';

/** What was decided, or taken back, about money and receipts that a close covers: it points back to that close. */
export type ClosedDecision = readonly [
  id: string,
  act: ClosedAct,
  amount: number,
  day: Day,
  close: number,
  /** The transaction, or the name of the receipt. */
  subject: string,
  /** What money that left was explained by. */
  purpose?: ExplanationPurpose,
];

/** Else it is of money. */
export const isOfReceipt = (act: ClosedAct): boolean => act.startsWith('receipt_');

/** By how much decisions moved a sum that was signed. */
export interface MovedSum extends ClosedSum {
  book: 'receipted' | 'remitted' | 'refunded';
  day: Day;
  close: number;
}

/** Of each day and book; money that came moves several of them, which its day shows. */
export function movedSums(decisions: readonly ClosedDecision[]): MovedSum[] {
  const sums = new Map<string, MovedSum>();
  for (const decision of decisions) {
    const [, , , day, close] = decision;
    const { book, amount } = movedBy(decision) ?? {};
    if (book === undefined || amount === undefined) continue;
    const before = sums.get(`${day} ${book}`) ?? { book, day, close, count: 0, amount: 0 };
    sums.set(`${day} ${book}`, { ...before, count: before.count + 1, amount: before.amount + amount });
  }
  return [...sums.values()];
}

const explainedBooks: Partial<Record<ExplanationPurpose, MovedSum['book']>> = { refund: 'refunded', remittance: 'remitted' };

function movedBy([, act, amount, , , , purpose]: ClosedDecision): Pick<MovedSum, 'book' | 'amount'> | undefined {
  if (act === 'receipt_in_error') return { book: 'receipted', amount: -amount };
  if (act === 'receipt_paid_again') return { book: 'receipted', amount };
  const book = purpose && explainedBooks[purpose];
  return book && { book, amount: act === 'explained' ? amount : -amount };
}

/** A movement that no close covers, of a day that was closed. */
export interface LateMovement {
  movement: ClosedMovement;
  day: Day;
}

/** The statement file from which the day's bank book was read. */
export interface ClosedStatement {
  id: string;
  name: string;
  sha256: string;
}

/** All that two persons sign of a day; amounts are whole đồng. */
export interface DayCloseContent {
  account: { id: string; bankBin: string; number: string; name: string; agencyCode: string };
  day: Day;
  /** `final`, or `none` on a day on which nobody knows of a movement. */
  statement: StatementStanding;
  /** What the bank lists: the balances where its statement tells them, and its movements. */
  bank: { opening?: number; closing?: number; in: ClosedSum; out: ClosedSum; lines: readonly ClosedMovement[] };
  /** What we were told of and booked. */
  ours: { in: ClosedSum; out: ClosedSum; transactions: readonly ClosedMovement[] };
  /** What came to light since, or was decided, of days that were closed. */
  corrections: { lines: readonly ClosedCorrection[]; transactions: readonly ClosedCorrection[]; decisions?: readonly ClosedDecision[] };
  /** Late in the evening we heard of it, and the bank books it on a later day; and the other way round. */
  expected: readonly { transactionId: string; direction: 'in' | 'out'; amount: number; expectedOn: Day }[];
  bookedFromBefore: readonly { transactionId: string; direction: 'in' | 'out'; amount: number }[];
  /** The bank's own balance does not continue that of the day before: by how much, and why it may stand. */
  balanceGap?: { amount: number; reason: string; by: string };
  /** The other sums of the three books, by name. */
  books: Readonly<Record<string, ClosedSum>>;
  statements: readonly ClosedStatement[];
  /** Settled and open ones alike, by class. */
  differences: Readonly<Record<string, ClosedSum>>;
  carried: readonly CarriedDifference[];
}

/** What a hash is over, beside the content. */
export interface CloseSeal {
  accountNumber: string;
  day: Day;
  /** From 1, of the account. */
  number: number;
  previousHash: string;
  preparedBy: string;
  preparedAt: Instant;
  closedBy: string;
  closedAt: Instant;
}

/** A close without its content, which may be long. */
export interface CloseHead extends CloseSeal {
  id: string;
  accountId: string;
  agencyCode: string;
  hash: string;
}

export interface DayClose extends CloseHead {
  content: DayCloseContent;
}

/** A day as one person prepared it, until another signs it; without its content. */
export interface DraftHead {
  id: string;
  accountId: string;
  day: Day;
  /** Of the content alone: what the second person signs is what the first has seen. */
  contentHash: string;
  preparedBy: string;
  preparedAt: Instant;
}

export interface DayCloseDraft extends DraftHead {
  content: DayCloseContent;
}

/** Before the first close of an account there is none. */
export const noHash = '0'.repeat(64);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** As it is hashed and kept: nothing but texts, whole numbers, lists and names. */
export const asJson = (content: DayCloseContent): Json => content as unknown as Json;

/** The text of a content as it is kept and hashed: made once, for it may be long. */
export const textOfContent = (content: DayCloseContent): string => canonicalJson(asJson(content));

export const contentHashOf = (text: string): string => sha256(text);

/** SHA-256, in hex, over the canonical JSON of exactly these nine facts; `content` is its own, as text. */
export function hashOfClose({ accountNumber, closedAt, closedBy, ...seal }: CloseSeal, content: string): string {
  const { day, number, preparedAt, preparedBy, previousHash } = seal;
  const before = canonicalJson({ accountNumber, closedAt, closedBy }).slice(0, -1);
  const after = canonicalJson({ day, number, preparedAt, preparedBy, previousHash }).slice(1);
  return sha256(`${before},"content":${content},${after}`); // names stand in their order
}

/** The next close of a chain. `content`: its text; `last`: the one before, where there is one. */
export function nextClose(
  { day, preparedBy, preparedAt }: Pick<DraftHead, 'day' | 'preparedBy' | 'preparedAt'>,
  content: string,
  last: Pick<CloseHead, 'number' | 'hash'> | undefined,
  by: { accountNumber: string; closedBy: string; closedAt: Instant },
): CloseSeal & { hash: string } {
  const seal = { ...by, day, preparedBy, preparedAt, number: (last?.number ?? 0) + 1, previousHash: last?.hash ?? noHash };
  return { ...seal, hash: hashOfClose(seal, content) };
}

/** Days of a chain follow each other without a gap, so that a day's number is known from the first one. */
export const closeNumberOf = (firstDay: Day, day: Day): number => Math.round((Date.parse(day) - Date.parse(firstDay)) / dayMs) + 1;

const dayMs = 86_400_000;

export const toCorrections = (late: readonly LateMovement[], firstDay: Day): ClosedCorrection[] =>
  late.map(({ movement: [id, direction, amount], day }) => [id, direction, amount, day, closeNumberOf(firstDay, day)]);

/** Why a day cannot be the next one to be closed; undefined when it can. */
export type OrderFault = 'day_not_over' | 'day_closed' | 'day_before_close' | 'day_out_of_order';

/** Days close in their order, none left out; which day is the first, the first close says. */
export function orderFault(day: Day, today: Day, lastClosed: Day | undefined): OrderFault | undefined {
  if (day >= today) return 'day_not_over';
  if (lastClosed === undefined || day === addDays(lastClosed, 1)) return undefined;
  if (day === lastClosed) return 'day_closed';
  return day < lastClosed ? 'day_before_close' : 'day_out_of_order';
}

/** How many, and how much. */
export const closedSum = (movements: readonly ClosedMovement[], direction: 'in' | 'out'): ClosedSum => {
  const own = movements.filter(([, way]) => way === direction);
  return { count: own.length, amount: own.reduce((sum, [, , amount]) => sum + amount, 0) };
};

/** What movements change a balance by. */
export const netOfMovements = (movements: readonly (ClosedMovement | ClosedCorrection)[]): number =>
  movements.reduce((sum, [, direction, amount]) => (direction === 'in' ? sum + amount : sum - amount), 0);
