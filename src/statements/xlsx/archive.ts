// Opens the ZIP archive that a workbook is, behind a guard: what it declares is checked before anything is inflated, then counted.
import { crc32 } from 'node:zlib';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { StatementRefused, type RefusedReason } from '../reader';

/** No statement of a bank comes near these. */
export const maxArchiveBytes = 64 * 1024 * 1024;
const maxInflatedBytes = 200 * 1024 * 1024;
const maxEntries = 1_000;
const maxRatio = 100;
/** Up to this size an archive may be packed as tightly as it likes. */
const smallBytes = 10 * 1024 * 1024;

export interface Archive {
  /** Names in lower case, for programs do not agree on case. */
  has(name: string): boolean;
  inflatedBytes(name: string): number;
  /** The bytes of an entry as they are inflated. Throws StatementRefused. */
  read(name: string): AsyncGenerator<Buffer, undefined, undefined>;
}

/** Throws StatementRefused: `damaged`, `archive_suspicious`, `encrypted`, `too_large`. */
export async function openArchive(bytes: Buffer): Promise<Archive> {
  const zip = await opened(bytes);
  if (zip.entryCount > maxEntries) throw new StatementRefused('archive_suspicious', `${zip.entryCount} entries`);
  const entries = await entriesOf(zip);
  checkDeclared(entries, bytes.length);
  const byName = new Map(entries.map((entry) => [entry.fileName.toLowerCase(), entry]));
  let inflated = 0;
  const read = async function* (name: string): AsyncGenerator<Buffer, undefined, undefined> {
    const entry = byName.get(name.toLowerCase());
    if (!entry) throw new StatementRefused('damaged', name);
    let sum = 0;
    for await (const chunk of inflatedChunks(zip, entry)) {
      inflated += chunk.length;
      if (inflated > maxInflatedBytes) throw new StatementRefused('too_large');
      sum = crc32(chunk, sum);
      yield chunk;
    }
    if (sum !== entry.crc32) throw new StatementRefused('damaged', name);
    return undefined;
  };
  return {
    has: (name) => byName.has(name.toLowerCase()),
    inflatedBytes: (name) => byName.get(name.toLowerCase())?.uncompressedSize ?? 0,
    read,
  };
}

const opened = (bytes: Buffer): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    // It closes by itself only what has a file descriptor; a buffer needs no closing.
    fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true, decodeStrings: true }, (error, zip) =>
      error ? reject(refusalOf(error)) : resolve(zip),
    );
  });

const entriesOf = (zip: ZipFile): Promise<Entry[]> =>
  new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('entry', (entry) => {
      if (entries.push(entry) > maxEntries) return reject(new StatementRefused('archive_suspicious', 'entries'));
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', (error: Error) => reject(refusalOf(error)));
    zip.readEntry();
  });

function checkDeclared(entries: readonly Entry[], fileBytes: number): void {
  const inflated = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  const packed = entries.reduce((sum, entry) => sum + entry.compressedSize, 0);
  if (entries.some((entry) => entry.isEncrypted())) throw new StatementRefused('encrypted');
  if (packed > fileBytes) throw new StatementRefused('archive_suspicious', 'entries that overlap');
  if (inflated > maxInflatedBytes) throw new StatementRefused('archive_suspicious', `${inflated} bytes`);
  const isTight = (entry: Entry): boolean =>
    entry.uncompressedSize > smallBytes && entry.uncompressedSize > maxRatio * entry.compressedSize;
  if (entries.some(isTight) || (inflated > smallBytes && inflated > maxRatio * fileBytes))
    throw new StatementRefused('archive_suspicious', 'ratio');
  const names = new Set(entries.map((entry) => entry.fileName.toLowerCase()));
  if (names.size < entries.length) throw new StatementRefused('archive_suspicious', 'two entries of one name');
}

async function* inflatedChunks(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer, undefined, undefined> {
  try {
    const stream = await new Promise<AsyncIterable<Buffer>>((resolve, reject) => {
      zip.openReadStream(entry, (error, opening) => (error ? reject(error) : resolve(opening)));
    });
    yield* stream;
  } catch (error) {
    throw refusalOf(error);
  }
  return undefined;
}

function refusalOf(error: unknown): StatementRefused {
  if (error instanceof StatementRefused) return error;
  const text = error instanceof Error ? error.message : String(error);
  return new StatementRefused(reasonOf(text), text.slice(0, 120));
}

function reasonOf(text: string): RefusedReason {
  if (/relative path|absolute path|invalid characters|too many bytes|overlap/i.test(text)) return 'archive_suspicious';
  return /encrypt/i.test(text) ? 'encrypted' : 'damaged';
}
