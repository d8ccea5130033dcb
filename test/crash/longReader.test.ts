// Somebody reads for a long time while money comes in: answers keep coming, the log grows meanwhile, and shrinks when the reader is gone.
import { statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { amountOfEach } from '../support/manyObligations';
import { freshDatabase } from '../support/database';
import { faultsIn, lostAmong } from './afterwards';
import { isLong } from './flags';
import { endAllOffices, hireOffice } from './offices';
import { openObligations } from './openObligations';
import { isAcknowledged, tellAll, webhookOf, type Answer, type Webhook } from './teller';

const connections = 16;
const webhooksARound = 200;
const rounds = isLong ? 30 : 2;
const pauseMs = isLong ? 2_000 : 500;
const slowestMs = 1_000;
/** `journal_size_limit`, to which the log is cut back. */
const limitBytes = 64 * 1024 * 1024;
/** One page each: together more than the limit. */
const smallCommits = 17_000;

afterAll(endAllOffices);

describe('an office in whose database somebody reads for a long time', () => {
  it('answers as before, and its log grows meanwhile and shrinks afterwards', async () => {
    const { url, remove } = await freshDatabase('SQLite');
    const path = url.slice('file:'.length);
    const office = hireOffice();
    const port = await office.open(url);
    const references = await openObligations(url, 1, rounds * webhooksARound);
    const told = references.map((reference) => webhookOf({ content: `ND ${reference}`, amount: amountOfEach }));
    const logBytes = () => statSync(`${path}-wal`).size;

    const reader = readerOf(path);
    makeALongDay(path);
    const answers: Answer[] = [];
    while (told.length > 0) {
      answers.push(...(await tellAll({ port, webhooks: told.splice(0, webhooksARound), connections })));
      await wait(pauseMs);
    }
    expect(answers.filter(isAcknowledged)).toHaveLength(references.length);
    expect(p99Of(answers)).toBeLessThan(slowestMs);
    expect(reader.seen()).toBe(0);
    expect(logBytes()).toBeGreaterThan(limitBytes);

    reader.end();
    for (const webhook of threeMore) expect((await tellAll({ port, webhooks: [webhook], connections: 1 }))[0]?.status).toBe(200);
    expect(logBytes()).toBeLessThanOrEqual(limitBytes);
    expect({ lost: await lostAmong(url, answers), faults: await faultsIn(url) }).toEqual({ lost: [], faults: [] });
    remove();
  }, 120_000);
});

/** The first copies the log into the database, the second begins the log anew and cuts it. */
const threeMore: Webhook[] = [1, 2, 3].map((amount) => webhookOf({ content: 'nop phi', amount }));

/** A report that has begun: it goes on seeing what was there then. */
function readerOf(path: string): { seen: () => unknown; end: () => void } {
  const database = new Database(path, { readonly: true });
  const count = database.prepare('SELECT count(*) FROM delivery').pluck();
  database.exec('BEGIN');
  count.get();
  return {
    seen: () => count.get(),
    end: () => {
      database.exec('COMMIT');
      database.close();
    },
  };
}

/** As many commits as come in a day, in a second: by a connection that waits for no disk. */
function makeALongDay(path: string): void {
  const database = new Database(path);
  database.pragma('synchronous = OFF');
  database.pragma('wal_autocheckpoint = 0');
  const commit = database.prepare(
    `INSERT INTO setting (key, value) VALUES ('day', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );
  for (let i = 0; i < smallCommits; i++) commit.run(String(i));
  database.close();
}

const p99Of = (answers: readonly Answer[]): number => {
  const sorted = answers.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)] ?? NaN;
};
