// Gives money without a home to somebody who looks after it; who did before stays on record.
import type { Context } from '../context';
import { isWithin } from '../domain/agency';
import { can, signatureOf, type Actor } from '../domain/role';
import { Problem } from '../problems';
import { demand } from './demand';
import { demandTransaction } from './seeTransaction';

/** An officer of the finance desk whose agency sees the money. Throws transaction_unknown and disposition_owner_unfit. */
export async function setDispositionOwner(
  ctx: Context,
  { actor, transactionId, officerId }: { actor: Actor; transactionId: string; officerId: string },
): Promise<void> {
  demand(actor, 'resolve');
  await ctx.store.transact(async (tables) => {
    const transaction = await demandTransaction(tables, actor, transactionId);
    const officer = await tables.officers.find(officerId);
    const works =
      officer && can({ kind: 'person', officerId, name: officer.name, role: officer.role, agencyCode: officer.agencyCode }, 'resolve');
    if (!works || !isWithin(await tables.agencies.list(), transaction.agencyCode ?? '', officer.agencyCode))
      throw new Problem('disposition_owner_unfit');
    const before = (await tables.dispositions.ownersOf([transactionId])).get(transactionId);
    const owner = { transactionId, version: (before?.version ?? 0) + 1, officerId, setBy: signatureOf(actor), setAt: ctx.now() };
    if (!(await tables.dispositions.keepOwner(owner))) throw new Problem('transaction_changed');
  });
}
