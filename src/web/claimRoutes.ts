// The addresses of claims: the citizen's behind the link of a payment page, and those of the finance desk.
import type { Express } from 'express';
import type { Context } from '../context';
import { showClaim, takeClaim } from './claim';
import { takeClaimAnswer, takeClaimAttachment, takeClaimConfirmation, takeClaimReturn } from './claimActs';
import { showClaimDesk } from './claimDesk';
import { showClaims } from './claims';
import { officerForm, officerScreen, openForm, openScreen } from './screen';

export function mountClaims(app: Express, ctx: Context): void {
  app.get('/pay/:token/claim', openScreen(ctx, showClaim));
  app.post('/pay/:token/claim', openForm(ctx, takeClaim));
  app.get('/claims', officerScreen(ctx, showClaims));
  app.get('/claims/:id', officerScreen(ctx, showClaimDesk));
  app.post('/claims/:id/confirm', officerForm(ctx, takeClaimConfirmation));
  app.post('/claims/:id/attach', officerForm(ctx, takeClaimAttachment));
  app.post('/claims/:id/return', officerForm(ctx, takeClaimReturn));
  app.post('/claims/:id/answer', officerForm(ctx, takeClaimAnswer));
}
