// Shifts (ca): a counter from opening to closing, what should lie in its drawer, what was counted, and who answers for the difference.
import { smaller, sumOf, vnd, zero, type Money } from './money';
import type { Instant } from './time';
import { dayOf, type Day } from './time';
import { workingDayAfter } from './workingDay';

/** Notes in circulation, the largest first. */
export const denominations = [500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000] as const;

/** How many pieces of each face value lay there. */
export type Denominations = Readonly<Partial<Record<`${(typeof denominations)[number]}`, number>>>;

export interface Shift {
  id: string;
  counterId: string;
  agencyCode: string;
  /** Counts within the counter, from 1. */
  number: number;
  officerId: string;
  openedAt: Instant;
  /** What lay in the drawer: taken over from the shift before, and change money of the unit. */
  openingFloat: Money;
  takenOver: Money;
  /** Whether the first cash opened it. */
  isImplicit: boolean;
  close?: ShiftClose;
  /** That a second person confirmed the difference. */
  difference?: { note: string; by: string; at: Instant };
}

/** The report of a closed shift; never changes. */
export interface ShiftClose extends Takings {
  by: string;
  at: Instant;
  expected: Money;
  counted: Money;
  /** Stays in the drawer for the next shift; the rest is put aside for the bank. */
  handedOn: Money;
  denominations?: Denominations;
  /** Why what was counted is not what should lie there. */
  reason?: string;
}

/** What came to the counter in a shift, by the way of payment; cash that went back is not subtracted. */
export interface Takings {
  cashTaken: Money;
  cashReturned: Money;
  transferTaken: Money;
  onlineTaken: Money;
}

export const noTakings: Takings = { cashTaken: zero, cashReturned: zero, transferTaken: zero, onlineTaken: zero };

export const isOpen = ({ close }: Pick<Shift, 'close'>): boolean => close === undefined;

/** What should lie in the drawer. */
export const expectedIn = (openingFloat: Money, { cashTaken, cashReturned }: Takings): Money =>
  openingFloat.plus(cashTaken).minus(cashReturned);

/** Over 0: too much (thừa quỹ); under 0: too little (thiếu quỹ). */
export const differenceOf = ({ counted, expected }: Pick<ShiftClose, 'counted' | 'expected'>): Money => counted.minus(expected);

/** What is put aside for the bank. */
export const putAsideOf = ({ counted, handedOn }: Pick<ShiftClose, 'counted' | 'handedOn'>): Money => counted.minus(handedOn);

/** Whether a difference waits for its second person. */
export const waitsForConfirmation = ({ close, difference }: Pick<Shift, 'close' | 'difference'>): boolean =>
  close !== undefined && difference === undefined && !differenceOf(close).isZero();

export const sumOfPieces = (pieces: Denominations): Money => sumOf(denominations.map((face) => vnd(face).times(pieces[`${face}`] ?? 0)));

/** Unless told otherwise, the change money stays in the drawer and the takings go to the bank. */
export const usuallyHandedOn = (openingFloat: Money, counted: Money): Money => smaller(openingFloat, counted);

/** By when the cash of a shift is at the bank: the next working day. */
export const depositDue = (closedAt: Instant): Day => workingDayAfter(dayOf(closedAt), 1);
