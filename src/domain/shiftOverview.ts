// The shifts of a day through the tree of agencies: each agency's own sum, and with all below it; the top is the total of all shifts.
import { codesWithin, type Agency } from './agency';
import { sumOf, zero, type Money } from './money';
import { differenceOf, isOpen, putAsideOf, type Shift, type Takings } from './shift';

export interface ShiftSums extends Takings {
  shifts: number;
  open: number;
  /** Too much and too little, each by itself: they do not make each other good. */
  over: Money;
  short: Money;
  /** Put aside for the bank. */
  putAside: Money;
}

export interface OverviewRow {
  agency: Agency;
  /** Below the first row. */
  depth: number;
  sums: ShiftSums;
}

export interface ShiftOverview {
  /** Agencies with shifts, and those above them; each sum holds all below it. */
  rows: readonly OverviewRow[];
  total: ShiftSums;
}

type Summed = { shift: Shift; takings: Takings };

interface Asked {
  agencies: readonly Agency[];
  /** The agency that is asked about; undefined: all. */
  top: string | undefined;
  shifts: readonly Summed[];
}

export function overviewOf({ agencies, top, shifts }: Asked): ShiftOverview {
  const roots = agencies.filter(({ code, parentCode }) => (top === undefined ? parentCode === undefined : code === top));
  return { rows: roots.flatMap((root) => rowsUnder(agencies, root, 0, shifts)), total: sumsOf(shifts) };
}

function rowsUnder(agencies: readonly Agency[], agency: Agency, depth: number, shifts: readonly Summed[]): OverviewRow[] {
  const codes = new Set(codesWithin(agencies, agency.code));
  const within = shifts.filter(({ shift }) => codes.has(shift.agencyCode));
  if (within.length === 0) return [];
  const below = agencies.filter(({ parentCode }) => parentCode === agency.code);
  return [{ agency, depth, sums: sumsOf(within) }, ...below.flatMap((child) => rowsUnder(agencies, child, depth + 1, within))];
}

export function sumsOf(shifts: readonly Summed[]): ShiftSums {
  const sum = (of: (takings: Takings) => Money): Money => sumOf(shifts.map(({ takings }) => of(takings)));
  const closes = shifts.flatMap(({ shift }) => shift.close ?? []);
  const differences = closes.map(differenceOf);
  return {
    shifts: shifts.length,
    open: shifts.filter(({ shift }) => isOpen(shift)).length,
    cashTaken: sum(({ cashTaken }) => cashTaken),
    cashReturned: sum(({ cashReturned }) => cashReturned),
    transferTaken: sum(({ transferTaken }) => transferTaken),
    onlineTaken: sum(({ onlineTaken }) => onlineTaken),
    over: sumOf(differences.filter((one) => one.isPositive())),
    short: sumOf(differences.filter((one) => zero.compare(one) > 0).map((one) => zero.minus(one))),
    putAside: sumOf(closes.map(putAsideOf)),
  };
}
