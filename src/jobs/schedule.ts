// The clock: every job, how often it runs, and that no job runs twice at once.
import { Cron } from 'croner';
import type { Context } from '../context';
import { catalogueTick } from './catalogueTick';
import { claimTick } from './claimTick';
import { deliverTick } from './deliverTick';
import { depositTick } from './depositTick';
import { exportTick } from './exportTick';
import { feedTick } from './feedTick';
import { handOverTick } from './handOverTick';
import { letterTick } from './letterTick';
import { mailTick } from './mailTick';
import { pullTick } from './pullTick';
import { receiptTick } from './receiptTick';
import { refundTick } from './refundTick';
import { ruleTick } from './ruleTick';
import { sessionTick } from './sessionTick';
import { settlementTick } from './settlementTick';
import { statementTick } from './statementTick';
import { sweepTick } from './sweepTick';

type Tick = () => Promise<void>;

interface Job {
  name: string;
  /** As croner writes it, seconds first. */
  every: string;
  tick: Tick;
  /** Also whenever something was announced. */
  isRung?: boolean;
}

const everySecond = '* * * * * *';
const everySeconds = (seconds: number): string => `*/${seconds} * * * * *`;

const jobsOf = (ctx: Context): Job[] => [
  { name: 'deliver', every: everySecond, tick: deliverTick(ctx), isRung: true },
  { name: 'sweep', every: everySeconds(10), tick: sweepTick(ctx) },
  { name: 'feed', every: everySecond, tick: feedTick(ctx) },
  { name: 'pull', every: everySeconds(10), tick: pullTick(ctx) },
  { name: 'catalogue', every: everySecond, tick: catalogueTick(ctx) },
  { name: 'receipt', every: everySecond, tick: receiptTick(ctx), isRung: true },
  { name: 'handOver', every: everySeconds(5), tick: handOverTick(ctx) },
  { name: 'letter', every: everySecond, tick: letterTick(ctx), isRung: true },
  { name: 'mail', every: everySeconds(2), tick: mailTick(ctx), isRung: true },
  { name: 'claim', every: everySeconds(10), tick: claimTick(ctx) },
  { name: 'statement', every: everySecond, tick: statementTick(ctx) },
  { name: 'settlement', every: everySeconds(30), tick: settlementTick(ctx) },
  { name: 'deposit', every: everySeconds(5), tick: depositTick(ctx) },
  { name: 'refund', every: everySeconds(2), tick: refundTick(ctx) },
  { name: 'rule', every: everySecond, tick: ruleTick(ctx) },
  { name: 'export', every: everySecond, tick: exportTick(ctx) },
  ...ctx.outbound.gateways.map(({ provider }) => ({
    name: `sessions of ${provider}`,
    every: everySeconds(2),
    tick: sessionTick(ctx, provider),
  })),
];

/** Starts the clock; returns how to stop it, which waits for what is running. */
export function startJobs(ctx: Context): () => Promise<void> {
  const started = jobsOf(ctx).map((job) => start(ctx, job));
  return async () => {
    started.forEach(({ stop }) => stop());
    await Promise.all(started.map(({ idle }) => idle()));
  };
}

function start(ctx: Context, { name, every, tick, isRung }: Job): { stop: () => void; idle: () => Promise<void> } {
  const { run, idle } = alone(ctx, name, tick);
  const clock = new Cron(every, run);
  const silence = isRung ? ctx.bell.listen(run) : undefined;
  const stop = (): void => {
    silence?.();
    clock.stop();
  };
  return { stop, idle };
}

/** A tick that is skipped while the one before still runs; what it throws is logged, and the clock goes on. */
function alone(ctx: Context, name: string, tick: Tick): { run: () => void; idle: () => Promise<void> } {
  let running: Promise<void> | undefined;
  const run = (): void => {
    running ??= tick()
      .catch((error: unknown) => ctx.log.error({ err: error, job: name }, 'a job failed'))
      .finally(() => (running = undefined));
  };
  return { run, idle: async () => running };
}
