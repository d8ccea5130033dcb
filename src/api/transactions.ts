// Incoming transactions over the API.
import { demand, sightOf } from '../actions/demand';
import { addDays, startOfDay } from '../domain/time';
import { page, presentTransaction } from './present';
import { reading, type Route } from './route';
import { transactionsQuery } from './schemas';

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
        ...(query.account ? { accountId: query.account } : {}),
        ...(query.from ? { from: startOfDay(query.from) } : {}),
        ...(query.to ? { before: startOfDay(addDays(query.to, 1)) } : {}),
        ...(query.q ? { text: query.q } : {}),
      };
      const found = await tables.transactions.list(filter, query.limit + 1, query.cursor);
      const allocations = await tables.allocations.ofTransactions(found.map((transaction) => transaction.id));
      return page(
        found,
        query.limit,
        (transaction) => transaction.id,
        (transaction) =>
          presentTransaction(
            transaction,
            allocations.filter(({ source }) => 'transactionId' in source && source.transactionId === transaction.id),
          ),
      );
    },
  }),
];
