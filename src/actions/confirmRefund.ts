// Confirms that a refund was paid: by the movement with which it left, chosen by a person or found by rule, or by a document of whoever paid it.
import type { Context, ReadTables, Tables } from '../context';
import { standingExplanations, unexplainedOf } from '../domain/explanation';
import { moneyAt, paidByTreasury, refundable } from '../domain/ledger';
import { sumOf } from '../domain/money';
import type { Refund, RefundStep } from '../domain/refund';
import { signatureOf, type Actor } from '../domain/role';
import { holderOf, type Transaction } from '../domain/transaction';
import { Problem } from '../problems';
import { demand, demandAccount } from './demand';
import { explainIn } from './explainTransaction';
import { announce, openRefund, takeStep, type OpenRefund, type RefundOpening } from './openRefund';
import { takenBackOf } from './listTakenBack';
import { demandTransaction } from './seeTransaction';

export interface RefundConfirmation extends RefundOpening {
  /** The movement that paid it. */
  transactionId?: string;
  /** Of a gateway or the Treasury, where no movement of ours tells of it: the document that does. */
  evidence?: string;
}

/** Throws refund_amount_unfit, refund_account_unfit, refund_evidence_needed, refund_under_way, and what `explainIn` throws. */
export async function confirmRefund(ctx: Context, { transactionId, evidence, ...opening }: RefundConfirmation): Promise<OpenRefund> {
  demand(opening.actor, 'request_refunds');
  const confirmed = await ctx.store.transact(async (tables) => {
    const open = await openRefund(ctx, tables, opening);
    const by = signatureOf(opening.actor);
    if (transactionId !== undefined) {
      const movement = await demandTransaction(tables, opening.actor, transactionId);
      await confirmIn(ctx, tables, open.refund, open.transaction, movement, { by });
    } else if (evidence !== undefined && open.refund.way !== 'transfer') {
      if (open.refund.tryAt !== undefined) throw new Problem('refund_under_way');
      await confirmByWord(ctx, tables, open, { by, reason: evidence });
    } else throw new Problem('refund_evidence_needed');
    return openRefund(ctx, tables, { actor: opening.actor, refundId: open.refund.id });
  });
  ctx.bell.ring();
  return confirmed;
}

/**
 * One movement that paid a whole file of transfers: it has to be just their sum. Throws refund_file_unknown, refund_step_unfit where nothing of
 * it waits, and as above.
 */
export async function confirmFile(
  ctx: Context,
  { actor, fileId, transactionId }: { actor: Actor; fileId: string; transactionId: string },
): Promise<Refund[]> {
  demand(actor, 'request_refunds');
  const confirmed = await ctx.store.transact(async (tables) => {
    const file = await tables.refunds.findFile(fileId);
    if (!file) throw new Problem('refund_file_unknown');
    await demandAccount(tables, actor, file.accountId);
    const movement = await demandTransaction(tables, actor, transactionId);
    const waiting = (await tables.refunds.ofFile(fileId)).filter(({ state }) => state === 'sent');
    if (waiting.length === 0) throw new Problem('refund_step_unfit');
    await confirmAllIn(ctx, tables, waiting, movement, { by: signatureOf(actor) });
    return tables.refunds.ofFile(fileId);
  });
  ctx.bell.ring();
  return confirmed;
}

type Who = Pick<RefundStep, 'by'>;

/** Several by one movement. Throws refund_amount_unfit unless it is just their sum, and nobody has explained any of it. */
export async function confirmAllIn(
  ctx: Context,
  tables: Tables,
  refunds: readonly Refund[],
  movement: Transaction,
  who: Who,
): Promise<void> {
  const explained = await tables.explanations.ofTransactions([movement.id]);
  const left = unexplainedOf(movement.amount, explained);
  if (refunds.length === 0 || !sumOf(refunds.map(({ amount }) => amount)).equals(left)) throw new Problem('refund_amount_unfit');
  for (const refund of refunds) await confirmIn(ctx, tables, refund, await creditOf(tables, refund), movement, who);
}

export async function creditOf(tables: Pick<ReadTables, 'transactions'>, { transactionId }: Refund): Promise<Transaction> {
  const credit = await tables.transactions.find(transactionId);
  if (!credit) throw new Error(`a refund without its transaction ${transactionId}`);
  return credit;
}

/**
 * By which the gateway took just this money of the payment back before it was sent: somebody paid it back there, or a dispute was lost.
 * Undefined also while it may be another refund of as much that it tells of.
 */
export async function paidBefore(tables: ReadTables, { id, way, amount }: Refund, credit: Transaction): Promise<Transaction | undefined> {
  if (way === 'treasury') return undefined;
  const gone = (await tables.refunds.ofTransactions([credit.id])).filter((one) => one.state === 'sent' || one.state === 'confirmed');
  const told = await tables.explanations.ofSubjects(gone.map((one) => one.id));
  if (gone.some((one) => one.id !== id && one.amount.equals(amount) && !isExplainedBy(told, one.id))) return undefined;
  for (const movement of await takenBackOf(tables, [credit])) {
    const left = unexplainedOf(movement.amount, await tables.explanations.ofTransactions([movement.id]));
    if (left.equals(amount)) return movement;
  }
  return undefined;
}

/** What is left of the movement (a fee of the bank, say) waits for its own explanation. */
export async function confirmIn(
  ctx: Context,
  tables: Tables,
  refund: Refund,
  credit: Transaction,
  movement: Transaction,
  who: Who,
): Promise<void> {
  if (movement.state !== 'outgoing') throw new Problem('transaction_not_outgoing');
  if (refund.accountId !== undefined && movement.accountId !== refund.accountId) throw new Problem('refund_account_unfit');
  if (refund.way === 'gateway' && movement.provider !== credit.provider) throw new Problem('refund_account_unfit');
  if (refund.way === 'treasury') throw new Problem('refund_evidence_needed');
  const left = unexplainedOf(movement.amount, await tables.explanations.ofTransactions([movement.id]));
  if (!left.isPositive()) throw new Problem('transaction_already_explained');
  if (left.compare(refund.amount) < 0) throw new Problem('refund_amount_unfit');
  const reason = refund.code ?? refund.id;
  const { tryAt: _, problem: __, ...sent } = refund;
  const after = await takeStep(
    ctx,
    tables,
    sent,
    'confirm',
    { state: 'confirmed', confirmedAt: ctx.now() },
    { ...who, reason: movement.bankReference ?? movement.providerId },
  );
  const part = { purpose: 'refund' as const, subjectId: refund.id, amount: refund.amount, reason, by: who.by };
  await explainIn(ctx, tables, movement, { ...part, debit: refundable(holderOf(credit)) });
  await settleMark(tables, movement);
  await announce(ctx, tables, 'refund.completed', after, credit);
}

/** A movement at a gateway that turned out to be ours is no money that was taken from us. */
export async function settleMark(tables: Tables, movement: Transaction): Promise<void> {
  if (movement.why === 'taken_back_by_gateway') await tables.transactions.mark(movement.id, 'outgoing');
}

/** As which a confirmation by a document is booked: there may be another one, once this was taken back. */
export const causeOfWord = ({ id, version }: Refund): string => `${id} ${version}`;

/**
 * Somebody saw at the gateway, or in the Treasury's answer, that it was paid. The Treasury pays out of the budget, to which the money had
 * been handed on: nothing leaves an account of ours.
 */
async function confirmByWord(
  ctx: Context,
  tables: Tables,
  { refund, transaction }: OpenRefund,
  who: Who & { reason: string },
): Promise<void> {
  const at = ctx.now();
  const { tryAt: _, problem: __, ...sent } = refund;
  const after = await takeStep(ctx, tables, sent, 'confirm', { state: 'confirmed', confirmedAt: at }, who);
  const holder = holderOf(transaction);
  const credit = refund.way === 'treasury' ? paidByTreasury(holder) : moneyAt(holder);
  const postings = [{ debit: refundable(holder), credit, amount: refund.amount }];
  await tables.ledger.post([{ cause: 'refund', causeId: causeOfWord(after), createdAt: at, postings }]);
  await announce(ctx, tables, 'refund.completed', after, transaction);
}

/** Whether a movement is explained by this refund already. */
export const isExplainedBy = (explanations: Parameters<typeof standingExplanations>[0], refundId: string): boolean =>
  standingExplanations(explanations).some(({ subjectId, purpose }) => purpose === 'refund' && subjectId === refundId);
