// Shows refunds: the queue by state, and one with its evidence: credit, obligations, receipts, steps, where it goes and what may be done now.
import type { Context, ReadTables } from '../context';
import type { Explanation } from '../domain/explanation';
import { standingExplanations } from '../domain/explanation';
import { vnd, type Money } from '../domain/money';
import {
  approvalsIn,
  approvalsNeeded,
  mayFollow,
  openStates,
  refundStates,
  type Refund,
  type RefundAct,
  type RefundFile,
  type RefundState,
  type RefundWay,
} from '../domain/refund';
import type { Authority } from '../domain/refundRights';
import { can, signatureOf, type Actor } from '../domain/role';
import type { Transaction } from '../domain/transaction';
import { Problem } from '../problems';
import { paidBefore } from './confirmRefund';
import { authorityOver, wayOf } from './decideRefund';
import { demand, sightOf } from './demand';
import { openRefund, type OpenRefund, type RefundOpening } from './openRefund';
import { isGatewaysWord } from './takeBackConfirmation';
import { withMoney, type SeenObligation } from './seeObligation';

export interface SeenRefund extends OpenRefund {
  /** As it will go, as things stand; undefined until somebody says to which account. */
  way: RefundWay | undefined;
  /** How many have to approve, and how many have. */
  approvals: { needed: 1 | 2; given: number };
  /** For which the credit came, or that hold some of it. */
  obligations: SeenObligation[];
  file?: RefundFile;
  /** The movements that paid it. */
  explanations: Explanation[];
  /** Of the same credit, whatever became of them. */
  others: Refund[];
  /** The gateway has taken this money back of the payment already: nothing more is to be paid. */
  isPaidBefore: boolean;
  /** Whether the one who looks may approve it, and by whose right; or why not. */
  authority: Authority;
  /** Where it goes is shown whole to who took a step with it or decides about it, while it is open, and to nobody else. */
  isPayeeShown: boolean;
  /** What the one who looks may do next. */
  next: RefundAct[];
}

/** Throws refund_unknown, also for what the actor may not see. */
export async function seeRefund(ctx: Context, opening: RefundOpening): Promise<SeenRefund> {
  demandSightOfRefunds(opening.actor);
  const { tables } = ctx.store;
  return seen(ctx, tables, opening.actor, await openRefund(ctx, tables, opening));
}

async function seen(ctx: Context, tables: ReadTables, actor: Actor, open: OpenRefund): Promise<SeenRefund> {
  const { refund, transaction, payee, steps } = open;
  const way = await wayOf(ctx, tables, open);
  const authority = await authorityOver(ctx, tables, actor, open);
  const file = refund.fileId === undefined ? undefined : await tables.refunds.findFile(refund.fileId);
  const ids = [...new Set((await tables.allocations.ofTransactions([transaction.id])).map(({ obligationId }) => obligationId))];
  const needed = way === undefined ? 1 : approvalsNeeded(way, payee);
  const next = nextActs(actor, open, authority, way);
  const isOpen = openStates.some((state) => state === refund.state);
  return {
    ...open,
    ...{ way, authority, approvals: { needed, given: approvalsIn(steps).length } },
    obligations: await withMoney(tables, await tables.obligations.listByIds(ids)),
    ...(file ? { file } : {}),
    explanations: standingExplanations(await tables.explanations.ofSubjects([refund.id])),
    others: (await tables.refunds.ofTransactions([transaction.id])).filter(({ id }) => id !== refund.id),
    isPaidBefore: mayFollow(refund.state, 'send') && (await paidBefore(tables, refund, transaction)) !== undefined,
    isPayeeShown: isOpen && (next.includes('refuse') || steps.some(({ by }) => by === signatureOf(actor))),
    next,
  };
}

function nextActs(actor: Actor, { refund, steps }: OpenRefund, authority: Authority, way: RefundWay | undefined): RefundAct[] {
  const worksOn = can(actor, 'request_refunds');
  const mayDo: Readonly<Record<RefundAct, boolean>> = {
    request: false,
    prepare: worksOn,
    approve: authority.ok && way !== undefined,
    refuse: authority.ok || authority.why === 'refund_over_limit', // whatever the amount
    send: worksOn,
    confirm: worksOn && refund.tryAt === undefined,
    take_back: worksOn && !isGatewaysWord(steps),
    fail: worksOn && refund.tryAt === undefined,
    withdraw: false,
  };
  const acts = Object.keys(mayDo) as RefundAct[];
  return acts.filter((act) => mayDo[act] && mayFollow(refund.state, act));
}

export interface ListedRefund {
  refund: Refund;
  transaction: Transaction;
}

export interface RefundQueue {
  /** How many there are in each state that the actor sees, and of how much. */
  sums: Readonly<Record<RefundState, { count: number; sum: Money }>>;
  list: ListedRefund[];
}

/** In the order of asking, or the newest first; after the one of that id. */
export async function listRefunds(
  ctx: Context,
  actor: Actor,
  states: readonly RefundState[],
  limit: number,
  from: { after?: string; isNewestFirst?: boolean } = {},
): Promise<RefundQueue> {
  demandSightOfRefunds(actor);
  const { tables } = ctx.store;
  const agencyCodes = await sightOf(tables, actor);
  const refunds = await tables.refunds.list({ states, ...(agencyCodes ? { agencyCodes } : {}) }, limit, from);
  const found = await tables.refunds.sumByState(agencyCodes);
  const sumOf = (state: RefundState) => {
    const own = found.find((one) => one.state === state);
    return { count: own?.count ?? 0, sum: vnd(own?.sum ?? 0n) };
  };
  const sums = Object.fromEntries(refundStates.map((state) => [state, sumOf(state)])) as RefundQueue['sums'];
  const list: ListedRefund[] = [];
  for (const refund of refunds) {
    const transaction = await tables.transactions.find(refund.transactionId);
    if (transaction) list.push({ refund, transaction });
  }
  return { sums, list };
}

export function demandSightOfRefunds(actor: Actor): void {
  if (actor.kind === 'system') throw new Problem('person_required');
  demand(actor, 'see_finance');
}
