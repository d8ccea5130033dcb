// Receipts over the API.
import { checkReceipt, seeReceipt } from '../actions/seeReceipt';
import { presentReceipt } from './presentReceipt';
import { reading, type Route } from './route';
import { noQuery } from './schemas';

export const receiptRoutes: Route[] = [
  reading({
    path: '/api/receipts/:number',
    summary: 'One receipt, by its symbol and number such as 26TAB-00000012',
    query: noQuery,
    read: async (ctx, { actor, params }) =>
      presentReceipt(await checkReceipt(ctx, await seeReceipt(ctx, actor, params['number'] ?? '')), ctx.config.publicUrl),
  }),
];
