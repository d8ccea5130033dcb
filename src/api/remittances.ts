// Retention rates, slips for the State budget and the monthly totals over the API.
import { z } from 'zod';
import { confirmRemittance, undoConfirmation } from '../actions/confirmRemittance';
import { draftRemittance, slipInSight, stepRemittance } from '../actions/draftRemittance';
import { demand } from '../actions/demand';
import { declarationsOf, seeRemittances } from '../actions/seeRemittances';
import { decideRetention, proposeRetention } from '../actions/setRetention';
import { vnd } from '../domain/money';
import { parsePercent, remitDays } from '../domain/retention';
import { dayOf } from '../domain/time';
import { presentDeclaration, presentRetention, presentSlip, presentUnitMonth } from './presentCash';
import { reading, writing, type Route } from './route';
import { dayText, emptyBody, noQuery } from './schemas';
import { identifier, line } from './text';

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month such as 2026-11');
const reason = line(500, 3);

const retentionBody = z.strictObject({
  agencyCode: identifier,
  feeId: identifier,
  retainedPercent: z
    .string()
    .transform((text, check) => parsePercent(text) ?? (check.addIssue('0 to 100, with at most two places'), z.NEVER)),
  remitByDay: z.literal([...remitDays]),
  legalBasis: line(200, 3),
  validFrom: dayText,
  validTo: dayText.exactOptional(),
});

const draftBody = z.strictObject({
  agencyCode: identifier,
  month,
  amount: z.int().min(1).exactOptional().meta({
    description:
      'Less than all that is outstanding: what is due first is taken, the last of it in part; the rest is left to the next slip.',
  }),
});

const ofMonth = z.strictObject({ month, agency: identifier.exactOptional() });

export const remittanceRoutes: Route[] = [
  reading({
    path: '/api/remittances',
    summary: 'What each unit collected of each fee in a month, whose it is, what is to be handed over, and the slips',
    query: ofMonth,
    read: async (ctx, { actor, query }) => {
      const today = dayOf(ctx.now());
      return {
        data: (await seeRemittances(ctx, actor, query.month, query.agency)).map((one) => presentUnitMonth(one, today)),
        nextCursor: null,
      };
    },
  }),
  writing({
    path: '/api/remittances',
    summary: 'Draft a slip of all that is to be handed over up to a month, or of a sum of it; a person only',
    status: 201,
    body: draftBody,
    act: (ctx, { actor, body: { amount, ...body } }) =>
      draftRemittance(ctx, { actor, ...body, ...(amount === undefined ? {} : { amount: vnd(amount) }) }),
    present: (ctx, slip) => presentSlip(slip, dayOf(ctx.now())),
  }),
  reading({
    path: '/api/remittances/:id',
    summary: 'One slip with its lines and steps',
    query: noQuery,
    read: async (ctx, { actor, params }) => {
      demand(actor, 'see_finance');
      return presentSlip(await slipInSight(ctx.store.tables, actor, params['id'] ?? ''), dayOf(ctx.now()));
    },
  }),
  ...(['approve', 'refuse', 'withdraw', 'send'] as const).map((act) =>
    writing({
      path: `/api/remittances/:id/${act}`,
      summary: {
        approve: 'Approve a slip; not by whoever drafted it. It is booked as payable to the budget',
        refuse: 'Refuse a drafted slip',
        withdraw: 'Withdraw a slip that no movement confirmed',
        send: 'Note that an approved slip went to the bank',
      }[act],
      status: 200,
      body: z.strictObject({ reason: reason.exactOptional() }),
      act: (ctx, { actor, params, body }) => {
        const step = ({ approve: 'approved', refuse: 'refused', withdraw: 'withdrawn', send: 'sent' } as const)[act];
        return stepRemittance(ctx, { actor, remittanceId: params['id'] ?? '', step, ...(body.reason ? { reason: body.reason } : {}) });
      },
      present: (ctx, slip) => presentSlip(slip, dayOf(ctx.now())),
    }),
  ),
  writing({
    path: '/api/remittances/:id/confirm',
    summary: 'Say which movement on the account paid a slip that was sent',
    status: 200,
    body: z.strictObject({ transactionId: identifier }),
    act: (ctx, { actor, params, body }) =>
      confirmRemittance(ctx, { actor, remittanceId: params['id'] ?? '', transactionId: body.transactionId }),
    present: (ctx, slip) => presentSlip(slip, dayOf(ctx.now())),
  }),
  writing({
    path: '/api/remittances/:id/undo',
    summary: 'Take a confirmation back: the movement waits to be explained again, and the slip for its movement',
    status: 200,
    body: z.strictObject({ reason }),
    act: (ctx, { actor, params, body }) => undoConfirmation(ctx, { actor, remittanceId: params['id'] ?? '', reason: body.reason }),
    present: (ctx, slip) => presentSlip(slip, dayOf(ctx.now())),
  }),
  reading({
    path: '/api/declarations',
    summary: 'The monthly totals of the forms 01/PH and 01/LP, unit by unit',
    query: ofMonth,
    read: async (ctx, { actor, query }) => ({
      data: (await declarationsOf(ctx, actor, query.month, query.agency)).map(presentDeclaration),
      nextCursor: null,
    }),
  }),
  writing({
    path: '/api/retentions',
    summary: 'Propose how much of a fee an agency may keep, and by which law; another person approves',
    status: 201,
    body: retentionBody,
    act: (ctx, { actor, body: { retainedPercent, validTo, ...body } }) =>
      proposeRetention(ctx, { actor, ...body, retainedPoints: retainedPercent, ...(validTo ? { validTo } : {}) }),
    present: (_, retention) => presentRetention(retention),
  }),
  ...(['approve', 'refuse'] as const).map((act) =>
    writing({
      path: `/api/retentions/:id/${act}`,
      summary: act === 'approve' ? 'Approve a proposed rate; not by whoever proposed it' : 'Refuse a proposed rate',
      status: 200,
      body: emptyBody,
      act: (ctx, { actor, params }) =>
        decideRetention(ctx, { actor, retentionId: params['id'] ?? '', decision: act === 'approve' ? 'approved' : 'refused' }),
      present: (_, retention) => presentRetention(retention),
    }),
  ),
];
