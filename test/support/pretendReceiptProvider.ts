// A pretend e-receipt provider on 127.0.0.1: keeps what it was given under its number, says the same of the same twice, and misbehaves when told to.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** `silent`: takes the receipt and hangs up without a word. A number of milliseconds: answers well, but so late. */
export type ReceiptFault = { status: number; body?: string } | 'silent' | { lateMs: number };

export interface PretendReceiptProvider {
  url: string;
  key: string;
  /** Signed XML by receipt number. */
  kept: Map<string, string>;
  /** The number of each call, in order. */
  asked: string[];
  /** What the next calls get in place of an answer; undefined leaves one its answer. */
  faults: (ReceiptFault | undefined)[];
  close(): Promise<void>;
}

export async function openPretendReceiptProvider(): Promise<PretendReceiptProvider> {
  const provider: Omit<PretendReceiptProvider, 'url' | 'close'> = { key: 'provider-key', kept: new Map(), asked: [], faults: [] };
  const server = createServer((req, res) => void answer(provider, req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(provider, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

async function answer(provider: Omit<PretendReceiptProvider, 'url' | 'close'>, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  const xml = Buffer.concat(chunks).toString('utf8');
  const number = /^\/receipts\/(\d\dT[A-Z]{2}-\d{8})$/.exec(req.url ?? '')?.[1];
  const say = (status: number, body: object): void =>
    void res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (req.method !== 'PUT' || !number) return say(404, { why: 'no such place' });
  if (req.headers.authorization !== `Bearer ${provider.key}`) return say(401, { why: 'wrong key' });
  provider.asked.push(number);
  const fault = provider.faults.shift();
  if (fault && fault !== 'silent' && 'status' in fault) return void res.writeHead(fault.status).end(fault.body ?? '');
  if (fault && fault !== 'silent') await pause(fault.lateMs);
  if (!xml.includes('<SignatureValue>')) return say(422, { why: 'not signed' });
  const known = provider.kept.get(number);
  if (known !== undefined && known !== xml) return say(409, { why: 'another receipt has this number' });
  provider.kept.set(number, xml);
  if (fault === 'silent') return void res.destroy();
  say(known === undefined ? 201 : 200, { reference: `CQT-${number}` });
}
