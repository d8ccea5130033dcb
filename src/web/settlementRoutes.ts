// The addresses of gateways' settlements.
import type { Express } from 'express';
import { maxSettlementBytes } from '../actions/keepSettlement';
import type { Context } from '../context';
import { officerForm, officerScreen } from './screen';
import { showSettlement, takePayoutDecision } from './settlement';
import { takeCarry } from './settlementCarry';
import { showOwed } from './settlementOwed';
import { showSettlements, takeSettlementFile } from './settlements';
import { officerUpload, type ReadBytes } from './upload';

export function mountSettlements(app: Express, ctx: Context): void {
  app.get('/settlements', officerScreen(ctx, showSettlements));
  app.get('/settlements/owed/:provider', officerScreen(ctx, showOwed));
  app.get('/settlements/:id', officerScreen(ctx, showSettlement));
  app.post('/settlements/:id', officerForm(ctx, takePayoutDecision));
  app.post(['/settlements/:id/carry', '/settlements/:id/carry-back'], officerForm(ctx, takeCarry));
}

/** The form whose file is larger than other bodies; mounted before those are read. */
export function mountSettlementUploads(app: Express, ctx: Context, readBytes: ReadBytes): void {
  app.post('/settlements', officerUpload(ctx, readBytes, maxSettlementBytes, takeSettlementFile));
}
