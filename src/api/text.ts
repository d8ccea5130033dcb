// Text from outside: NFC, without control characters, broken halves of characters or characters that turn the line around.
import { z } from 'zod';
import { isNameText, isSoundText, longestName } from '../domain/text';

/** One line of text of at most `longest` characters. */
export const line = (longest: number, shortest = 1) =>
  z
    .string()
    .max(longest)
    .refine(isSoundText, 'control or invisible characters are not allowed')
    .transform((text) => text.normalize('NFC').trim())
    .refine((text) => text.length >= shortest, shortest === 1 ? 'must not be empty' : `must have at least ${shortest} characters`);

/** A person's or an organisation's name: letters, marks, digits and plain punctuation; no emoji. */
export const personName = line(longestName).refine(isNameText, 'only letters, digits and plain punctuation');

export const identifier = z
  .string()
  .max(64)
  .regex(/^[\w.\-:]+$/, 'not an identifier');
