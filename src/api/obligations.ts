// Obligations over the API: issue, see, list, cancel, offer a payment, take cash.
import { cancelObligation } from '../actions/cancelObligation';
import { demand, sightOf } from '../actions/demand';
import { issueObligation } from '../actions/issueObligation';
import { requestPayment } from '../actions/requestPayment';
import { seeObligation, withMoney } from '../actions/seeObligation';
import { revokePayPage, sharePayPage } from '../actions/sharePayPage';
import { takeCash } from '../actions/takeCash';
import { withdrawObligation } from '../actions/withdrawObligation';
import { parseDossierCode } from '../domain/dossier';
import { vnd } from '../domain/money';
import { normalForm } from '../domain/reference';
import { addDays, startOfDay } from '../domain/time';
import { page, presentObligation, presentPaymentRequest } from './present';
import { reading, writing, type Route } from './route';
import { cancelBody, cashBody, emptyBody, noQuery, obligationBody, obligationsQuery, paymentRequestBody } from './schemas';

export const obligationRoutes: Route[] = [
  writing({
    path: '/api/obligations',
    summary: 'Issue an obligation; amounts come from the fee schedule alone',
    status: 201,
    body: obligationBody,
    act: (ctx, { actor, body }) => issueObligation(ctx, { actor, ...body }),
    present: (ctx, issued) => presentObligation(issued, ctx.now()),
  }),
  reading({
    path: '/api/obligations/:id',
    summary: 'One obligation with its lines, amounts and payments',
    query: noQuery,
    read: async (ctx, { actor, params }) => presentObligation(await seeObligation(ctx, actor, params['id'] ?? ''), ctx.now()),
  }),
  reading({
    path: '/api/obligations',
    summary: 'Obligations, newest first',
    query: obligationsQuery,
    read: async (ctx, { actor, query }) => {
      demand(actor, 'see_obligations');
      const { tables } = ctx.store;
      const seen = await sightOf(tables, actor);
      const agencyCodes = query.agency === undefined ? seen : [query.agency].filter((code) => !seen || seen.includes(code));
      const dossier = query.dossier === undefined ? undefined : parseDossierCode(query.dossier);
      if (dossier?.ok === false) return page([], query.limit, () => '', String);
      const filter = {
        ...(agencyCodes ? { agencyCodes } : {}),
        ...(dossier ? { dossierNormalForm: dossier.normalForm } : {}),
        ...(query.reference ? { reference: normalForm(query.reference) } : {}),
        ...(query.status ? { status: query.status } : {}),
        ...(query.from ? { from: startOfDay(query.from) } : {}),
        ...(query.to ? { before: startOfDay(addDays(query.to, 1)) } : {}),
      };
      const found = await withMoney(tables, await tables.obligations.list(filter, query.limit + 1, query.cursor));
      return page(
        found,
        query.limit,
        ({ obligation }) => obligation.id,
        (one) => presentObligation(one, ctx.now()),
      );
    },
  }),
  writing({
    path: '/api/obligations/:id/cancel',
    summary: 'Cancel an obligation; what was paid is asked back only with `refund`; needs a person',
    status: 200,
    body: cancelBody,
    act: (ctx, { actor, params, body: { reason, refund } }) => {
      const cancellation = { actor, obligationId: params['id'] ?? '', reason };
      return refund ? withdrawObligation(ctx, cancellation) : cancelObligation(ctx, cancellation);
    },
    present: (ctx, cancelled) => presentObligation(cancelled, ctx.now()),
  }),
  writing({
    path: '/api/obligations/:id/payment-requests',
    summary: 'Offer a way to pay what is outstanding',
    status: 201,
    body: paymentRequestBody,
    callsOut: ({ method }) => method !== 'vietqr',
    act: (ctx, { actor, params, body }) => requestPayment(ctx, { actor, obligationId: params['id'] ?? '', ...body }),
    present: (ctx, offered) => presentPaymentRequest(offered, ctx.now(), ctx.config.publicUrl),
  }),
  reading({
    path: '/api/obligations/:id/pay-page',
    summary: "The link to the citizen's page; the same until it is revoked",
    query: noQuery,
    read: async (ctx, { actor, params }) => ({ url: await sharePayPage(ctx, actor, params['id'] ?? '') }),
  }),
  writing({
    path: '/api/obligations/:id/pay-page/revoke',
    summary: "The link to the citizen's page leads nowhere from now on; returns the new one",
    status: 200,
    body: emptyBody,
    act: (ctx, { actor, params }) => revokePayPage(ctx, actor, params['id'] ?? ''),
    present: (_, url) => ({ url }),
  }),
  writing({
    path: '/api/obligations/:id/cash',
    summary: 'Record cash taken at a counter',
    status: 201,
    body: cashBody,
    act: (ctx, { actor, params, body }) =>
      takeCash(ctx, { actor, obligationId: params['id'] ?? '', counterId: body.counterId, amount: vnd(body.amount) }),
    present: (ctx, paid) => presentObligation(paid, ctx.now()),
  }),
];
