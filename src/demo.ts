// The demo: the whole service on an embedded database with the demo office, the pretend bank and the pretend gateways, in one command.
import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { demoLogins, seedDemoOffice } from '../prisma/seed';
import { ConfigInvalid, demoConfig, type Config } from './config';
import { openLog } from './log';
import { openPretendTown } from './pretendTown';
import { PlayedClock, playYesterday, yesterdayMorning } from './pretendYesterday';
import { assemble } from './serve';
import { openPretendReceiptProvider } from './outbound/pretendReceiptProvider';
import { untilSignalled } from './signals';

/** Slow enough to see receipts wait after an outage. */
const receiptAnswerMs = 1_000;

async function demo(config: Config, fresh: boolean): Promise<void> {
  if (config.databaseUrl.startsWith('file:')) prepareFile(config.databaseUrl.slice('file:'.length), fresh);
  const clock = new PlayedClock();
  const pretendReceiptProvider = openPretendReceiptProvider(receiptAnswerMs);
  const service = await assemble(config, openLog('warn'), { pretendReceiptProvider, now: clock.now });
  const isNew = (await service.ctx.store.tables.events.lastId()) === 0;
  if (isNew) clock.set(yesterdayMorning(clock));
  await seedDemoOffice(service.ctx);
  const town = await openPretendTown(service.ctx, await service.start());
  if (isNew) await playYesterday(service.ctx, clock);
  clock.set(undefined);
  process.stdout.write(await welcome(config, service.ctx.store.tables));
  await untilSignalled();
  await service.stop();
  await town.close();
}

/** Starting over deletes the database's own files and nothing beside them. */
function prepareFile(path: string, fresh: boolean): void {
  mkdirSync(dirname(path), { recursive: true });
  if (fresh) for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}

type Tables = Awaited<ReturnType<typeof assemble>>['ctx']['store']['tables'];

async function welcome({ publicUrl }: Config, tables: Tables): Promise<string> {
  const display = await tables.agencies.findCounter('quay-1');
  return `
The demo office is open.

  Counter (quầy)             ${publicUrl}/counter
  Citizen display (Quầy 1)   ${publicUrl}/display/${display?.displayToken ?? ''}
  Pretend bank               ${publicUrl}/pretend-bank
  Ratio by sector            ${publicUrl}/ratios
  Unmatched money            ${publicUrl}/unmatched
  Days to close              ${publicUrl}/days (as ketoan)
  Statements of the bank     ${publicUrl}/pretend-bank/book (yesterday's brings the day to close)
  Receipts                   ${publicUrl}/receipts
  Hand-over of receipts      ${publicUrl}/receipts/queue (as ketoan; the pretend provider is switched off and on there)
  Find my payment            ${publicUrl}/find
  Outbox of letters          ${publicUrl}/outbox

  Sign in as ${demoLogins.join(', ')}; password: demo

  Try the API:
    curl -s ${publicUrl}/api/obligations -H 'authorization: Bearer demo-api-key' -H 'content-type: application/json' \\
      -d '{"dossier":{"code":"000.00.18.H26-261122-0001","procedureCode":"2.000815","agencyCode":"H26.101","channel":"counter","applicant":{"name":"Người nộp mẫu"}},"fees":[{"feeId":"CT-2.000815","units":5,"quantity":3}]}'

Ctrl-C stops; started again it keeps its data; npm run demo -- --fresh starts over.

`;
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof ConfigInvalid ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(1);
}

try {
  void demo(demoConfig(), process.argv.includes('--fresh')).catch(fail);
} catch (error) {
  fail(error);
}
