// How pretend gateways tell us of payments: by webhook, now or later, once, twice or never, and again where it was not accepted.
import { setTimeout as pause } from 'node:timers/promises';
import type { PaymentBehaviour, PretendSettings } from './pretendGateway';

export interface Telling {
  method: 'GET' | 'POST';
  /** After the webhook's address. */
  query?: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface Teller {
  /** Signed anew at every try. Resolves when it is over, however it ended. */
  tell(how: PaymentBehaviour, sign: () => Telling): Promise<void>;
  /** Later, unless everything is settled before. */
  later(happen: () => Promise<void>): void;
  settle(): Promise<void>;
  /** Nothing is told any more. */
  stop(): void;
}

const maxTries = 3;
const timeoutMs = 15_000;
const usualLaterMs = 5_000;
const usualRetryMs = 5_000;

/** `isAccepted` reads what we answered, as the real one does. */
export function tellerTo(
  { webhookUrl, laterMs = usualLaterMs, retryMs = usualRetryMs }: PretendSettings,
  isAccepted: (status: number, body: string) => boolean,
): Teller {
  const ended = new AbortController();
  const underWay = new Map<object, () => Promise<void>>();
  const telling = new Set<Promise<void>>();
  const remembered = (work: Promise<void>): Promise<void> => {
    telling.add(work);
    return work.finally(() => telling.delete(work));
  };

  const isTold = ({ query, ...rest }: Telling): Promise<boolean> =>
    told(() => webhookUrl() + (query ? `?${query}` : ''), rest, ended.signal).then((reply) => reply !== undefined && isAccepted(...reply));
  const untilAccepted = async (sign: () => Telling): Promise<void> => {
    for (let tries = 1; !ended.signal.aborted && !(await isTold(sign())) && tries < maxTries; tries += 1) {
      await pause(retryMs, undefined, { signal: ended.signal, ref: false }).catch(() => undefined);
    }
  };
  const arrive = (key: object): Promise<void> => {
    const happen = underWay.get(key);
    underWay.delete(key);
    return happen ? remembered(happen()) : Promise.resolve();
  };

  return {
    tell: (how, sign) =>
      remembered(
        (async () => {
          if (how === 'webhook_never') return;
          await untilAccepted(sign);
          if (how === 'webhook_twice') await untilAccepted(sign);
        })(),
      ),
    later: (happen) => {
      const key = {};
      underWay.set(key, happen);
      void pause(laterMs, undefined, { signal: ended.signal, ref: false }).then(
        () => arrive(key),
        () => undefined,
      );
    },
    settle: async () => {
      for (const key of [...underWay.keys()]) await arrive(key);
      while (telling.size > 0) await Promise.all(telling);
    },
    stop: () => ended.abort(),
  };
}

/** What we answered; undefined where nothing came. */
async function told(
  address: () => string,
  request: Omit<Telling, 'query'>,
  ended: AbortSignal,
): Promise<[status: number, body: string] | undefined> {
  const headers = { connection: 'close', ...request.headers };
  try {
    const signal = AbortSignal.any([ended, AbortSignal.timeout(timeoutMs)]);
    const response = await fetch(address(), { ...request, headers, redirect: 'manual', signal });
    return [response.status, await response.text()];
  } catch {
    return undefined;
  }
}
