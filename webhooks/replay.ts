// The command `npm run replay <file.http>`: sends a recorded webhook to a running service and prints its answer.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { instantOf } from '../src/domain/time';
import { parseRecording } from './recording';
import type { WebhookRequest } from './provider';
import { signSepay } from './sepay/signature';

const usage =
  'npm run replay <file.http> -- [--to http://127.0.0.1:3000] [--sign <secret>]   (--sign: as SePay does, with the time of now)';

/** Headers that belong to the recorded connection, not to the message. */
const ofConnection = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);

async function replay(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { to: { type: 'string', default: 'http://127.0.0.1:3000' }, sign: { type: 'string' } },
  });
  const [file] = positionals;
  if (!file) throw new Error(usage);
  const response = await send(values.to, parseRecording(readFileSync(file)), values.sign);
  console.log(`${response.status} ${response.statusText}\n${await response.text()}`);
}

function send(to: string, request: WebhookRequest, secret?: string): Promise<Response> {
  const address = new URL(request.query ? `${request.path}?${request.query}` : request.path, to);
  const body = request.method === 'GET' ? null : new Uint8Array(request.body);
  return fetch(address, { method: request.method, headers: headersToSend(request, secret), body });
}

function headersToSend({ headers, body }: WebhookRequest, secret?: string): [string, string][] {
  const signed = secret ? { ...headers, ...signSepay(body, secret, instantOf(Date.now())) } : headers;
  return Object.entries(signed).flatMap(([name, value]) => (value === undefined || ofConnection.has(name) ? [] : [[name, value]]));
}

replay().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
