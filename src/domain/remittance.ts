// Remittances (nộp ngân sách): which part of what was collected is the State budget's, what was handed over of it, and by when it must be.
import type { Agency } from './agency';
import type { Collected } from './collection';
import { smaller, sumOf, zero, type Money } from './money';
import { retentionFor, split, usualRemitDay, type RemitDay, type Retention } from './retention';
import { addDays, daysOfMonth, type Day, type Instant } from './time';

export const lineKinds = ['phi', 'le_phi', 'owed'] as const;
/** `owed`: money whose payer cannot be found, that the Treasury paid back for us while it lies on our account, or interest of the bank. */
export type LineKind = (typeof lineKinds)[number];

export interface RemittanceLine {
  kind: LineKind;
  /** The fee, or who holds the money that is owed; the account of the books itself, where the Treasury paid it for us, or it is interest. */
  subject: string;
  name: string;
  /** `2026-11` */
  month: string;
  /** Under 0 where more was handed over before than was the budget's. */
  amount: Money;
}

export const remittanceStates = ['drafted', 'approved', 'refused', 'withdrawn', 'sent', 'confirmed'] as const;
export type RemittanceState = (typeof remittanceStates)[number];

export interface RemittanceStep {
  state: Exclude<RemittanceState, 'drafted'>;
  by: string;
  at: Instant;
  reason?: string;
  /** The movement on the account that confirmed it. */
  transactionId?: string;
}

export interface Remittance {
  id: string;
  agencyCode: string;
  /** Counts within the agency, from 1. */
  number: number;
  accountId: string;
  /** The last month that it covers. */
  month: string;
  amount: Money;
  dueDay: Day;
  draftedBy: string;
  draftedAt: Instant;
  lines: readonly RemittanceLine[];
  /** In the order in which they were taken. */
  steps: readonly RemittanceStep[];
}

/** Status is read, not set. */
export const remittanceStateOf = ({ steps }: Pick<Remittance, 'steps'>): RemittanceState => steps.at(-1)?.state ?? 'drafted';

/** Whether its lines count as handed over, or about to be. */
export const stands = (one: Pick<Remittance, 'steps'>): boolean => !['refused', 'withdrawn'].includes(remittanceStateOf(one));

/** What one fee brought in one month, and whose it is. */
export interface MonthOfFee {
  feeId: string;
  name: string;
  kind: 'phi' | 'le_phi';
  month: string;
  collected: Money;
  retained: Money;
  toBudget: Money;
  /** The rates that it was split by, in hundredths of a percent; one for all but a month in which the rate changed or units differ. */
  retainedPoints: readonly number[];
  /** A phí for which no rate is set: all of it goes to the budget. */
  isWithoutRate: boolean;
  remitByDay: RemitDay;
}

/**
 * Collections by fee and month, each split exactly: what is retained and what is the budget's are the whole. One split a fee, agency and rate,
 * not one a payment, so that no đồng is lost by rounding often. Lệ phí has no rate: it is the budget's.
 */
export function monthsOf(collected: readonly Collected[], agencies: readonly Agency[], retentions: readonly Retention[]): MonthOfFee[] {
  const groups = new Map<string, { of: Collected; month: string; rate?: Retention; amount: Money }>();
  for (const one of collected) {
    const rate = retentionFor(agencies, retentions, one);
    const month = one.day.slice(0, 7);
    const key = [month, one.feeId, one.agencyCode, rate?.id ?? ''].join(' ');
    const amount = (groups.get(key)?.amount ?? zero).plus(one.amount);
    groups.set(key, { of: one, month, ...(rate ? { rate } : {}), amount });
  }
  const months = new Map<string, MonthOfFee>();
  for (const { of, month, rate, amount } of groups.values()) {
    const key = `${month} ${of.feeId}`;
    months.set(key, withPart(months.get(key) ?? emptyMonth(of, month), amount, rate));
  }
  return [...months.values()].sort((a, b) => (a.month + a.kind + a.feeId < b.month + b.kind + b.feeId ? -1 : 1));
}

const emptyMonth = ({ feeId, name, kind }: Collected, month: string): MonthOfFee => ({
  feeId,
  name,
  kind,
  month,
  collected: zero,
  retained: zero,
  toBudget: zero,
  retainedPoints: [],
  isWithoutRate: false,
  remitByDay: 20,
});

function withPart(month: MonthOfFee, amount: Money, rate: Retention | undefined): MonthOfFee {
  const points = rate?.retainedPoints ?? 0;
  const { retained, toBudget } = split(amount, points);
  const day = rate?.remitByDay ?? usualRemitDay(month.feeId);
  const isFirst = month.retainedPoints.length === 0;
  return {
    ...month,
    collected: month.collected.plus(amount),
    retained: month.retained.plus(retained),
    toBudget: month.toBudget.plus(toBudget),
    retainedPoints: month.retainedPoints.includes(points) ? month.retainedPoints : [...month.retainedPoints, points],
    isWithoutRate: month.isWithoutRate || (rate === undefined && month.kind === 'phi'),
    remitByDay: isFirst || day < month.remitByDay ? day : month.remitByDay,
  };
}

/** What is the budget's of one thing up to a month, as one line of what is not handed over yet. */
export interface Outstanding extends RemittanceLine {
  /** Of all that is the budget's, this much stands on slips already. */
  onSlips: Money;
  dueDay: Day;
}

/** What was handed over of each line, by `lineKey`. */
export const lineKey = ({ kind, subject, month }: Pick<RemittanceLine, 'kind' | 'subject' | 'month'>): string =>
  `${kind} ${subject} ${month}`;

export function remittedByLine(remittances: readonly Remittance[]): Map<string, Money> {
  const sums = new Map<string, Money>();
  for (const line of remittances.filter(stands).flatMap(({ lines }) => lines)) {
    sums.set(lineKey(line), (sums.get(lineKey(line)) ?? zero).plus(line.amount));
  }
  return sums;
}

/** Money that is owed to the budget beside fees, by holder and month. */
export interface Owed {
  holder: string;
  name: string;
  month: string;
  amount: Money;
}

/**
 * Lines that are not handed over in full, or of which too much was, what is due first before others; also of months about which the books
 * think otherwise by now.
 */
export function outstandingLines(
  { months, owed }: { months: readonly MonthOfFee[]; owed: readonly Owed[] },
  remittances: readonly Remittance[],
): Outstanding[] {
  const remitted = remittedByLine(remittances);
  const due: (RemittanceLine & { remitByDay: RemitDay })[] = [
    ...months.map(({ kind, feeId, name, month, toBudget, remitByDay }) => ({
      kind,
      subject: feeId,
      name,
      month,
      amount: toBudget,
      remitByDay,
    })),
    ...owed.map(({ holder, name, month, amount }) => ({
      kind: 'owed' as const,
      subject: holder,
      name,
      month,
      amount,
      remitByDay: 20 as const,
    })),
  ];
  const known = new Set(due.map(lineKey));
  const vanished = remittances
    .filter(stands)
    .flatMap(({ lines }) => lines)
    .filter((line) => !known.has(lineKey(line)))
    .map((line) => ({ ...line, amount: zero, remitByDay: 20 as const }));
  const once = new Map([...due, ...vanished].map((line) => [lineKey(line), line]));
  return [...once.values()]
    .flatMap(({ remitByDay, ...line }) => {
      const onSlips = remitted.get(lineKey(line)) ?? zero;
      const amount = line.amount.minus(onSlips);
      return amount.isZero() ? [] : [{ ...line, amount, onSlips, dueDay: remitDue(line.month, remitByDay) }];
    })
    .sort((a, b) => (a.dueDay < b.dueDay ? -1 : a.dueDay > b.dueDay ? 1 : 0));
}

/**
 * The lines of a slip of just this sum, of which at least so much is outstanding: what was handed over too much is taken off whole, as it is
 * where all is handed over, then what is due first is taken, the last of it in part.
 */
export function linesUpTo(amount: Money, outstanding: readonly Outstanding[]): RemittanceLine[] {
  let left = amount.minus(sumOfLines(outstanding.filter((line) => !line.amount.isPositive())));
  return outstanding.flatMap(({ kind, subject, name, month, amount: whole }) => {
    const part = smaller(whole, left);
    if (part.isPositive()) left = left.minus(part);
    return part.isZero() ? [] : [{ kind, subject, name, month, amount: part }];
  });
}

/** The 5th or 20th of the month after; taken as it stands: where it is no working day the law may give more time, never less. */
export const remitDue = (month: string, day: RemitDay): Day => addDays(addDays(daysOfMonth(month).to, 1), day - 1);

/** The first day on which one of the lines is due; what was handed over too much is due to nobody. */
export const firstDue = (lines: readonly Pick<Outstanding, 'dueDay' | 'amount'>[]): Day | undefined =>
  lines.flatMap(({ amount, dueDay }) => (amount.isPositive() ? [dueDay] : [])).sort()[0];

export const sumOfLines = (lines: readonly Pick<RemittanceLine, 'amount'>[]): Money => sumOf(lines.map(({ amount }) => amount));

/**
 * What the content of the transfer to the Treasury must carry, so that the bank's line names the slip: `NNSH26101T202611S3E`. It ends with a
 * letter, for slip 3 is not slip 31, and whatever a bank writes behind it may be digits.
 */
export const remittanceCode = ({ agencyCode, month, number }: Pick<Remittance, 'agencyCode' | 'month' | 'number'>): string =>
  `NNS${agencyCode.replace(/[^A-Za-z0-9]/g, '').toUpperCase()}T${month.replace('-', '')}S${number}E`;
