// Simulated days at the office and its banks, by seed; every law holds on either database, and planted faults are found.
import Database from 'better-sqlite3';
import { referencesIn } from '../../src/domain/reference';
import type { Provider } from '../../webhooks/provider';
import { freshDatabase, type DatabaseKind } from '../support/office';
import { simulate, type Report } from './day';
import type { Options } from './world';

async function simulated(options: Omit<Options, 'databaseUrl'>, kind: DatabaseKind = 'SQLite'): Promise<Report> {
  const database = await freshDatabase(kind);
  try {
    return await simulate({ ...options, databaseUrl: database.url });
  } finally {
    database.remove();
  }
}

/** With the seed, so that a failure says how to see it again: `npm run simulate -- --seed … --payments …`. */
const verdictOf = ({ seed, wanted, broken }: Report) => ({ seed, wanted, broken });

jest.setTimeout(120_000);

describe('simulated days', () => {
  it.each([
    { seed: 1, payments: 400, isHeard: false },
    { seed: 2, payments: 150, isHeard: true },
  ])('keep every law with seed $seed and $payments payments', async ({ seed, payments, isHeard }) => {
    const report = await simulated({ seed, payments, isHeard });
    expect(verdictOf(report)).toEqual({ seed, wanted: payments, broken: undefined });
    expect(report.payments).toBeGreaterThanOrEqual(payments);
    expect(report.proofs).toBeGreaterThanOrEqual(payments);
  });

  it('end with the same books for the same seed, on either database', async () => {
    const [seed, payments] = [3, 80];
    const reports = [await simulated({ seed, payments }), await simulated({ seed, payments }, 'PostgreSQL')];
    const sound = { seed, wanted: payments, broken: undefined };
    expect(reports.map(verdictOf)).toEqual([sound, sound]);
    expect(reports[1]?.digest).toBe(reports[0]?.digest);
  });
});

describe('the simulator finds', () => {
  const [seed, payments] = [4, 60];

  it('a feed whose reader gives the same money another id each time', async () => {
    let times = 0;
    const withFreshIds = (provider: Provider): Provider => ({
      ...provider,
      normalise: (request) =>
        provider.normalise(request).map((one) => ({ ...one, providerId: `${one.providerId}-${++times}`, bankReference: undefined })),
    });
    const { broken } = await simulated({ seed, payments, sabotage: { provider: withFreshIds } });
    expect(broken?.law).toBe('what a feed tells of first becomes a transaction');
  });

  it('a feed whose reader gives everybody the memo of the first', async () => {
    let first: string | undefined;
    const memoFor = (content: string): string => {
      if (referencesIn(content).length !== 1) return content;
      first ??= content;
      return first;
    };
    const ofTheFirst = (provider: Provider): Provider => ({
      ...provider,
      normalise: (request) => provider.normalise(request).map((one) => ({ ...one, content: memoFor(one.content) })),
    });
    const { broken } = await simulated({ seed, payments, sabotage: { provider: ofTheFirst } });
    expect(broken?.law).toBe('nothing is allocated to an obligation that its citizen did not mean');
  });

  it('an allocation that somebody removed behind the back of the service', async () => {
    const removeOne = async (url: string): Promise<void> => {
      const database = new Database(url.slice('file:'.length));
      database.exec(
        'DROP TRIGGER allocation_refuses_delete; DELETE FROM allocation WHERE id = (SELECT min(id) FROM allocation WHERE amount > 0)',
      );
      database.close();
    };
    const { broken } = await simulated({ seed, payments, sabotage: { afterwards: removeOne } });
    expect(broken?.law).toBe('an obligation is paid by the sum of its allocations');
  });
});
