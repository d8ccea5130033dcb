// The addresses of papers: the choice of one, each as a screen and a file, and those that are written in the background.
import type { Express } from 'express';
import type { Context } from '../context';
import { sendExport, showPaperFile, takeExport, takeExportEnd } from './paperFiles';
import { showExport, showPapers } from './papers';
import { showPaper } from './paperScreen';
import { officerForm, officerScreen } from './screen';

export function mountPapers(app: Express, ctx: Context): void {
  app.get('/papers', officerScreen(ctx, showPapers));
  app.get('/papers/exports/:id', officerScreen(ctx, showExport));
  app.get('/papers/exports/:id/file', sendExport(ctx));
  app.post('/papers/exports/:id/cancel', officerForm(ctx, takeExportEnd));
  app.get('/papers/:kind.:form', officerScreen(ctx, showPaperFile));
  app.get('/papers/:kind', officerScreen(ctx, showPaper));
  app.post('/papers/:kind', officerForm(ctx, takeExport));
}
