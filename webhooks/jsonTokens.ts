// JSON as it was written: for signatures made over values that the sender had put in order and written out again.
import { jsonText } from './json';
import { SignatureInvalid } from './provider';
import { readSigned } from './signature';

/**
 * A value whose names, texts and numbers are the tokens of the wire (`"a"`, `1.0`, `12345678901234567890`): a number that goes
 * through a float may come out as another one, and then either a genuine request is refused or a changed one is believed.
 */
export type Written = string | boolean | null | Written[] | WrittenObject;
export type WrittenObject = { [name: string]: Written };

/** A text or a number; in sound JSON no digit stands outside of these. */
const token = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|-?\d[\d.eE+-]*/g;

/** The object that a body is. Throws SignatureInvalid for anything that two readers could read differently: nobody signed that. */
export function writtenObject(body: Buffer): WrittenObject {
  const written: Written = JSON.parse(readSigned(() => jsonText(body)).replace(token, (found) => JSON.stringify(found)));
  if (!isWrittenObject(written)) throw new SignatureInvalid();
  return written;
}

export const isWrittenObject = (value: Written | undefined): value is WrittenObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The text that a token writes; undefined for a number. */
export const textOf = (written: string): string | undefined => (written.startsWith('"') ? String(JSON.parse(written)) : undefined);

/** The members of an object by name, A to Z as JavaScript sorts; names are still tokens. */
export function sortedMembers(object: WrittenObject): [name: string, value: Written][] {
  const members = Object.entries(object).map(([name, value]) => ({ name, value, key: textOf(name) ?? name }));
  return members.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ name, value }) => [name, value]);
}

/** JSON without white space, the names of every object in order; `write` says how a name, text or number is written. */
export function sortedJson(value: Written, write: (written: string) => string): string {
  if (typeof value === 'string') return write(value);
  if (Array.isArray(value)) return `[${value.map((element) => sortedJson(element, write)).join(',')}]`;
  if (!isWrittenObject(value)) return String(value);
  return `{${sortedMembers(value)
    .map(([name, member]) => `${write(name)}:${sortedJson(member, write)}`)
    .join(',')}}`;
}
