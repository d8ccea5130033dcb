// Messages: what SePay and Casso say of a line on an account, pushed or in a list of theirs, signed as each of them signs.
import { createHmac } from 'node:crypto';
import type { RawRequest } from '../../src/actions/receiveWebhook';
import { instantOf, vietnamTimeOf } from '../../src/domain/time';
import type { Feed } from './truth';

/** One line on an account at a bank. */
export interface Line {
  id: number;
  accountNumber: string;
  bank: string;
  direction: 'in' | 'out';
  amount: number;
  content: string;
  reference: string;
  bankMs: number;
}

export interface Message {
  feed: Feed;
  body: Buffer;
  /** Casso's first edition sends its token as it is. */
  isToken?: boolean;
  secret: string;
}

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const timeOf = (line: Line): string => vietnamTimeOf(instantOf(line.bankMs));
const signedAmount = ({ amount, direction }: Line): number => (direction === 'in' ? amount : -amount);

export const bodyOf = (feed: Feed, line: Line, note = ''): Buffer => (feed === 'sepay' ? sepayBody(line, note) : cassoBody(line, note));

const sepayBody = (line: Line, note: string): Buffer =>
  json({
    id: line.id,
    gateway: line.bank,
    transactionDate: timeOf(line),
    accountNumber: line.accountNumber,
    subAccount: null,
    code: null,
    content: line.content,
    transferType: line.direction,
    description: `BankAPINotify ${line.content}${note}`,
    transferAmount: line.amount,
    accumulated: 0,
    referenceCode: line.reference,
  });

const cassoBody = (line: Line, note: string): Buffer =>
  json({
    error: 0,
    data: {
      id: line.id,
      reference: line.reference,
      description: line.content,
      amount: signedAmount(line),
      runningBalance: 0,
      transactionDateTime: timeOf(line),
      accountNumber: line.accountNumber,
      bankName: line.bank,
      bankAbbreviation: `${line.bank}${note}`,
      virtualAccountNumber: '',
      virtualAccountName: '',
      counterAccountName: '',
      counterAccountNumber: '',
      counterAccountBankId: '',
      counterAccountBankName: '',
    },
  });

/** Casso's first edition: several in one message. */
export const cassoBundle = (lines: readonly Line[]): Buffer =>
  json({
    error: 0,
    data: lines.map((line) => ({
      id: line.id,
      tid: line.reference,
      description: line.content,
      amount: signedAmount(line),
      cusum_balance: 0,
      when: timeOf(line),
      bank_sub_acc_id: line.accountNumber,
      subAccId: line.accountNumber,
      bankName: line.bank,
    })),
  });

/** What the feed's own list answers when it is asked. */
export const listOf = (feed: Feed, lines: readonly Line[], pages = 1): Buffer =>
  feed === 'sepay'
    ? json({ status: 200, error: null, messages: { success: true }, transactions: lines.map(sepayRow) })
    : json({ error: 0, message: 'success', data: { totalPages: pages, records: lines.map(cassoRow) } });

const sepayRow = (line: Line): object => ({
  id: String(line.id),
  bank_brand_name: line.bank,
  account_number: line.accountNumber,
  transaction_date: timeOf(line),
  amount_out: `${line.direction === 'out' ? line.amount : 0}.00`,
  amount_in: `${line.direction === 'in' ? line.amount : 0}.00`,
  accumulated: '0.00',
  transaction_content: line.content,
  reference_number: line.reference,
  code: null,
  sub_account: null,
  bank_account_id: '19',
});

const cassoRow = (line: Line): object => ({
  id: line.id,
  tid: line.reference,
  description: line.content,
  amount: signedAmount(line),
  cusumBalance: 0,
  when: timeOf(line).replace(' ', 'T'),
  bankSubAccId: line.accountNumber,
  virtualAccount: '',
  corresponsiveName: '',
  corresponsiveAccount: '',
  bankCodeName: 'bank',
});

/** The request that a door would hand in. Without a secret it is unsigned. */
export function requestOf({ feed, body, secret, isToken }: Message, signedMs: number): RawRequest {
  const proof = isToken
    ? ['secure-token', secret]
    : feed === 'sepay'
      ? sepayProof(body, secret, signedMs)
      : cassoProof(body, secret, signedMs);
  const rawHeaders = ['Content-Type', 'application/json', ...(secret === '' ? [] : proof)];
  return { method: 'POST', url: `/webhooks/${feed}`, rawHeaders, body };
}

function sepayProof(body: Buffer, secret: string, signedMs: number): string[] {
  const seconds = Math.floor(signedMs / 1000);
  const hash = createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex');
  return ['X-SePay-Timestamp', String(seconds), 'X-SePay-Signature', `sha256=${hash}`];
}

function cassoProof(body: Buffer, secret: string, signedMs: number): string[] {
  const text = isJson(body) ? JSON.stringify(sorted(JSON.parse(body.toString()))) : body.toString();
  const hash = createHmac('sha512', secret).update(`${signedMs}.${text}`).digest('hex');
  return ['X-Casso-Signature', `t=${signedMs},v1=${hash}`];
}

function isJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString());
    return true;
  } catch {
    return false;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([name, field]) => [name, sorted(field)]));
}
