// What the service and its reading thread say to each other: plain values, and lines as one flat list, which travels fastest.
import { vnd } from '../domain/money';
import type { DraftLine, RejectedLine, Survey } from '../domain/statement';
import type { Day, Instant } from '../domain/time';
import type { RefusedReason, StatementLayout } from './reader';

export interface ReadingOrder {
  kind: 'read';
  /** `survey`: only what the file is as a whole. */
  what: 'survey' | 'lines';
  /** Of which lines have their identity. */
  accountId: string;
  layouts: readonly StatementLayout[];
}

export type ToThread = ReadingOrder | { kind: 'bytes'; bytes: Uint8Array | undefined } | { kind: 'more' };

export type FromThread =
  | { kind: 'want' }
  | { kind: 'heard'; bytesRead: number }
  | { kind: 'lines'; flat: readonly Flat[]; rejected: RejectedLine[]; bytesRead: number }
  | { kind: 'end'; survey: Survey }
  | { kind: 'refused'; reason: RefusedReason; detail: string | undefined; sample: string[][] }
  | { kind: 'broke'; message: string };

type Flat = string | number | bigint | undefined;

const width = 11;

export function flatLines(lines: readonly DraftLine[]): Flat[] {
  const flat: Flat[] = [];
  for (const line of lines) {
    flat.push(line.row, line.direction, line.amount.dong, line.day, line.bookedAt, line.bankReference, line.content);
    flat.push(line.balanceAfter?.dong, line.payerName, line.payerAccount, line.identity);
  }
  return flat;
}

export function linesFrom(flat: readonly Flat[]): DraftLine[] {
  const lines: DraftLine[] = [];
  for (let at = 0; at < flat.length; at += width) lines.push(lineAt(flat, at));
  return lines;
}

function lineAt(flat: readonly Flat[], at: number): DraftLine {
  const [balance, payerName, payerAccount] = [flat[at + 7], flat[at + 8], flat[at + 9]];
  const reference = flat[at + 5];
  return {
    row: Number(flat[at]),
    direction: flat[at + 1] === 'in' ? 'in' : 'out',
    amount: vnd(BigInt(flat[at + 2] ?? 0)),
    day: String(flat[at + 3]) as Day,
    bookedAt: String(flat[at + 4]) as Instant,
    ...(reference === undefined ? {} : { bankReference: String(reference) }),
    content: String(flat[at + 6]),
    ...(balance === undefined ? {} : { balanceAfter: vnd(BigInt(balance)) }),
    ...(payerName === undefined ? {} : { payerName: String(payerName) }),
    ...(payerAccount === undefined ? {} : { payerAccount: String(payerAccount) }),
    identity: String(flat[at + 10]),
  };
}

/** A survey comes over without the methods of its money. */
export function surveyFrom({ credits, debits, totals, ...rest }: Survey): Survey {
  const { openingBalance, closingBalance, statedCredits, statedDebits, ...others } = totals;
  return {
    ...rest,
    credits: vnd(credits.dong),
    debits: vnd(debits.dong),
    totals: {
      ...others,
      ...(openingBalance ? { openingBalance: vnd(openingBalance.dong) } : {}),
      ...(closingBalance ? { closingBalance: vnd(closingBalance.dong) } : {}),
      ...(statedCredits ? { statedCredits: vnd(statedCredits.dong) } : {}),
      ...(statedDebits ? { statedDebits: vnd(statedDebits.dong) } : {}),
    },
  };
}
