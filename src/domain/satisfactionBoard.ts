// The board of satisfaction: taps added up by agency and by day; so few that somebody could be recognised in them are not told apart.
import { satisfactionChoices, type SatisfactionChoice, type SatisfactionDay } from './satisfaction';

export type Taps = Record<SatisfactionChoice, number>;

/** The taps of an agency, or of a day. */
export interface TapRow {
  key: string;
  taps: number;
  /** Absent where there are too few to tell them apart. */
  told?: Taps;
}

/** Of fewer a colleague who was there that day would know whose they are. */
export const fewestTold = 5;

export interface SatisfactionBoard {
  all: TapRow;
  byAgency: TapRow[];
  byDay: TapRow[];
}

export const boardOf = (days: readonly SatisfactionDay[]): SatisfactionBoard => ({
  all: rowOf('', days),
  byAgency: rowsBy(days, ({ agencyCode }) => agencyCode),
  byDay: rowsBy(days, ({ day }) => day).reverse(),
});

function rowsBy(days: readonly SatisfactionDay[], keyIn: (day: SatisfactionDay) => string): TapRow[] {
  const keys = [...new Set(days.map(keyIn))].sort();
  return keys.map((key) =>
    rowOf(
      key,
      days.filter((one) => keyIn(one) === key),
    ),
  );
}

function rowOf(key: string, days: readonly SatisfactionDay[]): TapRow {
  const sum = (choice: SatisfactionChoice): number => days.reduce((total, one) => total + one[choice], 0);
  const told: Taps = { good: sum('good'), fair: sum('fair'), poor: sum('poor') };
  const taps = satisfactionChoices.reduce((total, choice) => total + told[choice], 0);
  return taps < fewestTold ? { key, taps } : { key, taps, told };
}
