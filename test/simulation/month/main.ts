// The command of the simulated month: `--seed 7 --payments 2000 --accounts 10 --days 28 [--troubles 25] [--database file:…|postgresql://…]`.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { reportText } from './report';
import { runMonth } from './run';

/** Where there is one, a disk in memory: what a disk does when it fails is another test's question. */
const memoryDisk = '/dev/shm';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '7' },
      payments: { type: 'string', default: '2000' },
      accounts: { type: 'string', default: '10' },
      days: { type: 'string', default: '28' },
      troubles: { type: 'string', default: '25' },
      database: { type: 'string' },
    },
  });
  const folder = mkdtempSync(join(existsSync(memoryDisk) ? memoryDisk : tmpdir(), 'counter-fees-month-'));
  try {
    const report = await runMonth({
      seed: whole(values.seed, '--seed'),
      payments: whole(values.payments, '--payments'),
      accounts: whole(values.accounts, '--accounts'),
      days: whole(values.days, '--days'),
      troubles: whole(values.troubles, '--troubles') / 100,
      databaseUrl: values.database ?? `file:${join(folder, 'month.db')}`,
    });
    process.stdout.write(reportText(report));
    if (report.faults.length > 0) process.exitCode = 1;
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
