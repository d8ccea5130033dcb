// Deposits: cash of closed shifts that was brought to the bank, and which credit on the account it became.
import { withoutMarks } from './contentLetters';
import { referencesIn } from './reference';
import { sumOf, zero, type Money } from './money';
import type { Day, Instant } from './time';
import { workingDayAfter } from './workingDay';

export interface Deposit {
  id: string;
  agencyCode: string;
  accountId: string;
  amount: Money;
  /** On which it was brought. */
  day: Day;
  /** Of the bank's paying-in slip (giấy nộp tiền). */
  slipNumber: string;
  /** Ours, to be written on the slip. */
  code: string;
  by: string;
  at: Instant;
  /** What the bank counted less, as another person confirmed. */
  short: Money;
  withdrawn?: { reason: string; by: string; at: Instant };
}

/** A confirmed shortage; below 0: one that was taken back. */
export interface Shortage {
  amount: Money;
  note: string;
  by: string;
  at: Instant;
}

/** How much of it one shift brought. */
export interface DepositPart {
  shiftId: string;
  counterId: string;
  attempt: number;
  amount: Money;
}

export type DepositState = 'waiting' | 'arrived' | 'differs' | 'withdrawn';

/** Status is read, not set; `arrived`: what credits on the account were found to be it. */
export function depositStateOf({ withdrawn, ...brought }: Brought, arrived: Money): DepositState {
  if (withdrawn) return 'withdrawn';
  if (arrived.isZero()) return 'waiting';
  return onItsWay(brought, arrived).isZero() ? 'arrived' : 'differs';
}

type Brought = Pick<Deposit, 'amount' | 'short' | 'withdrawn'>;

/** After which a deposit that no credit belongs to is late. */
export const arrivalDue = (day: Day): Day => workingDayAfter(day, 1);

export const isLate = (due: Day, today: Day): boolean => today > due;

/** A slip number with fewer digits is in too many contents by chance, and one of letters alone is somebody's name. */
const fewestDigits = 5;

/**
 * Whether the content of a credit names the deposit: its code, or the number of its slip, whatever stands between their letters. One that
 * names a payment reference names no deposit: a number beside it may be anything.
 */
export function namesDeposit(content: string, { code, slipNumber }: Pick<Deposit, 'code' | 'slipNumber'>): boolean {
  const written = lettersOnly(content);
  const slip = lettersOnly(slipNumber);
  return (
    referencesIn(content).length === 0 &&
    (written.includes(code) ||
      (slip.replace(/\D/g, '').length >= fewestDigits &&
        runsOf(wordsOf(content), wordsOf(slipNumber).length).some((run) => unpadded(run) === unpadded(slip))))
  );
}

/** As capital letters and digits alone, without marks. */
export const lettersOnly = (text: string): string =>
  withoutMarks(text)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');

/** Words of a content as letters and digits alone. */
const wordsOf = (content: string): string[] => content.split(/[^\p{L}\p{N}]+/u).map(lettersOnly);

/** Each word, and so many as stand together: a bank may leave `GNT-0012345` as it was written. */
const runsOf = (words: readonly string[], length: number): string[] =>
  words.flatMap((word, at) => [word, words.slice(at, at + length).join('')]);

const unpadded = (number: string): string => number.replace(/^0+(?=\d)/, '');

/** The one waiting deposit that a credit can only be; undefined where there is none, or where several fit. */
export function depositFor<One extends Pick<Deposit, 'accountId' | 'amount' | 'code' | 'slipNumber'>>(
  credit: { accountId?: string; amount: Money; content: string },
  waiting: readonly One[],
): One | undefined {
  const fitting = waiting.filter(
    (one) => one.accountId === credit.accountId && one.amount.equals(credit.amount) && namesDeposit(credit.content, one),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

export const sumOfParts = (parts: readonly Pick<DepositPart, 'amount'>[]): Money => sumOf(parts.map(({ amount }) => amount));

/** What is still on its way: under 0 where more arrived than was brought. */
export const onItsWay = ({ amount, short, withdrawn }: Brought, arrived: Money): Money =>
  withdrawn ? zero : amount.minus(short).minus(arrived);

const codeStart = 'NTM';
const codeDigits = 7;

/** Bytes of chance in one code. */
export const depositCodeBytes = 4;

/** `NTM0412345`: digits alone after it, so that no bank drops or turns one, and never in the shape of a payment reference. */
export function drawDepositCode(bytes: Uint8Array): string {
  const number = bytes.reduce((sum, byte) => (sum * 256 + byte) % 10 ** codeDigits, 0);
  return `${codeStart}${String(number).padStart(codeDigits, '0')}`;
}
