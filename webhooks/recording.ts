// A webhook as it came off the wire: request line, headers, an empty line, and the bytes of the body.
import { headersOf, splitTarget, type WebhookRequest } from './provider';

/** Reads a recorded `.http` file; the head may have been edited with bare line feeds, the body is taken byte for byte. */
export function parseRecording(bytes: Buffer): WebhookRequest {
  // Latin-1 keeps one character a byte, so that places in the text are places in the bytes.
  const text = bytes.toString('latin1');
  const blank = /\r?\n\r?\n/.exec(text);
  const [requestLine = '', ...lines] = text.slice(0, blank?.index).split(/\r?\n/);
  const [method = '', target = ''] = requestLine.split(' ');
  const body = blank ? bytes.subarray(blank.index + blank[0].length) : Buffer.alloc(0);
  return { method, ...splitTarget(target), headers: headersOf(lines.flatMap(nameAndValue)), body };
}

function nameAndValue(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}
