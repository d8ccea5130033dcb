// Reading JSON from outside: bounded in depth, one meaning only, and no character that a database or a screen would choke on.
import { z } from 'zod';
import { jsonFaultIn } from '../src/domain/jsonText';
import { lineOf } from '../src/domain/line';
import { Unreadable } from './provider';

/** A text in NFC, on one line. What no screen should show becomes a space: it must not keep money from its obligation. */
export const plainText = z.string().transform((text) => lineOf(text).normalize('NFC'));

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
    const fault = jsonFaultIn(text);
    if (fault) throw new Unreadable(fault.reason, 'key' in fault ? lineOf(fault.key) : undefined);
    return JSON.parse(text);
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable('not_json');
  }
}
