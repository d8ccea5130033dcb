// Refunds over the API: ask, say where it goes, approve or refuse by another person, send, and confirm by the movement that paid it.
import { z } from 'zod';
import { confirmFile, confirmRefund } from '../actions/confirmRefund';
import { approveRefund, refuseRefund } from '../actions/decideRefund';
import { explainTransaction } from '../actions/explainTransaction';
import { prepareRefund, requestRefund } from '../actions/requestRefund';
import { failRefund } from '../actions/releaseRefund';
import { listRefunds, seeRefund, type SeenRefund } from '../actions/seeRefund';
import type { OpenRefund } from '../actions/openRefund';
import { exportRefunds, sendRefund } from '../actions/sendRefund';
import { takeBackConfirmation, takeBackFile } from '../actions/takeBackConfirmation';
import { takeBackExplanation } from '../actions/takeBackExplanation';
import { statedPurposes } from '../actions/explainTransaction';
import { bankOfBin } from '../domain/banks';
import { isId } from '../domain/id';
import { vnd } from '../domain/money';
import { openStates, refundStates, type Payee, type Refund, type RefundStep } from '../domain/refund';
import type { Transaction } from '../domain/transaction';
import { maskedAccount } from '../domain/shownPayee';
import { Problem } from '../problems';
import { page } from './present';
import { reading, writing, type Input, type Route } from './route';
import { identifier, line, personName } from './text';

const payee = z.strictObject({
  bankBin: z.string().refine((bin) => bankOfBin(bin) !== undefined, 'not the number of a bank (BIN)'),
  accountNumber: z
    .string()
    .regex(/^[0-9A-Za-z]{4,32}$/, '4 to 32 letters and digits')
    .exactOptional(),
  accountName: personName.exactOptional(),
  evidence: line(500, 3).exactOptional(),
  isTreasury: z.boolean().exactOptional(),
});

const version = z.int().min(1).exactOptional().meta({
  description: 'The `version` that the caller has seen: with more steps by now nothing is done.',
});

const requestBody = z.strictObject({
  transactionId: identifier,
  amount: z.int().min(1).exactOptional(),
  reason: line(500, 3),
  decisionsSeen: z.int().min(0).exactOptional(),
  payee: payee.exactOptional(),
});

const refundsQuery = z.strictObject({
  state: z.enum(refundStates).exactOptional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: identifier.exactOptional(),
});

const noteBody = z.strictObject({ reason: line(500, 3).exactOptional(), version });
const reasonBody = z.strictObject({ reason: line(500, 3), version });

type Body = { version?: number };
const openingIn = ({ actor, params, body }: Input<Body, unknown>) => ({
  actor,
  refundId: params['id'] ?? '',
  ...(body.version === undefined ? {} : { version: body.version }),
});

export const refundRoutes: Route[] = [
  writing({
    path: '/api/refunds',
    summary: 'Ask for a refund of money that belongs to no obligation, to the account that paid; a person only. Another person approves it',
    status: 201,
    body: requestBody,
    act: (ctx, { actor, body: { amount, ...body } }) => requestRefund(ctx, { actor, ...body, ...(amount ? { amount: vnd(amount) } : {}) }),
    present: (_, open) => presentRefund(open),
  }),
  reading({
    path: '/api/refunds',
    summary: 'Refunds in the order of asking; without `state` those that still wait for somebody',
    query: refundsQuery,
    read: async (ctx, { actor, query: { state, limit, cursor } }) => {
      if (cursor !== undefined && !isId('refund', cursor))
        throw new Problem('request_invalid', 'cursor', [{ path: 'cursor', message: 'not the nextCursor of a page' }]);
      const { list } = await listRefunds(ctx, actor, state ? [state] : openStates, limit + 1, cursor ? { after: cursor } : {});
      return page(list, limit, ({ refund }) => refund.id, presentListed);
    },
  }),
  reading({
    path: '/api/refunds/:id',
    summary: 'One refund with its steps, and what the caller may do next',
    query: z.strictObject({}),
    read: async (ctx, { actor, params }) => presentSeen(await seeRefund(ctx, { actor, refundId: params['id'] ?? '' })),
  }),
  writing({
    path: '/api/refunds/:id/prepare',
    summary: 'Say to which account it goes; another one than that which paid needs evidence, and two who approve',
    status: 200,
    body: z.strictObject({ payee, version }),
    act: (ctx, input) => prepareRefund(ctx, { ...openingIn(input), payee: input.body.payee }),
    present: (_, open) => presentRefund(open),
  }),
  writing({
    path: '/api/refunds/:id/approve',
    summary: 'Approve it; never by whoever asked for it or said where it goes',
    status: 200,
    body: noteBody,
    act: (ctx, input) => approveRefund(ctx, { ...openingIn(input), ...(input.body.reason ? { reason: input.body.reason } : {}) }),
    present: (_, open) => presentRefund(open),
  }),
  writing({
    path: '/api/refunds/:id/refuse',
    summary: 'Refuse it: the money waits for a home again',
    status: 200,
    body: reasonBody,
    act: (ctx, input) => refuseRefund(ctx, { ...openingIn(input), reason: input.body.reason }),
    present: (_, open) => presentRefund(open),
  }),
  writing({
    path: '/api/refunds/:id/send',
    summary: 'Send an approved refund: through the gateway that holds the money, or as a transfer that a person makes',
    status: 200,
    body: noteBody,
    callsOut: () => true,
    act: (ctx, input) => sendRefund(ctx, { ...openingIn(input), ...(input.body.reason ? { reason: input.body.reason } : {}) }),
    present: (_, open) => presentRefund(open),
  }),
  writing({
    path: '/api/refunds/:id/confirm',
    summary: 'Name the movement that paid it; `evidence` instead where a gateway or the Treasury paid and no movement of ours tells of it',
    status: 200,
    body: z.strictObject({ transactionId: identifier.exactOptional(), evidence: line(500, 3).exactOptional(), version }),
    act: (ctx, input) => {
      const { transactionId, evidence } = input.body;
      return confirmRefund(ctx, { ...openingIn(input), ...(transactionId ? { transactionId } : {}), ...(evidence ? { evidence } : {}) });
    },
    present: (_, open) => presentRefund(open),
  }),
  writing({
    path: '/api/refunds/:id/take-back',
    summary: 'Take the confirmation back, where it was the wrong movement or document: the refund waits for its own again',
    status: 200,
    body: reasonBody,
    act: (ctx, input) => takeBackConfirmation(ctx, { ...openingIn(input), reason: input.body.reason }),
    present: (_, open) => presentRefund(open),
  }),
  writing({
    path: '/api/refunds/:id/fail',
    summary: 'It did not come about, or the bank returned it: the money waits for a home again',
    status: 200,
    body: reasonBody,
    act: (ctx, input) => failRefund(ctx, { ...openingIn(input), reason: input.body.reason }),
    present: (_, open) => presentRefund(open),
  }),
  writing({
    path: '/api/refund-files',
    summary: 'Put all approved transfers of one account into one file for its bank: they are sent by it, and by no other',
    status: 201,
    body: z.strictObject({ accountId: identifier }),
    act: (ctx, { actor, body }) => exportRefunds(ctx, { actor, ...body }),
    present: (_, file) => file,
  }),
  writing({
    path: '/api/refund-files/:id/confirm',
    summary: 'Name the one movement that paid all refunds of a file that still wait: it has to be just their sum',
    status: 200,
    body: z.strictObject({ transactionId: identifier }),
    act: (ctx, { actor, params, body }) => confirmFile(ctx, { actor, fileId: params['id'] ?? '', ...body }),
    present: (_, refunds) => ({ data: refunds.map(({ resolutionId: __, tryAt: ___, ...refund }) => refund) }),
  }),
  writing({
    path: '/api/refund-files/:id/take-back',
    summary: 'Take back at once all of a file that one movement confirmed, where it was the wrong one: they wait for their own again',
    status: 200,
    body: z.strictObject({ transactionId: identifier, reason: line(500, 3) }),
    act: (ctx, { actor, params, body }) => takeBackFile(ctx, { actor, fileId: params['id'] ?? '', ...body }),
    present: (_, refunds) => ({ data: refunds.map(({ resolutionId: __, tryAt: ___, ...refund }) => refund) }),
  }),
  writing({
    path: '/api/transactions/:id/explain',
    summary: 'Say what money that left an account was for; a person only',
    status: 200,
    body: z.strictObject({
      purpose: z.enum(statedPurposes),
      settlementId: identifier
        .exactOptional()
        .meta({ description: 'Of the purpose `settlement`: the payout for which its gateway debited us.' }),
      reason: line(500, 3),
    }),
    act: (ctx, { actor, params, body }) => explainTransaction(ctx, { actor, transactionId: params['id'] ?? '', ...body }),
    present: (_, explanation) => explanation,
  }),
  writing({
    path: '/api/transactions/:id/take-back',
    summary: 'Take back what was said last of money that left; a person only',
    status: 200,
    body: z.strictObject({ reason: line(500, 3) }),
    act: (ctx, { actor, params, body }) => takeBackExplanation(ctx, { actor, transactionId: params['id'] ?? '', ...body }),
    present: (_, explanation) => explanation,
  }),
];

const presentBare = ({ resolutionId: _, tryAt: __, ...refund }: Refund, transaction: Transaction) => ({
  ...refund,
  agencyCode: transaction.agencyCode ?? null,
});

const presentListed = ({ refund, transaction }: { refund: Refund; transaction: Transaction }) => presentBare(refund, transaction);

const presentStep = ({ refundId: _, ...step }: RefundStep) => step;

/** The account is shown whole to nobody here: who approves sees it on the refund itself. */
const presentPayee = ({ kind, bankBin, accountNumber, accountName, evidence }: Payee, isShown: boolean) => ({
  ...{
    kind,
    bankBin,
    accountName: isShown ? accountName : undefined,
    accountNumber: isShown ? accountNumber : maskedAccount(accountNumber),
  },
  ...(evidence ? { evidence } : {}),
});

const presentRefund = ({ refund, transaction, steps, payee: to }: OpenRefund, isShown = false) => ({
  ...presentBare(refund, transaction),
  ...(to ? { payee: presentPayee(to, isShown) } : {}),
  steps: steps.map(presentStep),
});

const presentSeen = (seen: SeenRefund) => ({
  ...presentRefund(seen, seen.isPayeeShown),
  way: seen.way ?? null,
  approvals: seen.approvals,
  obligations: seen.obligations.map(({ obligation }) => obligation.id),
  paidBy: seen.explanations.map(({ transactionId, amount }) => ({ transactionId, amount })),
  mayApprove: seen.authority.ok,
  ...(seen.authority.ok ? {} : { whyNot: seen.authority.why }),
  next: seen.next,
});
