// Shifts over the API: open, close, confirm a difference, list; cash that goes back over the counter, the cash book, and deposits at the bank.
import { z } from 'zod';
import { askCashReturn, decideCashReturn } from '../actions/askCashReturn';
import { cashBook } from '../actions/cashBook';
import { closeShift, confirmShiftDifference } from '../actions/closeShift';
import { confirmShortage, takeBackShortage } from '../actions/confirmShortage';
import { listDeposits, seeDeposit } from '../actions/listDeposits';
import { attachDeposit } from '../actions/matchDeposits';
import { openShift } from '../actions/openShift';
import { payCashReturn } from '../actions/payCashReturn';
import { recordDeposit, withdrawDeposit } from '../actions/recordDeposit';
import { listShifts, seeShift, seeShifts } from '../actions/seeShift';
import { vnd, type Money } from '../domain/money';
import { denominations, expectedIn, noTakings, sumOfPieces, type Denominations, type Shift } from '../domain/shift';
import { dayOf } from '../domain/time';
import { presentTransaction } from './present';
import { presentCashBook, presentDeposit, presentReturn, presentShift, presentSums } from './presentCash';
import { dayNamed } from './reconciliations';
import { reading, writing, type Route } from './route';
import { dayText, noQuery } from './schemas';
import { identifier, line } from './text';

const highestDong = 1_000_000_000_000;
const dong = z.int().min(0).max(highestDong);
const reason = line(500, 3);
const pieces = z.strictObject(Object.fromEntries(denominations.map((face) => [String(face), z.int().min(0).max(100_000).exactOptional()])));

const openBody = z.strictObject({ counterId: identifier, float: dong.exactOptional() });
const closeBody = z
  .strictObject({
    counted: dong.exactOptional(),
    denominations: pieces.exactOptional(),
    handOn: dong.exactOptional(),
    reason: reason.exactOptional(),
  })
  .refine((body) => (body.counted === undefined) !== (body.denominations === undefined), {
    error: 'either the sum, or the pieces that make it',
    path: ['counted'],
  });

const countOf = (body: z.infer<typeof closeBody>): { counted: Money; denominations?: Denominations } => {
  if (body.denominations === undefined) return { counted: vnd(body.counted ?? 0) };
  const counted: Denominations = body.denominations;
  return { counted: sumOfPieces(counted), denominations: counted };
};

const shiftsQuery = z.strictObject({
  agency: identifier.exactOptional(),
  counter: identifier.exactOptional(),
  from: dayText.exactOptional(),
  to: dayText.exactOptional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
const ofDay = z.strictObject({ agency: identifier.exactOptional(), day: dayText.exactOptional() });
const depositBody = z.strictObject({
  agencyCode: identifier,
  shiftIds: z.array(identifier).min(1).max(200),
  amount: z.int().min(1).max(highestDong),
  day: dayText,
  slipNumber: line(40),
});

/** As it is answered to whoever just opened or closed it. */
const presentNow = (shift: Shift) =>
  presentShift({ shift, takings: shift.close ?? noTakings, expected: shift.close?.expected ?? expectedIn(shift.openingFloat, noTakings) });

export const shiftRoutes: Route[] = [
  writing({
    path: '/api/shifts',
    summary:
      'Open a shift at a counter; `float`: what lies in the drawer, unless told what the shift before left there. Cash opens one by itself',
    status: 201,
    body: openBody,
    act: (ctx, { actor, body: { counterId, float } }) =>
      openShift(ctx, { actor, counterId, ...(float === undefined ? {} : { float: vnd(float) }) }),
    present: (_, shift) => presentNow(shift),
  }),
  writing({
    path: '/api/shifts/:id/close',
    summary:
      'Close a shift with what was counted; a difference wants a reason, and a second person. `handOn`: stays in the drawer, the change money unless told',
    status: 200,
    body: closeBody,
    act: (ctx, { actor, params, body }) =>
      closeShift(ctx, {
        actor,
        shiftId: params['id'] ?? '',
        ...countOf(body),
        ...(body.handOn === undefined ? {} : { handOn: vnd(body.handOn) }),
        ...(body.reason ? { reason: body.reason } : {}),
      }),
    present: (_, shift) => presentNow(shift),
  }),
  writing({
    path: '/api/shifts/:id/confirm',
    summary: 'Confirm the difference of a closed shift, so that it is booked; a supervisor who neither worked nor closed it',
    status: 200,
    body: z.strictObject({ note: reason }),
    act: (ctx, { actor, params, body }) => confirmShiftDifference(ctx, { actor, shiftId: params['id'] ?? '', note: body.note }),
    present: (_, shift) => presentNow(shift),
  }),
  reading({
    path: '/api/shifts',
    summary: 'Shifts, newest first; of an agency and those below it, a counter, or of days',
    query: shiftsQuery,
    read: async (ctx, { actor, query: { agency, counter, from, to, limit } }) => {
      const question = {
        ...(agency ? { agencyCode: agency } : {}),
        ...(counter ? { counterId: counter } : {}),
        ...(from ? { from } : {}),
        ...(to ? { to } : {}),
      };
      return { data: (await listShifts(ctx, actor, question, limit)).map(presentShift), nextCursor: null };
    },
  }),
  reading({
    path: '/api/shifts/overview',
    summary: 'The shifts of a day through the tree of agencies: each sum holds all below it, and the total all shifts',
    query: ofDay,
    read: async (ctx, { actor, query: { agency, day } }) => {
      const seen = await seeShifts(ctx, actor, { day: day ?? dayOf(ctx.now()), ...(agency ? { agencyCode: agency } : {}) });
      const rows = seen.rows.map(({ agency: { code, name }, depth, sums }) => ({ agencyCode: code, name, depth, ...presentSums(sums) }));
      return {
        day: seen.day,
        rows,
        total: presentSums(seen.total),
        unconfirmed: seen.unconfirmed.map(presentShift),
        kept: seen.kept.map(presentShift),
      };
    },
  }),
  reading({
    path: '/api/shifts/:id',
    summary: 'One shift, with every movement of its drawer',
    query: noQuery,
    read: async (ctx, { actor, params }) => {
      const { movements, ...seen } = await seeShift(ctx, actor, params['id'] ?? '');
      return { ...presentShift(seen), movements };
    },
  }),
  reading({
    path: '/api/cash-books/:agency/:day',
    summary: 'The cash book of an agency and day, counter by counter and in all',
    query: noQuery,
    read: async (ctx, { actor, params }) => presentCashBook(await cashBook(ctx, actor, params['agency'] ?? '', dayNamed(params['day']))),
  }),
  writing({
    path: '/api/obligations/:id/cash-returns',
    summary:
      'Ask that an obligation which was paid in cash be withdrawn and its cash given back; another person approves, a counter pays it out',
    status: 201,
    body: z.strictObject({ reason }),
    act: (ctx, { actor, params, body }) => askCashReturn(ctx, { actor, obligationId: params['id'] ?? '', reason: body.reason }),
    present: (_, one) => presentReturn(one),
  }),
  ...(['approve', 'refuse', 'withdraw'] as const).map((act) =>
    writing({
      path: `/api/cash-returns/:id/${act}`,
      summary: `${{ approve: 'Approve a return of cash; not by whoever asked', refuse: 'Refuse it, also after it was approved; not by whoever asked', withdraw: 'Take the asking back' }[act]}`,
      status: 200,
      body: z.strictObject({ reason: reason.exactOptional() }),
      act: (ctx, { actor, params, body }) => {
        const decision = ({ approve: 'approved', refuse: 'refused', withdraw: 'withdrawn' } as const)[act];
        return decideCashReturn(ctx, { actor, returnId: params['id'] ?? '', decision, ...(body.reason ? { reason: body.reason } : {}) });
      },
      present: (_, one) => presentReturn(one),
    }),
  ),
  writing({
    path: '/api/cash-returns/:id/pay',
    summary: 'Pay an approved return out of the open shift of a counter: the obligation is cancelled, and its receipts are found wrong',
    status: 200,
    body: z.strictObject({ counterId: identifier }),
    act: (ctx, { actor, params, body }) => payCashReturn(ctx, { actor, returnId: params['id'] ?? '', counterId: body.counterId }),
    present: (_, one) => presentReturn(one),
  }),
];

export const depositRoutes: Route[] = [
  writing({
    path: '/api/deposits',
    summary: 'Record cash of closed shifts that was brought to the bank; write its `code` on the slip, so that the credit names it',
    status: 201,
    body: depositBody,
    act: (ctx, { actor, body }) => recordDeposit(ctx, { actor, ...body, amount: vnd(body.amount) }),
    present: (_, { id, code, amount, day, slipNumber, agencyCode, accountId }) => ({
      id,
      code,
      amount,
      day,
      slipNumber,
      agencyCode,
      accountId,
    }),
  }),
  reading({
    path: '/api/deposits',
    summary: 'Deposits of an agency and those below it, newest first, and closed shifts whose cash waits to be brought',
    query: z.strictObject({ agency: identifier.exactOptional(), limit: z.coerce.number().int().min(1).max(500).default(100) }),
    read: async (ctx, { actor, query: { agency, limit } }) => {
      const { deposits, kept, keptSum, onItsWaySum } = await listDeposits(ctx, actor, agency, limit);
      const waiting = kept.map(({ seen, amount, due, isLate }) => ({
        shiftId: seen.shift.id,
        counterId: seen.shift.counterId,
        amount,
        due,
        isLate,
      }));
      return { data: deposits.map(presentDeposit), nextCursor: null, kept: waiting, keptSum, onItsWaySum };
    },
  }),
  reading({
    path: '/api/deposits/:id',
    summary: 'One deposit, with what arrived of it',
    query: noQuery,
    read: async (ctx, { actor, params }) => {
      const seen = await seeDeposit(ctx, actor, params['id'] ?? '');
      return {
        ...presentDeposit(seen),
        transactionIds: seen.credits.map(({ id }) => id),
        candidateIds: seen.candidates.map(({ id }) => id),
      };
    },
  }),
  writing({
    path: '/api/deposits/:id/attach',
    summary: 'Say that a credit without a home is this deposit, as far as both go; a person only',
    status: 200,
    body: z.strictObject({ transactionId: identifier, reason, decisionsSeen: z.int().min(0).exactOptional() }),
    act: (ctx, { actor, params, body: { decisionsSeen, ...body } }) =>
      attachDeposit(ctx, { actor, depositId: params['id'] ?? '', ...body, ...(decisionsSeen === undefined ? {} : { decisionsSeen }) }),
    present: (_, seen) => presentTransaction(seen),
  }),
  writing({
    path: '/api/deposits/:id/withdraw',
    summary: 'Withdraw the record of a deposit that no credit belongs to',
    status: 200,
    body: z.strictObject({ reason }),
    act: (ctx, { actor, params, body }) => withdrawDeposit(ctx, { actor, depositId: params['id'] ?? '', reason: body.reason }),
    present: () => ({ withdrawn: true }),
  }),
  ...([true, false] as const).map((isConfirmed) =>
    writing({
      path: `/api/deposits/:id/shortage${isConfirmed ? '' : '/take-back'}`,
      summary: isConfirmed
        ? 'Confirm that the bank counted less than was brought; not by whoever brought it or said which credit it is'
        : 'Take that back, where the rest came after all',
      status: 200,
      body: z.strictObject({ note: reason }),
      act: (ctx, { actor, params, body }) =>
        (isConfirmed ? confirmShortage : takeBackShortage)(ctx, { actor, depositId: params['id'] ?? '', note: body.note }),
      present: (_, { id, short }) => ({ id, short }),
    }),
  ),
];
