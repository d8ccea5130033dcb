// Keeps the lines of a statement file: each movement once, however many files list it, and no legitimate twin lost.
import type { Context, Tables } from '../context';
import { fitOf, foldedContent, isRenumbered, isTelling } from '../domain/lineIdentity';
import { pairByIdentity } from '../domain/lineMatching';
import type { DraftLine, RejectedLine, StatementLine } from '../domain/statement';
import type { Day } from '../domain/time';
import type { RejectedReason } from '../statements/reader';
import { daysAround } from '../domain/lineIdentity';
import { advance, type ReadingRun } from './readStatement';

/** Decided at the end at once: by then it is known what else the file lists. */
const renumberedAtOnce = 200;

export interface FoundLines {
  lines: readonly DraftLine[];
  rejected: readonly RejectedLine[];
}

type Fresh = Parameters<Tables['statementLines']['keep']>[2][number];
type Sighting = Parameters<Tables['statementLines']['keepSightings']>[1][number];

/** A known line, or one that is about to be kept; `isSeen`: by this very file. */
interface Place {
  line: Pick<StatementLine, 'content' | 'balanceAfter'> & { id?: number; identity?: string };
  isSeen: boolean;
}

/** Keeps some lines of a file, in one transaction. Returns those that may be lines of earlier files under another reference: not kept yet. */
export async function keepLines(ctx: Context, run: ReadingRun, found: FoundLines): Promise<DraftLine[]> {
  let unsure: DraftLine[] = [];
  await advance(ctx, run, async (tables) => {
    await tables.statements.keepRejections(run.file.id, found.rejected);
    const lines = run.isResumed ? await notKept(tables, run, found.lines) : found.lines;
    const { fresh, sightings, repeated } = sorted(lines, await placesOf(tables, run, lines));
    const rejectedCount = await tables.statements.keepRejections(run.file.id, repeated);
    unsure = await perhapsRenumbered(tables, run, fresh);
    const sure = unsure.length === 0 ? fresh : fresh.filter(({ line }) => !unsure.includes(line));
    return { ...(await keepSorted(tables, run, sure, sightings)), rejectedCount };
  });
  return unsure;
}

/** The same for lines that were unsure, once all others of the file are kept: one that the file does not list itself has a new reference. */
export async function keepRenumbered(ctx: Context, run: ReadingRun, unsure: readonly DraftLine[]): Promise<void> {
  for (let from = 0; from < unsure.length; from += renumberedAtOnce) {
    const some = unsure.slice(from, from + renumberedAtOnce);
    await advance(ctx, run, async (tables) => {
      const lines = await notKept(tables, run, some);
      const olds = await unseenTwins(tables, run, lines);
      const again = lines.flatMap((line) => {
        const place = olds.findIndex((old) => isRenumbered(line, old));
        const [old] = place < 0 ? [] : olds.splice(place, 1);
        return old ? [{ line, old }] : [];
      });
      const others = lines.filter((line) => !again.some((one) => one.line === line));
      const { fresh, sightings } = sorted(others, await placesOf(tables, run, others));
      const renumbered = again.map(({ line: { row, bankReference }, old }) => ({
        row,
        lineId: old.id,
        ...(bankReference === undefined ? {} : { bankReference }),
      }));
      return keepSorted(tables, run, fresh, [...sightings, ...renumbered]);
    });
  }
}

async function keepSorted(tables: Tables, run: ReadingRun, fresh: readonly Fresh[], sightings: readonly Sighting[]) {
  const told = await tables.statementLines.listFreeByIdentity(
    fresh.flatMap(({ line }) => (isTelling(line.bankReference) ? line.identity : [])),
  );
  const pairs = pairByIdentity(
    fresh.map(({ line }) => line),
    told,
  );
  await tables.statementLines.keep(run.account.id, run.file.id, fresh, pairs);
  await tables.statementLines.keepSightings(run.file.id, sightings);
  return { lineCount: fresh.length + sightings.length, seenCount: sightings.length, knownCount: sightings.length + pairs.size };
}

/** Rows that an earlier reading of the file kept are left out. */
async function notKept(tables: Tables, run: ReadingRun, lines: readonly DraftLine[]): Promise<readonly DraftLine[]> {
  const rows = lines.map(({ row }) => row);
  if (rows.length === 0) return lines;
  const kept = new Set(await tables.statementLines.listRowsKept(run.file.id, Math.min(...rows), Math.max(...rows)));
  return lines.filter(({ row }) => !kept.has(row));
}

/** By identity, what is known of it. */
async function placesOf(tables: Tables, run: ReadingRun, lines: readonly DraftLine[]): Promise<Map<string, Place[]>> {
  const identities = [...new Set(lines.map(({ identity }) => identity))];
  const renumbered = identities.map((identity) => ({ identity, named: run.renumbered?.get(identity) ?? [] }));
  const found = [...(await tables.statementLines.listByIdentity(identities)), ...renumbered.flatMap(({ named }) => named)];
  const known = [...new Map(found.map((line) => [line.id, line])).values()];
  const others = known.filter(({ fileId }) => fileId !== run.file.id).map(({ id }) => id);
  const seenAgain = new Set(others.length === 0 ? [] : await tables.statementLines.listSeenAgain(run.file.id, others));
  const places = new Map<string, Place[]>();
  const byId = new Map<number, Place>();
  for (const line of known) {
    const place = { line, isSeen: line.fileId === run.file.id || seenAgain.has(line.id) };
    byId.set(line.id, place);
    const group = places.get(line.identity);
    if (group) group.push(place);
    else places.set(line.identity, [place]);
  }
  for (const { identity, named } of renumbered) {
    const own = named.flatMap(({ id }) => byId.get(id) ?? []);
    if (own.length > 0) places.set(identity, [...(places.get(identity) ?? []), ...own]);
  }
  return places;
}

/** Each line is a known one that this file has not listed yet, the best fitting, or a new one, unless the file lists the very same row twice. */
function sorted(lines: readonly DraftLine[], places: Map<string, Place[]>) {
  const fresh: Fresh[] = [];
  const sightings: Sighting[] = [];
  const repeated: RejectedLine[] = [];
  const shared = places.size === 0 ? new Set<string>() : sharedReferences(lines);
  for (const line of lines) {
    const group = places.get(line.identity) ?? [];
    const best = group.length === 0 ? undefined : bestOf(line, group, shared.has(line.bankReference ?? ''));
    if (best?.line.id !== undefined) {
      best.isSeen = true;
      const later = best.line.identity === line.identity ? undefined : line.bankReference;
      sightings.push({ row: line.row, lineId: best.line.id, ...(later === undefined ? {} : { bankReference: later }) });
      continue;
    }
    if (group.some((place) => place.isSeen && isSameRow(line, place))) {
      repeated.push({
        row: line.row,
        why: 'row_repeated' satisfies RejectedReason,
        ...(line.bankReference ? { cell: line.bankReference } : {}),
      });
      continue;
    }
    group.push({ line: { content: line.content, ...(line.balanceAfter ? { balanceAfter: line.balanceAfter } : {}) }, isSeen: true });
    places.set(line.identity, group);
    fresh.push({ line, occurrence: group.length });
  }
  return { fresh, sightings, repeated };
}

/** Two movements leave two balances, unless something else lies between that undoes one: not under one reference with the same words. */
const isSameRow = (line: DraftLine, { line: { content, balanceAfter } }: Place): boolean =>
  isTelling(line.bankReference) &&
  balanceAfter !== undefined &&
  line.balanceAfter?.equals(balanceAfter) === true &&
  line.content === content;

function bestOf(line: DraftLine, group: readonly Place[], isShared: boolean): Place | undefined {
  let best: { place: Place; fit: number } | undefined;
  for (const place of group) {
    const fit = place.isSeen ? undefined : fitOf(line, place.line, isShared);
    if (fit !== undefined && (best === undefined || fit < best.fit)) best = { place, fit };
  }
  return best?.place;
}

/** References that stand on movements of several amounts or contents. */
function sharedReferences(lines: readonly DraftLine[]): Set<string> {
  const first = new Map<string, DraftLine>();
  const shared = new Set<string>();
  for (const line of lines) {
    const reference = line.bankReference ?? '';
    const other = first.get(reference);
    if (!other) first.set(reference, line);
    else if (!other.amount.equals(line.amount) || foldedContent(other.content) !== foldedContent(line.content)) shared.add(reference);
  }
  return shared;
}

async function perhapsRenumbered(tables: Tables, run: ReadingRun, fresh: readonly Fresh[]): Promise<DraftLine[]> {
  const { daysKnown } = run;
  if (daysKnown.size === 0) return [];
  const lines = fresh
    .map(({ line }) => line)
    .filter(({ balanceAfter, day }) => balanceAfter && daysAround(day).some((one) => daysKnown.has(one)));
  const olds = await unseenTwins(tables, run, lines);
  return olds.length === 0 ? [] : lines.filter((line) => olds.some((old) => isRenumbered(line, old)));
}

/** Lines of earlier files that have the balance of one of these, and that this file does not list. */
async function unseenTwins(tables: Tables, run: ReadingRun, lines: readonly DraftLine[]): Promise<StatementLine[]> {
  const byDay = new Map<Day, bigint[]>();
  for (const { day, balanceAfter } of lines) {
    if (balanceAfter) for (const one of daysAround(day)) byDay.set(one, [...(byDay.get(one) ?? []), balanceAfter.dong]);
  }
  const olds: StatementLine[] = [];
  for (const [day, balances] of byDay) olds.push(...(await tables.statementLines.listByBalance(run.account.id, day, balances)));
  const others = olds.filter(({ fileId }) => fileId !== run.file.id);
  const seenAgain = new Set(
    await tables.statementLines.listSeenAgain(
      run.file.id,
      others.map(({ id }) => id),
    ),
  );
  return others.filter(({ id }) => !seenAgain.has(id));
}
