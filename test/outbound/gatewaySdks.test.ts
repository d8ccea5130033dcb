// The official SDKs, unchanged, believe what the pretend gateways sign: what holds for these holds for the real ones.
import { PayOS } from '@payos/node';
import Stripe from 'stripe';
import { vnd } from '../../src/domain/money';
import { epochMsOf, vietnamTimeOf } from '../../src/domain/time';
import { orderIn, paidIn, townOf, type Name, type Town } from '../support/gatewayTown';

const towns: Town[] = [];
afterEach(async () => {
  await Promise.all(towns.splice(0).map((town) => town.close()));
});
async function built(name: Name): Promise<Town> {
  const town = await townOf(name);
  towns.push(town);
  return town;
}

const digitsOf = (town: Town): number => Number(vietnamTimeOf(town.clock.now).replace(/\D/g, ''));

it("Stripe's SDK verifies the webhooks of a payment, and lists the events", async () => {
  const town = await built('stripe');
  await paidIn(town);
  const { port, hostname } = new URL(town.access.baseUrl);
  const sdk = new Stripe(town.access.token, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
  const [told] = town.told;
  const event = sdk.webhooks.constructEvent(
    told!.body,
    told!.headers['stripe-signature']!,
    town.access.secret,
    300,
    undefined,
    epochMsOf(town.clock.now),
  );
  expect(event).toMatchObject({ type: 'checkout.session.completed', data: { object: { amount_total: 180_000, currency: 'vnd' } } });
  expect((await sdk.events.list({ limit: 5 })).data).toMatchObject([{ id: event.id }]);
});

it("payOS's SDK verifies the webhook of a payment, and the answer about its link", async () => {
  const town = await built('payos');
  const { order } = await paidIn(town);
  const { token, secret, baseUrl } = town.access;
  const sdk = new PayOS({ clientId: 'client-1', apiKey: token, checksumKey: secret, partnerCode: null, baseURL: baseUrl, maxRetries: 0 });
  expect(await sdk.webhooks.verify(JSON.parse(town.told[0]!.body.toString()))).toMatchObject({
    orderCode: 4_711,
    amount: 180_000,
    code: '00',
  });
  expect(await sdk.paymentRequests.get(Number(order.orderId))).toMatchObject({ status: 'PAID', amountPaid: 180_000 });
});

it("VNPAY's SDK verifies the webhook, the payer's return, and the answers about the payment and its refund", async () => {
  const town = await built('vnpay');
  const { order, payer } = await paidIn(town);
  const { VNPay } = await import('vnpay');
  const hosts = { vnpayHost: town.access.baseUrl, queryDrAndRefundHost: town.access.baseUrl };
  const sdk = new VNPay({ ...hosts, tmnCode: 'TESTTMN1', secureSecret: town.access.token });
  const asGiven = (query: string) => Object.fromEntries(new URLSearchParams(query)) as never;
  const sound = { isVerified: true, isSuccess: true, vnp_Amount: 180_000 };
  expect(sdk.verifyIpnCall(asGiven(town.told[0]!.query))).toMatchObject(sound);
  const returned = new URL(payer.location).searchParams;
  returned.delete('back'); // of our own address: its SDK would take it for a part of what was signed
  expect(sdk.verifyReturnUrl(asGiven(returned.toString()))).toMatchObject(sound);
  const about = { vnp_IpAddr: '127.0.0.1', vnp_TxnRef: order.orderId, vnp_TransactionDate: digitsOf(town), vnp_CreateDate: digitsOf(town) };
  const asked = await sdk.queryDr({ ...about, vnp_RequestId: 'r1', vnp_OrderInfo: 'Truy van', vnp_TransactionNo: 0 });
  expect(asked).toMatchObject({ isVerified: true, isSuccess: true, vnp_Amount: '18000000', vnp_TransactionStatus: '00' });
  const refund = { ...about, vnp_RequestId: 'r2', vnp_OrderInfo: 'Hoan tien', vnp_CreateBy: 'chi', vnp_Amount: 180_000 };
  const number = Number(town.booked()[0]!.providerId.split(' ').at(-1));
  // Its SDK divides the amount by a hundred before it checks what was signed, so that it verifies no refund; ours checks what came.
  const refunded = await sdk.refund({ ...refund, vnp_TransactionNo: number, vnp_TransactionType: '02' } as never);
  expect(refunded).toMatchObject({ isSuccess: true, isVerified: false, vnp_TransactionStatus: '05' });
});

it('180.000 ₫ stays 180.000 ₫ on every way there and back', async () => {
  for (const name of ['stripe', 'payos', 'vnpay'] as const) {
    const town = await built(name);
    const { payer } = await paidIn(town);
    expect(payer.page).toContain('180.000 ₫');
    expect(town.booked()).toMatchObject([{ amount: vnd(180_000) }]);
    const largest = { ...orderIn(town, 5), amount: vnd(99_999_999) };
    expect((await (await fetch((await town.gateway.open(town.access, largest)).redirectUrl)).text()).replace(/\s+/g, ' ')).toContain(
      '99.999.999 ₫',
    );
  }
});
