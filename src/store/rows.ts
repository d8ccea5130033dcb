// How rows become typed values: absent columns are left out, whole numbers and JSON are read back as what they were.
import { vnd, type Money } from '../domain/money';
import type { Day, Instant } from '../domain/time';
import type { Value } from './sql';

export const money = (value: bigint): Money => vnd(value);
export const instant = (value: string): Instant => value as Instant;
export const day = (value: string): Day => value as Day;

/** `{ name: value }`, or nothing when the column is NULL. */
export function optional<Name extends string, Value>(name: Name, value: Value | null): { [key in Name]?: Value };
export function optional<Name extends string, Value, Result>(
  name: Name,
  value: Value | null,
  convert: (value: Value) => Result,
): { [key in Name]?: Result };
export function optional(name: string, value: unknown, convert?: (value: unknown) => unknown): object {
  return value === null ? {} : { [name]: convert ? convert(value) : value };
}

export const json = <T>(value: string): T => JSON.parse(value) as T;

/** `?, ?, ?` for so many values. */
export const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');

/** A part of a WHERE, with its values. */
export type Condition = readonly [text: string, ...values: Value[]];

/** SQLite takes 32,766 values in a statement: a list is not filled up beyond half of that. */
const mostFilled = 16_384;

/** Nothing is in an empty list (PostgreSQL does not even parse one). The list is filled up to a power of two with its last value: few texts, each prepared once. */
export function isIn(column: string, values: readonly string[]): Condition {
  const last = values.at(-1);
  if (last === undefined) return ['1 = 0'];
  const size = Math.max(values.length, Math.min(mostFilled, 2 ** Math.ceil(Math.log2(values.length))));
  return [`${column} IN (${marks(size)})`, ...values, ...Array.from({ length: size - values.length }, () => last)];
}

/** All of the conditions; without any, everything. */
export const allOf = (conditions: readonly Condition[]): { where: string; values: Value[] } => ({
  where: ['1 = 1', ...conditions.map(([text]) => text)].join(' AND '),
  values: conditions.flatMap(([, ...values]) => values),
});
