// Twins: the transactions of one bank identity, and which of them a telling is of.
import { referencesIn } from './reference';
import { feedOf, type IdentifiedTransaction, type Telling } from './transaction';

type Told = Pick<Telling, 'provider' | 'scope' | 'content'>;

/** A telling, read. */
interface Read {
  feed: string;
  content: string;
  references: readonly string[];
}

/** Tellings of which each shares a reference with another: who told them, and all their references. */
interface Group {
  feeds: readonly string[];
  references: readonly string[];
}

/**
 * The transaction that a telling is of; undefined where it is of a transfer of its own. For one bank identity there are as many transactions
 * as any one feed tells of: a feed never tells of one under two ids, and the others tell of the same ones, in whatever order and with
 * whatever torn contents. There are more only where contents name different references: those are never of one transfer.
 */
export function placeOf(told: Told, alike: readonly IdentifiedTransaction[]): string | undefined {
  const known = alike.flatMap((one) => [one, ...one.tellings]);
  if (mostByOne([...known, told].map(feedOf)) > alike.length) return undefined;
  const read = readingOf(told);
  if (mostNamed([...known.map(readingOf), read]) > alike.length) return undefined;
  const [best] = alike.map((one) => ({ id: one.id, rank: rankOf(one, read) })).sort((a, b) => a.rank - b.rank);
  return best?.id;
}

const readingOf = (told: Told): Read => ({ feed: feedOf(told), content: told.content, references: referencesIn(told.content) });

/** How many transfers the references need: each as many as any one feed tells of with it. */
function mostNamed(all: readonly Read[]): number {
  const groups = new Map<string, Group>();
  for (const { feed, references } of all) {
    const shared = [...new Set(references.flatMap((reference) => groups.get(reference) ?? []))];
    const joined: Group = {
      feeds: [...shared.flatMap((group) => group.feeds), feed],
      references: [...new Set([...shared.flatMap((group) => group.references), ...references])],
    };
    for (const reference of joined.references) groups.set(reference, joined);
  }
  return [...new Set(groups.values())].reduce((sum, { feeds }) => sum + mostByOne(feeds), 0);
}

/** How often the most frequent one is there. */
function mostByOne(feeds: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const feed of feeds) counts.set(feed, (counts.get(feed) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

/** The best is 0. What names no reference takes what is left: a transaction with which none is named, if there is one. */
function rankOf(one: IdentifiedTransaction, told: Read): number {
  const reads = [one, ...one.tellings].map(readingOf);
  const isFree = reads.every(({ feed }) => feed !== told.feed);
  const isNamed = reads.some(({ references }) => references.length > 0);
  if (reads.some((read) => isSame(read, told))) return isFree ? 0 : 2;
  return isFree ? (isNamed ? 3 : 1) : 4;
}

const isSame = (one: Read, other: Read): boolean =>
  one.content === other.content || one.references.some((reference) => other.references.includes(reference));
