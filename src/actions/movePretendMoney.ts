// Moves money at the pretend bank of demo mode: it stands in the bank's book, and the service is told of it as often as is wanted.
import type { Context, PretendAnswer, PretendTransfer } from '../context';
import { bankOfBin } from '../domain/banks';
import type { Money } from '../domain/money';
import { addDays, startOfDay, type Day, type Instant } from '../domain/time';
import { Problem } from '../problems';

export interface PretendMove {
  bankBin: string;
  accountNumber: string;
  direction: 'in' | 'out';
  amount: Money;
  content: string;
  bankTime: Instant;
  /** How often the bank tells of it; 0: only its statement does. */
  tellings: number;
}

export interface PretendMoved {
  transfer: PretendTransfer;
  /** What the service answered to each telling. */
  answers: PretendAnswer[];
}

const idBytes = 6;

/** Throws route_unknown outside demo mode, and pretend_payment_failed where the service did not answer. */
export async function movePretendMoney(ctx: Context, { bankBin, tellings, ...move }: PretendMove): Promise<PretendMoved> {
  const { pretendBank } = ctx.outbound;
  if (!pretendBank) throw new Problem('route_unknown');
  const id = 1 + ctx.random(idBytes).reduce((number, byte) => number * 256 + byte, 0);
  const transfer: PretendTransfer = { id, bankName: bankOfBin(bankBin)?.shortName ?? bankBin, bankReference: `FT${id}`, ...move };
  await keepInBook(ctx, bankBin, transfer);
  const answers: PretendAnswer[] = [];
  while (answers.length < tellings) answers.push(await pretendBank.tell(transfer, ctx.now()));
  return { transfer, answers };
}

/** Of accounts that are not ours the book says nothing. */
async function keepInBook(ctx: Context, bankBin: string, { id, accountNumber, ...transfer }: PretendTransfer): Promise<void> {
  const accounts = await ctx.store.tables.accounts.numbered(accountNumber);
  const account = accounts.find((known) => known.bankBin === bankBin);
  if (!account) return;
  await ctx.store.transact((tables) => tables.pretendBook.keep({ ...transfer, id: String(id), accountId: account.id }));
}

/** A movement, with what lay on the account after it. */
export interface PretendLine {
  direction: 'in' | 'out';
  amount: Money;
  content: string;
  bankReference: string;
  bankTime: Instant;
  balanceAfter: Money;
}

export interface PretendStatement {
  opening: Money;
  lines: PretendLine[];
  closing: Money;
}

/** The pretend bank's list of these days, both included, in Vietnam time. Throws route_unknown outside demo mode, account_unknown. */
export async function seePretendStatement(ctx: Context, accountId: string, from: Day, to: Day): Promise<PretendStatement> {
  const { accounts, pretendBook } = ctx.store.tables;
  if (!ctx.outbound.pretendBank) throw new Problem('route_unknown');
  if (!(await accounts.find(accountId))) throw new Problem('account_unknown');
  const opening = await pretendBook.balanceAt(accountId, startOfDay(from));
  let balanceAfter = opening;
  const lines = (await pretendBook.list(accountId, startOfDay(from), startOfDay(addDays(to, 1)))).map((movement) => {
    balanceAfter = movement.direction === 'in' ? balanceAfter.plus(movement.amount) : balanceAfter.minus(movement.amount);
    return { ...movement, balanceAfter };
  });
  return { opening, lines, closing: balanceAfter };
}
