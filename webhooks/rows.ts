// The rows of a list: each is read by itself, so that an odd one costs itself alone.
import { z } from 'zod';
import { Unreadable, type IncomingTransaction } from './provider';

const mostNamed = 5;
const longestName = 40;

/**
 * What the rows tell, in the order given. `path` is where their list stands in the answer; each comes with its place there. Throws
 * Unreadable where there is one that cannot be read: it says which, and carries what the others tell.
 */
export function readRows(
  path: string,
  rows: Iterable<[place: number, row: unknown]>,
  read: (row: unknown) => IncomingTransaction[],
): IncomingTransaction[] {
  const readable: IncomingTransaction[] = [];
  const odd: [name: string, fault: Unreadable][] = [];
  for (const [place, row] of rows) {
    try {
      readable.push(...read(row));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      odd.push([[path, place, ...(error.field ? [error.field] : [])].join('.') + idOf(row), error]);
    }
  }
  const [first] = odd;
  if (!first) return readable;
  const names = odd.slice(0, mostNamed).map(([name]) => name);
  const more = odd.length > mostNamed ? [`and ${odd.length - mostNamed} more`] : [];
  throw new Unreadable(first[1].reason, [...names, ...more].join(', '), readable);
}

const idText = z.union([z.string(), z.number()]).optional().catch(undefined);
const rowId = z.object({ id: idText, reference: idText });

/** By which a person finds the row at the provider: ` (49682)`. */
function idOf(row: unknown): string {
  const { data } = rowId.safeParse(row);
  const id = data?.id ?? data?.reference;
  return id === undefined ? '' : ` (${String(id).slice(0, longestName)})`;
}
