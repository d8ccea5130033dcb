// Lists what gateways took back of payments: voided orders, refunds and disputes, which a person has to follow up in the books.
import type { ReadTables } from '../context';
import type { Obligation } from '../domain/obligation';
import { isOrderOf } from '../domain/order';
import { gatewayScope, type Transaction } from '../domain/transaction';

/** A movement out of a gateway's hands, with the obligations that its payment had paid or was meant for. */
export interface TakenBack {
  transaction: Transaction;
  obligations: Obligation[];
}

const takenBack = { states: ['outgoing'], why: 'taken_back_by_gateway' } as const;
/** Of one obligation. */
const mostOfOne = 100;

/** The newest first, and how many there are in all. */
export async function listTakenBack(tables: ReadTables, limit: number): Promise<{ count: number; list: TakenBack[] }> {
  const transactions = await tables.transactions.list(takenBack, limit);
  const list = await Promise.all(
    transactions.map(async (transaction) => ({
      transaction,
      obligations: await tables.obligations.listByIds(await obligationsBehind(tables, transaction)),
    })),
  );
  return { count: await tables.transactions.count(takenBack), list };
}

/** What was taken back of these payments: it names their order, or the payment, as the payment's own reference does. */
export async function takenBackOf(tables: ReadTables, payments: readonly Transaction[]): Promise<Transaction[]> {
  const held = payments.filter(({ accountId }) => accountId === undefined);
  if (held.length === 0) return [];
  const naming = {
    orderIds: held.flatMap(({ orderId }) => orderId ?? []),
    bankReferences: held.flatMap(({ bankReference }) => bankReference ?? []),
  };
  const found = await tables.transactions.list({ ...takenBack, naming }, mostOfOne);
  return found.filter(({ provider }) => held.some((payment) => payment.provider === provider));
}

async function obligationsBehind(tables: ReadTables, { provider, orderId, bankReference }: Transaction): Promise<string[]> {
  const requests = orderId === undefined ? [] : await tables.paymentRequests.ofOrders(provider, [orderId]);
  const payments = bankReference === undefined ? [] : await tables.transactions.listTold(provider, gatewayScope, [bankReference]);
  const allocations = await tables.allocations.ofTransactions(payments.map(({ id }) => id));
  const ordered = requests.filter((request) => isOrderOf(request, { provider, ...(orderId === undefined ? {} : { orderId }) }));
  return [...new Set([...ordered, ...allocations].map(({ obligationId }) => obligationId))];
}
