// Reads the service's tables behind its back, over a connection of its own that is kept open: what is checked is what was committed.
import Database from 'better-sqlite3';
import { Client, types } from 'pg';

export type Row = Record<string, number | string | null>;

export interface Reader {
  /** Whole numbers come as numbers: no sum of a simulated day is beyond them. */
  rows(text: string): Promise<Row[]>;
  number(text: string): Promise<number>;
  end(): Promise<void>;
}

export async function openReader(url: string): Promise<Reader> {
  const { rows, end } = url.startsWith('file:') ? sqliteReader(url.slice('file:'.length)) : await postgresReader(url);
  return { rows, end, number: async (text) => Number(Object.values((await rows(text))[0] ?? {})[0] ?? 0) };
}

function sqliteReader(path: string): Omit<Reader, 'number'> {
  const database = new Database(path, { readonly: true });
  return { rows: async (text) => database.prepare(text).all() as Row[], end: async () => void database.close() };
}

const [int8, numeric] = [20, 1700];

async function postgresReader(url: string): Promise<Omit<Reader, 'number'>> {
  const client = new Client({
    connectionString: url,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === int8 || oid === numeric ? Number : types.getTypeParser(oid, format ?? 'text'),
    },
  });
  await client.connect();
  return { rows: async (text) => (await client.query<Row>(text)).rows, end: () => client.end() };
}

/** A list of ids for `IN`. They are the service's own or numbers: nothing in them needs care. */
export const listed = (ids: readonly (string | number)[]): string => ids.map((id) => `'${id}'`).join(', ');

/** Lists as long as both databases like them. */
export function chunksOf<Item>(items: readonly Item[], size = 500): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, place) => items.slice(place * size, (place + 1) * size));
}
