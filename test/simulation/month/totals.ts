// Totals: at the end of a simulated month every book says the same sums, and the chain of closes can be checked from its file alone.
import type { Json } from '../../../src/domain/canonicalJson';
import { checkCloses } from '../../../src/domain/closeChain';
import { brokenLaws } from '../../support/books';
import { checkCashBooked } from './cashChecks';
import type { Desk } from './desks';
import { checkGateway } from './gateway';
import { mustBe, type Month } from './month';
import { checkRemittances } from './remittances';
import { dayOfMs, knownOf, sumOf, type Known, type Taken } from './truth';

export async function checkTotals(month: Month): Promise<void> {
  mustBe(month, 'laws of the books that are broken', await brokenLaws(month.options.databaseUrl), []);
  for (const desk of month.desks) await checkAccount(month, desk);
  await checkDebts(month);
  await checkCashBooked(month);
  await checkGateway(month);
}

/** Listed, told, booked and signed are the same money. */
async function checkAccount(month: Month, desk: Desk): Promise<void> {
  const { accountId } = desk;
  const own = month.movements.filter((one) => one.desk === desk);
  const known = own.flatMap((one) => knownOf(one, 'after_close'));
  const file = await month.call<Json>('GET', `/api/closes/export?account=${accountId}`, { by: 'ketoantruong' });
  const { closes, faults } = checkCloses(file);
  mustBe(month, `${accountId}: the chain of its closes`, [closes, faults], [month.options.days, []]);
  const signed = signedSums(file);
  for (const direction of ['in', 'out'] as const) {
    const about = `${accountId}: all that came ${direction}`;
    const listed = sumOf(own.flatMap((one) => (one.direction === direction ? (one.listed?.amount ?? 0) : [])));
    const moved = sumOf(known.flatMap((one) => (one.direction === direction ? one.amount : [])));
    const where = `account_id = '${accountId}' AND direction = '${direction}'`;
    const [line, transaction] = ['statement_line', 'incoming_transaction'].map((table) =>
      month.reader.number(`SELECT coalesce(sum(amount), 0) FROM ${table} WHERE ${where}`),
    );
    mustBe(month, `${about}, on the bank's lists`, await line, listed);
    mustBe(month, `${about}, by our own record`, await transaction, moved);
    mustBe(month, `${about}, as it was signed`, signed[direction], { lines: listed, transactions: moved });
  }
  const booked = `SELECT coalesce(sum(amount), 0) FROM posting WHERE cause = 'transaction' AND debit = 'bank:${accountId}'`;
  mustBe(
    month,
    `${accountId}: booked`,
    await month.reader.number(booked),
    sumOf(known.filter((one) => one.direction === 'in').map(({ amount }) => amount)),
  );
  mustBe(month, `${accountId}: what the books say that it holds`, await month.balanceOf(`bank:${accountId}`), sumOf(known.map(signedOf)));
  const never = own.filter((one) => one.telling !== 'never' && (one.listed === undefined || one.listed.as === 'own'));
  const gap =
    sumOf(known.map(signedOf)) -
    sumOf(own.map((one) => (one.listed ? (one.direction === 'in' ? one.listed.amount : -one.listed.amount) : 0)));
  mustBe(month, `${accountId}: our record beyond the bank's is what never came`, gap, sumOf(never.map(({ amount }) => amount)));
}

const signedOf = ({ direction, amount }: Known): number => (direction === 'in' ? amount : -amount);

type Rows = readonly (readonly [string, 'in' | 'out', number])[];
interface SignedContent {
  bank: { lines: Rows };
  ours: { transactions: Rows };
  corrections: { lines: Rows; transactions: Rows };
}

/** What all closes of a file state together, with what later ones put right. */
function signedSums(file: Json): Record<'in' | 'out', { lines: number; transactions: number }> {
  const contents = (file as unknown as { closes: { content: SignedContent }[] }).closes.map(({ content }) => content);
  const sum = (direction: string, rows: Rows): number => sumOf(rows.flatMap(([, way, amount]) => (way === direction ? amount : [])));
  const of = (direction: string) => ({
    lines: sumOf(contents.map(({ bank, corrections }) => sum(direction, bank.lines) + sum(direction, corrections.lines))),
    transactions: sumOf(
      contents.map(({ ours, corrections }) => sum(direction, ours.transactions) + sum(direction, corrections.transactions)),
    ),
  });
  return { in: of('in'), out: of('out') };
}

/** What a finance officer gave to obligations after their day had been looked at. */
const givenAfterwards: readonly string[] = ['wiped', 'match_taken_back'];

const takenIn = ({ movements, beside }: Pick<Month, 'movements' | 'beside'>): Taken[] => [
  ...movements.flatMap(({ kind, gives, debt, atMs }) =>
    debt ? { debt, day: dayOfMs(atMs), amount: givenAfterwards.includes(kind) ? debt.due : gives } : [],
  ),
  ...beside.map(({ debt, day }) => ({ debt, day, amount: debt.due })),
];

async function checkDebts({ reader, ...month }: Month): Promise<void> {
  const all = { reader, ...month };
  const taken = takenIn(month);
  const paid = sumOf(taken.map(({ amount }) => amount));
  await checkRemittances(all, taken);
  mustBe(all, 'what obligations say was paid', await reader.number('SELECT sum(paid) FROM obligation'), paid);
  mustBe(all, 'what allocations say was paid', await reader.number('SELECT sum(amount) FROM allocation'), paid);
  mustBe(all, 'what is owed in all', await reader.number('SELECT sum(due) FROM obligation'), sumOf(month.debts.map(({ due }) => due)));
  const settled = new Map<string, number>();
  for (const { debt, amount } of taken) settled.set(debt.id, (settled.get(debt.id) ?? 0) + amount);
  const receipted = sumOf(month.debts.map(({ id, due, hasCollector }) => (hasCollector && settled.get(id) === due ? due : 0)));
  mustBe(all, 'what receipts say', await reader.number('SELECT sum(amount) FROM receipt'), receipted);
  const homeless = sumOf(month.movements.map(({ kind, listed }) => (kind === 'other_amount_paid' ? (listed?.amount ?? 0) : 0)));
  const held = `SELECT coalesce(sum(CASE WHEN credit LIKE 'unapplied:%' THEN amount ELSE -amount END), 0) FROM posting WHERE credit LIKE 'unapplied:%' OR debit LIKE 'unapplied:%'`;
  mustBe(all, 'what has no home yet', await reader.number(held), homeless);
}
