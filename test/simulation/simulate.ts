// The simulator's command: `npm run simulate -- --seed 7 --payments 10000 [--listener] [--database file:…|postgresql://…]`.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { simulate } from './day';
import { reportText } from './report';

/** Where there is one, a disk in memory: what a disk does when it fails is another test's question. */
const memoryDisk = '/dev/shm';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      payments: { type: 'string', default: '10000' },
      'at-once': { type: 'string' },
      database: { type: 'string' },
      listener: { type: 'boolean', default: false },
    },
  });
  const folder = mkdtempSync(join(existsSync(memoryDisk) ? memoryDisk : tmpdir(), 'counter-fees-simulation-'));
  try {
    const report = await simulate({
      seed: whole(values.seed, '--seed'),
      payments: whole(values.payments, '--payments'),
      databaseUrl: values.database ?? `file:${join(folder, 'simulation.db')}`,
      isHeard: values.listener,
      ...(values['at-once'] ? { atOnce: whole(values['at-once'], '--at-once') } : {}),
    });
    process.stdout.write(reportText(report));
    if (report.broken) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function whole(text: string, name: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${name} must be a whole number above zero`);
  return value;
}

void main();
