// Two processes on one PostgreSQL: the same money told to both is booked once, and when one of them dies the other goes on.
import { setTimeout as wait } from 'node:timers/promises';
import { numberOf, rowsOf } from '../support/books';
import { seededChance } from '../support/chance';
import { amountOfEach } from '../support/manyObligations';
import { freshDatabase } from '../support/database';
import { faultsIn, lostAmong } from './afterwards';
import { seed, withSeed } from './flags';
import { endAllOffices, hireOffice, type HiredOffice } from './offices';
import { openObligations } from './openObligations';
import { isAcknowledged, tellAll, webhookOf, type Answer, type Webhook } from './teller';

const money = 300;
const connectionsOfEach = 24;

describe('two offices on one PostgreSQL', () => {
  let url: string;
  let offices: [HiredOffice, HiredOffice];
  let ports: [number, number];
  let references: string[];
  beforeAll(async () => {
    ({ url } = await freshDatabase('PostgreSQL'));
    offices = [hireOffice(), hireOffice()];
    const first = await offices[0].open(url);
    ports = [first, await offices[1].open(url)];
    references = await openObligations(url, seed, money + 1);
  }, 30_000);
  afterAll(endAllOffices);

  it('book a transfer once that is told a hundred times, fifty at once, to either', async () => {
    const one = webhookOf({ content: `ND ${references[money]}`, amount: amountOfEach });
    const webhooks = Array.from({ length: 50 }, () => one);
    const answers = await Promise.all(ports.map((port) => tellAll({ port, webhooks, connections: 25 })));
    expect(answers.flat().filter(isAcknowledged)).toHaveLength(100);
    expect(await rowsOf(url, 'SELECT times FROM delivery')).toEqual([{ times: '100' }]);
    expect(await numberOf(url, 'SELECT count(*) FROM incoming_transaction')).toBe(1);
    expect(await numberOf(url, `SELECT count(*) FROM posting WHERE cause = 'transaction'`)).toBe(1);
    expect(await faultsIn(url)).toEqual([]);
  }, 30_000);

  it('lose and double nothing when one is killed, and whoever reads the events of the other misses none', async () => {
    await withSeed(async () => {
      const chance = seededChance(seed);
      const webhooks = references.slice(0, money).map((reference) => webhookOf({ content: `ND ${reference}`, amount: amountOfEach }));
      const reader = readEvents(ports[1]);
      const answers = await tellBothUntilOneDies(webhooks, 1 + chance.below(money / 4));
      const heard = new Set(answers.filter(isAcknowledged).map(({ webhook }) => webhook));
      const rest = webhooks.filter((webhook) => !heard.has(webhook));
      const again = await tellAll({ port: ports[1], webhooks: rest, connections: connectionsOfEach });
      expect(again.filter(isAcknowledged)).toHaveLength(rest.length);
      expect(await lostAmong(url, [...answers, ...again])).toEqual([]);
      await offices[1].ask({ ask: 'sweep' });
      expect(await faultsIn(url)).toEqual([]);
      const all = (await rowsOf(url, 'SELECT id FROM event ORDER BY id')).map((row) => Number(row['id']));
      expect(await reader.until(all.at(-1) ?? 0)).toEqual(all);
    });
  }, 60_000);

  /** Each webhook is told to one of them, and every tenth to both at once. */
  async function tellBothUntilOneDies(webhooks: readonly Webhook[], lastAnswer: number): Promise<Answer[]> {
    let dying: Promise<void> | undefined;
    const onAnswer = (_: Answer, count: number): void => {
      if (count === lastAnswer) dying = offices[0].kill();
    };
    const toldTo = (which: number) => webhooks.filter((_, place) => place % 2 === which || place % 10 === 0);
    const answers = await Promise.all([
      tellAll({ port: ports[0], webhooks: toldTo(0), connections: connectionsOfEach, onAnswer }),
      tellAll({ port: ports[1], webhooks: toldTo(1), connections: connectionsOfEach }),
    ]);
    expect(dying).toBeDefined();
    await dying;
    return answers.flat();
  }
});

/** A system that asks for events after the last one that it knows, without pause: what is committed later under a smaller id it would never see. */
function readEvents(port: number): { until: (last: number) => Promise<number[]> } {
  const seen: number[] = [];
  let wanted: number | undefined;
  const reading = (async () => {
    for (const end = Date.now() + 50_000; Date.now() < end && (wanted === undefined || (seen.at(-1) ?? 0) < wanted);) {
      const address = `http://127.0.0.1:${port}/api/events?after=${seen.at(-1) ?? 0}&limit=200`;
      const answer = await fetch(address, { headers: { authorization: 'Bearer demo-api-key' } });
      const { data } = (await answer.json()) as { data: { id: number }[] };
      seen.push(...data.map(({ id }) => id));
      await wait(2);
    }
  })();
  return {
    until: async (last) => {
      wanted = last;
      await reading;
      return seen;
    },
  };
}
