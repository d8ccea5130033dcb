// Writes long papers in the background: asked for by a person, with progress, to be cancelled, found again and fetched.
import type { Context } from '../context';
import type { PaperForm, PaperRows, PaperSource } from '../domain/paper';
import { mostSheetRows, paperForms, paperKinds } from '../domain/paper';
import { exportKeptDays, isUnwritten, mostTries, type PaperExport } from '../domain/paperExport';
import { can, sees, signatureOf, type Actor } from '../domain/role';
import { addMs, parseDay } from '../domain/time';
import { Problem } from '../problems';
import { demand } from './demand';
import { paperSource, type PaperQuestion } from './paperSource';
import { personNamed } from './signIn';

const partBytes = 256 * 1024;
const mostWaiting = 50;
const mostListed = 100;
const dayMs = 86_400_000;
/** After it a writer is taken for gone. */
const longestSilenceMs = 60_000;

/** Lets other requests go first, between two pieces of work. */
type Pause = () => Promise<void>;

/** Throws what `paperSource` throws, sheet_full and exports_too_many. */
export async function askExport(ctx: Context, actor: Actor, question: PaperQuestion, form: PaperForm, title: string): Promise<PaperExport> {
  demand(actor, 'see_finance');
  if (actor.kind !== 'person') throw new Problem('person_required');
  const source = await paperSource(ctx, actor, question);
  if (form === 'xlsx' && source.expected > mostSheetRows) throw new Problem('sheet_full');
  const asked: PaperExport = {
    id: ctx.id('export'),
    paper: question.kind,
    form,
    question: JSON.stringify(question),
    agencyCode: actor.agencyCode,
    title,
    askedBy: signatureOf(actor),
    askedAt: ctx.now(),
    state: 'waiting',
    rowsDone: 0,
    rowCount: source.expected,
    byteCount: 0,
    tries: 0,
  };
  return ctx.store.transact(async (tables) => {
    const waiting = (await tables.papers.listExports([actor.agencyCode], mostListed)).filter(isUnwritten);
    if (waiting.length >= mostWaiting) throw new Problem('exports_too_many');
    await tables.papers.keepExport(asked);
    return asked;
  });
}

/** Those of the actor's own unit and of the units below it, the newest first. */
export async function listExports(ctx: Context, actor: Actor): Promise<PaperExport[]> {
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  const agencies = await tables.agencies.list();
  const seen = agencies.filter(({ code }) => sees(actor, code, agencies)).map(({ code }) => code);
  return (await tables.papers.listExports(seen, mostListed)).filter((one) => mayRead(actor, one));
}

/** Throws export_unknown, also for one out of sight. */
export async function seeExport(ctx: Context, actor: Actor, id: string): Promise<PaperExport> {
  demand(actor, 'see_finance');
  const { tables } = ctx.store;
  const found = await tables.papers.findExport(id);
  if (!found || !sees(actor, found.agencyCode, await tables.agencies.list()) || !mayRead(actor, found)) throw new Problem('export_unknown');
  return found;
}

/** A paper that names payers was written for the eyes of whoever asked for it. */
const mayRead = (actor: Actor, { paper, askedBy }: PaperExport): boolean =>
  paper !== 'suspense' || can(actor, 'see_transactions') || askedBy === signatureOf(actor);

/** Only who asked may cancel it. Throws export_ended. */
export async function cancelExport(ctx: Context, actor: Actor, id: string): Promise<void> {
  const found = await seeExport(ctx, actor, id);
  if (found.askedBy !== signatureOf(actor)) throw new Problem('role_insufficient');
  if (!isUnwritten(found)) throw new Problem('export_ended');
  await ctx.store.transact(async (tables) => {
    if (!(await tables.papers.markEnded(id, 'cancelled', ctx.now()))) throw new Problem('export_ended');
    await tables.papers.markPartsGone(id);
  });
}

/** Its bytes, piece by piece. Throws export_not_ready. */
export async function* fetchExport(ctx: Context, { id, state }: PaperExport): AsyncGenerator<Uint8Array> {
  if (state !== 'done') throw new Problem('export_not_ready');
  for (let position = 0; ; position++) {
    const bytes = await ctx.store.tables.papers.findPart(id, position);
    if (!bytes) return;
    yield bytes;
  }
}

/** Writes the paper that waits longest. False when none does. One that broke off is written anew, but not without end. */
export async function writeExport(ctx: Context, pause: Pause): Promise<boolean> {
  const waiting = await ctx.store.tables.papers.findUnwritten(addMs(ctx.now(), -longestSilenceMs));
  if (!waiting) return false;
  try {
    if (waiting.tries >= mostTries) throw new Problem('export_given_up');
    await writeAll(ctx, waiting, pause);
  } catch (error) {
    if (error instanceof Cancelled) return true;
    if (error instanceof Problem && error.code === 'store_busy') throw error;
    const isRefusal = error instanceof Problem;
    if (!isRefusal) ctx.log.error({ err: error, export: waiting.id }, 'a paper cannot be written');
    await endAs(ctx, waiting.id, 'failed', isRefusal ? error.code : 'export_broken');
  }
  return true;
}

/** What was kept long enough is forgotten: it can be written again. */
export async function forgetExports(ctx: Context): Promise<void> {
  const before = addMs(ctx.now(), -exportKeptDays * dayMs);
  for (const { id } of await ctx.store.tables.papers.listEnded(before, mostListed)) await endAs(ctx, id, 'expired');
}

class Cancelled extends Error {}

async function writeAll(ctx: Context, waiting: PaperExport, pause: Pause): Promise<void> {
  const { id, form, askedBy } = waiting;
  let toldAt = ctx.now();
  await ctx.store.transact(async (tables) => {
    if (!(await tables.papers.claimExport(waiting, toldAt))) throw new Cancelled();
    await tables.papers.markPartsGone(id);
  });
  const actor = await personNamed(ctx, askedBy);
  if (!actor) throw new Problem('role_insufficient');
  const done = { rows: 0 };
  const source = counting(await paperSource(ctx, actor, questionOf(waiting)), done, pause);
  let [position, byteCount] = [0, 0];
  let part: Uint8Array[] = [];
  let length = 0;
  const keep = async (): Promise<void> => {
    const [bytes, at, place] = [Buffer.concat(part), ctx.now(), position];
    [part, length] = [[], 0];
    await ctx.store.transact(async (tables) => {
      if (!(await tables.papers.markProgress(id, toldAt, { at, rowsDone: done.rows, byteCount }))) throw new Cancelled();
      if (bytes.length > 0) await tables.papers.keepExportPart(id, place, bytes);
    });
    toldAt = at;
    position += bytes.length > 0 ? 1 : 0;
  };
  let told = 0;
  for await (const bytes of ctx.writePaper(form, source, { at: ctx.now(), by: actor.name })) {
    part.push(bytes);
    length += bytes.length;
    byteCount += bytes.length;
    if (length >= partBytes || done.rows - told >= rowsBetweenTellings) {
      await keep();
      told = done.rows;
    }
  }
  await keep();
  await endAs(ctx, id, 'done');
}

/** However few bytes they make, whoever looks sees that it goes on, and a cancelled one stops. */
const rowsBetweenTellings = 2_000;

/** The same rows, counted as they go by but for sums, and others have their turn between two batches. */
const counting = (source: PaperSource, done: { rows: number }, pause: Pause): PaperSource => ({
  ...source,
  async *rows(): PaperRows {
    const rows = source.rows();
    for (;;) {
      const next = await rows.next();
      if (next.done) return next.value;
      yield next.value;
      done.rows += next.value.filter(({ isSum }) => !isSum).length;
      await pause();
    }
  },
});

const endAs = (ctx: Context, id: string, state: 'done' | 'failed' | 'expired', problem?: string): Promise<void> =>
  ctx.store.transact(async (tables) => {
    await tables.papers.markEnded(id, state, ctx.now(), problem);
    if (state !== 'done') await tables.papers.markPartsGone(id);
  });

/** What it is about. */
export function questionOf({ question }: Pick<PaperExport, 'question'>): PaperQuestion {
  const given: unknown = JSON.parse(question);
  const at = (name: string): string | undefined => {
    const value: unknown = typeof given === 'object' && given !== null ? Reflect.get(given, name) : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  const kind = paperKinds.find((one) => one === at('kind'));
  const [from, to] = [parseDay(at('from') ?? ''), parseDay(at('to') ?? '')];
  if (!kind || !from || !to) throw new Problem('request_invalid', 'question');
  const [agencyCode, accountId, collectorCode] = [at('agencyCode'), at('accountId'), at('collectorCode')];
  return {
    kind,
    from,
    to,
    ...(agencyCode ? { agencyCode } : {}),
    ...(accountId ? { accountId } : {}),
    ...(collectorCode ? { collectorCode } : {}),
  };
}

export const isForm = (text: string): text is PaperForm => paperForms.some((form) => form === text);
