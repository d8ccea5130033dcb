// Finds the payments of a dossier without signing in: a one-time code goes to its contact, and whoever has it sees them for a while.
import type { Context, ReadTables, Tables } from '../context';
import type { Agency } from '../domain/agency';
import { parseDossierCode, type Dossier } from '../domain/dossier';
import type { Event } from '../domain/event';
import { drawFindCode, findCodeRandomBytes, nextFindCode } from '../domain/findCode';
import { toldTypes } from '../domain/letter';
import { codeLetter } from '../domain/letterWords';
import { addMs, epochMsOf, instantOf } from '../domain/time';
import { Problem } from '../problems';
import { knownDossierCode } from './issueObligation';
import { withMoney, type SeenObligation } from './seeObligation';
import { payPageOf } from './sharePayPage';

const minuteMs = 60_000;
export const findMinutes = 15;
const mostEvents = 200;
/** Codes and letters for nobody are kept longer than any limit looks back. */
const keptMs = 24 * 60 * minuteMs;
/** As long as a mark, and none. */
const noMark = '-'.repeat(27);

/**
 * Sends a code to the contact of the dossier, if there is both. Whether there is cannot be told from outside: what is read and written is the
 * same, a letter for nobody too, and it is sent later by a job. Throws letters_unavailable and what is wrong with the code's shape.
 */
export async function askForCode(ctx: Context, dossierCode: string): Promise<void> {
  if (!ctx.outbound.notifier) throw new Problem('letters_unavailable');
  const { code: shown, normalForm } = knownDossierCode(dossierCode);
  const subject = subjectOf(ctx, normalForm);
  const code = drawFindCode(ctx.random(findCodeRandomBytes));
  const codeMark = markOf(ctx, subject, code);
  const sealed = ctx.seal.close(JSON.stringify(codeLetter(shown, code)));
  const at = ctx.now();
  await ctx.store.transact(async (tables) => {
    const dossier = await tables.dossiers.findByNormalForm(normalForm);
    const next = nextFindCode(await tables.findCodes.find(subject), { subject, codeMark, at });
    if (!next) return;
    const recipient = dossier?.applicantEmail === undefined ? undefined : dossier.id;
    await tables.findCodes.save(next);
    await tables.letters.save({
      id: `code-${subject}`,
      kind: 'find_code',
      ...(recipient === undefined ? {} : { dossierId: recipient }),
      sealed,
      state: recipient === undefined ? 'for_nobody' : 'waiting',
      attempts: 0,
      nextAttemptAt: at,
      giveUpAt: next.expiresAt,
      createdAt: at,
    });
  });
  ctx.bell.ring();
}

/** What shows the dossier for a while; undefined for a code that is wrong, expired, used, tried too often, or of no dossier: nobody can tell which. */
export async function enterCode(ctx: Context, dossierCode: string, code: string): Promise<string | undefined> {
  const parsed = parseDossierCode(dossierCode);
  const normalForm = parsed.ok ? parsed.normalForm : '';
  const subject = subjectOf(ctx, normalForm);
  const given = markOf(ctx, subject, code.replace(/\s/g, ''));
  const at = ctx.now();
  const dossier = await ctx.store.transact((tables) => dossierFor(ctx, tables, { normalForm, subject, given, at }));
  if (!dossier) return undefined;
  const until = String(epochMsOf(addMs(at, findMinutes * minuteMs)));
  return [dossier.id, until, sessionMark(ctx, dossier.id, until)].join('.');
}

type Attempt = { normalForm: string; subject: string; given: string; at: Event['at'] };

/** Without a try left, what is kept is not even compared. */
async function dossierFor(ctx: Context, tables: Tables, { normalForm, subject, given, at }: Attempt): Promise<Dossier | undefined> {
  const mayTry = await tables.findCodes.claimTry(subject, at);
  const known = await tables.findCodes.find(subject);
  const dossier = await tables.dossiers.findByNormalForm(normalForm);
  const isRight = ctx.seal.isSame(given, (mayTry ? known?.codeMark : undefined) ?? noMark);
  if (!isRight || dossier?.applicantEmail === undefined) return undefined;
  await tables.findCodes.markUsed(subject);
  return dossier;
}

export interface FoundObligation extends SeenObligation {
  /** The address of the citizen's page. */
  payPage: string;
  /** What happened, the oldest first. */
  happened: Event[];
}

export interface FoundDossier {
  dossier: Dossier;
  agency: Agency | undefined;
  owed: FoundObligation[];
}

/** Everything that is owed for the dossier that a code has opened; undefined once its time is over. */
export async function seeFound(ctx: Context, session: string): Promise<FoundDossier | undefined> {
  const { tables } = ctx.store;
  const id = dossierOf(ctx, session);
  const dossier = id === undefined ? undefined : await tables.dossiers.find(id);
  if (!dossier) return undefined;
  const agency = (await tables.agencies.list()).find(({ code }) => code === dossier.agencyCode);
  const seen = await withMoney(tables, await tables.obligations.ofDossier(dossier.id));
  return { dossier, agency, owed: await Promise.all(seen.map((one) => withHistory(ctx, tables, one))) };
}

async function withHistory(ctx: Context, tables: ReadTables, seen: SeenObligation): Promise<FoundObligation> {
  const { id: obligationId, reference } = seen.obligation;
  const events = await tables.events.after(0, { obligationId }, mostEvents);
  const happened = events.filter(({ type }) => toldTypes.some((known) => known === type));
  return { ...seen, happened, payPage: await payPageOf(ctx, tables, reference) };
}

/** Forgets codes whose time is long over; nobody needs them. */
export async function forgetCodes(ctx: Context): Promise<void> {
  const before = addMs(ctx.now(), -keptMs);
  await ctx.store.transact(async (tables) => {
    await tables.findCodes.markForgotten(before);
    await tables.letters.markForgotten(before);
  });
}

function dossierOf(ctx: Context, session: string): string | undefined {
  const [id = '', until = '', mark = ''] = session.split('.');
  if (!ctx.seal.isSame(mark, sessionMark(ctx, id, until))) return undefined;
  return instantOf(Number(until)) > ctx.now() ? id : undefined;
}

const sessionMark = (ctx: Context, dossierId: string, until: string): string => ctx.seal.mark(`found dossier ${dossierId} ${until}`);
const subjectOf = (ctx: Context, normalForm: string): string => ctx.seal.mark(`find subject ${normalForm}`);
const markOf = (ctx: Context, subject: string, code: string): string => ctx.seal.mark(`find code ${subject} ${code}`);
