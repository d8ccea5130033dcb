// PostgreSQL hangs up on the office under load, again and again: banks are asked to come again, and the office lives, loses and doubles nothing.
import { setTimeout as wait } from 'node:timers/promises';
import { amountOfEach } from '../support/manyObligations';
import { freshDatabase } from '../support/database';
import { withClient } from '../support/postgresServer';
import { faultsIn, lostAmong } from './afterwards';
import { endAllOffices, hireOffice } from './offices';
import { openObligations } from './openObligations';
import { isAcknowledged, tellAll, webhookOf } from './teller';

const webhooks = 300;
const connections = 48;
const hangUps = 6;
const pauseMs = 60;

afterAll(endAllOffices);

it('an office whose connections to PostgreSQL are cut under load answers 503 meanwhile, and takes everything afterwards', async () => {
  const { url } = await freshDatabase('PostgreSQL');
  const office = hireOffice();
  const port = await office.open(url);
  const references = await openObligations(url, 1, webhooks);
  const told = references.map((reference) => webhookOf({ content: `ND ${reference}`, amount: amountOfEach }));
  const [answers, cut] = await Promise.all([tellAll({ port, webhooks: told, connections }), hangUpOn(url)]);
  expect(cut).toBeGreaterThan(0);
  const refused = answers.filter((answer) => !isAcknowledged(answer));
  for (const { status, retryAfter } of refused) expect([status, retryAfter]).toEqual([503, '5']);
  expect(answers).toHaveLength(webhooks);
  expect(await lostAmong(url, answers)).toEqual([]);

  const again = await tellAll({ port, webhooks: refused.map(({ webhook }) => webhook), connections });
  expect(again.filter(isAcknowledged)).toHaveLength(refused.length);
  await office.ask({ ask: 'sweep' });
  expect(await faultsIn(url)).toEqual([]);
}, 60_000);

/** Ends all connections but its own, several times; returns how many. */
const hangUpOn = (url: string): Promise<number> =>
  withClient(url, async (client) => {
    let cut = 0;
    for (let i = 0; i < hangUps; i++) {
      await wait(pauseMs);
      const text = 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';
      cut += (await client.query(text)).rowCount ?? 0;
    }
    return cut;
  });
