// A paper as a spreadsheet: amounts, counts and dates are numbers, texts are texts (never formulas), written row by row however long it is.
import { amountInWords } from '../domain/amountInWords';
import { Money } from '../domain/money';
import {
  mostSheetRows,
  type PaperCell,
  type PaperColumn,
  type PaperFoot,
  type PaperRow,
  type PaperSource,
  type Printed,
} from '../domain/paper';
import { epochMsOf, parseDay, parseInstant } from '../domain/time';
import { Problem } from '../problems';
import { inDateTime } from './format';
import { shownFact } from './paperText';
import { paperTitle, paperWords } from './paperWords';
import { zipOf } from './zip';

/** Cell styles by their place in `styles`. */
const style = { plain: 0, bold: 1, title: 2, amount: 3, boldAmount: 4, day: 5, moment: 6, head: 7 } as const;

/** Throws sheet_full. */
export const paperXlsx = (source: PaperSource, printed: Printed): AsyncGenerator<Uint8Array> =>
  zipOf([
    { name: '[Content_Types].xml', pieces: [contentTypes] },
    { name: '_rels/.rels', pieces: [relations('officeDocument', 'xl/workbook.xml')] },
    { name: 'xl/workbook.xml', pieces: [workbook] },
    {
      name: 'xl/_rels/workbook.xml.rels',
      pieces: [relations('worksheet', 'worksheets/sheet1.xml', 'styles', 'styles.xml')],
    },
    { name: 'xl/styles.xml', pieces: [styles] },
    { name: 'xl/worksheets/sheet1.xml', pieces: sheet(source, printed) },
  ]);

async function* sheet(source: PaperSource, printed: Printed): AsyncGenerator<string> {
  const { frame } = source;
  const { columns } = frame;
  const above = headRows(source);
  const widths = columns.map(
    ({ width }, place) => `<col min="${place + 1}" max="${place + 1}" width="${Math.max(6, Math.round(width * 1.6))}" customWidth="1"/>`,
  );
  const frozen = `<sheetView workbookViewId="0"><pane ySplit="${above.length + 1}" topLeftCell="A${above.length + 2}" state="frozen"/></sheetView>`;
  yield `${declaration}<worksheet xmlns="${main}"><sheetViews>${frozen}</sheetViews><cols>${widths.join('')}</cols><sheetData>`;
  const head = [...above, columns.map(({ name }) => textCell(paperWords(`column ${name}`, 'vi'), style.head))];
  yield numbered(1, head);
  let place = head.length + 1;
  const rows = source.rows();
  let section: string | undefined;
  for (;;) {
    const next = await rows.next();
    if (next.done) {
      yield numbered(place, footRows(next.value, printed));
      break;
    }
    const lines = next.value.flatMap((row): Cells[] => {
      const isNew = row.section !== section;
      section = row.section;
      return [...(isNew ? [[textCell(paperWords(`section ${row.section}`, 'vi'), style.bold)]] : []), cellsOf(row, columns)];
    });
    if (place + lines.length + mostFootRows > mostSheetRows) throw new Problem('sheet_full');
    yield numbered(place, lines);
    place += lines.length;
  }
  yield '</sheetData></worksheet>';
}

const headRows = ({ frame }: PaperSource): Cells[] => [
  [textCell(frame.unit, style.bold)],
  [textCell(paperTitle(frame.kind, 'vi').toLocaleUpperCase('vi'), style.title)],
  ...(frame.isDraft ? [[textCell(paperWords('fact draft', 'vi'), style.bold)]] : []),
  ...frame.facts.map((fact) => [textCell([paperWords(`fact ${fact.name}`, 'vi'), shownFact(fact)].filter(Boolean).join(': '))]),
];

const mostFootRows = 3;
const footRows = ({ total }: PaperFoot, { at, by }: Printed): Cells[] => [
  [textCell(paperWords('fact total', 'vi'), style.bold), amountCell(total, style.boldAmount)],
  ...(total.dong < 0n ? [] : [[textCell(`${paperWords('fact inWords', 'vi')}: ${amountInWords(total)}`)]]),
  [textCell(`In lúc ${inDateTime(at)}, người in: ${by}`)],
];

/** Cells without their places, in their order. */
type Cells = readonly string[];

/** Every row and cell says where it stands: not all readers count for themselves. */
const numbered = (from: number, rows: readonly Cells[]): string =>
  rows
    .map((cells, place) => {
      const row = from + place;
      return `<row r="${row}">${cells.map((cell, column) => `<c r="${letterOf(column)}${row}"${cell.slice('<c'.length)}`).join('')}</row>`;
    })
    .join('');

const letterOf = (column: number): string => String.fromCharCode('A'.charCodeAt(0) + column);

const cellsOf = ({ cells, isSum }: PaperRow, columns: readonly PaperColumn[]): Cells =>
  cells.map((cell, place) => cellOf(cell, columns[place]?.kind ?? 'text', isSum ?? false));

function cellOf(cell: PaperCell, kind: PaperColumn['kind'], isBold: boolean): string {
  if (cell === undefined || cell === '') return '<c/>';
  if (cell instanceof Money) return amountCell(cell, isBold ? style.boldAmount : style.amount);
  if (typeof cell === 'number') return `<c s="${isBold ? style.boldAmount : style.plain}"><v>${cell}</v></c>`;
  const text = typeof cell === 'object' ? cell.words.map((name) => paperWords(name, 'vi')).join('; ') : cell;
  const day = kind === 'day' ? parseDay(text) : undefined;
  if (day) return `<c s="${style.day}"><v>${serialOf(Date.parse(day))}</v></c>`;
  const instant = kind === 'moment' ? parseInstant(text) : undefined;
  if (instant) return `<c s="${style.moment}"><v>${serialOf(epochMsOf(instant) + vietnamOffsetMs)}</v></c>`;
  return textCell(text, isBold ? style.bold : style.plain);
}

const amountCell = (amount: Money, s: number): string => `<c s="${s}"><v>${amount.toString()}</v></c>`;

const textCell = (text: string, s: number = style.plain): string =>
  `<c s="${s}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;

const vietnamOffsetMs = 7 * 60 * 60 * 1000;
/** Days since 30 December 1899, as spreadsheets count. */
const serialOf = (ms: number): number => Math.round((ms / 86_400_000 + 25_569) * 1e8) / 1e8;

/** What XML has no place for is left out. */
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const kindOf = (part: string): string => `application/vnd.openxmlformats-officedocument.spreadsheetml.${part}+xml`;

const contentTypes = `${declaration}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kindOf('sheet.main')}"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kindOf('worksheet')}"/><Override PartName="/xl/styles.xml" ContentType="${kindOf('styles')}"/></Types>`;

/** Pairs of kind and target, numbered. */
function relations(...pairs: readonly string[]): string {
  const rows = [];
  for (let place = 0; place < pairs.length; place += 2)
    rows.push(`<Relationship Id="rId${place / 2 + 1}" Type="${office}/${pairs[place]}" Target="${pairs[place + 1]}"/>`);
  return `${declaration}<Relationships xmlns="${packaged}/relationships">${rows.join('')}</Relationships>`;
}

const workbook = `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Bảng kê" sheetId="1" r:id="rId1"/></sheets></workbook>`;

const fontOf = (size: number, isBold: boolean): string =>
  `<font>${isBold ? '<b/>' : ''}<sz val="${size}"/><name val="Times New Roman"/></font>`;
const styles = `${declaration}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy hh:mm"/></numFmts><fonts count="3">${fontOf(11, false)}${fontOf(11, true)}${fontOf(14, true)}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top/><bottom style="thin"/><diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="8"><xf/><xf fontId="1" applyFont="1"/><xf fontId="2" applyFont="1"/><xf numFmtId="3" applyNumberFormat="1"/><xf numFmtId="3" fontId="1" applyNumberFormat="1" applyFont="1"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf fontId="1" borderId="1" applyFont="1" applyBorder="1"/></cellXfs></styleSheet>`;
