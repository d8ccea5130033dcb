// Sources: who tells us of money on an account, by webhook or in a list of its own, and how soon.
import type { Money } from './money';
import { usualPauseOf } from './silence';
import { epochMsOf, type Instant } from './time';
import type { Transaction, Via } from './transaction';

/** A source's own list of one account, from which we take what no webhook told. */
export interface FeedState {
  accountId: string;
  provider: string;
  tokenCiphertext: string;
  /** Where another address than the source's own is meant. */
  baseUrl?: string;
  /** Of a pull that runs or broke off: the next one goes on in this very window. */
  unfinished?: PullWindow;
  /** Everything up to this time was taken. */
  pulledTo?: Instant;
  lastPulledAt?: Instant;
  /** The source asked to be left alone until then. */
  restUntil?: Instant;
  problem?: string;
}

/** The stretch of a list that one pull takes. A cursor means something within its own window alone. */
export interface PullWindow {
  from: Instant;
  to: Instant;
  /** After what was taken of it; absent at its beginning. */
  cursor?: string;
}

/** Two movements whose balances do not continue, as it was found. */
export interface FoundBreak {
  accountId: string;
  provider: string;
  afterId: string;
  beforeId: string;
  from: Instant;
  to: Instant;
  /** What moved unseen between them: above zero where more came in. */
  missing: Money;
  foundAt: Instant;
}

/** How one provider has told of one account lately. */
export interface Source {
  provider: string;
  /** Absent for money that a gateway holds, and on accounts that are not ours. */
  accountId?: string;
  isForeign?: true;
  lastHeardAt: Instant;
  /** Of the transactions that were looked at. */
  count: number;
  told: Record<Via, number>;
  /** From the bank's time to our books; null where everything is history that a first look into the list brought. */
  medianDelayMs: number | null;
  p99DelayMs: number | null;
  /** The longest usual pause between two tidings, in office hours; null where too few are known. See `isSilent`. */
  usualPauseMs: number | null;
}

/** What is looked at of a transaction that a source told of. */
export type Heard = Pick<Transaction, 'provider' | 'accountId' | 'via' | 'bankTime' | 'receivedAt'> & Pick<Source, 'isForeign'>;

/** The sources of these transactions, the one heard last first. */
export function sourcesOf(transactions: readonly Heard[]): Source[] {
  const groups = new Map<string, Heard[]>();
  for (const transaction of transactions) {
    const key = [transaction.provider, transaction.accountId, transaction.isForeign].join(' ');
    const group = groups.get(key);
    if (group) group.push(transaction);
    else groups.set(key, [transaction]);
  }
  return [...groups.values()].map(sourceOf).sort((a, b) => (a.lastHeardAt < b.lastHeardAt ? 1 : -1));
}

function sourceOf(heard: readonly Heard[]): Source {
  const [first] = heard;
  const toldBy = (via: Via): number => heard.filter((one) => one.via === via).length;
  const times = heard.map((one) => one.receivedAt).sort();
  const delays = delaysOf(heard, times[0]);
  return {
    provider: first?.provider ?? '',
    ...(first?.accountId ? { accountId: first.accountId } : {}),
    ...(first?.isForeign ? { isForeign: true as const } : {}),
    lastHeardAt: times.at(-1) ?? ('' as Instant),
    count: heard.length,
    told: { push: toldBy('push'), pull: toldBy('pull'), statement: toldBy('statement') },
    medianDelayMs: shareOf(delays, 0.5),
    p99DelayMs: shareOf(delays, 0.99),
    usualPauseMs: usualPauseOf(times),
  };
}

/** What a list told of the time before the source was first heard is history: it says nothing of how soon we learn. */
function delaysOf(heard: readonly Heard[], firstHeardAt: Instant | undefined): number[] {
  const lived = heard.filter(({ via, bankTime }) => via === 'push' || firstHeardAt === undefined || bankTime >= firstHeardAt);
  return lived.map((one) => Math.max(0, epochMsOf(one.receivedAt) - epochMsOf(one.bankTime))).sort((a, b) => a - b);
}

const shareOf = (sorted: readonly number[], share: number): number | null => sorted[Math.floor((sorted.length - 1) * share)] ?? null;
