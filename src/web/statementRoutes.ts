// The addresses of the bank's statements.
import type { Express } from 'express';
import type { Context } from '../context';
import { arrivingForm, boundaryIn, FormBroken } from '../domain/multipart';
import { Problem } from '../problems';
import { askToSignIn, officerForm, officerScreen, officerVisit, send } from './screen';
import { demandOwnForm, signedInAt } from './session';
import { showStatement, takeStatementCancel, takeStatementResend } from './statement';
import { takeLineDecision, takeLineUndo } from './statementHeld';
import { showStatementLayout, takeStatementLayout } from './statementLayout';
import { showStatementLines } from './statementLines';
import { showStatements, takeStatement } from './statements';

export function mountStatements(app: Express, ctx: Context): void {
  app.get('/statements', officerScreen(ctx, showStatements));
  app.get('/statements/:id', officerScreen(ctx, showStatement));
  app.get('/statements/:id/lines', officerScreen(ctx, showStatementLines));
  app.post('/statements/:id/cancel', officerForm(ctx, takeStatementCancel));
  app.post('/statements/:id/resend', officerForm(ctx, takeStatementResend));
  app.get('/statements/:id/layout', officerScreen(ctx, showStatementLayout));
  app.post('/statements/:id/layout', officerForm(ctx, takeStatementLayout));
  app.post('/statement-lines/:line/decide', officerForm(ctx, takeLineDecision));
  app.post('/statement-lines/:line/undo', officerForm(ctx, takeLineUndo));
}

/** A file may be large: it is kept piece by piece as it arrives, once it is known who sends it; mounted before other bodies are read. */
export function mountStatementUploads(app: Express, ctx: Context): void {
  app.post('/statements', async (req, res) => {
    const signedIn = await signedInAt(ctx, req);
    if (!signedIn) return send(res, askToSignIn(req));
    const boundary = boundaryIn(req.get('content-type'));
    if (boundary === undefined) throw new Problem('request_invalid', 'multipart/form-data');
    try {
      const { fields, file } = await arrivingForm(req.iterator({ destroyOnReturn: false }), boundary);
      demandOwnForm(req, signedIn, fields);
      if (!file) throw new Problem('request_invalid', 'file');
      send(res, await takeStatement(officerVisit(ctx, req, res, signedIn), fields, file));
    } catch (error) {
      throw error instanceof FormBroken ? new Problem('request_invalid', 'multipart/form-data') : error;
    }
  });
}
