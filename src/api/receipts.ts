// Receipts over the API.
import { z } from 'zod';
import { listReceipts } from '../actions/listReceipts';
import { checkReceipt, seeReceipt } from '../actions/seeReceipt';
import { page } from './present';
import { presentListedReceipt, presentReceipt } from './presentReceipt';
import { reading, type Route } from './route';
import { dayText, noQuery } from './schemas';
import { identifier, line } from './text';

const receiptsQuery = z.strictObject({
  obligation: identifier.exactOptional(),
  dossier: line(64).exactOptional(),
  agency: identifier.exactOptional(),
  from: dayText.exactOptional(),
  to: dayText.exactOptional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: identifier.exactOptional(),
});

export const receiptRoutes: Route[] = [
  reading({
    path: '/api/receipts',
    summary: 'Receipts, newest first; of an obligation, a dossier, an agency, or of Vietnamese days, both included',
    query: receiptsQuery,
    read: async (ctx, { actor, query }) => {
      const question = {
        ...(query.obligation ? { obligationId: query.obligation } : {}),
        ...(query.dossier ? { dossierCode: query.dossier } : {}),
        ...(query.agency ? { agencyCode: query.agency } : {}),
        ...(query.from ? { from: query.from } : {}),
        ...(query.to ? { to: query.to } : {}),
      };
      const found = await listReceipts(ctx, actor, question, query.limit + 1, query.cursor);
      return page(found, query.limit, ({ id }) => id, presentListedReceipt);
    },
  }),
  reading({
    path: '/api/receipts/:number',
    summary: 'One receipt, by its symbol and number such as 26TAB-00000012',
    query: noQuery,
    read: async (ctx, { actor, params }) =>
      presentReceipt(await checkReceipt(ctx, await seeReceipt(ctx, actor, params['number'] ?? '')), ctx.config.publicUrl),
  }),
];
