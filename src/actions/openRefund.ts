// Opens a refund for a step: with its credit, the steps so far and where it goes; and takes the step, with its event, in the caller's commit.
import type { Context, ReadTables, Tables } from '../context';
import type { EventType } from '../domain/event';
import { mayFollow, type Payee, type Refund, type RefundAct, type RefundStep } from '../domain/refund';
import type { Actor } from '../domain/role';
import type { Transaction } from '../domain/transaction';
import { Problem } from '../problems';
import { demandSight } from './demand';
import { obligationBehind } from './resolveTransaction';

export interface RefundOpening {
  actor: Actor;
  refundId: string;
  /** How far the refund was when the actor looked: with more steps by now, nothing is done. */
  version?: number;
}

export interface OpenRefund {
  refund: Refund;
  /** The credit of which it gives back. */
  transaction: Transaction;
  steps: RefundStep[];
  payee?: Payee;
}

/** Throws refund_unknown, also for what the actor may not see, and refund_changed. */
export async function openRefund(ctx: Context, tables: ReadTables, { actor, refundId, version }: RefundOpening): Promise<OpenRefund> {
  const refund = await tables.refunds.find(refundId);
  const transaction = refund && (await tables.transactions.find(refund.transactionId));
  await demandSight(tables, actor, transaction?.agencyCode, 'refund_unknown');
  if (!refund || !transaction) throw new Problem('refund_unknown');
  if (version !== undefined && version !== refund.version) throw new Problem('refund_changed');
  return withSteps(ctx, tables, refund, transaction);
}

export async function withSteps(ctx: Context, tables: ReadTables, refund: Refund, transaction: Transaction): Promise<OpenRefund> {
  const steps = await tables.refunds.stepsOf([refund.id]);
  const payee = (await payeesOf(ctx, tables, [refund.id])).get(refund.id);
  return { refund, transaction, steps, ...(payee ? { payee } : {}) };
}

/** Where refunds go, by refund. */
export async function payeesOf(ctx: Context, tables: ReadTables, refundIds: readonly string[]): Promise<Map<string, Payee>> {
  const kept = await tables.refunds.payeesOf(refundIds);
  return new Map(
    kept.map(({ refundId, version: _, sealed, ...payee }) => {
      const [accountNumber = '', accountName = ''] = ctx.seal.open(sealed).split('\n');
      return [refundId, { ...payee, accountNumber, accountName }];
    }),
  );
}

export const sealedAccount = (ctx: Context, { accountNumber, accountName }: Pick<Payee, 'accountNumber' | 'accountName'>): string =>
  ctx.seal.close(`${accountNumber}\n${accountName}`);

/** What one step changes of a refund. */
export type RefundChange = Partial<Omit<Refund, 'id' | 'transactionId' | 'resolutionId' | 'amount' | 'version'>>;

/** Throws refund_step_unfit where the step may not follow, and refund_changed where somebody was faster. */
export async function takeStep(
  ctx: Context,
  tables: Tables,
  refund: Refund,
  act: RefundAct,
  change: RefundChange,
  { by, onBehalfOf, reason }: Pick<RefundStep, 'by' | 'onBehalfOf' | 'reason'>,
): Promise<Refund> {
  if (!mayFollow(refund.state, act)) throw new Problem('refund_step_unfit');
  const after: Refund = { ...refund, ...change, version: refund.version + 1 };
  const isTaken = await tables.refunds.mark(after, {
    ...{ refundId: refund.id, version: after.version, act, from: refund.state, to: after.state, by, at: ctx.now() },
    ...(onBehalfOf ? { onBehalfOf } : {}),
    ...(reason ? { reason } : {}),
  });
  if (!isTaken) throw new Problem('refund_changed');
  return after;
}

/** Announces a step, to whoever listens and to the payer of the obligation for which the money came. */
export async function announce(
  ctx: Context,
  tables: Tables,
  type: Extract<EventType, 'refund.approved' | 'refund.completed' | 'refund.reopened'>,
  refund: Refund,
  transaction: Transaction,
): Promise<void> {
  const obligationId = obligationBehind(await tables.allocations.ofTransactions([transaction.id]), refund.amount);
  const { id, transactionId, amount, state, way, version } = refund;
  await tables.events.append([
    {
      ...{ type, at: ctx.now(), subjectId: id, version },
      ...(obligationId ? { obligationId } : {}),
      ...(transaction.agencyCode ? { agencyCode: transaction.agencyCode } : {}),
      payload: { id, transactionId, amount, state, ...(way ? { way } : {}) },
    },
  ]);
}
