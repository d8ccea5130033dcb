// What a person types to find money: an amount, a code of ours, a bank's reference, a payer, or part of a content.
import { isAscii, normalForm, withoutMarks } from './contentLetters';
import { vnd, type Money } from './money';
import type { Day, Instant } from './time';

/** One movement that was found, with the dossier that it pays and the day of the bank's list on which it stands. */
export interface FoundMoney {
  id: string;
  accountId?: string;
  direction: 'in' | 'out';
  amount: Money;
  content: string;
  bankReference?: string;
  payerName?: string;
  bankTime: Instant;
  state: string;
  obligationId?: string;
  dossierCode?: string;
  applicantName?: string;
  listedOn?: Day;
}

export interface MoneyQuestion {
  /** As typed. */
  text: string;
  from: Day;
  to: Day;
  accountIds: readonly string[];
}

/** `60000`, `60.000` or `60.000 ₫` */
const wholeDong = /^[1-9](\d{0,11}|\d{0,2}(\.\d{3}){1,3})(\s?[₫đ])?$/u;

export const amountIn = (text: string): Money | undefined => (wholeDong.test(text) ? vnd(BigInt(text.replace(/\D/g, ''))) : undefined);

/** Letters and digits only, in upper case: codes of ours and of banks are compared so. */
export const codeIn = (text: string): string => normalForm(text);

/** As names and words are compared, because some write marks and most banks do not: without marks, in capitals. */
export const folded = (text: string): string => (isAscii(text) ? text : withoutMarks(text)).toUpperCase();

/** What was told of a movement in words, folded; undefined where it has no marks: then it is compared as it was told. */
export function foldedWords(told: { content: string; bankReference?: string; payerName?: string }): string | undefined {
  const words = `${told.content}\n${told.bankReference ?? ''}\n${told.payerName ?? ''}`;
  return isAscii(words) ? undefined : folded(words);
}
