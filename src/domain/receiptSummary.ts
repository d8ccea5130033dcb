// The same-day summary of receipts (bảng tổng hợp 01/TH-BLĐT): facts of one day only, so that a day that was summed up never changes.
import type { ChargedKind } from './fee';
import { sumOf, zero, type Money } from './money';
import type { ReceiptName } from './receipt';
import type { NoticeGround } from './receiptNotice';
import { chargedKinds } from './receiptDraft';
import type { Day } from './time';

type Named = Pick<ReceiptName, 'symbol' | 'number'>;

/** Numbers that one agency used that day, without a gap between them. */
export interface SummaryRun {
  symbol: string;
  kind: ChargedKind;
  agencyCode: string;
  firstNumber: number;
  lastNumber: number;
  count: number;
  /** How many of them replace another. */
  replacing: number;
  total: Money;
}

/** A receipt that stopped to stand that day: replaced by another, or found wrong because its money was taken back. */
export interface SummaryExit {
  on: Day;
  receipt: Named & { kind: ChargedKind; agencyCode: string; issuedOn: Day; total: Money };
  replacedBy?: Named;
  ground: NoticeGround;
  /** It had stopped to stand on a day before it was replaced, and was taken off the total of that day. */
  isOutAlready: boolean;
}

export interface KindSummary {
  kind: ChargedKind;
  count: number;
  total: Money;
  replacing: number;
  /** What stopped to stand that day, whenever it was issued. */
  exits: number;
  exitTotal: Money;
  /** What the day adds to all receipts that stand; may be below 0. */
  net: Money;
}

/** What a receipt that stopped to stand takes off its day; nothing where another day had it. */
export const takenOff = ({ receipt, isOutAlready }: SummaryExit): Money => (isOutAlready ? zero : receipt.total);

export function kindSummaries(runs: readonly SummaryRun[], exits: readonly SummaryExit[]): KindSummary[] {
  return chargedKinds.map((kind) => {
    const own = runs.filter((run) => run.kind === kind);
    const leaving = exits.filter((exit) => exit.receipt.kind === kind);
    const total = sumOf(own.map((run) => run.total));
    const exitTotal = sumOf(leaving.map(takenOff));
    return {
      kind,
      count: own.reduce((sum, run) => sum + run.count, 0),
      total,
      replacing: own.reduce((sum, run) => sum + run.replacing, 0),
      exits: leaving.filter((exit) => !exit.isOutAlready).length,
      exitTotal,
      net: total.minus(exitTotal),
    };
  });
}

export const netOf = (kinds: readonly KindSummary[]): Money => kinds.reduce((sum, { net }) => sum.plus(net), zero);
