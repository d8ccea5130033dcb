// Shows settlements: what each gateway still owes us and since when, its payouts, and one payout line by line with what differs.
import type { Context, ReadTables } from '../context';
import { moneyAt } from '../domain/ledger';
import type { Money } from '../domain/money';
import type { Actor } from '../domain/role';
import {
  differenceIn,
  settlementProviders,
  suggestedCredits,
  tied,
  type PayoutCredit,
  type Settlement,
  type SettlementDifference,
  type SettlementFile,
  type SettlementProvider,
  type TiedLine,
} from '../domain/settlement';
import type { Instant } from '../domain/time';
import type { Transaction } from '../domain/transaction';
import { Problem } from '../problems';
import { demand, demandSight, sightOf } from './demand';
import { payoutCredits } from './settlePayouts';

export type ListedSettlement = NonNullable<Awaited<ReturnType<ReadTables['settlements']['find']>>>;
export type UnsettledPayment = Awaited<ReturnType<ReadTables['settlements']['listUnsettled']>>[number];

export interface SettlementQuestion {
  provider?: SettlementProvider | undefined;
}

/** Newest first. */
export async function listSettlements(
  ctx: Context,
  actor: Actor,
  { provider }: SettlementQuestion,
  limit: number,
  after?: string,
): Promise<ListedSettlement[]> {
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  return tables.settlements.list({ agencyCodes: await sightOf(tables, actor), provider }, limit, after);
}

export interface Owed {
  provider: SettlementProvider;
  /** Of payments in sight. */
  sum: Money;
  count: number;
  since?: Instant;
  /** What the books say that the gateway holds; only for those who see the whole province. */
  booked?: Money;
}

/** What gateways have of ours. */
export async function listOwed(ctx: Context, actor: Actor): Promise<Owed[]> {
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  const agencyCodes = await sightOf(tables, actor);
  const sums = await tables.settlements.sumUnsettled({ agencyCodes });
  const seesAll = agencyCodes === undefined || agencyCodes.length >= (await tables.agencies.list()).length;
  const owed: Owed[] = [];
  for (const provider of settlementProviders) {
    const found = sums.find((one) => one.provider === provider);
    const booked = await tables.ledger.balanceOf(moneyAt(`gateway:${provider}`));
    if (!found && booked.isZero()) continue;
    const { sum, count, since } = found ?? { sum: booked.minus(booked), count: 0, since: undefined };
    owed.push({ provider, sum, count, ...(since ? { since } : {}), ...(seesAll ? { booked } : {}) });
  }
  return owed;
}

/** The payments behind the sum, the oldest first. */
export async function listUnsettled(ctx: Context, actor: Actor, provider: SettlementProvider, limit: number): Promise<UnsettledPayment[]> {
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  return tables.settlements.listUnsettled({ agencyCodes: await sightOf(tables, actor), provider }, limit);
}

export interface JudgedLine extends TiedLine {
  difference?: SettlementDifference | 'settled_twice';
}

export interface SeenSettlement extends ListedSettlement {
  file: SettlementFile;
  lines: JudgedLine[];
  /** The credit that brought it, or the movement by which the gateway debited it. */
  arrived?: Transaction;
  suggested: { credit: PayoutCredit; by: 'named' | 'sum' }[];
  /** What was said when it was set off in another, and that one. */
  carried?: { said: SettlementFile; into: Settlement };
  /** Others of the gateway whose money has not come, where it pays nothing itself. */
  mayStandIn: Settlement[];
}

/** Throws settlement_unknown, also for what the actor may not see. */
export async function seeSettlement(ctx: Context, actor: Actor, id: string): Promise<SeenSettlement> {
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  const found = await tables.settlements.find(id);
  await demandSight(tables, actor, found?.settlement.agencyCode, 'settlement_unknown');
  const file = found && (await tables.settlements.findFile(found.settlement.fileId));
  if (!found || !file) throw new Problem('settlement_unknown');
  const arrived = found.arrivedWith === undefined ? undefined : await tables.transactions.find(found.arrivedWith);
  const credits = arrived ? [] : await payoutCredits(ctx, found.settlement, found.totals.net, await sightOf(tables, actor));
  return {
    ...found,
    file,
    lines: await judgedLines(tables, found.settlement),
    ...(arrived ? { arrived } : {}),
    suggested: suggestedCredits(found.settlement, found.totals.net, credits),
    ...(await carriedOf(tables, found)),
    mayStandIn: await othersFor(tables, actor, found),
  };
}

async function carriedOf(tables: ReadTables, { settlement, carriedInto }: ListedSettlement): Promise<Pick<SeenSettlement, 'carried'>> {
  const last = (await tables.settlements.carriesOf(settlement)).at(-1);
  const into = carriedInto === undefined ? undefined : await tables.settlements.find(carriedInto);
  const said = last && (await tables.settlements.findFile(last.fileId));
  return into && said ? { carried: { said, into: into.settlement } } : {};
}

/** The newest. */
const mostOthers = 50;

async function othersFor(tables: ReadTables, actor: Actor, { settlement, totals, carriedInto }: ListedSettlement): Promise<Settlement[]> {
  if (totals.net.isPositive() || carriedInto !== undefined) return [];
  const { provider } = settlement;
  const listed = await tables.settlements.list({ agencyCodes: await sightOf(tables, actor), provider }, mostOthers);
  const open = listed.filter((one) => one.arrivedWith === undefined && one.carriedInto === undefined);
  return open.flatMap((one) => (one.settlement.id === settlement.id ? [] : [one.settlement]));
}

async function judgedLines(tables: ReadTables, { id, provider }: ListedSettlement['settlement']): Promise<JudgedLine[]> {
  const lines = await tables.settlements.linesOf(id);
  const gatewayIds = [...new Set(lines.flatMap((line) => line.gatewayId ?? []))];
  const orderIds = [...new Set(lines.flatMap((line) => line.orderId ?? []))];
  const twice = new Set(await tables.settlements.settledTwice(id));
  return tied(lines, await tables.settlements.movementsOf(provider, gatewayIds, orderIds)).map((one) => {
    const isTwice = one.line.kind === 'payment' && one.line.gatewayId !== undefined && twice.has(one.line.gatewayId);
    const difference = isTwice ? ('settled_twice' as const) : differenceIn(one);
    return difference ? { ...one, difference } : one;
  });
}
