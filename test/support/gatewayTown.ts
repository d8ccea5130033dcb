// A town for tests of gateways: each pretend gateway on its own address, our own way to it, a door for its webhooks, and a payer.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { vnd } from '../../src/domain/money';
import { addMs, instantOf, type Instant } from '../../src/domain/time';
import { gatewaysWith } from '../../src/outbound/gateways';
import type { Gateway, GatewayAccess, GatewayOrder, KnownOrder } from '../../src/outbound/gateways/gateway';
import type { Limits } from '../../src/outbound/gateways/limits';
import { pretendPayos, pretendStripe, pretendVnpay, type PaymentBehaviour, type PretendGateway } from '../../src/outbound/pretendGateways';
import type { PretendPayout } from '../../src/outbound/pretendGateways/pretendGateway';
import { providerNamed } from '../../webhooks';
import { headersOf, splitTarget, type IncomingTransaction, type Provider, type WebhookRequest } from '../../webhooks/provider';

export const names = ['stripe', 'payos', 'vnpay'] as const;
export type Name = (typeof names)[number];

export interface Town {
  gateway: Gateway;
  provider: Provider;
  pretend: PretendGateway;
  access: GatewayAccess;
  /** Every webhook that came, in the order in which it came. */
  told: WebhookRequest[];
  /** The time, for the gateway and for us. */
  clock: { now: Instant };
  /** What the gateway paid out to our bank account. */
  paidOut: PretendPayout[];
  /** How our door answers the next webhooks; then it acknowledges. */
  refuseNext: { count: number };
  /** The money that webhooks told of, once each was verified. */
  booked(): IncomingTransaction[];
  close(): Promise<void>;
}

const keys = { stripe: 'sk_test_pretend', payos: 'api-key-of-payos', vnpay: 'HASHSECRETOFVNPAY' };
const secrets = { stripe: 'whsec_pretend', payos: 'checksum-of-payos', vnpay: 'HASHSECRETOFVNPAY' };
const settings = { PAYOS_CLIENT_ID: 'client-1', VNPAY_TMN_CODE: 'TESTTMN1' };
export const ourAccount = { bin: '970422', number: '1900200300', name: 'UBND PHUONG THU NGHIEM' };

export async function townOf(name: Name, limits: Partial<Limits> = {}): Promise<Town> {
  const provider = providerNamed(name, false)!;
  const clock = { now: instantOf(Math.floor(Date.now() / 1000) * 1000) };
  const now = (): Instant => clock.now;
  const told: WebhookRequest[] = [];
  const refuseNext = { count: 0 };
  const paidOut: PretendPayout[] = [];
  const door = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const target = splitTarget(req.url ?? '');
      told.push({ method: req.method ?? '', ...target, headers: headersOf(req.rawHeaders), body: Buffer.concat(chunks) });
      if (refuseNext.count > 0) {
        refuseNext.count -= 1;
        return void res.writeHead(503).end();
      }
      const { status, body } = provider.acknowledge('kept');
      res.writeHead(status).end(body);
    });
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const webhookUrl = () => `http://127.0.0.1:${(door.address() as AddressInfo).port}/webhooks/${name}`;
  const pretend = pretendNamed(name, { now, webhookUrl, laterMs: 60_000, retryMs: 5, payOut: async (payout) => void paidOut.push(payout) });
  const { url, close } = await pretend.listen();
  return {
    gateway: gatewaysWith(now, limits).find((one) => one.provider === name)!,
    ...{ provider, pretend, told, clock, paidOut, refuseNext },
    access: { baseUrl: url, token: keys[name], secret: secrets[name], settings },
    booked: () =>
      told.flatMap((request) => {
        provider.verify(request, [{ value: secrets[name], owner: 'default' }], now(), settings);
        return provider.normalise(request);
      }),
    close: async () => {
      await close();
      await new Promise((resolve) => {
        door.close(resolve);
        door.closeAllConnections();
      });
    },
  };
}

function pretendNamed(name: Name, shared: Parameters<typeof pretendVnpay>[0] extends infer One ? Omit<One, 'terminal' | 'token'> : never) {
  if (name === 'stripe') return pretendStripe({ ...shared, token: keys.stripe, webhookSecret: secrets.stripe });
  if (name === 'vnpay') return pretendVnpay({ ...shared, terminal: settings.VNPAY_TMN_CODE, token: keys.vnpay });
  return pretendPayos({
    ...shared,
    clientId: settings.PAYOS_CLIENT_ID,
    token: keys.payos,
    checksumKey: secrets.payos,
    account: ourAccount,
  });
}

export const returnUrl = 'https://fees.example.gov.vn/pay/abc?back=1';

/** Of 180.000 ₫; payOS takes numbers only. */
export const orderIn = ({ gateway, clock }: Town, number = 4_711): GatewayOrder => ({
  orderId: gateway.orderIds === 'number' ? String(number) : `ord_${number}`,
  amount: vnd(180_000),
  reference: 'NP7K2MQX9P',
  createdAt: clock.now,
  expiresAt: addMs(clock.now, 35 * 60_000),
  returnUrl,
  language: 'vi',
  clientAddress: '203.0.113.7',
});

export const known = ({ orderId, createdAt }: GatewayOrder, sessionId?: string): KnownOrder => ({
  ...{ orderId, createdAt },
  ...(sessionId ? { sessionId } : {}),
});

/** The payer opens the page, and presses a button; where the browser is sent then. */
export async function payerAt(
  url: string,
  choice: 'pay' | 'cancel' = 'pay',
  how = 'well',
): Promise<{ page: string; status: number; location: string }> {
  const page = await (await fetch(url, { headers: { connection: 'close' } })).text();
  const action = /<form method="post" action="([^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&');
  const address = new URL(action ?? url, url);
  const response = await fetch(address, {
    method: 'POST',
    redirect: 'manual',
    headers: { connection: 'close' },
    body: new URLSearchParams({ choice, how }),
  });
  return { page, status: response.status, location: response.headers.get('location') ?? '' };
}

/** An order that a payer has paid, and everybody has told of it. */
export async function paidIn(town: Town, how: PaymentBehaviour = 'well') {
  const order = orderIn(town);
  const opened = await town.gateway.open(town.access, order);
  const payer = await payerAt(opened.redirectUrl, 'pay', how);
  await town.pretend.settle();
  return { order, payer, opened, asked: known(order, opened.sessionId) };
}

/** The money that asking tells of, or how the order stands. */
export const toldBy = async (town: Town, order: GatewayOrder) => {
  const word = await town.gateway.ask(town.access, known(order));
  return word.standing === 'paid' ? town.provider.readPulled!(word.told) : word.standing;
};
