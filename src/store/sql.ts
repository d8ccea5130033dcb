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
  /** Calls `listener` when another process may have committed events, where the database can tell; returns how to stop. */
  listen(listener: () => void): () => Promise<void>;
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

const valuesPart = /VALUES (\((?:[^()]*, )?\?\))/;
/** An INSERT's text for one row → its texts for several, made once; nothing for other statements. */
const repeatedTexts = new WeakMap<readonly number[], Map<string, Map<number, string>>>();

export interface RowSet {
  text: string;
  values: readonly Value[];
}

/**
 * One statement for many rows, as few statements as the sizes allow (the largest first; single rows at last): an INSERT with its VALUES
 * repeats them, anything else goes row by row. A call of a statement costs more than a row in it.
 */
export function setsOf(text: string, rows: readonly (readonly Value[])[], sizes: readonly number[]): RowSet[] {
  const texts = textsFor(text, sizes);
  const sets: RowSet[] = [];
  for (let from = 0; from < rows.length;) {
    const left = rows.length - from;
    const size = texts.size === 0 ? 1 : (sizes.find((one) => one <= left) ?? 1);
    sets.push(
      size === 1 ? { text, values: rows[from] ?? [] } : { text: texts.get(size) ?? text, values: valuesOf(rows, from, from + size) },
    );
    from += size;
  }
  return sets;
}

/** One list of all values; `flat()` takes three times as long. */
function valuesOf(rows: readonly (readonly Value[])[], from: number, to: number): Value[] {
  const values: Value[] = [];
  for (let place = from; place < to; place++) for (const value of rows[place] ?? []) values.push(value);
  return values;
}

function textsFor(text: string, sizes: readonly number[]): Map<number, string> {
  const ofSizes = repeatedTexts.get(sizes) ?? new Map<string, Map<number, string>>(); // each driver has sizes of its own
  repeatedTexts.set(sizes, ofSizes);
  const known = ofSizes.get(text);
  if (known) return known;
  const repeated = (row: string, size: number): string => `VALUES ${Array.from({ length: size }, () => row).join(', ')}`;
  const texts = new Map<number, string>();
  if (valuesPart.test(text))
    for (const size of sizes)
      texts.set(
        size,
        text.replace(valuesPart, (_, row: string) => repeated(row, size)),
      );
  ofSizes.set(text, texts);
  return texts;
}
