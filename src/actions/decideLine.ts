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
    if (line.transactionId !== undefined || line.repeatsId !== undefined) throw new Problem('statement_line_decided');
    const before = (await tables.statementLines.decisionsOf([lineId])).length;
    if (choice.action === 'same') await linkSame(tables, line, account, choice.transactionId);
    else await bookAs(ctx, tables, account, [{ line, providerId: before === 0 ? String(lineId) : `${lineId}.${before}` }], ctx.now());
    const decided = await lineNow(tables, lineId);
    const transactionId = choice.action === 'same' ? choice.transactionId : decided.transactionId;
    await keepDecision(ctx, tables, actor, { lineId, action: choice.action, reason, ...(transactionId ? { transactionId } : {}) });
    await tables.statements.markDecided(line.fileId, -1, choice.action === 'same' ? 1 : 0, choice.action === 'new' ? 1 : 0);
    return decided;
  });
  ctx.bell.ring();
  return line;
}

/**
 * Takes back that a line is a transaction that another source, or an older line, told of, whoever linked them; the line is held again. Throws
 * statement_line_undecided where there is nothing to take back, and statement_line_booked where the line made the transaction itself.
 */
export async function undoLine(ctx: Context, { actor, lineId, reason }: DecidingLine): Promise<StatementLine> {
  demand(actor, 'import_statements');
  return ctx.store.transact(async (tables) => {
    const { line } = await openLine(tables, actor, lineId);
    if (line.repeatsId !== undefined) {
      if (!(await tables.statementLines.markUnrepeated(lineId))) throw new Problem('statement_line_decided');
      return undone(ctx, tables, actor, line, reason);
    }
    const transaction = line.transactionId === undefined ? undefined : await tables.transactions.find(line.transactionId);
    if (!transaction) throw new Problem('statement_line_undecided');
    if (transaction.provider === 'statement') throw new Problem('statement_line_booked');
    if (!(await tables.statementLines.markUnlinked(lineId, transaction.id))) throw new Problem('statement_line_decided');
    return undone(ctx, tables, actor, line, reason);
  });
}

async function undone(ctx: Context, tables: Tables, actor: Actor, line: StatementLine, reason: string): Promise<StatementLine> {
  const { id: lineId, transactionId } = line;
  await keepDecision(ctx, tables, actor, { lineId, action: 'undo', reason, ...(transactionId ? { transactionId } : {}) });
  await tables.statements.markDecided(line.fileId, 1, -1, 0);
  return lineNow(tables, line.id);
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
  const [older] = await tables.statementLines.linesOf([transactionId]);
  const told = transaction && { ...transaction, bankTime: older?.bookedAt ?? transaction.bankTime };
  const fits = told?.accountId === account.id && candidatesFor(line, [told]).length === 1;
  if (!fits || (older && (await isListedBeside(tables, line, older)))) throw new Problem('statement_line_unfit');
  const isMarked = older
    ? await tables.statementLines.markRepeated(line.id, older.id)
    : await tables.statementLines.claimTransaction(line.id, transactionId);
  if (!isMarked) throw new Problem('statement_line_decided');
}

/** What one file lists are two movements, never one in two spellings. */
const isListedBeside = async (tables: Tables, line: StatementLine, older: StatementLine): Promise<boolean> =>
  older.fileId === line.fileId || (await tables.statementLines.listSeenAgain(line.fileId, [older.id])).length > 0;

async function lineNow(tables: Tables, lineId: number): Promise<StatementLine> {
  const line = await tables.statementLines.find(lineId);
  if (!line) throw new Error(`no line ${lineId}`);
  return line;
}

const keepDecision = (ctx: Context, tables: Tables, actor: Actor, decision: Omit<LineDecision, 'by' | 'at'>) =>
  tables.statementLines.keepDecision({ ...decision, by: signatureOf(actor), at: ctx.now() });
