// Explains money that left an account of ours: what it was for, in whole or in part, and takes such a word back by an opposite one.
import type { Context, Tables } from '../context';
import { standingExplanations, unexplainedOf, type Explanation, type ExplanationPurpose } from '../domain/explanation';
import { bankFee, moneyAt, otherExpense, ownTransfers, reversed, type Posting } from '../domain/ledger';
import { smaller, type Money } from '../domain/money';
import { signatureOf, type Actor } from '../domain/role';
import { holderOf, type Transaction } from '../domain/transaction';
import { Problem } from '../problems';
import { debitIn } from './debitPayout';
import { demand } from './demand';
import { demandTransaction } from './seeTransaction';

/** What a person may say here; a refund or a remittance is explained by its own action. */
export const statedPurposes = ['bank_fee', 'own_transfer', 'settlement', 'other'] as const satisfies readonly ExplanationPurpose[];

export interface StatedExplanation {
  actor: Actor;
  transactionId: string;
  purpose: (typeof statedPurposes)[number];
  /** The payout that its gateway debited: of the purpose `settlement` alone. */
  settlementId?: string;
  reason: string;
}

/**
 * All of a movement that nobody has explained, or as much as a payout debited. Throws transaction_unknown, transaction_not_outgoing,
 * transaction_already_explained, and what `debitIn` throws.
 */
export async function explainTransaction(ctx: Context, stated: StatedExplanation): Promise<Explanation> {
  const { actor, transactionId, purpose, settlementId = '', reason } = stated;
  demand(actor, 'resolve');
  const explanation = await ctx.store.transact(async (tables) => {
    const transaction = await demandTransaction(tables, actor, transactionId);
    const said = { purpose, reason, by: signatureOf(actor) };
    if (purpose === 'settlement') {
      const left = unexplainedOf(transaction.amount, await tables.explanations.ofTransactions([transactionId]));
      return explainIn(ctx, tables, transaction, { ...said, ...(await debitIn(tables, actor, settlementId, left)) });
    }
    const holder = holderOf(transaction);
    const debit = { bank_fee: bankFee(holder), own_transfer: ownTransfers, other: otherExpense(holder) }[purpose];
    return explainIn(ctx, tables, transaction, { ...said, debit });
  });
  ctx.bell.ring();
  return explanation;
}

export interface ExplainedPart {
  purpose: ExplanationPurpose;
  subjectId?: string;
  /** All that nobody has explained, unless less is said. */
  amount?: Money;
  reason: string;
  by: string;
  /** The account of the books that the money was taken for. */
  debit: string;
  /** Booked with it. */
  also?: readonly Posting[];
}

/** The same within the caller's transaction, for any purpose; booked in the same commit. */
export async function explainIn(ctx: Context, tables: Tables, transaction: Transaction, part: ExplainedPart): Promise<Explanation> {
  if (transaction.state !== 'outgoing') throw new Problem('transaction_not_outgoing');
  const left = unexplainedOf(transaction.amount, await tables.explanations.ofTransactions([transaction.id]));
  if (!left.isPositive()) throw new Problem('transaction_already_explained');
  const amount = smaller(part.amount ?? left, left);
  const { purpose, subjectId, reason, by, debit, also = [] } = part;
  const at = ctx.now();
  const explanation: Explanation = {
    id: ctx.id('explanation'),
    transactionId: transaction.id,
    purpose,
    ...(subjectId ? { subjectId } : {}),
    amount,
    reason,
    by,
    at,
  };
  await tables.explanations.keep(explanation);
  const postings: Posting[] = [{ debit, credit: moneyAt(holderOf(transaction)), amount }, ...also];
  await tables.ledger.post([{ cause: 'explanation', causeId: explanation.id, createdAt: at, postings }]);
  return explanation;
}

/** Takes one explanation back, with a reason; whatever it stood for (a refund, a remittance) is its own action's to put right. */
export async function takeBackExplanationIn(
  ctx: Context,
  tables: Tables,
  explanation: Explanation,
  { reason, by }: Pick<Explanation, 'reason' | 'by'>,
): Promise<void> {
  const all = await tables.explanations.ofTransactions([explanation.transactionId]);
  if (!standingExplanations(all).some(({ id }) => id === explanation.id)) throw new Problem('explanation_unknown');
  const { transactionId, amount } = explanation;
  const at = ctx.now();
  const undo: Explanation = { id: ctx.id('explanation'), transactionId, purpose: 'undo', amount, reason, by, at, undoes: explanation.id };
  if (!(await tables.explanations.keep(undo))) throw new Problem('transaction_changed'); // two at once
  const booked = await tables.ledger.listByCauses([explanation.id]);
  const postings = reversed(booked.flatMap((entry) => entry.postings));
  await tables.ledger.post([{ cause: 'explanation', causeId: undo.id, createdAt: at, postings }]);
}
