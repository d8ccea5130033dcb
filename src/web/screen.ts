// What every screen is: a function from a visit to HTML, mounted with its session, language and refusals taken care of.
import type { Request, RequestHandler, Response } from 'express';
import type { Context } from '../context';
import type { SignedIn } from '../actions/signIn';
import { fieldsOf } from './fields';
import { wordsIn, type Language, type Translate } from './labels';
import { demandOwnForm, languageOf, signedInAt } from './session';

/** One request to one screen. */
export interface Visit {
  ctx: Context;
  req: Request;
  res: Response;
  language: Language;
  t: Translate;
}

/** A visit by someone who is signed in. */
export interface OfficerVisit extends Visit, SignedIn {}

/** The fields of a sent form, one text each. */
export type Fields = Readonly<Record<string, string>>;

/** A file to be opened beside the page, or saved under its name. */
export interface ShownFile {
  file: Buffer | string;
  type: 'application/pdf' | 'application/xml' | 'text/csv' | 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  name: string;
}

/** HTML to show, where to go next, or a file. */
export type Shown = string | { redirect: string } | ShownFile;

/** A screen that everybody may open. */
export const openScreen =
  (ctx: Context, show: (visit: Visit) => Promise<Shown>): RequestHandler =>
  async (req, res) =>
    send(res, await show(visitOf(ctx, req, res)));

/** A form that everybody may send; it checks for itself who may. */
export const openForm =
  (ctx: Context, take: (visit: Visit, fields: Fields) => Promise<Shown>): RequestHandler =>
  async (req, res) =>
    send(res, await take(visitOf(ctx, req, res), fieldsOf(req.body as Buffer)));

/** A screen for officers; others are asked to sign in first. */
export const officerScreen =
  (ctx: Context, show: (visit: OfficerVisit) => Promise<Shown>): RequestHandler =>
  async (req, res) => {
    const signedIn = await signedInAt(ctx, req, !isFragment(req));
    send(res, signedIn ? await show(officerVisit(ctx, req, res, signedIn)) : askToSignIn(req));
  };

/** A form that only an officer's own page may send. */
export const officerForm =
  (ctx: Context, take: (visit: OfficerVisit, fields: Fields) => Promise<Shown>): RequestHandler =>
  async (req, res) => {
    const signedIn = await signedInAt(ctx, req);
    if (!signedIn) return send(res, askToSignIn(req));
    const fields = fieldsOf(req.body as Buffer);
    demandOwnForm(req, signedIn, fields);
    send(res, await take(officerVisit(ctx, req, res, signedIn), fields));
  };

export const officerVisit = (ctx: Context, req: Request, res: Response, signedIn: SignedIn): OfficerVisit => ({
  ...visitOf(ctx, req, res),
  ...signedIn,
});

export function visitOf(ctx: Context, req: Request, res: Response): Visit {
  const language = languageOf(req);
  return { ctx, req, res, language, t: wordsIn(language) };
}

const isFragment = (req: Request): boolean => req.get('hx-request') === 'true';

export function askToSignIn(req: Request): Shown {
  const back = req.method === 'GET' && !isFragment(req) ? `?to=${encodeURIComponent(req.originalUrl)}` : '';
  return { redirect: `/sign-in${back}` };
}

export function send(res: Response, shown: Shown): void {
  res.set('cache-control', 'no-store');
  if (typeof shown === 'string') return void res.type('html').send(shown);
  if ('file' in shown) return sendFile(res, shown);
  if (isFragment(res.req)) return void res.set('hx-redirect', shown.redirect).end();
  res.redirect(303, shown.redirect);
}

/** A PDF is looked at, other files are saved. */
function sendFile(res: Response, { file, type, name }: ShownFile): void {
  const place = type === 'application/pdf' ? 'inline' : 'attachment';
  res.type(`${type}; charset=utf-8`).set('content-disposition', `${place}; filename="${name}"`).send(file);
}

export { isFragment };
