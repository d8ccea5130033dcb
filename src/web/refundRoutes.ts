// The addresses of refunds, of who may approve them, of the files of transfers, of money without a home, and of explaining money that left.
import type { Express } from 'express';
import type { Context } from '../context';
import { showDispositions, takeDispositionOwner } from './dispositions';
import {
  takeRefundApproval,
  takeRefundConfirmation,
  takeRefundFailure,
  takeRefundPayee,
  takeRefundRefusal,
  takeRefundSending,
  takeRefundTakingBack,
} from './refundActs';
import { showRefundFile, showRefundFiles, showTransfers, takeFileConfirmation, takeFileTakingBack, takeRefundExport } from './refundFiles';
import { showRefund } from './refundPage';
import { showRefundOrder, showTraceLetter } from './refundPapers';
import { showRefundRights } from './refundRights';
import { takeDelegation, takeDelegationEnd, takeRefundLimit } from './refundRightsActs';
import { showRefunds } from './refunds';
import { officerForm, officerScreen } from './screen';
import { takeExplanation, takeExplanationBack } from './transactionExplain';

export function mountRefunds(app: Express, ctx: Context): void {
  app.get('/refunds', officerScreen(ctx, showRefunds));
  app.get('/refunds/files', officerScreen(ctx, showRefundFiles));
  app.post('/refunds/files', officerForm(ctx, takeRefundExport));
  app.get('/refunds/files/:id', officerScreen(ctx, showRefundFile));
  app.post('/refunds/files/:id', officerForm(ctx, takeFileConfirmation));
  app.get('/refunds/files/:id/take-back', officerScreen(ctx, showRefundFile)); // where a refusal was shown, and is loaded again
  app.post('/refunds/files/:id/take-back', officerForm(ctx, takeFileTakingBack));
  app.get('/refunds/files/:id/transfers.csv', officerScreen(ctx, showTransfers));
  app.get('/refunds/files/:id/transfers.xlsx', officerScreen(ctx, showTransfers));
  app.get('/refunds/rights', officerScreen(ctx, showRefundRights));
  app.post('/refunds/rights/limit', officerForm(ctx, takeRefundLimit));
  app.post('/refunds/rights/delegate', officerForm(ctx, takeDelegation));
  app.post('/refunds/rights/:id/end', officerForm(ctx, takeDelegationEnd));
  app.get('/refunds/:id', officerScreen(ctx, showRefund));
  app.get('/refunds/:id/order.pdf', officerScreen(ctx, showRefundOrder));
  app.post('/refunds/:id/prepare', officerForm(ctx, takeRefundPayee));
  app.post('/refunds/:id/approve', officerForm(ctx, takeRefundApproval));
  app.post('/refunds/:id/refuse', officerForm(ctx, takeRefundRefusal));
  app.post('/refunds/:id/send', officerForm(ctx, takeRefundSending));
  app.post('/refunds/:id/confirm', officerForm(ctx, takeRefundConfirmation));
  app.post('/refunds/:id/take_back', officerForm(ctx, takeRefundTakingBack));
  app.post('/refunds/:id/fail', officerForm(ctx, takeRefundFailure));
  app.get('/dispositions', officerScreen(ctx, showDispositions));
  app.post('/dispositions/:id/owner', officerForm(ctx, takeDispositionOwner));
  app.get('/dispositions/:id/letter.pdf', officerScreen(ctx, showTraceLetter));
  app.post('/transactions/:id/explain', officerForm(ctx, takeExplanation));
  app.post('/transactions/:id/take-back', officerForm(ctx, takeExplanationBack));
}
