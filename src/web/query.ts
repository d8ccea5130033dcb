// The questions in a screen's address: one sound text each, or none.
import type { Request } from 'express';
import { isSoundText } from '../domain/text';
import { parseDay, parseInstant, type Day, type Instant } from '../domain/time';
import { Problem } from '../problems';

const longestText = 400;

/** Undefined where it is absent or empty. Throws request_invalid naming the field. */
export function askedText(req: Request, name: string): string | undefined {
  const value: unknown = req.query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string' || value.length > longestText || !isSoundText(value)) throw new Problem('request_invalid', name);
  return value.normalize('NFC').trim() || undefined;
}

export function askedDay(req: Request, name: string): Day | undefined {
  const text = askedText(req, name);
  return text === undefined ? undefined : sound(parseDay(text), name);
}

export function askedInstant(req: Request, name: string): Instant | undefined {
  const text = askedText(req, name);
  return text === undefined ? undefined : sound(parseInstant(text), name);
}

/** One of a list, or the first of it where nothing is asked. */
export function askedChoice<Choice extends string>(req: Request, name: string, choices: readonly [Choice, ...Choice[]]): Choice {
  const text = askedText(req, name);
  return text === undefined
    ? choices[0]
    : sound(
        choices.find((choice) => choice === text),
        name,
      );
}

function sound<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Problem('request_invalid', name);
  return value;
}
