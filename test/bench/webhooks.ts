// The webhook benchmark: acknowledged webhooks a second, ours against a ceiling and what is usual, interleaved; the ratios are the result.
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { referencesFrom, amountOfEach } from '../support/manyObligations';
import { load, median, paymentOf, type Round } from './load';

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
const obligations = process.argv.includes('--million') ? 1_000_000 : 50_000;

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
  contenders.forEach(({ child }) => child.disconnect());
  print(results);
}

async function start(name: Name): Promise<Contender> {
  const child = fork(join(__dirname, 'contender.ts'), [name, String(seed), String(obligations)], { execArgv: ['--import', 'tsx'] });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)));
    child.once('exit', () => reject(new Error(`${name} did not start`)));
  });
  return { name, port, child, references: referencesFrom(seed, Math.max(...Object.values(webhooksARound)) * (rounds + 1)).values() };
}

const requestsFor = ({ name, references }: Contender): Buffer[] =>
  Array.from({ length: webhooksARound[name] }, () => paymentOf(String(references.next().value), amountOfEach));

function print(results: ReadonlyMap<Name, Round[]>): void {
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
    };
  });
  process.stdout.write(`${rounds} interleaved rounds over ${connections} connections, ${obligations} obligations; medians\n`);
  console.table(rows);
}

void main();
