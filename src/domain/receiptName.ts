// The name of a receipt as people and systems write it: `26TAB-00000012`.
import type { ReceiptName } from './receipt';
import { isSymbol, numberText, parseNumber } from './receiptSymbol';

type Named = Pick<ReceiptName, 'symbol' | 'number'>;

const pattern = /^(\d{2}T[A-Z]{2})[-/ .]?(\d{1,8})$/;

export const receiptNameOf = ({ symbol, number }: Named): string => `${symbol}-${numberText(number)}`;

/** Also without the zeros, in small letters, or with a space; undefined where it names no receipt. */
export function parseReceiptName(text: string): Named | undefined {
  const [, symbol = '', digits = ''] = pattern.exec(text.trim().toUpperCase()) ?? [];
  const number = parseNumber(digits);
  return isSymbol(symbol) && number !== undefined ? { symbol, number } : undefined;
}
