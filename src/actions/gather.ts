// Gathers what arrives while earlier work runs, so that one transaction does the work of many; nothing waits when nothing runs.
import { Problem } from '../problems';

/** Enough to share one commit, few enough that the event loop breathes. */
const mostAtOnce = 256;
const mostWaiting = 10_000;

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * Returns how to hand in one item. `work` calls `take` when it really begins, so that what arrived until then comes along; it may call it
 * again when it has to repeat itself, and gets the same items. It returns a result for each. Throws store_busy when too many wait, and for
 * an item that has no result.
 */
export function gather<Item, Result>(
  work: (take: () => readonly Item[]) => Promise<readonly (Result | undefined)[]>,
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = [];
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) await workOnce();
    isRunning = false;
  }

  async function workOnce(): Promise<void> {
    let taken: Waiting<Item, Result>[] | undefined;
    const take = () => (taken ??= waiting.splice(0, mostAtOnce));
    try {
      const results = await work(() => take().map(({ item }) => item));
      take().forEach(({ resolve, reject }, i) => {
        const result = results[i];
        if (result === undefined) reject(new Problem('store_busy'));
        else resolve(result);
      });
    } catch (error) {
      take().forEach(({ reject }) => reject(error));
    }
  }

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      if (waiting.length >= mostWaiting) return reject(new Problem('store_busy'));
      waiting.push({ item, resolve, reject });
      if (!isRunning) void run();
    });
}
