// The power goes off at any moment under load: what a bank was told is kept is kept, once, and the books balance.
import { setTimeout as wait } from 'node:timers/promises';
import { numberOf } from '../support/books';
import { seededChance, type Chance } from '../support/chance';
import { amountOfEach } from '../support/manyObligations';
import { databases, freshDatabase, type DatabaseKind } from '../support/database';
import { faultsIn, lostAmong } from './afterwards';
import type { Manner } from './counterOffice';
import { kills, seed, withSeed } from './flags';
import { endAllOffices, hireOffice, type HiredOffice } from './offices';
import { openObligations } from './openObligations';
import { isAcknowledged, tellAll, webhookOf, type Answer, type Webhook } from './teller';

const connections = 48;
/** About half a second of work for each. */
const freshAKill = { SQLite: 300, PostgreSQL: 100 } as const;
const killsADatabase = 25;
const repeatedShare = 0.1;
const millisecondsAKill = 10_000;
const killsOfEach = Math.ceil(kills / databases.length);

afterEach(endAllOffices);

describe.each(databases)('an office on %s that is killed again and again', (kind) => {
  it(
    'has kept every webhook that it acknowledged, booked each transfer once, and its books balance',
    () =>
      withSeed(async () => {
        const chance = seededChance(seed);
        for (let left = killsOfEach; left > 0; left -= killsADatabase) await killAndLook(kind, Math.min(left, killsADatabase), chance);
      }),
    30_000 + killsOfEach * millisecondsAKill,
  );
});

describe('an office that says 200 before it has kept anything', () => {
  it('is found out by the same test', async () => {
    await withSeed(async () => {
      const chance = seededChance(seed);
      const database = await freshDatabase('SQLite');
      const crashes = await openForCrashes(database.url, { times: 3, freshAKill: freshAKill.SQLite, manner: 'hasty' });
      let lost: Webhook[] = [];
      while (lost.length === 0 && crashes.left() > 0) lost = await crashes.next(chance);
      expect(lost.length).toBeGreaterThan(0);
      database.remove();
    });
  }, 60_000);
});

async function killAndLook(kind: DatabaseKind, times: number, chance: Chance): Promise<void> {
  const database = await freshDatabase(kind);
  const crashes = await openForCrashes(database.url, { times, freshAKill: freshAKill[kind], manner: 'careful' });
  while (crashes.left() > 0) {
    const lost = await crashes.next(chance);
    expect({ lost, faults: await faultsIn(database.url) }).toEqual({ lost: [], faults: [] });
  }
  expect(crashes.unanswered()).toBeGreaterThan(0); // else nobody was killed at work

  await crashes.tellTheRest();
  expect(await numberOf(database.url, 'SELECT count(*) FROM obligation WHERE paid = due AND excess = 0')).toBe(times * freshAKill[kind]);
  expect(await faultsIn(database.url)).toEqual([]);
  await endAllOffices();
  database.remove();
}

interface Crashes {
  left(): number;
  /** One more: tells, kills, opens again, sweeps. Returns what was ever acknowledged and is not there. */
  next(chance: Chance): Promise<Webhook[]>;
  /** How many webhooks were in the hands of an office when it died. */
  unanswered(): number;
  /** As a bank does that has heard nothing. */
  tellTheRest(): Promise<void>;
}

interface Plan {
  times: number;
  freshAKill: number;
  manner: Manner;
}

async function openForCrashes(url: string, { times, freshAKill, manner }: Plan): Promise<Crashes> {
  let office = hireOffice();
  let port = await office.open(url, manner);
  const references = await openObligations(url, seed, times * freshAKill);
  const webhookFor = (reference: string) => webhookOf({ content: `MBVCB.41252610.${reference} nop phi`, amount: amountOfEach });
  const acknowledged: Answer[] = [];
  let rest: Webhook[] = [];
  let done = 0;
  let unanswered = 0;
  return {
    left: () => times - done,
    unanswered: () => unanswered,
    async next(chance) {
      const successor = hireOffice();
      const told = [...rest, ...references.slice(done * freshAKill, ++done * freshAKill).map(webhookFor)];
      const answers = await tellUntilKilled(office, port, someTwice(told, chance), chance);
      [office, port] = [successor, await successor.open(url, manner)];
      await office.ask({ ask: 'sweep' });
      acknowledged.push(...answers.filter(isAcknowledged));
      const heard = new Set(acknowledged.map(({ webhook }) => webhook));
      rest = told.filter((webhook) => !heard.has(webhook));
      unanswered += rest.length;
      return lostAmong(url, acknowledged);
    },
    async tellTheRest() {
      const answers = await tellAll({ port, webhooks: rest, connections });
      expect(answers.filter(isAcknowledged)).toHaveLength(rest.length);
    },
  };
}

/** The moment of death is so many answers and some milliseconds away. */
async function tellUntilKilled(office: HiredOffice, port: number, webhooks: readonly Webhook[], chance: Chance): Promise<Answer[]> {
  const lastAnswer = 1 + chance.below(webhooks.length - connections);
  const pauseMs = chance.below(10);
  let dying: Promise<void> | undefined;
  const onAnswer = (_: Answer, count: number): void => {
    if (count === lastAnswer) dying = wait(pauseMs).then(office.kill);
  };
  const answers = await tellAll({ port, webhooks, connections, onAnswer });
  await (dying ?? office.kill());
  return answers;
}

/** Some are told a second time while the first may still be under way. */
function someTwice(webhooks: readonly Webhook[], chance: Chance): Webhook[] {
  const told = webhooks.flatMap((webhook, place) =>
    chance.next() < repeatedShare ? [{ webhook, place: place + chance.below(connections) }] : [],
  );
  return [...webhooks.map((webhook, place) => ({ webhook, place })), ...told]
    .sort((a, b) => a.place - b.place)
    .map(({ webhook }) => webhook);
}
