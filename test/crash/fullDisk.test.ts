// The disk fills while money comes in: banks are asked to come again, screens go on, and once there is space all is taken without a restart.
import { StoreBusy } from '../../src/store';
import { groupCommit } from '../../src/store/groupCommit';
import type { Sql } from '../../src/store/sql';
import { openDurable } from '../../src/store/sqlite';
import { numberOf } from '../support/books';
import { amountOfEach } from '../support/manyObligations';
import { freshDatabase } from '../support/database';
import { faultsIn, lostAmong } from './afterwards';
import { endAllOffices, hireOffice, type HiredOffice } from './offices';
import { openObligations } from './openObligations';
import { isAcknowledged, tellAll, webhookOf, type Answer, type Webhook } from './teller';

/** Pages that are left: with each number another statement of the booking is the first to find no room. */
const rooms = [1, 2, 3, 4, 5, 6, 8, 11];
const webhooksARoom = 40;
const noLimit = 0;

describe('an office on a disk that is full', () => {
  let url: string;
  let remove: () => void;
  let office: HiredOffice;
  let port: number;
  let webhooks: Webhook[];
  const answers: Answer[] = [];
  beforeAll(async () => {
    ({ url, remove } = await freshDatabase('SQLite'));
    office = hireOffice();
    port = await office.open(url);
    const references = await openObligations(url, 1, rooms.length * webhooksARoom);
    webhooks = references.map((reference) => webhookOf({ content: `ND ${reference}`, amount: amountOfEach }));
  }, 30_000);
  afterAll(async () => {
    await endAllOffices();
    remove();
  });

  const tell = async (told: readonly Webhook[], connections: number): Promise<Answer[]> => {
    const answered = await tellAll({ port, webhooks: told, connections });
    answers.push(...answered);
    return answered;
  };

  it.each(rooms)('asks banks to come again when %i pages are left, keeps what it acknowledges, and takes the rest later', async (pages) => {
    const told = webhooks.splice(0, webhooksARoom);
    await office.ask({ ask: 'limitPages', pages });
    const answered = [...(await tell(told.slice(0, 8), 1)), ...(await tell(told.slice(8), 32))];
    const refused = answered.filter((answer) => !isAcknowledged(answer));
    expect(refused.length).toBeGreaterThan(0);
    for (const { status, retryAfter } of refused) expect([status, retryAfter]).toEqual([503, '5']);
    expect(await statusOf('/health')).toBe(200);
    expect(await statusOf('/api/obligations')).toBe(200);
    expect(await lostAmong(url, answers)).toEqual([]);

    await office.ask({ ask: 'limitPages', pages: noLimit });
    const again = await tell(
      refused.map(({ webhook }) => webhook),
      32,
    );
    expect(again.filter(isAcknowledged)).toHaveLength(refused.length);
  });

  it('has booked everything once when it is over', async () => {
    await office.ask({ ask: 'sweep' });
    expect({ lost: await lostAmong(url, answers), faults: await faultsIn(url) }).toEqual({ lost: [], faults: [] });
    expect(await numberOf(url, 'SELECT count(*) FROM obligation WHERE paid = due')).toBe(rooms.length * webhooksARoom);
  });

  const statusOf = async (path: string): Promise<number> =>
    (await fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: 'Bearer demo-api-key' } })).status;
});

describe('a full disk, met by one work among several', () => {
  /** The first undoes all of its transaction by itself, the second only what it wrote: https://www.sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction */
  const statements = {
    'one row': 'INSERT INTO paper VALUES (1, zeroblob(100000))',
    'several rows': 'INSERT INTO paper VALUES (1, zeroblob(50000)), (2, zeroblob(50000))',
  };

  it.each(Object.entries(statements))('is a busy store for all of them, whether %s had no room', async (_, text) => {
    const { url, remove } = await freshDatabase('SQLite');
    const database = openDurable(url.slice('file:'.length));
    database.exec('CREATE TABLE paper (id INTEGER NOT NULL PRIMARY KEY, body BLOB, CHECK (length(body) > 0))');
    database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true })) + 2}`);
    const { transact } = groupCommit(database, plainSql(database), () => undefined);
    const works = ['INSERT INTO paper VALUES (7, zeroblob(10))', text, 'INSERT INTO paper VALUES (8, zeroblob(10))'];
    const results = await Promise.allSettled([
      ...works.map((work) => transact((sql) => sql.run(work))),
      transact((sql) => sql.attempt(() => sql.run(text))),
    ]);
    const reasons = results.map((result) => (result.status === 'rejected' ? result.reason : result.value));
    expect(reasons.map((reason) => reason instanceof StoreBusy)).toEqual([true, true, true, true]);
    expect(database.prepare('SELECT count(*) FROM paper').pluck().get()).toBe(0n);
    await expect(transact((sql) => sql.run(works[0] ?? ''))).resolves.toBe(1);
    await expect(transact((sql) => sql.run(text))).rejects.toThrow(StoreBusy); // alone in its transaction
    database.close();
    remove();
  });
});

function plainSql(database: ReturnType<typeof openDurable>): Sql {
  const unused = (): Promise<never> => Promise.reject(new Error('not used here'));
  return { all: unused, get: unused, each: unused, run: async (text) => database.prepare(text).run().changes };
}
