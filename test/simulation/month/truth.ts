// The truth of a simulated month: which money moved, what the bank lists of it and when, and which differences must come of it.
import type { DifferenceClass } from '../../../src/domain/reconciliation';
import { dayOf, instantOf, startOfDay, type Day } from '../../../src/domain/time';
import type { Desk } from './desks';
import type { FoundDifference } from './names';

/** An obligation as its citizen knows it. */
export interface Debt {
  id: string;
  reference: string;
  dossierCode: string;
  agencyCode: string;
  feeId: string;
  due: number;
  /** Its agency has somebody in whose name it collects. */
  hasCollector: boolean;
}

/** In which of the bank's files of its day a line is there for the first time: the final one, one that was sent again, one after the close. */
export type FirstFile = 'final' | 'again' | 'after_close';

/** A movement as the bank lists it. */
export interface Listed {
  day: Day;
  amount: number;
  content: string;
  reference: string;
  /** What it is called in the list of noon, where that is something else. */
  earlyReference?: string;
  /** What that list says of it, where it says something else. */
  earlyContent?: string;
  file: FirstFile;
  /** `own`: other money than we were told of; `held`: nobody can say by itself. */
  as: 'told' | 'own' | 'held';
}

/** Money that moved, or of which we were told that it did. */
export interface Movement {
  number: number;
  kind: string;
  desk: Desk;
  direction: 'in' | 'out';
  amount: number;
  content: string;
  reference: string;
  atMs: number;
  telling: 'at_once' | 'after_close' | 'never' | 'late';
  /** The obligation that it is about, where a citizen made it. */
  debt?: Debt;
  listed?: Listed;
  /** What obligations took of it until its day was looked at. */
  gives: number;
  /** What was asked to go back until then. */
  away: number;
}

/** A payment in full that came to no account of ours. */
export interface PaidBeside {
  desk: Desk;
  day: Day;
  debt: Debt;
  way: 'in_cash' | 'at_gateway';
}

/** What an obligation took by the month's end, and when its payer paid it. */
export interface Taken {
  debt: Debt;
  day: Day;
  amount: number;
}

/** What a person does about a difference: one of the usual steps, or one of its own. */
export type Work =
  'not_ours' | 'refund' | 'allocate' | 'explain' | 'same' | 'carry' | 'ask_again' | 'none' | ((found: FoundDifference) => Promise<void>);

/** A difference that must be found: once, in this class, and nothing beside it. */
export interface Expectation {
  desk: Desk;
  /** On whose reconciliation. */
  day: Day;
  class: DifferenceClass;
  /** What it is about, by a name of ours; see `names.ts`. */
  name: string;
  amount: number;
  isBlocking: boolean;
  work: Work;
  debt?: Debt;
}

/** A transaction that the service must have, with what became of it. */
export interface Known {
  name: string;
  day: Day;
  direction: 'in' | 'out';
  amount: number;
  gives: number;
  away: number;
}

export const toldName = (movement: Pick<Movement, 'number'>): string => `told ${movement.number}`;
export const listedName = ({ reference }: Pick<Listed, 'reference'>): string => `listed ${reference}`;
export const lineName = ({ reference }: Pick<Listed, 'reference'>): string => `line ${reference}`;
export const dayOfMs = (ms: number): Day => dayOf(instantOf(ms));
export const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);

/** Whether it is on the bank's list of its day before that is sent once more, and before its day is closed. */
const files: readonly FirstFile[] = ['final', 'again', 'after_close'];
export const isListedBy = (movement: Movement, file: FirstFile): boolean =>
  movement.listed !== undefined && files.indexOf(movement.listed.file) <= files.indexOf(file);

/** The transactions that come of a movement, once the bank's lists up to `file` of its day are there. */
export function knownOf(movement: Movement, file: FirstFile): Known[] {
  const { listed, direction, amount, gives, away } = movement;
  const isTold = movement.telling === 'at_once' || (movement.telling === 'late' && file === 'after_close');
  const told: Known[] = isTold ? [{ name: toldName(movement), day: dayOfMs(movement.atMs), direction, amount, gives, away }] : [];
  if (!listed || !isListedBy(movement, file) || listed.as === 'held' || (listed.as === 'told' && isTold)) return told;
  const rest = isTold ? { gives: 0, away: 0 } : { gives, away };
  return [...told, { name: listedName(listed), day: listed.day, direction, amount: listed.amount, ...rest }];
}

/** Banked on a later day than it happened, or should have been. */
export const isOvernight = ({ kind }: Movement): boolean => kind === 'night' || kind === 'night_missing';

/** Where it stands among the lines of its day. */
export const orderOf = ({ atMs, listed }: Movement): number => (listed ? Math.max(atMs, Date.parse(startOfDay(listed.day))) : atMs);
