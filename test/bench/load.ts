// The load of the benchmark: webhooks signed beforehand, sent over plain sockets, so that the sender costs little beside the server.
import { connect, type Socket } from 'node:net';
import { instantOf } from '../../src/domain/time';
import { signSepay } from '../../webhooks/sepay/signature';
import { transferBody } from '../support/bank';

export interface Round {
  perSecond: number;
  p50: number;
  p99: number;
}

/** A SePay webhook that pays `amount` with this reference inside what Vietcombank makes of a content, as bytes on the wire. */
export function paymentOf(reference: string, amount: number): Buffer {
  const body = transferBody({
    content: `MBVCB.4125261053.047334.${reference} chuyen tien CT tu 0123456789 NGUYEN VAN A toi 1026101000`,
    amount,
  });
  const signature = Object.entries(signSepay(body, 'demo-secret-sepay', instantOf(Date.now()))).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const head = `POST /webhooks/sepay HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n${signature.join('')}\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

/** Sends every request once over so many connections, each waiting for its answer. Throws on any answer but 200. */
export async function load(port: number, requests: readonly Buffer[], connections: number): Promise<Round> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => opened(port)));
  const latencies: number[] = [];
  const queue = requests.values();
  const started = performance.now();
  await Promise.all(sockets.map((socket) => sendFrom(socket, queue, latencies)));
  const seconds = (performance.now() - started) / 1000;
  sockets.forEach((socket) => socket.destroy());
  latencies.sort((a, b) => a - b);
  return { perSecond: requests.length / seconds, p50: at(latencies, 0.5), p99: at(latencies, 0.99) };
}

const opened = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });

/** One request at a time; our answers are short and come in one piece with their length. */
function sendFrom(socket: Socket, queue: Iterator<Buffer>, latencies: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let sent = 0;
    let answer = '';
    const next = () => {
      const { value, done } = queue.next();
      if (done) return resolve();
      sent = performance.now();
      socket.write(value);
    };
    socket.on('data', (bytes) => {
      answer += bytes.toString('latin1');
      if (!isWhole(answer)) return;
      if (!answer.startsWith('HTTP/1.1 200')) return reject(new Error(answer.slice(0, 200)));
      answer = '';
      latencies.push(performance.now() - sent);
      next();
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the connection was closed')));
    next();
  });
}

function isWhole(answer: string): boolean {
  const head = answer.indexOf('\r\n\r\n');
  if (head < 0) return false;
  const length = /content-length: (\d+)/i.exec(answer)?.[1];
  return length === undefined ? answer.endsWith('0\r\n\r\n') : answer.length >= head + 4 + Number(length);
}

export const at = (sorted: readonly number[], share: number): number => sorted[Math.floor(sorted.length * share)] ?? NaN;
export const median = (values: readonly number[]): number =>
  at(
    [...values].sort((a, b) => a - b),
    0.5,
  );
