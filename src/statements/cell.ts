// A cell of a table as it stood in the file, and its text in our form.
import { longestContent, longestName } from './limits';
import type { RejectedReason } from './reader';

/** A number in a workbook: `text` as written in the file, never a rounded one. */
export class NumberCell {
  constructor(
    readonly text: string,
    readonly isDate = false,
    readonly is1904 = false,
    /** Its format shows at least so many digits, with zeros before them. */
    readonly digits = 0,
  ) {}
}

/** A formula: what a program once made of it is not what the bank wrote. */
export class FormulaCell {}

export type Cell = string | NumberCell | FormulaCell;

/** One row as found, or why it could not be taken apart. `row` counts from 1, as a person who opens the file does. */
export interface TableRow {
  row: number;
  cells: readonly Cell[];
  fault?: RejectedReason;
}

/** Rows that came out of a piece of the file; `bytesRead` of the file so far. */
export interface RowPiece {
  rows: readonly TableRow[];
  bytesRead: number;
}

/** Letters that need no second look: ASCII and composed Latin ones, with single spaces between words. */
const plain = /^[\x21-\x7e\u00c0-\u024f\u1e00-\u1eff]+(?: [\x21-\x7e\u00c0-\u024f\u1e00-\u1eff]+)*$/;
/** Marks that hide text or turn it around; a control character is a space. */
const hidden = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;

/** In one line, NFC, without what cannot be seen or kept. */
export function lineOf(text: string): string {
  if (text === '' || plain.test(text)) return text;
  return text
    .replace(hidden, '')
    .replace(/\p{Cs}/gu, '\ufffd')
    .normalize('NFC')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}

/** What a person reads in it; of a number its digits, with the leading zeros that its format shows. */
export function textOf(cell: Cell | undefined): string {
  if (cell === undefined || cell instanceof FormulaCell) return '';
  if (typeof cell === 'string') return lineOf(cell);
  return (wholeOf(cell.text) ?? cell.text).padStart(cell.digits, '0');
}

/** The digits of a whole number however a workbook writes it (`1.8E5`), or undefined. */
export function wholeOf(text: string): string | undefined {
  if (/^-?\d{1,20}$/.test(text)) return text;
  if (!/^-?\d+(\.\d+)?([eE][+-]?\d{1,2})?$/.test(text)) return undefined;
  const number = Number(text);
  return Number.isSafeInteger(number) ? String(number) : undefined;
}

/** CSV writes `="0011"` so that a spreadsheet keeps the zeros: that is a text and no formula. */
export const unwrapped = (text: string): string => /^="([^"=]*)"$/.exec(text)?.[1] ?? text;

export const isTooLong = (text: string): boolean => text.length > longestContent;
export const isLongName = (text: string): boolean => text.length > longestName;
export const isBlank = (cell: Cell | undefined): boolean => cell === undefined || (typeof cell === 'string' && cell.trim() === '');
