// Signs officers in and out, and says who a session or a key is.
import { hash, verify } from '@node-rs/argon2';
import type { Context } from '../context';
import type { Actor } from '../domain/role';
import { addMs } from '../domain/time';
import { Problem } from '../problems';
import type { Officer } from '../domain/officer';

const tokenBytes = 32;
/** NIST SP 800-63B-4: at most 12 hours in all and 30 minutes idle for counter staff. */
const longestSessionMs = 12 * 60 * 60_000;
const longestIdleMs = 30 * 60_000;
/** How stale the last sight of a session may be before it is written again. */
const seenEveryMs = 60_000;
/** Hashing costs much: two at once, or signing in would be the denial of service. */
const hashingAtOnce = 2;

/** Compared when there is no such officer, so that both refusals take the same time. */
let absentHash: Promise<string> | undefined;

/** The token of a new session. Throws sign_in_refused: unknown login and wrong password look the same. */
export async function signIn(ctx: Context, { login, password }: { login: string; password: string }): Promise<string> {
  const officer = await ctx.store.tables.officers.findByLogin(login);
  absentHash ??= hashPassword(ctx.seal.hash(String(ctx.now())));
  const expected = officer?.passwordHash ?? (await absentHash);
  const fits = await oneOfFew(() => verify(expected, password));
  if (!officer || !fits) throw new Problem('sign_in_refused');
  const token = tokenOf(ctx);
  const at = ctx.now();
  await ctx.store.transact((tables) =>
    tables.officers.keepSession(ctx.seal.hash(token), { officerId: officer.id, formToken: tokenOf(ctx), createdAt: at, lastSeenAt: at }),
  );
  return token;
}

export async function signOut(ctx: Context, token: string): Promise<void> {
  await ctx.store.transact((tables) => tables.officers.markEnded(ctx.seal.hash(token), ctx.now()));
}

export interface SignedIn {
  actor: Extract<Actor, { kind: 'person' }>;
  /** Stands in every form, so that another site cannot send one. */
  formToken: string;
}

/** Who a session's token belongs to, while it lives; undefined otherwise. What a page does by itself is no use of the session. */
export async function sessionOf(ctx: Context, token: string, isUse = true): Promise<SignedIn | undefined> {
  const now = ctx.now();
  const session = await ctx.store.tables.officers.findSession(ctx.seal.hash(token));
  if (!session) return undefined;
  if (addMs(session.createdAt, longestSessionMs) < now || addMs(session.lastSeenAt, longestIdleMs) < now) return undefined;
  const officer = await ctx.store.tables.officers.find(session.officerId);
  if (!officer) return undefined;
  if (isUse && addMs(session.lastSeenAt, seenEveryMs) < now)
    await ctx.store.transact((tables) => tables.officers.markSeen(ctx.seal.hash(token), now));
  return { actor: personOf(officer), formToken: session.formToken };
}

/** Who an API key acts as; undefined when there is no such key. */
export async function keyHolder(ctx: Context, key: string): Promise<Actor | undefined> {
  const known = await ctx.store.tables.officers.findApiKey(ctx.seal.hash(key));
  if (!known) return undefined;
  if (known.officerId === undefined) return { kind: 'system', name: known.name };
  const officer = await ctx.store.tables.officers.find(known.officerId);
  return officer && personOf(officer);
}

/** A person who still works here, by the id under which acts are signed. */
export async function personNamed(ctx: Context, officerId: string): Promise<SignedIn['actor'] | undefined> {
  const officer = await ctx.store.tables.officers.find(officerId);
  return officer && personOf(officer);
}

export const hashPassword = (password: string): Promise<string> => oneOfFew(() => hash(password));

/** Of a password that a person chose. The demo's are short on purpose. */
export const shortestPassword = 12;

/** The hash of a new password. Throws password_too_short. */
export async function hashNewPassword(ctx: Context, password: string): Promise<string> {
  if (ctx.config.mode !== 'demo' && Array.from(password).length < shortestPassword) throw new Problem('password_too_short');
  return hashPassword(password);
}

const personOf = (officer: Officer): SignedIn['actor'] => ({
  kind: 'person',
  officerId: officer.id,
  name: officer.name,
  role: officer.role,
  agencyCode: officer.agencyCode,
  ...(officer.counterId ? { counterId: officer.counterId } : {}),
});

export const tokenOf = (ctx: Context): string => Buffer.from(ctx.random(tokenBytes)).toString('base64url');

let hashing = 0;
const waiting: (() => void)[] = [];

async function oneOfFew<T>(work: () => Promise<T>): Promise<T> {
  if (hashing >= hashingAtOnce) await new Promise<void>((go) => waiting.push(go));
  else hashing++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else hashing--;
  }
}
