// The addresses of reconciling: the overview of days, what was carried, the search, one day, the rows behind its sums, and one difference.
import type { Express } from 'express';
import type { Context } from '../context';
import { showCarried } from './carried';
import { showDay } from './day';
import { takeRemark } from './dayActs';
import { showBook } from './dayBook';
import { showDifference } from './dayProof';
import { showDays } from './days';
import { showDaySearch } from './daySearch';
import { officerForm, officerScreen } from './screen';

export function mountDays(app: Express, ctx: Context): void {
  app.get('/days', officerScreen(ctx, showDays));
  app.get('/days/carried', officerScreen(ctx, showCarried));
  app.get('/days/search', officerScreen(ctx, showDaySearch));
  app.get('/days/:account/:day', officerScreen(ctx, showDay));
  app.get('/days/:account/:day/books/:book', officerScreen(ctx, showBook));
  app.get('/days/:account/:day/difference', officerScreen(ctx, showDifference));
  app.post('/days/:account/:day/notes', officerForm(ctx, takeRemark));
}
