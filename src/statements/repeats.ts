// Several statements of one account in one file may overlap (today until noon, then the whole day): what was told before is not given again.
import { createHash } from 'node:crypto';
import { foldedContent } from '../domain/lineIdentity';
import type { Money } from '../domain/money';
import type { StatementRow } from './reader';

/**
 * Twins are kept: of movements that look alike there are as many as any one statement tells of. A statement that begins with the balance with
 * which the one before it ended, or that is its next page, tells of others: its twins count with those before.
 */
export class RepeatedMovements {
  private readonly most = new Map<string, number>();
  private told = this.most;
  private before = this.most;
  private endedWith: Money | undefined;
  private endsWith: Money | undefined;
  private begins: Money | undefined;
  private net = 0n;
  private hasNews = false;

  nextStatement(): void {
    this.endedWith = this.endsWith;
    this.endsWith = undefined;
    this.begins = undefined;
    this.net = 0n;
    this.hasNews = false;
    if (this.most.size === 0) return;
    this.before = this.told;
    this.told = new Map();
  }

  nextPage(): void {
    this.told = this.before;
  }

  opening(balance: Money): void {
    this.begins = balance;
    if (this.endedWith?.equals(balance)) this.nextPage();
  }

  closing(balance: Money): void {
    this.endsWith = balance;
  }

  /** Whether an earlier statement of the file told of this movement; each is to be asked once. */
  isRepeated(row: StatementRow): boolean {
    this.net += row.direction === 'in' ? row.amount.dong : -row.amount.dong;
    const key = keyOf(row);
    const count = (this.told.get(key) ?? 0) + 1;
    this.told.set(key, count);
    if (this.told !== this.most && count <= (this.most.get(key) ?? 0)) return true;
    this.most.set(key, count);
    this.hasNews = true;
    return false;
  }

  /** A row of which nobody knows what it is. */
  rejected(): void {
    this.hasNews = true;
  }

  /** Whether the statement adds up by itself to this balance, and tells of nothing that none before it told of: an older view of its day. */
  isOlderView(closing: Money): boolean {
    return !this.hasNews && this.begins !== undefined && this.begins.dong + this.net === closing.dong;
  }
}

/** Short, because a file has up to a million of them. */
const keyOf = ({ day, direction, amount, bankReference, content }: StatementRow): string =>
  createHash('sha256')
    .update(`${day} ${direction} ${amount.toString()} ${bankReference ?? ''} ${foldedContent(content)}`)
    .digest('base64')
    .slice(0, 22);
