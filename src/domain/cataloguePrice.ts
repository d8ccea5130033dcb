// What a catalogue prints as a price: `135.000 đồng`, `90 VNĐ`, `Miễn phí`, `40 Việt Nam Đồng (40.000đ)`, `0,15%`.
import { addDays, parseDay, type Day } from './time';

export type CataloguePrice =
  | { readonly kind: 'amount'; readonly dong: number }
  | { readonly kind: 'free' }
  /** A share, as a decimal of percent. */
  | { readonly kind: 'percent'; readonly text: string }
  | { readonly kind: 'other_currency'; readonly currency: string }
  | { readonly kind: 'unreadable' };

/** The highest amount that is read as one. */
const maxDong = 10_000_000_000_000;

const free = /miễn\s*(phí|thu|lệ phí)|không\s+(thu|có|mất)\s*(phí|lệ phí)?|^free$/iu;
const money =
  /(\d{1,6}[.,]\d{1,2}(?=\s?(?:nghìn|ngàn|triệu))|\d{1,3}(?:[.,\s\u00a0]\d{3})+|\d+)(?![\d.,]{0,9}\s?%)\s*(nghìn|ngàn|triệu)?\s*(việt nam đồng|vnđ|vnd|đồng|đ\b|₫|đ(?!\p{L}))?/giu;
const scales: Readonly<Record<string, number>> = { nghìn: 1_000, ngàn: 1_000, triệu: 1_000_000 };
const percent = /(?<!\d)(\d{1,9}(?:[.,]\d{1,9})?)\s*%/u;
const others: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['USD', /\busd\b|us\$|\$|đô\s*la/iu],
  ['EUR', /\beur\b|€/iu],
  ['JPY', /\bjpy\b|¥/iu],
  ['CNY', /\bcny\b|nhân dân tệ/iu],
];
const dongWords = /^(vnd|vnđ|đồng|đ|₫|dong|việt nam đồng)?$/iu;

/** The price in a cell; `currency` is the cell beside it, where there is one. */
export function priceIn(text: string, currency = ''): CataloguePrice {
  const written = text.trim();
  if (!dongWords.test(currency.trim())) return { kind: 'other_currency', currency: currency.trim().toUpperCase() };
  const other = currencyIn(written);
  if (other !== undefined) return { kind: 'other_currency', currency: other };
  if (free.test(written)) return { kind: 'free' };
  if (/^[=+@-]/.test(written)) return { kind: 'unreadable' }; // a formula is text, and no amount
  const share = percent.exec(written)?.[1];
  if (share !== undefined) return { kind: 'percent', text: share.replace(',', '.') };
  const dong = firstNumber(written);
  if (dong === undefined || dong > maxDong) return { kind: 'unreadable' };
  return dong === 0 ? { kind: 'free' } : { kind: 'amount', dong };
}

/** A currency other than the đồng that the text names. */
export const currencyIn = (text: string): string | undefined => others.find(([, pattern]) => pattern.test(text))?.[0];

/** Every number of a text that may be an amount, in order; in a note only those that name the đồng count. */
export function amountsIn(text: string, isNote = false): number[] {
  return [...text.matchAll(money)].flatMap(([, digits = '', scale, unit]) => {
    const dong = scale === undefined ? Number(digits.replace(/[.,\s\u00a0]/g, '')) : scaled(digits, scale);
    return (isNote && unit === undefined && scale === undefined) || dong > maxDong ? [] : [dong];
  });
}

/** `1,5` and `triệu` → 1,500,000; `50` and `nghìn` → 50,000. */
function scaled(digits: string, scale: string): number {
  const count = /^\d+[.,]\d{1,2}$/.test(digits) ? digits.replace(',', '.') : digits.replace(/[.,\s\u00a0]/g, '');
  return Math.round(Number(count) * (scales[scale.toLowerCase()] ?? 1));
}

/** Whether a note says nothing but that nothing is charged. */
export const saysFree = (note: string): boolean => /^(miễn (phí|lệ phí|thu)|không (thu|mất)( phí| lệ phí)?)[.;]?$/iu.test(note.trim());

/** The number with which the cell begins: plain, or in groups of three by one mark; a fraction of a đồng is no amount. */
function firstNumber(text: string): number | undefined {
  const token = /^(?:(?:mức|phí|lệ|thu|\s|:)*)(\d[\d.,\u00a0 ]*)/iu.exec(text)?.[1]?.replace(/(?<![.,\u00a0 ])[.,\u00a0 ]+$/, '');
  const whole = token?.replace(/(?<=\d{4}|[.,]\d{3})[.,]0{1,2}$/, '');
  return whole !== undefined && /^(\d+|\d{1,3}(?:([.,\u00a0 ])\d{3})(?:\2\d{3})*)$/.test(whole)
    ? Number(whole.replace(/[.,\u00a0 ]/g, ''))
    : undefined;
}

const endOfNote = /((?:đến|hết|trước|before|until|to)\b[^.;\d]{0,40})(\d{1,2})(?:[/.-]|\s*tháng\s*)(\d{1,2})(?:[/.-]|\s*năm\s*)(\d{4})/giu;

/** The last day of validity that a note names (`đến hết ngày 31/12/2023`, `trước ngày 01/01/2024`), as `2023-12-31`. */
export function lastDayIn(note: string): Day | undefined {
  const days = [...note.matchAll(endOfNote)].flatMap(([, words = '', day = '', month = '', year = '']) => {
    const named = parseDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
    const isOver = /trước|before|từ ngày|kể từ/iu.test(words); // on that day itself it holds no more
    return named ? [isOver ? addDays(named, -1) : named] : [];
  });
  return days.sort().at(-1);
}
