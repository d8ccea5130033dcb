// A pretend VNPAY: the payment page behind a signed address, its questions for merchants, and signed webhooks. Source: sandbox.vnpayment.vn/apis/docs
import { vnd } from '../../domain/money';
import { jsonOf, textAt } from '../feeds/answer';
import { transactionPath } from '../vnpayQuestions';
import { addressWith, chosenIn, offerPage, refusalPage, sentTo } from './page';
import { feeOf, isPayoutPath, newPayoutDesk, payoutAnswer, plainList, refundOf, type PretendMovement } from './payouts';
import type { PretendGateway } from './pretendGateway';
import { gatewayOver, type Asked, type Reply } from './server';
import { tellerTo } from './teller';
import { answerTo, comeWith, giveUp, pay, resultOf, VnpayRefusal, type VnpayDesk, type VnpaySettings } from './vnpayTransactions';

const payPath = '/paymentv2/vpcpay.html';

const refusals: Readonly<Record<string, string>> = {
  '01': 'Giao dịch đã tồn tại.',
  '03': 'Dữ liệu gửi sang không đúng định dạng.',
  '11': 'Đã quá thời gian thanh toán.',
  '70': 'Sai chữ ký.',
  '71': 'Website chưa được phê duyệt.',
};

export function pretendVnpay(settings: VnpaySettings): PretendGateway {
  const teller = tellerTo(settings, (status, body) => status === 200 && ['00', '02'].includes(replyCodeIn(body)));
  const desk: VnpayDesk = { settings, teller, behaviour: 'well', transactions: new Map(), requests: new Map() };
  const isPage = (path: string): boolean => path === payPath || isPayoutPath(path);
  const refunds = new Map<string, number>();
  const payouts = newPayoutDesk({
    ...{ gateway: 'VNPAY', name: 'QT', now: settings.now, payOut: settings.payOut },
    ...{ listOf: plainList, movements: () => movementsAt(desk, refunds) },
  });
  const answer = (asked: Asked) => {
    if (isPayoutPath(asked.path)) return payoutAnswer(payouts, asked);
    return isPage(asked.path) ? pageFor(desk, asked) : apiAnswer(desk, asked);
  };
  return gatewayOver('vnpay', desk, { isPage, answer });
}

const feeRate = '0.011';

/** Every payment that succeeded, and what was paid back of it. */
const movementsAt = ({ transactions }: VnpayDesk, refunds: Map<string, number>): PretendMovement[] =>
  [...transactions.values()].flatMap(({ amount, number, orderId, paidAt: at, refunded }) => {
    if (at === undefined) return [];
    const about = { paymentId: number, orderId, at };
    const gross = vnd(amount / 100);
    const paid = { ...about, id: number, kind: 'payment' as const, gross, fee: feeOf(gross, feeRate) };
    return [paid, ...refundOf(refunds, about, refunded / 100)];
  });

/** Anything but `00` and `02` is told again. */
const replyCodeIn = (body: string): string => textAt(jsonOf(Buffer.from(body)), 'RspCode') ?? '';

function apiAnswer(desk: VnpayDesk, { method, path, body }: Asked): Reply {
  if (method !== 'POST' || path !== transactionPath) return { status: 404, body: '' };
  const json = jsonOf(Buffer.from(body));
  const fields = typeof json === 'object' && json !== null ? Object.entries(json) : [];
  return { status: 200, body: answerTo(desk, Object.fromEntries(fields.map(([name, value]) => [name, String(value)]))) };
}

async function pageFor(desk: VnpayDesk, asked: Asked): Promise<Reply> {
  try {
    return await paymentPage(desk, asked);
  } catch (error) {
    if (error instanceof VnpayRefusal) return refusalPage('VNPAY', refusals[error.code] ?? 'Giao dịch thất bại.');
    throw error;
  }
}

/** The form comes back to the same signed address. */
async function paymentPage(desk: VnpayDesk, { method, path, rawQuery, body }: Asked): Promise<Reply> {
  const transaction = comeWith(desk, rawQuery);
  const chosen = method === 'POST' ? chosenIn(body) : undefined;
  const { amount, about: what, returnUrl } = transaction;
  const action = `${path}?${rawQuery}`;
  if (!chosen) return offerPage({ gateway: 'VNPAY', amount: vnd(amount / 100), what, action, behaviour: desk.behaviour });
  const told = (chosen.choice === 'pay' ? pay : giveUp)(desk, transaction, chosen.how);
  if (chosen.how === 'webhook_first') await told;
  return sentTo(addressWith(returnUrl, resultOf(desk, transaction)));
}
