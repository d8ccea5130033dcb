// Contents as banks deliver them, with our reference in place of the code that was in them, whole or damaged by one slip.
import type { Slip } from '../../src/domain/reading';
import contents from '../vectors/transfer-contents.json';
import type { Chance } from './chance';

export interface CodedContent {
  id: string;
  content: string;
  embedded_code: string;
}

export const codedContents = contents.items.filter((sample): sample is typeof sample & CodedContent => sample.embedded_code !== null);
export const bareContents = contents.items.filter((sample) => sample.embedded_code === null);

/** A content with our code in place of theirs, mangled alike: the same separators after the same letters, the same letters in lower case. */
export function withOurCode({ content, embedded_code }: CodedContent, ours: string): string {
  const mangled = new RegExp(Array.from(embedded_code).join('[^A-Za-z0-9]*'), 'gi');
  return content.replace(mangled, (span) => mangledAs(span, ours));
}

function mangledAs(span: string, ours: string): string {
  const letters = span.replace(/[^A-Za-z0-9]/g, '');
  const written = Array.from(ours, (letter, i) => (/[a-z]/.test(letters.charAt(i)) ? letter.toLowerCase() : letter));
  // From the end, so that earlier places keep their number; a separator beyond our shorter code goes before its last letter.
  for (const gap of Array.from(span.matchAll(/[^A-Za-z0-9]+/g)).reverse()) {
    const place = span.slice(0, gap.index).replace(/[^A-Za-z0-9]/g, '').length;
    written.splice(Math.min(place, ours.length - 1), 0, gap[0]);
  }
  return written.join('');
}

const anyLetter = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const prefixLength = 2;

/** A reference after one slip of the hand, which is never without effect. */
export function damaged(reference: string, slip: Slip, chance: Chance): string {
  const result = slippedOnce(reference, slip, chance);
  return result === reference || result.includes(reference) ? damaged(reference, slip, chance) : result;
}

function slippedOnce(reference: string, slip: Slip, chance: Chance): string {
  const inPrefix = slip === 'damaged_prefix';
  const kind = inPrefix ? chance.among(['wrong_symbol', 'missing_symbol', 'swapped_symbols']) : slip;
  const place = inPrefix ? chance.below(prefixLength) : prefixLength + chance.below(reference.length - prefixLength);
  const letter = anyLetter.charAt(chance.below(anyLetter.length));
  const [before, at, after] = [reference.slice(0, place), reference.charAt(place), reference.slice(place + 1)];
  if (kind === 'wrong_symbol') return before + letter + after;
  if (kind === 'missing_symbol') return before + after;
  if (kind === 'extra_symbol') return before + letter + at + after;
  return inPrefix ? `PN${reference.slice(prefixLength)}` : before + after.charAt(0) + at + after.slice(1);
}
