// Several obligations, one payment: a family or a notary's office pays under one reference, and the split is exact to the đồng.
import request from 'supertest';
import { tell } from '../support/bank';
import { brokenLaws } from '../support/books';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

interface Leg {
  id: string;
  reference: string;
}

describe.each(databases)('a basket on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openTestService(kind);
  });
  afterAll(() => service.end());

  const issued = async (quantity = 3): Promise<Leg> => {
    const wish = certifiedCopy();
    const fees = [{ feeId: 'CT-2.000815', units: 5, quantity }];
    return (await service.call('post', '/api/obligations', { ...wish, fees }).expect(201)).body;
  };
  const made = (legs: readonly Leg[]) => service.call('post', '/api/baskets', { obligationIds: legs.map(({ id }) => id) });
  const pay = (content: string, amount: number) => tell(service, { content, amount }).expect(200);
  const seen = async ({ id }: Leg) => (await service.call('get', `/api/obligations/${id}`).expect(200)).body;
  const paidOf = async (legs: readonly Leg[]) =>
    Promise.all(legs.map(async (leg) => [(await seen(leg)).status, (await seen(leg)).amounts.paid, (await seen(leg)).amounts.over]));
  const sound = async (): Promise<void> => expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  const cancel = ({ id }: Leg) =>
    service.call('post', `/api/obligations/${id}/cancel`, { reason: 'Lập nhầm' }, 'demo-api-key-quay1').expect(200);

  it('is paid by one transfer: each leg gets its own sum, by dynamic QR and in time', async () => {
    const legs = [await issued(1), await issued(2), await issued(3)];
    const { body } = await made(legs).expect(201);
    expect(body).toMatchObject({ amount: 42_000, vietqr: { content: body.reference } });
    expect(body.vietqr.payload).toContain('540542000');
    await pay(`NOP PHI ${body.reference}`, 42_000);
    expect(await paidOf(legs)).toEqual([7_000, 14_000, 21_000].map((sum) => ['paid', sum, 0]));
    const [first] = await Promise.all(legs.map(seen));
    expect(first).toMatchObject({ flags: [], payments: [{ method: 'vietqr', amount: 7_000 }] });
    expect(first.payments[0].proof).toMatchObject({ rule: 'basket', version: 6 });
    await sound();
  });

  it('keeps the others when one leg is cancelled: what was meant for it is held, and theirs is paid', async () => {
    const legs = [await issued(1), await issued(2)];
    const { reference } = (await made(legs).expect(201)).body;
    await cancel(legs[0] as Leg);
    await pay(reference, 21_000);
    expect(await paidOf(legs)).toEqual([
      ['cancelled', 0, 7_000],
      ['paid', 14_000, 0],
    ]);
    expect((await seen(legs[0] as Leg)).flags).toEqual(['after_cancel']);
    await sound();
  });

  it('keeps the others when one leg was paid by itself meanwhile', async () => {
    const legs = [await issued(1), await issued(2)];
    const { reference } = (await made(legs).expect(201)).body;
    await pay(String(legs[1]?.reference), 14_000);
    await pay(reference, 21_000);
    expect(await paidOf(legs)).toEqual([
      ['paid', 7_000, 0],
      ['overpaid', 14_000, 14_000],
    ]);
    await sound();
  });

  it('is paid twice: the second is held as a duplicate', async () => {
    const legs = [await issued(1), await issued(2)];
    const { reference } = (await made(legs).expect(201)).body;
    await pay(reference, 21_000);
    await pay(reference, 21_000);
    const over = (await paidOf(legs)).map(([, , sum]) => sum as number);
    expect(over.reduce((all, one) => all + one, 0)).toBe(21_000);
    await sound();
  });

  it('with less money than it asks for goes to a person, unless it is just the sum of some', async () => {
    const legs = [await issued(1), await issued(2)];
    const { reference } = (await made(legs).expect(201)).body;
    await pay(reference, 10_000);
    expect((await paidOf(legs)).map(([status]) => status)).toEqual(['open', 'open']);
    await pay(reference, 14_000);
    expect((await paidOf(legs)).map(([status]) => status)).toEqual(['open', 'paid']);
    await sound();
  });

  it('leaves each leg its own reference, QR and page', async () => {
    const legs = [await issued(1), await issued(2)];
    const { reference, payPage } = (await made(legs).expect(201)).body;
    expect((await seen(legs[0] as Leg)).reference).toBe(legs[0]?.reference);
    const own = await service.call('post', `/api/obligations/${legs[0]?.id}/payment-requests`, { method: 'vietqr' }).expect(201);
    expect(own.body).toMatchObject({ amount: 7_000, vietqr: { content: legs[0]?.reference } });
    const path = new URL(payPage).pathname;
    const { text } = await request(service.server).get(path).accept('html').expect(200);
    expect(text).toContain('21.000\u00a0₫');
    expect(text).toContain(reference);
    for (const leg of legs) expect(text).toMatch(new RegExp(`/pay/${leg.reference}-[\\w-]{27}`));
    await pay(reference, 21_000);
    expect((await request(service.server).get(path).accept('html').expect(200)).text).toContain('Đã xong cả 2 khoản');
  });

  it('lists every obligation once, however many references name it', async () => {
    const legs = [await issued(1), await issued(2)];
    await made(legs).expect(201);
    await made(legs).expect(201);
    const found = (await service.call('get', `/api/obligations?reference=${legs[0]?.reference}`).expect(200)).body.data;
    expect(found).toHaveLength(1);
    const { data } = (await service.call('get', '/api/obligations?limit=200').expect(200)).body;
    expect(new Set(data.map((one: Leg) => one.id)).size).toBe(data.length);
  });

  it('is not made of one, of what is paid, of what is paid elsewhere, or of what is unknown', async () => {
    const [one, paid] = [await issued(), await issued()];
    await pay(paid.reference, 21_000);
    expect((await made([one, one]).expect(409)).body.code).toBe('basket_unfit');
    expect((await made([one, paid]).expect(409)).body.code).toBe('basket_unfit');
    expect((await made([one, { ...one, id: 'ob_unknown' }]).expect(404)).body.code).toBe('obligation_unknown');
    const key = { 'idempotency-key': `basket-${kind}` };
    const wish = { obligationIds: [one.id, (await issued()).id] };
    const [first, second] = [
      await service.call('post', '/api/baskets', wish).set(key).expect(201),
      await service.call('post', '/api/baskets', wish).set(key).expect(201),
    ];
    expect(second.body).toEqual(first.body);
  });
});
