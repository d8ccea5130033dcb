// Pays at the pretend bank of demo mode: one or two transfers, each told to the service once or twice, as real banks do.
import type { Context } from '../context';
import type { Money } from '../domain/money';
import type { PaymentRequest } from '../domain/paymentRequest';
import { referencesIn } from '../domain/reference';
import { addMs, type Instant } from '../domain/time';
import { Problem } from '../problems';
import { movePretendMoney, type PretendMoved } from './movePretendMoney';

export interface PretendPayment {
  bankBin: string;
  accountNumber: string;
  amount: Money;
  /** What the QR asked for: by it the bank knows until when the offer is good. */
  purpose: string;
  /** What arrives, after the banks on the way. */
  content: string;
  /** The bank tells of the same transfer twice. */
  isToldTwice: boolean;
  /** The payer transfers twice: two different transfers. */
  isPaidTwice: boolean;
  /** The bank books it after the offer has expired. */
  isLate: boolean;
  /** The bank never tells of it: only its statement does. */
  isUntold: boolean;
}

const lateByMs = 5 * 60_000;
const mostOffers = 20;

/** What the service answered to every telling, transfer by transfer. Throws route_unknown outside demo mode, pretend_payment_failed. */
export async function payAtPretendBank(ctx: Context, payment: PretendPayment): Promise<PretendMoved[]> {
  const { bankBin, accountNumber, amount, content } = payment;
  const bankTime = payment.isLate ? await afterExpiry(ctx, payment.purpose) : ctx.now();
  const tellings = payment.isUntold ? 0 : payment.isToldTwice ? 2 : 1;
  const moved: PretendMoved[] = [];
  for (const _transfer of payment.isPaidTwice ? [1, 2] : [1])
    moved.push(await movePretendMoney(ctx, { bankBin, accountNumber, direction: 'in', amount, content, bankTime, tellings }));
  return moved;
}

/** What waits to be paid now, so that a newcomer needs no scanner. Throws route_unknown outside demo mode. */
export async function listOffers(ctx: Context): Promise<PaymentRequest[]> {
  if (!ctx.outbound.pretendBank) throw new Problem('route_unknown');
  return ctx.store.tables.paymentRequests.listOpen(ctx.now(), mostOffers);
}

/** A while after the last offer for what the QR names has expired, as far as anybody knows. */
async function afterExpiry(ctx: Context, purpose: string): Promise<Instant> {
  const { obligations, paymentRequests } = ctx.store.tables;
  const named = (await obligations.named(referencesIn(purpose))).map((candidate) => candidate.obligationId);
  const requests = (await Promise.all(named.map((id) => paymentRequests.ofObligation(id)))).flat();
  const last = requests.map((request) => request.expiresAt).sort();
  return addMs(last.at(-1) ?? addMs(ctx.now(), ctx.config.paymentRequestMinutes * 60_000), lateByMs);
}
