// A gateway in memory that speaks Stripe's words: it takes orders, is paid, and answers well or badly as a test wants.
import { GatewayRefused, GatewayUnavailable, type Gateway, type GatewayOrder } from '../../src/outbound/gateways/gateway';
import { addMs, epochMsOf, type Instant } from '../../src/domain/time';
import type { TestService } from './office';
import { tellStripe } from './gateway';

interface Order extends GatewayOrder {
  state: 'open' | 'paid' | 'ended';
  paidAt?: Instant;
}

export type Trouble = 'none' | 'refuses' | 'silent' | 'silent_after_taking';

export interface MemoryGateway {
  gateway: Gateway;
  orders: Map<string, Order>;
  /** What happens to the next calls. */
  trouble: Trouble;
  /** Whether it knows a call that ends a session. */
  endsSessions: boolean;
  asked: string[];
  /** The payer pays; false where the gateway does not take it any more: every one of ours is told when an order's time is over. */
  pay(orderId: string, at: Instant): boolean;
  /** Its webhook for a paid order, as often as it likes. */
  tell(service: TestService, orderId: string): Promise<unknown>;
}

/** A payment that began in time may be answered so late. */
const lateMs = 15 * 60_000;

export function memoryGateway(): MemoryGateway {
  const orders = new Map<string, Order>();
  const paymentOf = (orderId: string): string => `pi_${orderId}`;
  const sessionOf = ({ orderId, amount, state }: Order) => ({
    ...{ id: `cs_${orderId}`, payment_status: state === 'paid' ? 'paid' : 'unpaid', amount_total: Number(amount.dong), currency: 'vnd' },
    ...{ payment_intent: paymentOf(orderId), client_reference_id: orderId },
  });
  const answering = (): void => {
    if (made.trouble === 'refuses') throw new GatewayRefused('test');
    if (made.trouble === 'silent') throw new GatewayUnavailable('test');
  };
  const gateway: Gateway = {
    ...{ provider: 'stripe', baseUrl: 'https://gateway.test', orderIds: 'text' },
    async open(_access, order) {
      answering();
      orders.set(order.orderId, { ...order, state: 'open' });
      if (made.trouble === 'silent_after_taking') throw new GatewayUnavailable('test');
      return { sessionId: `cs_${order.orderId}`, redirectUrl: `https://gateway.test/${order.orderId}` };
    },
    async ask(_access, { orderId }) {
      made.asked.push(orderId);
      answering();
      const order = orders.get(orderId);
      if (!order) return { standing: 'unknown' };
      if (order.state !== 'paid') return { standing: order.state };
      const created = Math.floor(epochMsOf(order.paidAt ?? order.createdAt) / 1000);
      const event = { type: 'checkout.session.completed', created, data: { object: sessionOf(order) } };
      return { standing: 'paid', told: Buffer.from(JSON.stringify({ data: [event] })) };
    },
    async end(_access, { orderId }) {
      answering();
      const order = orders.get(orderId);
      if (!made.endsSessions) return false;
      if (order?.state === 'paid') throw new GatewayRefused('paid');
      if (order) order.state = 'ended';
      return true;
    },
    payBack: async () => {
      throw new GatewayRefused('refund_not_offered');
    },
  };
  const made: MemoryGateway = {
    ...{ gateway, orders, trouble: 'none', endsSessions: true, asked: [] },
    pay(orderId, at) {
      const order = orders.get(orderId);
      if (order?.state !== 'open' || at >= addMs(order.expiresAt, lateMs)) return false;
      Object.assign(order, { state: 'paid', paidAt: at });
      return true;
    },
    async tell(service, orderId) {
      const order = orders.get(orderId);
      if (order) await tellStripe(service, 'checkout.session.completed', sessionOf(order)).expect(200);
    },
  };
  return made;
}
