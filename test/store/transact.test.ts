// What transact promises, on both databases: all or nothing, nobody hears before the commit, one bad work spoils only itself.
import { openStore, type Store } from '../../src/store';
import { databases, freshDatabase } from '../support/office';

const root = process.cwd();
const fail = () => Promise.reject(new Error('meant'));

describe.each(databases)('transact on %s', (kind) => {
  let store: Store;
  let remove: () => void;
  beforeAll(async () => {
    const database = await freshDatabase(kind);
    remove = database.remove;
    store = await openStore(database.url, root, () => undefined);
  });
  afterAll(async () => {
    await store.close();
    remove();
  });

  it('keeps what a work wrote, and gives back what it returned', async () => {
    const given = await store.transact(async (tables) => {
      await tables.settings.save('kept', 'yes');
      return tables.settings.find('kept');
    });
    expect([given, await store.tables.settings.find('kept')]).toEqual(['yes', 'yes']);
  });

  it('keeps nothing of a work that fails', async () => {
    const failing = store.transact(async (tables) => {
      await tables.settings.save('half', 'written');
      throw new Error('meant');
    });
    await expect(failing).rejects.toThrow('meant');
    expect(await store.tables.settings.find('half')).toBeUndefined();
  });

  it('lets one bad work among a hundred spoil only itself', async () => {
    const works = Array.from({ length: 100 }, (_, number) =>
      store.transact(async (tables) => {
        await tables.settings.save(`of-a-hundred-${number}`, 'kept');
        if (number === 37) await fail();
      }),
    );
    const results = await Promise.allSettled(works);
    expect(results.filter((result) => result.status === 'rejected')).toHaveLength(1);
    expect(await store.tables.settings.find('of-a-hundred-37')).toBeUndefined();
    expect(await store.tables.settings.find('of-a-hundred-99')).toBe('kept');
  });

  it('undoes a failed attempt inside a work, and keeps the rest of the work', async () => {
    const attempt = await store.transact(async (tables) => {
      await tables.settings.save('around', 'kept');
      return tables.attempt(async () => {
        await tables.settings.save('inside', 'undone');
        await fail();
      });
    });
    expect(attempt).toMatchObject({ ok: false });
    expect([await store.tables.settings.find('around'), await store.tables.settings.find('inside')]).toEqual(['kept', undefined]);
  });

  it('refuses a transact inside a transact', async () => {
    await expect(store.transact(() => store.transact(async () => undefined))).rejects.toThrow(
      /transact inside transact|waited for something else than its tables/,
    );
  });

  it('ends the tables of a work with the work', async () => {
    const leaked = await store.transact(async (tables) => tables);
    await expect(leaked.settings.save('too-late', 'x')).rejects.toThrow('after its transaction had ended');
  });

  it('never gives out a reference twice', async () => {
    await store.transact((tables) =>
      tables.obligations.claimReference('NPTEST2345', '2026-11-22T00:00:00.000Z' as never).then(() => undefined),
    );
    expect(await store.transact((tables) => tables.obligations.claimReference('NPTEST2345', '2026-11-22T00:00:00.000Z' as never))).toBe(
      false,
    );
  });
});
