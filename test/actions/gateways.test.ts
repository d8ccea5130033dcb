// Gateways hold the money that they collect: their order names our payment request, and they hear their own answer to every case.
import { createHmac } from 'node:crypto';
import request from 'supertest';
import { rotateSecret } from '../../src/actions/rotateSecret';
import { vnd } from '../../src/domain/money';
import type { Actor } from '../../src/domain/role';
import { addMs } from '../../src/domain/time';
import { brokenLaws, numberOf } from '../support/books';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

const administrator: Actor = { kind: 'person', officerId: 'of-quantri', name: 'Quản trị', role: 'administrator', agencyCode: 'H26' };

describe.each(databases)('VNPAY on %s', (kind) => {
  let service: TestService;
  let payments = 14_000_000;
  beforeAll(async () => (service = await openTestService(kind)));
  afterAll(() => service.end());

  const count = (text: string) => numberOf(service.config.databaseUrl, text);
  const see = async (id: string) => (await service.call('get', `/api/obligations/${id}`).expect(200)).body;
  const ipn = (order: string, dong: number, more: Record<string, string> = {}, secret = 'demo-secret-vnpay') => {
    const fields: Record<string, string> = {
      vnp_Amount: String(dong * 100),
      vnp_BankCode: 'NCB',
      vnp_OrderInfo: 'Nop phi ho so',
      vnp_PayDate: '20261122090000',
      vnp_ResponseCode: '00',
      vnp_TmnCode: 'DEMO0001',
      vnp_TransactionNo: String(++payments),
      vnp_TransactionStatus: '00',
      vnp_TxnRef: order,
      ...more,
    };
    const query = Object.keys(fields)
      .sort()
      .map((name) => `${name}=${encodeURIComponent(fields[name] ?? '').replace(/%20/g, '+')}`)
      .join('&');
    return `/webhooks/vnpay?${query}&vnp_SecureHash=${createHmac('sha512', secret).update(query).digest('hex')}`;
  };
  const answerTo = async (address: string): Promise<string> => (await request(service.server).get(address).expect(200)).body.RspCode;

  /** An obligation of 21.000 ₫ that VNPAY was asked to collect as an order. */
  const offered = async (orderId: string): Promise<string> => {
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    const createdAt = service.ctx.now();
    await service.ctx.store.transact((tables) =>
      tables.paymentRequests.keep({
        id: service.ctx.id('paymentRequest'),
        obligationId: id,
        reference,
        method: 'vnpay',
        amount: vnd(21_000),
        accountId: 'acc-h26-101',
        payload: '',
        orderId,
        createdAt,
        expiresAt: addMs(createdAt, 900_000),
      }),
    );
    return id;
  };

  it('pays the obligation of its order, is told 00, and 02 when it tells again', async () => {
    const id = await offered('ORDER1');
    const address = ipn('ORDER1', 21_000);
    expect(await answerTo(address)).toBe('00');
    expect(await answerTo(address)).toBe('02');
    expect(await answerTo(`${address}&utm_source=mail`)).toBe('02');
    expect(await see(id)).toMatchObject({ status: 'paid', payments: [{ provider: 'vnpay', method: 'online', amount: 21_000 }] });
    expect(await count(`SELECT count(*) FROM posting WHERE debit = 'gateway:vnpay' AND credit = 'receivable:${id}'`)).toBe(1);
  });

  it('hears 01 of an order that is not ours, each time, and the money is kept for a person', async () => {
    const address = ipn('NOBODY', 50_000);
    expect(await answerTo(address)).toBe('01');
    expect(await answerTo(address)).toBe('01');
    const { data } = (await service.call('get', '/api/transactions?state=unapplied', undefined, 'demo-api-key-ketoan').expect(200)).body;
    expect(data).toMatchObject([{ provider: 'vnpay', orderId: 'NOBODY', unapplied: 50_000, why: 'unknown_order' }]);
  });

  it('hears 04 of another amount than asked for; what came counts all the same', async () => {
    const id = await offered('ORDER2');
    expect(await answerTo(ipn('ORDER2', 20_000))).toBe('04');
    expect(await see(id)).toMatchObject({ status: 'part_paid', amounts: { paid: 20_000, outstanding: 1_000 } });
  });

  it('hears 01 of an order that its own secret does not speak for, which stays open', async () => {
    const [id, secret] = [await offered('ORDER4'), 'secret-of-the-land-office'];
    await rotateSecret(service.ctx, { actor: administrator, accountId: 'acc-h26-90', provider: 'vnpay', secret });
    expect(await answerTo(ipn('ORDER4', 21_000, {}, secret))).toBe('01');
    expect(await see(id)).toMatchObject({ status: 'open' });
    expect(await count(`SELECT count(*) FROM incoming_transaction WHERE order_id = 'ORDER4' AND state = 'foreign'`)).toBe(1);
  });

  it('hears 00 of a payment that failed, and nothing is booked', async () => {
    const id = await offered('ORDER3');
    expect(await answerTo(ipn('ORDER3', 21_000, { vnp_ResponseCode: '24', vnp_TransactionStatus: '02' }))).toBe('00');
    expect(await see(id)).toMatchObject({ status: 'open' });
  });

  it('hears 00 of a failure that comes after the payment, which stays paid', async () => {
    const id = await offered('ORDER5');
    expect(await answerTo(ipn('ORDER5', 21_000))).toBe('00');
    const failure = { vnp_ResponseCode: '24', vnp_TransactionStatus: '02' };
    expect(await answerTo(ipn('ORDER5', 21_000, failure))).toBe('00');
    expect(await answerTo(ipn('ORDER5', 21_000, { ...failure, vnp_TransactionNo: String(payments - 1) }))).toBe('00');
    expect(await see(id)).toMatchObject({ status: 'paid', amounts: { paid: 21_000, over: 0 } });
  });

  it('hears 97 of a message whose hash is wrong, and nothing is kept', async () => {
    const before = await count('SELECT count(*) FROM delivery');
    expect(await answerTo(ipn('ORDER1', 21_000).replace('vnp_Amount=2100000', 'vnp_Amount=9900000'))).toBe('97');
    expect(await count('SELECT count(*) FROM delivery')).toBe(before);
  });

  it('keeps the books sound', async () => {
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });
});
