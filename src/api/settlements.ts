// Settlements of gateways over the API: a list comes in as text, payouts are listed and seen with what differs, and a credit is taken as one.
import { z } from 'zod';
import { carryPayout, takePayoutBack } from '../actions/carryPayout';
import { keepSettlement } from '../actions/keepSettlement';
import { listOwed, listSettlements, seeSettlement, type ListedSettlement } from '../actions/seeSettlements';
import { settlePayout } from '../actions/settlePayouts';
import { settlementProviders } from '../domain/settlement';
import { page } from './present';
import { reading, writing, type Route } from './route';
import { identifier, line } from './text';

const reason = line(200, 3);
const text = (longest: number) => z.string().min(1).max(longest);
const settlementBody = z.strictObject({
  provider: z.enum(settlementProviders),
  fileName: text(200),
  /** The CSV as it is; larger lists come in on the screen. */
  content: z.string().min(1),
  payoutId: text(100).exactOptional(),
});
const listQuery = z.strictObject({
  provider: z.enum(settlementProviders).exactOptional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: identifier.exactOptional(),
});
const decisionBody = z.strictObject({
  transactionId: identifier,
  reason,
  /** What is missing of the net sum, banks took for the transfer. */
  isRestCharge: z.boolean().default(false),
});

export const settlementRoutes: Route[] = [
  writing({
    path: '/api/settlements',
    summary: 'A settlement list as a gateway sent it; the same again adds nothing',
    status: 201,
    body: settlementBody,
    callsOut: () => true,
    act: (ctx, { actor, body: { content, ...sent } }) => keepSettlement(ctx, { actor, ...sent, bytes: Buffer.from(content) }),
    present: (_, { settlementIds, newLines, alreadyKnown, rejected }) => ({ settlementIds, newLines, alreadyKnown, rejected }),
  }),
  reading({
    path: '/api/settlements',
    summary: 'Payouts of gateways, the newest first, with gross, fee and net',
    query: listQuery,
    read: async (ctx, { actor, query: { limit, cursor, ...query } }) => {
      const listed = await listSettlements(ctx, actor, query, limit + 1, cursor);
      return { ...page(listed, limit, ({ settlement }) => settlement.id, presentListed), owed: await listOwed(ctx, actor) };
    },
  }),
  reading({
    path: '/api/settlements/:id',
    summary: 'One payout line by line, beside our own payments',
    query: z.strictObject({}),
    read: async (ctx, { actor, params }) => {
      const seen = await seeSettlement(ctx, actor, params['id'] ?? '');
      return {
        ...presentListed(seen),
        rejected: seen.file.rejected,
        lines: seen.lines.map(({ line, movement, difference }) => ({
          ...line,
          transactionId: movement?.id ?? null,
          difference: difference ?? null,
        })),
        suggested: seen.suggested.map(({ credit, by }) => ({ transactionId: credit.id, unapplied: credit.unapplied, by })),
      };
    },
  }),
  writing({
    path: '/api/settlements/:id/settle',
    summary: 'Say which credit of the bank a payout is',
    status: 200,
    body: decisionBody,
    act: async (ctx, { actor, params, body }) => {
      await settlePayout(ctx, { actor, settlementId: params['id'] ?? '', ...body });
      return { id: params['id'] ?? '', transactionId: body.transactionId };
    },
    present: (_, settled) => settled,
  }),
  writing({
    path: '/api/settlements/:id/carry',
    summary: 'Say in which other payout the gateway sets off one that pays nothing: its sums stand there from now on',
    status: 200,
    body: z.strictObject({ into: identifier, reason }),
    act: async (ctx, { actor, params, body }) => {
      await carryPayout(ctx, { actor, settlementId: params['id'] ?? '', ...body });
      return { id: params['id'] ?? '', carriedInto: body.into };
    },
    present: (_, carried) => carried,
  }),
  writing({
    path: '/api/settlements/:id/carry-back',
    summary: 'Take that back, while the money of the other payout has not come',
    status: 200,
    body: z.strictObject({ reason }),
    act: async (ctx, { actor, params, body }) => {
      await takePayoutBack(ctx, { actor, settlementId: params['id'] ?? '', ...body });
      return { id: params['id'] ?? '', carriedInto: null };
    },
    present: (_, taken) => taken,
  }),
];

const presentListed = ({ settlement: { fileId: _, ...settlement }, totals, lineCount, arrivedWith, carriedInto }: ListedSettlement) => ({
  ...settlement,
  ...totals,
  lineCount,
  arrivedWith: arrivedWith ?? null,
  carriedInto: carriedInto ?? null,
});
