// A bank that tells over plain sockets and writes down what was answered to each webhook; it survives the death of the one that it tells.
import { connect, type Socket } from 'node:net';
import { instantOf } from '../../src/domain/time';
import { signSepay } from '../../webhooks/sepay/signature';
import { transferBody, type Transfer } from '../support/bank';

/** One message of the bank's as it goes over the wire. */
export interface Webhook {
  body: string;
  bytes: Buffer;
}

export interface Answer {
  webhook: Webhook;
  status: number;
  retryAfter: string | undefined;
  tookMs: number;
}

export interface Telling {
  port: number;
  webhooks: readonly Webhook[];
  connections: number;
  /** How many webhooks a connection may send ahead of their answers. */
  ahead?: number;
  onAnswer?: (answer: Answer, count: number) => void;
}

export function webhookOf(transfer: Transfer): Webhook {
  const body = transferBody(transfer);
  const headers = { 'content-type': 'application/json', ...signSepay(body, 'demo-secret-sepay', instantOf(Date.now())) };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `POST /webhooks/sepay HTTP/1.1\r\nhost: office\r\ncontent-length: ${body.length}\r\n${lines.join('')}\r\n`;
  return { body: body.toString(), bytes: Buffer.concat([Buffer.from(head), body]) };
}

export const isAcknowledged = ({ status }: Answer): boolean => status >= 200 && status < 300;

/** Tells each once, in this order over so many connections; returns what was answered. What is missing there was never answered. */
export async function tellAll({ port, webhooks, connections, ahead = 1, onAnswer }: Telling): Promise<Answer[]> {
  const answers: Answer[] = [];
  const queue = webhooks.values();
  const take = (answer: Answer): void => {
    answers.push(answer);
    onAnswer?.(answer, answers.length);
  };
  await Promise.all(Array.from({ length: connections }, () => tellOver(port, queue, ahead, take)));
  return answers;
}

/** One connection after the other, as a bank does that was hung up on; until all is told, or nobody is there, or one died with a webhook in hand. */
async function tellOver(port: number, queue: Iterator<Webhook>, ahead: number, take: (answer: Answer) => void): Promise<void> {
  for (let goesOn = true; goesOn;) {
    const socket = await opened(port);
    if (!socket) return;
    goesOn = await tellOnce(socket, queue, ahead, take);
  }
}

const opened = (port: number): Promise<Socket | undefined> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true }, () => resolve(socket));
    socket.on('error', () => resolve(undefined)); // what went wrong shows in what was not answered
  });

/** Settles with whether there may be more to tell over another connection. */
function tellOnce(socket: Socket, queue: Iterator<Webhook>, ahead: number, take: (answer: Answer) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const sent: { webhook: Webhook; at: number }[] = [];
    let heard = '';
    const next = (): void => {
      if (sent.length >= ahead) return;
      const { value, done } = queue.next();
      if (!done) {
        sent.push({ webhook: value, at: performance.now() });
        socket.write(value.bytes);
        return next();
      }
      if (sent.length > 0) return;
      resolve(false);
      socket.destroy();
    };
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1');
      for (let end = endOfFirst(heard); end > 0; end = endOfFirst(heard)) {
        const first = sent.shift();
        if (first) take({ webhook: first.webhook, tookMs: performance.now() - first.at, ...statusIn(heard) });
        heard = heard.slice(end);
      }
      next();
    });
    socket.once('close', () => resolve(sent.length === 0));
    next();
  });
}

/** Where the first whole answer ends; 0 while there is none. */
function endOfFirst(heard: string): number {
  const head = heard.indexOf('\r\n\r\n');
  if (head < 0) return 0;
  const length = /content-length: (\d+)/i.exec(heard.slice(0, head))?.[1];
  if (length !== undefined) return heard.length >= head + 4 + Number(length) ? head + 4 + Number(length) : 0;
  const lastChunk = heard.indexOf('\r\n0\r\n\r\n', head);
  return lastChunk < 0 ? 0 : lastChunk + '\r\n0\r\n\r\n'.length;
}

const statusIn = (heard: string): { status: number; retryAfter: string | undefined } => ({
  status: Number(heard.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length)),
  retryAfter: /^retry-after: (.*)\r$/im.exec(heard.slice(0, heard.indexOf('\r\n\r\n') + 1))?.[1],
});
