// One exchange over HTTP with a neighbour: to a safe address, in time to its last byte, of bounded size, never redirected.
import { request as sendPlainly, type IncomingMessage } from 'node:http';
import { request as sendSafely } from 'node:https';

export interface Bounds {
  /** From leaving to the last byte: a half-open connection ends with it. */
  timeoutMs: number;
  maxBytes: number;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: Buffer;
}

/** None came, or none of use. `why` names no secret. */
export class NoAnswer extends Error {
  constructor(readonly why: string) {
    super(`no answer: ${why}`);
    this.name = 'NoAnswer';
  }
}

/** Over HTTPS, as keys go with what is sent; plain HTTP only within this machine. Undefined where an address is good. */
export function faultOfAddress(address: string): 'address_invalid' | 'address_not_https' | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || url.username !== '' || url.password !== '') return 'address_invalid';
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname));
  return isSafe ? undefined : 'address_not_https';
}

/**
 * Whatever comes of it, no connection is left: the global fetch begins a new one when it is told to give one up.
 * A body is a text. Throws NoAnswer.
 */
export async function exchange(url: string | URL, request: RequestInit, { timeoutMs, maxBytes }: Bounds): Promise<Answer> {
  const leaving = new AbortController();
  const timer = setTimeout(() => leaving.abort(), Math.max(1, timeoutMs));
  try {
    const response = await responseTo(new URL(url), request, leaving.signal);
    return { status: response.statusCode ?? 0, headers: headersOf(response), body: await bytesOf(response, maxBytes) };
  } catch (error) {
    // Nothing of the original error goes on: some name headers in their messages.
    throw error instanceof NoAnswer ? error : new NoAnswer(leaving.signal.aborted ? 'timeout' : faultOf(error));
  } finally {
    clearTimeout(timer);
    // Ends what is still on its way, if the answer was too large or of no use.
    leaving.abort();
  }
}

/** Without redirects, which would take the keys elsewhere, and without a connection that somebody used before. */
const responseTo = (url: URL, { method = 'GET', headers, body }: RequestInit, signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const send = url.protocol === 'http:' ? sendPlainly : sendSafely;
    const request = send(url, { method, headers: Object.fromEntries(new Headers(headers)), agent: false, signal });
    request.on('response', resolve).on('error', reject);
    request.end(typeof body === 'string' ? body : undefined);
  });

function headersOf({ headersDistinct }: IncomingMessage): Headers {
  const named = Object.entries(headersDistinct).flatMap(([name, values = []]) => values.map((value): [string, string] => [name, value]));
  return new Headers(named);
}

async function bytesOf(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk);
    length += bytes.byteLength;
    if (length > maxBytes) throw new NoAnswer('answer_too_large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** `ECONNREFUSED`, `ECONNRESET` …: the code alone. */
function faultOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^[A-Z][A-Z0-9_]{2,40}$/.test(code) ? code : 'network';
}
