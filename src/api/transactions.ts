// Incoming transactions over the API.
import { z } from 'zod';
import { demand, sightOf } from '../actions/demand';
import { resolveTransaction } from '../actions/resolveTransaction';
import { seeTransaction, withDecisions } from '../actions/seeTransaction';
import { suggestObligations } from '../actions/suggestObligations';
import { undoResolution } from '../actions/undoResolution';
import { vnd } from '../domain/money';
import { addDays, startOfDay } from '../domain/time';
import { page, presentCandidate, presentTransaction } from './present';
import { reading, writing, type Route } from './route';
import { resolveBody, transactionsQuery, undoBody } from './schemas';

/** Test calls and money on accounts that are not ours stay out: nobody should count them. */
const ours = ['applied', 'unapplied', 'resolved'] as const;

export const transactionRoutes: Route[] = [
  reading({
    path: '/api/transactions',
    summary: 'Money that came in, newest first; `unapplied` while any đồng of it has no home',
    query: transactionsQuery,
    read: async (ctx, { actor, query }) => {
      demand(actor, 'see_transactions');
      const { tables } = ctx.store;
      const agencyCodes = await sightOf(tables, actor);
      const filter = {
        ...(agencyCodes ? { agencyCodes } : {}),
        states: query.state ? [query.state] : ours,
        direction: 'in' as const,
        ...(query.account ? { accountId: query.account } : {}),
        ...(query.from ? { from: startOfDay(query.from) } : {}),
        ...(query.to ? { before: startOfDay(addDays(query.to, 1)) } : {}),
        ...(query.q ? { text: query.q } : {}),
      };
      const found = await tables.transactions.list(filter, query.limit + 1, query.cursor);
      return page(await withDecisions(tables, found), query.limit, ({ transaction }) => transaction.id, presentTransaction);
    },
  }),
  reading({
    path: '/api/transactions/:id',
    summary: 'One transaction: its money, its proof, what was decided about it, and what it may be where some of it has no home',
    query: z.strictObject({}),
    read: async (ctx, { actor, params }) => {
      const seen = await seeTransaction(ctx, actor, params['id'] ?? '');
      const candidates = await suggestObligations(ctx, actor, seen);
      return {
        ...presentTransaction(seen),
        ...(seen.money.unapplied.isPositive() ? { candidates: candidates.map(presentCandidate) } : {}),
      };
    },
  }),
  writing({
    path: '/api/transactions/:id/resolve',
    summary:
      'Decide about money without a home: allocate it (repeat to split), ask for its refund, or say that it is not ours; a person only',
    status: 200,
    body: resolveBody,
    act: (ctx, { actor, params, body: { action, obligationId, amount, reason } }) =>
      resolveTransaction(ctx, {
        actor,
        transactionId: params['id'] ?? '',
        action,
        reason,
        ...(obligationId ? { obligationId } : {}),
        ...(amount ? { amount: vnd(amount) } : {}),
      }),
    present: (_, seen) => presentTransaction(seen),
  }),
  writing({
    path: '/api/transactions/:id/undo',
    summary: 'Take back the last decision about a transaction, or what was matched by itself; a person only',
    status: 200,
    body: undoBody,
    act: (ctx, { actor, params, body: { reason } }) => undoResolution(ctx, { actor, transactionId: params['id'] ?? '', reason }),
    present: (_, seen) => presentTransaction(seen),
  }),
];
