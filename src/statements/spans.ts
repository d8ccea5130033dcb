// Several statements in one file: from which day and balance to which each goes, and whether days lie between them that none is of.
import type { Money } from '../domain/money';
import { addDays, type Day } from '../domain/time';
import type { StatedPeriod } from './period';
import { StatementRefused } from './reader';

/** Nobody's file has more, even of every hour of ten years. */
const mostStatements = 100_000;
/** A bank sends no statement of a day without movements: of so many days in a row, over the longest holidays, its balances are believed. */
const mostQuietDays = 10;

interface Span {
  fromDay?: Day;
  toDay?: Day;
  opening?: Money;
  closing?: Money;
}

export class StatementSpans {
  private readonly spans: Span[] = [];
  private span: Span = {};

  next(): void {
    this.span = {};
    if (this.spans.push(this.span) > mostStatements) throw new StatementRefused('too_many_rows');
  }

  opening(balance: Money, day: Day | undefined): void {
    this.span.opening ??= balance;
    if (day) this.widen({ fromDay: day, toDay: day });
  }

  closing(balance: Money, day: Day | undefined): void {
    this.span.closing = balance;
    if (day) this.widen({ fromDay: day, toDay: day });
  }

  widen({ fromDay, toDay }: StatedPeriod): void {
    const { span } = this;
    if (span.fromDay === undefined || fromDay < span.fromDay) span.fromDay = fromDay;
    if (span.toDay === undefined || toDay > span.toDay) span.toDay = toDay;
  }

  /** Throws StatementRefused: the file would say of the days between that nothing came on them. */
  refuseGaps(): void {
    const dated = this.spans.flatMap(({ fromDay, toDay, ...rest }) => (fromDay && toDay ? [{ ...rest, fromDay, toDay }] : []));
    dated.sort((a, b) => (a.fromDay === b.fromDay ? 0 : a.fromDay < b.fromDay ? -1 : 1));
    let until: Day | undefined;
    let ends: Money[] = [];
    for (const { fromDay, toDay, opening, closing } of dated) {
      if (until !== undefined && fromDay > addDays(until, 1)) {
        const isQuiet = fromDay <= addDays(until, mostQuietDays + 1) && ends.some((end) => opening?.equals(end));
        if (!isQuiet) throw new StatementRefused('days_missing', `${until} ${fromDay}`);
      }
      if (until === undefined || toDay > until) [until, ends] = [toDay, []];
      if (closing && toDay === until) ends.push(closing);
    }
  }
}
