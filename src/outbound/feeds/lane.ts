// A lane to one source: requests leave one by one, never closer together than the source allows, whoever in the process asks.
import { setTimeout as pause } from 'node:timers/promises';

export interface Lane {
  /** Resolves when this request may leave. */
  turn(requestsPerSecond: number): Promise<void>;
  /** Nobody leaves for so long: the source asked for it. */
  rest(ms: number): void;
}

/** By address: SePay counts per IP address, so that two tokens of one source share a lane. As many as there are sources. */
const lanes = new Map<string, Lane>();

export function laneTo(origin: string): Lane {
  const lane = lanes.get(origin) ?? newLane();
  lanes.set(origin, lane);
  return lane;
}

function newLane(): Lane {
  let freeAt = 0;
  let last = Promise.resolve();
  const leave = async (requestsPerSecond: number): Promise<void> => {
    // Again and again: whoever left before may have been told to rest meanwhile.
    for (let waitMs = freeAt - performance.now(); waitMs > 0; waitMs = freeAt - performance.now()) await pause(Math.ceil(waitMs));
    freeAt = performance.now() + 1000 / requestsPerSecond;
  };
  return {
    turn: (requestsPerSecond) => (last = last.then(() => leave(requestsPerSecond))),
    rest: (ms) => (freeAt = Math.max(freeAt, performance.now() + ms)),
  };
}
