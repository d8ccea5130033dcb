// A statement of a million lines against a million transactions: the floor is a bare streaming parser and a bare indexed join, in the same run.
import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import Papa from 'papaparse';
import { collectionAccount, seedDemoOffice } from '../../prisma/seed';
import { importStatement } from '../../src/actions/importStatement';
import { keepStatement } from '../../src/actions/keepStatement';
import { demoConfig } from '../../src/config';
import { normalForm } from '../../src/domain/reference';
import { openLog } from '../../src/log';
import { assemble, type Service } from '../../src/serve';

const lines = Number(process.argv[2] ?? 1_000_000);
const daysCount = 30;
const account = collectionAccount;
const officer = { kind: 'person', officerId: 'of_bench', name: 'Bench', role: 'finance_officer', agencyCode: 'H26' } as const;

const dayOf = (place: number): string => `2026-10-${String(1 + Math.floor((place * daysCount) / lines)).padStart(2, '0')}`;
const amountAt = (place: number): number => 10_000 + (place % 977) * 1_000;
const referenceAt = (place: number): string => `FT262${String(place).padStart(9, '0')}`;
const contentAt = (place: number): string =>
  `MBVCB.${4_000_000_000 + place}.CHUYEN TIEN NOP PHI HO SO ${place}.CT tu 0011001932418 toi 110000260001`;

async function writeFile(path: string): Promise<void> {
  const out = createWriteStream(path);
  out.write(`Số tài khoản: ${account.accountNumber}\nNgày giao dịch,Số tham chiếu,Số tiền ghi nợ,Số tiền ghi có,Số dư,Mô tả\n`);
  let balance = 1_000_000;
  for (let place = 0; place < lines; place++) {
    balance += amountAt(place);
    const day = dayOf(place).split('-').reverse().join('/');
    if (!out.write(`${day},${referenceAt(place)},,${amountAt(place)},${balance},"${contentAt(place)}"\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

function fillTransactions(path: string): void {
  const database = new Database(path);
  const insert = database.prepare(
    `INSERT INTO incoming_transaction (id, provider, scope, provider_id, account_id, agency_code, account_number, direction, amount, content, bank_reference,
       bank_time, received_at, state, why, via, bank_identity, occurrence)
     VALUES (?, 'sepay', ?, ?, ?, ?, ?, 'in', ?, ?, ?, ?, ?, 'unapplied', 'no_reference', 'push', ?, 1)`,
  );
  const fill = database.transaction((from: number, to: number) => {
    for (let place = from; place < to; place++) {
      const identity = [account.id, normalForm(referenceAt(place)), amountAt(place), 'in', dayOf(place)].join(' ');
      const at = `${dayOf(place)}T03:00:00.000Z`;
      const id = `tx_${String(place).padStart(26, '0')}`;
      const who = [account.id, account.agencyCode, account.accountNumber];
      insert.run(id, account.id, String(place), ...who, amountAt(place), contentAt(place), referenceAt(place), at, at, identity);
    }
  });
  for (let from = 0; from < lines; from += 50_000) fill(from, Math.min(lines, from + 50_000));
  database.close();
}

/** On the clock, and of all processors: on a machine that others use too, the latter says more. */
interface Took {
  wall: number;
  cpu: number;
}

async function timed(work: () => Promise<void> | void): Promise<Took> {
  const [started, used] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  return { wall: (performance.now() - started) / 1000, cpu: (user + system) / 1e6 };
}

const sumOf = (...all: readonly Took[]): Took => ({
  wall: all.reduce((sum, one) => sum + one.wall, 0),
  cpu: all.reduce((sum, one) => sum + one.cpu, 0),
});
const inSeconds = ({ wall, cpu }: Took): string => `${wall.toFixed(2)} s (${cpu.toFixed(2)} s of processors)`;
const ratioOf = (one: Took, other: Took): string =>
  `${(one.wall / other.wall).toFixed(2)} (of processors ${(one.cpu / other.cpu).toFixed(2)})`;

/** Every row as cells, nothing else. */
const bareParse = (file: string): Promise<void> =>
  new Promise((resolve, reject) => {
    let rows = 0;
    const complete = (): void => (rows >= lines ? resolve() : reject(new Error(`${rows} rows`)));
    Papa.parse(createReadStream(file), { step: () => rows++, complete, error: reject });
  });

/** Two tables of the same rows, one indexed: a line finds its transaction. `stores`: and that is written to its row. */
function bareJoin(path: string, stores: boolean): Promise<Took> {
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('cache_size = -65536');
  const found = 'SELECT t.id FROM bare_transaction t WHERE t.identity = bare_line.identity';
  const counted = 'SELECT count(*), sum(l.amount) FROM bare_line l JOIN bare_transaction t ON t.identity = l.identity';
  return timed(() => {
    if (stores) database.exec(`UPDATE bare_line SET transaction_id = (${found})`);
    else database.prepare(counted).get();
    database.close();
  });
}

/** Brings the lines into a table, which the join of the floor presumes. */
function bareLoad(path: string): Promise<Took> {
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.exec(`CREATE TABLE bare_transaction (id TEXT, identity TEXT, amount INTEGER);
    CREATE TABLE bare_line (id INTEGER PRIMARY KEY, identity TEXT, amount INTEGER, transaction_id TEXT);
    INSERT INTO bare_transaction SELECT id, bank_identity, amount FROM incoming_transaction;
    CREATE UNIQUE INDEX bare_identity ON bare_transaction (identity);`);
  const insert = database.prepare('INSERT INTO bare_line (identity, amount) VALUES (?, ?)');
  return timed(() => {
    database.transaction(() => {
      for (let place = 0; place < lines; place++)
        insert.run([account.id, referenceAt(place), amountAt(place), 'in', dayOf(place)].join(' '), amountAt(place));
    })();
    database.close();
  });
}

interface Imported {
  keeping: Took;
  importing: Took;
  /** MiB that the process grew by. */
  growth: number;
  /** ms that the event loop stood still at most, and of all but one moment in a thousand. */
  stall: number;
  stall99: number;
}

async function importAll({ ctx, stop }: Service, file: string): Promise<Imported> {
  const loop = monitorEventLoopDelay({ resolution: 5 });
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 50);
  let id = '';
  const keeping = await timed(async () => {
    const bytes = createReadStream(file, { highWaterMark: 64 * 1024 });
    ({ id } = await keepStatement(ctx, { actor: officer, account: account.id, fileName: 'bench.csv', bytes }));
  });
  loop.enable();
  const importing = await timed(async () => void (await importStatement(ctx, id, () => turn())));
  loop.disable();
  clearInterval(watch);
  const read = await ctx.store.tables.statements.find(id);
  if (read?.state !== 'read' || read.knownCount !== lines) throw new Error(`${read?.state} ${read?.problem} ${read?.knownCount}`);
  await stop();
  return { keeping, importing, growth: (most - before) / 2 ** 20, stall: loop.max / 1e6, stall99: loop.percentile(99.9) / 1e6 };
}

const openService = (path: string): Promise<Service> => assemble(demoConfig({ PORT: '0', DATABASE_URL: `file:${path}` }), openLog('warn'));

/** In a process of its own, whose memory holds nothing of what was prepared. */
function importBeside(path: string, file: string): Imported {
  const argv = [...process.execArgv, __filename, String(lines), path, file];
  return JSON.parse(execFileSync(process.execPath, argv, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })) as Imported;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'counter-fees-bench-'));
  const [file, path, barePath] = ['statement.csv', 'ours.db', 'bare.db'].map((name) => join(folder, name)) as [string, string, string];
  const say = (words: string): void => void process.stdout.write(`${words}\n`);
  try {
    await writeFile(file);
    const service = await openService(path);
    await seedDemoOffice(service.ctx);
    await service.stop();
    fillTransactions(path);
    say(`${lines} lines, ${(statSync(file).size / 2 ** 20).toFixed(0)} MiB`);
    const parse = await timed(() => bareParse(file));
    const bare = new Database(path);
    bare.exec(`VACUUM INTO '${barePath}'`);
    bare.close();
    const load = await bareLoad(barePath);
    const joined = await bareJoin(barePath, false);
    const stored = await bareJoin(barePath, true);
    say(`floor: bare parse ${inSeconds(parse)}, bare join ${inSeconds(joined)}`);
    say(`beside it: loading the lines ${inSeconds(load)}, storing the matches ${inSeconds(stored)}`);
    const ours = importBeside(path, file);
    say(`ours: kept as evidence ${inSeconds(ours.keeping)}; looked through, imported and matched ${inSeconds(ours.importing)}`);
    say(`ratio to parse and join: ${ratioOf(ours.importing, sumOf(parse, joined))}`);
    say(`ratio to parse, load, join and store: ${ratioOf(ours.importing, sumOf(parse, load, joined, stored))}`);
    say(
      `memory grew by ${ours.growth.toFixed(0)} MiB; longest stall of the event loop ${ours.stall.toFixed(0)} ms, 99.9 % under ${ours.stall99.toFixed(0)} ms`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [path, file] = process.argv.slice(3);
if (path !== undefined && file !== undefined) {
  void openService(path)
    .then((service) => importAll(service, file))
    .then((imported) => process.stdout.write(JSON.stringify(imported)));
} else void main();
