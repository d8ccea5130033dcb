// Offers a way to pay an obligation: a VietQR for exactly what is outstanding, with the reference in it.
import type { Context, Tables } from '../context';
import { accountFor, type Account } from '../domain/agency';
import { obligationEvent } from '../domain/event';
import { outstandingOf, statusOf, type Obligation } from '../domain/obligation';
import type { PaymentMethod, PaymentRequest } from '../domain/paymentRequest';
import type { Actor } from '../domain/role';
import { addMs, dayOf, type Instant } from '../domain/time';
import { encodeVietQr, napasCeiling } from '../domain/vietqr';
import { Problem } from '../problems';
import { counterInSight, demand, obligationInSight } from './demand';

export interface PaymentRequestWish {
  actor: Actor;
  obligationId: string;
  method: PaymentMethod;
  counterId?: string;
}

export interface OfferedPayment {
  request: PaymentRequest;
  account: Account;
}

/** Throws a Problem when nothing is to be paid, or not this way. An earlier open offer is replaced. */
export async function requestPayment(ctx: Context, wish: PaymentRequestWish): Promise<OfferedPayment> {
  demand(wish.actor, 'issue');
  if (wish.method !== 'vietqr') throw new Problem('method_unavailable', wish.method);
  const at = ctx.now();
  const offered = await ctx.store.transact((tables) => offer(ctx, tables, wish, at));
  ctx.bell.ring();
  return offered;
}

async function offer(ctx: Context, tables: Tables, wish: PaymentRequestWish, at: Instant): Promise<OfferedPayment> {
  const obligation = await payable(tables, wish);
  const account = await accountOf(tables, obligation, at);
  if (!account) throw new Problem('account_unknown', obligation.agencyCode);
  const counterId = wish.counterId ? (await counterInSight(tables, wish.actor, wish.counterId)).id : obligation.counterId;
  const amount = outstandingOf(obligation);
  if (amount.compare(napasCeiling) >= 0) throw new Problem('amount_over_transfer_limit');
  const request: PaymentRequest = {
    id: ctx.id('paymentRequest'),
    obligationId: obligation.id,
    reference: obligation.reference,
    method: wish.method,
    amount,
    accountId: account.id,
    ...(counterId ? { counterId } : {}),
    payload: encodeVietQr({ bankBin: account.bankBin, accountNumber: account.accountNumber, amount, purpose: obligation.reference }),
    createdAt: at,
    expiresAt: addMs(at, ctx.config.paymentRequestMinutes * 60_000),
  };
  await tables.paymentRequests.markClosed([obligation.id], 'replaced', at);
  await tables.paymentRequests.keep(request);
  await tables.events.append([obligationEvent('payment_request.opened', obligation, at, counterId, request.id)]);
  return { request, account };
}

/** A tax is paid to the Treasury's account of its notice, anything else into the account of the unit. */
async function accountOf(tables: Tables, { agencyCode, treasuryAccountId }: Obligation, at: Instant): Promise<Account | undefined> {
  if (treasuryAccountId !== undefined) return tables.accounts.find(treasuryAccountId);
  return accountFor(await tables.agencies.list(), await tables.accounts.list(), agencyCode, dayOf(at));
}

const closedStatuses = {
  cancelled: 'obligation_cancelled',
  free: 'obligation_free',
  paid: 'obligation_already_paid',
  overpaid: 'obligation_already_paid',
} as const;

async function payable(tables: Tables, { actor, obligationId }: PaymentRequestWish): Promise<Obligation> {
  const obligation = await obligationInSight(tables, actor, obligationId);
  const status = statusOf(obligation);
  if (status !== 'open' && status !== 'part_paid') throw new Problem(closedStatuses[status]);
  return obligation;
}
