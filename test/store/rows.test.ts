// Questions about many rows at once: a list is as long as the database takes.
import { openStore, type Store } from '../../src/store';
import { databases, freshDatabase } from '../support/office';

describe.each(databases)('a question about many rows, on %s', (kind) => {
  let store: Store;
  let remove: () => void;
  beforeAll(async () => {
    const database = await freshDatabase(kind);
    remove = database.remove;
    store = await openStore(database.url, process.cwd(), () => undefined);
  });
  afterAll(async () => {
    await store.close();
    remove();
  });

  it.each([1, 3, 16_384, 16_385, 30_000])('is answered for %s of them', async (count) => {
    const ids = Array.from({ length: count }, (_, place) => `id-${place}`);
    expect(await store.tables.deliveries.listRepeated('sepay', 'default', ids)).toEqual([]);
  });
});
