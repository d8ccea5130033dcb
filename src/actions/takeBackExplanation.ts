// Takes back what a person said last of money that left an account: a bank fee, a transfer of our own, or another reason.
import type { Context } from '../context';
import { standingExplanations, type Explanation } from '../domain/explanation';
import { signatureOf, type Actor } from '../domain/role';
import { Problem } from '../problems';
import { demand } from './demand';
import { statedPurposes, takeBackExplanationIn } from './explainTransaction';
import { demandTransaction } from './seeTransaction';

/** Throws explanation_unknown where nothing is left that a person stated: a refund or a remittance is put right where it is. */
export async function takeBackExplanation(
  ctx: Context,
  { actor, transactionId, reason }: { actor: Actor; transactionId: string; reason: string },
): Promise<Explanation> {
  demand(actor, 'resolve');
  const taken = await ctx.store.transact(async (tables) => {
    await demandTransaction(tables, actor, transactionId);
    const standing = standingExplanations(await tables.explanations.ofTransactions([transactionId]));
    const last = standing.findLast(({ purpose }) => statedPurposes.some((one) => one === purpose));
    if (!last) throw new Problem('explanation_unknown');
    await takeBackExplanationIn(ctx, tables, last, { reason, by: signatureOf(actor) });
    return last;
  });
  ctx.bell.ring();
  return taken;
}
