// Closing: each account's day is reconciled, held against the truth, worked through by the finance officer, and signed by two persons.
import { recogniseRefunds } from '../../../src/actions/recogniseRefunds';
import { differenceClasses } from '../../../src/domain/reconciliation';
import { addDays, type Day } from '../../../src/domain/time';
import { count } from '../world';
import type { Desk } from './desks';
import { checkBooks, type SeenDay } from './dayBooks';
import { sendListing } from './imports';
import { followReceipts, minuteMs, msAt, mustBe, placeOf, type Month } from './month';
import { namesOf, type FoundDifference, type Names } from './names';
import type { Expectation } from './truth';
import { workOn } from './working';

/** Some lists tell of the day before, too. */
const twoDayShare = 0.15;

/** Some have a closing balance that their lines do not make, until the bank sends them once more. */
const lyingShare = 0.05;

/** On the morning after: the bank's final lists, then account by account what they show. */
export async function closeDay(month: Month, day: Day): Promise<void> {
  month.clock.set(msAt(addDays(day, 1), 6));
  for (const desk of month.desks) {
    const from = day > month.firstDay && month.chance.next() < twoDayShare ? addDays(day, -1) : day;
    const isLying = month.chance.next() < lyingShare;
    if (isLying) await sendLie(month, desk, day);
    await sendListing(month, { desk, from, to: day, file: 'final' });
  }
  await followReceipts(month);
  await recogniseRefunds(month.ctx);
  month.clock.set(month.clock.ms + 15 * minuteMs);
  for (const desk of month.desks) {
    const left = await closeDesk(month, desk, day).catch(String);
    if (left !== undefined) month.faults.push(`${desk.accountId} on ${day}: ${left}`);
  }
}

/** A day is not closed on a list that does not add up. */
async function sendLie(month: Month, desk: Desk, day: Day): Promise<void> {
  const listing = { desk, from: day, to: day, file: 'final' as const, liesBy: 1_000 };
  if (month.book.linesOf(listing).length === 0) return;
  await sendListing(month, listing);
  const place = `/api/reconciliations/${desk.accountId}/${day}`;
  mustBe(month, `${place} on a list that does not add up`, (await month.call<SeenDay>('GET', place)).statement, 'unbalanced');
  const refused = await month.call<{ code: string }>('POST', `${place}/close`, { body: { act: 'prepare' }, status: 409 });
  mustBe(month, `${place}/close on a list that does not add up`, refused.code, 'statement_unbalanced');
  count(month.counts, 'lists that lied');
}

async function closeDesk(month: Month, desk: Desk, day: Day): Promise<void> {
  const place = `/api/reconciliations/${desk.accountId}/${day}`;
  const seen = await month.call<SeenDay>('GET', place);
  const found = [...seen.differences, ...seen.late];
  const names = await namesOf(month, desk, day, found);
  const wanted = month.expectations.get(placeOf(desk, day)) ?? [];
  compare(month, place, found, names, wanted);
  checkBooks(month, desk, day, seen, names);
  const byLine = new Map(wanted.map((expectation) => [lineOf(expectation), expectation]));
  for (const difference of found) {
    const expectation = byLine.get(lineOfFound(difference, names));
    if (expectation) await workOn(month, difference, expectation, names);
  }
  if (wanted.some(({ work }) => work === 'ask_again')) await sendListing(month, { desk, from: day, to: day, file: 'again' });
  await followReceipts(month);
  await sign(month, desk, place);
}

const lineOf = ({ class: one, name, amount, isBlocking }: Expectation): string =>
  `${one} · ${name} · ${amount} · ${isBlocking ? 'blocks' : 'blocks nothing'}`;
const lineOfFound = (found: FoundDifference, names: Names): string =>
  `${found.class} · ${names.nameOf(found)} · ${found.amount} · ${found.isBlocking ? 'blocks' : 'blocks nothing'}`;

/** Every one that was made is found once, in its class, with its amount; and nothing else is. */
function compare(month: Month, place: string, found: readonly FoundDifference[], names: Names, wanted: readonly Expectation[]): void {
  const lines = found.map((one) => ({ class: one.class, line: lineOfFound(one, names) }));
  const expected = wanted.map((one) => ({ class: one.class, line: lineOf(one) }));
  for (const name of differenceClasses) {
    const [one, other] = [lines, expected].map((rows) =>
      rows
        .filter((row) => row.class === name)
        .map(({ line }) => line)
        .sort(),
    );
    const [theirs, ours] = [one ?? [], other ?? []];
    const left = [...ours];
    const strange = theirs.filter((line) => left.indexOf(line) < 0 || left.splice(left.indexOf(line), 1).length === 0);
    const tally = month.tallies.get(name) ?? { injected: 0, found: 0, false: 0 };
    const sum = { injected: ours.length, found: ours.length - left.length, false: strange.length };
    month.tallies.set(name, { injected: tally.injected + sum.injected, found: tally.found + sum.found, false: tally.false + sum.false });
    month.faults.push(
      ...left.map((line) => `${place}: not found: ${line}`),
      ...strange.map((line) => `${place}: found for nothing: ${line}`),
    );
  }
}

async function sign(month: Month, { accountId }: Desk, place: string): Promise<void> {
  const worked = await month.call<SeenDay>('GET', place);
  mustBe(month, `${place} once it was worked through`, [worked.standing, worked.blocking], ['ready', 0]);
  if (worked.blocking > 0)
    month.faults.push(
      ...worked.differences.flatMap((one) => (one.isBlocking ? `${accountId}: blocks: ${one.key} ${JSON.stringify(one.facts)}` : [])),
    );
  const prepared = await month.call<{ state: string }>('POST', `${place}/close`, { body: { act: 'prepare' } });
  const signed = await month.call<{ state: string }>('POST', `${place}/close`, { by: 'ketoantruong', body: { act: 'sign' } });
  mustBe(month, `${place}/close`, [prepared.state, signed.state], ['prepared', 'closed']);
  count(month.counts, 'days closed');
}
