// Takes the confirmation of a refund back, by new and opposite facts: it waits for its movement again, and the wrong movement for its own word.
import type { Context, ReadTables, Tables } from '../context';
import { standingExplanations } from '../domain/explanation';
import { grouped } from '../domain/grouping';
import { reversed } from '../domain/ledger';
import { mayFollow, type Refund, type RefundStep } from '../domain/refund';
import { signatureOf, type Actor } from '../domain/role';
import type { Transaction } from '../domain/transaction';
import { Problem } from '../problems';
import { causeOfWord } from './confirmRefund';
import { demand, demandAccount } from './demand';
import { takeBackExplanationIn } from './explainTransaction';
import { announce, openRefund, takeStep, type OpenRefund, type RefundOpening } from './openRefund';
import { gatewaySigner } from './payBackRefunds';

/** Throws refund_step_unfit unless it was confirmed, and refund_confirmed_by_gateway where no person and no movement did so. */
export async function takeBackConfirmation(ctx: Context, { reason, ...opening }: RefundOpening & { reason: string }): Promise<OpenRefund> {
  const { actor, refundId } = opening;
  demand(actor, 'request_refunds');
  const open = await ctx.store.transact(async (tables) => {
    await takeBackIn(ctx, tables, opening, reason);
    return openRefund(ctx, tables, { actor, refundId });
  });
  ctx.bell.ring();
  return open;
}

export interface FileTakeBack {
  actor: Actor;
  fileId: string;
  /** The one movement that confirmed several of its refunds. */
  transactionId: string;
  reason: string;
}

/** All of a file that one movement confirmed, or none. Throws refund_file_unknown, refund_step_unfit where there is nothing, and as above. */
export async function takeBackFile(ctx: Context, { actor, fileId, transactionId, reason }: FileTakeBack): Promise<Refund[]> {
  demand(actor, 'request_refunds');
  const refunds = await ctx.store.transact(async (tables) => {
    const file = await tables.refunds.findFile(fileId);
    if (!file) throw new Problem('refund_file_unknown');
    await demandAccount(tables, actor, file.accountId);
    const confirmed = (await confirmedByMovement(tables, await tables.refunds.ofFile(fileId))).get(transactionId);
    if (!confirmed) throw new Problem('refund_step_unfit');
    for (const { id } of confirmed) await takeBackIn(ctx, tables, { actor, refundId: id }, reason);
    return tables.refunds.ofFile(fileId);
  });
  ctx.bell.ring();
  return refunds;
}

/** Which of these refunds each movement confirmed. */
export async function confirmedByMovement(tables: ReadTables, refunds: readonly Refund[]): Promise<ReadonlyMap<string, Refund[]>> {
  const confirmed = refunds.filter(({ state }) => state === 'confirmed');
  const standing = standingExplanations(await tables.explanations.ofSubjects(confirmed.map(({ id }) => id)));
  const movementOf = new Map(standing.map(({ subjectId, transactionId }) => [subjectId, transactionId]));
  return grouped(
    confirmed.filter(({ id }) => movementOf.has(id)),
    ({ id }) => movementOf.get(id) ?? '',
  );
}

async function takeBackIn(ctx: Context, tables: Tables, opening: RefundOpening, reason: string): Promise<void> {
  const { refund, transaction, steps } = await openRefund(ctx, tables, opening);
  if (!mayFollow(refund.state, 'take_back')) throw new Problem('refund_step_unfit');
  if (isGatewaysWord(steps)) throw new Problem('refund_confirmed_by_gateway');
  const who = { by: signatureOf(opening.actor), reason };
  const isFirst = steps.every(({ act }) => act !== 'take_back');
  const booked = await tables.ledger.listByCauses([causeOfWord(refund), ...(isFirst ? [refund.id] : [])]); // the first was booked so once
  for (const explanation of standingExplanations(await tables.explanations.ofSubjects([refund.id]))) {
    await takeBackExplanationIn(ctx, tables, explanation, who);
    await markAgain(tables, await tables.transactions.find(explanation.transactionId));
  }
  const { confirmedAt: _, ...unconfirmed } = refund;
  const after = await takeStep(ctx, tables, unconfirmed, 'take_back', { state: 'sent' }, who);
  const postings = reversed(booked.flatMap((entry) => entry.postings));
  await tables.ledger.post([{ cause: 'refund', causeId: causeOfWord(after), createdAt: ctx.now(), postings }]);
  await announce(ctx, tables, 'refund.reopened', after, transaction);
}

/** Whether the gateway's own answer confirmed it: then no person erred. */
export const isGatewaysWord = (steps: readonly RefundStep[]): boolean =>
  steps.findLast(({ act }) => act === 'confirm')?.by === gatewaySigner;

/** What left a gateway's hands and is no refund of ours was taken from us. */
async function markAgain(tables: Tables, movement: Transaction | undefined): Promise<void> {
  if (movement && movement.accountId === undefined) await tables.transactions.mark(movement.id, 'outgoing', 'taken_back_by_gateway');
}
