// Feeds: each source is asked in its own form for all of a window.
import { addMs } from '../../src/domain/time';
import { FeedRefused, FeedUnavailable } from '../../src/outbound/feeds/feed';
import { pretendCasso, pretendPayos, pretendSepay, pretendStripe, pretendVnpay } from '../support/pretendFeeds';
import {
  accessTo,
  dayMs,
  daysAgo,
  feed,
  idsIn,
  idsOf,
  lastDay,
  movements,
  now,
  ordersOf,
  order,
  pull,
  pullUntilFault,
  sourcesOfTest,
  token,
} from '../support/pulls';

const opened = sourcesOfTest();

describe('SePay', () => {
  it('is asked in spans of a week, with the token, for one account', async () => {
    const list = [...movements(40, dayMs), ...movements(3, 1_000, '0999900000').map((one) => ({ ...one, id: one.id + 500 }))];
    const source = await opened(pretendSepay(token, list));
    const pages = await pull(feed('sepay'), accessTo(source, { accountNumber: '0987600001' }), { ...lastDay, from: daysAgo(35) });
    expect(pages).toHaveLength(6);
    expect(idsIn('sepay', pages).sort()).toEqual(idsOf(list.slice(0, 36)));
    expect(source.asked[0]?.headers.authorization).toBe(`Bearer ${token}`);
    expect(source.asked[0]?.query.get('transaction_date_min')).toBe('2026-10-17 10:00:00');
  });

  it('gives a full answer again in halves, so that none of its rows is left out', async () => {
    const list = movements(2_500, 20_000);
    const source = await opened(pretendSepay(token, list));
    const pages = await pull(feed('sepay'), accessTo(source), lastDay);
    expect(pages.length).toBeGreaterThan(2);
    expect(idsIn('sepay', pages).sort()).toEqual(idsOf(list));
  });

  it('goes on from the cursor where a pull broke off', async () => {
    const list = movements(35, dayMs);
    const source = await opened(pretendSepay(token, list));
    const window = { ...lastDay, from: daysAgo(35) };
    const whole = await pull(feed('sepay'), accessTo(source), window);
    source.asked.length = 0;
    const rest = await pull(feed('sepay'), accessTo(source), { ...window, cursor: whole[2]?.next });
    expect(rest.map(({ body }) => body)).toEqual(whole.slice(3).map(({ body }) => body));
    expect(await pull(feed('sepay'), accessTo(source), { ...window, cursor: 'no such place' })).toHaveLength(6);
  });

  it('refuses a wrong token with 200 and nothing', async () => {
    const source = await opened(pretendSepay('another', movements(1, 1)));
    await expect(pull(feed('sepay'), accessTo(source), lastDay)).rejects.toMatchObject({ name: 'FeedRefused', why: 'token_refused' });
  });

  it.each([
    [{ status: 422, error: 'x' }, FeedRefused],
    [{ status: 500, error: 'x' }, FeedUnavailable],
    ['<html>Maintenance</html>', FeedUnavailable],
  ])('says with 200 that something went wrong: %j', async (body, kind) => {
    const source = await opened(pretendSepay(token, []));
    source.faults.push({ status: 200, body });
    await expect(pull(feed('sepay'), accessTo(source), lastDay)).rejects.toBeInstanceOf(kind);
  });
});

describe('Casso', () => {
  it('is asked page by page until the last', async () => {
    const list = movements(25, 60_000);
    const source = await opened(pretendCasso(token, list, 10));
    const pages = await pull(feed('casso'), accessTo(source), lastDay);
    expect(pages.map(({ next }) => next)).toEqual(['2', '3', undefined]);
    expect(idsIn('casso', pages).sort()).toEqual(idsOf(list));
    expect(source.asked.map(({ query }) => query.get('page'))).toEqual(['1', '2', '3']);
    expect(source.asked[0]?.headers.authorization).toBe(`Apikey ${token}`);
  });

  it('goes on from the cursor, and has one page of an empty window', async () => {
    const source = await opened(pretendCasso(token, movements(25, 60_000), 10));
    expect(await pull(feed('casso'), accessTo(source), { ...lastDay, cursor: '3' })).toHaveLength(1);
    expect(await pull(feed('casso'), accessTo(source), { ...lastDay, from: daysAgo(40), to: daysAgo(35) })).toHaveLength(1);
  });

  it('refuses a wrong key', async () => {
    const source = await opened(pretendCasso('another', []));
    const { fault } = await pullUntilFault(feed('casso'), accessTo(source), lastDay);
    expect(fault).toMatchObject({ name: 'FeedRefused', why: 'token_refused', status: 401 });
  });
});

describe('payOS', () => {
  const orders = [order('101', { paidAt: now }), order('102'), order('103', { paidAt: now })];

  it('is asked about each order that may still be paid, and knows nothing of some', async () => {
    const source = await opened(pretendPayos('client-1', token, orders));
    const pages = await pull(feed('payos'), accessTo(source), { ...lastDay, orders: ordersOf(...orders, order('999')) });
    expect(idsIn('payos', pages)).toEqual(['1422101 FT101', '1422103 FT103']);
    expect(source.asked.map(({ path }) => path.split('/').at(-1))).toEqual(['101', '102', '103', '999']);
    expect(source.asked[0]?.headers).toMatchObject({ 'x-client-id': 'client-1', 'x-api-key': token });
  });

  it('may be gone on from after each order, also from one of which it knows nothing', async () => {
    const source = await opened(pretendPayos('client-1', token, orders));
    source.faults.push({ status: 404, body: '' }, undefined, { status: 500, body: '' });
    const { pages } = await pullUntilFault(feed('payos'), accessTo(source), { ...lastDay, orders: ordersOf(...orders) });
    expect(pages.map(({ next, body }) => [next, body !== undefined])).toEqual([
      ['101', false],
      ['102', true],
    ]);
  });

  it('refuses a wrong client and a wrong key, whether or not it says so by its status', async () => {
    const source = await opened(pretendPayos('client-1', 'another', orders));
    const window = { ...lastDay, orders: ordersOf(...orders) };
    for (const access of [accessTo(source), accessTo(source, { settings: { PAYOS_CLIENT_ID: 'client-2' } })]) {
      await expect(pull(feed('payos'), access, window)).rejects.toMatchObject({ name: 'FeedRefused', why: 'token_refused' });
    }
    await expect(pull(feed('payos'), accessTo(source, { settings: {} }), window)).rejects.toMatchObject({ why: 'PAYOS_CLIENT_ID_missing' });
  });
});

describe('VNPAY', () => {
  const paid = order('A101', { gatewayId: '14226112', paidAt: now });
  const waiting = order('A102');
  const window = { ...lastDay, orders: ordersOf(paid, waiting, order('A999')) };

  it('is asked about each order that may still be paid, signed, with the time of its payment', async () => {
    const source = await opened(pretendVnpay('TESTTMN1', token, [paid, waiting]));
    const pages = await pull(feed('vnpay'), accessTo(source), window);
    expect(idsIn('vnpay', pages)).toEqual(['TESTTMN1 A101 14226112']);
    expect(source.asked).toHaveLength(3);
    const [first, second] = source.asked.map(({ body }) => body);
    expect(first).toMatchObject({ vnp_Command: 'querydr', vnp_TransactionDate: '20261120100000', vnp_CreateDate: '20261121100000' });
    expect(first?.['vnp_RequestId']).toMatch(/^[0-9a-f]{32}$/);
    expect(second?.['vnp_RequestId']).not.toBe(first?.['vnp_RequestId']);
    expect(JSON.stringify(source.asked)).not.toContain(token);
  });

  it('refuses a wrong secret and an unknown terminal', async () => {
    const source = await opened(pretendVnpay('TESTTMN1', 'another', [paid]));
    await expect(pull(feed('vnpay'), accessTo(source), window)).rejects.toMatchObject({ name: 'FeedRefused', why: 'token_refused' });
    const elsewhere = accessTo(source, { settings: { VNPAY_TMN_CODE: 'OTHERTMN' } });
    await expect(pull(feed('vnpay'), elsewhere, window)).rejects.toMatchObject({ name: 'FeedRefused', why: 'code_02' });
    await expect(pull(feed('vnpay'), accessTo(source, { settings: {} }), window)).rejects.toMatchObject({ why: 'VNPAY_TMN_CODE_missing' });
  });

  it('is not believed when its answer is not signed with the secret, or is about another order', async () => {
    const source = await opened(pretendVnpay('TESTTMN1', token, [paid]));
    const forged = { vnp_ResponseCode: '00', vnp_TransactionStatus: '00', vnp_TxnRef: 'A101', vnp_SecureHash: 'f'.repeat(128) };
    source.faults.push({ status: 200, body: forged }, { status: 200, body: { ...forged, vnp_TxnRef: 'A102' } });
    await expect(pull(feed('vnpay'), accessTo(source), window)).rejects.toMatchObject({ name: 'FeedUnavailable', why: 'signature_wrong' });
    await expect(pull(feed('vnpay'), accessTo(source), window)).rejects.toMatchObject({ name: 'FeedUnavailable', why: 'another_order' });
  });

  it('passes over an order that was asked about a moment ago', async () => {
    const source = await opened(pretendVnpay('TESTTMN1', token, [paid]));
    source.faults.push({ status: 200, body: { vnp_ResponseCode: '94' } });
    expect(idsIn('vnpay', await pull(feed('vnpay'), accessTo(source), window))).toEqual([]);
  });
});

describe('Stripe', () => {
  const events = Array.from({ length: 230 }, (_, index) => ({
    id: `evt_${index}`,
    type: index === 7 ? 'customer.created' : 'checkout.session.completed',
    created: addMs(now, -index * 60_000),
    data: { object: { id: `cs_${index}`, payment_status: 'paid', amount_total: 180_000, currency: 'vnd', payment_intent: `pi_${index}` } },
  }));

  it('is asked for the events that tell of money, page by page, backwards', async () => {
    const source = await opened(pretendStripe(token, events));
    const pages = await pull(feed('stripe'), accessTo(source), lastDay);
    expect(pages.map(({ next }) => next)).toEqual(['evt_100', 'evt_200', undefined]);
    expect(idsIn('stripe', pages)).toHaveLength(229);
    expect(source.asked[0]?.query.get('created[gte]')).toBe('1795143600');
    expect(await pull(feed('stripe'), accessTo(source), { ...lastDay, cursor: 'evt_200' })).toHaveLength(1);
  });

  it('refuses a wrong key', async () => {
    const source = await opened(pretendStripe('another', events));
    await expect(pull(feed('stripe'), accessTo(source), lastDay)).rejects.toMatchObject({ name: 'FeedRefused', why: 'token_refused' });
  });
});
