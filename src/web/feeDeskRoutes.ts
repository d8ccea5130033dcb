// The addresses of the desk where fees are kept: the schedule, drafts and their approval, and catalogues.
import type { Express } from 'express';
import { maxCatalogueBytes } from '../actions/keepCatalogue';
import type { Context } from '../context';
import { showFeeDraft, takeFeeDraft } from './feeDraftPage';
import { showFeeHistory } from './feeHistory';
import { showFeeImport, showFeeImports, takeFeeCatalogue, takeFeeImportDrafts } from './feeImport';
import { showFeeSchedule } from './feeSchedule';
import { showFeeVersion, takeFeeDecision } from './feeVersionPage';
import { officerForm, officerScreen } from './screen';
import { officerUpload, type ReadBytes } from './upload';

export function mountFeeDesk(app: Express, ctx: Context): void {
  app.get('/fee-schedule', officerScreen(ctx, showFeeSchedule));
  app.get('/fee-schedule/fees/:id', officerScreen(ctx, showFeeHistory));
  app.get('/fee-schedule/draft', officerScreen(ctx, showFeeDraft));
  app.post('/fee-schedule/draft', officerForm(ctx, takeFeeDraft));
  app.get('/fee-schedule/versions/:id', officerScreen(ctx, showFeeVersion));
  app.post('/fee-schedule/versions/:id', officerForm(ctx, takeFeeDecision));
  app.get('/fee-import', officerScreen(ctx, showFeeImports));
  app.get('/fee-import/:id', officerScreen(ctx, showFeeImport));
  app.post('/fee-import/:id', officerForm(ctx, takeFeeImportDrafts));
}

/** Forms whose files are larger than other bodies; mounted before those are read. */
export function mountFeeUploads(app: Express, ctx: Context, readBytes: ReadBytes): void {
  app.post('/fee-import', officerUpload(ctx, readBytes, maxCatalogueBytes, takeFeeCatalogue));
}
