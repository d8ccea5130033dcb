// What the house promises of SQLite alone: commits reach the disk, works share them, and nobody stalls the event loop.
import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { openStore, StoreBusy, type Store } from '../../src/store';
import { openDurable } from '../../src/store/sqlite';
import { freshDatabase } from '../support/office';

describe('SQLite', () => {
  let store: Store;
  let path: string;
  let remove: () => void;
  beforeEach(async () => {
    const database = await freshDatabase('SQLite');
    path = database.url.slice('file:'.length);
    remove = database.remove;
    store = await openStore(database.url, process.cwd(), () => undefined);
  });
  afterEach(async () => {
    await store.close();
    remove();
  });

  it('opens an existing file with full synchronisation, although the driver would reopen it with less', () => {
    const plain = new Database(path);
    const withOurs = openDurable(path);
    expect(plain.pragma('synchronous', { simple: true })).toBe(1);
    expect(withOurs.pragma('synchronous', { simple: true })).toBe(2n);
    expect(withOurs.pragma('journal_mode', { simple: true })).toBe('wal');
    plain.close();
    withOurs.close();
  });

  it('lets works that come together share one commit', async () => {
    const versionBefore = changesSeenFrom(path);
    await Promise.all(Array.from({ length: 50 }, (_, n) => store.transact((tables) => tables.settings.save(`shared-${n}`, 'x'))));
    expect(versionBefore() <= 2).toBe(true);
  });

  it('starts its log anew while work goes on, without one commit that carries all of it over', async () => {
    let slowest = 0;
    for (let n = 0; n < 400; n++) {
      const started = performance.now();
      await store.transact((tables) => tables.settings.save(`long-${n}`, 'x'.repeat(100_000)));
      slowest = Math.max(slowest, performance.now() - started);
    }
    expect(statSync(`${path}-wal`).size).toBeLessThan(30_000_000); // 40 MB were written, and more by rewriting pages
    expect(slowest).toBeLessThan(2_000);
  }, 30_000);

  it('rolls back a work that waits for something else than its tables', async () => {
    const waiting = store.transact(async (tables) => {
      await tables.settings.save('waits', 'x');
      await new Promise((resolve) => setTimeout(resolve, 20));
    });
    const beside = store.transact((tables) => tables.settings.save('beside', 'kept'));
    await expect(waiting).rejects.toThrow('waited for something else');
    await beside;
    expect([await store.tables.settings.find('waits'), await store.tables.settings.find('beside')]).toEqual([undefined, 'kept']);
  });

  it('waits for a lock of another process without stalling, then commits', async () => {
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    const write = store.transact((tables) => tables.settings.save('after-lock', 'kept'));
    const longest = watchLoop();
    await new Promise((resolve) => setTimeout(resolve, 400));
    other.exec('COMMIT');
    await write;
    expect(longest()).toBeLessThan(200);
    expect(await store.tables.settings.find('after-lock')).toBe('kept');
    other.close();
  });

  it('says that it is busy when the lock stays, and keeps nothing', async () => {
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    await expect(store.transact((tables) => tables.settings.save('never', 'x'))).rejects.toThrow(StoreBusy);
    other.exec('ROLLBACK');
    other.close();
    expect(await store.tables.settings.find('never')).toBeUndefined();
  }, 15_000);

  it('refuses to change or delete what was booked, announced or named', () => {
    const direct = new Database(path);
    direct.exec(`INSERT INTO reference VALUES ('NPTEST2345', 'now')`);
    expect(() => direct.exec(`DELETE FROM reference`)).toThrow('append-only');
    expect(() => direct.exec(`UPDATE reference SET created_at = 'then'`)).toThrow('append-only');
    direct.close();
  });

  it('refuses amounts that cannot be', () => {
    const direct = new Database(path);
    const posting = (amount: number) =>
      direct.exec(`INSERT INTO posting VALUES ('none', 'transaction', 0, 'bank:a', 'unapplied:a', ${amount}, 'now')`);
    direct.pragma('foreign_keys = OFF');
    expect(() => posting(0)).toThrow('CHECK');
    expect(() => posting(-1)).toThrow('CHECK');
    direct.close();
  });
});

/** How many commits another connection has seen since: SQLite's data_version grows with each. */
function changesSeenFrom(path: string): () => number {
  const watcher = new Database(path, { readonly: true });
  const before = watcher.pragma('data_version', { simple: true }) as number;
  return () => {
    const after = watcher.pragma('data_version', { simple: true }) as number;
    watcher.close();
    return after - before;
  };
}

/** The longest time for which the event loop stood still, in milliseconds. */
function watchLoop(): () => number {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  return () => {
    clearInterval(timer);
    return longest;
  };
}
