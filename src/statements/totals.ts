// The control totals of a file, gathered as they turn up: of several opening balances the first day's, of the closing ones the last day's.
import { vnd, zero, type Money } from '../domain/money';
import type { StatedTotals } from '../domain/statement';
import type { Day } from '../domain/time';
import type { StatedPeriod } from './period';
import { StatementRefused, type StatementRow } from './reader';
import { StatementSpans } from './spans';

export class ControlTotals {
  /** Another currency than the đồng, where the file names one for all of it. */
  foreignCurrency: string | undefined;
  /** Movements beyond the lines that a stated count counts, where one line was told as its several transactions. */
  splitCount = 0;
  /** Whether fees and taxes are columns beside the debits, and their stated sums count with theirs. */
  hasCharges = false;
  private charges = zero;
  private readonly repeated = { count: 0, in: zero, out: zero };
  private readonly found: StatedTotals = {};
  private readonly spans = new StatementSpans();
  private openingDay: Day | undefined;
  private closingDay: Day | undefined;

  /** Throws StatementRefused where one file speaks of two accounts: nobody could say which is meant. */
  account(digits: string | undefined): void {
    if (digits === undefined) return;
    const known = this.found.accountNumber;
    if (known !== undefined && known !== digits) throw new StatementRefused('account_foreign', `${known}, ${digits}`);
    this.found.accountNumber = digits;
  }

  /** What only looks like an account's number does not contradict the first one. */
  firstAccount(digits: string | undefined): void {
    if (this.found.accountNumber === undefined) this.account(digits);
  }

  currency(name: string | undefined): void {
    if (isForeign(name)) this.foreignCurrency = name;
  }

  nextStatement(): void {
    this.spans.next();
  }

  opening(balance: Money | undefined, day?: Day): void {
    if (!balance) return;
    this.spans.opening(balance, day);
    const isEarlier = day !== undefined && this.openingDay !== undefined && day < this.openingDay;
    if (this.found.openingBalance && !isEarlier) return;
    this.found.openingBalance = balance;
    this.openingDay = day ?? this.openingDay;
  }

  /** `isOlderView`: another statement of the file tells of more of the same day. */
  closing(balance: Money | undefined, day?: Day, isOlderView = false): void {
    if (!balance) return;
    this.spans.closing(balance, day);
    const isEarlier = day !== undefined && this.closingDay !== undefined && day < this.closingDay;
    if (this.found.closingBalance && (isEarlier || (isOlderView && day === this.closingDay))) return;
    this.found.closingBalance = balance;
    this.closingDay = day ?? this.closingDay;
  }

  state(which: 'statedCredits' | 'statedDebits', amount: Money | undefined): void {
    if (amount) this.found[which] = absolute(amount);
  }

  charge(amount: Money | undefined): void {
    if (amount && this.hasCharges) this.charges = addedUp([this.charges, absolute(amount)]) ?? this.charges;
  }

  /** Several statements in one file state a sum each. */
  stateMore(which: 'statedCredits' | 'statedDebits', amount: Money): void {
    const sum = addedUp([this.found[which] ?? zero, amount]);
    if (!sum) throw new StatementRefused('damaged', 'sum');
    this.found[which] = sum;
  }

  count(amount: Money | undefined): void {
    if (amount) this.found.statedCount = amount.toJSON();
  }

  /** Of several statements in one file the first and the last day. */
  period(stated: StatedPeriod | undefined): void {
    if (!stated) return;
    this.spans.widen(stated);
    const { fromDay = stated.fromDay, toDay = stated.toDay } = this.found;
    this.found.fromDay = fromDay < stated.fromDay ? fromDay : stated.fromDay;
    this.found.toDay = toDay > stated.toDay ? toDay : stated.toDay;
  }

  countMore(count: number): void {
    this.found.statedCount = (this.found.statedCount ?? 0) + count;
  }

  /** A movement that two statements of the file tell of is in the stated sums of both. */
  repeat({ direction, amount }: Pick<StatementRow, 'direction' | 'amount'>): void {
    this.repeated.count++;
    this.repeated[direction] = addedUp([this.repeated[direction], amount]) ?? this.repeated[direction];
  }

  /** Throws StatementRefused where statements of the file lie apart. */
  all(): StatedTotals {
    this.spans.refuseGaps();
    const { statedCount, statedCredits, statedDebits } = this.found;
    const { repeated } = this;
    return {
      ...this.found,
      ...(statedCount === undefined ? {} : { statedCount: statedCount + this.splitCount - repeated.count }),
      ...(statedCredits && { statedCredits: statedCredits.minus(repeated.in) }),
      ...(statedDebits && { statedDebits: statedDebits.plus(this.charges).minus(repeated.out) }),
    };
  }
}

/** The sum, or undefined where it is more than any account can turn over. */
export function addedUp(amounts: readonly Money[]): Money | undefined {
  const dong = amounts.reduce((sum, amount) => sum + amount.dong, 0n);
  return dong > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : vnd(dong);
}

export const absolute = (amount: Money): Money => (amount.dong < 0n ? amount.times(-1) : amount);

/** Whether a text names a currency that is not the đồng; an absent one is the đồng. */
export function isForeign(name: string | undefined): boolean {
  const bare = (name ?? '').trim().toUpperCase();
  return /^[A-Z]{3}\b/.test(bare) && !/^(VND|VNĐ|DONG)\b/.test(bare) && !bare.startsWith('VN');
}
