// A minute of payments into a service with a million obligations: whether the pace and the memory hold.
import { readFileSync } from 'node:fs';
import { amountOfEach } from '../support/manyObligations';
import { load, paymentOf } from './load';

const connections = 64;
const aStep = 5_000;

/** Prints a line about every `aStep` payments until the time is over. `pid` is the service's process. */
export async function sustain(port: number, pid: number, references: Iterator<string>, seconds: number): Promise<void> {
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    const requests = Array.from({ length: aStep }, () => paymentOf(String(references.next().value), amountOfEach));
    const { perSecond, p50, p99 } = await load(port, requests, connections);
    process.stdout.write(
      `${perSecond.toFixed(0)} acks/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${residentMebibytes(pid).toFixed(0)} MiB resident\n`,
    );
  }
}

/** From the kernel's own account; NaN where there is no /proc. */
function residentMebibytes(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return NaN;
  }
}
