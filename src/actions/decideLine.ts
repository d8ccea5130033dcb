// Decides what a held statement line is: money that we were told of with other words, or money of its own; by a person with a reason.
import type { Context, Tables } from '../context';
import type { Account } from '../domain/agency';
import { candidatesFor } from '../domain/lineMatching';
import { signatureOf, type Actor } from '../domain/role';
import type { LineDecision, StatementLine } from '../domain/statement';
import { Problem } from '../problems';
import { demand, demandSight } from './demand';
import { bookAs } from './linkLines';

export interface DecidingLine {
  actor: Actor;
  lineId: number;
  reason: string;
}

export type LineChoice = { action: 'same'; transactionId: string } | { action: 'new' };

/** The line afterwards. Throws statement_line_unknown, statement_line_decided, statement_line_unfit or statement_being_read. */
export async function decideLine(ctx: Context, { actor, lineId, reason }: DecidingLine, choice: LineChoice): Promise<StatementLine> {
  demand(actor, 'import_statements');
  const line = await ctx.store.transact(async (tables) => {
    const { line, account } = await openLine(tables, actor, lineId);
    if (line.transactionId !== undefined) throw new Problem('statement_line_decided');
    const before = (await tables.statementLines.decisionsOf([lineId])).length;
    if (choice.action === 'same') await linkSame(tables, line, account, choice.transactionId);
    else await bookAs(ctx, tables, account, [{ line, providerId: before === 0 ? String(lineId) : `${lineId}.${before}` }], ctx.now());
    const decided = await lineNow(tables, lineId);
    await keepDecision(ctx, tables, actor, decided, { action: choice.action, reason });
    await tables.statements.markDecided(line.fileId, -1, choice.action === 'same' ? 1 : 0, choice.action === 'new' ? 1 : 0);
    return decided;
  });
  ctx.bell.ring();
  return line;
}

/**
 * Takes back that a line is a transaction that another source told of, whoever linked them; the line is held again. Throws
 * statement_line_undecided where there is nothing to take back, and statement_line_booked where the line made the transaction itself.
 */
export async function undoLine(ctx: Context, { actor, lineId, reason }: DecidingLine): Promise<StatementLine> {
  demand(actor, 'import_statements');
  return ctx.store.transact(async (tables) => {
    const { line } = await openLine(tables, actor, lineId);
    const transaction = line.transactionId === undefined ? undefined : await tables.transactions.find(line.transactionId);
    if (!transaction) throw new Problem('statement_line_undecided');
    if (transaction.provider === 'statement') throw new Problem('statement_line_booked');
    if (!(await tables.statementLines.markUnlinked(lineId, transaction.id))) throw new Problem('statement_line_decided');
    await keepDecision(ctx, tables, actor, line, { action: 'undo', reason });
    await tables.statements.markDecided(line.fileId, 1, -1, 0);
    return lineNow(tables, lineId);
  });
}

/** A line that the actor sees, of a file that is read to its end. */
async function openLine(tables: Tables, actor: Actor, lineId: number): Promise<{ line: StatementLine; account: Account }> {
  const line = await tables.statementLines.find(lineId);
  const account = line && (await tables.accounts.find(line.accountId));
  await demandSight(tables, actor, account?.agencyCode, 'statement_line_unknown');
  if (!line || !account) throw new Problem('statement_line_unknown');
  const file = await tables.statements.find(line.fileId);
  if (file?.state === 'reading' || file?.state === 'waiting') throw new Problem('statement_being_read');
  return { line, account };
}

async function linkSame(tables: Tables, line: StatementLine, account: Account, transactionId: string): Promise<void> {
  const transaction = await tables.transactions.find(transactionId);
  const fits = transaction?.accountId === account.id && candidatesFor(line, [transaction]).length === 1;
  if (!fits || (await tables.statementLines.linesOf([transactionId])).length > 0) throw new Problem('statement_line_unfit');
  if (!(await tables.statementLines.claimTransaction(line.id, transactionId))) throw new Problem('statement_line_decided');
}

async function lineNow(tables: Tables, lineId: number): Promise<StatementLine> {
  const line = await tables.statementLines.find(lineId);
  if (!line) throw new Error(`no line ${lineId}`);
  return line;
}

const keepDecision = (
  ctx: Context,
  tables: Tables,
  actor: Actor,
  line: StatementLine,
  { action, reason }: Pick<LineDecision, 'action' | 'reason'>,
) =>
  tables.statementLines.keepDecision({
    lineId: line.id,
    action,
    ...(line.transactionId === undefined ? {} : { transactionId: line.transactionId }),
    reason,
    by: signatureOf(actor),
    at: ctx.now(),
  });
