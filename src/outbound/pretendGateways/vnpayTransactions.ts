// What happens at a pretend VNPAY: payers come with a signed address, pay or go back, and merchants ask and pay back.
// Source: sandbox.vnpayment.vn/apis/docs/thanh-toan-pay/pay.html and truy-van-hoan-tien/querydr&refund.html
import { createHmac } from 'node:crypto';
import type { Instant } from '../../domain/time';
import { digitsOf, signedOfAnswer, signedOfQuestion, signedOfRefund, signedOfRefundAnswer, vnpaySignature } from '../vnpayQuestions';
import { digits, nameLike, remember } from './memory';
import type { Behaviour, PaymentBehaviour, PretendSettings } from './pretendGateway';
import type { Teller } from './teller';

export interface VnpaySettings extends PretendSettings {
  terminal: string;
  /** The terminal's hash secret. */
  token: string;
}

export interface VnpayDesk {
  settings: VnpaySettings;
  teller: Teller;
  behaviour: Behaviour;
  /** By `vnp_TxnRef` and day, within which it is unique. */
  transactions: Map<string, PretendTransaction>;
  /** Numbers of requests, none of which is taken twice. */
  requests: Map<string, true>;
}

export interface PretendTransaction {
  id: string;
  orderId: string;
  /** In hundredths. */
  amount: number;
  about: string;
  returnUrl: string;
  createDate: string;
  expireDate: string;
  /** `vnp_ResponseCode` and `vnp_TransactionStatus`. */
  code: string;
  status: '00' | '01' | '02';
  number: string;
  bankNumber: string;
  paidAt?: Instant;
  /** The payer has paid, and the money has not come. */
  isUnderWay?: boolean;
  refunded: number;
}

type Fields = Record<string, string>;

/** The codes of its error page. */
export class VnpayRefusal extends Error {
  constructor(readonly code: string) {
    super(`vnpay ${code}`);
  }
}

const notYet = '99';
const cancelled = '24';
const leastHundredths = 5_000 * 100;
const mostHundredths = 1_000_000_000 * 100;

/** What a payer's address asks for; the same again is the same transaction. Throws VnpayRefusal. */
export function comeWith(desk: VnpayDesk, rawQuery: string): PretendTransaction {
  const fields = Object.fromEntries(new URLSearchParams(rawQuery));
  const field = (name: string): string => fields[`vnp_${name}`] ?? '';
  // A parameter that others add breaks the signature, as it does at the real one.
  if (fields['vnp_SecureHash'] !== hashOf(rawQuery, desk.settings.token)) throw new VnpayRefusal('70');
  if (field('TmnCode') !== desk.settings.terminal) throw new VnpayRefusal('71');
  const amount = Number(field('Amount'));
  const isSound =
    field('Version') === '2.1.0' &&
    field('Command') === 'pay' &&
    field('CurrCode') === 'VND' &&
    /^[\w.-]{1,100}$/.test(field('TxnRef')) &&
    /^[A-Za-z0-9 ]{1,255}$/.test(field('OrderInfo')) &&
    /^\d{14}$/.test(field('CreateDate')) &&
    /^\d{14}$/.test(field('ExpireDate')) &&
    /^https?:/.test(field('ReturnUrl')) &&
    field('IpAddr') !== '' &&
    ['vn', 'en'].includes(field('Locale'));
  if (!isSound || !Number.isInteger(amount) || amount % 100 !== 0) throw new VnpayRefusal('03');
  if (amount < leastHundredths || amount >= mostHundredths) throw new VnpayRefusal('03');
  if (field('ExpireDate') <= digitsOf(desk.settings.now())) throw new VnpayRefusal('11');
  const known = desk.transactions.get(keyOf(field('TxnRef'), field('CreateDate')));
  if (known && (known.status !== '01' || known.isUnderWay || known.amount !== amount)) throw new VnpayRefusal('01');
  return known ?? began(desk, field, amount);
}

function began({ transactions }: VnpayDesk, field: (name: string) => string, amount: number): PretendTransaction {
  const transaction: PretendTransaction = {
    ...{ id: nameLike(''), orderId: field('TxnRef'), amount, about: field('OrderInfo'), returnUrl: field('ReturnUrl') },
    ...{
      createDate: field('CreateDate'),
      expireDate: field('ExpireDate'),
      code: notYet,
      status: '01',
      number: '0',
      bankNumber: '',
      refunded: 0,
    },
  };
  remember(transactions, keyOf(transaction.orderId, transaction.createDate), transaction);
  return transaction;
}

const keyOf = (orderId: string, createDate: string): string => `${orderId} ${createDate.slice(0, 8)}`;

/** Resolves when it was told. Where the money is under way, that nothing came of it yet is told now, and the money later. */
export function pay(desk: VnpayDesk, transaction: PretendTransaction, how: PaymentBehaviour): Promise<void> {
  const tell = (as: PaymentBehaviour): Promise<void> => desk.teller.tell(as, () => ({ method: 'GET', query: resultOf(desk, transaction) }));
  const arrive = (as: PaymentBehaviour): Promise<void> => {
    const payment = { code: '00', status: '00', number: digits(8), bankNumber: `VNP${digits(8)}`, paidAt: desk.settings.now() } as const;
    Object.assign(transaction, payment);
    return tell(as);
  };
  if (how !== 'unpaid_then_paid') return arrive(how);
  transaction.isUnderWay = true;
  desk.teller.later(() => arrive('well'));
  return tell('well');
}

/** A payment that the payer gave up is told too. */
export function giveUp(desk: VnpayDesk, transaction: PretendTransaction, how: PaymentBehaviour): Promise<void> {
  Object.assign(transaction, { code: cancelled, status: '02' } as const);
  return desk.teller.tell(how, () => ({ method: 'GET', query: resultOf(desk, transaction) }));
}

/** The signed query of webhooks and of the payer's return. */
export function resultOf({ settings }: VnpayDesk, transaction: PretendTransaction): string {
  const { amount, about, paidAt, code, number, orderId, status, bankNumber } = transaction;
  const fields: Fields = {
    vnp_Amount: String(amount),
    vnp_BankCode: paidAt ? 'NCB' : 'VNPAY',
    ...(bankNumber ? { vnp_BankTranNo: bankNumber, vnp_CardType: 'ATM' } : {}),
    vnp_OrderInfo: about,
    vnp_PayDate: digitsOf(paidAt ?? settings.now()),
    vnp_ResponseCode: code,
    vnp_TmnCode: settings.terminal,
    vnp_TransactionNo: number,
    vnp_TransactionStatus: status,
    vnp_TxnRef: orderId,
  };
  const query = new URLSearchParams(fields).toString();
  return `${query}&vnp_SecureHash=${hashOf(query, settings.token)}`;
}

/** Over the pieces as they came, by name. */
const hashOf = (rawQuery: string, secret: string): string =>
  createHmac('sha512', secret)
    .update(
      rawQuery
        .split('&')
        .filter((piece) => !/^vnp_SecureHash(Type)?=|=$/.test(piece))
        .sort()
        .join('&'),
    )
    .digest('hex');

/** The answer to `querydr` or `refund`. */
export function answerTo(desk: VnpayDesk, question: Fields): Fields {
  const { terminal, token } = desk.settings;
  const isRefund = question['vnp_Command'] === 'refund';
  const names = isRefund ? signedOfRefund : signedOfQuestion;
  if (question['vnp_TmnCode'] !== terminal) return failure(question, '02', 'Invalid TmnCode');
  if (question['vnp_SecureHash'] !== vnpaySignature(question, names, token)) return failure(question, '97', 'Invalid checksum');
  if (names.some((name) => !question[`vnp_${name}`])) return failure(question, '03', 'Invalid data format');
  const requestId = question['vnp_RequestId'] ?? '';
  if (desk.requests.has(requestId)) return failure(question, '94', 'Duplicate request');
  remember(desk.requests, requestId, true);
  const transaction = desk.transactions.get(keyOf(question['vnp_TxnRef'] ?? '', question['vnp_TransactionDate'] ?? ''));
  if (!transaction || transaction.createDate !== question['vnp_TransactionDate']) return failure(question, '91', 'Transaction not found');
  const answer = isRefund ? refundAnswer(desk, transaction, question) : queryAnswer(desk, transaction);
  return { ...answer, vnp_SecureHash: vnpaySignature(answer, isRefund ? signedOfRefundAnswer : signedOfAnswer, token) };
}

const failure = (question: Fields, code: string, message: string): Fields => ({
  ...{ vnp_ResponseId: nameLike(''), vnp_Command: question['vnp_Command'] ?? '', vnp_ResponseCode: code, vnp_Message: message },
});

function queryAnswer(desk: VnpayDesk, transaction: PretendTransaction): Fields {
  const isOver = transaction.status === '01' && !transaction.isUnderWay && transaction.expireDate <= digitsOf(desk.settings.now());
  return {
    ...aboutOf(desk, transaction, 'querydr', 'QueryDR Success'),
    vnp_Amount: String(transaction.amount),
    vnp_TransactionNo: transaction.number,
    vnp_TransactionType: '01',
    vnp_TransactionStatus: isOver ? '02' : transaction.status,
  };
}

/** VNPAY takes a refund, and makes it with the bank afterwards. */
function refundAnswer(desk: VnpayDesk, transaction: PretendTransaction, question: Fields): Fields {
  const [amount, type] = [Number(question['vnp_Amount']), question['vnp_TransactionType']];
  if (transaction.status !== '00' || transaction.number !== question['vnp_TransactionNo']) return failure(question, '95', 'Not successful');
  if (!Number.isInteger(amount) || amount < 100 || !['02', '03'].includes(type ?? ''))
    return failure(question, '03', 'Invalid data format');
  if (transaction.refunded + amount > transaction.amount) return failure(question, '93', 'Invalid refund amount');
  if (type === '02' && amount !== transaction.amount) return failure(question, '04', 'Not a full refund');
  transaction.refunded += amount;
  return {
    ...aboutOf(desk, transaction, 'refund', 'Refund Success'),
    vnp_Amount: String(amount),
    vnp_TransactionNo: digits(8),
    vnp_TransactionType: type ?? '',
    vnp_TransactionStatus: '05',
  };
}

const aboutOf = ({ settings }: VnpayDesk, { orderId, about, paidAt }: PretendTransaction, command: string, message: string): Fields => ({
  ...{ vnp_ResponseId: nameLike(''), vnp_Command: command, vnp_ResponseCode: '00', vnp_Message: message, vnp_TmnCode: settings.terminal },
  ...{ vnp_TxnRef: orderId, vnp_OrderInfo: about, vnp_BankCode: 'NCB', vnp_PayDate: digitsOf(paidAt ?? settings.now()) },
});
