// Vouches for money at gateways: an account's own secret speaks for orders that are paid to that account, the shared one for all.
import type { IncomingTransaction } from '../../webhooks/provider';
import type { Tables } from '../context';
import { isWithin, type Office } from '../domain/agency';
import { isOrderOf } from '../domain/order';
import type { PaymentRequest } from '../domain/paymentRequest';
import { gatewayScope } from '../domain/transaction';
import type { Teller, Told } from './applyTransactions';
import { defaultOwner } from './secretsOf';

/**
 * The tellings of money at a gateway that their tellers may speak for: with an account's own secret, what names an order of the account,
 * what takes back the payment of such an order, and what is known anyway. Nothing is asked where only accounts and the shared secret tell.
 */
export async function vouchForGateways(
  tables: Tables,
  office: Office,
  told: readonly Told[],
): Promise<(teller: Teller, incoming: IncomingTransaction) => boolean> {
  const vouched = new Set<IncomingTransaction>();
  for (const { teller, incoming } of told) {
    const held = incoming.filter(({ accountNumber }) => accountNumber === undefined);
    if (teller.owner === defaultOwner || held.length === 0) continue;
    for (const one of await ownAmong(tables, office, teller, held)) vouched.add(one);
  }
  return (teller, incoming) => incoming.accountNumber === undefined && (teller.owner === defaultOwner || vouched.has(incoming));
}

async function ownAmong(
  tables: Tables,
  office: Office,
  teller: Teller,
  held: readonly IncomingTransaction[],
): Promise<readonly IncomingTransaction[]> {
  const { provider } = teller;
  const ids = held.flatMap(({ providerId, bankReference }) => [providerId, ...(bankReference === undefined ? [] : [bankReference])]);
  const known = new Map((await tables.transactions.listTold(provider, gatewayScope, ids)).map((one) => [one.providerId, one]));
  /** A refund names the payment by its id. */
  const orderOf = ({ orderId, bankReference }: IncomingTransaction): string | undefined =>
    orderId ?? known.get(bankReference ?? '')?.orderId;
  const requests = await tables.paymentRequests.ofOrders(
    provider,
    held.flatMap((one) => orderOf(one) ?? []),
  );
  const own = requests.filter((request) => isOwn(office, teller, request));
  const namesOwn = (orderId: string | undefined): boolean =>
    orderId !== undefined && own.some((request) => isOrderOf(request, { provider, orderId }));
  return held.filter((one) => known.has(one.providerId) || namesOwn(orderOf(one)));
}

/** A list that was asked for with an account's token tells of the orders of its agency and of those below it: several may share a gateway. */
function isOwn({ accounts, agencies }: Office, { owner, via }: Teller, { accountId }: PaymentRequest): boolean {
  if (accountId === owner) return true;
  const [paid, asking] = [accountId, owner].map((id) => accounts.find((account) => account.id === id)?.agencyCode);
  return via === 'pull' && paid !== undefined && asking !== undefined && isWithin(agencies, paid, asking);
}
