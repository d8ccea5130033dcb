// Published and SDK-made messages of Stripe, payOS and VNPAY, each through the public door of a whole service, with the books behind it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { vnd } from '../../src/domain/money';
import { addMs, instantOf, parseVietnamTime, type Instant } from '../../src/domain/time';
import { pretendVnpay } from '../../src/outbound/pretendGateways';
import { rowsOf } from '../support/books';
import { certifiedCopy, openTestService, type TestService } from '../support/office';

interface Vector {
  id: string;
  provider: 'stripe' | 'payos' | 'vnpay';
  secrets: Record<string, string>;
  orderState?: { exists: boolean; amountVnd?: number; status?: 'pending' | 'settled' };
  url?: string;
  request?: { method: 'GET' | 'POST'; url?: string; headers: Record<string, string>; rawBody: string };
  verify: { nowEpochSeconds?: number; expectValid: boolean };
  expectedResponse?: { status: number; body?: { RspCode?: string; success?: boolean } };
  normalised?: { status: string; direction: 'in' | 'out'; amountVnd: number; bankReference: string | null; orderRef: string | null } | null;
}

const folder = join(__dirname, '../vectors/webhooks');
const vectors = readdirSync(folder).map((file): Vector => JSON.parse(readFileSync(join(folder, file), 'utf8')));
const of = (provider: Vector['provider']) =>
  vectors.filter((one) => one.provider === provider && one.request).map((one) => [one.id, one] as const);
const vectorTime = parseVietnamTime('2025-03-25 14:03:00') ?? instantOf(0);
const order = 'TTHC7K2MQX9P';

describe('the published messages through the public door', () => {
  let service: TestService;
  let now: Instant = vectorTime;
  const opened = async (): Promise<void> => {
    const all = (provider: string) => vectors.filter((one) => one.provider === provider).flatMap(({ secrets }) => Object.values(secrets));
    const webhookSecrets = { stripe: all('stripe'), payos: all('payos'), vnpay: all('vnpay') };
    service = await openTestService('SQLite', {
      config: { webhookSecrets, providerSettings: { VNPAY_TMN_CODE: 'TESTTMN1' } },
      replace: { now: () => now },
    });
  };
  afterEach(() => service.end());

  const sent = ({ provider, request: told, verify }: Vector) => {
    now = verify.nowEpochSeconds === undefined ? vectorTime : instantOf(verify.nowEpochSeconds * 1000);
    if (told?.method === 'GET') return request(service.server).get(told.url ?? '');
    return request(service.server)
      .post(`/webhooks/${provider}`)
      .set(told?.headers ?? {})
      .send(told?.rawBody ?? '');
  };
  const kept = async () =>
    (await rowsOf(service.config.databaseUrl, 'SELECT * FROM incoming_transaction')).map((row) => ({
      ...{ direction: row['direction'], amountVnd: Number(row['amount']), bankReference: row['bank_reference'], orderRef: row['order_id'] },
    }));
  const deliveries = () => rowsOf(service.config.databaseUrl, 'SELECT id FROM delivery');

  it('are all there', () => {
    expect([of('stripe').length, of('payos').length, of('vnpay').length, vectors.length]).toEqual([7, 5, 5, 18]);
  });
  beforeEach(opened);

  it.each([...of('stripe'), ...of('payos')])('%s: is acknowledged with its money, or refused and forgotten', async (_, vector) => {
    const { verify, normalised, expectedResponse } = vector;
    const answer = await sent(vector);
    if (!verify.expectValid) {
      expect(answer.status).toBe(401);
      expect([await kept(), await deliveries()]).toEqual([[], []]);
      return;
    }
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject(expectedResponse?.body ?? {});
    expect(await deliveries()).toHaveLength(1);
    const isMoney = normalised && ['settled', 'partially_refunded'].includes(normalised.status);
    const { direction, amountVnd, bankReference, orderRef } = normalised ?? {};
    expect(await kept()).toEqual(isMoney ? [{ direction, amountVnd, bankReference, orderRef }] : []);
  });

  /** An obligation whose VNPAY order has the name and the sum of the vector. */
  const offered = async (amountVnd: number): Promise<void> => {
    now = instantOf(Date.parse('2026-11-21T07:00:00Z')); // no agency of the demo office is as old as the messages
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    const times = { createdAt: addMs(vectorTime, -600_000), expiresAt: addMs(vectorTime, 300_000) };
    const about = { obligationId: id, reference, method: 'vnpay' as const, amount: vnd(amountVnd), accountId: 'acc-h26-101', payload: '' };
    await service.ctx.store.transact((tables) =>
      tables.paymentRequests.keep({ id: service.ctx.id('paymentRequest'), ...about, orderId: order, ...times }),
    );
  };

  it.each(of('vnpay'))('%s: is answered as VNPAY waits for it, and its money is kept once in any case', async (_, vector) => {
    const { orderState, expectedResponse } = vector;
    if (orderState?.exists) await offered(orderState.amountVnd ?? 0);
    if (orderState?.status === 'settled') await sent(vector).expect(200);
    const answer = await sent(vector).expect(200);
    expect(answer.body.RspCode).toBe(expectedResponse?.body?.RspCode);
    expect(await kept()).toEqual([{ direction: 'in', amountVnd: 180_000, bankReference: 'VNP14226112', orderRef: order }]);
  });

  it('vnpay-pay-url-sdk: is an address that the pretend VNPAY takes, and none with another sum', async () => {
    const vector = vectors.find(({ id }) => id === 'vnpay-pay-url-sdk');
    const address = new URL(vector?.url ?? '');
    const at = () => parseVietnamTime('2025-03-25 14:01:00') ?? vectorTime;
    const settings = { now: at, webhookUrl: () => 'http://127.0.0.1:9', terminal: 'TESTTMN1', token: vector?.secrets['hashSecret'] ?? '' };
    const { url, close } = await pretendVnpay(settings).listen();
    const ask = async (query: string) => (await fetch(`${url}${address.pathname}${query}`, { headers: { connection: 'close' } })).text();
    expect(await ask(address.search)).toContain('180.000 ₫');
    expect(await ask(address.search.replace('vnp_Amount=18000000', 'vnp_Amount=18000100'))).toContain('Sai chữ ký');
    await close();
  });
});
