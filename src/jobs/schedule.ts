// The clock: every job, how often it runs, and that no job runs twice at once.
import { Cron } from 'croner';
import type { Context } from '../context';
import { catalogueTick } from './catalogueTick';
import { claimTick } from './claimTick';
import { deliverTick } from './deliverTick';
import { feedTick } from './feedTick';
import { handOverTick } from './handOverTick';
import { letterTick } from './letterTick';
import { mailTick } from './mailTick';
import { pullTick } from './pullTick';
import { receiptTick } from './receiptTick';
import { sessionTick } from './sessionTick';
import { sweepTick } from './sweepTick';

type Tick = () => Promise<void>;

/** Starts the clock; returns how to stop it, which waits for what is running. */
export function startJobs(ctx: Context): () => Promise<void> {
  const deliver = alone(ctx, 'deliver', deliverTick(ctx));
  const sweep = alone(ctx, 'sweep', sweepTick(ctx));
  const feed = alone(ctx, 'feed', feedTick(ctx));
  const pull = alone(ctx, 'pull', pullTick(ctx));
  const receipt = alone(ctx, 'receipt', receiptTick(ctx));
  const handOver = alone(ctx, 'handOver', handOverTick(ctx));
  const letter = alone(ctx, 'letter', letterTick(ctx));
  const mail = alone(ctx, 'mail', mailTick(ctx));
  const catalogue = alone(ctx, 'catalogue', catalogueTick(ctx));
  const claim = alone(ctx, 'claim', claimTick(ctx));
  const sessions = ctx.outbound.gateways.map(({ provider }) => alone(ctx, `sessions of ${provider}`, sessionTick(ctx, provider)));
  const jobs = [
    new Cron('* * * * * *', deliver.run),
    new Cron('*/10 * * * * *', sweep.run),
    new Cron('* * * * * *', feed.run),
    new Cron('*/10 * * * * *', pull.run),
    new Cron('* * * * * *', catalogue.run),
    new Cron('* * * * * *', receipt.run),
    new Cron('*/5 * * * * *', handOver.run),
    new Cron('* * * * * *', letter.run),
    new Cron('*/2 * * * * *', mail.run),
    new Cron('*/10 * * * * *', claim.run),
    ...sessions.map((session) => new Cron('*/2 * * * * *', session.run)),
  ];
  const silences = [deliver, receipt, letter, mail].map((tick) => ctx.bell.listen(tick.run));
  return async () => {
    silences.forEach((silence) => silence());
    jobs.forEach((job) => job.stop());
    await Promise.all(
      [deliver, sweep, feed, pull, receipt, handOver, letter, mail, catalogue, claim, ...sessions].map((tick) => tick.idle()),
    );
  };
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
