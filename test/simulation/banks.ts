// Banks: transfers as they happen once, and the feeds that tell of them late, twice, together, out of order, or not at all.
import { bodyOf, cassoBundle, requestOf, type Line, type Message } from './messages';
import { mustHold } from './broken';
import { between, chanceOf, digits, happens, type Chance } from './chances';
import { settleTold } from './fates';
import { accountOf, secretFor } from './office';
import type { Feed, Transfer } from './truth';
import { count, dayNumberAt, hourMs, minuteMs, morningOf, type World } from './world';

const secondMs = 1000;
/** A provider whose tellings stop for so long. */
const outageMs = hourMs;
const stampedeSize = 20;

const firstIds: Readonly<Record<Feed, number>> = { sepay: 90_000_000, casso: 5_000_000 };

export type PlannedTransfer = Pick<Transfer, 'kind' | 'accountId' | 'amount' | 'bankMs' | 'meant' | 'spelled' | 'contents'> &
  Partial<Pick<Transfer, 'direction' | 'namesUnknown'>> & {
    /** Another transfer that has its reference, its amount and its second from the bank too. */
    twinOf?: Transfer;
  };

/** Money moves. What the feeds will tell of it goes on the agenda. */
export function transfer(world: World, { twinOf, ...planned }: PlannedTransfer): Transfer {
  const number = world.transfers.length;
  const chance = chanceOf(world.options.seed, `transfer ${number}`);
  const isSameToAll = twinOf?.contents.sepay === planned.contents.sepay;
  const made: Transfer = {
    ...{ direction: 'in', namesUnknown: false, ...planned, number },
    bankReference: twinOf?.bankReference ?? `FT${digits(chance, 14)}`,
    bankMs: twinOf?.bankMs ?? atOwnSecond(planned),
    feeds: accountOf(planned.accountId).feeds,
    ids: { sepay: firstIds.sepay + number, casso: firstIds.casso + number },
    identity: twinOf?.identity ?? number,
    twins: isSameToAll && twinOf ? twinOf.twins : [],
    ...{ told: new Set(), given: new Set(), decisions: [] },
  };
  made.twins.push(made);
  world.transfers.push(made);
  for (const feed of made.feeds) planTellings(world, made, feed, chanceOf(world.options.seed, `${feed} of transfer ${number}`));
  if (made.feeds.length > 1 && happens(chance, 0.01))
    world.agenda.add(stampede(world, made, made.bankMs + between(chance, 1, 60) * secondMs));
  return made;
}

/** Two of one dossier never in one second: which came first would be anybody's guess. */
function atOwnSecond({ bankMs, meant }: Pick<Transfer, 'bankMs' | 'meant'>): number {
  const second = Math.floor(bankMs / secondMs) * secondMs;
  if (meant.some(({ dossier }) => dossier.seconds.has(second))) return atOwnSecond({ bankMs: second + secondMs, meant });
  for (const { dossier } of meant) dossier.seconds.add(second);
  return second;
}

/** Whatever may not happen beside it. */
export const keysOf = ({ identity, meant }: Transfer): string[] => [
  `x${identity}`,
  ...new Set(meant.map(({ dossier }) => `d${dossier.number}`)),
];

function planTellings(world: World, made: Transfer, feed: Feed, chance: Chance): void {
  if (happens(chance, 0.012)) return; // never told: only a pull will bring it
  const first = afterOutage(world, feed, made.bankMs + delayOf(chance), chance);
  if (first === undefined) return;
  const tellAt = (atMs: number, note = '') => world.agenda.add(telling(world, made, feed, atMs, note));
  tellAt(first);
  if (happens(chance, 0.08))
    for (let again = between(chance, 1, 4); again > 0; again--) tellAt(first + between(chance, 1, 33 * 60) * secondMs);
  if (happens(chance, 0.02)) tellAt(first + between(chance, 1, 200) * minuteMs, ' told again');
  if (happens(chance, 0.004)) world.agenda.add(edited(world, made, feed, first + between(chance, 5, 300) * minuteMs, chance));
  if (feed === 'casso' && secretFor(feed, made.accountId) === secretFor(feed, '') && happens(chance, 0.01))
    world.agenda.add(bundle(world, made, first + between(chance, 1, 90) * minuteMs));
}

/** Mostly seconds, sometimes minutes, now and then hours. */
function delayOf(chance: Chance): number {
  const way = chance.next();
  return way < 0.86 ? between(chance, 0, 20) * secondMs : way < 0.96 ? between(chance, 1, 30) * minuteMs : between(chance, 1, 5) * hourMs;
}

/** A provider that is silent tells the rest of it later, or forgets it. */
function afterOutage(world: World, feed: Feed, atMs: number, chance: Chance): number | undefined {
  const from = outageFrom(world.options.seed, feed, dayNumberAt(atMs));
  if (atMs < from || atMs >= from + outageMs) return atMs;
  count(world.acts, 'tellings that met an outage');
  return happens(chance, 0.3) ? undefined : from + outageMs + between(chance, 0, 30 * 60) * secondMs;
}

const outageFrom = (seed: number, feed: Feed, day: number): number =>
  morningOf(day) + 2 * hourMs + chanceOf(seed, `outage of ${feed} on day ${day}`).below(6 * hourMs);

export const lineOf = (made: Transfer, feed: Feed): Line => ({
  id: made.ids[feed],
  accountNumber: accountOf(made.accountId).number,
  bank: accountOf(made.accountId).bank,
  direction: made.direction,
  amount: made.amount,
  content: made.contents[feed],
  reference: made.bankReference,
  bankMs: made.bankMs,
});

/** One message. `note`: other bytes, the same meaning. */
const telling = (world: World, made: Transfer, feed: Feed, atMs: number, note: string) => ({
  atMs,
  keys: keysOf(made),
  run: async () => {
    const message = messageOf(made, feed, note);
    const settle = heard(world, feed, [made], `${feed} ${made.number}${note}`);
    await acknowledged(world, message);
    return settle;
  },
});

/** The same message twenty times from each feed, all at once. */
const stampede = (world: World, made: Transfer, atMs: number) => ({
  atMs,
  keys: keysOf(made),
  run: async () => {
    count(world.acts, 'stampedes of twenty from each feed');
    const settles = made.feeds.map((feed) => heard(world, feed, [made], `${feed} ${made.number}`));
    const messages = made.feeds.flatMap((feed) => Array.from({ length: stampedeSize }, () => messageOf(made, feed, '')));
    await Promise.all(messages.map((message) => acknowledged(world, message)));
    return async () => {
      // Which of them was first is theirs to know: the one under whose id the service keeps it.
      const first = made.feeds.findIndex((feed) => world.touched.fates.has(`${feed} ${made.ids[feed]}`));
      if (first > 0) settles.unshift(...settles.splice(first, 1));
      settles.forEach((settle) => settle());
    };
  },
});

/** Casso's first edition tells of up to five at once. */
function bundle(world: World, last: Transfer, atMs: number) {
  const made = world.transfers
    .slice(Math.max(0, last.number - 40), last.number + 1)
    .filter((one) => one.accountId === last.accountId && one.bankMs <= atMs && one.feeds.includes('casso'))
    .slice(-5);
  return {
    atMs,
    keys: made.flatMap(keysOf),
    run: async () => {
      count(world.acts, 'bundles of several transfers');
      const settle = heard(world, 'casso', made, `bundle ${made.map(({ number }) => number).join()}`);
      await acknowledged(world, {
        feed: 'casso',
        body: cassoBundle(made.map((one) => lineOf(one, 'casso'))),
        secret: secretFor('casso', last.accountId),
        isToken: true,
      });
      return settle;
    },
  };
}

/** Another amount under an id that is known: nothing may come of it. One that is not known yet would be believed, so it waits. */
function edited(world: World, made: Transfer, feed: Feed, atMs: number, chance: Chance) {
  const extra = between(chance, 1, 9) * 10_000;
  return {
    atMs,
    keys: keysOf(made),
    run: async () => {
      if (!made.told.has(feed) || world.isStruck(feed, [made.ids[feed]])) return () => undefined;
      const line = { ...lineOf(made, feed), amount: made.amount + extra };
      const body = bodyOf(feed, line);
      await acknowledged(world, { feed, body, secret: secretFor(feed, made.accountId) });
      count(world.acts, 'edited amounts under a known id');
      world.touched.transfers.add(made);
      return () => void world.unreadable.add(body.toString());
    },
  };
}

const messageOf = (made: Transfer, feed: Feed, note: string): Message => ({
  feed,
  body: bodyOf(feed, lineOf(made, feed), note),
  secret: secretFor(feed, made.accountId),
});

/** Hands a genuine message in; it must be acknowledged in the provider's own words, whatever became of it. */
export async function acknowledged(world: World, message: Message): Promise<void> {
  const provider = world.ctx.providerNamed(message.feed);
  if (!provider) throw new Error(`no provider ${message.feed}`);
  const answer = await world.receive(provider, requestOf(message, world.clock.ms));
  count(world.acts, 'genuine messages');
  const wanted = provider.acknowledge('kept');
  mustHold(answer.status === wanted.status && answer.body === wanted.body, 'a genuine message is acknowledged', () =>
    JSON.stringify(answer),
  );
}

/** What a message changes in the simulator's truth, once it was kept: nothing, where its bytes were kept and read alike before. */
export function heard(world: World, feed: Feed, made: readonly Transfer[], bytes: string): () => void {
  const ids = made.map((one) => one.ids[feed]);
  const isBug = world.isStruck(feed, ids);
  const receivedMs = world.clock.ms;
  const known = isBug ? `${bytes}, unread` : bytes;
  if (!isBug) for (const one of made) expectFate(world, one, feed);
  return () => {
    if (world.heard.has(known)) return count(world.acts, 'messages that came again');
    world.heard.add(known);
    if (isBug) {
      count(world.acts, 'messages that met a bug of ours');
      world.failing.push({ feed, transfers: made, ids, tries: 1, receivedMs });
      return;
    }
    for (const one of made) settleTold(world, one, feed);
  };
}

/** The next reading of the tables will look for it. */
export function expectFate(world: World, made: Transfer, feed: Feed): void {
  if (!made.told.has(feed)) world.touched.told.push({ feed, transfer: made });
}
