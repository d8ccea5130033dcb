// One request to a source: in its lane, in time, of bounded size, never redirected, and with no secret in what goes wrong.
import { epochMsOf, type Instant } from '../../domain/time';
import { FeedRefused, FeedUnavailable, type FeedAccess } from './feed';
import { laneTo } from './lane';

export interface Question {
  /** After the base address, with its query. */
  path: string;
  headers: Record<string, string>;
  /** Sent as JSON by POST; without it the request is a GET. */
  body?: object;
}

export interface Limits {
  /** For one request, from leaving to its last byte: a half-open connection ends with it. */
  timeoutMs: number;
  maxBytes: number;
  /** A source that asks for more patience than this is not waited for: a later pull asks again. */
  maxPauseMs: number;
  /** Times the requests a second that a source allows: 1, but for pretend ones. */
  haste: number;
}

export const usualLimits: Limits = { timeoutMs: 10_000, maxBytes: 5 * 1024 * 1024, maxPauseMs: 15_000, haste: 1 };

/** The bytes of a 2xx answer. Throws FeedRefused and FeedUnavailable. */
export type Ask = (access: FeedAccess, requestsPerSecond: number, question: Question) => Promise<Buffer>;

const maxTries = 3;
/** Where a source says "too many" and not for how long. */
const usualPauseMs = 1_000;
const tooMany = 429;

/**
 * Our own client for five requests, and not the gateways' SDKs: each would be a new dependency that retries and logs in a way of its own,
 * where these limits must hold for all of them.
 */
export function askWithin(limits: Limits, now: () => Instant): Ask {
  return async (access, requestsPerSecond, question) => {
    const url = addressOf(access.baseUrl, question.path);
    const lane = laneTo(url.origin);
    for (let tries = 1; ; tries += 1) {
      await lane.turn(requestsPerSecond * limits.haste);
      const answer = await fetchWithin(limits, url, question, now);
      if (answer.status !== tooMany) return acceptedBody(answer);
      lane.rest(Math.min(answer.pauseMs, limits.maxPauseMs));
      if (tries === maxTries || answer.pauseMs > limits.maxPauseMs) throw new FeedUnavailable('too_many_requests', answer.pauseMs);
    }
  };
}

/** Over HTTPS, as the token goes with it; plain HTTP only within this machine. */
function addressOf(baseUrl: string, path: string): URL {
  const address = baseUrl.replace(/\/+$/, '') + path;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || url.username !== '' || url.password !== '') throw new FeedRefused('address_invalid');
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname));
  if (!isSafe) throw new FeedRefused('address_not_https');
  return url;
}

interface Answer {
  status: number;
  pauseMs: number;
  body: Buffer;
}

async function fetchWithin(limits: Limits, url: URL, { headers, body }: Question, now: () => Instant): Promise<Answer> {
  const leaving = new AbortController();
  const timer = setTimeout(() => leaving.abort(), limits.timeoutMs);
  try {
    const response = await fetch(url, {
      method: body ? 'POST' : 'GET',
      // A redirect would take the token elsewhere.
      redirect: 'manual',
      signal: leaving.signal,
      headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, pauseMs: pauseOf(response.headers, now()), body: await bytesOf(response, limits.maxBytes) };
  } catch (error) {
    // Nothing of the original error goes on: undici writes headers into its messages.
    throw error instanceof FeedUnavailable ? error : new FeedUnavailable(leaving.signal.aborted ? 'timeout' : faultOf(error));
  } finally {
    clearTimeout(timer);
    // Ends what is still on its way, if the answer was too large or of no use.
    leaving.abort();
  }
}

async function bytesOf(response: Response, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) throw new FeedUnavailable('answer_too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** `Retry-After` in seconds or as a date; SePay's first edition has its own name for it. */
function pauseOf(headers: Headers, now: Instant): number {
  const said = headers.get('retry-after') ?? headers.get('x-sepay-userapi-retry-after') ?? '';
  const seconds = /^\d{1,6}$/.test(said) ? Number(said) : (Date.parse(said) - epochMsOf(now)) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.round(seconds * 1000)) : usualPauseMs;
}

/** `ECONNREFUSED`, `UND_ERR_SOCKET` …: the code alone. */
function faultOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /^[A-Z][A-Z0-9_]{2,40}$/.test(code) ? code : 'network';
}

function acceptedBody({ status, pauseMs, body }: Answer): Buffer {
  if (status >= 200 && status < 300) return body;
  if (status >= 500 || status === 408) throw new FeedUnavailable(`status_${status}`, pauseMs);
  throw new FeedRefused([401, 403].includes(status) ? 'token_refused' : `status_${status}`, status);
}
