// How our nouns look on the wire.
import { bankAppLinks } from '../domain/bankApps';
import { bankOfBin } from '../domain/banks';
import type { SeenObligation } from '../actions/seeObligation';
import type { OfferedQr } from '../actions/offerQr';
import type { OfferedPayment } from '../actions/requestPayment';
import type { SeenTransaction } from '../actions/seeTransaction';
import type { SuggestedObligation } from '../actions/suggestObligations';
import { netBySource } from '../domain/allocation';
import { reliefOf } from '../domain/feeRelief';
import { amountsOf, statusOf, type FeeItem } from '../domain/obligation';
import { paymentRequestStatus } from '../domain/paymentRequest';
import { latestOf } from '../domain/receiptNeed';
import type { Instant } from '../domain/time';
import { presentReceiptOf } from './presentReceipt';
import { presentTaxNotice } from './presentTaxNotice';
import type { Dossier } from '../domain/dossier';

export const presentObligation = (seen: SeenObligation, now: Instant) => ({
  ...presentMoney(seen),
  ...presentTaxNotice(seen, now),
});

const presentMoney = ({ obligation, dossier, payments, refunded, receipts }: SeenObligation) => ({
  id: obligation.id,
  reference: obligation.reference,
  status: statusOf(obligation),
  flags: obligation.flags,
  dossier: presentDossier(dossier),
  feeItems: obligation.feeItems.map(presentFeeItem),
  amounts: { ...amountsOf(obligation), refunded },
  payments: payments.map(({ transaction, ...payment }) => ({
    transactionId: transaction?.id ?? null,
    provider: transaction?.provider ?? 'cash',
    method: payment.method,
    amount: payment.amount,
    excess: payment.excess,
    flags: payment.flags,
    paidAt: payment.paidAt,
    proof: transaction?.proof ?? null,
  })),
  ...receiptsIn(receipts),
  ...(obligation.cancelled ? { cancelled: obligation.cancelled } : {}),
  agencyCode: obligation.agencyCode,
  counterId: obligation.counterId ?? null,
  createdAt: obligation.createdAt,
});

/** `receipt` is the one that stands, of the phí where there are two. */
function receiptsIn(receipts: SeenObligation['receipts']) {
  const [first] = latestOf(receipts);
  return first ? { receipt: presentReceiptOf(first), receipts: receipts.map(presentReceiptOf) } : {};
}

export const presentDossier = (dossier: Dossier) => ({
  code: dossier.code,
  procedureCode: dossier.procedureCode,
  sectorCode: dossier.sectorCode,
  agencyCode: dossier.agencyCode,
  channel: dossier.channel,
  applicant: {
    name: dossier.applicantName,
    ...(dossier.applicantPhone ? { phone: dossier.applicantPhone } : {}),
    ...(dossier.applicantEmail ? { email: dossier.applicantEmail } : {}),
  },
  processingStartedAt: dossier.processingStartedAt ?? null,
  createdAt: dossier.createdAt,
});

/** A line in the order of the contract. */
const presentFeeItem = (item: FeeItem) => ({
  feeId: item.feeId,
  name: item.name,
  kind: item.kind,
  ...(item.kind === 'thue' ? { chapter: item.chapter, subItem: item.subItem } : {}),
  quantity: item.quantity,
  ...(item.units === undefined ? {} : { units: item.units }),
  ...(item.value === undefined ? {} : { value: item.value }),
  ...(item.case === undefined ? {} : { case: item.case }),
  unitAmount: item.unitAmount,
  grossAmount: item.grossAmount,
  amount: item.amount,
  legalBasis: item.legalBasis,
  ...(item.preference ? { preference: item.preference } : {}),
  relief: reliefOf(item),
  trace: item.trace,
});

export function presentPaymentRequest(offered: OfferedPayment, now: Instant, publicUrl: string) {
  const { request } = offered;
  return {
    id: request.id,
    obligationId: request.obligationId,
    method: request.method,
    amount: request.amount,
    status: paymentRequestStatus(request, now),
    createdAt: request.createdAt,
    expiresAt: request.expiresAt,
    ...('account' in offered ? { vietqr: presentQr(offered, publicUrl) } : { redirectUrl: offered.redirectUrl }),
  };
}

export const presentQr = ({ request, account }: OfferedQr, publicUrl: string) => ({
  payload: request.payload,
  bankBin: account.bankBin,
  bankName: bankOfBin(account.bankBin)?.shortName ?? null,
  accountNumber: account.accountNumber,
  accountName: account.accountName,
  content: request.reference,
  svgUrl: `${publicUrl}/payment-requests/${request.id}.svg`,
  pngUrl: `${publicUrl}/payment-requests/${request.id}.png`,
  deeplinks: bankAppLinks(request, account),
});

export function presentTransaction({ transaction, money, allocations, resolutions, tellings }: SeenTransaction) {
  return {
    id: transaction.id,
    provider: transaction.provider,
    via: transaction.via,
    account: transaction.accountId ?? null,
    accountNumber: transaction.accountNumber,
    amount: transaction.amount,
    applied: money.applied,
    unapplied: money.unapplied,
    toRefund: money.toRefund,
    notOurs: money.notOurs,
    explained: money.explained,
    content: transaction.content,
    bankReference: transaction.bankReference ?? null,
    bankTime: transaction.bankTime,
    receivedAt: transaction.receivedAt,
    state: transaction.state,
    ...(transaction.why ? { why: transaction.why } : {}),
    ...(transaction.orderId ? { orderId: transaction.orderId } : {}),
    ...(transaction.virtualAccount ? { virtualAccount: transaction.virtualAccount } : {}),
    ...(transaction.proof === undefined ? {} : { proof: transaction.proof }),
    allocations: netBySource(allocations).map(({ obligationId, amount, excess }) => ({ obligationId, amount, excess })),
    resolutions: resolutions.map(({ transactionId: _, ...resolution }) => resolution),
    alsoToldBy: tellings.map(({ provider, via, toldAt }) => ({ provider, via, toldAt })),
  };
}

export const presentCandidate = ({ obligation, outstanding, reasons, score }: SuggestedObligation) => ({
  obligationId: obligation.id,
  reference: obligation.reference,
  outstanding,
  reasons,
  score,
});

/** One page of a list that was asked for with one row more than its limit. */
export function page<Row, Presented>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => string | number,
  present: (row: Row) => Presented,
) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { data: shown.map(present), nextCursor: rows.length > limit && last !== undefined ? String(cursorOf(last)) : null };
}
