// One request to a source: in its lane, in time, of bounded size, never redirected, and with no secret in what goes wrong.
import { epochMsOf, type Instant } from '../../domain/time';
import { exchange, faultOfAddress, NoAnswer, type Answer, type Bounds } from '../exchange';
import { FeedRefused, FeedUnavailable, type FeedAccess } from './feed';
import { laneTo } from './lane';

export interface Question {
  /** After the base address, with its query. */
  path: string;
  headers: Record<string, string>;
  /** Sent as JSON by POST; without it the request is a GET. */
  body?: object;
}

export interface Limits extends Bounds {
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

/** Our own client, and not the gateways' SDKs: each retries and logs in a way of its own, where these limits must hold for all sources. */
export function askWithin(limits: Limits, now: () => Instant): Ask {
  return async (access, requestsPerSecond, question) => {
    const url = addressOf(access.baseUrl, question.path);
    const lane = laneTo(url.origin);
    for (let tries = 1; ; tries += 1) {
      await lane.turn(requestsPerSecond * limits.haste);
      const answer = await answerTo(question, url, limits);
      const pauseMs = pauseOf(answer.headers, now());
      if (answer.status !== tooMany) return acceptedBody(answer, pauseMs);
      lane.rest(Math.min(pauseMs, limits.maxPauseMs));
      if (tries === maxTries || pauseMs > limits.maxPauseMs) throw new FeedUnavailable('too_many_requests', pauseMs);
    }
  };
}

function addressOf(baseUrl: string, path: string): URL {
  const address = baseUrl.replace(/\/+$/, '') + path;
  const fault = faultOfAddress(address);
  if (fault) throw new FeedRefused(fault);
  return new URL(address);
}

async function answerTo({ headers, body }: Question, url: URL, limits: Limits): Promise<Answer> {
  const request = {
    method: body ? 'POST' : 'GET',
    headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  };
  try {
    return await exchange(url, request, limits);
  } catch (error) {
    throw error instanceof NoAnswer ? new FeedUnavailable(error.why) : error;
  }
}

/** `Retry-After` in seconds or as a date; SePay's first edition has its own name for it. */
function pauseOf(headers: Headers, now: Instant): number {
  const said = headers.get('retry-after') ?? headers.get('x-sepay-userapi-retry-after') ?? '';
  const seconds = /^\d{1,6}$/.test(said) ? Number(said) : (Date.parse(said) - epochMsOf(now)) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.round(seconds * 1000)) : usualPauseMs;
}

function acceptedBody({ status, body }: Answer, pauseMs: number): Buffer {
  if (status >= 200 && status < 300) return body;
  if (status >= 500 || status === 408) throw new FeedUnavailable(`status_${status}`, pauseMs);
  throw new FeedRefused([401, 403].includes(status) ? 'token_refused' : `status_${status}`, status);
}
