// A receipt on paper: an A5 sheet with every field that the law asks for, its signature, and a code that leads to its verification.
import { setImmediate as turn } from 'node:timers/promises';
import type { ReceiptContent } from '../domain/receipt';
import { receiptNameOf } from '../domain/receiptName';
import type { ReceiptSignature } from '../domain/receiptSignature';
import { closePaper, makeRoom, openPaper, writeAt, type Paper } from './paper';
import { drawHead, drawFacts, drawLines, drawReplaced, drawTotal } from './receiptPdfParts';
import { drawGround, drawProof, proofHeight } from './receiptPdfProof';

export interface ReceiptPdfOptions {
  /** The public page on which anybody can verify this receipt. */
  verificationUrl: string;
  /** Before it is signed it is no receipt, and there is no paper. */
  signature: ReceiptSignature;
  /** A reprint is marked `BẢN SAO`. */
  isCopy?: boolean;
  /** What stands on a receipt that does not stand any more. */
  mark?: string | undefined;
}

/** Nothing stands so near above the code that a phone could not tell where it ends. */
const quietZone = 10;

/**
 * The receipt as a PDF, A5, with its fonts in it. What the law does not ask for is nowhere larger than what it does ask for. The same
 * arguments give the same bytes. Fonts are slow to read and to set: between the parts others have their turn.
 */
export async function receiptPdf(content: ReceiptContent, options: ReceiptPdfOptions): Promise<Buffer> {
  const { isDemo } = options.signature.certificate;
  const paper = openPaper(`Biên lai ${receiptNameOf(content)}`, content.issuedAt, (sheet) => drawGround(sheet, isDemo));
  drawHead(paper, content, [...(options.isCopy ? ['BẢN SAO'] : []), ...(options.mark ? [options.mark] : [])]);
  await turn();
  drawFacts(paper, content);
  drawLines(paper, content);
  await turn();
  drawTotal(paper, content);
  if (content.replaces) drawReplaced(paper, content.replaces);
  const height = proofHeight(paper, content, options);
  makeRoom(paper, height + quietZone);
  paper.y = paper.bottom - height;
  drawProof(paper, content, options);
  numberSheets(paper, content);
  await turn();
  return closePaper(paper);
}

/** A receipt of several sheets says on each which one it is. */
function numberSheets(paper: Paper, content: ReceiptContent): void {
  const { count } = paper.doc.bufferedPageRange();
  for (let sheet = 0; count > 1 && sheet < count; sheet++) {
    paper.doc.switchToPage(sheet);
    const text = `Biên lai ${receiptNameOf(content)} · trang ${sheet + 1}/${count}`;
    writeAt(paper, text, paper.left, paper.bottom + 8, paper.width, { size: 7.5, align: 'center' });
  }
}
