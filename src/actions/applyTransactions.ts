// Applies what providers told, as a set: every credit becomes a row, is matched, allocated, booked and counted, once, however often it is told.
import type { IncomingTransaction } from '../../webhooks/provider';
import type { Context, Tables } from '../context';
import type { Account, Office } from '../domain/agency';
import { bankNamed } from '../domain/banks';
import { bankIdentityOf } from '../domain/bankIdentity';
import type { Outcome } from '../domain/delivery';
import type { NewEvent } from '../domain/event';
import type { Instant } from '../domain/time';
import { gatewayScope, type KeptTransaction, type Via } from '../domain/transaction';
import { judgeTransactions } from './judgeTransactions';
import { newTransactionsAmong } from './newTransactionsAmong';
import { rulesInForce } from './rulesInForce';
import { defaultOwner } from './secretsOf';
import { vouchForGateways } from './vouchForGateways';

/** Who told, and which accounts have secrets of their own with this provider (the default secret does not vouch for those). */
export interface Teller {
  provider: string;
  owner: string;
  accountsWithOwnSecret: ReadonlySet<string>;
  via: Via;
  deliveryId?: string;
}

/** What one delivery, page or statement told. */
export interface Told {
  teller: Teller;
  incoming: readonly IncomingTransaction[];
}

/** What became of one telling; `contradicts` names a provider's id under which other money is known: all but that was applied. */
export type Applied = { outcome: Outcome; contradicts?: string };

/** Returns what became of each telling, and what is to be announced, to be appended last. */
export async function applyTransactions(
  ctx: Context,
  tables: Tables,
  told: readonly Told[],
  at: Instant,
): Promise<{ applied: Applied[]; events: NewEvent[] }> {
  const office = { accounts: await tables.accounts.list(), agencies: await tables.agencies.list() };
  const isVouchedFor = await vouchForGateways(tables, office, told);
  const drafted = told.map(({ teller, incoming }) =>
    incoming.map((one) => draftOf(ctx, office, teller, one, isVouchedFor(teller, one), at)),
  );
  const found = await newTransactionsAmong(tables, drafted, at);
  const judged = await judgeTransactions(tables, office, await rulesInForce(ctx, tables), found.fresh, at);
  await tables.transactions.keep(found.fresh.map((draft) => judged.verdictOf(draft)));
  await tables.transactions.keepTellings(found.tellings);
  const events = await judged.write();
  return { applied: drafted.map((drafts, i) => appliedOf(drafts, found.contradictions[i], judged.outcomeOf)), events };
}

/** One delivery gets one answer: the order's, where it told of a single payment; else whether any of it was new. */
function appliedOf(
  drafts: readonly KeptTransaction[],
  contradicts: string | undefined,
  outcomeOf: (draft: KeptTransaction) => Outcome,
): Applied {
  if (contradicts !== undefined) return { outcome: 'unreadable', contradicts };
  const outcomes = drafts.map(outcomeOf);
  const [only] = outcomes;
  if (only !== undefined && outcomes.length === 1) return { outcome: only };
  return { outcome: outcomes.length > 0 && outcomes.every((outcome) => outcome === 'already_kept') ? 'already_kept' : 'kept' };
}

/** The row that a telling would become, not judged yet. `isGateways`: of money that a gateway holds, and that its teller may speak for. */
function draftOf(
  ctx: Context,
  office: Office,
  teller: Teller,
  incoming: IncomingTransaction,
  isGateways: boolean,
  at: Instant,
): KeptTransaction {
  const account = accountOf(office.accounts, incoming);
  const own = account && vouchesFor(teller, account) ? account : undefined;
  const identity = bankIdentityOf({ ...incoming, accountId: own?.id });
  return {
    id: ctx.id('transaction'),
    provider: teller.provider,
    scope: own ? scopeOf(own, incoming) : isGateways ? gatewayScope : `foreign:${teller.owner}`,
    providerId: incoming.providerId,
    via: teller.via,
    ...(teller.deliveryId ? { deliveryId: teller.deliveryId } : {}),
    ...(own ? { accountId: own.id, agencyCode: own.agencyCode } : {}),
    accountNumber: incoming.accountNumber ?? '',
    direction: incoming.direction,
    amount: incoming.amount,
    content: incoming.content,
    ...(incoming.bankReference ? { bankReference: incoming.bankReference } : {}),
    ...(incoming.virtualAccountNumber ? { virtualAccount: incoming.virtualAccountNumber } : {}),
    ...(incoming.orderId ? { orderId: incoming.orderId } : {}),
    ...(incoming.payerName ? { payerName: incoming.payerName } : {}),
    ...(incoming.payerAccount ? { payerAccount: incoming.payerAccount } : {}),
    bankTime: incoming.bankTime,
    ...(incoming.balanceAfter ? { balanceAfter: incoming.balanceAfter } : {}),
    receivedAt: at,
    ...firstState(incoming, own !== undefined, isGateways),
    ...(identity && !incoming.isTest ? { bankIdentity: identity } : {}),
  };
}

const scopeOf = ({ id }: Account, { feed }: IncomingTransaction): string => (feed === undefined ? id : `${id} ${feed}`);

/** `unapplied` until it is judged. A gateway holds payments and nothing else: what leaves its hands was taken back from one. */
function firstState(incoming: IncomingTransaction, isOwn: boolean, isGateways: boolean): Pick<KeptTransaction, 'state' | 'why'> {
  if (incoming.isTest) return { state: 'test' };
  if (!isOwn && !isGateways) return { state: 'foreign' };
  if (incoming.direction === 'in') return { state: 'unapplied' };
  return isGateways ? { state: 'outgoing', why: 'taken_back_by_gateway' } : { state: 'outgoing' };
}

/** The account of that number; where two banks have one of the same number, the one at the bank that the provider names. */
function accountOf(accounts: readonly Account[], { accountNumber, bankName }: IncomingTransaction): Account | undefined {
  const numbered = accounts.filter((account) => account.accountNumber === accountNumber);
  if (numbered.length < 2) return numbered[0];
  const bin = bankName === undefined ? undefined : bankNamed(bankName)?.bin;
  return numbered.find((account) => account.bankBin === bin);
}

const vouchesFor = ({ owner, accountsWithOwnSecret }: Teller, account: Account): boolean =>
  owner === defaultOwner ? !accountsWithOwnSecret.has(account.id) : owner === account.id;
