// The simulator's command: `npm run simulate -- --seed 7 --payments 10000 [--listener] [--database file:…|postgresql://…]`.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { simulate } from './day';
import { inFolder, whole } from './command';
import { reportText } from './report';

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
  await inFolder('simulation', async (folder) => {
    const report = await simulate({
      seed: whole(values.seed, '--seed'),
      payments: whole(values.payments, '--payments'),
      databaseUrl: values.database ?? `file:${join(folder, 'simulation.db')}`,
      isHeard: values.listener,
      ...(values['at-once'] ? { atOnce: whole(values['at-once'], '--at-once') } : {}),
    });
    process.stdout.write(reportText(report));
    if (report.broken) process.exitCode = 1;
  });
}

void main();
