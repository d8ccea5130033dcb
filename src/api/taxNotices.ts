// Tax notices over the API: recorded for a dossier as they stand; from then on each is an obligation like any other.
import type { z } from 'zod';
import { recordTaxNotice } from '../actions/recordTaxNotice';
import { vnd } from '../domain/money';
import { presentObligation } from './present';
import { writing, type Route } from './route';
import { taxNoticeBody } from './schemas';

export const taxNoticeRoutes: Route[] = [
  writing({
    path: '/api/dossiers/:code/tax-notices',
    summary:
      'Record a notice of the tax authority: an obligation of its own, paid to the Treasury account that it names; several a dossier',
    status: 201,
    body: taxNoticeBody,
    act: (ctx, { actor, params, body: { counterId, dossier, ...notice } }) =>
      recordTaxNotice(ctx, {
        actor,
        dossierCode: params['code'] ?? '',
        ...(counterId ? { counterId } : {}),
        ...(dossier ? { dossier } : {}),
        notice: noticeIn(notice),
      }),
    present: (ctx, recorded) => presentObligation(recorded, ctx.now()),
  }),
];

type Body = Omit<z.output<typeof taxNoticeBody>, 'counterId' | 'dossier'>;

const noticeIn = ({ taxpayer, amount, treasuryAccount, ...rest }: Body) => ({
  ...rest,
  taxpayerName: taxpayer.name,
  amount: vnd(amount),
  account: treasuryAccount,
});
