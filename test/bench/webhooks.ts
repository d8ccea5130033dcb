// The webhook benchmark: acknowledged webhooks a second, ours against a floor and a peer, interleaved; the ratios are the result.
import { fork, type ChildProcess } from 'node:child_process';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { instantOf } from '../../src/domain/time';
import { signSepay } from '../../webhooks/sepay/signature';
import { transferBody } from '../support/bank';

const names = ['floor', 'ours', 'peer'] as const;
type Name = (typeof names)[number];

const rounds = 5;
const webhooksARound = 2_000;
const connections = 64;

interface Round {
  perSecond: number;
  p50: number;
  p99: number;
}

async function main(): Promise<void> {
  const contenders = await Promise.all(names.map(start));
  const results = new Map<Name, Round[]>(names.map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const { name, port } of contenders) {
      const result = await load(port);
      if (round >= 0) results.get(name)?.push(result); // the first warms up
    }
  }
  contenders.forEach(({ child }) => child.disconnect());
  print(results);
}

async function start(name: Name): Promise<{ name: Name; port: number; child: ChildProcess }> {
  const child = fork(join(__dirname, 'contender.ts'), [name], { execArgv: ['--import', 'tsx'] });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)));
    child.once('exit', () => reject(new Error(`${name} did not start`)));
  });
  return { name, port, child };
}

async function load(port: number): Promise<Round> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  let left = webhooksARound;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (left-- > 0) {
        const sent = performance.now();
        await send(port, agent);
        latencies.push(performance.now() - sent);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  return { perSecond: webhooksARound / seconds, p50: at(latencies, 0.5), p99: at(latencies, 0.99) };
}

function send(port: number, agent: Agent): Promise<void> {
  const body = transferBody({ content: 'MBVCB.4125261053.047334.chuyen tien CT tu 0123456789', amount: 21_000 });
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    ...signSepay(body, 'demo-secret-sepay', instantOf(Date.now())),
  };
  return new Promise((resolve, reject) => {
    const sending = request({ host: '127.0.0.1', port, agent, method: 'POST', path: '/webhooks/sepay', headers }, (answer) => {
      answer.resume().on('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`answered ${answer.statusCode}`))));
    });
    sending.on('error', reject).end(body);
  });
}

function print(results: ReadonlyMap<Name, Round[]>): void {
  const floor = results.get('floor') ?? [];
  const rows = names.map((name) => {
    const own = results.get(name) ?? [];
    const ratios = own.map((round, number) => round.perSecond / (floor[number]?.perSecond ?? NaN));
    const of = (key: keyof Round, digits: number) => median(own.map((round) => round[key])).toFixed(digits);
    return {
      contender: name,
      'acks/s': of('perSecond', 0),
      'p50 ms': of('p50', 1),
      'p99 ms': of('p99', 1),
      'ratio to floor': median(ratios).toFixed(2),
    };
  });
  process.stdout.write(`${rounds} interleaved rounds of ${webhooksARound} webhooks over ${connections} connections; medians\n`);
  console.table(rows);
}

const at = (sorted: readonly number[], share: number): number => sorted[Math.floor(sorted.length * share)] ?? NaN;
const median = (values: readonly number[]): number =>
  at(
    [...values].sort((a, b) => a - b),
    0.5,
  );

void main();
