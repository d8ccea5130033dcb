// What a person types to find money: an amount, a code of ours, a bank's reference, a payer, or part of a content.
import { normalForm, withoutMarks } from './contentLetters';
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

/** Banks write mostly without marks: the forms in which a part of a content may stand, in small letters as it is compared. */
export const writtenForms = (text: string): string[] => [...new Set([text, withoutMarks(text)].map((form) => form.toLowerCase()))];
