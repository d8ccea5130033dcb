// Gateways: what holds for every one of them, against pretend servers that speak and sign as they do.
import { vnd } from '../../src/domain/money';
import { addMs } from '../../src/domain/time';
import { feedsWith } from '../../src/outbound/feeds';
import type { PaymentBehaviour } from '../../src/outbound/pretendGateways';
import type { IncomingTransaction } from '../../webhooks/provider';
import { known, names, orderIn, paidIn, payerAt, returnUrl, toldBy, townOf, type Name, type Town } from '../support/gatewayTown';

const towns: Town[] = [];
afterEach(async () => {
  await Promise.all(towns.splice(0).map((town) => town.close()));
});
async function built(name: Name): Promise<Town> {
  const town = await townOf(name);
  towns.push(town);
  return town;
}

describe.each(names)('%s', (name) => {
  it('takes a payment on its page: its webhook and its answer tell of the same money', async () => {
    const town = await built(name);
    const { order, payer, opened, asked } = await paidIn(town);
    expect(payer).toMatchObject({ status: 303, page: expect.stringContaining('Cổng thử nghiệm') });
    expect(payer.page).toContain('180.000 ₫');
    expect(payer.location.startsWith(returnUrl)).toBe(true);
    const [booked, ...more] = town.booked();
    expect(more).toEqual([]);
    expect(booked).toMatchObject({
      direction: 'in',
      orderId: order.orderId,
      amount: vnd(180_000),
      bankTime: town.clock.now,
      isTest: false,
    });

    for (const question of [asked, known(order)]) {
      const word = await town.gateway.ask(town.access, question);
      const read = word.standing === 'paid' ? town.provider.readPulled!(word.told) : [];
      // VNPAY's answer leaves out the bank's own number.
      const same = name === 'vnpay' ? { ...booked, bankReference: undefined } : booked;
      expect(read).toEqual([same]);
    }
    expect(opened.redirectUrl).toMatch(/^http:\/\/127\.0\.0\.1:/);
  });

  it('says that an order is open, unknown, ended or over', async () => {
    const town = await built(name);
    const order = orderIn(town);
    expect(await town.gateway.ask(town.access, known(order))).toEqual({ standing: 'unknown' });
    const { sessionId, redirectUrl } = await town.gateway.open(town.access, order);
    await (await fetch(redirectUrl)).text();
    expect(await town.gateway.ask(town.access, known(order, sessionId))).toEqual({ standing: 'open' });
    town.clock.now = addMs(order.expiresAt, 60_000);
    expect(await town.gateway.ask(town.access, known(order, sessionId))).toEqual({ standing: 'ended' });
    expect((await payerAt(redirectUrl)).status).toBe(400);
  });

  it('takes nothing for an order that was ended, where it can be ended', async () => {
    const town = await built(name);
    const order = orderIn(town);
    const { sessionId, redirectUrl } = await town.gateway.open(town.access, order);
    if (name === 'vnpay') {
      expect(await town.gateway.end(town.access, known(order))).toBe(false);
      return;
    }
    expect(await town.gateway.end(town.access, known(order, sessionId))).toBe(true);
    expect(await town.gateway.end(town.access, known(order))).toBe(true);
    expect(await town.gateway.ask(town.access, known(order))).toEqual({ standing: 'ended' });
    expect((await payerAt(redirectUrl)).status).toBe(400);
    expect(await town.gateway.end(town.access, known(orderIn(town, 9)))).toBe(true);
  });

  it('does not end an order that was paid', async () => {
    const town = await built(name);
    const { asked } = await paidIn(town);
    if (name === 'vnpay') expect(await town.gateway.end(town.access, asked)).toBe(false);
    else await expect(town.gateway.end(town.access, asked)).rejects.toMatchObject({ name: 'GatewayRefused', why: 'already_paid' });
  });

  it('has one session for one order, however often it is opened', async () => {
    const town = await built(name);
    const order = orderIn(town);
    const [first, second] = [await town.gateway.open(town.access, order), await town.gateway.open(town.access, order)];
    expect(second).toEqual(first);
    const third = await town.gateway.open(town.access, { ...order, language: 'en' });
    if (name !== 'vnpay') expect(third).toEqual(first);
    await payerAt(first.redirectUrl);
    await town.pretend.settle();
    expect((await payerAt(third.redirectUrl)).status).toBe(400);
    expect(town.booked()).toHaveLength(1);
  });

  it('leaves an order that the payer gave up without money', async () => {
    const town = await built(name);
    const order = orderIn(town);
    const { redirectUrl } = await town.gateway.open(town.access, order);
    const { location } = await payerAt(redirectUrl, 'cancel');
    await town.pretend.settle();
    expect(location.startsWith(returnUrl)).toBe(true);
    expect(town.booked()).toEqual([]);
    // At Stripe the payer may come back to the page.
    expect(await toldBy(town, order)).toBe(name === 'stripe' ? 'open' : 'ended');
  });

  it('refuses a wrong key, and says nothing of it', async () => {
    const town = await built(name);
    const order = orderIn(town);
    const wrong = { ...town.access, token: 'sk_wrong_and_secret' };
    const faults: unknown[] = [];
    for (const call of [
      () => (name === 'vnpay' ? town.gateway.ask(wrong, known(order)) : town.gateway.open(wrong, order)),
      () => town.gateway.ask(wrong, known(order)),
    ]) {
      await call().catch((error: unknown) => faults.push(error));
    }
    expect(faults).toMatchObject([
      { name: 'GatewayRefused', why: 'token_refused' },
      { name: 'GatewayRefused', why: 'token_refused' },
    ]);
    expect(faults.map((fault) => `${String(fault)} ${JSON.stringify(fault)} ${(fault as Error).stack}`).join()).not.toContain(
      'wrong_and_secret',
    );
    if (name === 'vnpay') expect((await payerAt((await town.gateway.open(wrong, order)).redirectUrl)).page).toContain('Sai chữ ký');
  });

  it('is not asked at an address that is not safe, or without what it must know of us', async () => {
    const { gateway, access, ...town } = await built(name);
    const order = orderIn({ gateway, access, ...town });
    await expect(gateway.open({ ...access, baseUrl: 'http://gateway.example' }, order)).rejects.toMatchObject({ why: 'address_not_https' });
    await expect(gateway.ask({ ...access, baseUrl: 'nowhere' }, known(order))).rejects.toMatchObject({ why: 'address_invalid' });
    await expect(gateway.ask({ ...access, token: '', settings: {} }, known(order))).rejects.toMatchObject({
      name: 'GatewayRefused',
      why: expect.stringMatching(/_missing$/),
    });
  });

  it.each<[PaymentBehaviour, number]>([
    ['well', 1],
    ['webhook_first', 1],
    ['webhook_never', 0],
    ['webhook_twice', 1],
    ['unpaid_then_paid', 1],
  ])('that behaves %s: its answer tells of the money, and webhooks tell of no other', async (how, webhooks) => {
    const town = await built(name);
    const order = orderIn(town);
    const { redirectUrl } = await town.gateway.open(town.access, order);
    await payerAt(redirectUrl, 'pay', how);
    if (how === 'webhook_first') expect(town.booked()).toHaveLength(1);
    if (how === 'unpaid_then_paid') {
      expect(await toldBy(town, order)).toBe('open');
      expect(town.booked()).toEqual([]);
      expect((await payerAt(redirectUrl)).status).toBe(400);
    }
    await town.pretend.settle();
    const read = await toldBy(town, order);
    expect(read).toMatchObject([{ orderId: order.orderId, amount: vnd(180_000) }]);
    const ids = new Set(town.booked().map(({ providerId }) => providerId));
    expect(ids.size).toBe(webhooks);
    if (how === 'webhook_twice') expect(town.booked()).toHaveLength(2);
    if (webhooks && typeof read === 'object') expect(ids).toEqual(new Set(read.map(({ providerId }) => providerId)));
  });

  it('tells again what was not accepted', async () => {
    const town = await built(name);
    town.refuseNext.count = 2;
    await paidIn(town);
    expect(town.told).toHaveLength(3);
    expect(new Set(town.booked().map(({ providerId }) => providerId)).size).toBe(1);
  });

  it('escapes what is shown on its page', async () => {
    const town = await built(name);
    const sly = { ...orderIn(town), reference: '<b>"x' };
    const { redirectUrl } = await town.gateway.open(town.access, sly);
    const page = await (await fetch(redirectUrl)).text();
    expect(page).not.toContain('<b>');
    expect(page).not.toContain('<script');
    expect(page).toContain(name === 'vnpay' ? 'Nop phi b x' : '&lt;b>');
  });
});

describe('What only one gateway has', () => {
  it('payOS takes the reference without its prefix, nine letters at most, and numbers as orders', async () => {
    const town = await built('payos');
    const { order } = await paidIn(town);
    expect(town.booked()[0]?.content).toBe('7K2MQX9P');
    await expect(town.gateway.open(town.access, { ...order, orderId: 'ord_1' })).rejects.toMatchObject({ why: 'order_not_a_number' });
    await expect(town.gateway.open(town.access, order)).rejects.toMatchObject({ name: 'GatewayRefused', why: 'session_not_open' });
    const taken = { ...order, amount: vnd(90_000) };
    await expect(town.gateway.open(town.access, taken)).rejects.toMatchObject({ name: 'GatewayRefused', why: 'order_taken' });
  });

  it('payOS comes back with what it documents, Stripe with nothing, VNPAY with a signed result', async () => {
    const back: Record<string, URLSearchParams> = {};
    for (const name of names) back[name] = new URL((await paidIn(await built(name))).payer.location).searchParams;
    expect([...back['stripe']!.keys()]).toEqual(['back']);
    expect(Object.fromEntries(back['payos']!)).toMatchObject({ code: '00', cancel: 'false', status: 'PAID', orderCode: '4711' });
    expect(Object.fromEntries(back['vnpay']!)).toMatchObject({ vnp_ResponseCode: '00', vnp_Amount: '18000000', vnp_TxnRef: 'ord_4711' });
  });

  it('Stripe tells too little to be paid by it, and refuses what it cannot take', async () => {
    const town = await built('stripe');
    const small = { ...orderIn(town), amount: vnd(2_000) };
    await expect(town.gateway.open(town.access, small)).rejects.toMatchObject({ name: 'GatewayRefused', why: 'amount_too_small' });
    const long = { ...orderIn(town, 2), expiresAt: addMs(town.clock.now, 100 * 60 * 60_000) };
    expect(await town.gateway.open(town.access, long)).toMatchObject({ sessionId: expect.stringMatching(/^cs_/) });
  });

  it('the lists of the sources are asked at the pretend ones too', async () => {
    for (const name of names) {
      const town = await built(name);
      const { order } = await paidIn(town, 'webhook_never');
      const feed = feedsWith(() => town.clock.now, { haste: 1_000 }).find(({ provider }) => provider === name)!;
      const window = { from: addMs(town.clock.now, -60_000), to: addMs(town.clock.now, 60_000), orders: [known(order)] };
      const read: IncomingTransaction[] = [];
      for await (const { body } of feed.pages(town.access, window)) if (body) read.push(...town.provider.readPulled!(body));
      expect(town.told).toEqual([]);
      expect(read).toMatchObject([{ orderId: order.orderId, amount: vnd(180_000) }]);
      expect(await toldBy(town, order)).toMatchObject(read.map(({ providerId }) => ({ providerId })));
    }
  });

  it('a webhook may be here before the answer to the opening', async () => {
    for (const name of ['stripe', 'payos'] as const) {
      const town = await built(name);
      town.pretend.behave('webhook_first');
      const order = orderIn(town);
      await town.gateway.open(town.access, order);
      expect(town.booked()).toMatchObject([{ orderId: order.orderId, amount: vnd(180_000) }]);
      expect(await toldBy(town, order)).toMatchObject([{ orderId: order.orderId }]);
    }
  });
});
