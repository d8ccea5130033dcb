// Which letters the bytes of a text file are: UTF-8, UTF-16, or the Windows-1258 of older Vietnamese programs.
import { StringDecoder } from 'node:string_decoder';
import { TextDecoder } from 'node:util';

interface Decoder {
  write(chunk: Uint8Array): string;
  end(): string;
}

/** Decodes text in chunks as they come. Windows-1258 writes tone marks apart: `normalize('NFC')` joins them. */
export class TextPieces {
  private decoder: Decoder | undefined;

  /** `head` is the beginning of the file: a mark of byte order, or the pattern of UTF-16, decides at once. */
  constructor(head: Uint8Array) {
    const name = markedEncoding(head);
    if (name) this.decoder = decoderOf(name);
  }

  take(chunk: Uint8Array): string {
    this.decoder ??= isAscii(chunk) ? undefined : decoderOf(unmarkedEncoding(chunk));
    return this.decoder ? this.decoder.write(chunk) : bufferOf(chunk).toString('latin1');
  }

  end(): string {
    return this.decoder?.end() ?? '';
  }
}

const bufferOf = (chunk: Uint8Array): Buffer => Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);

/** Node's own decoder of UTF-8 is several times as fast, and leaves the mark of byte order in. */
function decoderOf(name: string): Decoder {
  if (name !== 'utf-8') {
    const decoder = new TextDecoder(name);
    return { write: (chunk) => decoder.decode(chunk, { stream: true }), end: () => decoder.decode() };
  }
  const decoder = new StringDecoder('utf8');
  let isFirst = true;
  const withoutMark = (text: string): string => {
    const bare = isFirst && text.startsWith('\ufeff') ? text.slice(1) : text;
    isFirst &&= text === '';
    return bare;
  };
  return { write: (chunk) => withoutMark(decoder.write(bufferOf(chunk))), end: () => withoutMark(decoder.end()) };
}

function markedEncoding(head: Uint8Array): string | undefined {
  const [first, second, third] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // Every Latin letter of UTF-16 has a zero beside it, and no text in another encoding has zeros.
  const sample = head.subarray(0, 200);
  if (sample.length < 4) return undefined;
  const zeros = [0, 1].map((side) => sample.filter((byte, at) => at % 2 === side && byte === 0).length);
  if ((zeros[1] ?? 0) > sample.length / 4 && zeros[0] === 0) return 'utf-16le';
  return (zeros[0] ?? 0) > sample.length / 4 && zeros[1] === 0 ? 'utf-16be' : undefined;
}

/** Text in Windows-1258 is practically never sound UTF-8 by accident; a character that the chunk's end cuts is none. */
function unmarkedEncoding(chunk: Uint8Array): string {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(chunk, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1258';
  }
}

function isAscii(chunk: Uint8Array): boolean {
  for (const byte of chunk) if (byte > 127) return false;
  return true;
}
