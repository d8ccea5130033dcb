// Multipart forms as they arrive: the fields before a file at once, the file's bytes as they come, however the pieces are cut.

/** A form with one file. */
export interface ArrivingForm {
  /** Those that stand before the file. */
  fields: Readonly<Record<string, string>>;
  /** Absent where the form has none. */
  file?: { name: string; bytes: AsyncIterable<Uint8Array> };
  /** Those that stand after it, once its bytes have been taken. */
  rest(): Promise<Readonly<Record<string, string>>>;
}

/** Not a multipart form, or one with parts larger or more than any of ours. */
export class FormBroken extends Error {}

type Found =
  | { kind: 'field'; name: string; value: string }
  | { kind: 'file'; name: string }
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'file_end' };

const mostHeaderBytes = 8 * 1024;
const mostFieldBytes = 64 * 1024;
const mostParts = 50;

/** The boundary that a content type names; undefined where it is no multipart form. */
export function boundaryIn(contentType: string | undefined): string | undefined {
  const [, quoted, plain] = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType ?? '') ?? [];
  return quoted ?? plain;
}

/** Reads up to the first file, or to the end. Throws FormBroken. */
export async function arrivingForm(pieces: AsyncIterable<Uint8Array>, boundary: string): Promise<ArrivingForm> {
  const found = partsIn(pieces, boundary);
  const fields: Record<string, string> = Object.create(null);
  for (let next = await found.next(); !next.done; next = await found.next()) {
    if (next.value.kind === 'field') addTo(fields, next.value);
    if (next.value.kind === 'file') return { fields, file: { name: next.value.name, bytes: bytesOf(found) }, rest: () => restOf(found) };
  }
  return { fields, rest: async () => ({}) };
}

async function* bytesOf(found: AsyncGenerator<Found, void>): AsyncGenerator<Uint8Array> {
  for (let next = await found.next(); !next.done; next = await found.next()) {
    if (next.value.kind === 'bytes') yield next.value.bytes;
    else return;
  }
}

async function restOf(found: AsyncGenerator<Found, void>): Promise<Readonly<Record<string, string>>> {
  const fields: Record<string, string> = Object.create(null);
  for (let next = await found.next(); !next.done; next = await found.next()) if (next.value.kind === 'field') addTo(fields, next.value);
  return fields;
}

function addTo(fields: Record<string, string>, { name, value }: { name: string; value: string }): void {
  if (name in fields) throw new FormBroken(name);
  fields[name] = value;
}

/** A window on the bytes that have arrived and are not used up. */
async function* partsIn(pieces: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Found, void> {
  const source = pieces[Symbol.asyncIterator]();
  let held: Buffer = Buffer.from('\r\n'); // the first boundary has no line before it
  const more = async (): Promise<void> => {
    const { done, value } = await source.next();
    if (done) throw new FormBroken('cut off');
    held = held.length === 0 ? Buffer.from(value) : Buffer.concat([held, value]);
  };
  const upTo = async (mark: string, most: number): Promise<Buffer> => {
    for (;;) {
      const at = held.indexOf(mark);
      if (at > most || (at < 0 && held.length > most + mark.length)) throw new FormBroken('too long');
      if (at >= 0) {
        const before = held.subarray(0, at);
        held = held.subarray(at + mark.length);
        return before;
      }
      await more();
    }
  };
  const delimiter = `\r\n--${boundary}`;
  await upTo(delimiter, mostFieldBytes);
  for (let count = 0; ; count++) {
    while (held.length < 2) await more();
    if (held.subarray(0, 2).toString('latin1') === '--') return;
    if (count >= mostParts) throw new FormBroken('too many parts');
    const { name, fileName } = namesIn((await upTo('\r\n\r\n', mostHeaderBytes)).toString('utf8'));
    if (fileName === undefined) {
      yield { kind: 'field', name, value: textOf(await upTo(delimiter, mostFieldBytes)) };
      continue;
    }
    yield { kind: 'file', name: fileName };
    for (let at = held.indexOf(delimiter); ; at = held.indexOf(delimiter)) {
      const safe = at >= 0 ? at : Math.max(0, held.length - delimiter.length);
      if (safe > 0) yield { kind: 'bytes', bytes: held.subarray(0, safe) };
      held = held.subarray(at >= 0 ? at + delimiter.length : safe);
      if (at >= 0) break;
      await more();
    }
    yield { kind: 'file_end' };
  }
}

function namesIn(headers: string): { name: string; fileName?: string } {
  const disposition = /^content-disposition:(.*)$/im.exec(headers)?.[1] ?? '';
  const [, name] = /[;\s]name="([^"]*)"/i.exec(disposition) ?? [];
  const [, fileName] = /[;\s]filename="((?:[^"\\]|\\.)*)"/i.exec(disposition) ?? [];
  if (name === undefined) throw new FormBroken('a part without a name');
  return fileName === undefined ? { name } : { name, fileName };
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FormBroken('not UTF-8');
  }
}
