// A ZIP archive written as it grows: each file is packed piece by piece, so that a long one never stands in memory.
import { once } from 'node:events';
import { constants, crc32, createDeflateRaw } from 'node:zlib';

export interface ZipEntry {
  name: string;
  pieces: AsyncIterable<string> | Iterable<string>;
}

interface Written {
  name: Buffer;
  offset: number;
  crc: number;
  packed: number;
  size: number;
}

/** Sizes follow the bytes (bit 3), names are UTF-8 (bit 11). https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
const flags = 0x0808;
const deflated = 8;
const version = 20;
/** 1 January 1980: the same content gives the same bytes. */
const date = 0x21;

export async function* zipOf(entries: readonly ZipEntry[]): AsyncGenerator<Buffer> {
  const written: Written[] = [];
  let offset = 0;
  for (const entry of entries) {
    const one: Written = { name: Buffer.from(entry.name), offset, crc: 0, packed: 0, size: 0 };
    const head = Buffer.concat([localHead(one), one.name]);
    yield head;
    for await (const bytes of packed(entry, one)) {
      one.packed += bytes.length;
      yield bytes;
    }
    const tail = sizesOf(one);
    yield tail;
    offset += head.length + one.packed + tail.length;
    written.push(one);
  }
  yield directoryOf(written, offset);
}

async function* packed({ pieces }: ZipEntry, one: Written): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw({ level: constants.Z_BEST_SPEED });
  const ready: Buffer[] = [];
  deflate.on('data', (bytes: Buffer) => ready.push(bytes));
  for await (const piece of pieces) {
    const bytes = Buffer.from(piece);
    one.crc = crc32(bytes, one.crc);
    one.size += bytes.length;
    await new Promise<void>((resolve, reject) => deflate.write(bytes, (error) => (error ? reject(error) : resolve())));
    yield* ready.splice(0);
  }
  deflate.end();
  await once(deflate, 'end');
  yield* ready.splice(0);
}

function localHead({ name }: Written): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(version, 4);
  head.writeUInt16LE(flags, 6);
  head.writeUInt16LE(deflated, 8);
  head.writeUInt16LE(date, 12);
  head.writeUInt16LE(name.length, 26);
  return head;
}

function sizesOf({ crc, packed: packedSize, size }: Written): Buffer {
  const tail = Buffer.alloc(16);
  tail.writeUInt32LE(0x08074b50, 0);
  tail.writeUInt32LE(crc, 4);
  tail.writeUInt32LE(packedSize, 8);
  tail.writeUInt32LE(size, 12);
  return tail;
}

function directoryOf(written: readonly Written[], offset: number): Buffer {
  const rows = written.flatMap((one) => [directoryRow(one), one.name]);
  const size = rows.reduce((sum, row) => sum + row.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(written.length, 8);
  end.writeUInt16LE(written.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...rows, end]);
}

function directoryRow({ name, offset, crc, packed: packedSize, size }: Written): Buffer {
  const row = Buffer.alloc(46);
  row.writeUInt32LE(0x02014b50, 0);
  row.writeUInt16LE(version, 4);
  row.writeUInt16LE(version, 6);
  row.writeUInt16LE(flags, 8);
  row.writeUInt16LE(deflated, 10);
  row.writeUInt16LE(date, 14);
  row.writeUInt32LE(crc, 16);
  row.writeUInt32LE(packedSize, 20);
  row.writeUInt32LE(size, 24);
  row.writeUInt16LE(name.length, 28);
  row.writeUInt32LE(offset, 42);
  return row;
}
