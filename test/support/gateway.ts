// Gateways for tests: an order that was offered, and what SePay's gateway and Stripe say of its money.
import { createHmac } from 'node:crypto';
import request from 'supertest';
import { vnd } from '../../src/domain/money';
import { addMs, epochMsOf, vietnamTimeOf } from '../../src/domain/time';
import { certifiedCopy, type TestService } from './office';

export interface Offered {
  /** The obligation, of 21.000 ₫. */
  id: string;
  reference: string;
  /** The payment request, which is the order too. */
  orderId: string;
}

/** An obligation that is to be paid through a gateway, whose money is meant for this account. */
export async function offeredOrder(service: TestService, accountId: string): Promise<Offered> {
  const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
  const orderId = service.ctx.id('paymentRequest');
  const createdAt = service.ctx.now();
  await service.ctx.store.transact((tables) =>
    tables.paymentRequests.keep({
      ...{ id: orderId, obligationId: id, reference, method: 'stripe', amount: vnd(21_000), accountId, payload: '' },
      ...{ createdAt, expiresAt: addMs(createdAt, 900_000) },
    }),
  );
  return { id, reference, orderId };
}

export interface OrderTold {
  orderId: string;
  /** The gateway's own id of the payment. */
  paymentId: string;
  type?: 'ORDER_PAID' | 'TRANSACTION_VOID';
  content?: string;
}

/** SePay's payment gateway tells of 21.000 ₫. */
export const tellSepayGateway = (
  service: TestService,
  { orderId, paymentId, type = 'ORDER_PAID', content = 'Le phi' }: OrderTold,
  key: string,
) =>
  request(service.server)
    .post('/webhooks/sepay')
    .set('x-secret-key', key)
    .send({
      notification_type: type,
      order: { order_currency: 'VND', order_amount: '21000.00', order_invoice_number: orderId, order_description: content },
      transaction: {
        id: paymentId,
        transaction_id: `trace-${paymentId}`,
        transaction_date: vietnamTimeOf(service.ctx.now()),
        transaction_amount: '21000',
        transaction_currency: 'VND',
      },
    });

/** Stripe tells of an event. */
export function tellStripe(service: TestService, type: string, object: object, secret = 'demo-secret-stripe') {
  const seconds = Math.floor(epochMsOf(service.ctx.now()) / 1000);
  const body = JSON.stringify({ id: `evt_${type}`, type, created: seconds, data: { object } });
  const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return request(service.server)
    .post('/webhooks/stripe')
    .set('content-type', 'application/json')
    .set('stripe-signature', `t=${seconds},v1=${signature}`)
    .send(body);
}

/** Stripe's session of 21.000 ₫ for an order. */
export const paidSession = (orderId: string, payment: string) => ({
  ...{ id: `cs_${payment}`, payment_status: 'paid', amount_total: 21_000, currency: 'vnd' },
  ...{ payment_intent: payment, client_reference_id: orderId },
});
