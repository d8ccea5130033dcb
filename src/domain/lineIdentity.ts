// The identity of a statement line: by what the bank's own lists of one account are known to name the same movement.
import { createHash } from 'node:crypto';
import { identityOn, identityText } from './bankIdentity';
import { normalForm, referencesIn } from './reference';
import type { DraftLine, StatementLine } from './statement';
import { addDays, type Day } from './time';

type Named = Pick<DraftLine, 'direction' | 'amount' | 'day' | 'bankReference' | 'content' | 'balanceAfter'>;

/** A content without case, marks, spaces and signs: what stays of it however a bank wraps and cuts its letters. */
export const foldedContent = (content: string): string => normalForm(content);

/** A reference without any digit (`IBFT`, `NA`) names no movement. */
export const isTelling = (bankReference: string | undefined): bankReference is string =>
  bankReference !== undefined && /\d/.test(bankReference);

/**
 * Account, bank reference, amount, direction and booking day; the folded content, and the balance after it where there is one, stand in for
 * a reference that is not there. Twins share it: in each file the first is the first, the second the second.
 */
export function lineIdentityOf(accountId: string, line: Named): string {
  const { bankReference, amount, direction, day, content, balanceAfter } = line;
  const ofBank = isTelling(bankReference) ? identityOn({ accountId, bankReference, amount, direction }, day) : undefined;
  if (ofBank !== undefined) return ofBank;
  const folded = createHash('sha256')
    .update(`${foldedContent(content)} ${balanceAfter?.toString() ?? ''}`)
    .digest('base64url');
  return identityText(accountId, `#${folded}`, amount, direction, day);
}

/** The day itself first. Banks book what is paid late in the evening on the next day. */
export const daysAround = (day: Day): readonly [Day, Day, Day] => [day, addDays(day, -1), addDays(day, 1)];

type Seen = Pick<StatementLine, 'content' | 'balanceAfter'>;

/**
 * How well a row of a file fits a line of the same identity from another file: 0 is best; undefined: not the same movement. `isShared`: the
 * reference stands on several movements of the file, so that by itself it says little, and the balance counts.
 */
export function fitOf(row: Seen, line: Seen, isShared: boolean): 0 | 1 | 2 | undefined {
  if (nameDifferent(row.content, line.content)) return undefined;
  const balances = row.balanceAfter && line.balanceAfter ? (row.balanceAfter.equals(line.balanceAfter) ? 'equal' : 'differ') : 'unknown';
  if (isShared && balances === 'differ') return undefined;
  const [one, other] = [foldedContent(row.content), foldedContent(line.content)];
  if (one === other) return balances === 'equal' ? 0 : 1;
  if (balances === 'equal' || one.includes(other) || other.includes(one)) return 2;
  return !isShared && nameSame(row.content, line.content) ? 2 : undefined;
}

/** Whether both name a payment reference of ours that is the same. */
function nameSame(one: string, other: string): boolean {
  const references = referencesIn(one);
  return references.length > 0 && referencesIn(other).some((reference) => references.includes(reference));
}

/** Whether both name payment references of ours, and none in common: never of one transfer. */
export function nameDifferent(one: string, other: string): boolean {
  if (one === other) return false;
  const references = referencesIn(one);
  if (references.length === 0) return false;
  const others = referencesIn(other);
  return others.length > 0 && !others.some((reference) => references.includes(reference));
}

/**
 * Whether a row is a line that the bank has given another reference: all else is the same, and the balance after it too. Under the same
 * reference it may also have moved to the next day, or back.
 */
export function isRenumbered(row: DraftLine, line: StatementLine): boolean {
  if (!row.balanceAfter || !line.balanceAfter?.equals(row.balanceAfter)) return false;
  if (row.direction !== line.direction || !row.amount.equals(line.amount)) return false;
  if (foldedContent(row.content) !== foldedContent(line.content)) return false;
  const isSameReference = normalForm(row.bankReference ?? '') === normalForm(line.bankReference ?? '');
  return isSameReference ? row.day !== line.day && daysAround(row.day).includes(line.day) : row.day === line.day;
}
