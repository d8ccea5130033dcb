// What the service and its reading thread say to each other: plain values, and lines as one flat list, which travels fastest.
import { lineIdentityOf } from '../domain/lineIdentity';
import { vnd } from '../domain/money';
import type { DraftLine, RejectedLine, Survey } from '../domain/statement';
import type { Day, Instant } from '../domain/time';
import type { RefusedReason, StatementLayout, StatementRow } from './reader';

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

type Flat = string | number | undefined;

/** Values of one line in the list. */
const width = 11;

/** Rows as one list, each with its identity. Amounts are safe integers, which travel faster than bigints. */
export function flatLines(accountId: string, rows: readonly StatementRow[], from: number, to: number): Flat[] {
  const flat: Flat[] = [];
  for (let place = from; place < to; place++) {
    const row = rows[place];
    if (!row) break;
    flat.push(row.row, row.direction, row.amount.toJSON(), row.day, row.bookedAt, row.bankReference, row.content);
    flat.push(row.balanceAfter?.toJSON(), row.payerName, row.payerAccount, lineIdentityOf(accountId, row));
  }
  return flat;
}

export function linesFrom(flat: readonly Flat[]): DraftLine[] {
  const lines: DraftLine[] = [];
  for (let at = 0; at < flat.length; at += width) lines.push(lineAt(flat, at));
  return lines;
}

function lineAt(flat: readonly Flat[], at: number): DraftLine {
  const line: DraftLine = {
    row: flat[at] as number,
    direction: flat[at + 1] as DraftLine['direction'],
    amount: vnd(flat[at + 2] as number),
    day: flat[at + 3] as Day,
    bookedAt: flat[at + 4] as Instant,
    content: flat[at + 6] as string,
    identity: flat[at + 10] as string,
  };
  const [reference, balance, payerName, payerAccount] = [flat[at + 5], flat[at + 7], flat[at + 8], flat[at + 9]];
  if (reference !== undefined) line.bankReference = reference as string;
  if (balance !== undefined) line.balanceAfter = vnd(balance as number);
  if (payerName !== undefined) line.payerName = payerName as string;
  if (payerAccount !== undefined) line.payerAccount = payerAccount as string;
  return line;
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
