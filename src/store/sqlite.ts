// SQLite through better-sqlite3: one writing connection behind the group commit, one read-only connection for everyone else.
import Database from 'better-sqlite3';
import { checkpointer } from './checkpoint';
import { groupCommit } from './groupCommit';
import { setsOf, type Driver, type Sql, type Value } from './sql';

/** How long the event loop may stand still for a foreign lock; waiting goes on asynchronously. */
const busyTimeoutMs = 5;
/** Processes that start together wait for each other; afterwards nobody waits inside a statement. */
const openingTimeoutMs = 60_000;
/** Rows in one INSERT: from eight on it becomes no faster. */
const setSizes = [8];
/** The pages that a busy day comes back to stay in memory. */
const cacheKibibytes = 64 * 1024;
/** 64 MiB: only where no thread did it before. */
const checkpointPages = 16_000;
const journalSizeLimitBytes = 64 * 1024 * 1024;

/** Opens a database file (created when missing). Throws unless every commit will reach the disk. */
export function openSqlite(path: string, onFailure: (error: unknown) => void): Driver {
  const writing = openDurable(path);
  const reading = new Database(path, { readonly: true, timeout: busyTimeoutMs });
  reading.defaultSafeIntegers(true);
  reading.function('lower', { deterministic: true }, (text: unknown) => (typeof text === 'string' ? text.toLowerCase() : text)); // its own knows ASCII only
  const statements = synchronousSql(writing);
  const log = checkpointer(writing, onFailure);
  const commits = groupCommit(writing, statements, log.committed);
  return {
    reading: synchronousSql(reading),
    transact: commits.transact,
    listen: () => async () => undefined, // a file tells nobody: its processes look
    close: async () => {
      await commits.drained();
      await log.idle();
      reading.close();
      writing.close();
    },
  };
}

/**
 * A writing connection whose commits survive a power loss.
 * better-sqlite3 is compiled with DEFAULT_WAL_SYNCHRONOUS=1: it reopens a WAL file with `synchronous=NORMAL`, so FULL is set and read back each time.
 */
export function openDurable(path: string): Database.Database {
  const database = new Database(path, { timeout: openingTimeoutMs });
  database.defaultSafeIntegers(true);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('trusted_schema = OFF');
  database.pragma(`cache_size = -${cacheKibibytes}`);
  database.pragma(`wal_autocheckpoint = ${checkpointPages}`);
  database.pragma(`journal_size_limit = ${journalSizeLimitBytes}`);
  const expected = { journal_mode: 'wal', synchronous: 2n, foreign_keys: 1n, trusted_schema: 0n };
  for (const [name, value] of Object.entries(expected)) {
    const actual = database.pragma(name, { simple: true });
    if (actual !== value) throw new Error(`SQLite refused ${name} = ${value}: it is ${String(actual)}`);
  }
  database.pragma(`busy_timeout = ${busyTimeoutMs}`);
  return database;
}

/** better-sqlite3 answers at once; the promises only fit the shared interface. Statements are prepared once, and take their values as one list. */
function synchronousSql(database: Database.Database): Sql {
  const prepared = new Map<string, Database.Statement<[readonly Value[]]>>();
  const statement = (text: string): Database.Statement<[readonly Value[]]> => {
    const known = prepared.get(text);
    if (known) return known;
    const fresh = database.prepare<[readonly Value[]]>(text);
    prepared.set(text, fresh);
    return fresh;
  };
  return {
    all: async <Row>(text: string, ...values: Value[]) => statement(text).all(values) as Row[],
    get: async <Row>(text: string, ...values: Value[]) => statement(text).get(values) as Row | undefined,
    run: async (text, ...values) => statement(text).run(values).changes,
    each: async (text, rows) => {
      let changes = 0;
      for (const set of setsOf(text, rows, setSizes)) changes += statement(set.text).run(set.values).changes;
      return changes;
    },
  };
}
