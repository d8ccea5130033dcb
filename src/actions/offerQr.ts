// Offers a VietQR for exactly what is outstanding, with the reference in it; whoever asks for it was let in before.
import type { Context, ReadTables, Tables } from '../context';
import { accountFor, type Account } from '../domain/agency';
import { obligationEvent } from '../domain/event';
import { outstandingOf, statusOf, type Obligation } from '../domain/obligation';
import type { PaymentRequest } from '../domain/paymentRequest';
import { addMs, dayOf, type Instant } from '../domain/time';
import { encodeVietQr, napasCeiling } from '../domain/vietqr';
import { Problem } from '../problems';

export interface OfferedQr {
  request: PaymentRequest;
  account: Account;
}

const closedStatuses = {
  cancelled: 'obligation_cancelled',
  free: 'obligation_free',
  paid: 'obligation_already_paid',
  overpaid: 'obligation_already_paid',
} as const;

/** Throws a Problem when nothing is to be paid. */
export function demandPayable(obligation: Obligation): void {
  const status = statusOf(obligation);
  if (status !== 'open' && status !== 'part_paid') throw new Problem(closedStatuses[status]);
}

/** Throws a Problem when nothing is to be paid, or not this way. An earlier open QR is replaced. */
export async function offerQr(
  ctx: Context,
  tables: Tables,
  obligation: Obligation,
  counterId: string | undefined,
  at: Instant,
): Promise<OfferedQr> {
  demandPayable(obligation);
  const account = await accountOf(tables, obligation, at);
  if (!account) throw new Problem('account_unknown', obligation.agencyCode);
  const amount = outstandingOf(obligation);
  if (amount.compare(napasCeiling) >= 0) throw new Problem('amount_over_transfer_limit');
  const request: PaymentRequest = {
    id: ctx.id('paymentRequest'),
    obligationId: obligation.id,
    reference: obligation.reference,
    method: 'vietqr',
    amount,
    accountId: account.id,
    ...(counterId ? { counterId } : {}),
    payload: encodeVietQr({ bankBin: account.bankBin, accountNumber: account.accountNumber, amount, purpose: obligation.reference }),
    createdAt: at,
    expiresAt: addMs(at, ctx.config.paymentRequestMinutes * 60_000),
  };
  await tables.paymentRequests.markReplaced(obligation.id, obligation.reference, at);
  await tables.paymentRequests.keep(request);
  await tables.events.append([obligationEvent('payment_request.opened', obligation, at, counterId, request.id)]);
  return { request, account };
}

/** A tax is paid to the Treasury's account of its notice, anything else into the account of the unit. */
export async function accountOf(
  tables: Pick<ReadTables, 'accounts' | 'agencies'>,
  { agencyCode, treasuryAccountId }: Obligation,
  at: Instant,
): Promise<Account | undefined> {
  if (treasuryAccountId !== undefined) return tables.accounts.find(treasuryAccountId);
  return accountFor(await tables.agencies.list(), await tables.accounts.list(), agencyCode, dayOf(at));
}
