// Money that a gateway takes back after it was booked: nothing is booked by itself, and somebody sees it, where the fee is and where the work waits.
import { brokenLaws, numberOf, rowsOf } from '../support/books';
import { offeredOrder, paidSession, tellSepayGateway, tellStripe } from '../support/gateway';
import { databases, openTestService, type TestService } from '../support/office';
import { textOf, visitorAt } from '../support/visitor';

const account = 'acc-h26-101';
const key = 'demo-secret-sepay';

describe.each(databases)('money that a gateway takes back, on %s', (kind) => {
  let service: TestService;
  beforeEach(async () => {
    service = await openTestService(kind);
  });
  afterEach(() => service.end());

  const textAt = async (login: string, path: string): Promise<string> => textOf((await (await visitorAt(service, login)).get(path)).text);
  const statusOf = async (id: string): Promise<string> => (await service.call('get', `/api/obligations/${id}`).expect(200)).body.status;
  const refund = (payment: string) => ({ id: `ch_${payment}`, amount_refunded: 21_000, currency: 'vnd', payment_intent: payment });
  const dispute = (payment: string) => ({ id: `du_${payment}`, amount: 21_000, currency: 'vnd', payment_intent: payment });

  it('as a voided order is on the page of its fee, and on the list of finance with the fee that it was for', async () => {
    const { id, orderId, reference } = await offeredOrder(service, account);
    await tellSepayGateway(service, { orderId, paymentId: 'v1' }, key).expect(200);
    expect(await textAt('quay1', `/obligations/${id}`)).not.toContain('Cổng thanh toán đã lấy lại');
    await tellSepayGateway(service, { orderId, paymentId: 'v1', type: 'TRANSACTION_VOID' }, key).expect(200);
    expect(await statusOf(id)).toBe('paid'); // a person decides what follows
    expect(await textAt('quay1', `/obligations/${id}`)).toContain('Cổng thanh toán đã lấy lại 21.000 ₫');
    const list = await textAt('ketoan', '/unmatched');
    expect(list).toContain('Tiền cổng thanh toán đã lấy lại (1)');
    expect(list).toContain(reference);
    expect(list).not.toContain('Tiền ra khỏi tài khoản');
  });

  it.each([
    ['a refund', 'charge.refunded', refund],
    ['a dispute', 'charge.dispute.funds_withdrawn', dispute],
  ])('as %s at Stripe is there too, even when it is told before its payment', async (_, type, taken) => {
    const [before, after] = [await offeredOrder(service, account), await offeredOrder(service, account)];
    await tellStripe(service, 'checkout.session.completed', paidSession(before.orderId, 'pi_1')).expect(200);
    await tellStripe(service, type, taken('pi_1')).expect(200);
    await tellStripe(service, type, taken('pi_2')).expect(200);
    await tellStripe(service, 'checkout.session.completed', paidSession(after.orderId, 'pi_2')).expect(200);
    for (const { id } of [before, after])
      expect(await textAt('quay1', `/obligations/${id}`)).toContain('Cổng thanh toán đã lấy lại 21.000 ₫');
    const list = await textAt('ketoan', '/unmatched');
    expect(list).toContain('Tiền cổng thanh toán đã lấy lại (2)');
    for (const { reference } of [before, after]) expect(list).toContain(reference);
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });

  it('and gives again after a dispute is no new income: a person looks', async () => {
    const { id, orderId } = await offeredOrder(service, account);
    await tellStripe(service, 'checkout.session.completed', paidSession(orderId, 'pi_3')).expect(200);
    await tellStripe(service, 'charge.dispute.funds_withdrawn', dispute('pi_3')).expect(200);
    await tellStripe(service, 'charge.dispute.funds_reinstated', dispute('pi_3')).expect(200);
    expect(await numberOf(service.config.databaseUrl, `SELECT sum(amount) FROM posting WHERE debit = 'gateway:stripe'`)).toBe(21_000);
    expect(await statusOf(id)).toBe('paid');
    expect(await rowsOf(service.config.databaseUrl, `SELECT problem FROM delivery WHERE state = 'unreadable'`)).toEqual([
      { problem: 'needs_a_person: type' },
    ]);
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });

  it('of a payment that nobody told of is on the list alone', async () => {
    await tellStripe(service, 'charge.refunded', refund('pi_4')).expect(200);
    expect(await textAt('ketoan', '/unmatched')).toContain('Tiền cổng thanh toán đã lấy lại (1)');
  });
});
