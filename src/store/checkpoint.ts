// Carries the log of an SQLite file over into the file, in a thread of its own: no request waits for all of that.
import { Worker } from 'node:worker_threads';
import type Database from 'better-sqlite3';

/** About 8 MiB: enough to share the work of many commits, few enough to stay in the system's memory. */
const mostPages = 2_000;
/** A commit rewrites the last page of each index that it touches; rows that lie together share theirs. Measured with payments. */
const pagesACommit = 30;
const rowsAPage = 4;

/** PASSIVE does what can be done without a lock that a writer or a reader needs. Plain JavaScript, because a thread has no loader of ours. */
const body = `
  const { workerData } = require('node:worker_threads');
  const Database = require(workerData.driver);
  const database = new Database(workerData.path, { timeout: 0 });
  database.pragma('wal_checkpoint(PASSIVE)');
  database.close();
`;

export interface Checkpointer {
  /** To be called right after a commit, before anything else is written. */
  committed(): void;
  /** Settles when no thread is under way. */
  idle(): Promise<void>;
}

/**
 * How long the log is, is reckoned: to look would mean to open and close its index, and with that this process would let go of all of its
 * locks on it (sqlite.org/howtocorrupt.html, 2.2). `onFailure` hears why a thread did not do it; then the log grows until the writing
 * connection does it by itself.
 */
export function checkpointer(database: Database.Database, onFailure: (error: unknown) => void): Checkpointer {
  const changes = database.prepare<[], bigint>('SELECT total_changes()').pluck();
  let pages = 0;
  let changesBefore = 0n;
  let running: Promise<void> | undefined;
  let isNearlyDone = false;

  const carryOver = async (): Promise<void> => {
    const workerData = { path: database.name, driver: require.resolve('better-sqlite3') };
    const worker = new Worker(body, { eval: true, execArgv: [], workerData });
    await new Promise<void>((resolve) => worker.once('error', onFailure).once('exit', resolve));
    [isNearlyDone, running] = [true, undefined];
  };

  const look = (): void => {
    const now = changes.get() ?? 0n;
    pages += pagesACommit + Number(now - changesBefore) / rowsAPage;
    changesBefore = now;
    if (isNearlyDone) {
      // What was written meanwhile is little; once all of the log is carried over, the next commit starts it anew.
      isNearlyDone = false;
      database.pragma('wal_checkpoint(PASSIVE)');
    } else if (!running && pages > mostPages) {
      pages = 0;
      running = carryOver();
    }
  };

  return {
    committed() {
      try {
        look();
      } catch (error) {
        onFailure(error); // the commit stands
      }
    },
    idle: async () => running,
  };
}
