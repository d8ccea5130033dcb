// Money that goes back through a gateway: all of it or a part, each once, and never more than came.
import { vnd } from '../../src/domain/money';
import type { GatewayOrder, Payback } from '../../src/outbound/gateways/gateway';
import { known, orderIn, paidIn, toldBy, townOf, type Name, type Town } from '../support/gatewayTown';

const towns: Town[] = [];
afterEach(async () => {
  await Promise.all(towns.splice(0).map((town) => town.close()));
});
async function built(name: Name): Promise<Town> {
  const town = await townOf(name);
  towns.push(town);
  return town;
}

const payback = (order: GatewayOrder, paymentId: string, paidAt: Payback['paidAt'], more: Partial<Payback> = {}): Payback => ({
  ...known(order),
  ...{ refundId: 'ref_1', amount: vnd(180_000), paid: vnd(180_000), paidAt, paymentId, by: 'chi.ketoan', reason: 'Nộp trùng' },
  ...more,
});

describe('A refund', () => {
  it('at Stripe goes back in parts, each once, and its webhooks tell how much', async () => {
    const town = await built('stripe');
    const { order } = await paidIn(town);
    const [paid] = town.booked();
    const part = payback(order, paid!.providerId, paid!.bankTime, { amount: vnd(50_000) });
    const first = await town.gateway.payBack(town.access, part);
    expect(first).toMatchObject({ standing: 'done', gatewayReference: expect.stringMatching(/^re_/) });
    expect(await town.gateway.payBack(town.access, part)).toEqual(first);
    await expect(town.gateway.payBack(town.access, { ...part, refundId: 'ref_2', amount: vnd(130_001) })).rejects.toMatchObject({
      name: 'GatewayRefused',
    });
    await town.gateway.payBack(town.access, { ...part, refundId: 'ref_3', amount: vnd(130_000) });
    await expect(town.gateway.payBack(town.access, { ...part, refundId: 'ref_4', amount: vnd(1) })).rejects.toMatchObject({
      why: 'charge_already_refunded',
    });
    await town.pretend.settle();
    const out = town.booked().filter(({ direction }) => direction === 'out');
    expect(out.map(({ amount, bankReference }) => [amount.toJSON(), bankReference])).toEqual([
      [50_000, paid!.providerId],
      [130_000, paid!.providerId],
    ]);
    // It was paid, and stays so: what went back is told apart.
    expect(await toldBy(town, order)).toMatchObject([{ amount: vnd(180_000), providerId: paid!.providerId }]);
  });

  it('at VNPAY is taken for all or for a part, never for more, and is then on its way', async () => {
    const town = await built('vnpay');
    const { order } = await paidIn(town);
    const [paid] = town.booked();
    const part = payback(order, paid!.providerId, paid!.bankTime, { amount: vnd(50_000) });
    expect(await town.gateway.payBack(town.access, part)).toMatchObject({ standing: 'pending', gatewayReference: expect.any(String) });
    // Nobody knows whether the first try came through: the same number is not taken twice, so nothing is paid back twice.
    await expect(town.gateway.payBack(town.access, part)).rejects.toMatchObject({ name: 'GatewayUnavailable', why: 'refund_under_way' });
    const over = { ...part, refundId: 'ref_2', amount: vnd(130_001) };
    await expect(town.gateway.payBack(town.access, over)).rejects.toMatchObject({ name: 'GatewayRefused', why: 'code_93' });
    expect(await town.gateway.payBack(town.access, { ...part, refundId: 'ref_3', amount: vnd(130_000) })).toMatchObject({
      standing: 'pending',
    });

    const other = await built('vnpay');
    const { order: whole } = await paidIn(other);
    const [money] = other.booked();
    expect(await other.gateway.payBack(other.access, payback(whole, money!.providerId, money!.bankTime))).toMatchObject({
      standing: 'pending',
    });
    const strange = payback(orderIn(other, 8), money!.providerId, money!.bankTime, { refundId: 'ref_9' });
    await expect(other.gateway.payBack(other.access, strange)).rejects.toMatchObject({ name: 'GatewayRefused', why: 'payment_unknown' });
  });

  it('is not offered by payOS', async () => {
    const { gateway, access, booked, ...town } = await built('payos');
    const order = orderIn({ gateway, access, booked, ...town });
    await expect(gateway.payBack(access, payback(order, 'x', order.createdAt))).rejects.toMatchObject({ why: 'refund_not_offered' });
  });
});
