// The webhook benchmark: acknowledged webhooks a second, ours against a ceiling and what is usual, interleaved; the ratios are the result.
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { referencesFrom, amountOfEach } from '../support/manyObligations';
import { liveLatency } from './live';
import { load, median, paymentOf, type Round } from './load';
import { rawPaymentsPerSecond } from './raw';
import { sustain } from './sustained';

const names = ['ceiling', 'ours', 'Express + Prisma create', 'Express + Prisma transaction'] as const;
type Name = (typeof names)[number];

const rounds = 5;
const connections = 64;
const seed = 20_261_122;
/** Slow ones get fewer, so that a round of each takes about as long. */
const webhooksARound: Record<Name, number> = {
  ceiling: 6_000,
  ours: 6_000,
  'Express + Prisma create': 2_000,
  'Express + Prisma transaction': 600,
};
/** `-- --sustained`: a minute of ours alone, at a million obligations. */
const isSustained = process.argv.includes('--sustained');
const obligations = isSustained ? 1_000_000 : 50_000;
const sustainedSeconds = 60;

interface Contender {
  name: Name;
  port: number;
  child: ChildProcess;
  references: Iterator<string>;
}

async function main(): Promise<void> {
  const contenders: Contender[] = [];
  for (const name of names) contenders.push(await start(name));
  const results = new Map<Name, Round[]>(names.map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const contender of contenders) {
      const result = await load(contender.port, requestsFor(contender), connections);
      if (round >= 0) results.get(contender.name)?.push(result); // the first warms up
    }
  }
  const ours = contenders.find(({ name }) => name === 'ours');
  const batch = ours ? await meanBatch(ours.port) : NaN;
  print(results, batch);
  if (ours) await printLive(ours);
  contenders.forEach(({ child }) => child.disconnect());
  const raw = await rawPaymentsPerSecond(20_000, Math.round(batch));
  process.stdout.write(
    `better-sqlite3 writing the same rows, ${Math.round(batch)} payments a commit, no HTTP: ${raw.toFixed(0)} payments/s\n`,
  );
}

/** Of all commits so far, the warm-up included. */
async function meanBatch(port: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const numberOf = (name: string): number => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]);
  return numberOf('deliveries_per_commit_sum') / numberOf('deliveries_per_commit_count');
}

async function printLive({ port, references }: Contender): Promise<void> {
  const before = await countsOf(port);
  const lone = await load(port, [paymentOf(String(references.next().value), amountOfEach)], 1);
  const after = await countsOf(port);
  const live = await liveLatency(
    port,
    Array.from({ length: 2_000 }, () => String(references.next().value)),
    200,
  );
  process.stdout.write(`a webhook alone: ${after - before} commit, ${lone.p50.toFixed(1)} ms\n`);
  process.stdout.write(
    `at 200 webhooks/s: ${live.events} events at the counter, p50 ${live.p50.toFixed(1)} ms, p99 ${live.p99.toFixed(1)} ms\n`,
  );
}

async function countsOf(port: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^deliveries_per_commit_count (\S+)/m.exec(text)?.[1]);
}

async function start(name: Name): Promise<Contender> {
  const child = fork(join(__dirname, 'contender.ts'), [name, String(seed), String(obligations)], { execArgv: ['--import', 'tsx'] });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)));
    child.once('exit', () => reject(new Error(`${name} did not start`)));
  });
  return {
    name,
    port,
    child,
    references: referencesFrom(seed, isSustained ? obligations : Math.max(...Object.values(webhooksARound)) * (rounds + 2)).values(),
  };
}

const requestsFor = ({ name, references }: Contender): Buffer[] =>
  Array.from({ length: webhooksARound[name] }, () => paymentOf(String(references.next().value), amountOfEach));

function print(results: ReadonlyMap<Name, Round[]>, batch: number): void {
  const ceiling = results.get('ceiling') ?? [];
  const rows = names.map((name) => {
    const own = results.get(name) ?? [];
    const ratios = own.map((round, number) => round.perSecond / (ceiling[number]?.perSecond ?? NaN));
    const of = (key: keyof Round, digits: number) => median(own.map((round) => round[key])).toFixed(digits);
    return {
      contender: name,
      'acks/s': of('perSecond', 0),
      'p50 ms': of('p50', 1),
      'p99 ms': of('p99', 1),
      'ratio to ceiling': median(ratios).toFixed(3),
      ...(name === 'ours' ? { 'mean batch': batch.toFixed(0) } : {}),
    };
  });
  process.stdout.write(`${rounds} interleaved rounds over ${connections} connections, ${obligations} obligations; medians\n`);
  console.table(rows);
}

async function sustained(): Promise<void> {
  const ours = await start('ours');
  await sustain(ours.port, ours.child.pid ?? 0, ours.references, sustainedSeconds);
  ours.child.disconnect();
}

void (isSustained ? sustained() : main());
