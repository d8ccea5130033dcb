// The bytes of a file in chunks of a useful size, counted, and never more than we are willing to read.
import { StatementRefused } from './reader';

/** What decides the form of a file, and what an encoding is told from, lies within this many bytes. */
export const chunkBytes = 64 * 1024;
/** A million entries of camt.053 are 440 MB. */
const maxFileBytes = 1024 * 1024 * 1024;

/** The same bytes in chunks of at least 64 KiB, the last one apart. Throws StatementRefused(`too_large`). */
export async function* chunksOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, undefined, undefined> {
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let total = 0;
  for await (const piece of bytes) {
    total += piece.length;
    if (total > maxFileBytes) throw new StatementRefused('too_large');
    waiting.push(piece);
    waitingBytes += piece.length;
    if (waitingBytes < chunkBytes) continue;
    yield waiting.length === 1 ? Buffer.from(piece.buffer, piece.byteOffset, piece.length) : Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
  }
  if (waitingBytes > 0) yield Buffer.concat(waiting);
  return undefined;
}

/** `first` and then the rest. */
export async function* startingWith(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer, undefined, undefined> {
  yield first;
  yield* rest;
  return undefined;
}

/** All bytes as one. Throws StatementRefused(`too_large`) above `most`. */
export async function gathered(chunks: AsyncIterable<Buffer>, most: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > most) throw new StatementRefused('too_large');
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}
