// The command of the simulated month: `--seed 7 --payments 2000 --accounts 10 --days 28 [--troubles 25] [--database file:…|postgresql://…]`.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inFolder, whole } from '../command';
import { reportText } from './report';
import { runMonth } from './run';

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
  await inFolder('month', async (folder) => {
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
  });
}

void main();
