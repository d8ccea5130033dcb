// What kind of file this is, by its first bytes and never by its name.
import { TextPieces } from './encoding';
import { StatementRefused } from './reader';

export type Form = 'workbook' | 'old_excel' | 'camt053' | 'html' | 'mt940' | 'csv';

const startsWith = (head: Buffer, bytes: readonly number[]): boolean => bytes.every((byte, at) => head[at] === byte);
const zip = [0x50, 0x4b];
/** The compound file of Microsoft: workbooks before 2007, and today's when a password protects them. */
export const compoundFile = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** Workbooks of Excel 2 to 4 begin so. */
const oldest = [0, 2, 4].map((version) => [0x09, version]);

/** Throws StatementRefused: `not_a_statement`, `doctype`. */
export function formOf(head: Buffer): Form {
  if (startsWith(head, zip)) return 'workbook';
  if (startsWith(head, compoundFile) || oldest.some((bytes) => startsWith(head, bytes) && head[3] === 0)) return 'old_excel';
  const text = new TextPieces(head).take(head).replace(/^[\ufeff\s]+/, '');
  if (text.startsWith('<')) return formOfTags(text);
  if (/^(\{1:|:20:)|(^|\n):20:[^\n]*\n[^]*:60[FM]:/.test(text)) return 'mt940';
  if (text === '' || isBinary(text) || text.startsWith('%PDF') || text.startsWith('MIME-Version:'))
    throw new StatementRefused('not_a_statement');
  return 'csv';
}

function formOfTags(text: string): Form {
  const isPage = /<(html|table|head|body|meta|style|tr|td|div|center|font|p)[\s>]/i.test(text) || /^<!doctype html/i.test(text);
  const isXml = text.startsWith('<?xml') || /<(\w+:)?Document[\s>]/.test(text);
  if (isXml && /BkToCstmrStmt|camt\.053/.test(text)) return refusingDoctype(text, 'camt053');
  if (isPage && !/<!ENTITY/i.test(text)) return 'html';
  return refusingDoctype(text, isXml ? 'camt053' : undefined);
}

function refusingDoctype(text: string, form: Form | undefined): Form {
  if (/<!DOCTYPE/i.test(text)) throw new StatementRefused('doctype');
  if (!form) throw new StatementRefused('not_a_statement');
  return form;
}

/** Random bytes have one control character in ten; a text has none, or a few by mishap. */
function isBinary(text: string): boolean {
  const sample = text.slice(0, 4_096);
  // eslint-disable-next-line no-control-regex -- these are what tells bytes from text
  const controls = sample.match(/[\x00-\x08\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0;
  return controls * 50 > sample.length;
}
