// payOS: a payment link, paid by a bank transfer through its own QR. Source: payos.vn/docs/api and npm @payos/node 2.0.5
import { PayOS } from '@payos/node';
import { prefix } from '../../domain/reference';
import { epochMsOf } from '../../domain/time';
import { payosCodeOf, payosUnknownStatus, payosVerdict } from '../payosAnswer';
import {
  GatewayRefused,
  GatewayUnavailable,
  type Gateway,
  type GatewayAccess,
  type GatewayOrder,
  type GatewayWord,
  type OpenedSession,
} from './gateway';
import { pageAt, type Call, type Within } from './limits';

const ownUrl = 'https://api-merchant.payos.vn';
const ownPages = 'https://pay.payos.vn';
/** "Đơn thanh toán đã tồn tại": not documented; public code takes it as that. */
const existsCode = '231';
/** May still be paid: `UNDERPAID` waits for the rest. */
const openStatuses = ['PENDING', 'PROCESSING', 'UNDERPAID'];

type Link = Awaited<ReturnType<PayOS['paymentRequests']['get']>>;

/** The token is the API key, the secret the checksum key; `PAYOS_CLIENT_ID` is in the settings. */
export const payosGateway = (within: Within): Gateway => ({
  provider: 'payos',
  baseUrl: ownUrl,
  orderIds: 'number',

  open: (access, order) =>
    within(
      access,
      async (call) => {
        const links = linksOf(access, call);
        const link = await links.create(linkFor(order)).catch((error: unknown) => {
          if (payosCodeOf(call.answer().body) !== existsCode) throw error;
        });
        if (link) return { sessionId: link.paymentLinkId, redirectUrl: pageAt(link.checkoutUrl) };
        return openedBefore(await links.get(numberOf(order)), order, access);
      },
      payosVerdict,
    ),

  ask: (access, order) =>
    within(
      access,
      async (call) => {
        const link = await linksOf(access, call).get(numberOf(order)).catch(noneIfUnknown(call));
        if (link && link.orderCode !== numberOf(order)) throw new GatewayUnavailable('another_order');
        return link ? wordOf(link, call.answer().body) : { standing: 'unknown' };
      },
      payosVerdict,
    ),

  /** Throws GatewayRefused `already_paid` where the payer was faster. */
  end: (access, order) =>
    within(
      access,
      async (call) => {
        const links = linksOf(access, call);
        const cancelled = await links.cancel(numberOf(order), 'Het han hoac khong can nua').catch((error: unknown) => {
          if (call.answer().status !== 200) throw error;
        });
        // With which code payOS refuses is not documented: its word on the order says why.
        const link = cancelled ?? (await links.get(numberOf(order)).catch(noneIfUnknown(call)));
        if (!link) return true;
        if (link.status === 'PAID' || link.transactions.length > 0) throw new GatewayRefused('already_paid');
        return !openStatuses.includes(link.status);
      },
      payosVerdict,
    ),

  /**
   * payOS knows no refund of a payment link. Its `payouts` are transfers from an account of ours to one that we name, under other keys:
   * that is a transfer like any other, and for people to make.
   */
  payBack: () => Promise.reject(new GatewayRefused('refund_not_offered')),
});

/** The SDK with our fetch, without tries, logs or a deadline of its own that would come first. */
function linksOf({ baseUrl, token, secret, settings }: GatewayAccess, { fetch }: Call): PayOS['paymentRequests'] {
  const clientId = settings['PAYOS_CLIENT_ID'];
  if (!clientId) throw new GatewayRefused('PAYOS_CLIENT_ID_missing');
  if (!token || !secret) throw new GatewayRefused('token_missing');
  const keys = { clientId, apiKey: token, checksumKey: secret, partnerCode: null };
  return new PayOS({ ...keys, baseURL: baseUrl, fetch, maxRetries: 0, logLevel: 'off' }).paymentRequests;
}

/** Nine characters are what a transfer to an account that is not linked through payOS carries: the reference without its prefix. */
const linkFor = (order: GatewayOrder) => ({
  orderCode: numberOf(order),
  amount: order.amount.toJSON(),
  description: order.reference.startsWith(prefix) ? order.reference.slice(prefix.length) : order.reference,
  returnUrl: order.returnUrl,
  cancelUrl: order.returnUrl,
  expiredAt: Math.floor(epochMsOf(order.expiresAt) / 1000),
});

function numberOf({ orderId }: { orderId: string }): number {
  const number = Number(orderId);
  if (!/^[1-9]\d*$/.test(orderId) || !Number.isSafeInteger(number)) throw new GatewayRefused('order_not_a_number');
  return number;
}

/** payOS does not tell the address of the page a second time; it is named after the link. Of another sum, the number is somebody else's. */
function openedBefore({ id, status, amount }: Link, order: GatewayOrder, { baseUrl }: GatewayAccess): OpenedSession {
  if (amount !== order.amount.toJSON()) throw new GatewayRefused('order_taken');
  if (!openStatuses.includes(status)) throw new GatewayRefused('session_not_open');
  const pages = new URL(baseUrl).origin === ownUrl ? ownPages : baseUrl.replace(/\/+$/, '');
  return { sessionId: id, redirectUrl: pageAt(`${pages}/web/${encodeURIComponent(id)}`) };
}

/** Money first: whatever became of the link, what was transferred counts. Paid, and no transfer listed yet, is asked about again. */
function wordOf({ status, transactions }: Link, told: Buffer): GatewayWord {
  if (transactions.length > 0) return { standing: 'paid', told };
  return { standing: status === 'PAID' || openStatuses.includes(status) ? 'open' : 'ended' };
}

const noneIfUnknown = (call: Call) => (error: unknown) => {
  const { status, body } = call.answer();
  if (status !== payosUnknownStatus && payosVerdict(body).is !== 'unknown') throw error;
  return undefined;
};
