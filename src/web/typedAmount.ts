// Amounts as people type and paste them: `21000`, `21.000`, `21 000 ₫`.
import { vnd, zero, type Money } from '../domain/money';

const grouped = /^\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*$/;
const plain = /^[1-9]\d{0,11}$/;

/** Whole đồng above 0; undefined for anything else: a number is never made out of what is none. */
export function typedAmount(text: string): Money | undefined {
  const written = text
    .replace(/\u00a0|\u202f/g, ' ')
    .replace(/ ?(?:₫|đ|đồng|vnd)$/i, '')
    .trim();
  const digits = grouped.test(written) ? written.replace(/[., ]/g, '') : written;
  return plain.test(digits) ? vnd(Number(digits)) : undefined;
}

/** Where nothing is an amount too: `0`. */
export const amountOrNothing = (text: string): Money | undefined => (/^0+$/.test(text) ? zero : typedAmount(text));
