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
import { lettersOf, linesOf, type Letters, type PlacedText } from './plainText';

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
const small: Writing = { size: 7, color: muted };
/** As wide as a number of sheets may be. */
const countWidth = 22;
const rowsBetweenTurns = 20;
/** A row that is higher goes on below itself, so that none is higher than a sheet. */
const mostLinesAtOnce = 30;
/** Of papers that are agreed on by two sides. Decree 30/2020/NĐ-CP, Appendix I. */
const withNationalTitle = ['minutes'];

/** Each sheet is finished before the next one is begun, so that a long paper neither stands in memory nor holds others up at its end. */
export async function* paperPdf(source: PaperSource, printed: Printed): AsyncGenerator<Uint8Array> {
  const paper = openSheets(source, printed);
  drawHead(paper, source);
  const widths = widthsOf(paper, source.frame.columns);
  drawTableHead(paper, source.frame.columns, widths);
  await turn();
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
  writeSheetCount(paper);
  await turn();
  paper.doc.end();
  for await (const part of paper.doc) yield Buffer.from(part);
}

interface Sheets extends Paper {
  sheets: number;
  /** What every sheet shows, and only the last one knows: how many there are. */
  sheetCount: PDFKit.PDFKitReference;
  regular: Letters;
  bold: Letters;
}

function openSheets({ frame }: PaperSource, printed: Printed): Sheets {
  const at = new Date(epochMsOf(printed.at));
  const doc = new PDFDocument({
    size: 'A4',
    layout: frame.columns.length > 7 ? 'landscape' : 'portrait',
    margins: { top: margin, left: margin, right: margin, bottom: 0 },
    lang: 'vi-VN',
    displayTitle: true,
    font: fonts.regular,
    info: { Title: paperTitle(frame.kind, 'vi'), Creator: 'counter-fees', Producer: 'counter-fees', CreationDate: at, ModDate: at },
  });
  for (const [name, path] of Object.entries(fonts)) doc.registerFont(name, path);
  const { width, height } = doc.page;
  const sheets: Sheets = {
    doc,
    y: margin,
    left: margin,
    width: width - 2 * margin,
    bottom: height - margin - footHeight + margin / 2,
    ground: () => drawGround(sheets, printed),
    sheets: 0,
    sheetCount: doc.ref({ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, countWidth, margin / 2] }),
    regular: lettersOf(doc, 'regular'),
    bold: lettersOf(doc, 'bold'),
  };
  sheets.ground(sheets);
  return sheets;
}

/** Who printed it and when, and which of how many sheets this is. */
function drawGround(paper: Sheets, { at, by }: Printed): void {
  const { doc, left, width, regular } = paper;
  const y = doc.page.height - margin + 4;
  writeAt(paper, `In lúc ${inDateTime(at)}, người in: ${by}`, left, y, width / 2, small);
  const number = `Trang ${++paper.sheets}/`;
  const end = left + width - countWidth;
  write(paper, regular, small.size, [{ text: number, x: end - regular.widthOf(number) * small.size, y }]);
  doc.page.xobjects['SheetCount'] = paper.sheetCount;
  doc.addContent(`q 1 0 0 1 ${end} ${y} cm /SheetCount Do Q`);
}

function writeSheetCount({ sheetCount, sheets, regular }: Sheets): void {
  Object.assign(sheetCount.data, { Resources: { Font: regular.fonts } });
  sheetCount.end(regular.set(small.size, [{ text: String(sheets), x: 0, y: 0 }]));
}

function write({ doc }: Paper, letters: Letters, size: number, texts: readonly PlacedText[]): void {
  Object.assign(doc.page.fonts, letters.fonts);
  doc.addContent(letters.set(size, texts));
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
  const most = Math.max(1, ...lines.map(({ length }) => length));
  for (let from = 0; from < most; from += mostLinesAtOnce) {
    const part = lines.map((texts) => texts.slice(from, from + mostLinesAtOnce));
    makeTableRoom(paper, columns, widths, heightOfLines(part, writing));
    drawCells(paper, part, widths, writing, (place) => alignOf(columns[place]?.kind ?? 'text'));
  }
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
  const placed: PlacedText[] = [];
  let left = paper.left;
  lines.forEach((texts, place) => {
    const width = widths[place] ?? 0;
    const way = align(place);
    texts.forEach((text, row) => {
      const room = way === 'left' ? 0 : width - 2 * padding - letters.widthOf(text) * size;
      placed.push({ text, x: left + padding + (way === 'center' ? room / 2 : room), y: y + padding + row * size * lineHeight });
    });
    left += width;
  });
  doc.fillColor(ink);
  write(paper, letters, size, placed);
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
