// The addresses of closing a day, of the list of closes, and of the file by which they are checked.
import type { Express } from 'express';
import type { Context } from '../context';
import { sendCloses, showCloses } from './closes';
import { showClose, takeClose } from './dayClose';
import { officerForm, officerScreen } from './screen';

export function mountDayCloses(app: Express, ctx: Context): void {
  app.get('/days/:account/:day/close', officerScreen(ctx, showClose));
  app.post('/days/:account/:day/close', officerForm(ctx, takeClose));
  app.get('/closes', officerScreen(ctx, showCloses));
  app.get('/closes/export.json', sendCloses(ctx));
}
