// The JSON API as one list of routes.
import type { Express } from 'express';
import type { Context } from '../context';
import { basketRoutes } from './baskets';
import { dayCloseRoutes, mountCloseExport } from './dayCloses';
import { eventRoutes } from './events';
import { feeRoutes } from './fees';
import { obligationRoutes } from './obligations';
import { officeRoutes } from './office';
import { openapiOf } from './openapi';
import { receiptRoutes } from './receipts';
import { refundRoutes } from './refunds';
import { reconciliationRoutes } from './reconciliations';
import { remittanceRoutes } from './remittances';
import { reportRoutes } from './reports';
import { mount, type Route } from './route';
import { settlementRoutes } from './settlements';
import { ruleRoutes } from './rules';
import { depositRoutes, shiftRoutes } from './shifts';
import { statementRoutes } from './statements';
import { taxNoticeRoutes } from './taxNotices';
import { transactionRoutes } from './transactions';

export const routes: readonly Route[] = [
  ...obligationRoutes,
  ...basketRoutes,
  ...taxNoticeRoutes,
  ...transactionRoutes,
  ...reconciliationRoutes,
  ...receiptRoutes,
  ...refundRoutes,
  ...reportRoutes,
  ...settlementRoutes,
  ...officeRoutes,
  ...feeRoutes,
  ...dayCloseRoutes,
  ...eventRoutes,
  ...shiftRoutes,
  ...depositRoutes,
  ...remittanceRoutes,
  ...statementRoutes,
  ...ruleRoutes,
];

/** Mounts every route and the description of them all. */
export function mountApi(app: Express, ctx: Context): void {
  for (const route of routes) mount(app, ctx, route);
  mountCloseExport(app, ctx);
  const openapi = openapiOf(routes, ctx.config.publicUrl);
  app.get('/openapi.json', (_, res) => void res.json(openapi));
}
