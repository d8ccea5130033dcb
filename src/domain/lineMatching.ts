// Which transaction a statement line is: the same money told by a webhook or a pulled list, one for one, never by amount and day alone.
import { daysAround, foldedContent, isTelling, nameDifferent } from './lineIdentity';
import { isAtNight } from './nightBooking';
import { normalForm, referencesIn } from './reference';
import type { DraftLine } from './statement';
import { dayOf, type Instant } from './time';
import type { Transaction } from './transaction';

/** A transaction of the account that no line is yet. */
export interface UnlinkedTransaction extends Pick<Transaction, 'id' | 'direction' | 'amount' | 'content' | 'bankReference'> {
  bankTime: Instant;
}

/** What a line of the same bank identity has to be compared with. */
export type IdentifiedMoney = Pick<UnlinkedTransaction, 'id' | 'content'> & { bankIdentity: string };

/** Pairs lines with transactions of the very same bank identity, like contents first. */
export function pairByIdentity<Line extends DraftLine>(
  lines: readonly Line[],
  transactions: readonly IdentifiedMoney[],
): Map<Line, string> {
  const found = new Map<Line, string>();
  const free = new Map<string, IdentifiedMoney[]>();
  for (const one of transactions) append(free, one.bankIdentity, one);
  for (const fits of [isAlike, () => true]) {
    for (const line of lines) {
      const group = found.has(line) ? undefined : free.get(line.identity);
      const isOnly = group?.length === 1; // then it is the best as well
      const place = group?.findIndex((one) => (isOnly || fits(line, one)) && !nameDifferent(line.content, one.content)) ?? -1;
      const [chosen] = place < 0 ? [] : (group?.splice(place, 1) ?? []);
      if (chosen) found.set(line, chosen.id);
    }
  }
  return found;
}

function isAlike(line: DraftLine, transaction: IdentifiedMoney): boolean {
  if (line.content === transaction.content) return true;
  const [one, other] = [foldedContent(line.content), foldedContent(transaction.content)];
  return one.includes(other) || other.includes(one) || referencesIn(line.content).some((code) => other.includes(code));
}

type Told = Pick<DraftLine, 'content' | 'bankReference'>;

interface Tie {
  keysOf: (told: Told) => readonly string[];
  /** On the days beside it ties only what was told of at night, which banks book on another day; else it is another payment of the same words. */
  isOfNight: boolean;
}

/** What two tellings of one movement may share, the surest first. */
const ties: readonly Tie[] = [
  { keysOf: ({ bankReference }) => (isTelling(bankReference) ? [normalForm(bankReference)] : []), isOfNight: false },
  { keysOf: ({ content }) => referencesIn(content), isOfNight: true },
  { keysOf: ({ content }) => [foldedContent(content)].filter((folded) => folded !== ''), isOfNight: true },
];

/**
 * Pairs lines with transactions of the same account, direction and amount that share the bank's reference, a payment reference of ours,
 * or the whole content; each with one. `beside`: of the days beside theirs, else of the same day.
 */
export function pairByContent<Line extends DraftLine>(
  lines: readonly Line[],
  transactions: readonly UnlinkedTransaction[],
  beside: boolean,
): Map<Line, string> {
  const found = new Map<Line, string>();
  const taken = new Set<string>();
  for (const { keysOf, isOfNight } of ties) {
    const index = new Map<string, UnlinkedTransaction[]>();
    const tied = beside && isOfNight ? transactions.filter(({ bankTime }) => isAtNight(bankTime)) : transactions;
    for (const one of tied) for (const key of keysOf(one)) append(index, keyOn(one, dayOf(one.bankTime), key), one);
    for (const place of beside ? [1, 2] : [0]) {
      for (const line of lines) {
        const day = daysAround(line.day)[place];
        const groups = found.has(line) ? [] : keysOf(line).map((key) => index.get(keyOn(line, day ?? '', key)) ?? []);
        const chosen = firstFree(line, groups);
        if (chosen) found.set(line, chosen.id);
      }
    }
  }
  return found;

  function firstFree(line: Line, groups: readonly UnlinkedTransaction[][]): UnlinkedTransaction | undefined {
    for (const group of groups) {
      while (group[0] && taken.has(group[0].id)) group.shift();
      const chosen = group.find((one) => !taken.has(one.id) && !nameDifferent(line.content, one.content));
      if (!chosen) continue;
      taken.add(chosen.id);
      return chosen;
    }
    return undefined;
  }
}

const keyOn = ({ direction, amount }: Pick<UnlinkedTransaction, 'direction' | 'amount'>, day: string, key: string): string =>
  `${direction} ${amount.toString()} ${day} ${key}`;

/** What an unlinked line may be, for a person to say: the same amount and direction around the same day, and no other payment reference. */
export function candidatesFor<Candidate extends UnlinkedTransaction>(line: DraftLine, transactions: readonly Candidate[]): Candidate[] {
  const days: readonly string[] = daysAround(line.day);
  return transactions.filter(
    (one) =>
      one.direction === line.direction &&
      one.amount.equals(line.amount) &&
      days.includes(dayOf(one.bankTime)) &&
      !nameDifferent(line.content, one.content),
  );
}

function append<Row>(groups: Map<string, Row[]>, key: string, row: Row): void {
  const group = groups.get(key);
  if (group) group.push(row);
  else groups.set(key, [row]);
}
