// SePay's payment gateway: what it sends of one order, and what that means. Source: developer.sepay.vn/en/cong-thanh-toan/IPN
import { z } from 'zod';
import { vnd } from '../../src/domain/money';
import { optionalText, requiredText, transactionId, transferContent, vietnamTime } from '../fields';
import { Unreadable, type IncomingTransaction } from '../provider';

/** `"100000.00"` and `"100000"` are the same whole đồng; `"100.000"` could be two amounts and is none. At most twelve digits, as `maxAmount`. */
const decimalAmount = z
  .string()
  .regex(/^(?=.*[1-9])\d{1,12}(\.0{1,2})?$/)
  .transform((text) => vnd(BigInt(text.replace(/\..*/, ''))));

const directions = { ORDER_PAID: 'in', RENEWAL_ORDER_PAID: 'in', TRANSACTION_VOID: 'out' } as const;

export const paymentGatewayPayload = z.object({
  notification_type: z.enum(['ORDER_PAID', 'RENEWAL_ORDER_PAID', 'TRANSACTION_VOID']),
  order: z.object({
    order_currency: z.literal('VND'),
    order_amount: decimalAmount,
    /** The number that we gave the order. */
    order_invoice_number: requiredText,
    order_description: transferContent,
  }),
  transaction: z.object({
    id: transactionId,
    transaction_id: optionalText,
    transaction_date: vietnamTime,
    transaction_amount: decimalAmount,
    transaction_currency: z.literal('VND'),
  }),
});

/**
 * The gateway holds the money until it settles, so there is no account; a voided payment goes back out under an id of its own.
 * Throws Unreadable where the order and its transaction differ in amount: a person looks.
 */
export function fromPaymentGateway(payload: z.output<typeof paymentGatewayPayload>): IncomingTransaction {
  const { notification_type: type, order, transaction } = payload;
  if (!order.order_amount.equals(transaction.transaction_amount))
    throw new Unreadable('unexpected_shape', 'transaction.transaction_amount');
  return {
    providerId: `gateway ${transaction.id} ${type}`,
    direction: directions[type],
    amount: transaction.transaction_amount,
    content: order.order_description,
    bankReference: transaction.transaction_id,
    orderId: order.order_invoice_number,
    bankTime: transaction.transaction_date,
    isTest: false,
  };
}
