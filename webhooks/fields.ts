// The parts of which banks' schemas are made: texts, amounts, balances and times, each with its limit.
import { z } from 'zod';
import { vnd } from '../src/domain/money';
import { instantOf, parseDay, parseInstant, parseVietnamTime, startOfDay } from '../src/domain/time';
import { plainText } from './json';

/** A thousand billion đồng: no single transfer is more; beyond it a person looks. Thousands of them still add up within `Money`. */
export const maxAmount = 999_999_999_999;
const maxBalance = 999_999_999_999_999;

/** No id, account or reference of a bank is longer, and an index takes this much: beyond it a person looks. */
const longestId = 200;

/** A text without which there is no transaction. */
export const requiredText = plainText.pipe(z.string().trim().min(1).max(longestId));

/** The provider's own id of a transaction: some send a number, some a text. */
export const transactionId = z.union([z.int().nonnegative().transform(String), requiredText]);

/**
 * A text that a transaction may lack: null, an empty text and anything odd are "none", so that it cannot make a payment unreadable.
 * One that is too long is not: some of these tell whether two banks speak of the same money.
 */
export const optionalText = plainText
  .nullish()
  .catch(undefined)
  .transform((text) => text?.trim() || undefined)
  .refine((text) => text === undefined || text.length <= longestId);

/** What the payer wrote; a transfer may come without. */
export const transferContent = plainText.nullish().transform((text) => text ?? '');

/** Whole đồng above zero; direction is told apart from it. */
export const amount = z.int().positive().max(maxAmount).transform(vnd);

/** The balance after a transaction; 0 means unknown, though an emptied account tells it too, and an odd one is left out. */
export const balance = z
  .int()
  .min(-maxBalance)
  .max(maxBalance)
  .nullish()
  .catch(undefined)
  .transform((dong) => (dong ? vnd(dong) : undefined));

/** `2025-03-25 14:02:37`, in Vietnam, without zone. */
export const vietnamTime = z.string().transform((text, context) => {
  const instant = parseVietnamTime(text);
  if (instant) return instant;
  context.addIssue('not a time in Vietnam');
  return z.NEVER;
});

/** Milliseconds since 1970, up to the year 2286. */
export const epochMs = z.int().positive().max(9_999_999_999_999).transform(instantOf);

/** A time as lists write it: with a zone; without one, in Vietnam; or a day alone, which then is when it began. */
export const listedTime = z.string().transform((text, context) => {
  const day = parseDay(text);
  const instant = parseVietnamTime(text) ?? parseInstant(text) ?? (day && startOfDay(day));
  if (instant) return instant;
  context.addIssue('not a time');
  return z.NEVER;
});
