// The addresses of shifts, the cash book, deposits and remittances.
import type { Express } from 'express';
import type { Context } from '../context';
import { showCashBook } from './cashBookPage';
import { takeReturnAct } from './cashReturns';
import { showDeposit } from './deposit';
import { takeDeposit, takeDepositAttachment, takeDepositShortage, takeDepositShortageBack, takeDepositWithdrawal } from './depositActs';
import { showDeposits } from './deposits';
import { showRemittance } from './remittance';
import { takeDraft, takeRetention, takeRetentionDecision, takeSlipAct } from './remittanceActs';
import { showSlipPaper } from './remittancePaper';
import { showRemittances } from './remittances';
import { officerForm, officerScreen } from './screen';
import { showShift } from './shift';
import { takeDifferenceConfirmation, takeShiftClosing } from './shiftActs';
import { showShiftOpening, takeShiftOpening } from './shiftOpening';
import { showShifts } from './shifts';

export function mountCash(app: Express, ctx: Context): void {
  app.get('/shifts', officerScreen(ctx, showShifts));
  app.get('/shifts/:id', officerScreen(ctx, showShift));
  app.get('/counter/shift', officerScreen(ctx, showShiftOpening));
  app.post('/counter/shift', officerForm(ctx, takeShiftOpening));
  app.post('/shifts/:id/close', officerForm(ctx, takeShiftClosing));
  app.post('/shifts/:id/confirm', officerForm(ctx, takeDifferenceConfirmation));
  app.post('/cash-returns/:id/:act', officerForm(ctx, takeReturnAct));
  app.get('/cash-book', officerScreen(ctx, showCashBook));
  app.get('/deposits', officerScreen(ctx, showDeposits));
  app.post('/deposits', officerForm(ctx, takeDeposit));
  app.get('/deposits/:id', officerScreen(ctx, showDeposit));
  app.post('/deposits/:id/attach', officerForm(ctx, takeDepositAttachment));
  app.post('/deposits/:id/withdraw', officerForm(ctx, takeDepositWithdrawal));
  app.post('/deposits/:id/shortage', officerForm(ctx, takeDepositShortage));
  app.post('/deposits/:id/shortage/take-back', officerForm(ctx, takeDepositShortageBack));
  app.get('/remittances', officerScreen(ctx, showRemittances));
  app.post('/remittances', officerForm(ctx, takeDraft));
  app.get('/remittances/:id', officerScreen(ctx, showRemittance));
  app.get('/remittances/:id/slip.pdf', officerScreen(ctx, showSlipPaper));
  app.post('/remittances/:id/:act', officerForm(ctx, takeSlipAct));
  app.post('/retentions', officerForm(ctx, takeRetention));
  app.post('/retentions/:id/:act', officerForm(ctx, takeRetentionDecision));
}
