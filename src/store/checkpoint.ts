// Carries the log of an SQLite file over into the file, in a thread of its own: no request waits for all of that.
import { closeSync, openSync, readSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type Database from 'better-sqlite3';

/** Pages in the log, 8 MiB: enough to share the work of many commits, few enough to stay in the system's memory. */
const mostPages = 2_000;
/** The log is looked at so often; a commit writes some dozens of pages. */
const commitsBetweenLooks = 8;

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

/** `onFailure` hears why a thread did not do it; then the log grows until the writing connection does it by itself. */
export function checkpointer(database: Database.Database, onFailure: (error: unknown) => void): Checkpointer {
  const path = database.name;
  let commits = 0;
  let running: Promise<void> | undefined;
  let isNearlyDone = false;

  const carryOver = async (): Promise<void> => {
    const worker = new Worker(body, { eval: true, execArgv: [], workerData: { path, driver: require.resolve('better-sqlite3') } });
    await new Promise<void>((resolve) => worker.once('error', onFailure).once('exit', resolve));
    [isNearlyDone, running] = [true, undefined];
  };

  return {
    committed() {
      if (isNearlyDone) {
        // What was written meanwhile is little; once all of the log is carried over, the next commit starts it anew.
        database.pragma('wal_checkpoint(PASSIVE)');
        isNearlyDone = false;
      } else if (!running && ++commits % commitsBetweenLooks === 0 && pagesToCarry(path) > mostPages) running = carryOver();
    },
    idle: async () => running,
  };
}

/** Pages of the log that are not in the file yet. Source: sqlite.org/walformat.html, 2.1 (mxFrame at 16, nBackfill at 96). */
function pagesToCarry(path: string): number {
  const header = Buffer.alloc(100); // its numbers are in the byte order of the machine
  const index = openSync(`${path}-shm`, 'r');
  try {
    readSync(index, header, 0, header.length, 0);
  } finally {
    closeSync(index);
  }
  const [inLog = 0, carried = 0] = [16, 96].map((place) => new Uint32Array(header.buffer, header.byteOffset + place, 1)[0]);
  return inLog - carried;
}
