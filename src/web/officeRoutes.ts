// The addresses of the screens around the counter: explaining, unidentified money and its transactions, ratios, officers, set-up, and the demo's bank.
import type { Express } from 'express';
import type { Context } from '../context';
import { showDossier } from './dossier';
import { takeDossierCode, takeTaxNotice, takeWithdrawal } from './dossierActs';
import { showObligation } from './obligation';
import { showOfficers, takeCounter, takeOfficer } from './officers';
import { showPretendBank, takePretendPayment } from './pretendBank';
import { showPretendBook, takePretendMovement } from './pretendBook';
import { showPretendStatement } from './pretendStatement';
import { showRatioBoard } from './ratioBoard';
import { showRatioMembers } from './ratioMembers';
import { officerForm, officerScreen, openForm, openScreen } from './screen';
import { showSetup, takeSetup } from './setup';
import { showTransaction } from './transaction';
import { takeDecision } from './transactionActs';
import { showSources, takeFeed, takeRetirement, takeSecret } from './sources';
import { showUnmatched } from './unmatched';
import { takeSeen } from './unmatchedSeen';

export function mountOffice(app: Express, ctx: Context): void {
  app.get('/obligations/:id', officerScreen(ctx, showObligation));
  app.get('/dossiers/:code', officerScreen(ctx, showDossier));
  app.post('/dossiers/:code/tax-notices', officerForm(ctx, takeTaxNotice));
  app.post('/dossiers/:code/codes', officerForm(ctx, takeDossierCode));
  app.post('/dossiers/:code/withdrawals', officerForm(ctx, takeWithdrawal));
  app.get('/unmatched', officerScreen(ctx, showUnmatched));
  app.post('/unmatched/seen', officerForm(ctx, takeSeen));
  app.get('/transactions/:id', officerScreen(ctx, showTransaction));
  app.post('/transactions/:id', officerForm(ctx, takeDecision));
  app.get('/ratios', officerScreen(ctx, showRatioBoard));
  app.get('/ratios/members', officerScreen(ctx, showRatioMembers));
  app.get('/officers', officerScreen(ctx, showOfficers));
  app.post('/officers', officerForm(ctx, takeOfficer));
  app.post('/officers/counters', officerForm(ctx, takeCounter));
  app.get('/sources', officerScreen(ctx, showSources));
  app.post('/sources/feed', officerForm(ctx, takeFeed));
  app.post('/sources/secret', officerForm(ctx, takeSecret));
  app.post('/sources/secret/retire', officerForm(ctx, takeRetirement));
  app.get('/setup/:token', openScreen(ctx, showSetup));
  app.post('/setup/:token', openForm(ctx, takeSetup));
  if (ctx.config.mode !== 'demo') return;
  app.get('/pretend-bank', openScreen(ctx, showPretendBank));
  app.post('/pretend-bank', openForm(ctx, takePretendPayment));
  app.get('/pretend-bank/book', openScreen(ctx, showPretendBook));
  app.post('/pretend-bank/book', openForm(ctx, takePretendMovement));
  app.get('/pretend-bank/statement', openScreen(ctx, showPretendStatement));
}
