// What two persons sign of a day: read from the books and the bank's list at one moment, with what keeps it from being signed.
import type { ReadTables } from '../context';
import type { Account } from '../domain/agency';
import {
  closedSum,
  netOfMovements,
  toCorrections,
  type CarriedDifference,
  type ClosedSum,
  type DayClose,
  type DayCloseContent,
  type LateMovement,
} from '../domain/dayClose';
import { zero, type Money } from '../domain/money';
import { blockingOf, carriedOf, type Counted, type Reconciliation } from '../domain/reconciliation';
import { addDays, type Day } from '../domain/time';
import { Problem } from '../problems';

type CloseTables = Pick<ReadTables, 'dayCloses'>;

export interface CloseFacts {
  content: DayCloseContent;
  /**
   * By how much the bank's opening balance does not continue the day before, or what its newest list states as the closing balance is not what
   * its lines come to (a line that an earlier list showed is not on it any more); a reason may let it stand.
   */
  gap: number;
}

/** Read piece by piece; not within a transaction. */
export async function closeFactsOf(tables: CloseTables, account: Account, reconciliation: Reconciliation): Promise<CloseFacts> {
  const { day, statement, books, expected, bookedFromBefore } = reconciliation;
  const { dayCloses } = tables;
  const lines = await dayCloses.listLines(account.id, day);
  const transactions = await dayCloses.listTransactions(account.id, day);
  const last = await lastClose(tables, account.id);
  const corrections = await correctionsOf(tables, reconciliation, last);
  const files = await dayCloses.listFiles(account.id, day);
  const left = last?.content.bank.closing;
  const before = left === undefined ? undefined : left + netOfMovements(corrections.lines);
  const opening = statement === 'none' ? before : await openingOf(tables, account.id, day, files);
  const closing = opening === undefined ? undefined : opening + netOfMovements(lines);
  const stated = statement === 'none' ? closing : await closingOf(tables, account.id, day, files);
  const found = gapBetween(opening, before) || gapBetween(stated, closing);
  const content: DayCloseContent = {
    account: {
      id: account.id,
      bankBin: account.bankBin,
      number: account.accountNumber,
      name: account.accountName,
      agencyCode: account.agencyCode,
    },
    day,
    statement,
    bank: {
      ...(opening === undefined || closing === undefined ? {} : { opening, closing }),
      in: closedSum(lines, 'in'),
      out: closedSum(lines, 'out'),
      lines,
    },
    ours: { in: closedSum(transactions, 'in'), out: closedSum(transactions, 'out'), transactions },
    corrections,
    expected: expected
      .filter(({ isBooked }) => !isBooked)
      .map(({ transactionId, direction, amount, expectedOn }) => ({ transactionId, direction, amount: amount.toJSON(), expectedOn })),
    bookedFromBefore: bookedFromBefore.map(({ transactionId, direction, amount }) => ({
      transactionId,
      direction,
      amount: amount.toJSON(),
    })),
    books: Object.fromEntries(Object.entries(books).map(([name, counted]: [string, Counted]) => [name, sumIn(counted)])),
    statements: files.map(({ id, name, sha256 }) => ({ id, name, sha256 })),
    differences: byClass(reconciliation),
    carried: carriedIn(reconciliation),
  };
  return { content, gap: found };
}

const sumIn = ({ count, sum }: Counted): ClosedSum => ({ count, amount: sum.toJSON() });

async function correctionsOf(
  { dayCloses }: CloseTables,
  { accountId, day, late }: Reconciliation,
  last: DayClose | undefined,
): Promise<DayCloseContent['corrections']> {
  const first = await dayCloses.findFirst(accountId);
  if (!first || !last) return { lines: [], transactions: [] };
  const span = { from: first.day, before: day, since: last.closedAt };
  const listed = new Set(last.content.corrections.decisions?.map(([id]) => id));
  const decisions = (await dayCloses.listLateDecisions(accountId, last.preparedAt)).filter(([id]) => !listed.has(id));
  return {
    lines: toCorrections(await dayCloses.listLateLines(accountId, span), first.day),
    transactions: toCorrections(lateTransactions(late), first.day),
    ...(decisions.length > 0 && { decisions }),
  };
}

/** Each is one difference, of all that it moved; in the order of their ids. */
const lateTransactions = (late: Reconciliation['late']): LateMovement[] =>
  late
    .filter((one) => one.class === 'late_after_close' && one.subject.kind === 'transaction')
    .sort((one, other) => (one.subject.id < other.subject.id ? -1 : 1))
    .map(({ subject, facts, amount, day }) => ({ movement: [subject.id, facts.direction ?? 'in', amount.toJSON()], day }));

async function lastClose({ dayCloses }: CloseTables, accountId: string): Promise<DayClose | undefined> {
  const last = await dayCloses.findLast(accountId);
  return last && (await dayCloses.find(accountId, last.day));
}

/** The newest first. */
type CoveringFiles = Awaited<ReturnType<ReadTables['dayCloses']['listFiles']>>;

/** As a statement tells it. */
async function openingOf({ dayCloses }: CloseTables, accountId: string, day: Day, files: CoveringFiles): Promise<number | undefined> {
  for (const { openingBalance, firstDay } of files) {
    if (openingBalance !== undefined) return openingBalance + (await dayCloses.netOfLines(accountId, { from: firstDay, before: day }));
  }
  return undefined;
}

/** As a statement states it. */
async function closingOf({ dayCloses }: CloseTables, accountId: string, day: Day, files: CoveringFiles): Promise<number | undefined> {
  for (const { closingBalance, lastDay, keptAt } of files) {
    if (closingBalance === undefined) continue;
    const after = { from: addDays(day, 1), before: addDays(lastDay, 1), until: keptAt }; // on its last day more may have come since
    return closingBalance - (await dayCloses.netOfLines(accountId, after));
  }
  return undefined;
}

const gapBetween = (one: number | undefined, other: number | undefined): number =>
  one === undefined || other === undefined ? 0 : one - other;

function byClass({ differences, late }: Reconciliation): Record<string, ClosedSum> {
  const sums: Record<string, ClosedSum> = {};
  for (const difference of [...differences, ...late]) {
    const { count, amount } = sums[difference.class] ?? { count: 0, amount: 0 };
    sums[difference.class] = { count: count + 1, amount: amount + difference.amount.toJSON() };
  }
  return sums;
}

function carriedIn(reconciliation: Reconciliation): CarriedDifference[] {
  const days = new Map(reconciliation.late.map((late) => [late.key, late.day]));
  return carriedOf(reconciliation).flatMap(({ key, class: kind, amount, carried, deadline }) => {
    const of = days.get(key);
    return carried ? [{ id: key, kind, amount: amount.toJSON(), ...carried, dueOn: deadline, ...(of ? { day: of } : {}) }] : [];
  });
}

/** Throws day_without_statement, statement_unbalanced, day_unexplained, balance_not_continuous. */
export function demandClosable(reconciliation: Reconciliation, { content, gap }: CloseFacts): void {
  const fault = closeFault(reconciliation, content);
  if (fault) throw new Problem(fault.code, fault.detail);
  if (gap !== 0 && content.balanceGap === undefined) throw new Problem('balance_not_continuous', String(gap));
}

/** What keeps a day from being closed; `open`: differences that nobody has explained or carried. */
export interface CloseFault {
  code: 'day_without_statement' | 'statement_unbalanced' | 'day_unexplained';
  detail?: string;
  open?: { count: number; amount: Money };
}

/** What keeps a day from being closed whoever signs; undefined when nothing does. */
export function closeFault(reconciliation: Reconciliation, content: DayCloseContent): CloseFault | undefined {
  const { statement } = reconciliation;
  if (statement === 'unbalanced') return { code: 'statement_unbalanced' };
  if (statement === 'intraday' || (statement === 'none' && !isQuiet(content))) return { code: 'day_without_statement' };
  const open = blockingOf(reconciliation);
  const amount = open.reduce((sum, difference) => sum.plus(difference.amount), zero);
  return open.length > 0
    ? { code: 'day_unexplained', detail: `${open.length}: ${amount} ₫`, open: { count: open.length, amount } }
    : undefined;
}

/**
 * Nobody knows of a movement: neither the bank's list nor a webhook, nor is one of the evening before to be booked on it. Such a day (a
 * holiday of a small account) closes without a statement, its balance that of the day before and of what came to light since: what the next
 * statement finds wrong with that breaks the balance of its day, and what comes to light later is a correction.
 */
const isQuiet = ({ bank, ours, bookedFromBefore }: DayCloseContent): boolean =>
  bank.lines.length === 0 && ours.transactions.length === 0 && bookedFromBefore.length === 0;
