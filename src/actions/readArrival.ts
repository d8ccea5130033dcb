// Reads an authentic message: what it says of money, and by what it is known again when it is told again.
import { hash } from 'node:crypto';
import { Unreadable, type IncomingTransaction, type Provider, type WebhookRequest } from '../../webhooks/provider';
import type { Context } from '../context';
import { lineOf } from '../domain/line';
import type { Via } from '../domain/transaction';

/** An authentic message: a webhook, or an answer of a provider's own list that we asked for. */
export interface Arrival {
  provider: Provider;
  owner: string;
  accountsWithOwnSecret: ReadonlySet<string>;
  via: Via;
  request: WebhookRequest;
  /** A list may hold other accounts too: only this one's movements are meant. */
  accountNumber?: string;
}

/** An arrival, with what it says. */
export interface ReadArrival {
  /** Of the delivery that it becomes, unless it is a repetition. */
  id: string;
  arrival: Arrival;
  /** The same bytes have the same one. */
  digest: string;
  /** The digest together with who told it. */
  key: string;
  /** Nothing where it failed; of a list with odd rows, what the others tell. */
  incoming: readonly IncomingTransaction[];
  failure?: Failure;
}

/** Why nothing is made of a message by itself: a person looks, or it is tried again. */
export interface Failure {
  state: 'unreadable' | 'failed';
  problem: string;
}

const longestProblem = 500;
/** What a provider composes an id of is bounded (`webhooks/fields.ts`); whatever one may compose, an index must take it. */
const longestIdInDigest = 500;

export function readArrival(ctx: Context, arrival: Arrival): ReadArrival {
  const id = ctx.id('delivery');
  const read = readingOf(ctx, id, arrival);
  const digest = digestOf(arrival.request, read.incoming[0]?.providerId ?? '');
  return { id, arrival, digest, key: keyOf(arrival, digest), ...read };
}

/** What identifies a telling: who told it, and its digest. */
export const keyOf = ({ provider, owner }: Arrival, digest: string): string => `${provider.name} ${owner} ${digest}`;

/** A note that every table takes: some problems quote what was sent. */
export const failureOf = (state: Failure['state'], problem: string): Failure => ({ state, problem: lineOf(problem, longestProblem) });

/** A bug of ours, or a database in trouble: not the message's fault. */
export function failedBy(ctx: Context, deliveryId: string, error: unknown): Failure {
  ctx.log.error({ deliveryId, err: error }, 'a delivery could not be applied');
  return failureOf('failed', error instanceof Error ? error.message : 'unknown');
}

function readingOf(
  ctx: Context,
  id: string,
  { provider, via, request, accountNumber }: Arrival,
): Pick<ReadArrival, 'incoming' | 'failure'> {
  const isMeant = (one: IncomingTransaction): boolean => one.accountNumber === undefined || one.accountNumber === accountNumber;
  try {
    if (via !== 'pull') return { incoming: provider.normalise(request) };
    return { incoming: (provider.readPulled?.(request.body) ?? []).filter(isMeant) };
  } catch (error) {
    if (!(error instanceof Unreadable)) return { incoming: [], failure: failedBy(ctx, id, error) };
    return { incoming: error.readable.filter(isMeant), failure: failureOf('unreadable', error.message) };
  }
}

/** The provider's id comes first, so that digests of one time lie together in their index. */
const digestOf = ({ method, query, body }: WebhookRequest, providerId: string): string =>
  `${lineOf(providerId, longestIdInDigest)} ${hash('sha256', Buffer.concat([Buffer.from(`${method}\n${query}\n`), body]), 'base64')}`;
