// The JSON API as one list of routes.
import type { Express } from 'express';
import type { Context } from '../context';
import { basketRoutes } from './baskets';
import { eventRoutes } from './events';
import { feeRoutes } from './fees';
import { obligationRoutes } from './obligations';
import { officeRoutes } from './office';
import { openapiOf } from './openapi';
import { receiptRoutes } from './receipts';
import { reportRoutes } from './reports';
import { mount, type Route } from './route';
import { taxNoticeRoutes } from './taxNotices';
import { transactionRoutes } from './transactions';

export const routes: readonly Route[] = [
  ...obligationRoutes,
  ...basketRoutes,
  ...taxNoticeRoutes,
  ...transactionRoutes,
  ...receiptRoutes,
  ...reportRoutes,
  ...officeRoutes,
  ...feeRoutes,
  ...eventRoutes,
];

/** Mounts every route and the description of them all. */
export function mountApi(app: Express, ctx: Context): void {
  for (const route of routes) mount(app, ctx, route);
  const openapi = openapiOf(routes, ctx.config.publicUrl);
  app.get('/openapi.json', (_, res) => void res.json(openapi));
}
