// Incoming transactions over the API.
import { z } from 'zod';
import { demand, sightOf } from '../actions/demand';
import { resolveTransaction } from '../actions/resolveTransaction';
import { seeTransaction, withDecisions, type SeenTransaction } from '../actions/seeTransaction';
import { suggestObligations } from '../actions/suggestObligations';
import { undoResolution } from '../actions/undoResolution';
import type { Account } from '../domain/agency';
import { isId } from '../domain/id';
import { vnd } from '../domain/money';
import { can, type Actor } from '../domain/role';
import { shownPayer } from '../domain/shownPayer';
import { addDays, startOfDay } from '../domain/time';
import { Problem } from '../problems';
import { page, presentCandidate, presentTransaction } from './present';
import { reading, writing, type Input, type Route } from './route';
import { resolveBody, transactionsQuery, undoBody } from './schemas';

/** Test calls and money on accounts that are not ours stay out: nobody should count them. */
const ours = ['applied', 'unapplied', 'resolved'] as const;

export const transactionRoutes: Route[] = [
  reading({
    path: '/api/transactions',
    summary:
      'Money that came in, newest first; `unapplied` while any đồng of it has no home. `account`: its id or number; `q`: part of the content, the bank’s reference or the payer’s name, or an amount; `payer` is shown to people only',
    query: transactionsQuery,
    read: async (ctx, { actor, query }) => {
      demand(actor, 'see_transactions');
      if (query.cursor !== undefined && !isId('transaction', query.cursor)) throw invalidCursor();
      const { tables } = ctx.store;
      const agencyCodes = await sightOf(tables, actor);
      const filter = {
        ...(agencyCodes ? { agencyCodes } : {}),
        states: query.state ? [query.state] : ours,
        direction: 'in' as const,
        ...(query.account ? { accountIds: idsNamed(await tables.accounts.list(), query.account) } : {}),
        ...(query.from ? { from: startOfDay(query.from) } : {}),
        ...(query.to ? { before: startOfDay(addDays(query.to, 1)) } : {}),
        ...(query.q ? { search: searchOf(query.q, actor) } : {}),
      };
      const found = await tables.transactions.list(filter, query.limit + 1, query.cursor);
      return page(await withDecisions(tables, found), query.limit, ({ transaction }) => transaction.id, shownTo(actor));
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
        ...shownTo(actor)(seen),
        ...(seen.money.unapplied.isPositive() ? { candidates: candidates.map(presentCandidate) } : {}),
      };
    },
  }),
  writing({
    path: '/api/transactions/:id/resolve',
    summary:
      'Decide about money without a home: allocate it (repeat to split), ask for its refund, or say that it is not ours; a person only. Say decisionsSeen or send an Idempotency-Key, so that it is not made twice',
    status: 200,
    body: resolveBody,
    act: (ctx, input) => {
      const { action, obligationId, amount } = input.body;
      return resolveTransaction(ctx, {
        ...decisionIn(input),
        action,
        ...(obligationId ? { obligationId } : {}),
        ...(amount ? { amount: vnd(amount) } : {}),
      });
    },
    present: (_, seen) => presentTransaction(seen),
  }),
  writing({
    path: '/api/transactions/:id/undo',
    summary:
      'Take back the last decision about a transaction, or what was matched by itself; a person only. Say decisionsSeen or send an Idempotency-Key, so that it is not made twice',
    status: 200,
    body: undoBody,
    act: (ctx, input) => undoResolution(ctx, decisionIn(input)),
    present: (_, seen) => presentTransaction(seen),
  }),
];

const invalidCursor = () => new Problem('request_invalid', 'cursor', [{ path: 'cursor', message: 'not the nextCursor of a page' }]);

/** Two banks may have an account of the same number. */
const idsNamed = (accounts: readonly Account[], named: string): string[] =>
  accounts.filter(({ id, accountNumber }) => id === named || accountNumber === named).map(({ id }) => id);

/** Whoever sees no whole account of a payer does not find it piece by piece either. */
const searchOf = (text: string, actor: Actor) => ({
  text,
  ...(wholeDong.test(text) ? { amount: vnd(BigInt(text.replaceAll('.', ''))) } : {}),
  isAccountToo: can(actor, 'resolve'),
});

/** `60000` or `60.000` */
const wholeDong = /^[1-9](\d{0,11}|\d{0,2}(\.\d{3}){1,3})$/;

/** The payer is personal data: for people, who see the same on their screens. */
const shownTo = (actor: Actor) => (seen: SeenTransaction) => {
  const payer = actor.kind === 'person' ? shownPayer(seen.transaction, actor) : undefined;
  return { ...presentTransaction(seen), ...(payer ? { payer } : {}) };
};

/** What every decision says. `decisionsSeen` keeps one that is sent twice from being made twice, as an Idempotency-Key does. */
function decisionIn({ actor, params, body: { reason, decisionsSeen } }: Input<{ reason: string; decisionsSeen?: number }, unknown>) {
  return { actor, transactionId: params['id'] ?? '', reason, ...(decisionsSeen === undefined ? {} : { decisionsSeen }) };
}
