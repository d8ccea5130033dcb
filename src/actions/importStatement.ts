// Imports a kept statement file: looks it through once as a whole, keeps its lines, and makes transactions of what nobody told us of.
import type { Context } from '../context';
import { coverOf, isBalanced, isFinal, isOfAccount, type StatementFile, type Survey } from '../domain/statement';
import { addDays, addMs, type Day, type Instant } from '../domain/time';
import { Problem } from '../problems';
import { StatementRefused } from '../statements/reader';
import { keepLines, keepRenumbered } from './keepLines';
import { keptBytes } from './keepStatement';
import { bookLines, linkLines, type Pause } from './linkLines';
import { Abandoned, type ReadingRun } from './readStatement';
import { lineIdentityOf } from '../domain/lineIdentity';
import type { DraftLine, StatementLine } from '../domain/statement';

/** Of a reader of which nothing was heard for so long it is taken that it is gone. */
const silentMs = 60_000;
const heardMs = 500;
/** A file at which the reading breaks so often, without coming further, is refused. */
const mostTries = 3;
/** Nobody's statement covers more. */
const mostDays = 3_700;

const silentSince = (ctx: Context): Instant => addMs(ctx.now(), -silentMs);

/** Imports the oldest file that waits, or whose reader is gone; false when there is none. */
export async function importNext(ctx: Context, pause: Pause): Promise<boolean> {
  const file = await ctx.store.tables.statements.findToRead(silentSince(ctx));
  return file !== undefined && (await importStatement(ctx, file.id, pause));
}

/**
 * Imports one file, unless another reads it; false then. It ends as read or refused, or goes on at the next call where it broke off:
 * whatever it did until then is kept, and not done again.
 */
export async function importStatement(ctx: Context, id: string, pause: Pause): Promise<boolean> {
  const claimedAt = ctx.now();
  if (!(await ctx.store.transact((tables) => tables.statements.claim(id, claimedAt, silentSince(ctx))))) return false;
  const file = await ctx.store.tables.statements.find(id);
  const account = file && (await ctx.store.tables.accounts.find(file.accountId));
  if (!file || !account) throw new Error(`no statement ${id}`);
  const run: ReadingRun = {
    file,
    account,
    claim: { id, claimedAt },
    progress: { ...file },
    isResumed: file.rowCount > 0,
    daysKnown: new Set(),
  };
  try {
    await importAll(ctx, run, pause);
  } catch (error) {
    await endAfter(ctx, file, error);
  }
  return true;
}

async function importAll(ctx: Context, run: ReadingRun, pause: Pause): Promise<void> {
  const { file, account } = run;
  const given = { accountId: account.id, layouts: await layoutsOf(ctx) };
  const bytes = () => keptBytes(ctx, file.id);
  const survey = await ctx.statementReading.survey(bytes, given, (bytesRead) => heard(ctx, run, bytesRead));
  if (!isOfAccount(survey.totals.accountNumber, account.accountNumber))
    throw new StatementRefused('account_foreign', survey.totals.accountNumber);
  if (survey.lineCount === 0 && survey.rejectedCount > 0)
    throw new StatementRefused(survey.foreignCount === survey.rejectedCount ? 'currency_foreign' : 'damaged', 'rows');
  await keepSurvey(ctx, run, survey);
  run.daysKnown = await daysKnownIn(ctx, run, survey);
  run.renumbered = await renumberedIn(ctx, run);
  const unsure: DraftLine[] = [];
  for await (const found of ctx.statementReading.lines(bytes, given)) {
    unsure.push(...(await keepLines(ctx, run, found)));
    await pause();
  }
  await keepRenumbered(ctx, run, unsure);
  await linkLines(ctx, run, pause);
  await bookLines(ctx, run, pause);
  await ctx.store.transact((tables) => tables.statements.markEnded(file.id, 'read', ctx.now()));
  ctx.bell.ring();
}

async function layoutsOf({ store }: Context) {
  const layouts = await store.tables.statements.listLayouts();
  return layouts.map(({ id, headers, debitIs, fillsDatesDown }) => ({
    name: id,
    headers,
    debitIs,
    ...(fillsDatesDown === undefined ? {} : { fillsDatesDown }),
  }));
}

/** Says that it goes on, every now and then. */
async function heard(ctx: Context, run: ReadingRun, bytesRead: number): Promise<void> {
  const at = ctx.now();
  if (at < addMs(run.claim.claimedAt, heardMs)) return;
  if (!(await ctx.store.transact((tables) => tables.statements.markHeard(run.claim, bytesRead, at)))) throw new Abandoned();
  run.claim.claimedAt = at;
}

async function keepSurvey(ctx: Context, run: ReadingRun, survey: Survey): Promise<void> {
  const { file } = run;
  const balanced = isBalanced(survey);
  const { firstDay, lastDay } = coverOf(survey, file.keptAt);
  const found = { ...survey, firstDay, lastDay, isBalanced: balanced, isFinal: isFinal(lastDay, file.keptAt) };
  if (!(await ctx.store.transact((tables) => tables.statements.markSurveyed(run.claim, found)))) throw new Abandoned();
  run.file = { ...file, ...(firstDay && lastDay ? { firstDay, lastDay } : {}) };
  run.progress = { ...run.progress, rejectedCount: survey.rejectedCount, bytesRead: file.byteCount };
}

/** Of which days of the file, or beside them, earlier files have lines. */
async function daysKnownIn(ctx: Context, run: ReadingRun, { firstDay, lastDay }: Survey): Promise<Set<Day>> {
  const days: Day[] = [];
  if (firstDay && lastDay) {
    for (let day = addDays(firstDay, -1); day <= addDays(lastDay, 1) && days.length < mostDays; day = addDays(day, 1)) days.push(day);
  }
  return new Set(await ctx.store.tables.statementLines.listDaysKnown(run.account.id, days));
}

/** The bank's new names of lines that it has renumbered: their balances alone would not show them again, once one was added before them. */
async function renumberedIn(ctx: Context, { account, daysKnown }: ReadingRun): Promise<Map<string, StatementLine[]>> {
  const [from, ...days] = [...daysKnown].sort();
  const found = from === undefined ? [] : await ctx.store.tables.statementLines.listRenumbered(account.id, from, days.at(-1) ?? from);
  const renumbered = new Map<string, StatementLine[]>();
  for (const { line, later } of found) {
    const identity = lineIdentityOf(account.id, { ...line, bankReference: later });
    if (identity !== line.identity) renumbered.set(identity, [...(renumbered.get(identity) ?? []), line]);
  }
  return renumbered;
}

/** A refusal ends it. What only broke off is left to be tried again, as long as it comes further. */
async function endAfter(ctx: Context, file: StatementFile, error: unknown): Promise<void> {
  if (error instanceof Abandoned) return;
  if (error instanceof StatementRefused) return end(ctx, file.id, error.reason, error.sample);
  const isBusy = error instanceof Problem && error.code === 'store_busy';
  const now = await ctx.store.tables.statements.find(file.id);
  if (!isBusy) ctx.log.error({ err: error, statement: file.id }, 'a statement could not be read to its end');
  if (!isBusy && (now?.tries ?? 0) >= mostTries) return end(ctx, file.id, 'broken', []);
  await ctx.store.transact((tables) => tables.statements.markBrokenOff(file.id));
}

async function end(ctx: Context, id: string, problem: string, sample: readonly (readonly string[])[]): Promise<void> {
  const refusal = { problem, sample: sample.map((row) => [...row]) };
  await ctx.store.transact((tables) => tables.statements.markEnded(id, 'refused', ctx.now(), refusal));
}
