// What makes a receipt on paper believable: who signed it and when, the code to verify it, and a loud mark where it was only tried out.
import { spacedLookupCode } from '../domain/lookupCode';
import type { ReceiptContent } from '../domain/receipt';
import { demoMark, type ReceiptSignature } from '../domain/receiptSignature';
import { dayOf } from '../domain/time';
import { inDate, inMoment } from './format';
import { drawCode, heightOf, muted, writeAt, type Paper, type Writing } from './paper';
import type { ReceiptPdfOptions } from './receiptPdf';
import { plain } from './receiptPdfParts';

const good = '#1a7f37';
const care = '#9a6700';
const careWash = '#fdf6e3';

const codeSize = 92;
const gap = 12;
const padding = 9;
const small: Writing = { size: 8 };
const strong: Writing = { size: 9, isBold: true };

/** Under all writing of a sheet; nothing on a real receipt. */
export function drawGround({ doc, left, width }: Paper, isDemo: boolean): void {
  if (!isDemo) return;
  const { width: sheetWidth, height } = doc.page;
  doc.rect(0, 0, sheetWidth, 18).fill(careWash);
  doc.font('bold').fontSize(8).fillColor(care);
  doc.text(`${demoMark} · ký bằng chứng thư dùng thử, không có giá trị pháp lý`, left, 4, { width, align: 'center' });
  doc
    .save()
    .rotate(-40, { origin: [sheetWidth / 2, height / 2] })
    .font('bold')
    .fontSize(58)
    .fillColor(care, 0.06);
  doc.text('DÙNG THỬ', 0, height / 2 - 36, { width: sheetWidth, align: 'center', lineBreak: false }).restore();
  doc.fillOpacity(1);
}

/** How much room the proof needs at the end of the last sheet. */
export function proofHeight(paper: Paper, content: ReceiptContent, { verificationUrl, signature }: ReceiptPdfOptions): number {
  const lines = lookupLines(content, verificationUrl).map(([text, writing]) => heightOf(paper, text, paper.width, writing));
  return blockHeight(paper, signature) + gap + lines.reduce((sum, height) => sum + height, 0);
}

/** From the pen down: the code on the left, the signature on the right, where to verify it below. */
export function drawProof(paper: Paper, content: ReceiptContent, options: ReceiptPdfOptions): void {
  const { doc, left, y } = paper;
  drawCode(paper, options.verificationUrl, left, y, codeSize);
  doc.link(left, y, codeSize, codeSize, options.verificationUrl);
  drawSignature(paper, options.signature);
  paper.y = y + blockHeight(paper, options.signature) + gap;
  for (const [text, writing] of lookupLines(content, options.verificationUrl)) {
    paper.y += writeAt(paper, text, left, paper.y, paper.width, writing);
  }
}

const lookupLines = ({ lookupCode }: ReceiptContent, url: string): [string, Writing][] => [
  [`Mã tra cứu: ${spacedLookupCode(lookupCode)}`, small],
  [`Quét mã hoặc mở ${url} để kiểm tra biên lai này.`, { ...small, color: muted, link: url }],
];

function drawSignature(paper: Paper, signature: ReceiptSignature): void {
  const x = paper.left + codeSize + gap;
  const width = paper.width - codeSize - gap;
  const height = blockHeight(paper, signature);
  const { doc, y } = paper;
  doc.lineWidth(0.8).strokeColor(good).roundedRect(x, y, width, height, 4).stroke();
  drawTick(doc, x + width - 22, y + 9);
  let at = y + padding;
  for (const [text, writing] of signatureLines(signature)) {
    at += writeAt(paper, text, x + padding, at, width - 2 * padding, writing) + 1.5;
  }
}

function signatureLines(signature: ReceiptSignature): [string, Writing][] {
  const { certificate, signedAt } = signature;
  const taxCode: [string, Writing][] = certificate.taxCode ? [[`Mã số thuế: ${certificate.taxCode}`, plain]] : [];
  return [
    ['Đã ký số', { ...strong, color: good }],
    [`Ký bởi ${certificate.signer}`, strong],
    ...taxCode,
    [`Thời điểm ký: ${inMoment(signedAt)}`, plain],
    [`Chứng thư: ${certificate.issuer}`, { ...small, color: muted }],
    [`Hiệu lực: ${inDate(dayOf(certificate.validFrom))} – ${inDate(dayOf(certificate.validTo))}`, { ...small, color: muted }],
  ];
}

function blockHeight(paper: Paper, signature: ReceiptSignature): number {
  const width = paper.width - codeSize - gap - 2 * padding;
  const written = signatureLines(signature).reduce((sum, [text, writing]) => sum + heightOf(paper, text, width, writing) + 1.5, 0);
  return Math.max(codeSize, written + 2 * padding);
}

const drawTick = (doc: PDFKit.PDFDocument, x: number, y: number): void => {
  doc
    .lineWidth(2)
    .strokeColor(good)
    .moveTo(x, y + 5)
    .lineTo(x + 4, y + 9)
    .lineTo(x + 12, y)
    .stroke();
};
