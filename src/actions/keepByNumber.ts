// Keeps a statement file for the account whose number it states, of those in the officer's sight.
import type { Context } from '../context';
import type { Account } from '../domain/agency';
import type { Actor } from '../domain/role';
import { isOfAccount, type StatementFile } from '../domain/statement';
import { Problem, type ProblemCode } from '../problems';
import { StatementRefused } from '../statements/reader';
import { demand } from './demand';
import { heldBytes, keepStatement, keptBytes, maxHeldBytes, type SentStatement } from './keepStatement';
import { accountsInSight, seeStatement } from './seeStatements';

/** The number that a file states, and the accounts in sight that it may be; none where it states no number. */
export interface StatedAccount {
  number?: string;
  accounts: readonly Account[];
}

/**
 * The file, waiting to be read; or what it states, where that is not one account of ours. Throws statement_account_first for a large
 * one, and the refusal of one that cannot be read.
 */
export async function keepByNumber(ctx: Context, sent: Omit<SentStatement, 'account'>): Promise<StatementFile | StatedAccount> {
  demand(sent.actor, 'import_statements');
  const pieces = await heldBytes(sent.bytes);
  if (pieces.length === 0) throw new Problem('statement_empty');
  const bytes = async function* () {
    yield* pieces;
  };
  const stated = await statedIn(ctx, sent.actor, bytes);
  const [own, another] = stated.accounts;
  return own && !another ? keepStatement(ctx, { ...sent, account: own.id, bytes: bytes() }) : stated;
}

/** What a refused file states, so that it can be sent on; nothing of one that is too large to be looked through at once. */
export async function statedAccountOf(ctx: Context, actor: Actor, { id, byteCount }: StatementFile): Promise<StatedAccount> {
  return byteCount > maxHeldBytes ? { accounts: [] } : statedIn(ctx, actor, () => keptBytes(ctx, id));
}

/** A file that was refused as that of another account, sent on to `account`. Throws statement_unknown or statement_ended. */
export async function resendStatement(ctx: Context, actor: Actor, id: string, account: string): Promise<StatementFile> {
  const { file } = await seeStatement(ctx, actor, id);
  if (file.state !== 'refused' || file.problem !== 'account_foreign') throw new Problem('statement_ended');
  return keepStatement(ctx, { actor, account, fileName: file.name, bytes: keptBytes(ctx, id) });
}

async function statedIn(ctx: Context, actor: Actor, bytes: () => AsyncIterable<Uint8Array>): Promise<StatedAccount> {
  const accounts = await accountsInSight(ctx, actor);
  const layouts = await ctx.store.tables.statements.listLayouts();
  try {
    const { totals } = await ctx.statementReading.survey(bytes, { accountId: '', layouts }, async () => undefined);
    const number = totals.accountNumber;
    if (number === undefined || !/\d/.test(number)) return { accounts: [] };
    return { number, accounts: accounts.filter(({ accountNumber }) => isOfAccount(number, accountNumber)) };
  } catch (error) {
    if (!(error instanceof StatementRefused)) throw error;
    if (error.reason === 'layout_unknown') return { accounts: [] };
    throw new Problem(`statement_${error.reason}` satisfies ProblemCode);
  }
}
