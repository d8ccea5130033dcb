// How a cell of a paper looks: for readers as on every screen, for machines by the standards of text files.
import { Money } from '../domain/money';
import type { PaperCell, PaperColumn, PaperFrame } from '../domain/paper';
import { parseDay, parseInstant, vietnamTimeOf } from '../domain/time';
import { inDate, inDateTime, inDong } from './format';
import type { Language } from './labels';
import { paperWords } from './paperWords';

/** `1.250.000`: the column says that it is đồng. */
export const figures = (amount: Money): string => inDong(amount).replace(/[^\d]+$/, '');

export function shownCell(cell: PaperCell, { kind }: Pick<PaperColumn, 'kind'>, language: Language): string {
  if (cell === undefined) return '';
  if (cell instanceof Money) return figures(cell);
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'object') return cell.words.map((name) => paperWords(name, language)).join('; ');
  return readable(cell, kind);
}

export function shownFact({ value, kind }: PaperFrame['facts'][number]): string {
  if (kind === 'amount') return `${figures(new Money(BigInt(value)))} đồng`;
  return readable(value, kind);
}

function readable(text: string, kind: PaperColumn['kind'] | 'amount'): string {
  const day = kind === 'day' ? parseDay(text) : undefined;
  const instant = kind === 'moment' ? parseInstant(text) : undefined;
  return day ? inDate(day) : instant ? inDateTime(instant) : text;
}

/** ISO 8601, on the Vietnamese clock. */
export function machineText(text: string, kind: PaperColumn['kind']): string {
  const instant = kind === 'moment' ? parseInstant(text) : undefined;
  return instant ? `${vietnamTimeOf(instant).replace(' ', 'T')}+07:00` : text;
}
