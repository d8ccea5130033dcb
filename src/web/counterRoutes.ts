// The addresses of the counter: its page, the fragments that keep it fresh, its acts, the slip, the display and the QR pictures.
import type { Express } from 'express';
import type { Context } from '../context';
import { showBasketForm, takeBasket } from './basket';
import { showCounter, showFees, showPanel, showProcedures, showToday, takeFind, takePreview } from './counter';
import { takeCancel, takeCashHere, takeIssue, takeRenew } from './counterActs';
import { showCounterChoice } from './counterChoice';
import { showDisplay, showDisplayPanel } from './customerDisplay';
import { takeRevokePayPage } from './payLink';
import { pngPicture, svgPicture } from './paymentPictures';
import { officerForm, officerScreen, openScreen } from './screen';
import { showSlip } from './slip';

export function mountCounter(app: Express, ctx: Context): void {
  app.get('/counter', officerScreen(ctx, showCounter));
  app.post('/counter', officerForm(ctx, takeIssue));
  app.get('/counter/choose', officerScreen(ctx, showCounterChoice));
  app.get('/counter/panel', officerScreen(ctx, showPanel));
  app.get('/counter/today', officerScreen(ctx, showToday));
  app.get('/counter/procedures', officerScreen(ctx, showProcedures));
  app.get('/counter/fees', officerScreen(ctx, showFees));
  app.get(
    '/counter/find',
    officerScreen(ctx, async () => ({ redirect: '/counter' })),
  );
  app.post('/counter/find', officerForm(ctx, takeFind));
  app.post('/counter/preview', officerForm(ctx, takePreview));
  app.post('/counter/cash', officerForm(ctx, takeCashHere));
  app.post('/counter/cancel', officerForm(ctx, takeCancel));
  app.post('/counter/renew', officerForm(ctx, takeRenew));
  app.get('/obligations/:id/slip', officerScreen(ctx, showSlip));
  app.post('/obligations/:id/pay-page/revoke', officerForm(ctx, takeRevokePayPage));
  app.get('/baskets', officerScreen(ctx, showBasketForm));
  app.post('/baskets', officerForm(ctx, takeBasket));
  app.get('/display/:token', openScreen(ctx, showDisplay));
  app.get('/display/:token/panel', openScreen(ctx, showDisplayPanel));
  app.get('/payment-requests/:id.svg', svgPicture(ctx));
  app.get('/payment-requests/:id.png', pngPicture(ctx));
}
