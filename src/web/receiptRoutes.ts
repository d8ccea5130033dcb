// The addresses of receipts: the list, one with its files and copies, and the public page by which anybody verifies one.
import type { Express } from 'express';
import type { Context } from '../context';
import { showReceipt } from './receipt';
import { takeCorrection } from './receiptActs';
import { maxReceiptFileBytes } from '../actions/checkReceiptFile';
import { takeReceiptFile } from './receiptFileCheck';
import { showCopyPdf, showPublicPdf, showPublicXml, showReceiptPdf, showReceiptXml, takePrint } from './receiptFiles';
import { showLookupForm, showPublicReceipt } from './receiptLookup';
import { showQueue, takePretendProvider, takeSendAgain } from './receiptQueue';
import { showReceipts } from './receipts';
import { takeCertificate, takeCollector } from './receiptSettings';
import { showSummary, showSummaryCsv } from './receiptSummary';
import { officerForm, officerScreen, openScreen } from './screen';
import { openUpload, type ReadBytes } from './upload';

export function mountReceipts(app: Express, ctx: Context): void {
  app.get('/receipts', officerScreen(ctx, showReceipts));
  app.get('/receipts/summary', officerScreen(ctx, showSummary));
  app.get('/receipts/summary.csv', officerScreen(ctx, showSummaryCsv));
  app.get('/receipts/queue', officerScreen(ctx, showQueue));
  app.post('/receipts/queue', officerForm(ctx, takeSendAgain));
  app.post('/receipts/pretend-provider', officerForm(ctx, takePretendProvider));
  app.post('/receipts/collector', officerForm(ctx, takeCollector));
  app.post('/receipts/certificate', officerForm(ctx, takeCertificate));
  app.get('/receipts/:number', officerScreen(ctx, showReceipt));
  app.post('/receipts/:number', officerForm(ctx, takeCorrection));
  app.get('/receipts/:number/pdf', officerScreen(ctx, showReceiptPdf));
  app.get('/receipts/:number/xml', officerScreen(ctx, showReceiptXml));
  app.post('/receipts/:number/copies', officerForm(ctx, takePrint));
  app.get('/receipts/:number/copies/:print', officerScreen(ctx, showCopyPdf));
  app.get('/receipt', openScreen(ctx, showLookupForm));
  app.get('/receipt/:code', openScreen(ctx, showPublicReceipt));
  app.get('/receipt/:code/pdf', openScreen(ctx, showPublicPdf));
  app.get('/receipt/:code/xml', openScreen(ctx, showPublicXml));
}

/** A citizen's file is larger than other bodies; mounted before those are read. */
export function mountReceiptUploads(app: Express, ctx: Context, readBytes: ReadBytes): void {
  app.post('/receipt', openUpload(ctx, readBytes, maxReceiptFileBytes, takeReceiptFile));
}
