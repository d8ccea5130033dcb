// What a power loss may leave of the log, cut anywhere and with rubbish behind the cut: the office opens with the state of a whole commit.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { rowsOf } from '../support/books';
import { seededChance, type Chance } from '../support/chance';
import { amountOfEach } from '../support/manyObligations';
import { freshDatabase } from '../support/database';
import { faultsIn } from './afterwards';
import { isLong, seed, withSeed } from './flags';
import { endAllOffices, hireOffice } from './offices';
import { openObligations } from './openObligations';
import { isAcknowledged, tellAll, webhookOf } from './teller';

const webhooks = 300;
const connections = 8; // small commits, so that there are many
const cuts = isLong ? 500 : 25;

afterAll(endAllOffices);

describe('the write-ahead log, cut at any byte', () => {
  let folder: string;
  let wal: Buffer;
  let commits: number[];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'counter-fees-power-'));
    await recordIn(join(folder, 'whole.db'));
    wal = readFileSync(join(folder, 'whole.db-wal'));
    commits = commitEndsIn(wal);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('opens whole, with all commits before the cut and nothing of the one that was cut', async () => {
    await withSeed(async () => {
      const chance = seededChance(seed);
      const whole = await stateAfter(wal);
      expect([whole.deliveries.length, commits.length > 20]).toEqual([webhooks, true]);
      for (let i = 0; i < cuts; i++) {
        const cut = chance.below(wal.length);
        const left = await stateAfter(withRubbish(wal.subarray(0, cut), chance));
        const expected = await stateAfter(wal.subarray(0, commits.findLast((end) => end <= cut) ?? 0));
        expect({ cut, ...left }).toEqual({ cut, ...expected });
        expect(left.deliveries).toEqual(whole.deliveries.slice(0, left.deliveries.length));
        expect(left.events).toEqual(whole.events.slice(0, left.events.length));
      }
    });
  }, 300_000);

  async function stateAfter(log: Buffer): Promise<{ deliveries: string[]; events: number[]; faults: string[] }> {
    const url = `file:${join(folder, 'cut.db')}`;
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, `cut.db${suffix}`), { force: true });
    copyFileSync(join(folder, 'whole.db'), join(folder, 'cut.db'));
    writeFileSync(join(folder, 'cut.db-wal'), log);
    const faults = await faultsIn(url);
    const deliveries = await rowsOf(url, 'SELECT digest FROM delivery ORDER BY rowid');
    const events = await rowsOf(url, 'SELECT id FROM event ORDER BY id');
    return { deliveries: deliveries.map((row) => String(row['digest'])), events: events.map((row) => Number(row['id'])), faults };
  }
});

/** Lets an office take webhooks while a reader keeps every commit in the log, and copies its files as they are on the disk. */
async function recordIn(path: string): Promise<void> {
  const database = await freshDatabase('SQLite');
  const file = database.url.slice('file:'.length);
  const office = hireOffice();
  const port = await office.open(database.url);
  const references = await openObligations(database.url, seed, webhooks);
  const reader = new Database(file);
  reader.pragma('wal_checkpoint(TRUNCATE)');
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM obligation').get();
  const told = references.map((reference) => webhookOf({ content: `ND ${reference}`, amount: amountOfEach }));
  expect((await tellAll({ port, webhooks: told, connections })).filter(isAcknowledged)).toHaveLength(webhooks);
  for (const suffix of ['', '-wal']) copyFileSync(file + suffix, path + suffix);
  await office.kill();
  reader.close();
  database.remove();
}

/** Half of the time the disk has something behind the cut: the bytes of some other time. */
function withRubbish(log: Buffer, chance: Chance): Buffer {
  return chance.next() < 0.5 ? log : Buffer.concat([log, chance.bytes(1 + chance.below(10_000))]);
}

/** Where commits end, by the log's own frames: https://www.sqlite.org/fileformat2.html#the_write_ahead_log */
function commitEndsIn(wal: Buffer): number[] {
  const headerBytes = 32;
  const frameHeaderBytes = 24;
  const frameBytes = frameHeaderBytes + wal.readUInt32BE(8);
  const ends: number[] = [];
  for (let frame = headerBytes; frame + frameBytes <= wal.length; frame += frameBytes) {
    const pagesAfterCommit = wal.readUInt32BE(frame + 4);
    if (pagesAfterCommit > 0) ends.push(frame + frameBytes);
  }
  return ends;
}
