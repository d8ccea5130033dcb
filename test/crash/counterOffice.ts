// One counter office as a process of its own, to be killed: the whole service in demo mode, which does what its parent asks.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import { seedDemoOffice } from '../../prisma/seed';
import { webhookReceiver } from '../../src/actions/receiveWebhook';
import { sweepDeliveries } from '../../src/actions/sweepDeliveries';
import { bytesOf } from '../../src/api/body';
import { demoConfig } from '../../src/config';
import { openLog } from '../../src/log';
import { assemble, type Service } from '../../src/serve';
import { untilSignalled } from '../../src/signals';

/** `hasty` acknowledges before it has kept anything: what the tests of crashes must find out. */
export type Manner = 'careful' | 'hasty';

/** What a parent may ask; each gives a number back. */
export type Asked = { id: number } & (
  { ask: 'open'; url: string; manner: Manner } | { ask: 'sweep' | 'longestStallMs' | 'memoryBytes' } | { ask: 'limitPages'; pages: number }
);
export type Answered = { id: number; value: number } | { id: number; problem: string };

const resolutionMs = 5;
const mostPages = 4_294_967_294;

const stalls = monitorEventLoopDelay({ resolution: resolutionMs });
const writing = watchWritingConnection();
let service: Service | undefined;

process.on('message', (asked: Asked) => {
  done(asked).then(
    (value) => process.send?.({ id: asked.id, value } satisfies Answered),
    (error: unknown) => process.send?.({ id: asked.id, problem: String(error instanceof Error ? error.stack : error) } satisfies Answered),
  );
});
process.once('disconnect', () => process.exit(1)); // without a parent there is nobody who would end it

async function done(asked: Asked): Promise<number> {
  switch (asked.ask) {
    case 'open':
      return open(asked.url, asked.manner);
    case 'sweep':
      return sweepDeliveries(opened().ctx);
    case 'longestStallMs':
      return longestStallMs();
    case 'memoryBytes':
      return memoryBytes();
    case 'limitPages':
      return limitPages(asked.pages);
  }
}

async function open(url: string, manner: Manner): Promise<number> {
  const level = process.env['CRASH_LOG'] === undefined ? 'silent' : 'warn';
  service = await assemble(demoConfig({ PORT: '0', DATABASE_URL: url }), openLog(level));
  await seedDemoOffice(service.ctx);
  if (manner === 'hasty') acknowledgeAtOnce(service);
  const port = await service.start();
  void untilSignalled().then(leave);
  stalls.enable();
  return port;
}

/** As production does at a polite kill: what is left open keeps the process alive, and a test waits for its end. */
async function leave(): Promise<void> {
  await opened().stop();
  process.removeAllListeners('disconnect');
  process.disconnect();
}

function opened(): Service {
  if (!service) throw new Error('the office is not open yet');
  return service;
}

/** 200 first, and only then what the 200 promises. */
function acknowledgeAtOnce({ ctx, server }: Service): void {
  const receive = webhookReceiver(ctx);
  const sepay = ctx.providerNamed('sepay');
  server.removeAllListeners('request').on('request', (req, res) => {
    void bytesOf(req).then((body) => {
      res.writeHead(200, { 'content-type': 'application/json' }).end('{"success":true}');
      const { method = 'GET', url = '', rawHeaders } = req;
      if (sepay) receive(sepay, { method, url, rawHeaders, body }).catch(() => undefined);
    });
  });
}

/** Since it was asked last. */
function longestStallMs(): number {
  const longest = stalls.max / 1e6;
  stalls.reset();
  return longest;
}

function memoryBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss;
}

/** A disk that is full: SQLite may add only so many pages; 0 gives the space back. Returns how many there are. */
function limitPages(pages: number): number {
  const now = Number(writing().pragma('page_count', { simple: true }));
  writing().pragma(`max_page_count = ${pages === 0 ? mostPages : now + pages}`);
  return now;
}

/** The limit on a file belongs to the connection that writes it, which nobody outside of the store may have: it is known by asking for full synchronisation. */
function watchWritingConnection(): () => Database.Database {
  const opened: Database.Database[] = [];
  const pragma = Database.prototype.pragma;
  Database.prototype.pragma = function (this: Database.Database, ...given: Parameters<typeof pragma>) {
    if (/^synchronous *= *FULL/.test(given[0])) opened.push(this);
    return pragma.apply(this, given);
  };
  return () => {
    const latest = opened.at(-1);
    if (!latest) throw new Error('nothing was opened for writing');
    return latest;
  };
}
