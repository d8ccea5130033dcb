// Statements over the API: a file is sent and imported, those that were sent, and what a person says of their held lines.
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import type { Express, NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import { cancelStatement } from '../actions/cancelStatement';
import { decideLine, undoLine } from '../actions/decideLine';
import { importStatement } from '../actions/importStatement';
import { heldBytes, keepStatement } from '../actions/keepStatement';
import { onceAfterwards } from '../actions/once';
import { listHeld, listStatements, problemOf, seeStatement, type HeldLine, type SeenStatement } from '../actions/seeStatements';
import type { Context } from '../context';
import { isId } from '../domain/id';
import { arrivingForm, boundaryIn, FormBroken, type ArrivingForm } from '../domain/multipart';
import type { Actor } from '../domain/role';
import type { StatementFile } from '../domain/statement';
import { Problem } from '../problems';
import { actorBehind } from './apiKey';
import { page } from './present';
import { keyedRequest, reading, writing, type Route } from './route';
import { identifier, line } from './text';

/** An answer waits so long for the end; a larger file is asked for by its id. */
const longestWaitMs = 10_000;
const lookMs = 25;
const longestReason = 500;

const reason = line(longestReason);
const listQuery = z.strictObject({
  account: identifier.exactOptional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: identifier.exactOptional(),
});
const decideBody = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('same'), transactionId: identifier, reason }),
  z.strictObject({ action: z.literal('new'), reason }),
]);

export const statementRoutes: Route[] = [
  writing({
    path: '/api/statements',
    summary:
      'Import a bank’s statement: a multipart form with `account` (id or number) and `file` (XLSX, CSV, HTML called .xls, MT940, camt.053). The same file again adds nothing. A large file goes on after the answer: ask for it by its id',
    status: 201,
    body: z.strictObject({ account: identifier, file: z.string().meta({ format: 'binary' }) }),
    act: async () => {
      throw new Problem('media_type_unsupported', 'multipart/form-data');
    },
    present: () => ({}),
  }),
  reading({
    path: '/api/statements',
    summary: 'Statements that were sent, newest first; `account`: its id or number',
    query: listQuery,
    read: async (ctx, { actor, query }) => {
      if (query.cursor !== undefined && !isId('statement', query.cursor)) throw new Problem('request_invalid', 'cursor');
      const { account, limit, cursor } = query;
      const found = await listStatements(ctx, actor, {
        limit,
        ...(account === undefined ? {} : { account }),
        ...(cursor === undefined ? {} : { after: cursor }),
      });
      return page(found, limit, ({ file }) => file.id, presentStatement);
    },
  }),
  reading({
    path: '/api/statements/:id',
    summary: 'One statement: how far it is, its balances, its spoilt rows, and its lines that wait for a person with what they may be',
    query: z.strictObject({}),
    read: async (ctx, { actor, params }) => {
      const seen = await seeStatement(ctx, actor, params['id'] ?? '');
      return { ...presentStatement(seen), heldLines: (await listHeld(ctx, seen)).map(presentHeld) };
    },
  }),
  writing({
    path: '/api/statements/:id/cancel',
    summary: 'Stop the reading of a statement; a person only',
    status: 200,
    body: z.strictObject({}),
    act: (ctx, { actor, params }) => cancelStatement(ctx, actor, params['id'] ?? ''),
    present: (_, seen) => presentStatement(seen),
  }),
  writing({
    path: '/api/statement-lines/:id/decide',
    summary: 'Say that a held line is a transaction that was told with other words (`same`), or money of its own (`new`); a person only',
    status: 200,
    body: decideBody,
    act: (ctx, { actor, params, body: { reason: why, ...choice } }) =>
      decideLine(ctx, { actor, lineId: lineIdIn(params), reason: why }, choice),
    present: (_, decided) => presentLine(decided),
  }),
  writing({
    path: '/api/statement-lines/:id/undo',
    summary: 'Take back that a line is a transaction that another source told of; a person only',
    status: 200,
    body: z.strictObject({ reason }),
    act: (ctx, { actor, params, body }) => undoLine(ctx, { actor, lineId: lineIdIn(params), reason: body.reason }),
    present: (_, decided) => presentLine(decided),
  }),
];

/** Mounted before other bodies are read: a file is taken piece by piece. */
export function mountStatementUpload(app: Express, ctx: Context): void {
  app.post('/api/statements', async (req: Request, res: Response, next: NextFunction) => {
    const boundary = boundaryIn(req.get('content-type'));
    if (boundary === undefined) return next();
    const actor = await actorBehind(ctx, req);
    const form = await arrivingForm(req.iterator({ destroyOnReturn: false }), boundary).catch(refused);
    const file = await keptFrom(ctx, actor, form).catch(refused);
    const request = keyedRequest(req, actor, `${file.accountId} ${file.sha256}`);
    const act = async (): Promise<SeenStatement> => imported(ctx, actor, file.id);
    const answer = await onceAfterwards(ctx, request, act, (seen) => ({ status: 201, body: JSON.stringify(presentStatement(seen)) }));
    if (!answer.body.includes(file.id)) await cancelStatement(ctx, actor, file.id); // it was sent and answered before
    res.status(answer.status).type('application/json').send(answer.body);
  });
}

function refused(error: unknown): never {
  throw error instanceof FormBroken ? new Problem('request_invalid', 'multipart/form-data') : error;
}

async function keptFrom(ctx: Context, actor: Actor, { fields, file, rest }: ArrivingForm): Promise<StatementFile> {
  if (!file) throw new Problem('request_invalid', 'file', [{ path: 'file', message: 'needed' }]);
  const bytes = 'account' in fields ? file.bytes : piecesOf(await heldBytes(file.bytes));
  const account = fields['account'] ?? (await rest())['account'];
  if (account === undefined) throw new Problem('request_invalid', 'account', [{ path: 'account', message: 'needed' }]);
  return keepStatement(ctx, { actor, account, fileName: file.name, bytes });
}

async function* piecesOf(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

/** Once it has ended, or after a while as it is then. Throws why it was refused. */
async function imported(ctx: Context, actor: Actor, id: string): Promise<SeenStatement> {
  const importing = importStatement(ctx, id, () => turn()).catch((error: unknown) => {
    ctx.log.error({ err: error, statement: id }, 'a statement could not be imported');
    return true;
  });
  const isOurs = await Promise.race([importing, pause(longestWaitMs, true, { ref: false })]);
  for (let waited = 0; ; waited += lookMs) {
    const seen = await seeStatement(ctx, actor, id);
    const problem = problemOf(seen.file);
    if (problem) throw new Problem(problem, undefined, [{ path: 'statement', message: id }]);
    if (isOurs || !['waiting', 'reading'].includes(seen.file.state) || waited >= longestWaitMs) return seen;
    await pause(lookMs); // the clock was first to read it
  }
}

function lineIdIn(params: Readonly<Record<string, string>>): number {
  const id = params['id'] ?? '';
  if (!/^[1-9]\d{0,14}$/.test(id)) throw new Problem('statement_line_unknown');
  return Number(id);
}

function presentStatement({ file, account, faults, rejected }: SeenStatement) {
  const problem = problemOf(file);
  return {
    id: file.id,
    account: account.id,
    accountNumber: account.accountNumber,
    name: file.name,
    state: file.state,
    ...(problem ? { problem } : {}),
    layout: file.layout ?? null,
    lines: file.rowCount,
    alreadyKnown: file.knownCount,
    seenBefore: file.seenCount,
    newTransactions: file.newCount,
    held: file.heldCount,
    rejectedCount: file.rejectedCount,
    rejected,
    openingBalance: file.totals.openingBalance ?? null,
    closingBalance: file.totals.closingBalance ?? null,
    credits: file.credits,
    debits: file.debits,
    balanced: file.isBalanced ?? null,
    faults,
    firstDay: file.firstDay ?? null,
    lastDay: file.lastDay ?? null,
    final: file.isFinal,
    progress: { byteCount: file.byteCount, bytesRead: file.bytesRead, linesDone: file.lineCount },
    keptAt: file.keptAt,
    endedAt: file.endedAt ?? null,
  };
}

const presentHeld = ({ line: held, candidates }: HeldLine) => ({
  ...presentLine(held),
  candidates: candidates.map(({ id, amount, content, bankReference, bankTime }) => ({
    transactionId: id,
    amount,
    content,
    bankReference: bankReference ?? null,
    bankTime,
  })),
});

const presentLine = (one: HeldLine['line']) => ({
  id: one.id,
  statement: one.fileId,
  row: one.row,
  day: one.day,
  direction: one.direction,
  amount: one.amount,
  bankReference: one.bankReference ?? null,
  content: one.content,
  transactionId: one.transactionId ?? null,
});
