// Lists the payments that a gateway took back: those of the order that it names, and the one that it names itself.
import type { ReadTables } from '../context';
import { gatewayScope, type Transaction } from '../domain/transaction';

type TakenBack = Pick<Transaction, 'provider' | 'orderId' | 'bankReference'>;

export async function listPaymentsBehind(tables: ReadTables, takenBack: TakenBack): Promise<Transaction[]> {
  const { provider, orderId, bankReference } = takenBack;
  const told = bankReference === undefined ? [] : await tables.transactions.listTold(provider, gatewayScope, [bankReference]);
  const requests = orderId === undefined ? [] : await tables.paymentRequests.ofOrders(provider, [orderId]);
  const allocations = await tables.allocations.ofObligations([...new Set(requests.map((one) => one.obligationId))]);
  const ids = new Set([
    ...told.map(({ id }) => id),
    ...allocations.flatMap(({ source }) => ('transactionId' in source ? source.transactionId : [])),
  ]);
  const found = await Promise.all([...ids].map((id) => tables.transactions.find(id)));
  const toldIds = new Set(told.map(({ id }) => id));
  const isBehind = (payment: Transaction): boolean =>
    toldIds.has(payment.id) || (payment.provider === provider && payment.accountId === undefined && payment.orderId === orderId);
  return found.flatMap((payment) => (payment?.direction === 'in' && isBehind(payment) ? [payment] : []));
}
