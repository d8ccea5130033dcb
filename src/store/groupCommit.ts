// The group commit on SQLite: works that wait share one transaction, each in its own savepoint; nobody hears of success before the commit.
import type Database from 'better-sqlite3';
import { setTimeout as wait } from 'node:timers/promises';
import { codeOf, StoreBusy, TransactionEnded, type Attempt, type Sql, type TransactionSql } from './sql';

/** Works in one commit: enough to share the disk's flush, few enough that the event loop breathes. */
const maxBatch = 256;
const maxWaiting = 10_000;
/** How long a batch asks for a write lock that another process holds. */
const lockDeadlineMs = 5_000;
const lockRetryMs = 20;

interface Waiting {
  body: (sql: TransactionSql) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

export interface GroupCommit {
  transact<T>(body: (sql: TransactionSql) => Promise<T>): Promise<T>;
  /** Settles when nothing waits any more. */
  drained(): Promise<void>;
}

/** `transact` for one writing connection; `statements` run on that same connection; `onCommit` is called between two commits. */
export function groupCommit(database: Database.Database, statements: Sql, onCommit: () => void): GroupCommit {
  const queue: Waiting[] = [];
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (queue.length > 0) {
      await new Promise(setImmediate); // requests that have already arrived join this commit
      await commitTogether(queue.splice(0, maxBatch));
    }
    running = undefined;
  }

  async function commitTogether(batch: Waiting[]): Promise<void> {
    const answers: (() => void)[] = [];
    try {
      await begin(database);
      for (const work of batch) answers.push(batch.length === 1 ? await settleAlone(work) : await settle(work));
      if (database.inTransaction) database.exec('COMMIT');
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK');
      const busy = new StoreBusy('the database could not commit', error);
      for (const work of batch) work.reject(busy);
      return;
    }
    for (const answer of answers) answer();
    onCommit();
  }

  /** Runs one body in its savepoint; throws only when the whole batch is lost. */
  async function settle(work: Waiting): Promise<() => void> {
    const attempt = await inSavepoint(database, 'work', () => bodyWithoutWaiting(work.body, statements, database));
    return attempt.ok ? () => work.resolve(attempt.value) : () => work.reject(attempt.error);
  }

  /** A body that shares its transaction with no other needs no savepoint, which would have to copy each page before its first change. */
  async function settleAlone(work: Waiting): Promise<() => void> {
    try {
      const value = await bodyWithoutWaiting(work.body, statements, database);
      return () => work.resolve(value);
    } catch (error) {
      if (!database.inTransaction || isOfDisk(error)) throw error;
      database.exec('ROLLBACK');
      return () => work.reject(error);
    }
  }

  return {
    transact<T>(body: (sql: TransactionSql) => Promise<T>): Promise<T> {
      if (queue.length >= maxWaiting) throw new StoreBusy('too many writes are waiting');
      return new Promise<T>((resolve, reject) => {
        queue.push({ body, resolve: resolve as (value: unknown) => void, reject });
        running ??= run();
      });
    },
    async drained() {
      while (running) await running;
    },
  };
}

/** Takes the write lock; while another process holds it the event loop goes on. */
async function begin(database: Database.Database): Promise<void> {
  const deadline = performance.now() + lockDeadlineMs;
  for (;;) {
    try {
      database.exec('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
      await wait(lockRetryMs);
    }
  }
}

/**
 * Some errors end the whole transaction by themselves: then no further statement may run, and the batch is lost. A full disk does so with some
 * statements and not with others; it is nobody's fault in particular, so it is the batch's with all of them.
 */
async function inSavepoint<T>(database: Database.Database, name: string, work: () => Promise<T>): Promise<Attempt<T>> {
  database.exec(`SAVEPOINT ${name}`);
  try {
    const value = await work();
    database.exec(`RELEASE ${name}`);
    return { ok: true, value };
  } catch (error) {
    if (!database.inTransaction || isOfDisk(error)) throw error;
    database.exec(`ROLLBACK TO ${name}; RELEASE ${name}`);
    return { ok: false, error };
  }
}

/**
 * A body may wait for its tables only: SQLite answers at once, so a body that is not settled at the next turn waits for something else, such
 * as a transaction inside it.
 */
async function bodyWithoutWaiting<T>(body: (sql: TransactionSql) => Promise<T>, statements: Sql, database: Database.Database): Promise<T> {
  const mortal = mortalSql(statements, database);
  const turn = nextTurn();
  try {
    return await Promise.race([body(mortal.sql), turn.passed]);
  } finally {
    turn.cancel();
    mortal.end();
  }
}

function nextTurn(): { passed: Promise<never>; cancel: () => void } {
  let immediate: NodeJS.Immediate | undefined;
  const passed = new Promise<never>((_, reject) => {
    immediate = setImmediate(() => reject(new Error('a transaction waited for something else than its tables')));
  });
  return { passed, cancel: () => clearImmediate(immediate) };
}

function mortalSql(statements: Sql, database: Database.Database): { sql: TransactionSql; end: () => void } {
  let ended = false;
  const alive = (): Sql => {
    if (ended) throw new TransactionEnded();
    return statements;
  };
  return {
    end: () => (ended = true),
    sql: {
      dialect: 'sqlite',
      all: async (text, ...values) => alive().all(text, ...values),
      get: async (text, ...values) => alive().get(text, ...values),
      run: async (text, ...values) => alive().run(text, ...values),
      each: async (text, rows) => alive().each(text, rows),
      attempt: async (work) => {
        alive();
        return inSavepoint(database, 'attempt', work);
      },
    },
  };
}

const isBusy = (error: unknown): boolean => codeOf(error).startsWith('SQLITE_BUSY');
const isOfDisk = (error: unknown): boolean => /^SQLITE_(FULL|IOERR)/.test(codeOf(error));
