// Applies what a provider told: every credit becomes a row, is matched, allocated, booked and counted, once.
import { Unreadable, type IncomingTransaction } from '../../webhooks/provider';
import type { Context, Tables } from '../context';
import { accountFor, type Account, type PaidOnlineFlag } from '../domain/agency';
import { allocate, type AllocationMethod } from '../domain/allocation';
import { bankNamed } from '../domain/banks';
import type { NewEvent } from '../domain/event';
import { entryOf, postingsOfCredit, postingsOfUnmatched } from '../domain/ledger';
import { matchTransaction, type MatchProof } from '../domain/matching';
import type { Obligation, PaymentFlag } from '../domain/obligation';
import { isLate, type PaymentRequest } from '../domain/paymentRequest';
import { referencesIn } from '../domain/reference';
import { dayOf, type Instant } from '../domain/time';
import type { Transaction, TransactionState, UnappliedReason } from '../domain/transaction';
import { payObligation } from './payObligation';

/** Who told, and which accounts have secrets of their own with this provider (the default secret does not vouch for those). */
export interface Teller {
  provider: string;
  owner: string;
  accountsWithOwnSecret: ReadonlySet<string>;
  deliveryId?: string;
}

/** Returns what is to be announced, to be appended last. Whatever was applied before is skipped. */
export async function applyTransactions(
  ctx: Context,
  tables: Tables,
  teller: Teller,
  told: readonly IncomingTransaction[],
  at: Instant,
): Promise<NewEvent[]> {
  const events: NewEvent[] = [];
  for (const incoming of told) {
    const transaction = await tables.transactions.claim(await keepTransaction(ctx, tables, teller, incoming, at));
    if (transaction) events.push(...(await applyOne(ctx, tables, transaction, at)));
  }
  return events;
}

async function keepTransaction(ctx: Context, tables: Tables, teller: Teller, incoming: IncomingTransaction, at: Instant): Promise<string> {
  const account = await accountOf(tables, incoming);
  const own = account && vouchesFor(teller, account) ? account : undefined;
  const kept = await tables.transactions.keep({
    id: ctx.id('transaction'),
    provider: teller.provider,
    scope: own ? own.id : `foreign:${teller.owner}`,
    providerId: incoming.providerId,
    ...(teller.deliveryId ? { deliveryId: teller.deliveryId } : {}),
    ...(own ? { accountId: own.id, agencyCode: own.agencyCode } : {}),
    accountNumber: incoming.accountNumber ?? '',
    direction: incoming.direction,
    amount: incoming.amount,
    content: incoming.content,
    ...(incoming.bankReference ? { bankReference: incoming.bankReference } : {}),
    bankTime: incoming.bankTime,
    ...(incoming.balanceAfter ? { balanceAfter: incoming.balanceAfter.dong } : {}),
    receivedAt: at,
    state: firstState(incoming, own !== undefined),
  });
  const isSame = kept.amount.equals(incoming.amount) && kept.direction === incoming.direction;
  if (!isSame) throw new Unreadable('contradicts_earlier', incoming.providerId); // other money under a known id: a person looks
  return kept.id;
}

function firstState(incoming: IncomingTransaction, isOwn: boolean): TransactionState {
  if (incoming.isTest) return 'test';
  if (!isOwn) return 'foreign';
  return incoming.direction === 'out' ? 'outgoing' : 'received';
}

/** The account of that number; where two banks have one of the same number, the one at the bank that the provider names. */
async function accountOf(tables: Tables, { accountNumber, bankName }: IncomingTransaction): Promise<Account | undefined> {
  const numbered = accountNumber === undefined ? [] : await tables.accounts.numbered(accountNumber);
  if (numbered.length < 2) return numbered[0];
  const bin = bankName === undefined ? undefined : bankNamed(bankName)?.bin;
  return numbered.find((account) => account.bankBin === bin);
}

const vouchesFor = ({ owner, accountsWithOwnSecret }: Teller, account: Account): boolean =>
  owner === 'default' ? !accountsWithOwnSecret.has(account.id) : owner === account.id;

async function applyOne(ctx: Context, tables: Tables, transaction: Transaction, at: Instant): Promise<NewEvent[]> {
  const match = matchTransaction(transaction.content, await tables.obligations.named(referencesIn(transaction.content)));
  if (match.kind === 'unmatched') return holdWhole(ctx, tables, transaction, match.why, match.proof, at);
  const obligation = await tables.obligations.find(match.obligationId);
  if (!obligation) throw new Error(`reference names obligation ${match.obligationId}, which is not there`);
  return applyTo(ctx, tables, transaction, obligation, match.proof, at);
}

async function applyTo(
  ctx: Context,
  tables: Tables,
  transaction: Transaction,
  obligation: Obligation,
  proof: MatchProof,
  at: Instant,
): Promise<NewEvent[]> {
  const accountId = accountIdOf(transaction);
  const requests = await tables.paymentRequests.ofObligation(obligation.id);
  const division = allocate(obligation, transaction.amount, await odditiesOf(tables, transaction, obligation, requests));
  const counterId = requests.at(-1)?.counterId ?? obligation.counterId;
  const events = await payObligation(
    ctx,
    tables,
    obligation,
    {
      source: { transactionId: transaction.id },
      ...(await wayOf(tables, obligation, requests)),
      paidAt: transaction.bankTime,
      division,
      cause: 'transaction',
      causeId: transaction.id,
      postings: postingsOfCredit(accountId, obligation.id, division),
      ...(counterId ? { counterId } : {}),
    },
    at,
  );
  const why = whyUnapplied(division.flags, division.excess.isPositive());
  await tables.transactions.mark(transaction.id, why ? 'unapplied' : 'applied', why, proof);
  return why ? [...events, unappliedEvent(transaction, why, at, obligation, counterId)] : events;
}

async function holdWhole(
  ctx: Context,
  tables: Tables,
  transaction: Transaction,
  why: UnappliedReason,
  proof: MatchProof,
  at: Instant,
): Promise<NewEvent[]> {
  const postings = postingsOfUnmatched(accountIdOf(transaction), transaction.amount);
  await tables.ledger.post(entryOf(ctx.id('entry'), 'transaction', transaction.id, at, postings));
  await tables.transactions.mark(transaction.id, 'unapplied', why, proof);
  return [unappliedEvent(transaction, why, at)];
}

/** A transfer to an obligation for which a QR was offered came by dynamic QR, and carries the flag that the province gives those. */
async function wayOf(
  tables: Tables,
  obligation: Obligation,
  requests: readonly PaymentRequest[],
): Promise<{ method: AllocationMethod; onlineFlag: PaidOnlineFlag }> {
  if (requests.length === 0) return { method: 'transfer', onlineFlag: 0 };
  const agency = (await tables.agencies.list()).find((known) => known.code === obligation.agencyCode);
  return { method: 'vietqr', onlineFlag: agency?.dynamicQrFlag ?? 0 };
}

async function odditiesOf(
  tables: Tables,
  transaction: Transaction,
  obligation: Obligation,
  requests: readonly PaymentRequest[],
): Promise<PaymentFlag[]> {
  const flags: PaymentFlag[] = [];
  if (isLate(requests, transaction.bankTime)) flags.push('late');
  const offered = requests.map((request) => request.accountId);
  const expected = offered.length > 0 ? offered : [await accountIdFor(tables, obligation, transaction.bankTime)];
  if (!expected.includes(transaction.accountId)) flags.push('wrong_account');
  return flags;
}

async function accountIdFor(tables: Tables, { agencyCode }: Obligation, at: Instant): Promise<string | undefined> {
  return accountFor(await tables.agencies.list(), await tables.accounts.list(), agencyCode, dayOf(at))?.id;
}

function whyUnapplied(flags: readonly PaymentFlag[], hasExcess: boolean): UnappliedReason | undefined {
  if (!hasExcess) return undefined;
  if (flags.includes('after_cancel')) return 'after_cancel';
  return flags.includes('duplicate') ? 'duplicate' : 'excess';
}

const unappliedEvent = (
  transaction: Transaction,
  why: UnappliedReason,
  at: Instant,
  obligation?: Obligation,
  counterId?: string,
): NewEvent => ({
  type: 'transaction.unapplied',
  at,
  subjectId: transaction.id,
  ...(obligation ? { obligationId: obligation.id } : {}),
  ...(transaction.agencyCode ? { agencyCode: transaction.agencyCode } : {}),
  ...(counterId ? { counterId } : {}),
  version: 1,
  payload: { id: transaction.id, amount: transaction.amount, bankTime: transaction.bankTime, why },
});

function accountIdOf(transaction: Transaction): string {
  if (transaction.accountId === undefined) throw new Error(`transaction ${transaction.id} is on no account of ours`);
  return transaction.accountId;
}
