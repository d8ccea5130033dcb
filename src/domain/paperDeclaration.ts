// The monthly totals for the forms 01/PH (phí) and 01/LP (lệ phí) as a paper: what each unit collected, what it keeps, and what is the budget's.
import { sumOf, zero, type Money } from './money';
import { sumRow, word, type PaperCell, type PaperColumn, type PaperMaker } from './paper';
import type { MonthOfFee, Owed } from './remittance';
import { percentOfPoints } from './retention';

export interface UnitTotals {
  agencyCode: string;
  unit: string;
  month: string;
  fees: readonly MonthOfFee[];
  /** The budget's beside fees: on slips, but on neither form. */
  owed: readonly Owed[];
}

export const declarationColumns: readonly PaperColumn[] = [
  { name: 'place', kind: 'place', width: 5 },
  { name: 'fee', kind: 'text', width: 28 },
  { name: 'unit', kind: 'text', width: 20 },
  { name: 'collected', kind: 'amount', width: 13 },
  { name: 'rate', kind: 'text', width: 11 },
  { name: 'retained', kind: 'amount', width: 13 },
  { name: 'toBudget', kind: 'amount', width: 13 },
];

const sections = ['phi', 'le_phi', 'owed'] as const;

interface Line {
  of: UnitTotals;
  section: (typeof sections)[number];
  fee: string;
  collected: Money;
  rate: PaperCell;
  retained: Money;
  toBudget: Money;
}

/** Its total is what was collected, as that of the daily lists; what is the budget's of it stands beside it, and ties to the slips. */
export function declarationPaper(): PaperMaker<UnitTotals> {
  const lines: Line[] = [];
  let place = 0;
  const sums = (of: readonly Line[]): Record<string, Money> => ({
    collected: sumOf(of.map(({ collected }) => collected)),
    retained: sumOf(of.map(({ retained }) => retained)),
    toBudget: sumOf(of.map(({ toBudget }) => toBudget)),
  });
  return {
    rowsOf: (units) => {
      const all = units.flatMap(linesOf);
      const sorted = sections.flatMap((section) => all.filter((line) => line.section === section));
      lines.push(...sorted);
      return sorted.map(({ of: { agencyCode, month, unit }, section, fee, collected, rate, retained, toBudget }) => ({
        section,
        cells: [++place, fee, unit, collected, rate, retained, toBudget],
        href: `/remittances?month=${month}&agency=${encodeURIComponent(agencyCode)}`,
      }));
    },
    end: () => {
      const parts = sections.flatMap((section) => {
        const of = lines.filter((line) => line.section === section);
        return of.length === 0 ? [] : [sumRow('sums', declarationColumns, { fee: word(`sum_${section}`), ...sums(of) })];
      });
      const whole = sumRow('sums', declarationColumns, { fee: word('sum_total'), ...sums(lines) });
      return { rows: [...parts, whole], foot: { total: sums(lines)['collected'] ?? zero, rowCount: lines.length } };
    },
  };
}

const linesOf = (of: UnitTotals): Line[] => [
  ...of.fees.map(({ kind, name, collected, retained, toBudget, isWithoutRate, retainedPoints }): Line => {
    const rate = retainedPoints.map((points) => `${percentOfPoints(points).replace('.', ',')} %`).join(' · ');
    return { of, section: kind, fee: name, collected, rate: isWithoutRate ? word('no_rate') : rate, retained, toBudget };
  }),
  ...of.owed.map(({ name, amount }): Line => ({
    of,
    section: 'owed',
    fee: name,
    collected: zero,
    rate: undefined,
    retained: zero,
    toBudget: amount,
  })),
];
