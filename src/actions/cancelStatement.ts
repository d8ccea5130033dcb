// Stops the reading of a statement: what it has kept until then stays known, and is known again when the file is sent once more.
import type { Context } from '../context';
import type { Actor } from '../domain/role';
import { addMs } from '../domain/time';
import { Problem } from '../problems';
import { demand } from './demand';
import { seeStatement, type SeenStatement } from './seeStatements';

/** Throws statement_unknown, and statement_ended where it is too late. */
export async function cancelStatement(ctx: Context, actor: Actor, id: string): Promise<SeenStatement> {
  demand(actor, 'import_statements');
  await seeStatement(ctx, actor, id);
  if (!(await ctx.store.transact((tables) => tables.statements.markEnded(id, 'cancelled', ctx.now()))))
    throw new Problem('statement_ended');
  return seeStatement(ctx, actor, id);
}

/** What began to arrive and never ended is cancelled after a while. */
export async function cancelLostArrivals(ctx: Context): Promise<void> {
  const lost = await ctx.store.tables.statements.listLost(hourBefore(ctx));
  for (const id of lost) await ctx.store.transact((tables) => tables.statements.markEnded(id, 'cancelled', ctx.now()));
}

const hourMs = 60 * 60_000;
const hourBefore = (ctx: Context) => addMs(ctx.now(), -hourMs);
