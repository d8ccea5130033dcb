// Reports over the API: payment ratios, and the very dossiers behind each number. Flags of the portal come in here too.
import { listRatioMembers, reportRatios } from '../actions/reportRatios';
import { reportSatisfaction } from '../actions/tapSatisfaction';
import { syncDossierFlag } from '../actions/syncDossierFlag';
import { page, presentDossier } from './present';
import { reading, writing, type Route } from './route';
import { membersQuery, ratiosQuery, satisfactionQuery, syncFlagBody } from './schemas';

export const reportRoutes: Route[] = [
  reading({
    path: '/api/reports/payment-ratios',
    summary: 'Online and cashless ratios of a period',
    query: ratiosQuery,
    read: (ctx, { actor, query }) => reportRatios(ctx, { actor, ...query }),
  }),
  reading({
    path: '/api/reports/payment-ratios/members',
    summary: 'The dossiers that make up one number of the report',
    query: membersQuery,
    read: async (ctx, { actor, query: { limit, cursor, ...query } }) => {
      const members = await listRatioMembers(ctx, { actor, ...query }, limit + 1, cursor);
      return page(members, limit, (dossier) => dossier.id, presentDossier);
    },
  }),
  reading({
    path: '/api/reports/satisfaction',
    summary: 'How citizens found paying, by agency and day; nobody knows who',
    query: satisfactionQuery,
    read: async (ctx, { actor, query }) => ({ ...query, rows: await reportSatisfaction(ctx, { actor, ...query }) }),
  }),
  writing({
    path: '/api/dossiers/:code/sync-flag',
    summary: 'What the national portal acknowledged for a dossier',
    status: 200,
    body: syncFlagBody,
    act: (ctx, { actor, params, body }) => syncDossierFlag(ctx, { actor, code: params['code'] ?? '', ...body }),
    present: (_, latest) => latest,
  }),
];
