// The addresses of finding a payment without signing in, and the outbox of the demo.
import type { Express } from 'express';
import type { Context } from '../context';
import { showFind, showFindAgain, showFound, takeFind, takeFindClose, takeFindCode } from './findPage';
import { showOutbox } from './outbox';
import { openForm, openScreen } from './screen';

export function mountFind(app: Express, ctx: Context): void {
  app.get('/find', openScreen(ctx, showFind));
  app.post('/find', openForm(ctx, takeFind));
  app.get('/find/code', openScreen(ctx, showFindAgain));
  app.post('/find/code', openForm(ctx, takeFindCode));
  app.get('/find/dossier', openScreen(ctx, showFound));
  app.post('/find/close', openForm(ctx, takeFindClose));
  if (ctx.config.mode !== 'demo') return;
  app.get('/outbox', openScreen(ctx, showOutbox));
}
