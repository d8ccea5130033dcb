// Every two seconds, and whenever the bell rings: send the letters that wait.
import { sendLetters } from '../actions/sendLetters';
import type { Context } from '../context';

/** However many there are, the clock is heard again: the next tick goes on. */
const longestRunMs = 4_000;

export const mailTick = (ctx: Context) => async (): Promise<void> => {
  const end = performance.now() + longestRunMs;
  while (performance.now() < end && (await sendLetters(ctx)) > 0);
};
