// How soon a counter's live feed tells of a payment, while webhooks come steadily: from the webhook's first byte to the event.
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { at, paymentOf } from './load';
import { amountOfEach } from '../support/manyObligations';
import { connect } from 'node:net';

export interface Live {
  events: number;
  p50: number;
  p99: number;
}

/** Sends so many webhooks a second, one after the other, and listens at the counter. */
export async function liveLatency(port: number, references: readonly string[], perSecond: number): Promise<Live> {
  const sentAt = new Map<string, number>();
  const latencies: number[] = [];
  const silence = listen(port, (reference) => {
    const sent = sentAt.get(reference);
    if (sent !== undefined) latencies.push(performance.now() - sent);
  });
  await pause(200);
  const requests = references.map((reference) => ({ reference, bytes: paymentOf(reference, amountOfEach) }));
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  socket.resume();
  const started = performance.now();
  for (const [i, { reference, bytes }] of requests.entries()) {
    const wait = started + (i * 1000) / perSecond - performance.now();
    if (wait > 0) await pause(wait);
    sentAt.set(reference, performance.now());
    socket.write(bytes);
  }
  for (let waited = 0; latencies.length < references.length && waited < 5_000; waited += 50) await pause(50);
  socket.destroy();
  silence();
  latencies.sort((a, b) => a - b);
  return { events: latencies.length, p50: at(latencies, 0.5), p99: at(latencies, 0.99) };
}

function listen(port: number, heard: (reference: string) => void): () => void {
  const headers = { authorization: 'Bearer demo-api-key' };
  const listening = request({ host: '127.0.0.1', port, path: '/counters/quay-1/events', headers }, (answer) => {
    let rest = '';
    answer.setEncoding('utf8').on('data', (text: string) => {
      const parts = (rest + text).split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        const reference = /event: obligation\.paid\n.*"reference":"(NP\w{8})"/s.exec(part)?.[1];
        if (reference) heard(reference);
      }
    });
  });
  listening.on('error', () => undefined); // cut off below
  listening.end();
  return () => listening.destroy();
}
