// Another process holds the database's write lock while money comes in: nobody stalls, banks wait or are asked to come again, nothing is lost.
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { freshDatabase } from '../support/database';
import { faultsIn, lostAmong } from './afterwards';
import { isLong } from './flags';
import { endAllOffices, hireOffice, type HiredOffice } from './offices';
import { isAcknowledged, tellAll, webhookOf, type Answer, type Webhook } from './teller';

const connections = 48;
const shortHoldMs = 1_500;
const lookEveryMs = 250;
const longestStallMs = 100;

/** More than may wait. They are sent ahead of their answers, as many banks at once would. */
const flood = { connections: 50, ahead: 250 };
const mostGrowthBytes = 32 * 1024 * 1024;
/** In its longer form the lock stays beyond the moment at which the first are refused. */
const stayMs = isLong ? 25_000 : 0;
/** Of those that were let in: several hundred may be refused while the lock stays. */
const leastTaken = isLong ? 7_000 : 9_000;

describe('an office whose database somebody else has locked', () => {
  let url: string;
  let remove: () => void;
  let office: HiredOffice;
  let port: number;
  beforeAll(async () => {
    ({ url, remove } = await freshDatabase('SQLite'));
    office = hireOffice();
    port = await office.open(url);
    await tellAll({ port, webhooks: newWebhooks(300), connections }); // so that nothing is measured that is done for the first time
  }, 30_000);
  afterAll(async () => {
    await endAllOffices();
    remove();
  });

  it('keeps banks waiting for a second and a half without standing still, and then takes everything', async () => {
    const lock = hold(url);
    const telling = tellAll({ port, webhooks: newWebhooks(200), connections });
    await wait(lookEveryMs); // until they have come in
    const stalls = await stallsUntil(wait(shortHoldMs - lookEveryMs));
    lock.release();
    const answers = await telling;
    expect(answers.filter(isAcknowledged)).toHaveLength(200);
    expect(answers.filter(({ tookMs }) => tookMs > shortHoldMs - lookEveryMs).length).toBeGreaterThan(0); // else nobody waited
    expect(secondLongest(stalls)).toBeLessThan(longestStallMs);
    expect({ lost: await lostAmong(url, answers), faults: await faultsIn(url) }).toEqual({ lost: [], faults: [] });
  }, 30_000);

  it(
    'asks banks to come again when too many wait or the lock stays, and afterwards takes all that wait, without a restart',
    async () => {
      const lock = hold(url);
      const first = tellAll({ port, webhooks: newWebhooks(connections), connections });
      const telling = tellAll({ port, webhooks: newWebhooks(flood.connections * flood.ahead), ...flood });
      const { refused, grownBytes } = await refusalsOnceFull();
      const stalls = await stallsUntil(first);
      await wait(stayMs);
      lock.release();
      const answers = [...(await first), ...refused, ...(await telling)];

      expect((await first).map(statusAndPause)).toEqual(Array.from({ length: connections }, () => [503, '5']));
      expect(refused.map(statusAndPause)).toEqual(refused.map(() => [503, '5']));
      expect(grownBytes).toBeLessThan(mostGrowthBytes);
      expect(secondLongest(stalls)).toBeLessThan(longestStallMs);
      const taken = answers.filter(isAcknowledged);
      expect(
        answers.filter((answer) => !isAcknowledged(answer)).every(({ status, retryAfter }) => status === 503 && retryAfter === '5'),
      ).toBe(true);
      expect(taken.length).toBeGreaterThan(leastTaken);
      expect(await lostAmong(url, taken)).toEqual([]);

      const again = await tellAll({ port, webhooks: (await first).map(({ webhook }) => webhook), connections });
      expect(again.filter(isAcknowledged)).toHaveLength(connections);
      expect(await faultsIn(url)).toEqual([]);
    },
    60_000 + stayMs,
  );

  /** Asks until one more is refused at once, and then what a thousand more refusals cost. */
  async function refusalsOnceFull(): Promise<{ refused: Answer[]; grownBytes: number }> {
    for (let isFull = false; !isFull; await wait(20)) {
      const one = tellAll({ port, webhooks: newWebhooks(1), connections: 1 });
      isFull = (await Promise.race([one, wait(500, [])])).length > 0;
    }
    const before = await office.ask({ ask: 'memoryBytes' });
    const refused = await tellAll({ port, webhooks: newWebhooks(1_000), connections });
    return { refused, grownBytes: (await office.ask({ ask: 'memoryBytes' })) - before };
  }

  /** How long it stood still at most, looked at again and again until something happens; screens read meanwhile. */
  async function stallsUntil(happens: Promise<unknown>): Promise<number[]> {
    const stalls: number[] = [];
    let hasHappened = false;
    void happens.then(() => (hasHappened = true));
    for (await office.ask({ ask: 'longestStallMs' }); !hasHappened;) {
      expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
      await wait(lookEveryMs);
      stalls.push(await office.ask({ ask: 'longestStallMs' }));
    }
    return stalls;
  }
});

const newWebhooks = (count: number): Webhook[] => Array.from({ length: count }, () => webhookOf({ content: 'nop phi', amount: 21_000 }));

function hold(url: string): { release: () => void } {
  const other = new Database(url.slice('file:'.length));
  other.exec('BEGIN IMMEDIATE');
  return {
    release: () => {
      other.exec('ROLLBACK');
      other.close();
    },
  };
}

const statusAndPause = ({ status, retryAfter }: Answer) => [status, retryAfter];

/** One hiccup may be a neighbour's on the same machine; a wait inside a statement would be in every look. */
const secondLongest = (stalls: readonly number[]): number => [...stalls].sort((a, b) => b - a)[1] ?? 0;
