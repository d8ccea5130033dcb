// Searches for the money of open claims: the one transaction that alone fits is proposed, and one that fits no more is proposed no longer.
import type { Context, ReadTables } from '../context';
import { afterSearch, isOpenClaim, type Claim } from '../domain/claim';
import { fittingMoney } from './fittingMoney';

/** In one run; the next goes on after them. */
const mostAtOnce = 50;
/** Who takes these steps, in the list of steps. */
const search = 'system:search';

/** Searches for the open claims after `after`; returns after which to go on, '' at the end. Nothing is written where nothing changed. */
export async function searchClaims(ctx: Context, after = ''): Promise<string> {
  const open = await ctx.store.tables.claims.listOpen(after, mostAtOnce);
  for (const claim of open) await searchOne(ctx, claim);
  return open.length < mostAtOnce ? '' : (open.at(-1)?.id ?? '');
}

async function searchOne(ctx: Context, { id, version }: Claim): Promise<void> {
  if (!(await changed(ctx, ctx.store.tables, id))) return;
  await ctx.store.transact(async (tables) => {
    const next = await changed(ctx, tables, id);
    if (next?.version === version + 1) await tables.claims.mark(next, { by: search, at: ctx.now() }); // else a person was there first
  });
  ctx.bell.ring();
}

/** The claim as the search leaves it; undefined where nothing changes. */
async function changed(ctx: Context, tables: ReadTables, id: string): Promise<Claim | undefined> {
  const claim = await tables.claims.find(id);
  const obligation = claim && (await tables.obligations.find(claim.obligationId));
  if (!claim || !obligation || !isOpenClaim(claim)) return undefined;
  const { fitting, isWhole } = await fittingMoney(tables, claim, obligation, ctx.now());
  const ids = fitting.map(({ transaction }) => transaction.id);
  const next = afterSearch(claim, isWhole || ids.length !== 1 ? ids : []);
  if (!next) return undefined;
  const { transactionId: _old, confirmedBy: _maker, ...rest } = claim;
  return { ...rest, ...next, version: claim.version + 1 };
}
