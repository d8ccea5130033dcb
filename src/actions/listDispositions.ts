// Lists money without a home: what belongs to no obligation, with who looks after it and until when the law wants it decided.
import type { Context, ReadTables } from '../context';
import { clockOf, dueOnOf, heldActions, type Clock, type Disposition, type DispositionKind } from '../domain/disposition';
import { interest } from '../domain/ledger';
import { larger, smaller, sumOf, vnd, zero, type Money } from '../domain/money';
import type { Actor } from '../domain/role';
import { dayOf, type Instant } from '../domain/time';
import { remittanceStateOf } from '../domain/remittance';
import type { Transaction } from '../domain/transaction';
import { openStates } from '../domain/refund';
import { sightOf } from './demand';
import { demandSightOfRefunds } from './seeRefund';
import { withDecisions } from './seeTransaction';

/** How many credits have đồng that nobody has found a home for, and how many đồng that are; `sight`: of these agencies, undefined of all. */
export async function sumOfHomeless(
  tables: Pick<ReadTables, 'transactions'>,
  sight: readonly string[] | undefined,
): Promise<{ count: number; sum: Money }> {
  const waiting = { ...(sight ? { agencyCodes: sight } : {}), states: ['unapplied' as const] };
  return { count: await tables.transactions.count(waiting), sum: await tables.transactions.unappliedSum(waiting) };
}

export type ListedDisposition = Disposition & { clock: Clock; days: number };

export interface DispositionList {
  /** The most urgent first. */
  list: ListedDisposition[];
  /** Some kind has more than are listed; the first of it are. */
  isCut: boolean;
  /** Of all. */
  sums: Readonly<Record<DispositionKind, { count: number; sum: Money }>>;
  /** Of those that are listed of all kinds. */
  clocks: Readonly<Record<Clock, number>>;
}

/** Of each kind; an office that has more decides the oldest first. */
const mostOfAKind = 1_000;

/** Everything that the actor sees of it; `kind`: of one kind. Throws role_insufficient. */
export async function listDispositions(ctx: Context, actor: Actor, kind?: DispositionKind, most = mostOfAKind): Promise<DispositionList> {
  demandSightOfRefunds(actor);
  const { tables } = ctx.store;
  const sight = await sightOf(tables, actor);
  const kinds = [await unapplied(tables, sight, most), await toRefund(tables, sight, most), ...(await held(tables, sight, most))];
  const found = kinds.flatMap((one) => one.list);
  const owners = await tables.dispositions.ownersOf([...new Set(found.map(({ transaction }) => transaction.id))]);
  const today = dayOf(ctx.now());
  const all = found
    .map((one): ListedDisposition => {
      const owner = owners.get(one.transaction.id);
      const dueOn = dueOnOf(one.kind, one.transaction, one.since);
      return { ...one, dueOn, ...(owner ? { ownerId: owner.officerId } : {}), ...clockOf(dueOn, today) };
    })
    .sort((a, b) => (a.dueOn === b.dueOn ? (a.since < b.since ? -1 : 1) : a.dueOn < b.dueOn ? -1 : 1));
  const sums = Object.fromEntries(kinds.map((one) => [one.kind, { count: one.count, sum: one.sum }])) as DispositionList['sums'];
  const clocks = { running: 0, warning: 0, overdue: 0 };
  for (const { clock } of all) clocks[clock]++;
  const list = kind ? all.filter((one) => one.kind === kind) : all;
  return { list, isCut: kinds.some((one) => one.list.length < one.count), sums, clocks };
}

type HeldDecision = Awaited<ReturnType<ReadTables['dispositions']['listHeld']>>[number];
type Found = Omit<Disposition, 'dueOn' | 'ownerId'>;
type Sight = readonly string[] | undefined;

/** The first of one kind, and how many of how many đồng there are. */
interface OfKind {
  kind: DispositionKind;
  list: Found[];
  count: number;
  sum: Money;
}

async function unapplied(tables: ReadTables, sight: Sight, most: number): Promise<OfKind> {
  const seen = await withDecisions(tables, await tables.dispositions.listUnapplied(sight, most));
  const list = seen.map(({ transaction, money }): Found => ({
    kind: 'unapplied',
    transaction,
    amount: money.unapplied,
    since: transaction.bankTime,
  }));
  return { kind: 'unapplied', list, ...(await sumOfHomeless(tables, sight)) };
}

async function toRefund(tables: ReadTables, sight: Sight, most: number): Promise<OfKind> {
  const list: Found[] = [];
  for (const { id, transactionId, amount, requestedAt } of await tables.refunds.list(
    { ...(sight ? { agencyCodes: sight } : {}), states: openStates },
    most,
  )) {
    const transaction = await tables.transactions.find(transactionId);
    if (transaction) list.push({ kind: 'refund', transaction, amount, since: requestedAt, refundId: id });
  }
  const open = (await tables.refunds.sumByState(sight)).filter(({ state }) => openStates.some((one) => one === state));
  return { kind: 'refund', list, count: open.reduce((sum, { count }) => sum + count, 0), sum: sumOf(open.map(({ sum }) => vnd(sum))) };
}

/** Each kind of money that a person decided about, and that has not left. */
async function held(tables: ReadTables, sight: Sight, most: number): Promise<OfKind[]> {
  const remitted = await remittedToBudget(tables, sight);
  const standing = (await tables.dispositions.listHeld(sight)).flatMap((one) => notRemitted(remitted, one) ?? []);
  const kinds: OfKind[] = [];
  for (const kind of heldActions) {
    const own = standing.filter(({ action }) => action === kind);
    const list: Found[] = [];
    for (const { transactionId, amount, at } of own.slice(0, most)) {
      const transaction = await tables.transactions.find(transactionId);
      if (transaction) list.push({ kind, transaction, amount, since: at });
    }
    kinds.push({ kind, list, count: own.length, sum: sumOf(own.map(({ amount }) => amount)) });
  }
  return kinds;
}

/** What was owed to the budget and has left for it, by holder and month of the decision. */
async function remittedToBudget(tables: ReadTables, sight: Sight): Promise<Map<string, Money>> {
  const codes = sight ?? (await tables.agencies.list()).map(({ code }) => code);
  const slips = (await tables.remittances.ofAgencies(codes)).filter((slip) => remittanceStateOf(slip) === 'confirmed');
  const sums = new Map<string, Money>();
  for (const { kind, subject, month, amount } of slips.flatMap(({ lines }) => lines)) {
    const key = `${subject} ${month}`;
    if (kind === 'owed') sums.set(key, (sums.get(key) ?? zero).plus(amount));
  }
  return sums;
}

/** The decision with what of it has not left; undefined when all has. Of a month the earliest left first. */
function notRemitted(remitted: Map<string, Money>, one: HeldDecision): HeldDecision | undefined {
  if (one.action === 'not_ours') return one;
  const key = `${one.action === 'interest' ? interest(one.holder) : one.holder} ${dayOf(one.at).slice(0, 7)}`;
  const left = larger(remitted.get(key) ?? zero, zero);
  const gone = smaller(one.amount, left);
  remitted.set(key, left.minus(gone));
  return gone.equals(one.amount) ? undefined : { ...one, amount: one.amount.minus(gone) };
}

/** One credit of the list: what of it is without a home, and until when. */
export async function dispositionOf(
  tables: ReadTables,
  transaction: Transaction,
  now: Instant,
): Promise<{ amount: Money; dueOn: ListedDisposition['dueOn']; clock: Clock; days: number }> {
  const [seen] = await withDecisions(tables, [transaction]);
  const amount = seen ? sumOf([seen.money.unapplied, seen.money.notOurs]) : zero;
  const dueOn = dueOnOf('unapplied', transaction, transaction.bankTime);
  return { amount, dueOn, ...clockOf(dueOn, dayOf(now)) };
}
