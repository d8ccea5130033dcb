// Brings a service up and down: store, context, jobs, server; shared by production, the demo and tests.
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { readFeeSchedule } from '../prisma/feeScheduleFile';
import { providerNamed, providers } from '../webhooks';
import { signSandbox } from '../webhooks/sandbox';
import { serverOf } from './app';
import { keepInOutbox } from './actions/sendLetters';
import { subscribe } from './actions/subscribe';
import { hangBell } from './bell';
import { makeDemoCertificate } from './certificate';
import type { Config } from './config';
import { contextOf, type Context } from './context';
import { startJobs } from './jobs/schedule';
import type { Log } from './log';
import { instantOf } from './domain/time';
import { startMetrics } from './metrics';
import { feedsWith } from './outbound/feeds';
import { gatewaysWith } from './outbound/gateways';
import type { Outbound } from './outbound/outbound';
import { pretendBankAt } from './outbound/pretendBank';
import type { PretendReceiptProvider } from './outbound/pretendReceiptProvider';
import { receiptProviderAt } from './outbound/receiptProvider';
import { smtpNotifier } from './outbound/smtp';
import { postToSubscriber } from './outbound/subscriber';
import { sealWith } from './seal';
import { openStatementReading } from './statements/reading';
import { openStore } from './store';
import { writePaper } from './web/paperFile';

export interface Service {
  ctx: Context;
  server: Server;
  /** Starts listening and the clock; returns the port. */
  start(): Promise<number>;
  /** Stops accepting, finishes what runs, closes the store. */
  stop(): Promise<void>;
}

type Replacements = Partial<
  Pick<Context, 'now' | 'random' | 'providerNamed' | 'makeDemoCertificate'> &
    Pick<Outbound, 'subscriber' | 'gateways' | 'notifier'> & { pretendReceiptProvider: PretendReceiptProvider }
>;

/** A service that does not listen yet; `replacements` are for tests: another clock, other chance, pretend neighbours. */
export async function assemble(
  config: Config,
  log: Log,
  { subscriber, gateways, notifier, pretendReceiptProvider, ...given }: Replacements = {},
): Promise<Service> {
  const demo = config.mode === 'demo';
  const statementReading = openStatementReading();
  const ctx = contextOf({
    config,
    log,
    store: await openStore(config.databaseUrl, config.root, (error) =>
      log.warn({ err: error }, 'a connection or a checkpoint of the database failed'),
    ),
    bell: hangBell(),
    metrics: startMetrics(given.now),
    seal: sealWith(config.secretKey),
    outbound: {
      feeds: feedsWith(given.now ?? (() => instantOf(Date.now()))),
      gateways: gateways ?? gatewaysWith(given.now ?? (() => instantOf(Date.now()))),
      subscriber: subscriber ?? { post: postToSubscriber },
      ...notifierOf(config, notifier ?? (demo ? { send: (letter) => keepInOutbox(ctx, letter) } : undefined)),
      ...(config.receiptProvider ? { receiptProvider: receiptProviderAt(config.receiptProvider.url, config.receiptProvider.key) } : {}),
      ...(pretendReceiptProvider ? { receiptProvider: pretendReceiptProvider, pretendReceiptProvider } : {}),
      ...(demo ? { pretendBank: pretendBankAt(() => portOf(server), signSandbox, config.webhookSecrets['sandbox']?.[0] ?? '') } : {}),
    },
    statementReading,
    providerNamed: (name) => providerNamed(name, demo),
    providerNames: providers.filter((provider) => demo || !provider.demoOnly).map((provider) => provider.name),
    legalSchedule: () => readFeeSchedule(),
    makeDemoCertificate,
    writePaper,
    ...given,
  });
  const server: Server = serverOf(ctx);
  let stopJobs = async () => {};
  let stopListening = async () => {};
  return {
    ctx,
    server,
    start: async () => {
      await subscribe(ctx);
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(config.port, resolve));
      stopJobs = startJobs(ctx);
      stopListening = ctx.store.listen(() => ctx.bell.ring());
      return portOf(server);
    },
    stop: async () => {
      const jobsEnded = stopJobs();
      await closed(server);
      await Promise.race([jobsEnded, pause(jobsEndMs, undefined, { ref: false })]); // what a job leaves undone, the next start does
      await stopListening();
      await statementReading.close(); // a file that is being read goes on at the next start
      await ctx.store.close();
    },
  };
}

function notifierOf({ mail }: Config, given: Outbound['notifier']): Pick<Outbound, 'notifier'> {
  const notifier = given ?? (mail ? smtpNotifier(mail) : undefined);
  return notifier ? { notifier } : {};
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

const drainMs = 5_000;
const jobsEndMs = 2_000;

/** Live feeds never end by themselves: after a while what is still open is cut. */
async function closed(server: Server): Promise<void> {
  if (!server.listening) return;
  const done = new Promise<void>((resolve) => server.close(() => resolve()));
  server.prependListener('request', (_, res: ServerResponse) => res.setHeader('connection', 'close')); // else a busy connection goes on until it is cut
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), drainMs);
  await done;
  clearTimeout(cut);
}
