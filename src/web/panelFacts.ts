// What a panel shows of one obligation: where it stands, the offer that fits what is outstanding, and the account it is paid into.
import { accountFor, type Account } from '../domain/agency';
import { bankOfBin } from '../domain/banks';
import { isPayable, outstandingOf, statusOf, type Obligation, type ObligationStatus } from '../domain/obligation';
import { latestQr, paymentRequestStatus, type PaymentRequest } from '../domain/paymentRequest';
import { dayOf, type Instant } from '../domain/time';
import type { Visit } from './screen';

/** `none`: nothing was offered for this amount yet. */
export type OfferState = 'open' | 'expired' | 'none';

export interface PanelFacts {
  obligation: Obligation;
  status: ObligationStatus;
  isPayable: boolean;
  /** The latest offer, whatever became of it. */
  request?: PaymentRequest;
  offer: OfferState;
  account?: Account;
  bankName: string;
  now: Instant;
}

export async function panelFacts({ ctx }: Visit, obligation: Obligation): Promise<PanelFacts> {
  const { tables } = ctx.store;
  const now = ctx.now();
  const request = latestQr(await tables.paymentRequests.ofObligation(obligation.id), obligation.reference);
  const accounts = await tables.accounts.list();
  const accountId = obligation.treasuryAccountId ?? request?.accountId;
  const account = accountId
    ? accounts.find((known) => known.id === accountId)
    : accountFor(await tables.agencies.list(), accounts, obligation.agencyCode, dayOf(now));
  const status = statusOf(obligation);
  return {
    obligation,
    status,
    isPayable: isPayable(obligation),
    ...(request ? { request } : {}),
    offer: offerState(obligation, request, now),
    ...(account ? { account } : {}),
    bankName: account ? (bankOfBin(account.bankBin)?.shortName ?? account.bankBin) : '',
    now,
  };
}

/** What tells two looks of a panel apart: a screen that shows this needs nothing new. */
export const lookOf = ({ obligation, request, offer }: PanelFacts, step = ''): string =>
  [obligation.id, obligation.version, request?.id ?? '', offer, step].join('.');

function offerState(obligation: Obligation, request: PaymentRequest | undefined, now: Instant): OfferState {
  if (!request || !request.amount.equals(outstandingOf(obligation))) return 'none';
  const status = paymentRequestStatus(request, now);
  return status === 'open' || status === 'expired' ? status : 'none';
}
