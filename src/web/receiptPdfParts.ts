// The parts of a receipt on paper from its head to its total.
import { amountInWords } from '../domain/amountInWords';
import type { Money } from '../domain/money';
import type { ReceiptContent, ReceiptLine } from '../domain/receipt';
import { numberText } from '../domain/receiptSymbol';
import { dayInWords, methodsInWords, nameInWords, receiptTitles } from '../domain/receiptWords';
import { dayOf } from '../domain/time';
import { inDate, inDong } from './format';
import { faint, heightOf, makeRoom, muted, rule, wash, writeAt, writeLine, type Paper, type Writing } from './paper';

/** What the law asks for is written in this size or larger. */
export const plain: Writing = { size: 9 };
const strong: Writing = { size: 9, isBold: true };
/** What it does not ask for is written smaller. */
const extra: Writing = { size: 8.5 };
const small: Writing = { size: 8, color: muted };
const warning = '#b42318';
const labelWidth = 88;

/** Who collects, what the receipt is called, and when it was issued. */
export function drawHead(paper: Paper, content: ReceiptContent, marks: readonly string[]): void {
  const nameWidth = 118;
  const left = drawCollector(paper, content.collector, paper.width - nameWidth - 16);
  const right = drawName(paper, content, nameWidth, marks);
  paper.y = Math.max(left, right) + 10;
  rule(paper, paper.y);
  paper.y += 16;
  writeLine(paper, receiptTitles[content.kind].toLocaleUpperCase('vi'), { size: 17, isBold: true, align: 'center' });
  writeLine(paper, '(Biên lai điện tử, không in sẵn mệnh giá)', { ...small, align: 'center' });
  paper.y += 3;
  writeLine(paper, dayInWords(dayOf(content.issuedAt)), { ...plain, align: 'center' });
  paper.y += 14;
}

function drawCollector(paper: Paper, { name, taxCode, unit }: ReceiptContent['collector'], width: number): number {
  let { y } = paper;
  y += writeAt(paper, name, paper.left, y, width, { size: 10, isBold: true });
  y += writeAt(paper, `Mã số thuế: ${taxCode}`, paper.left, y + 2, width, plain) + 2;
  return unit === name ? y : y + writeAt(paper, `Đơn vị thu: ${unit}`, paper.left, y + 2, width, extra) + 2;
}

function drawName(paper: Paper, { template, symbol, number }: ReceiptContent, width: number, marks: readonly string[]): number {
  const x = paper.left + paper.width - width;
  const fields = { 'Ký hiệu mẫu': template, 'Ký hiệu': symbol, Số: numberText(number) };
  let { y } = paper;
  for (const [label, value] of Object.entries(fields)) {
    writeAt(paper, `${label}:`, x, y, width, { ...plain, color: muted });
    y += writeAt(paper, value, x + 60, y, width - 60, { ...strong, align: 'right' }) + 2;
  }
  for (const mark of marks) y = drawMark(paper, mark, x, y + 4, width);
  return y;
}

function drawMark(paper: Paper, mark: string, x: number, y: number, width: number): number {
  const height = 18;
  paper.doc.lineWidth(1).strokeColor(warning).roundedRect(x, y, width, height, 3).stroke();
  writeAt(paper, mark, x, y + 3, width, { ...strong, color: warning, align: 'center' });
  return y + height;
}

/** Whose dossier it is and how it was paid: the law does not ask for it. */
export function drawFacts(paper: Paper, content: ReceiptContent): void {
  const facts: [string, string | undefined][] = [
    ['Người nộp tiền', content.payerName],
    ['Mã hồ sơ', content.dossierCode],
    ['Mã nộp tiền', content.reference],
    ['Hình thức nộp', methodsInWords(content)],
  ];
  for (const [label, value] of facts) {
    if (value === undefined) continue;
    const width = paper.width - labelWidth;
    makeRoom(paper, heightOf(paper, value, width, extra));
    writeAt(paper, label, paper.left, paper.y, labelWidth, { ...extra, color: muted });
    paper.y += writeAt(paper, value, paper.left + labelWidth, paper.y, width, extra) + 3;
  }
  paper.y += 9;
}

const columns = { place: 32, quantity: 52, amount: 88, padding: 5 } as const;

type Cells = readonly [place: string, name: string, quantity: string, amount: string];

/** Each fee with its amount, in words too where there are several; a new sheet begins with the head of the table again. */
export function drawLines(paper: Paper, { lines }: ReceiptContent): void {
  drawTableHead(paper);
  lines.forEach((line, place) => {
    const words = lines.length > 1 ? amountInWords(line.amount) : '';
    const cells: Cells = [String(place + 1), line.name, quantityOf(line), figures(line.amount)];
    if (makeRoom(paper, rowHeight(paper, cells, words))) drawTableHead(paper);
    drawRow(paper, cells, plain, words);
  });
}

function drawTableHead(paper: Paper): void {
  const cells: Cells = ['STT', 'Khoản thu', 'Số lượng', 'Số tiền (đồng)'];
  const height = rowHeight(paper, cells, '');
  makeRoom(paper, 3 * height);
  paper.doc.rect(paper.left, paper.y, paper.width, height).fill(wash);
  drawRow(paper, cells, { ...strong, size: 8.5 }, '');
}

function drawRow(paper: Paper, cells: Cells, writing: Writing, words: string): void {
  const { left, width, y } = paper;
  const { place, quantity, amount, padding } = columns;
  const nameWidth = nameWidthOf(paper);
  const write = (text: string, x: number, cellWidth: number, align: Writing['align'] = 'center'): number =>
    writeAt(paper, text, x + padding, y + padding, cellWidth - 2 * padding, { ...writing, align });
  write(cells[0], left, place);
  const nameHeight = write(cells[1], left + place, nameWidth, 'left');
  write(cells[2], left + place + nameWidth, quantity);
  write(cells[3], left + width - amount, amount, 'right');
  if (words) writeAt(paper, words, left + place + padding, y + padding + nameHeight, nameWidth - 2 * padding, { ...plain, color: muted });
  paper.y = y + rowHeight(paper, cells, words);
  rule(paper, paper.y);
}

function rowHeight(paper: Paper, [, name]: Cells, words: string): number {
  const inner = nameWidthOf(paper) - 2 * columns.padding;
  return heightOf(paper, name, inner, plain) + (words ? heightOf(paper, words, inner, plain) : 0) + 2 * columns.padding;
}

const nameWidthOf = ({ width }: Paper): number => width - columns.place - columns.quantity - columns.amount;

/** What was paid altogether, in figures and in words. */
export function drawTotal(paper: Paper, { total }: ReceiptContent): void {
  const { padding } = columns;
  const x = paper.left + labelWidth;
  const width = paper.width - labelWidth - padding;
  const sum: Writing = { size: 12, isBold: true, align: 'right' };
  makeRoom(paper, 24 + heightOf(paper, figures(total), width, sum) + heightOf(paper, amountInWords(total), width, strong));
  paper.y += 8;
  writeAt(paper, 'Tổng cộng', paper.left + padding, paper.y + 2, labelWidth, strong);
  paper.y += writeAt(paper, `${figures(total)} đồng`, x, paper.y, width, sum) + 6;
  writeAt(paper, 'Bằng chữ', paper.left + padding, paper.y, labelWidth, { ...plain, color: muted });
  paper.y += writeAt(paper, amountInWords(total), x, paper.y, width, strong) + 12;
}

/** Which receipt this one stands in for, and why. */
export function drawReplaced(paper: Paper, replaced: NonNullable<ReceiptContent['replaces']>): void {
  const text = `Thay thế biên lai ${nameInWords(replaced)}, lập ngày ${inDate(replaced.issuedOn)}. Lý do: ${replaced.reason}`;
  const inner = paper.width - 10;
  const height = heightOf(paper, text, inner, plain);
  makeRoom(paper, height + 10);
  paper.doc.rect(paper.left, paper.y, 2.5, height).fill(faint);
  writeAt(paper, text, paper.left + 10, paper.y, inner, plain);
  paper.y += height + 10;
}

/** `1.234.567` */
const figures = (amount: Money): string => inDong(amount).replace(/\D+$/, '');

const quantityOf = ({ quantity }: ReceiptLine): string => String(quantity).replace('.', ',');
