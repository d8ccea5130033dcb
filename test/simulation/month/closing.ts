// Closing: each account's day is reconciled, held against the truth, worked through by the finance officer, and signed by two persons.
import { differenceClasses, type DifferenceClass } from '../../../src/domain/reconciliation';
import { addDays, type Day } from '../../../src/domain/time';
import { count } from '../world';
import { checkCash } from './cashChecks';
import type { Desk } from './desks';
import { checkBooks, type SeenDay } from './dayBooks';
import { sendListing } from './imports';
import { followMoney, minuteMs, msAt, mustBe, placeOf, type Month } from './month';
import { namesOf, type FoundDifference, type Names } from './names';
import { tallyUp } from './tally';
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
  await followMoney(month);
  month.clock.set(month.clock.ms + 15 * minuteMs);
  await checkCash(month, day);
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
  for (const name of differenceClasses) {
    const [theirs, ours] = [found.filter((one) => one.class === name), wanted.filter((one) => one.class === name)];
    tallyUp(
      month,
      place,
      name,
      theirs.map((one) => lineOfFound(one, names)),
      ours.map(lineOf),
    );
  }
  checkBooks(month, desk, day, seen, names);
  const byLine = new Map(wanted.map((expectation) => [lineOf(expectation), expectation]));
  for (const difference of found) {
    const expectation = byLine.get(lineOfFound(difference, names));
    if (expectation) await workOn(month, difference, expectation, names);
  }
  if (wanted.some(({ work }) => work === 'ask_again')) await sendListing(month, { desk, from: day, to: day, file: 'again' });
  await followMoney(month);
  await sign(month, desk, place);
}

const lineOf = ({ class: one, name, amount, isBlocking }: Expectation): string =>
  [name, amount, isBlocking ? 'blocks' : 'blocks nothing', ownerOf[one] ?? 'finance_officer'].join(' · ');
const lineOfFound = (found: FoundDifference, names: Names): string =>
  [names.nameOf(found), found.amount, found.isBlocking ? 'blocks' : 'blocks nothing', found.owner.role].join(' · ');

/** Whose it is as long as nobody has taken it; else the finance officer's. */
const ownerOf: Partial<Record<DifferenceClass, string>> = { refund_pending: 'finance_supervisor' };

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
