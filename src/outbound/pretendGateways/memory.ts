// The memory of a pretend gateway: bounded, the oldest goes first; and numbers that nobody can guess.
import { randomBytes, randomInt } from 'node:crypto';

const most = 10_000;

export function remember<Key, Value>(memory: Map<Key, Value>, key: Key, value: Value): void {
  memory.set(key, value);
  const [oldest] = memory.keys();
  if (memory.size > most && oldest !== undefined) memory.delete(oldest);
}

/** `cs_test_4f…` */
export const nameLike = (prefix: string): string => prefix + randomBytes(12).toString('hex');

/** So many digits, the first of them none. */
export const digits = (count: number): string => Array.from({ length: count }, (_, place) => randomInt(place === 0 ? 1 : 0, 10)).join('');
