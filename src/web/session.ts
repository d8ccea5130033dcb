// Sessions in the browser: the cookie, who is signed in, the language, and the token that every form carries.
import { timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import { sessionOf, type SignedIn } from '../actions/signIn';
import type { Context } from '../context';
import { Problem } from '../problems';
import type { Language } from './labels';

const languageCookie = 'language';
const yearMs = 365 * 24 * 60 * 60_000;

/** Over https the name itself makes browsers refuse the cookie from anywhere else (`__Host-`). */
const nameOf = (ctx: Context): string => (isSecure(ctx) ? '__Host-session' : 'session');
/** Cookies go over https only where people reach us so. */
export const isSecure = (ctx: Context): boolean => ctx.config.publicUrl.startsWith('https:');

export function setSessionCookie(ctx: Context, res: Response, token: string): void {
  res.cookie(nameOf(ctx), token, { httpOnly: true, sameSite: 'lax', secure: isSecure(ctx), path: '/' });
}

export function clearSessionCookie(ctx: Context, res: Response): void {
  res.clearCookie(nameOf(ctx), { httpOnly: true, sameSite: 'lax', secure: isSecure(ctx), path: '/' });
}

export const sessionToken = (ctx: Context, req: Request): string | undefined => cookieOf(req, nameOf(ctx));

export async function signedInAt(ctx: Context, req: Request, isUse = true): Promise<SignedIn | undefined> {
  const token = sessionToken(ctx, req);
  return token === undefined ? undefined : sessionOf(ctx, token, isUse);
}

/** Vietnamese unless the visitor chose English. */
export const languageOf = (req: Request): Language => (cookieOf(req, languageCookie) === 'en' ? 'en' : 'vi');

export function setLanguageCookie(res: Response, language: Language): void {
  res.cookie(languageCookie, language, { sameSite: 'lax', maxAge: yearMs, path: '/' });
}

/** Throws form_expired unless the form, or the script that sent it, carries the session's token and comes from our own pages. */
export function demandOwnForm(req: Request, signedIn: SignedIn, fields: Record<string, unknown>): void {
  const given = req.get('x-form-token') ?? fields['formToken'];
  if (typeof given !== 'string' || !isEqual(given, signedIn.formToken) || isForeign(req)) throw new Problem('form_expired');
}

/** A browser says where a form comes from; another site's is refused. */
export function isForeign(req: Request): boolean {
  const site = req.get('sec-fetch-site');
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

function isEqual(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The raw value of a cookie. */
export function cookieOf(req: Request, name: string): string | undefined {
  const found = (req.get('cookie') ?? '').split(';').find((part) => part.trim().startsWith(`${name}=`));
  return found?.trim().slice(name.length + 1);
}
