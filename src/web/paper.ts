// A sheet of paper to write a document on: A5, our own fonts, a pen that knows how far down it is, and the same bytes for the same content.
import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';
import { asWritten } from '../domain/receiptXml';
import { epochMsOf, type Instant } from '../domain/time';

const fonts = {
  regular: require.resolve('@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/be-vietnam-pro/700Bold/BeVietnamPro_700Bold.ttf'),
} as const;

export const ink = '#1b1f24';
export const muted = '#57606a';
export const faint = '#d8dee4';
export const wash = '#f6f8fa';

const margin = 32;

export interface Paper {
  doc: PDFKit.PDFDocument;
  /** Where the next part begins. */
  y: number;
  left: number;
  width: number;
  /** Nothing is written below. */
  bottom: number;
  /** Drawn on every sheet before anything else. */
  ground: (paper: Paper) => void;
}

export interface Writing {
  size: number;
  isBold?: boolean;
  color?: string;
  align?: 'left' | 'center' | 'right';
  link?: string;
}

/** A first sheet. PDF/A-2b, so that it still opens when the years for which receipts are kept are over. */
export function openPaper(title: string, writtenAt: Instant, ground: (paper: Paper) => void): Paper {
  const at = new Date(epochMsOf(writtenAt));
  const doc = new PDFDocument({
    size: 'A5',
    margins: { top: margin, left: margin, right: margin, bottom: 0 },
    subset: 'PDF/A-2b',
    pdfVersion: '1.7',
    lang: 'vi-VN',
    displayTitle: true,
    font: fonts.regular,
    bufferPages: true,
    info: { Title: title, Creator: 'counter-fees', Producer: 'counter-fees', CreationDate: at, ModDate: at },
  });
  for (const [name, path] of Object.entries(fonts)) doc.registerFont(name, path);
  const { width, height } = doc.page;
  const paper = { doc, y: margin, left: margin, width: width - 2 * margin, bottom: height - margin, ground };
  ground(paper);
  return paper;
}

/** Goes on with a new sheet unless `height` points are left on this one; says whether it did. */
export function makeRoom(paper: Paper, height: number): boolean {
  if (paper.y + height <= paper.bottom) return false;
  paper.doc.addPage();
  paper.y = margin;
  paper.ground(paper);
  return true;
}

/** Writes at a place without moving the pen; returns how high the text became. */
export function writeAt({ doc }: Paper, text: string, x: number, y: number, width: number, writing: Writing): number {
  const { size, isBold = false, color = ink, align = 'left', link } = writing;
  doc
    .font(isBold ? 'bold' : 'regular')
    .fontSize(size)
    .fillColor(color);
  doc.text(shown(text), x, y, { width, align, lineGap: gapOf(size), ...(link ? { link } : {}) });
  return doc.y - y;
}

/** How high a text will become. */
export function heightOf({ doc }: Paper, text: string, width: number, { size, isBold = false }: Writing): number {
  doc.font(isBold ? 'bold' : 'regular').fontSize(size);
  return doc.heightOfString(shown(text), { width, lineGap: gapOf(size) });
}

/** Writes across the sheet and moves the pen below it. */
export function writeLine(paper: Paper, text: string, writing: Writing): void {
  makeRoom(paper, heightOf(paper, text, paper.width, writing));
  paper.y += writeAt(paper, text, paper.left, paper.y, paper.width, writing);
}

export function rule({ doc, left, width }: Paper, y: number, color = faint): void {
  doc
    .lineWidth(0.6)
    .strokeColor(color)
    .moveTo(left, y)
    .lineTo(left + width, y)
    .stroke();
}

/** A QR code, `size` points wide without its quiet zone: one path, so that no viewer draws seams between its modules. */
export function drawCode({ doc }: Paper, text: string, x: number, y: number, size: number): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const side = size / modules.size;
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column)) doc.rect(x + column * side, y + row * side, side, side);
    }
  }
  doc.fill('#000000');
}

/** The whole document, when the last thing is written. */
export async function closePaper({ doc }: Paper): Promise<Buffer> {
  const parts: Buffer[] = [];
  doc.end();
  for await (const part of doc) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

/** The font holds composed letters only. */
const shown = (text: string): string => asWritten(text).normalize('NFC');

/** The letters of Be Vietnam Pro stand high; lines need little more. */
const gapOf = (size: number): number => size * 0.08;
