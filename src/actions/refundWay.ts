// Where the money of a credit is decides how it goes back: through the gateway that holds it, or by a transfer of the unit.
import type { Context, Gateway, ReadTables } from '../context';
import { accountFor, type Account, type Office } from '../domain/agency';
import { onlineMethods } from '../domain/onlineSession';
import { isOrderOf } from '../domain/order';
import type { Day } from '../domain/time';
import type { Transaction } from '../domain/transaction';
import { gatewayOf, type ConnectedGateway } from './connectedGateways';

/** The payment at its gateway, with the key by which the gateway is asked. */
export interface PaymentAtGateway extends ConnectedGateway {
  order: Parameters<Gateway['ask']>[1];
}

/** payOS pays out to an account of ours at once and knows no refund. */
const withoutRefunds: readonly string[] = ['payos'];

/** Undefined where the gateway cannot pay it back: it lies on an account of ours, or nobody there knows such a call, or its key is gone. */
export async function paymentAtGateway(ctx: Context, tables: ReadTables, transaction: Transaction): Promise<PaymentAtGateway | undefined> {
  const { accountId, provider, orderId } = transaction;
  const method = onlineMethods.find((one) => one === provider);
  if (accountId !== undefined || orderId === undefined || !method || withoutRefunds.includes(method)) return undefined;
  const request = (await tables.paymentRequests.ofOrders(provider, [orderId])).find((one) => isOrderOf(one, transaction));
  const connected = request && (await gatewayOf(ctx, tables, request.accountId, method));
  if (!connected) return undefined;
  const session = await tables.onlineSessions.find(request.id);
  const sessionId = session?.sessionId;
  return { ...connected, order: { orderId, createdAt: request.createdAt, ...(sessionId ? { sessionId } : {}) } };
}

/** The account of ours from which a transfer is paid: the one that the money came to, else that of the agency. */
export function payingAccount({ agencies, accounts }: Office, { accountId, agencyCode }: Transaction, on: Day): Account | undefined {
  if (accountId !== undefined) return accounts.find(({ id }) => id === accountId);
  return accountFor(agencies, accounts, agencyCode ?? '', on);
}

export const officeOf = async (tables: Pick<ReadTables, 'accounts' | 'agencies'>): Promise<Office> => ({
  agencies: await tables.agencies.list(),
  accounts: await tables.accounts.list(),
});
