// The context: what every action is given. Nobody but the door knows the time or chance, and it gives them through here.
import { randomBytes } from 'node:crypto';
import type { Provider } from '../webhooks/provider';
import type { Bell } from './bell';
import type { CertificateAndKey } from './certificate';
import type { Config } from './config';
import type { Collector } from './domain/collector';
import { idRandomBytes, newId, type Kind } from './domain/id';
import type { WritePaper } from './domain/paper';
import type { ScheduleRow } from './domain/procedure';
import { epochMsOf, instantOf, type Instant } from './domain/time';
import type { Log } from './log';
import type { Metrics } from './metrics';
import type {
  Gateway,
  GatewayAccess,
  LetterAnswer,
  Outbound,
  OutgoingLetter,
  PretendAnswer,
  PretendTransfer,
  SubscriberAnswer,
} from './outbound/outbound';
import type { Seal } from './seal';
import type { StatementReading } from './statements/reading';
import { StoreBusy, type Attempt, type ReadTables, type Store, type Tables } from './store';
import { Problem } from './problems';

export interface Context {
  config: Config;
  store: Store;
  bell: Bell;
  log: Log;
  metrics: Metrics;
  seal: Seal;
  outbound: Outbound;
  /** Reads statement files beside the service. */
  statementReading: StatementReading;
  /** Everyone's way to providers; undefined where there is none of that name. */
  providerNamed(name: string): Provider | undefined;
  /** Of all providers that this installation has. */
  providerNames: readonly string[];
  /** The fee schedule by law that this version of the service brings along. */
  legalSchedule(): readonly ScheduleRow[];
  /** A self-signed certificate with which receipts can be tried before there is a real one; it says so itself. */
  makeDemoCertificate(organisation: Pick<Collector, 'name' | 'taxCode'>, now: Instant): Promise<CertificateAndKey>;
  /** Writes a paper in one of its forms. */
  writePaper: WritePaper;
  now(): Instant;
  random(bytes: number): Uint8Array;
  id(kind: Kind): string;
  /** What `read` returns; within one turn of the event loop it is called once for a key. */
  oncePerTurn<T>(key: string, read: () => Promise<T>): Promise<T>;
}

export type {
  Attempt,
  Gateway,
  GatewayAccess,
  LetterAnswer,
  OutgoingLetter,
  PretendAnswer,
  PretendTransfer,
  ReadTables,
  SubscriberAnswer,
  Tables,
};

type Given = Omit<Context, 'now' | 'random' | 'id' | 'oncePerTurn'> & Partial<Pick<Context, 'now' | 'random'>>;

/** A context with the real clock and real chance unless others are given. */
export function contextOf(given: Given): Context {
  const now = given.now ?? millisecondClock();
  const turnAt = turnsOfInstants();
  const random = given.random ?? pooledRandom();
  return {
    ...given,
    store: answering(given.store, given.log),
    now,
    random,
    id: (kind) => newId(kind, turnAt(now()), random(idRandomBytes)),
    oncePerTurn: turnMemory(),
  };
}

/** Many ask within one millisecond: its text is made once. */
function millisecondClock(): () => Instant {
  let known = 0;
  let text = instantOf(known);
  return () => {
    const ms = Date.now();
    if (ms !== known) [known, text] = [ms, instantOf(ms)];
    return text;
  };
}

/** Counts what happens within one instant. */
function turnsOfInstants(): (at: Instant) => { epochMs: number; turn: number } {
  let known: Instant | undefined;
  let epochMs = 0;
  let turn = 0;
  return (at) => {
    if (at !== known) [known, epochMs, turn] = [at, epochMsOf(at), -1];
    turn++;
    return { epochMs, turn };
  };
}

function turnMemory(): Context['oncePerTurn'] {
  const known = new Map<string, Promise<unknown>>();
  return <T>(key: string, read: () => Promise<T>): Promise<T> => {
    const before = known.get(key);
    if (before) return before as Promise<T>;
    if (known.size === 0) setImmediate(() => known.clear());
    const now = read();
    known.set(key, now);
    return now;
  };
}

/** Chance from the system in blocks: an id is worth ten bytes, a call for them costs far more. */
function pooledRandom(): (bytes: number) => Uint8Array {
  const blockBytes = 8 * 1024;
  let block = new Uint8Array(0);
  let used = 0;
  return (bytes) => {
    if (used + bytes > block.length) [block, used] = [randomBytes(Math.max(blockBytes, bytes)), 0];
    used += bytes;
    return block.subarray(used - bytes, used);
  };
}

/** What an error is to whoever asked: a refusal by its name, a store that is too busy, or a bug. */
export function problemBehind(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(error instanceof StoreBusy ? 'store_busy' : 'bug');
}

/** A store that is too busy is a refusal with a name; everything else that it throws is a bug. */
const answering = (store: Store, log: Log): Store => ({
  ...store,
  transact: async (work) => {
    try {
      return await store.transact(work);
    } catch (error) {
      if (!(error instanceof StoreBusy)) throw error;
      log.warn({ err: error.cause ?? error }, error.message);
      throw new Problem('store_busy');
    }
  },
});
