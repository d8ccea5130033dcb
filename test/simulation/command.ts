// What the commands of the simulations share: whole numbers among their options, and a folder for a database that is gone afterwards.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where there is one, a disk in memory: what a disk does when it fails is another test's question. */
const memoryDisk = '/dev/shm';

/** Runs `work` with a folder of its own. */
export async function inFolder(name: string, work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(existsSync(memoryDisk) ? memoryDisk : tmpdir(), `counter-fees-${name}-`));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Throws unless `text`, the option of that name, is a whole number above zero. */
export function whole(text: string, name: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${name} must be a whole number above zero`);
  return value;
}
