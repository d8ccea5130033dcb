// VNPAY: a signed address that the payer's browser opens; what became of it is asked. Source: sandbox.vnpayment.vn/apis/docs and npm vnpay 2.5.0
import { createHash } from 'node:crypto';
import type { Instant } from '../../domain/time';
import { jsonOf, textAt } from '../feeds/answer';
import { faultOfAddress } from '../exchange';
import type { Verdict } from '../verdict';
import {
  digitsOf,
  transactionPath,
  vnpayQuestion,
  vnpayRefund,
  vnpayRefundVerdict,
  vnpayVerdict,
  type VnpayTerminal,
} from '../vnpayQuestions';
import {
  GatewayRefused,
  GatewayUnavailable,
  type Gateway,
  type GatewayAccess,
  type GatewayOrder,
  type GatewayWord,
  type Payback,
} from './gateway';
import type { Within } from './limits';

const done = '00';
/** Of the payment; refunds of it have others. */
const paymentType = '01';
const failed = '02';
const refundStatuses = ['05', '06', '09'];
const longestAbout = 255;
const longestLogin = 245;

/**
 * The token is the terminal's hash secret, and never sent; `VNPAY_TMN_CODE` is in the settings. `now` is the time that a question carries.
 * The SDK makes the address alone: what it asks, it asks with the global fetch and without a deadline, and it verifies no answer to a
 * refund, as it divides the amount before it checks what was signed.
 */
export const vnpayGateway = (within: Within, now: () => Instant): Gateway => {
  const asked = (access: GatewayAccess, question: Record<string, string>): Promise<Buffer> =>
    within(access, async ({ fetch, answer }) => {
      const headers = { accept: 'application/json', 'content-type': 'application/json' };
      const address = access.baseUrl.replace(/\/+$/, '') + transactionPath;
      const { ok } = await fetch(address, { method: 'POST', headers, body: JSON.stringify(question) });
      if (!ok) throw new Error('judged by what came over the wire');
      const { body } = answer();
      if (textAt(jsonOf(body), 'vnp_ResponseCode') === undefined) throw new GatewayUnavailable('not_an_order');
      return body;
    });

  return {
    provider: 'vnpay',
    /** The documented one; VNPAY names the one for real money when it opens a terminal. */
    baseUrl: 'https://sandbox.vnpayment.vn',
    orderIds: 'letters_and_digits',

    /** Nothing is asked of VNPAY: it hears of the order when the payer comes. The same order has the same address. */
    open: async (access, order) => ({ redirectUrl: await addressFor(order, access) }),

    ask: async (access, order) => {
      const told = await asked(access, vnpayQuestion(order, terminalOf(access), now()));
      return isKnown(vnpayVerdict(told, access.token, order.orderId), 'asked_too_soon') ? wordOf(told) : { standing: 'unknown' };
    },

    /** There is no such call: the address is good until `vnp_ExpireDate`. */
    end: async () => false,

    /** VNPAY takes a number of a refund once in a day: a try of a later day is another refund to it, which is for people to decide. */
    payBack: async (access, payback) => {
      const told = await asked(access, vnpayRefund(refundOf(payback), terminalOf(access), now()));
      if (!isKnown(vnpayRefundVerdict(told, access.token, payback.orderId), 'refund_under_way'))
        throw new GatewayRefused('payment_unknown');
      const json = jsonOf(told);
      const gatewayReference = textAt(json, 'vnp_TransactionNo');
      return {
        standing: textAt(json, 'vnp_TransactionStatus') === done ? 'done' : 'pending',
        ...(gatewayReference ? { gatewayReference } : {}),
      };
    },
  };
};

/** The SDK makes hundredths of the amount. */
async function addressFor(order: GatewayOrder, access: GatewayAccess): Promise<string> {
  const fault = faultOfAddress(access.baseUrl);
  if (fault) throw new GatewayRefused(fault);
  const { terminal, secret } = terminalOf(access);
  // Its types are those of an ES module, whatever it is loaded as.
  const { HashAlgorithm, ProductCode, VNPay, VnpLocale } = await import('vnpay');
  const hosts = { vnpayHost: access.baseUrl, queryDrAndRefundHost: access.baseUrl, testMode: false };
  const sdk = new VNPay({ ...hosts, tmnCode: terminal, secureSecret: secret, hashAlgorithm: HashAlgorithm.SHA512, enableLog: false });
  return sdk.buildPaymentUrl({
    vnp_Amount: order.amount.toJSON(),
    vnp_TxnRef: order.orderId,
    vnp_OrderInfo: plain(`Nop phi ${order.reference}`),
    vnp_OrderType: ProductCode.Other,
    vnp_IpAddr: order.clientAddress,
    vnp_ReturnUrl: order.returnUrl,
    vnp_Locale: order.language === 'vi' ? VnpLocale.VN : VnpLocale.EN,
    vnp_CreateDate: Number(digitsOf(order.createdAt)),
    vnp_ExpireDate: Number(digitsOf(order.expiresAt)),
  });
}

function terminalOf({ token, settings }: GatewayAccess): VnpayTerminal {
  const { VNPAY_TMN_CODE: terminal, VNPAY_SERVER_IP: serverAddress } = settings;
  if (!terminal) throw new GatewayRefused('VNPAY_TMN_CODE_missing');
  if (!token) throw new GatewayRefused('token_missing');
  return { terminal, secret: token, serverAddress };
}

/** Being asked too often is no fault of VNPAY's, and opens no circuit. */
function isKnown(verdict: Verdict, later: string): boolean {
  if (verdict.is === 'refused') throw new GatewayRefused(verdict.why);
  if (verdict.is === 'unavailable') throw new GatewayUnavailable(verdict.why);
  if (verdict.is === 'later') throw new GatewayUnavailable(later);
  return verdict.is === 'known';
}

/** What was paid and paid back was paid. Money under suspicion, or charged and not taken, is neither paid nor over: its webhook told a person. */
function wordOf(told: Buffer): GatewayWord {
  const json = jsonOf(told);
  const status = textAt(json, 'vnp_TransactionStatus') ?? '';
  const isRefund = (textAt(json, 'vnp_TransactionType') ?? paymentType) !== paymentType;
  if (status === done || isRefund || refundStatuses.includes(status)) return { standing: 'paid', told };
  return { standing: status === failed ? 'ended' : 'open' };
}

function refundOf({ refundId, orderId, createdAt, amount, paid, paymentId, by, reason }: Payback) {
  // Our id of the transaction ends with VNPAY's number.
  const transactionNumber = /(?:^| )(\d{1,20})$/.exec(paymentId)?.[1];
  if (transactionNumber === undefined) throw new GatewayRefused('payment_unknown');
  return {
    requestId: createHash('sha256').update(refundId).digest('hex').slice(0, 32),
    ...{ orderId, createdAt, amount, transactionNumber },
    isWhole: amount.equals(paid),
    by: plain(by).slice(0, longestLogin),
    about: plain(`Hoan tien ${orderId} ${reason}`).slice(0, longestAbout).trim(),
  };
}

/** Which characters VNPAY escapes, and how, is unpublished: letters without marks, digits and spaces are safe. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, (letter) => (letter === 'đ' ? 'd' : 'D'))
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim();
