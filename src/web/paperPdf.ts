// A paper as A4 sheets: who issues it, what it is about, its table with the head repeated, sums, the amount in words, and places to sign.
import { setImmediate as turn } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import { amountInWords } from '../domain/amountInWords';
import type { PaperColumn, PaperFoot, PaperRow, PaperSource, Printed } from '../domain/paper';
import { dayInWords } from '../domain/receiptWords';
import { dayOf, epochMsOf } from '../domain/time';
import { inDateTime } from './format';
import { asWritten } from '../domain/receiptXml';
import { heightOf, ink, makeRoom, muted, rule, wash, writeAt, writeLine, type Paper, type Writing } from './paper';
import { figures, shownCell, shownFact } from './paperText';
import { paperTitle, paperWords } from './paperWords';
import { lettersOf, linesOf, setPlainly, type Letters } from './plainText';

const fonts = {
  regular: require.resolve('@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/be-vietnam-pro/700Bold/BeVietnamPro_700Bold.ttf'),
} as const;

const margin = 36;
/** For the number of the sheet and who printed it. */
const footHeight = 22;
const padding = 3;
const lineHeight = 1.3;
const cellText: Writing = { size: 7.5 };
const strongText: Writing = { size: 7.5, isBold: true };
const plain: Writing = { size: 9 };
/** Up to so many rows a paper says on each sheet how many there are; a longer one says it on the last, and needs no memory for the others. */
const mostCounted = 3_000;
const rowsBetweenTurns = 20;
/** Of papers that are agreed on by two sides. Decree 30/2020/NĐ-CP, Appendix I. */
const withNationalTitle = ['minutes'];

export async function* paperPdf(source: PaperSource, printed: Printed): AsyncGenerator<Uint8Array> {
  const isCounted = source.expected <= mostCounted;
  const paper = openSheets(source, printed, isCounted);
  drawHead(paper, source);
  const widths = widthsOf(paper, source.frame.columns);
  drawTableHead(paper, source.frame.columns, widths);
  const rows = source.rows();
  let section: string | undefined;
  let foot: PaperFoot | undefined;
  for (let count = 0; foot === undefined;) {
    const next = await rows.next();
    if (next.done) foot = next.value;
    else
      for (const row of next.value) {
        if (row.section !== section) drawSection(paper, source.frame.columns, widths, row.section);
        section = row.section;
        drawRow(paper, source.frame.columns, widths, row);
        if (++count % rowsBetweenTurns === 0) {
          yield* written(paper);
          await turn();
        }
      }
  }
  drawFoot(paper, source, foot, printed);
  if (isCounted) numberSheets(paper);
  else writeLine(paper, `Hết, gồm ${paper.sheets} trang.`, { ...plain, align: 'center', color: muted });
  paper.doc.end();
  for await (const part of paper.doc) yield Buffer.from(part);
}

interface Sheets extends Paper {
  sheets: number;
  regular: Letters;
  bold: Letters;
}

function openSheets({ frame }: PaperSource, printed: Printed, isCounted: boolean): Sheets {
  const at = new Date(epochMsOf(printed.at));
  const doc = new PDFDocument({
    size: 'A4',
    layout: frame.columns.length > 7 ? 'landscape' : 'portrait',
    margins: { top: margin, left: margin, right: margin, bottom: 0 },
    lang: 'vi-VN',
    displayTitle: true,
    font: fonts.regular,
    bufferPages: isCounted,
    info: { Title: paperTitle(frame.kind, 'vi'), Creator: 'counter-fees', Producer: 'counter-fees', CreationDate: at, ModDate: at },
  });
  for (const [name, path] of Object.entries(fonts)) doc.registerFont(name, path);
  setPlainly(doc, Object.keys(fonts));
  const { width, height } = doc.page;
  const ground = (paper: Paper): void => {
    sheets.sheets++;
    const y = height - margin + 4;
    const half = paper.width / 2;
    writeAt(paper, `In lúc ${inDateTime(printed.at)}, người in: ${printed.by}`, paper.left, y, half, { size: 7, color: muted });
    if (!isCounted) writeAt(paper, `Trang ${sheets.sheets}`, paper.left + half, y, half, { size: 7, color: muted, align: 'right' });
  };
  const sheets: Sheets = {
    doc,
    y: margin,
    left: margin,
    width: width - 2 * margin,
    bottom: height - margin - footHeight + margin / 2,
    ground,
    sheets: 0,
    regular: lettersOf(doc, 'regular'),
    bold: lettersOf(doc, 'bold'),
  };
  ground(sheets);
  return sheets;
}

/** What the document has so far, so that a long one never stands in memory. */
function* written({ doc }: Paper): Generator<Uint8Array> {
  for (let part: unknown = doc.read(); Buffer.isBuffer(part); part = doc.read()) yield part;
}

function drawHead(paper: Paper, { frame }: PaperSource): void {
  const half = paper.width / 2 - 8;
  const { y } = paper;
  let left = writeAt(paper, frame.unit, paper.left, y, half, { size: 10, isBold: true });
  if (withNationalTitle.includes(frame.kind)) {
    const x = paper.left + half + 16;
    const first = writeAt(paper, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', x, y, half, { size: 9, isBold: true, align: 'center' });
    left = Math.max(
      left,
      first + writeAt(paper, 'Độc lập - Tự do - Hạnh phúc', x, y + first, half, { size: 9, isBold: true, align: 'center' }),
    );
  }
  paper.y = y + left + 12;
  writeLine(paper, paperTitle(frame.kind, 'vi').toLocaleUpperCase('vi'), { size: 15, isBold: true, align: 'center' });
  if (frame.isDraft) writeLine(paper, paperWords('fact draft', 'vi'), { size: 10, isBold: true, align: 'center', color: '#b42318' });
  paper.y += 4;
  for (const fact of frame.facts) {
    const text = [paperWords(`fact ${fact.name}`, 'vi'), shownFact(fact)].filter(Boolean).join(': ');
    writeLine(paper, text, { ...plain, align: 'center' });
  }
  paper.y += 10;
}

const widthsOf = ({ width }: Paper, columns: readonly PaperColumn[]): number[] => {
  const whole = columns.reduce((sum, column) => sum + column.width, 0);
  return columns.map((column) => (column.width / whole) * width);
};

const alignOf = (kind: PaperColumn['kind']): 'left' | 'center' | 'right' =>
  kind === 'amount' || kind === 'count' ? 'right' : kind === 'text' ? 'left' : 'center';

function drawTableHead(paper: Sheets, columns: readonly PaperColumn[], widths: readonly number[]): void {
  const texts = columns.map(({ name }) => paperWords(`column ${name}`, 'vi'));
  const lines = linesIn(paper, texts, widths, strongText);
  const height = heightOfLines(lines, strongText);
  makeRoom(paper, 3 * height);
  paper.doc.rect(paper.left, paper.y, paper.width, height).fill(wash);
  drawCells(paper, lines, widths, strongText, () => 'center');
}

/** Begins a new sheet with the head of the table where there is no room. */
function makeTableRoom(paper: Sheets, columns: readonly PaperColumn[], widths: readonly number[], height: number): void {
  if (makeRoom(paper, height)) drawTableHead(paper, columns, widths);
}

function drawSection(paper: Sheets, columns: readonly PaperColumn[], widths: readonly number[], section: string): void {
  const text = paperWords(`section ${section}`, 'vi');
  const height = heightOf(paper, text, paper.width - 2 * padding, strongText) + 2 * padding;
  makeTableRoom(paper, columns, widths, 3 * height);
  writeAt(paper, text, paper.left + padding, paper.y + padding, paper.width - 2 * padding, strongText);
  paper.y += height;
  rule(paper, paper.y);
}

function drawRow(paper: Sheets, columns: readonly PaperColumn[], widths: readonly number[], { cells, isSum }: PaperRow): void {
  const writing = isSum ? strongText : cellText;
  const texts = columns.map((column, place) => shownCell(cells[place], column, 'vi'));
  const lines = linesIn(paper, texts, widths, writing);
  makeTableRoom(paper, columns, widths, heightOfLines(lines, writing));
  drawCells(paper, lines, widths, writing, (place) => alignOf(columns[place]?.kind ?? 'text'));
}

type Lines = readonly (readonly string[])[];

/** A sheet has fonts for composed letters only. */
const linesIn = (paper: Sheets, texts: readonly string[], widths: readonly number[], { size, isBold }: Writing): Lines =>
  texts.map((text, place) =>
    text === ''
      ? []
      : linesOf(asWritten(text).normalize('NFC'), ((widths[place] ?? 0) - 2 * padding) / size, isBold ? paper.bold : paper.regular),
  );

const heightOfLines = (lines: Lines, { size }: Writing): number =>
  2 * padding + size * lineHeight * lines.reduce((most, { length }) => Math.max(most, length), 1);

function drawCells(
  paper: Sheets,
  lines: Lines,
  widths: readonly number[],
  writing: Writing,
  align: (place: number) => 'left' | 'center' | 'right',
): void {
  const { doc, y } = paper;
  const { size, isBold } = writing;
  const letters = isBold ? paper.bold : paper.regular;
  doc
    .font(isBold ? 'bold' : 'regular')
    .fontSize(size)
    .fillColor(ink);
  let left = paper.left;
  lines.forEach((texts, place) => {
    const width = widths[place] ?? 0;
    const way = align(place);
    texts.forEach((text, row) => {
      const room = way === 'left' ? 0 : width - 2 * padding - letters.widthOf(text) * size;
      doc.text(text, left + padding + (way === 'center' ? room / 2 : room), y + padding + row * size * lineHeight, { lineBreak: false });
    });
    left += width;
  });
  paper.y = y + heightOfLines(lines, writing);
  rule(paper, paper.y);
}

/** The total in figures and in words, and who signs. */
function drawFoot(paper: Paper, { frame }: PaperSource, { total, rowCount }: PaperFoot, { at }: Printed): void {
  const inWords = total.dong < 0n ? undefined : `${paperWords('fact inWords', 'vi')}: ${amountInWords(total)}`;
  makeRoom(paper, 150);
  paper.y += 8;
  writeLine(paper, `${paperWords('fact total', 'vi')}: ${figures(total)} đồng (${rowCount} dòng)`, { size: 10, isBold: true });
  if (inWords) writeLine(paper, inWords, plain);
  paper.y += 10;
  writeLine(paper, dayInWords(dayOf(at)), { ...plain, align: 'right' });
  const width = paper.width / frame.signers.length;
  const { y } = paper;
  frame.signers.forEach((signer, place) => {
    const x = paper.left + place * width;
    const height = writeAt(paper, paperWords(`signer ${signer}`, 'vi'), x, y, width, { size: 9, isBold: true, align: 'center' });
    writeAt(paper, '(Ký, ghi rõ họ tên)', x, y + height, width, { size: 8, color: muted, align: 'center' });
  });
  paper.y = y + 80;
}

function numberSheets({ doc, left, width }: Paper): void {
  const { count } = doc.bufferedPageRange();
  for (let sheet = 0; sheet < count; sheet++) {
    doc.switchToPage(sheet);
    doc.font('regular').fontSize(7).fillColor(muted);
    doc.text(`Trang ${sheet + 1}/${count}`, left + width / 2, doc.page.height - margin + 4, { width: width / 2, align: 'right' });
  }
}
