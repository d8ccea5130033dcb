// Fresh databases of either kind for tests: empty ones, and copies of one in which the demo office stands already.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshPostgresDatabase } from './postgres';

export const databases = ['SQLite', 'PostgreSQL'] as const;
export type DatabaseKind = (typeof databases)[number];

export interface FreshDatabase {
  url: string;
  remove: () => void;
}

/** The address of an empty database, and how to remove it. */
export async function freshDatabase(kind: DatabaseKind): Promise<FreshDatabase> {
  if (kind === 'PostgreSQL') return { url: await freshPostgresDatabase(), remove: () => undefined };
  return freshFile();
}

/** A copy of the database that the global set-up seeded: much faster than to migrate and seed another one. */
export async function freshOffice(kind: DatabaseKind): Promise<FreshDatabase> {
  if (kind === 'PostgreSQL') return { url: await freshPostgresDatabase(process.env['TEST_POSTGRES_OFFICE']), remove: () => undefined };
  const { TEST_SQLITE_OFFICE: office, TEST_OFFICE_ERROR: why } = process.env;
  if (office === undefined) throw new Error(why ?? 'no office: this runs only under jest');
  const fresh = freshFile();
  copyFileSync(office, fresh.url.slice('file:'.length));
  return fresh;
}

function freshFile(): FreshDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'counter-fees-'));
  return { url: `file:${join(folder, 'test.db')}`, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
