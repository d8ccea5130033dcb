// PostgreSQL through pg: each work is its own serializable transaction, repeated when the server says that another came between.
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { Client, DatabaseError, Pool, types, type PoolClient, type QueryResultRow } from 'pg';
import { eventChannel } from './events';
import { codeOf, setsOf, StoreBusy, TransactionEnded, type Attempt, type Driver, type Sql, type TransactionSql, type Value } from './sql';

const maxWriters = 16;
const maxReaders = 8;
const maxTries = 30;
const connectTimeoutMs = 5_000;
/** A stalled peer that holds a lock must not hold everybody. */
const timeouts = { lock_timeout: 10_000, statement_timeout: 30_000, idle_in_transaction_session_timeout: 30_000 };
/** lock_not_available, query_canceled, idle_in_transaction_session_timeout */
const timedOut = new Set(['55P03', '57014', '25P03']);
/** serialization_failure, deadlock_detected: https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html */
const repeatable = new Set(['40001', '40P01']);
/** How often a read is asked that met a lost connection. */
const maxReads = 5;
const readAgainMs = 20;

const int8 = 20;
const int4 = 23;
const wholeNumbersAsBigint = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === int8 || oid === int4 ? BigInt : types.getTypeParser(oid, format ?? 'text'),
};

/** Opens a database by its address. Nothing is connected before the first statement. */
export function openPostgres(url: string, onLostConnection: (error: Error) => void): Driver {
  const poolOf = (max: number): Pool => {
    const pool = new Pool({
      connectionString: url,
      max,
      connectionTimeoutMillis: connectTimeoutMs,
      ...timeouts,
      types: wholeNumbersAsBigint,
    });
    pool.on('error', onLostConnection);
    pool.on('connect', (client) => client.on('error', () => undefined)); // lost at work: its statement fails; unheard, it would end the process
    return pool;
  };
  const writing = poolOf(maxWriters);
  const reading = poolOf(maxReaders); // writers that wait for each other must not keep readers waiting
  const inside = new AsyncLocalStorage<true>();
  return {
    reading: readingAgain(sqlOver(() => reading)),
    transact: async (body) => {
      if (inside.getStore()) throw new Error('transact inside transact: a shared action takes the tables');
      return inside.run(true, () => repeatedly(writing, body));
    },
    listen: (listener) => listenTo(url, listener, onLostConnection),
    close: async () => {
      await Promise.all([writing.end(), reading.end()]);
      inside.disable(); // every promise of the process is followed for it
    },
  };
}

const reconnectMs = 1_000;

/** A connection of its own that hears of commits; lost, it is made again, and then somebody should look what happened meanwhile. */
function listenTo(url: string, listener: () => void, onLostConnection: (error: Error) => void): () => Promise<void> {
  let client: Client | undefined;
  let pause: NodeJS.Timeout | undefined;
  let hasStopped = false;
  const again = (error: Error): void => {
    if (hasStopped || pause) return;
    onLostConnection(error);
    void client?.end().catch(() => undefined);
    pause = setTimeout(connect, reconnectMs);
  };
  const connect = (): void => {
    pause = undefined;
    const fresh = new Client({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs });
    client = fresh;
    fresh.on('error', again);
    fresh.on('end', () => again(new Error('the listening connection ended')));
    fresh.on('notification', listener);
    fresh
      .connect()
      .then(() => fresh.query(`LISTEN ${eventChannel}`))
      .then(listener, again);
  };
  connect();
  return async () => {
    hasStopped = true;
    clearTimeout(pause);
    await client?.end().catch(() => undefined);
  };
}

async function repeatedly<T>(pool: Pool, body: (sql: TransactionSql) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await once(pool, body);
    } catch (error) {
      if (timedOut.has(codeOf(error))) throw new StoreBusy('a lock was held too long', error);
      if (!isRepeatable(error)) throw error;
      if (tries >= maxTries) throw new StoreBusy('too many writers at once', error);
      await wait(tries * 2);
    }
  }
}

async function once<T>(pool: Pool, body: (sql: TransactionSql) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw new StoreBusy('the database cannot be reached', error);
  });
  let broken: Error | undefined;
  let isInDoubt = false;
  try {
    await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
    const value = await bodyIn(client, body);
    isInDoubt = true;
    await client.query('COMMIT');
    return value;
  } catch (error) {
    await client.query('ROLLBACK').catch((lost: Error) => (broken = lost));
    if (broken && !isInDoubt) throw new StoreBusy('the connection to the database was lost', error);
    throw error;
  } finally {
    client.release(broken);
  }
}

/** A read that met a lost connection is asked again: the pool makes a new one. */
function readingAgain(sql: Sql): Sql {
  const asked = async <T>(read: () => Promise<T>): Promise<T> => {
    for (let tries = 1; ; tries++) {
      try {
        return await read();
      } catch (error) {
        if (!isLost(error)) throw error;
        if (tries >= maxReads) throw new StoreBusy('the database cannot be reached', error);
        await wait(tries * readAgainMs);
      }
    }
  };
  return {
    ...sql,
    all: <Row>(text: string, ...values: Value[]) => asked(() => sql.all<Row>(text, ...values)),
    get: <Row>(text: string, ...values: Value[]) => asked(() => sql.get<Row>(text, ...values)),
  };
}

async function bodyIn<T>(client: PoolClient, body: (sql: TransactionSql) => Promise<T>): Promise<T> {
  let ended = false;
  const sql = sqlOver(() => {
    if (ended) throw new TransactionEnded();
    return client;
  });
  try {
    return await body({ ...sql, dialect: 'postgresql', attempt: (work) => inSavepoint(sql, work) });
  } finally {
    ended = true;
  }
}

async function inSavepoint<T>(sql: Sql, work: () => Promise<T>): Promise<Attempt<T>> {
  await sql.run('SAVEPOINT attempt');
  try {
    const value = await work();
    await sql.run('RELEASE SAVEPOINT attempt');
    return { ok: true, value };
  } catch (error) {
    if (isRepeatable(error)) throw error; // the whole work must be repeated, not only its inner part
    await sql.run('ROLLBACK TO SAVEPOINT attempt');
    await sql.run('RELEASE SAVEPOINT attempt');
    return { ok: false, error };
  }
}

function sqlOver(connection: () => Pool | PoolClient): Sql {
  const query = async <Row>(text: string, values: readonly Value[]) => {
    const statement = numbered(text);
    return connection().query<Row & QueryResultRow>({ ...statement, values: values.map(bindable) });
  };
  return {
    all: async <Row>(text: string, ...values: Value[]) => (await query<Row>(text, values)).rows as Row[],
    get: async <Row>(text: string, ...values: Value[]) => (await query<Row>(text, values)).rows[0] as Row | undefined,
    run: async (text, ...values) => (await query(text, values)).rowCount ?? 0,
    each: async (text, rows) => {
      let changes = 0;
      for (const set of setsOf(text, rows, setSizes)) changes += (await query(set.text, set.values)).rowCount ?? 0;
      return changes;
    },
  };
}

/** The server keeps a plan for each text, so sets are sent in few sizes. */
const setSizes = [64, 16, 4];

const statements = new Map<string, { name: string; text: string }>();

/** `?` → `$1, $2 …`, and a name under which the server keeps the plan. Our texts are constants without question marks in quotes. */
function numbered(text: string): { name: string; text: string } {
  const known = statements.get(text);
  if (known) return known;
  let count = 0;
  const statement = { name: `s${statements.size}`, text: text.replace(/\?/g, () => `$${++count}`) };
  statements.set(text, statement);
  return statement;
}

const bindable = (value: Value): unknown => (value instanceof Uint8Array ? Buffer.from(value) : value);

const isRepeatable = (error: unknown): boolean => repeatable.has(codeOf(error));

/** The server said nothing any more, or that it goes: connection_exception, operator_intervention. */
const isLost = (error: unknown): boolean => !(error instanceof DatabaseError) || /^(08|57P)/.test(codeOf(error));
