// The simulation: days at the office and at its banks, wave after wave, with every law checked on the way; the seed says it all.
import { createHash } from 'node:crypto';
import { LawBroken } from './broken';
import { openDoors, waveSpanOf } from './citizens';
import { closeDay } from './closing';
import { compareTouched, readFates } from './fates';
import { checkLaws, checkSums } from './laws';
import { mustHaveHeardAll } from './listener';
import { planNoise } from './noise';
import { checkProofs } from './proofs';
import { checkRatios } from './ratios';
import { lastRounds, planRounds } from './rounds';
import { rush } from './rush';
import { dayNumberAt, openWorld, type Options, type World } from './world';

export interface Report {
  seed: number;
  /** As many payments were asked for; with the seed it shows the same days again. */
  wanted: number;
  broken?: { law: string; detail: string };
  /** Of the final books, in words of the simulator's: the same for the same seed, on either database. */
  digest: string;
  payments: number;
  days: number;
  fates: ReadonlyMap<string, ReadonlyMap<string, number>>;
  acts: ReadonlyMap<string, number>;
  waves: number;
  proofs: number;
  /** Seconds of the service at work, and of the checks of whole tables. */
  seconds: { service: number; checks: number };
}

const usualAtOnce = 512;
/** How often all laws are checked on the way. */
const checkpoints = 4;

export async function simulate(options: Options): Promise<Report> {
  const world = await openWorld(options);
  const report: Report = {
    ...{ seed: options.seed, wanted: options.payments, digest: '', payments: 0, days: 0, waves: 0, proofs: 0 },
    ...{ fates: world.fates, acts: world.acts, seconds: { service: 0, checks: 0 } },
  };
  const started = performance.now();
  try {
    await play(world, report);
  } catch (error) {
    report.broken = brokenBy(error);
  } finally {
    await world.close();
  }
  report.payments = paymentsOf(world);
  report.seconds.service = (performance.now() - started) / 1000 - report.seconds.checks;
  return report;
}

/** Whatever else is thrown is a bug, of the service or of the simulator: it breaks a law too. */
const brokenBy = (error: unknown): { law: string; detail: string } =>
  error instanceof LawBroken
    ? { law: error.law, detail: error.detail }
    : { law: 'nothing is thrown but refusals', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };

const paymentsOf = ({ fates }: World): number => [...fates.values()].reduce((sum, fate) => sum + (fate.get('in all') ?? 0), 0);

async function play(world: World, report: Report): Promise<void> {
  openDoors(world);
  for (let checked = 0; !world.agenda.isEmpty; report.waves++) {
    await playWave(world, report);
    const progress = Math.floor((checkpoints * paymentsOf(world)) / world.options.payments);
    if (progress <= checked || checked >= checkpoints) continue;
    checked = progress;
    await timed(report, () => checkAll(world));
  }
  await lastRounds(world);
  await compareTouched(world);
  await timed(report, () => checkAll(world));
  await closeDay(world);
  await world.options.sabotage?.afterwards?.(world.options.databaseUrl);
  await timed(report, async () => {
    await checkAll(world);
    await checkRatios(world);
    report.proofs = await checkProofs(world);
  });
  report.digest = await digestOf(world);
  if (world.options.isHeard) await mustHaveHeardAll(world);
  await rush(world);
  await timed(report, () => checkLaws(world));
}

async function playWave(world: World, report: Report): Promise<void> {
  const { agenda, clock, options } = world;
  const wave = agenda.nextWave(options.atOnce ?? usualAtOnce, waveSpanOf(options));
  clock.set(Math.max(...wave.map(({ atMs }) => atMs)));
  for (; report.days <= dayNumberAt(clock.ms); report.days++) {
    planRounds(world, report.days);
    planNoise(world, report.days);
  }
  const settles = await Promise.all(wave.map((happening) => happening.run()));
  await readFates(world);
  for (const settle of settles) await settle();
  await compareTouched(world);
}

async function checkAll(world: World): Promise<void> {
  await checkLaws(world);
  await checkSums(world);
}

async function timed(report: Report, check: () => Promise<void>): Promise<void> {
  const started = performance.now();
  await check();
  report.seconds.checks += (performance.now() - started) / 1000;
}

/** Obligations, transactions and allocations by the simulator's numbers, so that ids and the order of rows say nothing. */
async function digestOf({ reader, debts, transfers }: World): Promise<string> {
  const numbers = new Map<unknown, string>([
    ...[...debts.values()].map((debt) => [debt.id, `debt ${debt.number}`] as const),
    ...transfers.map((transfer) => [transfer.id, `transfer ${Math.min(...transfer.twins.map(({ number }) => number))}`] as const),
  ]);
  const lines: string[] = [];
  const note = async (text: string) => {
    for (const row of await reader.rows(text))
      lines.push(
        Object.values(row)
          .map((value) => numbers.get(value) ?? String(value))
          .join(' '),
      );
  };
  await note('SELECT id, due, paid, excess, flags, CASE WHEN cancelled_at IS NULL THEN 0 ELSE 1 END AS cancelled FROM obligation');
  await note(`SELECT id, amount, state, coalesce(why, '') AS why FROM incoming_transaction WHERE state NOT IN ('test', 'foreign')`);
  await note(
    'SELECT transaction_id, obligation_id, CAST(sum(amount) AS BIGINT) AS amount, CAST(sum(excess) AS BIGINT) AS excess FROM allocation GROUP BY transaction_id, obligation_id',
  );
  await note(
    `SELECT agency_code, CAST(sum(counted) AS BIGINT) AS a, CAST(sum(online) AS BIGINT) AS b, CAST(sum(cashless) AS BIGINT) AS c, CAST(sum(amount_online) AS BIGINT) AS d FROM ratio_change GROUP BY agency_code`,
  );
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex').slice(0, 16);
}
