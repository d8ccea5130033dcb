// One-time codes by which whoever gets letters about a dossier may see it: how many, how long, and how often they may be tried.
import { addMs, type Instant } from './time';

/** The code for a dossier code that was asked for; kept alike whether there is such a dossier or not. */
export interface FindCode {
  /** A mark on the dossier code. */
  subject: string;
  /** A mark on the code; absent once it was used. */
  codeMark?: string;
  tries: number;
  /** When codes were mailed within the last hour, the oldest first. */
  askedAt: readonly Instant[];
  expiresAt: Instant;
}

export const codeMinutes = 20;
export const mostTries = 5;
/** Strangers bring it to three: while a code holds there is no other. More are for whoever used theirs. */
export const mostAnHour = 6;
export const findCodeRandomBytes = 8;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const digits = 6;

/** Six digits from `findCodeRandomBytes` bytes of chance, each as likely as the others. Throws RangeError when there are too few. */
export function drawFindCode(random: Uint8Array): string {
  if (random.length < findCodeRandomBytes) throw new RangeError('too few random bytes for a code');
  const number = random.subarray(0, findCodeRandomBytes).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return (number % 10n ** BigInt(digits)).toString().padStart(digits, '0');
}

/**
 * The code that takes the place of the one before; undefined while that one holds, and when there were too many within the hour. Whoever knows
 * no more than the dossier code can neither take away the code that its owner has been sent, nor use up those that are still to be sent.
 */
export function nextFindCode(known: FindCode | undefined, next: { subject: string; codeMark: string; at: Instant }): FindCode | undefined {
  const { subject, codeMark, at } = next;
  if (known?.codeMark !== undefined && known.expiresAt > at) return undefined;
  const askedAt = (known?.askedAt ?? []).filter((asked) => addMs(asked, hourMs) > at);
  if (askedAt.length >= mostAnHour) return undefined;
  return { subject, codeMark, tries: 0, askedAt: [...askedAt, at], expiresAt: addMs(at, codeMinutes * minuteMs) };
}
