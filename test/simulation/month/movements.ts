// Movements: money that moves on an account as it was planned, under the numbers, words and lines by which the bank and we know it.
import type { Day } from '../../../src/domain/time';
import { between, type Chance } from '../chances';
import type { Desk } from './desks';
import { placeOf, type Month } from './month';
import type { Debt, Expectation, Listed, Movement } from './truth';

/** Usually what is owed, with its reference, told at once, on the list of its day, and given to what it is for. */
export type Planned = Partial<
  Pick<Movement, 'desk' | 'direction' | 'amount' | 'content' | 'telling' | 'gives' | 'away' | 'atMs' | 'reference'>
> & {
  listed?: Partial<Listed> | 'nowhere';
};

/** Where and when it happens, by the name of its kind; for which obligation, if it is for one. */
export interface Scene {
  desk: Desk;
  day: Day;
  atMs: number;
  name: string;
  debt?: Debt;
}

export function move(month: Month, { desk, day, atMs, debt, name }: Scene, { listed = {}, ...planned }: Planned): Movement {
  const number = month.movements.length;
  const made: Movement = {
    ...{ number, kind: name, desk, direction: 'in' as const, amount: debt?.due ?? 0, reference: referenceOf(number), atMs },
    ...{ content: debt ? contentOf(month.chance, debt.reference) : '', telling: 'at_once' as const, gives: debt?.due ?? 0, away: 0 },
    ...(debt ? { debt } : {}),
    ...planned,
  };
  if (listed !== 'nowhere') made.listed = listedOf(made, day, listed);
  month.movements.push(made);
  month.book.add(made);
  return made;
}

/** `own` and `other` stand for references that nobody else has. */
function listedOf(
  { number, amount, content, reference }: Movement,
  day: Day,
  { reference: shown, earlyReference: early, ...changes }: Partial<Listed>,
): Listed {
  return {
    ...{ day, amount, content: content.toUpperCase(), file: 'final' as const, as: 'told' as const, ...changes },
    reference: shown === undefined ? reference : `${referenceOf(number)}9`,
    ...(early === undefined ? {} : { earlyReference: reference }),
  };
}

const referenceOf = (number: number): string => `FT26${String(number).padStart(11, '0')}`;

const contentOf = (chance: Chance, reference: string): string =>
  chance.among<string>([
    reference,
    `${reference} nop phi`,
    `nop le phi ${reference.toLowerCase()}`,
    `MBVCB.${between(chance, 1_000, 9_999)}.${reference}.CT tu`,
  ]);

export function expectIn(month: Month, expected: Expectation): void {
  const place = placeOf(expected.desk, expected.day);
  month.expectations.set(place, [...(month.expectations.get(place) ?? []), expected]);
}
