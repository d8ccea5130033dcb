// Finds the row of a table in which a known layout has its headers, by their text, wherever it stands.
import { headerForm } from '../domain/headerForm';
import { textOf, type Cell } from './cell';
import type { StatementColumn, StatementLayout } from './reader';

/** Where a column stands; `until`: the first place that is the next header's. */
export interface Place {
  at: number;
  until: number;
}

/** Where each column of a layout stands in this table. */
export interface Header {
  layout: StatementLayout;
  columns: Partial<Record<StatementColumn, Place>>;
  /** Columns with fees and taxes beside the debit. */
  charges: readonly number[];
  /** A column that names the currency, which any layout may have. */
  currencyAt: number;
  /** The texts of its cells, by which it is known again at the top of the next page. */
  forms: readonly string[];
}

interface Fit {
  column: StatementColumn;
  at: number;
  length: number;
  isExact: boolean;
}

const needed: readonly StatementColumn[] = ['day', 'debit', 'credit', 'amount', 'direction', 'content'];
/** `No.` counts rows; `Nợ`, which folds to the same letters, is a debit. */
const counting = /^\s*(no\s*\.|#$)/i;
const currencyHeader = /^(loai tien|tien te|ma tien te|don vi tien|currency|ccy)\b/;

/** The header that this row makes, alone or under the one above it (`Số tiền` over `Nợ` and `Có`), in the layout that fits best. */
export function headerIn(row: readonly Cell[], above: readonly Cell[], layouts: readonly StatementLayout[]): Header | undefined {
  const own = row.map(formOf);
  const upper = above.map(formOf);
  return (
    bestOf(own, layouts) ?? (upper.some(Boolean) ? (bestOf(under(upper, own), layouts) ?? bestOf(within(upper, own), layouts)) : undefined)
  );
}

/** Whether this row repeats the header, as on every page of a printed statement. */
export function isRepeated(header: Header, row: readonly Cell[]): boolean {
  return header.forms.every((form, at) => form === '' || formOf(row[at]) === form);
}

function formOf(cell: Cell | undefined): string {
  const text = textOf(cell);
  return counting.test(text) ? 'number' : headerForm(text);
}

const under = (upper: readonly string[], own: readonly string[]): string[] =>
  Array.from({ length: Math.max(upper.length, own.length) }, (_, at) => own[at] || (upper[at] ?? ''));

/** A merged header stands in the first of its cells and is meant for all of them. */
function within(upper: readonly string[], own: readonly string[]): string[] {
  let last = '';
  return Array.from({ length: Math.max(upper.length, own.length) }, (_, at) => {
    last = upper[at] || last;
    return own[at] ? `${last} ${own[at]}` : (upper[at] ?? '');
  });
}

function bestOf(forms: readonly string[], layouts: readonly StatementLayout[]): Header | undefined {
  let best: { header: Header; score: number } | undefined;
  if (forms.filter(Boolean).length < 3) return undefined;
  for (const layout of layouts) {
    const fitted = fitOf(forms, layout);
    if (fitted && fitted.score > (best?.score ?? 0)) best = fitted;
  }
  return best?.header;
}

/** The longest header text has the first choice of its cell; a cell is one column only. */
function fitOf(forms: readonly string[], layout: StatementLayout): { header: Header; score: number } | undefined {
  const fits = fitsOf(forms, layout).sort((a, b) => b.length - a.length || Number(b.isExact) - Number(a.isExact) || a.at - b.at);
  const columns: Header['columns'] = {};
  const taken = new Set<number>();
  let score = 0;
  for (const { column, at, length, isExact } of fits) {
    if (columns[column] || taken.has(at)) continue;
    taken.add(at);
    columns[column] = { at, until: endOf(forms, at) };
    score += 10 + length + (isExact ? 5 : 0);
  }
  const listed = columnsOf(layout);
  if (listed.some((column) => needed.includes(column) && !columns[column])) return undefined;
  score -= 5 * listed.filter((column) => !columns[column]).length;
  const charges = forms.flatMap((form, at) => (!taken.has(at) && layout.charges?.some((text) => begins(form, text)) ? [at] : []));
  return { header: { layout, columns, charges, currencyAt: forms.findIndex((form) => currencyHeader.test(form)), forms }, score };
}

function fitsOf(forms: readonly string[], layout: StatementLayout): Fit[] {
  return columnsOf(layout).flatMap((column) =>
    (layout.headers[column] ?? []).flatMap((text) =>
      forms.flatMap((form, at) => (begins(form, text) ? [{ column, at, length: text.length, isExact: form === text }] : [])),
    ),
  );
}

const begins = (form: string, text: string): boolean => form === text || form.startsWith(`${text} `);

const columnsOf = (layout: StatementLayout): StatementColumn[] => Object.keys(layout.headers) as StatementColumn[];

function endOf(forms: readonly string[], at: number): number {
  const next = forms.findIndex((form, other) => other > at && form !== '');
  return next < 0 ? at + 1 : next;
}
