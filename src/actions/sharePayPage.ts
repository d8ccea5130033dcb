// Shares the citizen's page of an obligation: a link that cannot be guessed, the same for everybody who asks, until it is revoked.
import type { Context, ReadTables } from '../context';
import { signatureOf, type Actor } from '../domain/role';
import { Problem } from '../problems';
import { demand, obligationInSight } from './demand';

type Tables = Pick<ReadTables, 'payPages'>;

/** The link that stands. Throws obligation_unknown, also for what the actor may not see. */
export async function sharePayPage(ctx: Context, actor: Actor, obligationId: string): Promise<string> {
  demand(actor, 'issue');
  const { tables } = ctx.store;
  return payPageOf(ctx, tables, (await obligationInSight(tables, actor, obligationId)).reference);
}

/** The link leads nowhere from now on; the page has another, which is returned. */
export async function revokePayPage(ctx: Context, actor: Actor, obligationId: string): Promise<string> {
  demand(actor, 'issue');
  return ctx.store.transact(async (tables) => {
    const { reference } = await obligationInSight(tables, actor, obligationId);
    await tables.payPages.addRevocation(reference, await tables.payPages.editionOf(reference), ctx.now(), signatureOf(actor));
    return payPageOf(ctx, tables, reference);
  });
}

/** The address of the page of what a reference names, for whoever may know it. */
export const payPageOf = async (ctx: Context, tables: Tables, reference: string): Promise<string> =>
  `${ctx.config.publicUrl}/pay/${tokenOf(ctx, reference, await tables.payPages.editionOf(reference))}`;

/** The reference behind a link. Throws pay_page_unknown for one that is wrong or revoked. */
export async function referenceBehind(ctx: Context, tables: Tables, token: string): Promise<string> {
  const [reference = ''] = token.split('-');
  if (!ctx.seal.isSame(token, tokenOf(ctx, reference, await tables.payPages.editionOf(reference)))) throw new Problem('pay_page_unknown');
  return reference;
}

/** Only we can make it: the reference with a mark of 160 bits, which no table holds. */
const tokenOf = (ctx: Context, reference: string, edition: number): string =>
  `${reference}-${ctx.seal.mark(`pay page ${reference} ${edition}`)}`;
