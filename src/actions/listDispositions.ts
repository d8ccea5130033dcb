// Lists money without a home: what belongs to no obligation, with who looks after it and until when the law wants it decided.
import type { Context, ReadTables } from '../context';
import { clockOf, dispositionKinds, dueOnOf, type Clock, type Disposition, type DispositionKind } from '../domain/disposition';
import { sumOf, zero, type Money } from '../domain/money';
import type { Actor } from '../domain/role';
import { dayOf, type Instant } from '../domain/time';
import { remittanceStateOf } from '../domain/remittance';
import { holderOf, type Transaction } from '../domain/transaction';
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
  sums: Readonly<Record<DispositionKind, { count: number; sum: Money }>>;
  clocks: Readonly<Record<Clock, number>>;
}

/** Of each kind; an office that has more decides the oldest first. */
const mostOfAKind = 1_000;

/** Everything that the actor sees of it; `kind`: of one kind. Throws role_insufficient. */
export async function listDispositions(ctx: Context, actor: Actor, kind?: DispositionKind): Promise<DispositionList> {
  demandSightOfRefunds(actor);
  const { tables } = ctx.store;
  const sight = await sightOf(tables, actor);
  const found = [...(await unapplied(tables, sight)), ...(await toRefund(tables, sight)), ...(await held(tables, sight))];
  const owners = await tables.dispositions.ownersOf([...new Set(found.map(({ transaction }) => transaction.id))]);
  const today = dayOf(ctx.now());
  const all = found
    .map((one): ListedDisposition => {
      const owner = owners.get(one.transaction.id);
      const dueOn = dueOnOf(one.kind, one.transaction, one.since);
      return { ...one, dueOn, ...(owner ? { ownerId: owner.officerId } : {}), ...clockOf(dueOn, today) };
    })
    .sort((a, b) => (a.dueOn === b.dueOn ? (a.since < b.since ? -1 : 1) : a.dueOn < b.dueOn ? -1 : 1));
  const ofKind = (one: DispositionKind) => all.filter((other) => other.kind === one);
  const sums = Object.fromEntries(
    dispositionKinds.map((one) => [one, { count: ofKind(one).length, sum: sumOf(ofKind(one).map(({ amount }) => amount)) }]),
  );
  const clocks = { running: 0, warning: 0, overdue: 0 };
  for (const { clock } of all) clocks[clock]++;
  return { list: kind ? ofKind(kind) : all, sums: sums as DispositionList['sums'], clocks };
}

type Found = Omit<Disposition, 'dueOn' | 'ownerId'>;
type Sight = readonly string[] | undefined;

async function unapplied(tables: ReadTables, sight: Sight): Promise<Found[]> {
  const transactions = await tables.transactions.list({ ...(sight ? { agencyCodes: sight } : {}), states: ['unapplied'] }, mostOfAKind);
  const seen = await withDecisions(tables, transactions);
  return seen.map(({ transaction, money }) => ({ kind: 'unapplied', transaction, amount: money.unapplied, since: transaction.bankTime }));
}

async function toRefund(tables: ReadTables, sight: Sight): Promise<Found[]> {
  const refunds = await tables.refunds.list({ ...(sight ? { agencyCodes: sight } : {}), states: openStates }, mostOfAKind);
  const found: Found[] = [];
  for (const { id, transactionId, amount, requestedAt } of refunds) {
    const transaction = await tables.transactions.find(transactionId);
    if (transaction) found.push({ kind: 'refund', transaction, amount, since: requestedAt, refundId: id });
  }
  return found;
}

async function held(tables: ReadTables, sight: Sight): Promise<Found[]> {
  const found: Found[] = [];
  const remitted = await remittedToBudget(tables, sight);
  for (const { transactionId, action, amount, at } of await tables.dispositions.listHeld(sight, mostOfAKind)) {
    const transaction = await tables.transactions.find(transactionId);
    const kind = dispositionKinds.find((one) => one === action);
    if (!transaction || !kind || isRemitted(remitted, kind, transaction, amount, at)) continue;
    found.push({ kind, transaction, amount, since: at });
  }
  return found;
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

/** The earliest decisions of a month left first. */
function isRemitted(remitted: Map<string, Money>, kind: DispositionKind, transaction: Transaction, amount: Money, at: Instant): boolean {
  const key = `${holderOf(transaction)} ${dayOf(at).slice(0, 7)}`;
  const left = remitted.get(key) ?? zero;
  if (kind !== 'to_budget' || left.compare(amount) < 0) return false;
  remitted.set(key, left.minus(amount));
  return true;
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
