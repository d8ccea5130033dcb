// Reconciliations: one account and one day, the bank's own list against what we recorded, what was owed, and what receipts say.
import type { Money } from './money';
import type { Role } from './role';
import type { Day, Instant } from './time';

/**
 * What may not agree. Every trouble falls in exactly one class, and one đồng is counted in one class only: of several that would fit, the
 * first that is said of it below takes it, in the order `late_after_close`, `amount_differs` of a line, `recorded_not_at_bank`, then the others.
 */
export const differenceClasses = [
  /** The bank lists money that no webhook told of: held for a person (blocks), or a transaction made from the list (known since, blocks nothing). */
  'paid_not_recorded',
  /** We recorded a movement that the bank's final list of its day does not show, at night nor that of the next day; unless a person disowned it. */
  'recorded_not_at_bank',
  /** Line and transaction of one bank reference have different amounts (blocks); more was paid than was owed (blocks); less (blocks nothing). */
  'amount_differs',
  /** An obligation that was settled was paid once more. */
  'duplicate',
  /** Money of which nobody can say by itself for what it came; or for what it left, as long as nobody has explained it. */
  'unknown_content',
  /** Money of a day that was closed before we heard of it; blocks as long as it has no home, or no list of the bank shows it. */
  'late_after_close',
  /** Paid in full, and a receipt is not there. */
  'receipt_missing',
  /** A receipt stands for money that is not there any more. */
  'receipt_without_money',
  /** The portal says something else than we count. */
  'flag_not_synchronised',
  /** Money that shall go back to its payer, and has not arrived there. */
  'refund_pending',
] as const;
export type DifferenceClass = (typeof differenceClasses)[number];

export const subjectKinds = ['transaction', 'line', 'obligation', 'receipt', 'refund', 'dossier'] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/** What a difference is about; a statement line's id is its number as text. */
export interface DifferenceSubject {
  kind: SubjectKind;
  id: string;
}

/** What can be done about a difference; `note` and `carry` can always be done. */
export const wayActs = [
  /** Give the money to an obligation. */
  'attach',
  /** Ask that it goes back to its payer. */
  'refund',
  /** Say what else it is: interest, a transfer of our own, for the budget, not ours. */
  'decide',
  /** Say what money that left was for. */
  'explain',
  /** Say of a held line which transaction it is, or that it is money of its own. */
  'decide_line',
  /** Send a statement in which the movement stands. */
  'import',
  /** See why the receipt waits, and mend that. */
  'issue_receipt',
  /** Give notice of a receipt that is wrong. */
  'correct_receipt',
  /** See what we know of the movement: its proof, what was decided, who told of it. */
  'see_transaction',
  /** See the dossier and what the portal says of it. */
  'see_dossier',
  /** See the obligation, and ask for the rest. */
  'see_obligation',
  /** Drive the refund on: approve, send, confirm. */
  'drive_refund',
  /** See it recorded in the next close, as a correction that points back. */
  'correct_close',
] as const;
export type WayAct = (typeof wayActs)[number];

/** A way out of a difference. Who has the permission may go it. */
export interface Way {
  act: WayAct;
  subject: DifferenceSubject;
}

/** What the words about a difference are made of. */
export interface DifferenceFacts {
  bankReference?: string;
  content?: string;
  payerName?: string;
  dossierCode?: string;
  /** What the bank's line says, where it differs from us. */
  bankAmount?: Money;
  /** What we recorded. */
  ourAmount?: Money;
  due?: Money;
  paid?: Money;
  /** Why money has no home, why a receipt waits, in which state a refund is. */
  why?: string;
  /** What we count and what the portal says: 0, 1 or 2. */
  countedFlag?: number;
  portalFlag?: number;
  /** The statement in which the line stands. */
  fileId?: string;
  /** The receipt as people name it: symbol and number. */
  receiptNumber?: string;
  direction?: 'in' | 'out';
  /** Of a closed day: the day whose close lists it. */
  closesOn?: Day;
}

/** Somebody owns every difference: a role until a person takes it. */
export type DifferenceOwner = { kind: 'role'; role: Role } | { kind: 'person'; officerId: string };

/** What people said of a difference. Append-only. */
export const noteKinds = ['note', 'owner', 'carry'] as const;
export type NoteKind = (typeof noteKinds)[number];

export interface DifferenceNote {
  id: string;
  accountId: string;
  day: Day;
  /** The difference's. */
  key: string;
  kind: NoteKind;
  /** How much it was when this was said: a carry holds for that amount only. */
  amount: Money;
  text: string;
  /** Who owns it from now on: of kind `owner`. */
  ownerId?: string;
  by: string;
  at: Instant;
}

export interface Difference {
  /** Class and subject, the same in every run. */
  key: string;
  class: DifferenceClass;
  amount: Money;
  subject: DifferenceSubject;
  facts: DifferenceFacts;
  since: Instant;
  owner: DifferenceOwner;
  deadline: Day;
  /** Đồng that nobody has explained: the day closes only when it is gone or carried. */
  isBlocking: boolean;
  /** The carry that stands: with a reason, by a person, for just this amount. */
  carried?: { reason: string; by: string; at: Instant };
  /** Everything that was said of it, oldest first. */
  notes: readonly DifferenceNote[];
  /** At least one. */
  ways: readonly Way[];
  /** Transactions, lines, obligations, receipts, refunds that show it. */
  evidence: readonly DifferenceSubject[];
}

/**
 * `none`: no statement of the day; `intraday`: one that was sent while the day still went on; `final`: one of the whole day;
 * `unbalanced`: the newest that covers the day does not add up.
 */
export const statementStandings = ['none', 'intraday', 'final', 'unbalanced'] as const;
export type StatementStanding = (typeof statementStandings)[number];

/** A sum, and how many rows make it. */
export interface Counted {
  sum: Money;
  count: number;
}

/** What each book says of the day's money. */
export interface DayBooks {
  /** What the obligations that the day's money came for still owed before it: `paid` and what is still outstanding. */
  owed: Counted;
  /** What obligations took of the day's money. */
  paid: Counted;
  /** All that came to the account by our own record, whatever became of it. */
  received: Counted;
  /** Credits on the bank's list of the day. */
  banked: Counted;
  /** Debits on it. */
  left: Counted;
  /** Receipts that stand for obligations which the day's money settled. */
  receipted: Counted;
  /** Explained as handed to the Treasury. */
  remitted: Counted;
  /** Explained as given back to payers. */
  refunded: Counted;
  /** Of the day's money, what has no home. */
  unapplied: Counted;
  /** Of the day's money, what people decided is not for an obligation: to be given back, interest, for the budget, not ours. */
  apart: Counted;
}

/** A movement from 22:00 on that the bank books on the next day, or booked there. */
export interface Expected {
  transactionId: string;
  amount: Money;
  direction: 'in' | 'out';
  bankReference?: string;
  bankTime: Instant;
  /** The day on which the bank's list should show it, or shows it. */
  expectedOn: Day;
  isBooked: boolean;
}

/** Of a closed day; the next close of the account lists it. */
export type LateDifference = Difference & { day: Day };

export interface Reconciliation {
  accountId: string;
  day: Day;
  asOf: Instant;
  statement: StatementStanding;
  /** The file that says so. */
  statementId?: string;
  /** When the day was closed, if it was. */
  closedAt?: Instant;
  books: DayBooks;
  /** Oldest first, by since and key. */
  differences: readonly Difference[];
  /** Of this day, to be booked on a later one. */
  expected: readonly Expected[];
  /** Of days before, booked on this one, or to be. */
  bookedFromBefore: readonly Expected[];
  /** Money of closed days that we heard of since; only on the first day that is not closed. Each is also among the differences of its own day. */
  late: readonly LateDifference[];
}

export const keyOf = (differenceClass: DifferenceClass, { kind, id }: DifferenceSubject): string => `${differenceClass} ${kind} ${id}`;

/** What still keeps the day from being closed. */
export const blockingOf = ({ differences, late }: Pick<Reconciliation, 'differences' | 'late'>): Difference[] =>
  [...differences, ...late].filter(({ isBlocking, carried }) => isBlocking && !carried);

/** What is listed in the close with its reason. */
export const carriedOf = ({ differences, late }: Pick<Reconciliation, 'differences' | 'late'>): Difference[] =>
  [...differences, ...late].filter(({ isBlocking, carried }) => isBlocking && carried !== undefined);

export const dayStandings = ['no_statement', 'differences', 'ready', 'closed'] as const;
export type DayStanding = (typeof dayStandings)[number];

/** Where a day stands for whoever must close it: ready as soon as the bank's list is final and nothing is unexplained. */
export function dayStandingOf(reconciliation: Pick<Reconciliation, 'statement' | 'differences' | 'late' | 'closedAt'>): DayStanding {
  if (reconciliation.closedAt !== undefined) return 'closed';
  if (reconciliation.statement === 'none') return 'no_statement';
  return blockingOf(reconciliation).length > 0 || reconciliation.statement !== 'final' ? 'differences' : 'ready';
}
