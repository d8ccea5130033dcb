// The addresses of the citizen's page: whoever has its link needs nothing else.
import type { Express } from 'express';
import type { Context } from '../context';
import { showBack, showPayPage, showPayPanel, showPayReceipt, takePayOnline } from './payPage';
import { takeTap } from './payTap';
import { openForm, openScreen } from './screen';

export function mountPay(app: Express, ctx: Context): void {
  app.get('/pay/:token', openScreen(ctx, showPayPage));
  app.get('/pay/:token/panel', openScreen(ctx, showPayPanel));
  app.get('/pay/:token/back', openScreen(ctx, showBack));
  app.post('/pay/:token/sessions', openForm(ctx, takePayOnline));
  app.post('/pay/:token/satisfaction', openForm(ctx, takeTap));
  app.get('/pay/:token/receipts/:code', openScreen(ctx, showPayReceipt));
}
