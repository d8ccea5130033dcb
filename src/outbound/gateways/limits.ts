// What holds for every call to a gateway, whichever SDK makes it: one deadline, bounded answers, a circuit, and no secret in what goes wrong.
import { BrokenCircuitError, circuitBreaker, CircuitState, ConsecutiveBreaker, handleType, type CircuitBreakerPolicy } from 'cockatiel';
import { exchange, faultOfAddress, NoAnswer, type Answer, type Bounds } from '../exchange';
import type { Verdict } from '../verdict';
import { GatewayRefused, GatewayUnavailable, type GatewayAccess } from './gateway';

/** `timeoutMs` is for a whole call, of however many requests. */
export interface Limits extends Bounds {
  /** So many calls one after the other without an answer open the circuit. */
  failures: number;
  /** For so long an open circuit lets nothing through; then one call tries. */
  restMs: number;
}

export const usualLimits: Limits = { timeoutMs: 4_000, maxBytes: 1024 * 1024, failures: 3, restMs: 30_000 };

/** One call, as the code of a gateway sees it. */
export interface Call {
  /** In place of the global one. The answer is here to its last byte when this returns. */
  fetch: (url: string | URL | Request, request?: RequestInit) => Promise<Response>;
  /** The last answer, its bytes as they came; status 0 where there was none. */
  answer: () => Pick<Answer, 'status' | 'body'>;
}

/** What an answer says that an SDK stumbled over, in a word without secrets; undefined where it does not say. */
export type Judge = (answer: Buffer) => Verdict | undefined;

/** Whatever `work` throws comes out as GatewayRefused or GatewayUnavailable. */
export type Within = <Result>(access: GatewayAccess, work: (call: Call) => Promise<Result>, judge?: Judge) => Promise<Result>;

/** Circuits are by address: a gateway that is down holds up no other. There are as many as there are sources. */
export function within(limits: Limits): Within {
  const circuits = new Map<string, CircuitBreakerPolicy>();
  return async (access, work, judge) => {
    const fault = faultOfAddress(access.baseUrl);
    if (fault) throw new GatewayRefused(fault);
    const { origin } = new URL(access.baseUrl);
    const circuit = circuits.get(origin) ?? newCircuit(limits);
    circuits.set(origin, circuit);
    // Cockatiel would have the others wait until the one call that tries is through, which may be as long as the deadline.
    if (circuit.state === CircuitState.HalfOpen) throw new GatewayUnavailable('circuit_open');
    const outcome = await circuit
      .execute(() => finished(limits, work, judge).catch(refusalIn))
      .catch((error: unknown) => {
        throw error instanceof BrokenCircuitError ? new GatewayUnavailable('circuit_open') : error;
      });
    if (outcome instanceof GatewayRefused) throw outcome;
    return outcome;
  };
}

const newCircuit = ({ failures, restMs }: Limits): CircuitBreakerPolicy =>
  circuitBreaker(handleType(GatewayUnavailable), { halfOpenAfter: restMs, breaker: new ConsecutiveBreaker(failures) });

/** A refusal is an answer too: to the circuit it is as good as any. */
function refusalIn(error: unknown): GatewayRefused {
  if (error instanceof GatewayRefused) return error;
  throw error;
}

async function finished<Result>(limits: Limits, work: (call: Call) => Promise<Result>, judge?: Judge): Promise<Result> {
  const until = performance.now() + limits.timeoutMs;
  let last: Answer | NoAnswer | undefined;
  const fetch: Call['fetch'] = async (url, request = {}) => {
    try {
      const answer = await exchange(url instanceof Request ? url.url : url, request, { ...limits, timeoutMs: until - performance.now() });
      last = answer;
      return responseOf(answer);
    } catch (error) {
      if (error instanceof NoAnswer) last = error;
      throw error;
    }
  };
  try {
    return await work({ fetch, answer: () => (last && 'body' in last ? last : { status: 0, body: Buffer.alloc(0) }) });
  } catch (error) {
    if (error instanceof GatewayRefused || error instanceof GatewayUnavailable) throw error;
    throw faultOf(last, judge);
  }
}

/** Without the headers by which a server has an SDK try again or warn on the console. */
function responseOf({ status, headers, body }: Answer): Response {
  const contentType = headers.get('content-type');
  const hasBody = ![101, 204, 205, 304].includes(status);
  return new Response(hasBody ? body : null, { status, headers: contentType ? { 'content-type': contentType } : {} });
}

/** From what came over the wire alone: the errors of SDKs carry headers, keys among them. */
function faultOf(last: Answer | NoAnswer | undefined, judge?: Judge): GatewayRefused | GatewayUnavailable {
  if (!last) return new GatewayRefused('request_invalid');
  if (last instanceof NoAnswer) return new GatewayUnavailable(last.why);
  const { status, body } = last;
  if (status >= 500 || [408, 409, 425, 429].includes(status)) return new GatewayUnavailable(`status_${status}`);
  if ([401, 403].includes(status)) return new GatewayRefused('token_refused');
  const verdict = judge?.(body);
  if (verdict?.is === 'refused') return new GatewayRefused(word(verdict.why) ?? `status_${status}`);
  if (status < 200 || status > 299) return new GatewayRefused(`status_${status}`);
  return new GatewayUnavailable((verdict?.is === 'unavailable' && word(verdict.why)) || 'answer_unreadable');
}

/** Where a payer is sent, as a gateway named it: never anywhere unsafe. Throws GatewayUnavailable. */
export function pageAt(address: unknown): string {
  if (typeof address !== 'string' || faultOfAddress(address)) throw new GatewayUnavailable('answer_unreadable');
  return address;
}

const word = (why: string): string | undefined => (/^\w{1,60}$/.test(why) ? why : undefined);
