// Noise: forgeries, messages that nobody can read, test calls, and money on accounts that are not ours.
import type { Settle } from './agenda';
import { acknowledged } from './banks';
import { mustHold } from './broken';
import { between, chanceOf, digits, type Chance } from './chances';
import { bodyOf, requestOf, type Line } from './messages';
import { bankAccounts, defaultSecret, ownSecret } from './office';
import type { Feed } from './truth';
import { count, dayMs, hourMs, minuteMs, morningOf, type World } from './world';

const tables = [
  ...['delivery', 'incoming_transaction', 'telling', 'allocation', 'posting', 'event', 'event_delivery', 'ratio_change'],
  ...['obligation', 'payment_request', 'resolution', 'refund', 'cash_taking', 'dossier', 'reference', 'answer', 'session'],
];

/** Puts the noise of a day on the agenda: mixed among everything else, and three times with nothing beside it, to see that nothing changes. */
export function planNoise(world: World, day: number): void {
  const { seed } = world.options;
  const chance = chanceOf(seed, `noise of day ${day}`);
  const kinds = [forgery, unreadable, testCall, toAForeignAccount, byTheWrongVoucher];
  for (let i = 0; i < 60; i++) {
    const atMs = morningOf(day) + between(chance, 1, 13 * 60) * minuteMs + i;
    const make = kinds[chance.below(kinds.length)] ?? forgery;
    const own = chanceOf(seed, `noise ${i} of day ${day}`);
    world.agenda.add({ atMs, keys: [], run: () => make(world, own) });
  }
  for (const hour of [4, 8, 12]) {
    const own = chanceOf(seed, `forgeries at ${hour} of day ${day}`);
    world.agenda.add({ atMs: morningOf(day) + hour * hourMs + 1, keys: [], alone: true, run: () => onlyForgeries(world, own) });
  }
}

const feedOf = (chance: Chance): Feed => (chance.below(2) === 0 ? 'sepay' : 'casso');

function lineFor(world: World, chance: Chance, changes: Partial<Line> = {}): Line {
  const account = bankAccounts[chance.below(bankAccounts.length)] ?? bankAccounts[0];
  const debts = world.dossiers[chance.below(Math.max(1, world.dossiers.length))]?.debts ?? [];
  return {
    id: 1_000_000_000 + chance.below(1_000_000_000),
    ...{ accountNumber: account.number, bank: account.bank, direction: 'in' },
    amount: debts[0]?.due || 50_000,
    content: `${debts[0]?.reference ?? 'chuyen tien'} nop phi`,
    reference: `FT${digits(chance, 14)}`,
    bankMs: world.clock.ms - between(chance, 1, 60) * 1000,
    ...changes,
  };
}

/** The age at which a genuine signature is none any more. */
const tooOldMs: Record<Feed, number> = { sepay: 6 * minuteMs, casso: 31 * dayMs };

/** Unsigned, signed with a wrong key, signed long ago, or with other bytes than those that were signed. */
async function forgery(world: World, chance: Chance): Promise<Settle> {
  const feed = feedOf(chance);
  const provider = world.ctx.providerNamed(feed);
  if (!provider) throw new Error(`no provider ${feed}`);
  const body = bodyOf(feed, lineFor(world, chance));
  const way = chance.below(4);
  const secret = way === 0 ? '' : way === 1 ? 'demo-secret-guessed' : defaultSecret(feed);
  const request = requestOf({ feed, body, secret }, way === 2 ? world.clock.ms - tooOldMs[feed] : world.clock.ms);
  const answer = await world.receive(provider, way === 3 ? { ...request, body: bodyOf(feed, lineFor(world, chance)) } : request);
  const wanted = provider.refuse();
  mustHold(answer.status === wanted.status && answer.body === wanted.body, 'a forgery is refused', () => JSON.stringify(answer));
  count(world.acts, 'forgeries refused');
  world.refused++;
  return () => undefined;
}

async function onlyForgeries(world: World, chance: Chance): Promise<Settle> {
  const rows = () =>
    world.reader.rows(tables.map((table) => `SELECT '${table}' AS name, count(*) AS n FROM ${table}`).join(' UNION ALL ') + ' ORDER BY 1');
  const before = JSON.stringify(await rows());
  await Promise.all(Array.from({ length: 20 }, () => forgery(world, chance)));
  const after = JSON.stringify(await rows());
  mustHold(before === after, 'unsigned input changes nothing but a counter', () => `${before} → ${after}`);
  const counted = [...(await world.ctx.metrics.text()).matchAll(/^webhooks_total\{[^}]*outcome="refused"\} (\d+)$/gm)];
  const refused = counted.reduce((sum, [, number]) => sum + Number(number), 0);
  mustHold(refused === world.refused, 'every refusal is counted', () => `${refused} of ${world.refused}`);
  return () => undefined;
}

/** Genuine, and nobody can say what it means. */
async function unreadable(world: World, chance: Chance): Promise<Settle> {
  const line = lineFor(world, chance);
  const bodies = [
    `{"id":${line.id},"content":"no amount"}`,
    bodyOf('sepay', line)
      .toString()
      .replace(/"transferAmount":\d+/, '"transferAmount":"nhiều"'),
    bodyOf('sepay', line)
      .toString()
      .replace(/"transferAmount":(\d+)/, '"transferAmount":$1,"transferAmount":1'),
    bodyOf('sepay', line).toString().slice(0, -20),
    bodyOf('sepay', line).toString().replace('"transferType":"in"', '"transferType":"?"'),
  ];
  const body = bodies[chance.below(bodies.length)] ?? '';
  await acknowledged(world, { feed: 'sepay', body: Buffer.from(body), secret: defaultSecret('sepay') });
  return () => {
    count(world.acts, 'messages that nobody can read');
    world.unreadable.add(body);
  };
}

async function stray(world: World, feed: Feed, line: Line, state: string): Promise<Settle> {
  if (world.isStruck(feed, [line.id])) return () => undefined;
  await acknowledged(world, { feed, body: bodyOf(feed, line), secret: defaultSecret(feed) });
  return () => count(world.strays, state);
}

const testCall = (world: World, chance: Chance): Promise<Settle> =>
  stray(world, feedOf(chance), lineFor(world, chance, { id: 0, bankMs: world.clock.ms - between(chance, 1, 100_000) * 1000 }), 'test');

const toAForeignAccount = (world: World, chance: Chance): Promise<Settle> =>
  stray(world, feedOf(chance), lineFor(world, chance, { accountNumber: `9${digits(chance, 9)}` }), 'foreign');

/** The default key does not speak for an account that has one of its own. */
const byTheWrongVoucher = (world: World, chance: Chance): Promise<Settle> => {
  const account = bankAccounts.find(({ id }) => id === ownSecret.accountId) ?? bankAccounts[0];
  return stray(world, ownSecret.feed, lineFor(world, chance, { accountNumber: account.number }), 'foreign');
};
