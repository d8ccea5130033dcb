// The chain of day closes as anybody can check it from an export alone: numbers without gaps, hashes, days in order, and sums that tie.
import { canonicalJson, isList, type Json } from './canonicalJson';
import { hashOfClose, noHash, type CloseSeal } from './dayClose';
import { addDays, parseDay, parseInstant } from './time';

/** The mark by which a file says what it is. */
export const exportFormat = 'counter-fees/day-closes/1';

/** One close as it stands in the file. */
export interface ExportedClose extends CloseSeal {
  accountId: string;
  content: Json;
  hash: string;
}

export interface CloseFault {
  /** Which close, as a person names it. */
  close: string;
  what: CloseFaultKind;
  detail: string;
}

export const closeFaultKinds = [
  'unreadable',
  'number_missing',
  'hash_wrong',
  'link_broken',
  'day_missing',
  'one_person',
  'account_other',
  'sum_wrong',
  'balance_broken',
] as const;
export type CloseFaultKind = (typeof closeFaultKinds)[number];

/** The last close of each account: to be compared with what stands on paper, for a chain that was cut short is still a chain. */
export interface ChainEnd {
  accountId: string;
  accountNumber: string;
  number: number;
  day: string;
  hash: string;
}

export interface ChainCheck {
  closes: number;
  ends: ChainEnd[];
  faults: CloseFault[];
}

/** Checks what an export says; `given` is the parsed JSON of the file. */
export function checkCloses(given: Json): ChainCheck {
  const list = closesIn(given);
  if (!list) return { closes: 0, ends: [], faults: [{ close: '–', what: 'unreadable', detail: `not a file of ${exportFormat}` }] };
  const checker = closeChecker();
  list.forEach(checker.take);
  return checker.end();
}

/** Of a close, what ties it to its neighbours. */
interface Link extends Pick<ExportedClose, 'accountNumber' | 'number' | 'day' | 'hash' | 'previousHash'> {
  opening: number | undefined;
  closing: number | undefined;
  /** What came to light since the close before. */
  since: number;
  /** Its own faults. */
  faults: CloseFault[];
}

/** Takes one close after the other, in any order, and keeps little of each: a file of years need not stand in memory. */
export function closeChecker(): { take(one: Json): void; end(): ChainCheck } {
  const chains = new Map<string, Link[]>();
  const unreadable: CloseFault[] = [];
  let closes = 0;
  return {
    take: (one) => {
      closes++;
      const close = toClose(one);
      if (!close) return void unreadable.push({ close: `#${closes}`, what: 'unreadable', detail: 'a field is missing or of another kind' });
      const chain = chains.get(close.accountId) ?? [];
      chain.push(linkOf(close));
      chains.set(close.accountId, chain);
    },
    end: () => {
      const sorted = [...chains].sort(([a], [b]) => (a < b ? -1 : 1));
      for (const [, chain] of sorted) chain.sort((a, b) => a.number - b.number);
      const ends = sorted.flatMap(([accountId, chain]) =>
        chain.slice(-1).map(({ accountNumber, number, day, hash }) => ({ accountId, accountNumber, number, day, hash })),
      );
      const faults = sorted.flatMap(([, chain]) =>
        chain.flatMap((link, place) => [...faultsBetween(chain[place - 1], link), ...link.faults]),
      );
      return { closes, ends, faults: [...unreadable, ...faults] };
    },
  };
}

function linkOf(close: ExportedClose): Link {
  const { accountNumber, number, day, hash, previousHash, content } = close;
  return {
    ...{ accountNumber, number, day, hash, previousHash },
    opening: amountAt(content, 'bank', 'opening'),
    closing: amountAt(content, 'bank', 'closing'),
    since: netOf(at(content, 'corrections', 'lines')) + (amountAt(content, 'balanceGap', 'amount') ?? 0),
    faults: faultsInClose(close),
  };
}

const nameOf = ({ accountNumber, number, day }: Pick<Link, 'accountNumber' | 'number' | 'day'>): string =>
  `${accountNumber} no. ${number} of ${day}`;

function faultsBetween(before: Link | undefined, close: Link): CloseFault[] {
  const faults: CloseFault[] = [];
  const fault = (what: CloseFaultKind, detail: string) => faults.push({ close: nameOf(close), what, detail });
  const expected = (before?.number ?? 0) + 1;
  if (close.number !== expected) fault('number_missing', `expected no. ${expected}`);
  if (close.previousHash !== (before?.hash ?? noHash)) fault('link_broken', 'does not name the hash of the close before it');
  if (before && close.day !== addDays(before.day, 1)) fault('day_missing', `follows ${before.day}`);
  if (before && before.accountNumber !== close.accountNumber) fault('account_other', `the close before is of ${before.accountNumber}`);
  const { opening, since } = close;
  if (before?.closing !== undefined && opening !== undefined && before.closing + since !== opening)
    fault('balance_broken', `the day before ended at ${before.closing}, ${since} came to light since, this begins at ${opening}`);
  return faults;
}

function faultsInClose(close: ExportedClose): CloseFault[] {
  const faults: CloseFault[] = [];
  const fault = (what: CloseFaultKind, detail: string) => faults.push({ close: nameOf(close), what, detail });
  if (hashOf(close) !== close.hash) fault('hash_wrong', 'the hash is not that of what stands here');
  if (close.preparedBy === close.closedBy) fault('one_person', close.closedBy);
  const { content } = close;
  if (at(content, 'account', 'id') !== close.accountId || at(content, 'account', 'number') !== close.accountNumber)
    fault('account_other', 'what was signed is of another account');
  if (at(content, 'day') !== close.day) fault('day_missing', 'what was signed is of another day');
  for (const [book, rows] of [
    ['bank', 'lines'],
    ['ours', 'transactions'],
  ] as const) {
    for (const direction of ['in', 'out'] as const) {
      const [count, amount] = added(at(content, book, rows), direction);
      const stated = [amountAt(content, book, direction, 'count'), amountAt(content, book, direction, 'amount')];
      if (count !== stated[0] || amount !== stated[1])
        fault('sum_wrong', `${book} ${direction}: ${count} rows of ${amount}, stated ${stated.join(' of ')}`);
    }
  }
  const [opening, closing] = [amountAt(content, 'bank', 'opening'), amountAt(content, 'bank', 'closing')];
  const moved = (amountAt(content, 'bank', 'in', 'amount') ?? 0) - (amountAt(content, 'bank', 'out', 'amount') ?? 0);
  if (opening !== undefined && closing !== undefined && opening + moved !== closing)
    fault('balance_broken', `${opening} and ${moved} make ${opening + moved}, stated ${closing}`);
  return faults;
}

/** A number that has no one text was never hashed. */
function hashOf(close: ExportedClose): string | undefined {
  try {
    return hashOfClose(close, canonicalJson(close.content));
  } catch {
    return undefined;
  }
}

/** How many movements of one direction, and what they add up to; nothing where they are no list of movements. */
function added(rows: Json | undefined, direction: string): [count: number, amount: number] | [undefined, undefined] {
  if (rows === undefined || !isList(rows)) return [undefined, undefined];
  let [count, amount] = [0, 0];
  for (const row of rows) {
    if (row === null || !isList(row) || typeof row[2] !== 'number') return [undefined, undefined];
    if (row[1] === direction) [count, amount] = [count + 1, amount + row[2]];
  }
  return [count, amount];
}

/** What corrections change a balance by. */
function netOf(rows: Json | undefined): number {
  return (added(rows, 'in')[1] ?? 0) - (added(rows, 'out')[1] ?? 0);
}

/** A member of a member …, or undefined. */
function at(value: Json | undefined, ...names: readonly string[]): Json | undefined {
  return names.reduce<Json | undefined>((inner, name) => (isMap(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined), value);
}

function amountAt(value: Json, ...names: readonly string[]): number | undefined {
  const found = at(value, ...names);
  return typeof found === 'number' ? found : undefined;
}

const isMap = (value: Json | undefined): value is { readonly [name: string]: Json | undefined } =>
  typeof value === 'object' && value !== null && !isList(value);

/** Undefined where it is no export. */
export function closesIn(given: Json): readonly Json[] | undefined {
  const closes = at(given, 'closes');
  return at(given, 'format') === exportFormat && closes !== undefined && isList(closes) ? closes : undefined;
}

function toClose(given: Json): ExportedClose | undefined {
  const text = (name: string): string | undefined => {
    const value = at(given, name);
    return typeof value === 'string' ? value : undefined;
  };
  const [accountId, accountNumber, previousHash, hash] = ['accountId', 'accountNumber', 'previousHash', 'hash'].map(text);
  const [preparedBy, closedBy, day] = [text('preparedBy'), text('closedBy'), parseDay(text('day') ?? '')];
  const [preparedAt, closedAt] = [parseInstant(text('preparedAt') ?? ''), parseInstant(text('closedAt') ?? '')];
  const [number, content] = [amountAt(given, 'number'), at(given, 'content')];
  if (accountId === undefined || accountNumber === undefined || previousHash === undefined || hash === undefined) return undefined;
  if (preparedBy === undefined || closedBy === undefined || !day || !preparedAt || !closedAt) return undefined;
  if (number === undefined || content === undefined) return undefined;
  return { accountId, accountNumber, previousHash, hash, preparedBy, closedBy, day, preparedAt, closedAt, number, content };
}
