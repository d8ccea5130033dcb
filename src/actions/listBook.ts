// Lists the rows behind one sum of a day, and sums what is beside the account.
import type { Context } from '../context';
import type { Beside, BesideName, BookName, BookRow } from '../domain/dayBook';
import { can, type Actor } from '../domain/role';
import type { Day } from '../domain/time';
import { demand, demandAccount } from './demand';

export interface BookQuestion {
  actor: Actor;
  accountId: string;
  day: Day;
  book: BookName | BesideName;
}

/** In the order of their ids; names and contents only for who sees single payments. Throws account_unknown. */
export async function listBook(
  ctx: Context,
  { actor, accountId, day, book }: BookQuestion,
  limit: number,
  after?: string,
): Promise<BookRow[]> {
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  await demandAccount(tables, actor, accountId);
  const rows = await tables.reconciliations.listBook(book, accountId, day, limit, after);
  return can(actor, 'see_transactions') ? rows : rows.map(({ content: _, ...row }) => row);
}

/** What the account's unit was owed or took on the day beside it. Throws account_unknown. */
export async function seeBeside(ctx: Context, { actor, accountId, day }: Omit<BookQuestion, 'book'>): Promise<Beside> {
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  await demandAccount(tables, actor, accountId);
  return tables.reconciliations.beside(accountId, day);
}
