// Codes in a content beside the whole payment reference: a reference without its prefix, and dossier codes however a bank left them.
import { wordLength } from './checkSymbols';
import { lettersOf, normalForm, textOf } from './contentLetters';
import { parseDossierCode } from './dossier';
import { longestContent } from './reading';
import { isSoundAt, prefix } from './reference';

/** The province or ministry with which a code goes on after its old prefix of seven letters, and its day and number behind the unit. */
const start = /[GH]\d{2}/g;
const oldPrefixLength = 7;
const provinceLength = 3;
const unitLengths = [0, 2, 3];
const sequenceLengths = [6, 5, 4];
const dayLength = 6;
/** Of a content that is nothing but such beginnings. */
const mostCodes = 100;

/** The references whose eight symbols stand anywhere in a content, with the prefix that they may lack: by accident one in a thousand places. */
export function bareReferencesIn(content: string): string[] {
  const letters = lettersOf(content.slice(0, longestContent));
  const found = new Set<string>();
  for (let place = 0; place < letters.count; place++) {
    if (isSoundAt(letters, place)) found.add(prefix + textOf(letters, place, wordLength));
  }
  return [...found];
}

/**
 * The normal forms of all dossier codes that a content may hold, the longer readings first. Banks take dots and dashes away, so where a code
 * begins and ends is open: `G2299251225020175` may end in four, five or six digits.
 */
export function dossierCodesIn(content: string): string[] {
  const text = normalForm(content.slice(0, longestContent));
  const found = new Set<string>();
  for (const { index } of text.matchAll(start)) {
    for (const code of codesAt(text, index)) found.add(code);
    if (found.size >= mostCodes) break;
  }
  return [...found].slice(0, mostCodes);
}

function codesAt(text: string, index: number): string[] {
  const oldPrefix = index < oldPrefixLength ? undefined : text.slice(index - oldPrefixLength, index);
  return unitLengths.flatMap((unitLength) =>
    sequenceLengths.flatMap((sequenceLength) => {
      const day = index + provinceLength + unitLength;
      const sequence = day + dayLength;
      const end = sequence + sequenceLength;
      const plain = `${text.slice(index, index + provinceLength)}-${text.slice(day, sequence)}-${text.slice(sequence, end)}`;
      const unit = text.slice(index + provinceLength, day);
      if (end > text.length || !/^\d*$/.test(unit) || !parseDossierCode(plain).ok) return [];
      const code = text.slice(index, end);
      return oldPrefix === undefined ? [code] : [oldPrefix + code, code];
    }),
  );
}
