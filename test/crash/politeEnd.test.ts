// An operator stops the service under load: it takes no more, finishes what it has begun, and ends by itself with code 0.
import { setTimeout as wait } from 'node:timers/promises';
import { seededChance } from '../support/chance';
import { amountOfEach } from '../support/manyObligations';
import { databases, freshDatabase } from '../support/database';
import { faultsIn, lostAmong } from './afterwards';
import { seed, withSeed } from './flags';
import { endAllOffices, hireOffice } from './offices';
import { openObligations } from './openObligations';
import { isAcknowledged, tellAll, webhookOf, type Answer } from './teller';

const connections = 48;
const longestEndMs = 10_000;
/** The signal comes while at least half of them are still to be told. */
const webhooksOf = { SQLite: 900, PostgreSQL: 250 } as const;
/** By then it has heard the signal. */
const newcomerAfterMs = 200;

afterAll(endAllOffices);

describe.each(databases)('an office on %s that is told to stop under load', (kind) => {
  it('ends with code 0 within ten seconds, and has lost nothing that it acknowledged', async () => {
    await withSeed(async () => {
      const database = await freshDatabase(kind);
      const office = hireOffice();
      const port = await office.open(database.url);
      const references = await openObligations(database.url, seed, webhooksOf[kind]);
      const webhooks = references.map((reference) => webhookOf({ content: `ND ${reference}`, amount: amountOfEach }));
      const lastAnswer = 1 + seededChance(seed).below(webhooks.length / 2);
      const newcomer = [webhookOf({ content: 'nop phi', amount: 1 })];
      let leaving: ReturnType<typeof office.leave> | undefined;
      let refusing: Promise<Answer[]> | undefined;
      const onAnswer = (_: Answer, count: number): void => {
        if (count !== lastAnswer) return;
        leaving = office.leave();
        refusing = wait(newcomerAfterMs).then(() => tellAll({ port, webhooks: newcomer, connections: 1 }));
      };
      const answers = await tellAll({ port, webhooks, connections, onAnswer });
      const end = await leaving;
      expect(end).toMatchObject({ code: 0, signal: null });
      expect(end?.tookMs).toBeLessThan(longestEndMs);
      expect(answers.every(isAcknowledged)).toBe(true);
      expect(await refusing).toEqual([]);
      expect({ lost: await lostAmong(database.url, answers), faults: await faultsIn(database.url) }).toEqual({ lost: [], faults: [] });
      database.remove();
    });
  }, 60_000);
});
