// PostgreSQL through pg: each work is its own serializable transaction, repeated when the server says that another came between.
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { Pool, types, type PoolClient, type QueryResultRow } from 'pg';
import { codeOf, StoreBusy, TransactionEnded, type Attempt, type Driver, type Sql, type TransactionSql, type Value } from './sql';

const maxConnections = 16;
const maxTries = 30;
const connectTimeoutMs = 5_000;
/** A stalled peer that holds a lock must not hold everybody. */
const timeouts = { lock_timeout: 10_000, statement_timeout: 30_000, idle_in_transaction_session_timeout: 30_000 };
/** lock_not_available, query_canceled, idle_in_transaction_session_timeout */
const timedOut = new Set(['55P03', '57014', '25P03']);
/** serialization_failure, deadlock_detected: https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html */
const repeatable = new Set(['40001', '40P01']);

const int8 = 20;
const int4 = 23;
const wholeNumbersAsBigint = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === int8 || oid === int4 ? BigInt : types.getTypeParser(oid, format ?? 'text'),
};

/** Opens a database by its address. Nothing is connected before the first statement. */
export function openPostgres(url: string, onLostConnection: (error: Error) => void): Driver {
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    ...timeouts,
    types: wholeNumbersAsBigint,
  });
  pool.on('error', onLostConnection);
  const inside = new AsyncLocalStorage<true>();
  return {
    reading: sqlOver(() => pool),
    transact: async (body) => {
      if (inside.getStore()) throw new Error('transact inside transact: a shared action takes the tables');
      return inside.run(true, () => repeatedly(pool, body));
    },
    close: () => pool.end(),
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
  try {
    await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
    const value = await bodyIn(client, body);
    await client.query('COMMIT');
    return value;
  } catch (error) {
    await client.query('ROLLBACK').catch((lost: Error) => (broken = lost));
    throw error;
  } finally {
    client.release(broken);
  }
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
  const query = async <Row>(text: string, values: Value[]) => {
    const statement = numbered(text);
    return connection().query<Row & QueryResultRow>({ ...statement, values: values.map(bindable) });
  };
  return {
    all: async <Row>(text: string, ...values: Value[]) => (await query<Row>(text, values)).rows as Row[],
    get: async <Row>(text: string, ...values: Value[]) => (await query<Row>(text, values)).rows[0] as Row | undefined,
    run: async (text, ...values) => (await query(text, values)).rowCount ?? 0,
    each: async (text, rows) => {
      let changes = 0;
      for (const part of partsOf(text, rows)) changes += (await query(repeatedFor(text, part.length), part.flat())).rowCount ?? 0;
      return changes;
    },
  };
}

const valuesPart = /VALUES (\((?:\?, )*\?\))/;
/** The server keeps a plan for each text, so sets are sent in few sizes. */
const setSizes = [64, 16, 4, 1];

/** Inserts go as sets of rows in one statement, everything else row by row. */
function partsOf(text: string, rows: readonly (readonly Value[])[]): (readonly Value[])[][] {
  const sizes = valuesPart.test(text) ? setSizes : [1];
  const parts: (readonly Value[])[][] = [];
  for (let from = 0; from < rows.length; from += parts.at(-1)?.length ?? 1) {
    parts.push(rows.slice(from, from + (sizes.find((size) => size <= rows.length - from) ?? 1)));
  }
  return parts;
}

const repeatedFor = (text: string, count: number): string =>
  text.replace(valuesPart, (_, row: string) => `VALUES ${Array.from({ length: count }, () => row).join(', ')}`);

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
