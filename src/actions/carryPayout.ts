// Carries the sums of a payout that pays nothing into the one in which its gateway sets them off, fee and all, and takes that back.
import { createHash } from 'node:crypto';
import type { Context, ReadTables, Tables } from '../context';
import { signatureOf, type Actor } from '../domain/role';
import { carriedLines, opposite, type Settlement, type SettlementTotals } from '../domain/settlement';
import { Problem } from '../problems';
import { demand, demandSight } from './demand';
import { settlePayouts } from './settlePayouts';

interface Moving {
  actor: Actor;
  settlementId: string;
  reason: string;
}

export interface Carrying extends Moving {
  /** Another payout of the same gateway, whose money has not come. */
  into: string;
}

/**
 * Its lines then add up to nothing, and the other payout is short by as much, as the gateway pays it. Throws settlement_unknown,
 * settlement_pays, settlement_arrived, settlement_carried, settlement_target_unfit.
 */
export async function carryPayout(ctx: Context, { into, ...moving }: Carrying): Promise<void> {
  await moved(ctx, moving, async (tables, own) => {
    const target = await payoutInSight(tables, moving.actor, into);
    if (own.carriedInto !== undefined) throw new Problem('settlement_carried');
    if (own.arrivedWith !== undefined) throw new Problem('settlement_arrived');
    if (own.totals.net.isPositive()) throw new Problem('settlement_pays');
    const isOther = target.settlement.id !== own.settlement.id && target.settlement.provider === own.settlement.provider;
    if (!isOther || target.arrivedWith !== undefined || target.carriedInto !== undefined) throw new Problem('settlement_target_unfit');
    return { from: own.settlement, to: target.settlement, sums: own.totals };
  });
}

/** Throws settlement_unknown, settlement_not_carried, and settlement_arrived or settlement_carried for the payout in which it stands. */
export async function takePayoutBack(ctx: Context, moving: Moving): Promise<void> {
  await moved(ctx, moving, async (tables, own) => {
    const last = (await tables.settlements.carriesOf(own.settlement)).at(-1);
    if (own.carriedInto === undefined || !last) throw new Problem('settlement_not_carried');
    const holder = await payoutInSight(tables, moving.actor, own.carriedInto);
    if (holder.arrivedWith !== undefined) throw new Problem('settlement_arrived');
    if (holder.carriedInto !== undefined) throw new Problem('settlement_carried');
    return { from: holder.settlement, to: own.settlement, sums: opposite(last.line) };
  });
}

interface Move {
  from: Settlement;
  to: Settlement;
  sums: SettlementTotals;
}

type Found = NonNullable<Awaited<ReturnType<ReadTables['settlements']['find']>>>;

/** What a person says of a payout is kept as a file of two lines is. */
async function moved(
  ctx: Context,
  { actor, settlementId, reason }: Moving,
  moveOf: (tables: Tables, own: Found) => Promise<Move>,
): Promise<void> {
  demand(actor, 'resolve');
  await ctx.store.transact(async (tables) => {
    const own = await payoutInSight(tables, actor, settlementId);
    const move = await moveOf(tables, own);
    const { from, to } = move;
    const { id, provider } = own.settlement;
    const { leaving, standing } = carriedLines(own.settlement, move, (await tables.settlements.carriesOf(own.settlement)).length);
    const sha256 = createHash('sha256').update(`${id} ${from.id} ${to.id} ${standing.identity}`).digest('hex');
    const said = { id: ctx.id('settlement'), provider, name: reason, sha256, keptBy: signatureOf(actor), keptAt: ctx.now() };
    await tables.settlements.keepFile({ ...said, lineCount: 2, knownCount: 0, rejected: [] });
    await tables.settlements.keepLines(from, said.id, [leaving]);
    await tables.settlements.keepLines(to, said.id, [standing]);
  });
  await settlePayouts(ctx);
  ctx.bell.ring();
}

async function payoutInSight(tables: Tables, actor: Actor, id: string): Promise<Found> {
  const found = await tables.settlements.find(id);
  await demandSight(tables, actor, found?.settlement.agencyCode, 'settlement_unknown');
  if (!found) throw new Problem('settlement_unknown');
  return found;
}
