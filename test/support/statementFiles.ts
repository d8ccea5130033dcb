// Statement files for tests, in the layout of Vietcombank's list, and how they are sent.
import request from 'supertest';
import type { TestService } from './office';

export interface ListedLine {
  /** `2026-11-20` */
  day: string;
  reference?: string;
  credit?: number;
  debit?: number;
  content: string;
  balance?: number;
}

export interface StatementGiven {
  account?: string;
  lines: readonly ListedLine[];
  opening?: number;
  closing?: number;
  /** That it says it is of. */
  period?: { from: string; to: string };
  /** Rows below the table, such as `Tổng cộng ghi có: 1.000`. */
  trailer?: readonly string[];
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const inBankForm = (day: string): string => day.split('-').reverse().join('/');

export function statementCsv({ account = '1026101000', lines, opening, closing, period, trailer = [] }: StatementGiven): Buffer {
  const rows = lines.map(({ day, reference = '', credit, debit, content, balance }) =>
    [inBankForm(day), reference, debit ?? '', credit ?? '', balance ?? '', content].map((cell) => quoted(String(cell))).join(','),
  );
  return Buffer.from(
    [
      'SAO KÊ TÀI KHOẢN',
      `Số tài khoản: ${account}`,
      ...(period ? [`Từ ngày: ${inBankForm(period.from)} Đến ngày: ${inBankForm(period.to)}`] : []),
      ...(opening === undefined ? [] : [`Số dư đầu kỳ: ${opening}`]),
      'Ngày giao dịch,Số tham chiếu,Số tiền ghi nợ,Số tiền ghi có,Số dư,Mô tả',
      ...rows,
      ...(closing === undefined ? [] : [`Số dư cuối kỳ: ${closing}`]),
      ...trailer,
      '',
    ].join('\n'),
  );
}

/** What was sent, as the service answers. */
export interface SentAnswer {
  id: string;
  state: string;
  lines: number;
  alreadyKnown: number;
  seenBefore: number;
  newTransactions: number;
  held: number;
  balanced: boolean | null;
  rejected: { row: number; why: string }[];
  [field: string]: unknown;
}

export function sendStatement(
  service: TestService,
  file: Buffer,
  { account = '1026101000', by = 'ketoan', key, name = 'sao-ke.csv' }: { account?: string; by?: string; key?: string; name?: string } = {},
): request.Test {
  const call = request(service.server).post('/api/statements').set('authorization', `Bearer demo-api-key-${by}`);
  if (key !== undefined) call.set('idempotency-key', key);
  return call.field('account', account).attach('file', file, name);
}

/** The answer to a statement that was taken. */
export async function importedFrom(service: TestService, given: StatementGiven, account?: string): Promise<SentAnswer> {
  const answer = await sendStatement(service, statementCsv(given), account === undefined ? {} : { account });
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
}
