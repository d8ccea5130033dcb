// Closing a day over the API: prepared by one person, signed by another; the closes of a chain, and the file by which it is checked.
import type { Express } from 'express';
import { z } from 'zod';
import { closeDay, type CloseOutcome } from '../actions/closeDay';
import { accountNamed } from '../actions/keepStatement';
import { exportCloses, findClose, listCloses } from '../actions/seeClose';
import type { Context } from '../context';
import { asJson, type CloseHead } from '../domain/dayClose';
import type { Actor } from '../domain/role';
import { parseDay, type Day } from '../domain/time';
import { Problem } from '../problems';
import { actorBehind } from './apiKey';
import { page } from './present';
import { checked, reading, writing, type Route } from './route';
import { dayText } from './schemas';
import { streamText } from './streamText';

const closeBody = z.strictObject({
  act: z.enum(['prepare', 'sign']).exactOptional(),
  balanceReason: z.string().trim().min(3).max(500).exactOptional(),
  contentHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .exactOptional(),
});

const closesQuery = z.strictObject({
  account: z.string().min(1).max(100).exactOptional(),
  from: dayText.exactOptional(),
  to: dayText.exactOptional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(100).exactOptional(),
});

const path = '/api/reconciliations/:account/:day/close';

export const dayCloseRoutes: Route[] = [
  writing({
    path,
    summary:
      'Close a day of an account (its id or number). The first person prepares, which freezes the content; a supervisor who did not prepare signs. Say `act` to mean one of the two; `contentHash`: sign only what was seen; `balanceReason`: why a balance that does not continue may stand',
    status: 200,
    body: closeBody,
    act: async (ctx, { actor, params, body }) => closeDay(ctx, { actor, ...body, ...(await placeIn(ctx, actor, params)) }),
    present: (_, outcome) => presentOutcome(outcome, false),
  }),
  reading({
    path,
    summary: 'The close of a day: numbered, chained by its hash, with all that was signed; or what was prepared',
    query: z.strictObject({}),
    read: async (ctx, { actor, params }) => {
      const { accountId, day } = await placeIn(ctx, actor, params);
      return presentOutcome(await findClose(ctx, actor, accountId, day), true);
    },
  }),
  reading({
    path: '/api/closes',
    summary:
      'Closes, the newest first, without what was signed. `/api/closes/export?account=` gives whole chains as a file that can be checked without us',
    query: closesQuery,
    read: async (ctx, { actor, query: { account, limit, cursor, ...days } }) => {
      const accountId = account === undefined ? undefined : (await accountNamed(ctx.store.tables, actor, account)).id;
      const question = { ...days, ...(accountId === undefined ? {} : { accountId }) };
      return page(await listCloses(ctx, actor, question, limit + 1, cursor), limit, ({ id }) => id, presentHead);
    },
  }),
];

/** The file of whole chains: written piece by piece, for it grows for years. */
export function mountCloseExport(app: Express, ctx: Context): void {
  app.get('/api/closes/export', async (req, res) => {
    const actor = await actorBehind(ctx, req);
    const { account } = checked(z.strictObject({ account: z.string().min(1).max(100).exactOptional() }), req.query);
    const accountId = account === undefined ? undefined : (await accountNamed(ctx.store.tables, actor, account)).id;
    res.type('application/json').set('content-disposition', 'attachment; filename="closes.json"');
    await streamText(res, exportCloses(ctx, actor, accountId));
  });
}

async function placeIn(ctx: Context, actor: Actor, params: Record<string, string>): Promise<{ accountId: string; day: Day }> {
  const { id } = await accountNamed(ctx.store.tables, actor, params['account'] ?? '');
  const day = parseDay(params['day'] ?? '');
  if (!day) throw new Problem('request_invalid', 'day', [{ path: 'day', message: 'not a day such as 2026-11-21' }]);
  return { accountId: id, day };
}

function presentOutcome(outcome: CloseOutcome, isWhole: boolean) {
  if (outcome.state === 'closed') {
    const { content, ...head } = outcome.close;
    return { state: outcome.state, ...presentHead(head), carried: content.carried, ...(isWhole ? { content: asJson(content) } : {}) };
  }
  const { id, accountId, day, content, contentHash, preparedBy, preparedAt } = outcome.draft;
  const { number: accountNumber } = content.account;
  const head = { id, account: accountId, accountNumber, day, contentHash, preparedBy, preparedAt };
  return { state: outcome.state, ...head, carried: content.carried, ...(isWhole ? { content: asJson(content) } : {}) };
}

const presentHead = ({
  id,
  accountId,
  accountNumber,
  day,
  number,
  hash,
  previousHash,
  preparedBy,
  preparedAt,
  closedBy,
  closedAt,
}: CloseHead) => ({
  id,
  account: accountId,
  accountNumber,
  day,
  number,
  hash,
  previousHash,
  preparedBy,
  preparedAt,
  closedBy,
  closedAt,
});
