// One contender of the webhook benchmark, as a process of its own: ours, the floor without a store, or what a peer would write.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import express from 'express';
import { seedDemoOffice } from '../../prisma/seed';
import { demoConfig } from '../../src/config';
import { instantOf } from '../../src/domain/time';
import { openLog } from '../../src/log';
import { assemble } from '../../src/serve';
import { migrateSqlite } from '../../src/store/migrate';
import { PrismaClient } from '../../src/store/generated/client';
import { bytesOf } from '../../src/api/body';
import { sepay } from '../../webhooks/sepay';
import { headersOf, type WebhookRequest } from '../../webhooks/provider';

const folder = mkdtempSync(join(tmpdir(), 'counter-fees-bench-'));
const url = `file:${join(folder, 'bench.db')}`;
const secrets = [{ value: 'demo-secret-sepay', owner: 'default' }];

/** The whole service: verified, kept, judged, booked and announced before the answer. */
async function ours(): Promise<Server> {
  const service = await assemble(demoConfig({ PORT: '0', DATABASE_URL: url }), openLog('silent'));
  await seedDemoOffice(service.ctx);
  return service.server;
}

/** Verifies and understands, and forgets. */
async function floor(): Promise<Server> {
  const answer = async (req: IncomingMessage, res: ServerResponse) => {
    understood({ method: 'POST', path: req.url ?? '', query: '', headers: headersOf(req.rawHeaders), body: await bytesOf(req) });
    res.writeHead(200, { 'content-type': 'application/json' }).end('{"success":true}');
  };
  return createServer((req, res) => void answer(req, res));
}

/** Express and one Prisma create per webhook: the bytes are stored, nothing is booked. */
async function peer(): Promise<Server> {
  migrateSqlite(url.slice('file:'.length), 'prisma/migrations');
  const prisma = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url }) });
  const app = express();
  app.post('/webhooks/sepay', express.raw({ type: () => true }), async (req, res) => {
    const [told] = understood({ method: 'POST', path: req.path, query: '', headers: headersOf(req.rawHeaders), body: req.body as Buffer });
    const id = told?.providerId ?? '';
    const received = instantOf(Date.now());
    const row = {
      id,
      provider: 'sepay',
      owner: 'default',
      digest: id,
      method: 'POST',
      target: req.path,
      headers: '{}',
      body: req.body as Uint8Array<ArrayBuffer>,
    };
    await prisma.delivery.create({
      data: { ...row, received_at: received, last_received_at: received, times: 1n, tries: 0n, state: 'received' },
      select: { id: true },
    });
    res.json({ success: true });
  });
  return createServer(app);
}

function understood(request: WebhookRequest) {
  sepay.verify(request, secrets, instantOf(Date.now()), {});
  return sepay.normalise(request);
}

const contenders: Record<string, () => Promise<Server>> = { ours, floor, peer };

void (async () => {
  const open = contenders[process.argv[2] ?? ''];
  if (!open) throw new Error('name a contender: ours, floor or peer');
  const server = await open();
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.once('disconnect', () => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  });
})();
