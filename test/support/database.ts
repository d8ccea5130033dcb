// Fresh databases of either kind for tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshPostgresDatabase } from './postgres';

export const databases = ['SQLite', 'PostgreSQL'] as const;
export type DatabaseKind = (typeof databases)[number];

/** The address of an empty database, and how to remove it. */
export async function freshDatabase(kind: DatabaseKind): Promise<{ url: string; remove: () => void }> {
  if (kind === 'PostgreSQL') return { url: await freshPostgresDatabase(), remove: () => undefined };
  const folder = mkdtempSync(join(tmpdir(), 'counter-fees-'));
  return { url: `file:${join(folder, 'test.db')}`, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
