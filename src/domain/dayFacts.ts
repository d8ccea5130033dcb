// The facts of one account and day from which a reconciliation is decided: sums of the books, and the rows that do not plainly agree.
import type { Money } from './money';
import type { DayBooks, DifferenceNote, StatementStanding } from './reconciliation';
import type { Refund } from './refund';
import type { Day, Instant } from './time';
import type { Transaction } from './transaction';

type Told = Pick<Transaction, 'id' | 'direction' | 'amount' | 'content' | 'bankReference' | 'payerName' | 'bankTime' | 'receivedAt'>;

/** A transaction that is odd in some respect; those that are matched, on their line and in time stay with the database. */
export interface DayMovement extends Told, Pick<Transaction, 'state' | 'why' | 'via'> {
  /** What of money that came has no home, and of money that left no explanation. */
  unplaced: Money;
  /** On the bank's list, of whichever day. */
  line?: { id: string; day: Day; amount: Money; fileId: string };
  /** A person has said of all of it that it is no money of ours. */
  isDisowned: boolean;
  /** Its day was closed before we heard of it. */
  isLate: boolean;
  /** The day whose close lists it. */
  closedOn?: Day;
}

/** A line of the bank that waits for a person: perhaps a transaction that we know, perhaps money of its own. */
export interface HeldLine {
  id: string;
  fileId: string;
  day: Day;
  direction: 'in' | 'out';
  amount: Money;
  content: string;
  bankReference?: string;
  payerName?: string;
  bookedAt: Instant;
  /** When its file was sent. */
  keptAt: Instant;
  isLate: boolean;
  closedOn?: Day;
}

/** An obligation that money of the day came for, where it or its receipts are not whole. */
export interface DayObligation {
  id: string;
  dossierCode: string;
  reference?: string;
  due: Money;
  paid: Money;
  isCancelled: boolean;
  /** Since when payments have covered what is due. */
  settledAt?: Instant;
  /** Of the last payment. */
  paidAt: Instant;
  /** Those that stand: not replaced, and no notice says that they are wrong. */
  receipts: readonly { id: string; name: string; amount: Money; issuedAt: Instant }[];
  /** Why a receipt waits, if that is known. */
  wait?: { why: string; since: Instant };
}

/** A dossier of which the portal says something else than we count. */
export interface DayFlag {
  dossierId: string;
  dossierCode: string;
  /** What the day's money gave its obligations. */
  amount: Money;
  countedFlag: number;
  portalFlag: number;
  /** For which time the portal spoke, and when the last payment was. */
  spokenAt: Instant;
  paidAt: Instant;
}

/** A refund of the day's money that has not ended. */
export type DayRefund = Pick<Refund, 'id' | 'transactionId' | 'amount' | 'requestedAt'> &
  Pick<Transaction, 'content' | 'bankReference' | 'payerName'> & { state: string };

export interface DayFacts {
  accountId: string;
  day: Day;
  asOf: Instant;
  statement: StatementStanding;
  /** Of the day after. */
  nextStatement: StatementStanding;
  statementId?: string;
  closedAt?: Instant;
  /** The first day that no close is of yet, where there is one: its close lists what comes to light of those before. */
  nextToClose?: Day;
  /** Whether webhooks or the bank's own feed ever told of money on this account: only then can one be missing. */
  isTold: boolean;
  books: Omit<DayBooks, 'unapplied'>;
  /** Of this day by the bank's time. */
  movements: readonly DayMovement[];
  /** Of days before: those that this day's list shows; and those of the night before that no list shows, where that of their own day is whole. */
  earlier: readonly DayMovement[];
  lines: readonly HeldLine[];
  obligations: readonly DayObligation[];
  flags: readonly DayFlag[];
  refunds: readonly DayRefund[];
  notes: readonly DifferenceNote[];
  /** Of closed days, told since: the next close lists them. Only of the first day that is not closed. */
  late: readonly { day: Day; movements: readonly DayMovement[]; lines: readonly HeldLine[]; notes: readonly DifferenceNote[] }[];
}

/** The movements alone, without obligations and receipts: everything that blocks a close is among them. */
export type MovementFacts = Omit<DayFacts, 'accountId' | 'asOf' | 'books' | 'obligations' | 'flags'>;

/** Whether these are still the movements, the notes and the statements of facts that were read before. */
export const areStill = (
  { accountId: _, asOf: __, books: ___, obligations: ____, flags: _____, ...before }: DayFacts,
  now: MovementFacts,
): boolean => JSON.stringify(before) === JSON.stringify(now);
