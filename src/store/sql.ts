// The narrow interface through which every statement goes; two drivers speak it.

export type Value = string | bigint | number | Uint8Array | null;

/** Statements with `?` for values. Whole numbers come back as bigint from both drivers. */
export interface Sql {
  all<Row>(text: string, ...values: Value[]): Promise<Row[]>;
  get<Row>(text: string, ...values: Value[]): Promise<Row | undefined>;
  /** Returns how many rows were changed. */
  run(text: string, ...values: Value[]): Promise<number>;
  /** Runs one statement for each row of values, as a set; returns how many rows were changed in all. */
  each(text: string, rows: readonly (readonly Value[])[]): Promise<number>;
}

/** What became of a piece of work in its own savepoint. */
export type Attempt<T> = { ok: true; value: T } | { ok: false; error: unknown };

/** Statements of one open transaction. They die when its body settles: a late caller gets an error, not the next body's transaction. */
export interface TransactionSql extends Sql {
  readonly dialect: 'sqlite' | 'postgresql';
  /** Runs `work` in a savepoint of its own: when it throws, what it wrote is undone and the rest of the transaction goes on. */
  attempt<T>(work: () => Promise<T>): Promise<Attempt<T>>;
}

/** One database: reads outside transactions, and the one way to write. */
export interface Driver {
  readonly reading: Sql;
  transact<T>(body: (sql: TransactionSql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The database cannot take the work now; it may be sent again. Nothing of it was kept. */
export class StoreBusy extends Error {
  constructor(why: string, cause?: unknown) {
    super(why, { cause });
  }
}

/** The database's own code of an error (`SQLITE_BUSY`, `40001`). */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

export class TransactionEnded extends Error {
  constructor() {
    super('a statement came after its transaction had ended');
  }
}
