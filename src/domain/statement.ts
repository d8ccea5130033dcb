// Statements: the bank's own list of an account, sent as a file; what the file says of itself, and whether that fits its lines.
import { zero, type Money } from './money';
import { dayOf, type Day, type Instant } from './time';

/** `arriving` until its last byte is kept; `waiting` to be read. */
export const statementStates = ['arriving', 'waiting', 'reading', 'read', 'refused', 'cancelled'] as const;
export type StatementState = (typeof statementStates)[number];

/** What a file says of itself, as far as it does; of a control total that is not there nothing is known. */
export interface StatedTotals {
  /** Digits as written, leading zeros kept. */
  accountNumber?: string;
  openingBalance?: Money;
  closingBalance?: Money;
  statedCredits?: Money;
  statedDebits?: Money;
  statedCount?: number;
  /** The days that it says it is of. */
  fromDay?: Day;
  toDay?: Day;
}

/** What is known of a file once it was looked through from its first to its last byte. */
export interface Survey {
  layout: string;
  totals: StatedTotals;
  lineCount: number;
  rejectedCount: number;
  /** Of them: those of another currency than the đồng. */
  foreignCount: number;
  credits: Money;
  debits: Money;
  firstDay?: Day;
  lastDay?: Day;
}

export interface StatementFile {
  id: string;
  accountId: string;
  name: string;
  layout?: string;
  sha256: string;
  byteCount: number;
  keptBy: string;
  keptAt: Instant;
  state: StatementState;
  bytesRead: number;
  /** Movements in it; 0 until it was looked through once. */
  rowCount: number;
  /** Movements that have been kept or seen again so far. */
  lineCount: number;
  /** Of them: those that an earlier file listed. */
  seenCount: number;
  /** Of them: money that we knew, from an earlier file or from any other source. */
  knownCount: number;
  rejectedCount: number;
  /** Transactions that nobody else had told of. */
  newCount: number;
  /** Lines that wait for a person. */
  heldCount: number;
  totals: StatedTotals;
  credits: Money;
  debits: Money;
  /** Absent where it states nothing that could be compared. */
  isBalanced?: boolean;
  firstDay?: Day;
  lastDay?: Day;
  /** Its last day was over when it was sent. */
  isFinal: boolean;
  /** Why it was refused. */
  problem?: string;
  claimedAt?: Instant;
  tries: number;
  endedAt?: Instant;
}

/** One movement of a file, before it is known whether an earlier file listed it. `identity`: see `lineIdentityOf`. */
export interface DraftLine {
  row: number;
  direction: 'in' | 'out';
  amount: Money;
  day: Day;
  bookedAt: Instant;
  bankReference?: string;
  content: string;
  balanceAfter?: Money;
  payerName?: string;
  payerAccount?: string;
  identity: string;
}

/**
 * One movement as the bank lists it, once, however many files list it. `transactionId` is absent while a person has to say what it is,
 * and where the line is an older one in the bank's new words: `repeatsId`, then.
 */
export interface StatementLine extends DraftLine {
  id: number;
  accountId: string;
  fileId: string;
  occurrence: number;
  transactionId?: string;
  repeatsId?: number;
}

export interface RejectedLine {
  row: number;
  why: string;
  cell?: string;
}

/** What a person said of a line, or took back. */
export interface LineDecision {
  lineId: number;
  action: 'same' | 'new' | 'undo';
  transactionId?: string;
  reason: string;
  by: string;
  at: Instant;
}

/** Which header text stands over what, mapped by a person for files that no reader knows. */
export interface MappedLayout {
  name: string;
  headers: Readonly<Record<string, readonly string[]>>;
  debitIs: 'out' | 'in';
  fillsDatesDown?: boolean;
}

export const balanceFaults = ['closing', 'credits', 'debits', 'count'] as const;
export type BalanceFault = (typeof balanceFaults)[number];

/** A total that the file states, and what its rows make. */
export interface FaultyTotal {
  fault: BalanceFault;
  stated: Money | number;
  found: Money | number;
}

type Counted = Pick<Survey, 'totals' | 'credits' | 'debits' | 'lineCount' | 'rejectedCount'>;

/** Every stated total that its rows do not make; `opening + Σ = closing` is one of them. */
export function faultyTotalsOf({ totals, credits, debits, lineCount, rejectedCount }: Counted): FaultyTotal[] {
  const { openingBalance, closingBalance, statedCredits, statedDebits, statedCount } = totals;
  const faults: FaultyTotal[] = [];
  const compare = (fault: BalanceFault, stated: Money | undefined, found: Money): void => {
    if (stated && !stated.equals(found)) faults.push({ fault, stated, found });
  };
  if (openingBalance) compare('closing', closingBalance, openingBalance.plus(credits).minus(debits));
  compare('credits', statedCredits, credits);
  compare('debits', statedDebits, debits);
  const found = lineCount + rejectedCount;
  if (statedCount !== undefined && statedCount !== found) faults.push({ fault: 'count', stated: statedCount, found });
  return faults;
}

/** Whether a file's totals fit its rows; undefined where it states none that could be compared. */
export function isBalanced(counted: Counted): boolean | undefined {
  const { openingBalance, closingBalance, statedCredits, statedDebits, statedCount } = counted.totals;
  const saysMore = [statedCredits, statedDebits, statedCount].some((total) => total !== undefined);
  return (openingBalance && closingBalance) || saysMore ? faultyTotalsOf(counted).length === 0 : undefined;
}

/**
 * The days that a file covers: those of its lines, and of the period that it states, for a bank lists a day without movements too. A period
 * reaches no further than the day on which the file was sent.
 */
export function coverOf({ firstDay, lastDay, totals }: Pick<Survey, 'firstDay' | 'lastDay' | 'totals'>, keptAt: Instant): Cover {
  const { fromDay, toDay } = totals;
  const sentOn = dayOf(keptAt);
  if (fromDay === undefined || toDay === undefined || fromDay > sentOn) return { firstDay, lastDay };
  const stated = toDay < sentOn ? toDay : sentOn;
  return {
    firstDay: firstDay !== undefined && firstDay < fromDay ? firstDay : fromDay,
    lastDay: lastDay !== undefined && lastDay > stated ? lastDay : stated,
  };
}

export interface Cover {
  firstDay: Day | undefined;
  lastDay: Day | undefined;
}

/** Whether all days of a file were over when it was kept. */
export const isFinal = (lastDay: Day | undefined, keptAt: Instant): boolean => lastDay !== undefined && lastDay < dayOf(keptAt);

/**
 * Whether a file of the account `stated` is one of the account `own`, digit by digit, leading zeros counted. Banks hide digits behind `x`
 * or `*`: those fit any. A file that states none fits.
 */
export function isOfAccount(stated: string | undefined, own: string): boolean {
  const shown = (stated ?? '').replace(/[\s.-]/g, '');
  if (shown === '') return true;
  return shown.length === own.length && Array.from(shown).every((sign, place) => /[x*]/i.test(sign) || sign === own[place]);
}

export const emptySurvey = { lineCount: 0, rejectedCount: 0, credits: zero, debits: zero };
