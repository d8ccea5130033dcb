// A store that cannot take the work: refused with a name, so that a bank tells again, and never called a bug.
import { StoreBusy, type Store } from '../../src/store';
import { contextOf } from '../../src/context';
import { tell } from '../support/bank';
import { numberOf } from '../support/books';
import { openTestService } from '../support/office';
import Database from 'better-sqlite3';

describe('a busy store', () => {
  it('is the refusal store_busy, whether it says so at once or later', async () => {
    const service = await openTestService('SQLite');
    const busy = (transact: Store['transact']) => contextOf({ ...service.ctx, store: { ...service.ctx.store, transact } }).store;
    const atOnce = busy(() => {
      throw new StoreBusy('full');
    });
    const later = busy(() => Promise.reject(new StoreBusy('locked')));
    await expect(atOnce.transact(async () => undefined)).rejects.toMatchObject({ code: 'store_busy' });
    await expect(later.transact(async () => undefined)).rejects.toMatchObject({ code: 'store_busy' });
    await service.end();
  });

  it('answers a bank 503 with a time to come back, and keeps nothing', async () => {
    const service = await openTestService('SQLite');
    const other = new Database(service.config.databaseUrl.slice('file:'.length));
    other.exec('BEGIN IMMEDIATE');
    const answer = await tell(service, { content: 'x', amount: 1 });
    expect([answer.status, answer.headers['retry-after'], answer.body.code]).toEqual([503, '5', 'store_busy']);
    other.exec('ROLLBACK');
    other.close();
    expect(await numberOf(service.config.databaseUrl, 'SELECT count(*) FROM delivery')).toBe(0);
    await service.end();
  }, 20_000);
});
