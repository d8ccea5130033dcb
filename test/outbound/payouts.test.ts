// Pretend gateways pay out: one sum for all that is not settled, less a fee, and a list that our own reader takes.
import { sumOf } from '../../src/domain/money';
import { totalsOf } from '../../src/domain/settlement';
import { readSettlementFile } from '../../src/domain/settlementFile';
import { orderIn, payerAt, townOf, type Town } from '../support/gatewayTown';

describe.each(['stripe', 'vnpay'] as const)('a payout of the pretend %s', (name) => {
  let town: Town;
  beforeAll(async () => (town = await townOf(name)));
  afterAll(() => town.close());

  const at = (path: string, method = 'GET') => fetch(`${town.access.baseUrl}${path}`, { method, redirect: 'manual' });

  it('has nothing to pay before anybody paid, and pays each payment out once', async () => {
    expect(await (await at('/settlement')).text()).toContain('Không có gì để chuyển');
    for (const number of [1, 2]) await payerAt((await town.gateway.open(town.access, orderIn(town, number))).redirectUrl);
    await town.pretend.settle();
    expect((await at('/settlement', 'POST')).status).toBe(303);
    const [payout] = town.paidOut;
    const [, file = ''] = /href="(\/settlement\/\w+\.csv)"/.exec(await (await at('/settlement')).text()) ?? [];
    const { payouts, rejected } = readSettlementFile(await (await at(file)).text(), name === 'stripe', undefined);
    expect(rejected).toEqual([]);
    const [told] = payouts;
    const { gross, fee, net } = totalsOf(told?.lines ?? []);
    expect([gross.toJSON(), gross.minus(fee).equals(net), fee.isPositive()]).toEqual([360_000, true, true]);
    expect(payout?.amount.equals(net)).toBe(true);
    expect(payout?.content).toContain(told?.payoutId);
    expect(told?.lines.map(({ orderId }) => orderId)).toEqual(['ord_1', 'ord_2']);
    await at('/settlement', 'POST');
    expect(town.paidOut).toHaveLength(1);
  });

  it('takes what was paid back off the next one', async () => {
    const order = orderIn(town, 3);
    const opened = await town.gateway.open(town.access, order);
    await payerAt(opened.redirectUrl);
    await town.pretend.settle();
    const paid = town.booked().at(-1);
    await town.gateway.payBack(town.access, {
      ...{ ...order, ...opened, refundId: 'rf_1', paid: order.amount, amount: order.amount.share('0.5'), by: 'ketoan', reason: 'Nop thua' },
      ...{ paidAt: paid?.bankTime ?? town.clock.now, paymentId: paid?.providerId ?? '' },
    });
    await at('/settlement', 'POST');
    const list = await (await at('/settlement')).text();
    const files = [...list.matchAll(/href="(\/settlement\/\w+\.csv)"/g)].map(([, file = '']) => file);
    const { payouts } = readSettlementFile(await (await at(files.at(-1) ?? '')).text(), name === 'stripe', undefined);
    expect(payouts[0]?.lines.map(({ kind, gross }) => [kind, gross.toJSON()])).toEqual([
      ['payment', 180_000],
      ['refund', -90_000],
    ]);
    expect(town.paidOut.at(-1)?.amount.equals(sumOf(payouts[0]?.lines.map(({ net }) => net) ?? []))).toBe(true);
  });
});
