// What pretend gateways share: a small server on 127.0.0.1 with bounded bodies, and the ways in which its answers can go wrong.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Behaviour, PretendGateway } from './pretendGateway';
import type { Teller } from './teller';

export interface Asked {
  method: string;
  path: string;
  /** As it came, without the question mark. */
  rawQuery: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON. */
  body: string | object;
}

/** Pages are for payers, and always answered; the rest is for us, and as it behaves. */
export interface Doors {
  isPage(path: string): boolean;
  answer(asked: Asked): Reply | Promise<Reply>;
}

const maxBodyBytes = 64 * 1024;
const slowMs = 60_000;
const byteMs = 1_000;
const tooLarge: Reply = { status: 413, body: '' };
const broken: Reply = { status: 500, body: { error: { type: 'api_error', message: 'pretended' }, code: '500', desc: 'pretended' } };

/** What each of them keeps at hand. */
export interface Desk {
  behaviour: Behaviour;
  teller: Teller;
  /** Where it listens, for those that tell of their own pages. */
  pages?: string;
}

/** A pretend gateway over its desk and doors. */
export const gatewayOver = (provider: PretendGateway['provider'], desk: Desk, doors: Doors): PretendGateway => ({
  provider,
  listen: async (port = 0) => {
    const { url, close } = await listenAt(port, doors, () => desk.behaviour);
    desk.pages = url;
    return { url, close: () => (desk.teller.stop(), close()) };
  },
  behave: (how) => {
    desk.behaviour = how;
  },
  settle: desk.teller.settle,
});

async function listenAt(port: number, doors: Doors, behaviour: () => Behaviour): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((req, res) => void attend(req, res, doors, behaviour));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${portOf(server)}`, close: () => closed(server) };
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

async function attend(req: IncomingMessage, res: ServerResponse, doors: Doors, behaviour: () => Behaviour): Promise<void> {
  const how = behaviour();
  try {
    const body = await bodyOf(req);
    if (body === undefined) return send(res, tooLarge);
    const asked = askedIn(req, body);
    const isPage = doors.isPage(asked.path);
    if (how === 'fails' && !isPage) return send(res, broken);
    const reply = await doors.answer(asked);
    return isPage ? send(res, reply) : sendAs(how, res, reply);
  } catch {
    if (!res.headersSent && !res.destroyed) send(res, broken);
  }
}

/** Undefined where it is too large; the rest of it is not kept. */
async function bodyOf(req: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of req) {
    const bytes = Buffer.from(chunk as Uint8Array);
    length += bytes.length;
    if (length <= maxBodyBytes) chunks.push(bytes);
    else if (length > 10 * maxBodyBytes) break;
  }
  return length > maxBodyBytes ? undefined : Buffer.concat(chunks).toString('utf8');
}

function askedIn(req: IncomingMessage, body: string): Asked {
  const [path = '/', rawQuery = ''] = (req.url ?? '/').split(/\?(.*)/s, 2);
  return { method: req.method ?? 'GET', path, rawQuery, query: new URLSearchParams(rawQuery), headers: req.headers, body };
}

function send(res: ServerResponse, reply: Reply): void {
  const bytes = begun(res, reply);
  res.end(bytes);
}

function sendAs(how: Behaviour, res: ServerResponse, reply: Reply): void {
  if (how === 'slow') return until(res, slowMs, () => send(res, reply));
  if (how === 'half_open') {
    const bytes = begun(res, reply);
    return void res.write(bytes.subarray(0, Math.max(1, bytes.length >> 1)));
  }
  if (how === 'byte_by_byte') return dribble(res, begun(res, reply), 0);
  send(res, reply);
}

function dribble(res: ServerResponse, bytes: Buffer, from: number): void {
  if (from >= bytes.length) return void res.end();
  res.write(bytes.subarray(from, from + 1));
  until(res, byteMs, () => dribble(res, bytes, from + 1));
}

/** Nothing is left waiting once the other side has gone. */
function until(res: ServerResponse, ms: number, then: () => void): void {
  const timer = setTimeout(then, ms);
  res.once('close', () => clearTimeout(timer));
}

function begun(res: ServerResponse, { status, headers, body }: Reply): Buffer {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const contentType = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  res.writeHead(status, { 'content-type': contentType, 'content-length': bytes.length, ...headers });
  return bytes;
}
