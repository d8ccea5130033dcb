// The clock: every job, how often it runs, and that no job runs twice at once.
import { Cron } from 'croner';
import type { Context } from '../context';
import { deliverTick } from './deliverTick';
import { feedTick } from './feedTick';
import { pullTick } from './pullTick';
import { sweepTick } from './sweepTick';

type Tick = () => Promise<void>;

/** Starts the clock; returns how to stop it, which waits for what is running. */
export function startJobs(ctx: Context): () => Promise<void> {
  const deliver = alone(ctx, 'deliver', deliverTick(ctx));
  const sweep = alone(ctx, 'sweep', sweepTick(ctx));
  const feed = alone(ctx, 'feed', feedTick(ctx));
  const pull = alone(ctx, 'pull', pullTick(ctx));
  const jobs = [
    new Cron('* * * * * *', deliver.run),
    new Cron('*/10 * * * * *', sweep.run),
    new Cron('* * * * * *', feed.run),
    new Cron('*/10 * * * * *', pull.run),
  ];
  const silence = ctx.bell.listen(deliver.run);
  return async () => {
    silence();
    jobs.forEach((job) => job.stop());
    await Promise.all([deliver, sweep, feed, pull].map((tick) => tick.idle()));
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
