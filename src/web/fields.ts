// The fields of a sent form: each once, and in sound text.
import { isSoundText } from '../domain/text';
import { Problem } from '../problems';

const mostFields = 100;

/** Throws request_invalid naming the field. Text comes back trimmed, in NFC, and in one line. */
export function fieldsOf(body: Buffer): Record<string, string> {
  const fields: Record<string, string> = Object.create(null);
  for (const [name, given] of new URLSearchParams(body.toString('utf8'))) {
    const value = given.replace(/[\r\n\t]+/g, ' ');
    if (name in fields || !isSoundText(value) || Object.keys(fields).length >= mostFields) throw new Problem('request_invalid', name);
    fields[name] = value.normalize('NFC').trim();
  }
  return fields;
}
