// Reading JSON from outside: bounded in depth, one meaning only, and no character that a database or a screen would choke on.
import { z } from 'zod';
import { Unreadable } from './provider';

/** Deeper nesting than any bank has use for, shallow enough for every reader after us. */
const maxDepth = 32;

/** A string, a bracket, a colon, or a run of anything else; sticky, so that an unclosed string ends the scan. */
const token = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|[{}[\]:]|[^"{}[\]:]+/gy;

/** NUL and its kin, which PostgreSQL refuses or a screen obeys, and halves of surrogate pairs. */
const unwelcome = /[\p{Cc}\p{Cs}]/gu;

/** A text in NFC, on one line. What no screen should show becomes a space: it must not keep money from its obligation. */
export const plainText = z.string().transform((text) => text.replace(unwelcome, ' ').normalize('NFC'));

/** Reads a body by a schema. Fields that the schema does not name are let pass: banks add some. Throws Unreadable. */
export function readJson<Schema extends z.ZodType>(body: Buffer, schema: Schema): z.output<Schema> {
  return shaped(parse(decode(body)), schema);
}

/** A value by a schema. Throws Unreadable, with the path of the first field that is not as expected. */
export function shaped<Schema extends z.ZodType>(value: unknown, schema: Schema): z.output<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) throw new Unreadable('unexpected_shape', result.error.issues[0]?.path.join('.'));
  return result.data;
}

/** The text of a body that is JSON and has one meaning only. Throws Unreadable. */
export function jsonText(body: Buffer): string {
  const text = decode(body);
  parse(text);
  return text;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new Unreadable('not_utf8');
  }
}

function parse(text: string): unknown {
  try {
    scan(text);
    return JSON.parse(text);
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('not_json');
  }
}

/** Before parsing: the nesting is bounded, and no object names a key twice (readers disagree on which amount then counts). */
function scan(text: string): void {
  const keysOfOpen: Set<string>[] = [];
  let lastString = '';
  for (const [part] of text.matchAll(token)) {
    if (part.startsWith('"')) lastString = part;
    else if (part === '{' || part === '[') open(keysOfOpen);
    else if (part === '}' || part === ']') keysOfOpen.pop();
    else if (part === ':') noteKey(keysOfOpen.at(-1), lastString);
  }
}

function open(keysOfOpen: Set<string>[]): void {
  if (keysOfOpen.push(new Set()) > maxDepth) throw new Unreadable('too_deep');
}

/** Keys are compared as they will be read: `"amo\u0075nt"` is `"amount"`. */
function noteKey(keys: Set<string> | undefined, quoted: string): void {
  const key = quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
  if (keys?.has(key)) throw new Unreadable('duplicate_key', key);
  keys?.add(key);
}
