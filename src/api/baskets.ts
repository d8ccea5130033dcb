// Baskets over the API: several obligations under one reference, paid at once.
import { makeBasket } from '../actions/makeBasket';
import { outstandingOfAll } from '../domain/basket';
import { presentQr } from './present';
import { writing, type Route } from './route';
import { basketBody } from './schemas';

export const basketRoutes: Route[] = [
  writing({
    path: '/api/baskets',
    summary: 'Give several obligations one more reference, so that one payment pays them all',
    status: 201,
    body: basketBody,
    act: (ctx, { actor, body: { obligationIds } }) => makeBasket(ctx, { actor, obligationIds }),
    present: (ctx, { reference, url, legs, account, qr }) => {
      const amount = outstandingOfAll(legs);
      return {
        reference,
        amount,
        payPage: url,
        obligations: legs.map(({ id, reference: own }) => ({ id, reference: own })),
        ...(qr ? { vietqr: presentQr({ request: { ...qr, amount }, account }, ctx.config.publicUrl) } : {}),
      };
    },
  }),
];
