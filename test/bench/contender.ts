// One contender of the webhook benchmark, as a process of its own.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import Database from 'better-sqlite3';
import express from 'express';
import { seedDemoOffice } from '../../prisma/seed';
import { demoConfig } from '../../src/config';
import { instantOf } from '../../src/domain/time';
import { openLog } from '../../src/log';
import { assemble } from '../../src/serve';
import { PrismaClient } from '../../src/store/generated/client';
import { bytesOf } from '../../src/api/body';
import { sepay } from '../../webhooks/sepay';
import { headersOf, type WebhookRequest } from '../../webhooks/provider';
import { fillObligations, referencesFrom } from '../support/manyObligations';
import { referencesIn } from '../../src/domain/reference';

const [name = '', seed = '1', count = '1000'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'counter-fees-bench-'));
const path = join(folder, 'bench.db');
const url = `file:${path}`;
const secrets = [{ value: 'demo-secret-sepay', owner: 'default' }];

/** The whole service: verified, kept, matched, allocated, booked, counted and announced before the answer. */
async function ours(): Promise<Server> {
  const service = await assemble(demoConfig({ PORT: '0', DATABASE_URL: url }), openLog('silent'));
  await seedDemoOffice(service.ctx);
  filled();
  return service.server;
}

/** (a) The ceiling: verifies and understands, and forgets. */
async function ceiling(): Promise<Server> {
  const answer = async (req: IncomingMessage, res: ServerResponse) => {
    understood({ method: 'POST', path: req.url ?? '', query: '', headers: headersOf(req.rawHeaders), body: await bytesOf(req) });
    res.writeHead(200, { 'content-type': 'application/json' }).end('{"success":true}');
  };
  return createServer((req, res) => void answer(req, res));
}

/** (b) What is usual: Express and Prisma; either the bytes are stored, or the payment is posted in an interactive transaction. */
const peer = (keep: (prisma: PrismaClient, request: WebhookRequest) => Promise<void>) => async (): Promise<Server> => {
  const service = await assemble(demoConfig({ PORT: '0', DATABASE_URL: url }), openLog('silent'));
  await seedDemoOffice(service.ctx);
  await service.stop();
  filled();
  const prisma = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url }) });
  const app = express();
  app.post('/webhooks/sepay', express.raw({ type: () => true }), async (req, res) => {
    await keep(prisma, { method: 'POST', path: req.path, query: '', headers: headersOf(req.rawHeaders), body: req.body as Buffer });
    res.json({ success: true });
  });
  return createServer(app);
};

async function createOnly(prisma: PrismaClient, request: WebhookRequest): Promise<void> {
  await prisma.delivery.create({ data: deliveryRow(request), select: { id: true } });
}

async function interactiveTransaction(prisma: PrismaClient, request: WebhookRequest): Promise<void> {
  const told = understood(request);
  const at = instantOf(Date.now());
  const id = told.providerId;
  await prisma.$transaction(async (tx) => {
    await tx.delivery.create({ data: deliveryRow(request), select: { id: true } });
    const [reference = ''] = referencesIn(told.content);
    const named = await tx.referenceName.findFirst({ where: { reference_code: reference } });
    const obligation = await tx.obligation.findUniqueOrThrow({ where: { id: named?.obligation_id ?? '' } });
    await tx.incomingTransaction.create({
      data: {
        id,
        provider: 'sepay',
        scope: 'acc-h26-101',
        provider_id: id,
        account_id: 'acc-h26-101',
        account_number: told.accountNumber ?? '',
        direction: 'in',
        amount: told.amount.dong,
        content: told.content,
        bank_time: told.bankTime,
        received_at: at,
        state: 'applied',
      },
      select: { id: true },
    });
    await tx.obligation.update({ where: { id: obligation.id }, data: { paid: obligation.due, version: { increment: 1 } } });
    await tx.allocation.create({
      data: {
        obligation_id: obligation.id,
        transaction_id: id,
        amount: told.amount.dong,
        excess: 0n,
        flags: '[]',
        method: 'vietqr',
        online_flag: 2n,
        paid_at: told.bankTime,
        created_at: at,
      },
      select: { id: true },
    });
    await tx.posting.create({
      data: {
        cause_id: id,
        cause: 'transaction',
        position: 0n,
        debit: 'bank:acc-h26-101',
        credit: `receivable:${obligation.id}`,
        amount: told.amount.dong,
        created_at: at,
      },
      select: { cause_id: true },
    });
    await tx.event.create({
      data: { type: 'obligation.paid', at, subject_id: obligation.id, obligation_id: obligation.id, version: 2n, payload: '{}' },
      select: { id: true },
    });
  });
}

function deliveryRow(request: WebhookRequest) {
  const told = understood(request);
  const at = instantOf(Date.now());
  return {
    id: told.providerId,
    provider: 'sepay',
    owner: 'default',
    digest: told.providerId,
    method: 'POST',
    target: request.path,
    headers: JSON.stringify(request.headers),
    body: request.body as Uint8Array<ArrayBuffer>,
    received_at: at,
    last_received_at: at,
    times: 1n,
    tries: 0n,
    state: 'applied',
  };
}

function understood(request: WebhookRequest) {
  sepay.verify(request, secrets, instantOf(Date.now()), {});
  const [told] = sepay.normalise(request);
  if (!told) throw new Error('no transaction in a webhook');
  return told;
}

function filled(): void {
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  fillObligations(database, referencesFrom(Number(seed), Number(count)), '2099-01-01T00:00:00.000Z');
  database.close();
}

const contenders: Record<string, () => Promise<Server>> = {
  ceiling,
  ours,
  'Express + Prisma create': peer(createOnly),
  'Express + Prisma transaction': peer(interactiveTransaction),
};

void (async () => {
  const open = contenders[name];
  if (!open) throw new Error(`name a contender: ${Object.keys(contenders).join(', ')}`);
  const server = await open();
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.once('disconnect', () => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  });
})();
