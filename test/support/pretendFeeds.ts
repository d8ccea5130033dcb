// Pretend sources on 127.0.0.1: each speaks its documented form, counts what it was asked, and misbehaves when told to.
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { epochMsOf, vietnamTimeOf, type Instant } from '../../src/domain/time';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: Record<string, string>;
  /** Milliseconds on the process's own clock. */
  at: number;
}

export interface Answered {
  status: number;
  headers?: Record<string, string>;
  body: string | object;
}

/** `silent`: takes the request and says nothing. `half_open`: begins an answer and never ends it. `cut`: hangs up in the middle. */
export type Fault = Answered | 'silent' | 'half_open' | 'cut';

export interface PretendSource {
  url: string;
  asked: Asked[];
  /** What the next requests get in place of an answer; undefined leaves one its answer. */
  faults: (Fault | undefined)[];
  close(): Promise<void>;
}

export interface PretendMovement {
  id: number;
  bankTime: Instant;
  accountNumber: string;
  /** Đồng; money out is below zero. */
  amount: number;
  content: string;
  reference: string;
  balanceAfter: number;
  virtualAccount?: string;
  payerName?: string;
  payerAccount?: string;
}

/** An order that a citizen has paid, or not yet (`paidAt` absent). */
export interface PretendOrder {
  orderId: string;
  /** payOS: the link's id. VNPAY: its own number. */
  gatewayId: string;
  createdAt: Instant;
  paidAt?: Instant;
  amount: number;
  content: string;
  reference: string;
  accountNumber: string;
}

const unauthorized = (body: object): Answered => ({ status: 401, body });

/** Lists are read at every request: what a test pushes is there at the next one. */
export const pretendSepay = (token: string, movements: readonly PretendMovement[]): Promise<PretendSource> =>
  pretendSource(({ path, query, headers }) => {
    if (path !== '/transactions/list') return { status: 404, body: '' };
    // SePay's first edition answers 200 to a wrong token, and nothing more.
    if (headers.authorization !== `Bearer ${token}`) return { status: 200, body: '' };
    const account = query.get('account_number');
    const [min, max] = [query.get('transaction_date_min') ?? '', query.get('transaction_date_max') ?? '9'];
    const found = movements
      .filter((one) => (!account || one.accountNumber === account) && timeOf(one) >= min && timeOf(one) <= max)
      .sort((one, other) => (timeOf(one) < timeOf(other) ? 1 : -1))
      .slice(0, Math.min(5_000, Number(query.get('limit') ?? 5_000)));
    return { status: 200, body: { status: 200, error: null, messages: { success: true }, transactions: found.map(sepayRow) } };
  });

const timeOf = ({ bankTime }: PretendMovement): string => vietnamTimeOf(bankTime);

const sepayRow = (one: PretendMovement): object => ({
  id: String(one.id),
  bank_brand_name: 'MBBank',
  account_number: one.accountNumber,
  transaction_date: timeOf(one),
  amount_out: `${Math.max(0, -one.amount)}.00`,
  amount_in: `${Math.max(0, one.amount)}.00`,
  accumulated: `${one.balanceAfter}.00`,
  transaction_content: one.content,
  reference_number: one.reference,
  code: null,
  sub_account: one.virtualAccount ?? null,
  bank_account_id: '19',
});

export const pretendCasso = (key: string, movements: readonly PretendMovement[], mostPerPage = 100): Promise<PretendSource> =>
  pretendSource(({ path, query, headers }) => {
    if (path !== '/transactions') return { status: 404, body: '' };
    if (headers.authorization !== `Apikey ${key}`) return unauthorized({ error: 401, message: 'Unauthorized' });
    const [from, to] = [query.get('fromDate') ?? '', query.get('toDate') ?? '9'];
    const pageSize = Math.min(mostPerPage, Number(query.get('pageSize') ?? 10));
    const page = Number(query.get('page') ?? 1);
    const found = movements
      .filter((one) => timeOf(one).slice(0, 10) >= from && timeOf(one).slice(0, 10) <= to)
      .sort((one, other) => (timeOf(one) < timeOf(other) ? -1 : 1));
    const totalPages = Math.ceil(found.length / pageSize);
    const records = found.slice((page - 1) * pageSize, page * pageSize).map(cassoRow);
    const around = { nextPage: page < totalPages ? page + 1 : null, prevPage: page > 1 ? page - 1 : null };
    const data = { page, pageSize, ...around, totalPages, totalRecords: found.length, records };
    return { status: 200, body: { error: 0, message: 'success', data } };
  });

const cassoRow = (one: PretendMovement): object => ({
  id: one.id,
  tid: one.reference,
  description: one.content,
  amount: one.amount,
  cusumBalance: one.balanceAfter,
  when: timeOf(one).replace(' ', 'T'),
  bookingDate: null,
  bankSubAccId: one.accountNumber,
  paymentChannel: '',
  virtualAccount: one.virtualAccount ?? '',
  virtualAccountName: '',
  corresponsiveName: one.payerName ?? '',
  corresponsiveAccount: one.payerAccount ?? '',
  corresponsiveBankId: '',
  corresponsiveBankName: '',
  accountId: 733,
  bankCodeName: 'mbbank_biz',
});

export const pretendPayos = (clientId: string, apiKey: string, orders: readonly PretendOrder[]): Promise<PretendSource> =>
  pretendSource(({ path, headers }) => {
    if (headers['x-client-id'] !== clientId) return { status: 200, body: { code: '214', desc: 'Cổng thanh toán không tồn tại' } };
    if (headers['x-api-key'] !== apiKey) return unauthorized({ code: '401', desc: 'Unauthorized' });
    const order = orders.find(({ orderId }) => path === `/v2/payment-requests/${orderId}`);
    if (!order) return { status: 200, body: { code: '101', desc: 'Mã thanh toán không tồn tại' } };
    return { status: 200, body: { code: '00', desc: 'success', data: paymentLink(order), signature: 'not-looked-at' } };
  });

const paymentLink = ({ gatewayId, orderId, amount, paidAt, createdAt, ...order }: PretendOrder): object => ({
  id: gatewayId,
  orderCode: Number(orderId),
  amount,
  amountPaid: paidAt ? amount : 0,
  amountRemaining: paidAt ? 0 : amount,
  status: paidAt ? 'PAID' : 'PENDING',
  createdAt,
  transactions: paidAt ? [{ ...paymentLinkTransfer(order, paidAt), amount }] : [],
  cancellationReason: null,
  canceledAt: null,
});

const paymentLinkTransfer = (
  { reference, content, accountNumber }: Pick<PretendOrder, 'reference' | 'content' | 'accountNumber'>,
  paidAt: Instant,
): object => ({
  reference,
  accountNumber,
  description: content,
  transactionDateTime: vietnamTimeOf(paidAt),
  virtualAccountName: null,
  virtualAccountNumber: null,
  counterAccountBankId: null,
  counterAccountBankName: null,
  counterAccountName: null,
  counterAccountNumber: null,
});

const askedOfVnpay = ['RequestId', 'Version', 'Command', 'TmnCode', 'TxnRef', 'TransactionDate', 'CreateDate', 'IpAddr', 'OrderInfo'];
const answeredByVnpay = [
  ...['ResponseId', 'Command', 'ResponseCode', 'Message', 'TmnCode', 'TxnRef', 'Amount', 'BankCode', 'PayDate', 'TransactionNo'],
  ...['TransactionType', 'TransactionStatus', 'OrderInfo', 'PromotionCode', 'PromotionAmount'],
];

export const pretendVnpay = (terminal: string, secret: string, orders: readonly PretendOrder[]): Promise<PretendSource> =>
  pretendSource(({ method, path, body }) => {
    if (method !== 'POST' || path !== '/merchant_webapi/api/transaction') return { status: 404, body: '' };
    if (body['vnp_TmnCode'] !== terminal) return vnpayFault('02', 'Invalid TmnCode');
    if (body['vnp_SecureHash'] !== vnpayHash(body, askedOfVnpay, secret)) return vnpayFault('97', 'Invalid checksum');
    const order = orders.find(
      ({ orderId, createdAt }) => orderId === body['vnp_TxnRef'] && digitsOf(createdAt) === body['vnp_TransactionDate'],
    );
    if (!order) return vnpayFault('91', 'Transaction not found');
    const answer = vnpayAnswer(order, terminal);
    return { status: 200, body: { ...answer, vnp_SecureHash: vnpayHash(answer, answeredByVnpay, secret) } };
  });

const vnpayFault = (code: string, message: string): Answered => ({
  status: 200,
  body: { vnp_ResponseId: 'r', vnp_Command: 'querydr', vnp_ResponseCode: code, vnp_Message: message },
});

const vnpayAnswer = (order: PretendOrder, terminal: string): Record<string, string> => ({
  vnp_ResponseId: 'c63baeb800374ba68d0ad6b0cb691b0d',
  vnp_Command: 'querydr',
  vnp_ResponseCode: '00',
  vnp_Message: 'QueryDR Success',
  vnp_TmnCode: terminal,
  vnp_TxnRef: order.orderId,
  vnp_Amount: String(order.amount * 100),
  vnp_OrderInfo: order.content,
  vnp_BankCode: 'NCB',
  vnp_PayDate: digitsOf(order.paidAt ?? order.createdAt),
  vnp_TransactionNo: order.gatewayId,
  vnp_TransactionType: '01',
  vnp_TransactionStatus: order.paidAt ? '00' : '01',
});

const digitsOf = (instant: Instant): string => vietnamTimeOf(instant).replace(/\D/g, '');

const vnpayHash = (fields: Record<string, string>, names: readonly string[], secret: string): string =>
  createHmac('sha512', secret)
    .update(names.map((name) => fields[`vnp_${name}`] ?? '').join('|'))
    .digest('hex');

export interface PretendEvent {
  id: string;
  type: string;
  created: Instant;
  data: object;
}

export const pretendStripe = (key: string, events: readonly PretendEvent[]): Promise<PretendSource> =>
  pretendSource(({ path, query, headers }) => {
    if (path !== '/v1/events') return { status: 404, body: { error: { type: 'invalid_request_error' } } };
    if (headers.authorization !== `Bearer ${key}`)
      return unauthorized({ error: { type: 'invalid_request_error', message: 'Invalid API Key' } });
    const types = query.getAll('types[]');
    const [from, to] = [Number(query.get('created[gte]')), Number(query.get('created[lte]'))];
    const found = events
      .filter(({ type, created }) => types.includes(type) && secondsOf(created) >= from && secondsOf(created) <= to)
      .sort((one, other) => secondsOf(other.created) - secondsOf(one.created));
    const after = query.get('starting_after');
    const first = after === null ? 0 : found.findIndex(({ id }) => id === after) + 1;
    const page = found.slice(first, first + Math.min(100, Number(query.get('limit') ?? 10)));
    const data = page.map((event) => ({ ...event, object: 'event', api_version: '2025-03-31.basil', created: secondsOf(event.created) }));
    return { status: 200, body: { object: 'list', url: '/v1/events', has_more: first + page.length < found.length, data } };
  });

const secondsOf = (instant: Instant): number => Math.floor(epochMsOf(instant) / 1000);

export async function pretendSource(answerTo: (asked: Asked) => Answered): Promise<PretendSource> {
  const asked: Asked[] = [];
  const faults: PretendSource['faults'] = [];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const question = questionOf(req, Buffer.concat(chunks));
      asked.push(question);
      answer(res, faults.shift() ?? answerTo(question));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    faults,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function questionOf(req: IncomingMessage, body: Buffer): Asked {
  const { pathname, searchParams } = new URL(req.url ?? '/', 'http://pretend');
  const json: unknown = body.length > 0 ? JSON.parse(body.toString()) : {};
  return {
    method: req.method ?? '',
    path: pathname,
    query: searchParams,
    headers: req.headers,
    body: json as Record<string, string>,
    at: performance.now(),
  };
}

function answer(res: ServerResponse, given: Fault): void {
  if (given === 'silent') return;
  if (given === 'half_open' || given === 'cut') {
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    res.write('{"transactions":[', () => given === 'cut' && res.destroy());
    return;
  }
  const body = typeof given.body === 'string' ? given.body : JSON.stringify(given.body);
  res.writeHead(given.status, { 'content-type': 'application/json', ...given.headers });
  res.end(body);
}
