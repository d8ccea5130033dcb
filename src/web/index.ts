// The screens and their addresses.
import { join } from 'node:path';
import express, { type Express, type Request } from 'express';
import type { Context } from '../context';
import type { Actor } from '../domain/role';
import { mountCash } from './cashRoutes';
import { mountClaims } from './claimRoutes';
import { mountCounter } from './counterRoutes';
import { mountDayCloses } from './dayCloseRoutes';
import { mountDays } from './dayRoutes';
import { mountFind } from './findRoutes';
import { mountFeeDesk, mountFeeUploads } from './feeDeskRoutes';
import { mountFees } from './feeRoutes';
import { mountOffice } from './officeRoutes';
import { mountPapers } from './paperRoutes';
import { mountPay } from './payRoutes';
import { mountReceipts, mountReceiptUploads } from './receiptRoutes';
import { mountRules } from './ruleRoutes';
import { mountRefunds } from './refundRoutes';
import { officerForm, openForm, openScreen } from './screen';
import { mountSatisfaction } from './satisfactionRoutes';
import { mountSettlements, mountSettlementUploads } from './settlementRoutes';
import { signedInAt } from './session';
import { chooseLanguage, showHome, showSignIn, takeSignIn, takeSignOut } from './signIn';
import { mountStatements, mountStatementUploads } from './statementRoutes';
import type { ReadBytes } from './upload';

const assetAgeMs = 60 * 60_000;

export function mountWeb(app: Express, ctx: Context): void {
  mountAssets(app, ctx.config.root);
  mountCounter(app, ctx);
  mountOffice(app, ctx);
  mountReceipts(app, ctx);
  mountPapers(app, ctx);
  mountPay(app, ctx);
  mountSettlements(app, ctx);
  mountSatisfaction(app, ctx);
  mountClaims(app, ctx);
  mountCash(app, ctx);
  mountRefunds(app, ctx);
  mountDayCloses(app, ctx);
  mountFind(app, ctx);
  mountDays(app, ctx);
  mountFees(app, ctx);
  mountFeeDesk(app, ctx);
  mountRules(app, ctx);
  mountStatements(app, ctx);
  app.get('/', openScreen(ctx, showHome));
  app.get('/language/:language', openScreen(ctx, chooseLanguage));
  app.get(
    '/sign-in',
    openScreen(ctx, (visit) => showSignIn(visit)),
  );
  app.post('/sign-in', openForm(ctx, takeSignIn));
  app.post('/sign-out', officerForm(ctx, takeSignOut));
}

/** Who is signed in behind a live feed; an open page is no use of the session. */
export const sessionActor = async (ctx: Context, req: Request): Promise<Actor | undefined> => (await signedInAt(ctx, req, false))?.actor;

/** Forms whose files are larger than other bodies; mounted before those are read. */
export function mountUploads(app: Express, ctx: Context, readBytes: ReadBytes): void {
  mountFeeUploads(app, ctx, readBytes);
  mountReceiptUploads(app, ctx, readBytes);
  mountStatementUploads(app, ctx);
  mountSettlementUploads(app, ctx, readBytes);
}

export { answerOnScreen, waitWords } from './refusal';

/** Scripts and fonts come from packages, self-hosted; styles and our own script from this folder. */
function mountAssets(app: Express, root: string): void {
  const files = { maxAge: assetAgeMs };
  const script = (name: string, path: string) => app.get(name, (_, res) => res.sendFile(join(root, 'node_modules', path), files));
  script('/assets/htmx.js', 'htmx.org/dist/htmx.min.js');
  app.use('/assets/fonts', express.static(join(root, 'node_modules/@fontsource/be-vietnam-pro/files'), files));
  app.use('/assets', express.static(join(root, 'src/web/assets'), files));
}
