// The addresses of the published fees: for everybody, and for those who see to it that nothing is missing.
import type { Express } from 'express';
import type { Context } from '../context';
import { showFeeCompleteness } from './feeCompleteness';
import { showFeePoster } from './feePoster';
import { showPublicFee } from './publicFee';
import { showPublicFees } from './publicFees';
import { officerScreen, openScreen } from './screen';

export function mountFees(app: Express, ctx: Context): void {
  app.get('/fees', openScreen(ctx, showPublicFees));
  app.get('/fees/:code', openScreen(ctx, showPublicFee));
  app.get('/fees/:code/poster', openScreen(ctx, showFeePoster));
  app.get('/fee-publication', officerScreen(ctx, showFeeCompleteness));
}
