// Offers a way to pay an obligation: a VietQR for exactly what is outstanding, or a session at a gateway.
import type { Context } from '../context';
import type { OnlineMethod } from '../domain/onlineSession';
import type { PaymentMethod } from '../domain/paymentRequest';
import type { Actor } from '../domain/role';
import { counterInSight, demand, obligationInSight } from './demand';
import { offerQr, type OfferedQr } from './offerQr';
import { openSession, type OpenedPayment } from './openSession';
import { sharePayPage } from './sharePayPage';

export interface PaymentRequestWish {
  actor: Actor;
  obligationId: string;
  method: PaymentMethod;
  counterId?: string;
  /** Where a gateway sends the payer's browser afterwards; without it to the citizen's page. */
  returnUrl?: string;
}

export type OfferedPayment = OfferedQr | OpenedPayment;

/** Throws a Problem when nothing is to be paid, or not this way. An earlier open QR is replaced; sessions may stand beside each other. */
export async function requestPayment(ctx: Context, wish: PaymentRequestWish): Promise<OfferedPayment> {
  demand(wish.actor, 'issue');
  return wish.method === 'vietqr' ? requestQr(ctx, wish) : requestSession(ctx, wish, wish.method);
}

async function requestQr(ctx: Context, { actor, obligationId, counterId }: PaymentRequestWish): Promise<OfferedQr> {
  const at = ctx.now();
  const offered = await ctx.store.transact(async (tables) => {
    const obligation = await obligationInSight(tables, actor, obligationId);
    const counter = counterId ? await counterInSight(tables, actor, counterId) : undefined;
    return offerQr(ctx, tables, obligation, counter?.id ?? obligation.counterId, at);
  });
  ctx.bell.ring();
  return offered;
}

async function requestSession(
  ctx: Context,
  { actor, obligationId, counterId, returnUrl }: PaymentRequestWish,
  method: OnlineMethod,
): Promise<OpenedPayment> {
  const { tables } = ctx.store;
  await obligationInSight(tables, actor, obligationId);
  if (counterId) await counterInSight(tables, actor, counterId);
  const back = returnUrl ?? `${await sharePayPage(ctx, actor, obligationId)}/back`;
  return openSession(ctx, { obligationIds: [obligationId], method, returnUrl: back, language: 'vi' });
}
