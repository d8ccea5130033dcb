// Sends a long text piece by piece, no faster than it is taken; others have their turn between two pieces.
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';

/** What breaks before the first piece is an answer of its own; after it the connection is cut, so that nobody takes a part for the whole. */
export async function streamText(res: ServerResponse, pieces: AsyncGenerator<string>): Promise<void> {
  const closed = once(res, 'close').catch(() => undefined); // one listener, however many pieces
  for await (const piece of pieces) {
    if (res.destroyed) return;
    if (!res.write(piece)) await Promise.race([once(res, 'drain'), closed]);
    await turn();
  }
  res.end();
}
