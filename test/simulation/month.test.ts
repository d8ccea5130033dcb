// A simulated month at the finance desk, in small: every trouble is found in its class, nothing else is, and all days close with sums that tie.
import { vnd } from '../../src/domain/money';
import { differenceClasses } from '../../src/domain/reconciliation';
import type { Provider } from '../../webhooks/provider';
import { freshDatabase, type DatabaseKind } from '../support/office';
import type { MonthOptions } from './month/month';
import type { MonthReport } from './month/report';
import { runMonth } from './month/run';
import { allTroubles } from './month/tally';

jest.setTimeout(120_000);

async function monthOn(kind: DatabaseKind, options: Omit<MonthOptions, 'databaseUrl'>): Promise<MonthReport> {
  const database = await freshDatabase(kind);
  try {
    return await runMonth({ ...options, databaseUrl: database.url });
  } finally {
    database.remove();
  }
}

describe('a simulated month is reconciled and closed', () => {
  it.each([
    { kind: 'SQLite' as const, seed: 7, payments: 150, accounts: 2, days: 4, troubles: 0.6 },
    { kind: 'PostgreSQL' as const, seed: 8, payments: 90, accounts: 1, days: 3, troubles: 0.8 },
  ])('with $payments payments on $kind, seed $seed', async ({ kind, ...options }) => {
    const { faults, tallies, counts } = await monthOn(kind, options);
    expect(faults).toEqual([]);
    for (const name of kind === 'SQLite' ? allTroubles : differenceClasses) {
      const { injected, ...tally } = tallies.get(name) ?? { injected: 0, found: 0, false: 0 };
      expect([name, injected > 0, tally]).toEqual([name, true, { found: injected, false: 0 }]);
    }
    expect(counts.get('days closed')).toBe(options.accounts * options.days);
  });
});

describe('a simulated month finds a planted fault', () => {
  const small = { seed: 9, payments: 60, accounts: 1, days: 2, troubles: 0.2 };

  it('in what was told: a webhook whose amounts are a little too high', async () => {
    const tooHigh = (provider: Provider): Provider => ({
      ...provider,
      normalise: (request) => provider.normalise(request).map((one) => ({ ...one, amount: one.amount.plus(vnd(1_000)) })),
    });
    const { faults, tallies } = await monthOn('SQLite', { ...small, sabotage: tooHigh });
    expect(tallies.get('amount_differs')?.false).toBeGreaterThan(0);
    expect(faults.filter((fault) => fault.includes('found for nothing: amount_differs'))).not.toEqual([]);
  });

  it('in what was read: webhooks whose contents nobody can read any more', async () => {
    const wordless = (provider: Provider): Provider => ({
      ...provider,
      normalise: (request) => provider.normalise(request).map((one) => ({ ...one, content: 'khong ro' })),
    });
    const { tallies } = await monthOn('SQLite', { ...small, sabotage: wordless });
    expect(tallies.get('unknown_content')?.false).toBeGreaterThan(0);
  });
});
