// Drafts on paper: the order by which a refund is paid, and the letter by which a bank is asked who sent money; people sign both.
import type { SeenRefund } from '../actions/seeRefund';
import type { Agency, Account } from '../domain/agency';
import { amountInWords } from '../domain/amountInWords';
import { bankOfBin } from '../domain/banks';
import type { Money } from '../domain/money';
import { approvalsIn } from '../domain/refund';
import { dayOf, type Day, type Instant } from '../domain/time';
import type { Transaction } from '../domain/transaction';
import { inDate, inDong } from './format';
import { closePaper, heightOf, makeRoom, muted, openPaper, rule, writeAt, writeLine, type Paper } from './paper';

type Row = readonly [label: string, value: string | undefined];

const labelWidth = 128;
const signatureHeight = 76;
const plain = { size: 9 };

interface Sheet {
  title: string;
  subtitle: string;
  agency: string;
  at: Instant;
  opening: string;
  rows: readonly Row[];
  /** Draws what stands below the rows. */
  table?: (paper: Paper) => void;
  closing: string;
  signers: readonly string[];
}

/** A sheet of label and value that people sign. */
export async function drawn({ title, subtitle, agency, at, opening, rows, table, closing, signers }: Sheet): Promise<Buffer> {
  const paper = openPaper(title, at, () => undefined);
  writeLine(paper, agency, { size: 10, isBold: true });
  paper.y += 6;
  rule(paper, paper.y);
  paper.y += 14;
  writeLine(paper, title.toLocaleUpperCase('vi'), { size: 14, isBold: true, align: 'center' });
  paper.y += 2;
  writeLine(paper, subtitle, { size: 8, color: muted, align: 'center' });
  paper.y += 12;
  writeLine(paper, opening, plain);
  paper.y += 8;
  for (const row of rows) drawRow(paper, row);
  table?.(paper);
  paper.y += 8;
  writeLine(paper, closing, plain);
  drawSigners(paper, signers);
  return closePaper(paper);
}

function drawRow(paper: Paper, [label, value]: Row): void {
  if (value === undefined || value === '') return;
  const width = paper.width - labelWidth;
  makeRoom(paper, heightOf(paper, value, width, plain) + 4);
  writeAt(paper, label, paper.left, paper.y, labelWidth - 8, { ...plain, color: muted });
  paper.y +=
    Math.max(writeAt(paper, value, paper.left + labelWidth, paper.y, width, plain), heightOf(paper, label, labelWidth - 8, plain)) + 4;
}

function drawSigners(paper: Paper, signers: readonly string[]): void {
  makeRoom(paper, signatureHeight);
  paper.y += 20;
  const width = paper.width / signers.length;
  for (const [place, signer] of signers.entries()) {
    const x = paper.left + place * width;
    const height = writeAt(paper, signer, x, paper.y, width, { ...plain, isBold: true, align: 'center' });
    writeAt(paper, '(ký, ghi rõ họ tên)', x, paper.y + height, width, { size: 8, color: muted, align: 'center' });
  }
}

/** In figures and in words. */
export const sumRows = (amount: Money): Row[] => [
  ['Số tiền', inDong(amount)],
  ['Bằng chữ', amountInWords(amount)],
];

/** Its number, bank and holder. */
export const accountWords = (account: Account | undefined): string | undefined =>
  account && `${account.accountNumber} · ${bankOfBin(account.bankBin)?.name ?? account.bankBin} · ${account.accountName}`;

export interface OrderGiven {
  seen: SeenRefund;
  agency: Agency | undefined;
  account: Account | undefined;
  /** Who asked for it and who approved, by name. */
  names: ReadonlyMap<string, string>;
  now: Instant;
}

/** For the bank of the unit, or the State Treasury where the money is in the budget already (procedure 3.000116). */
export function orderPdf({ seen, agency, account, names, now }: OrderGiven): Promise<Buffer> {
  const { refund, transaction, payee, obligations, steps } = seen;
  const isTreasury = refund.way === 'treasury';
  const nameOf = (id: string): string => names.get(id) ?? id;
  return drawn({
    title: isTreasury ? 'Lệnh hoàn trả (dự thảo)' : 'Lệnh chuyển tiền hoàn trả (dự thảo)',
    subtitle: `Số ${refund.code ?? ''} · ngày ${inDate(dayOf(now))}`,
    agency: agency?.name ?? '',
    at: now,
    opening: isTreasury
      ? 'Kính gửi: Kho bạc Nhà nước. Đề nghị hoàn trả khoản phí, lệ phí đã nộp ngân sách theo thủ tục 3.000116, bằng chuyển khoản:'
      : 'Đề nghị ngân hàng trích tài khoản của đơn vị để hoàn trả người nộp tiền:',
    rows: [
      ...sumRows(refund.amount),
      ['Từ tài khoản', isTreasury ? undefined : accountWords(account)],
      ['Người nhận', payee?.accountName],
      ['Số tài khoản nhận', payee?.accountNumber],
      ['Tại ngân hàng', payee && (bankOfBin(payee.bankBin)?.name ?? payee.bankBin)],
      ['Nội dung', refund.code],
      [
        'Khoản đã nộp',
        `${inDong(transaction.amount)}, ngày ${inDate(dayOf(transaction.bankTime))}, mã giao dịch ${transaction.bankReference ?? transaction.providerId}`,
      ],
      ['Hồ sơ', obligations.map(({ dossier }) => dossier.code).join(', ')],
      ['Lý do', refund.reason],
      ['Căn cứ', payee?.evidence],
      ['Người đề nghị', nameOf(refund.requestedBy)],
      [
        'Người duyệt',
        approvalsIn(steps)
          .map(({ by, onBehalfOf }) => (onBehalfOf ? `${nameOf(by)} (theo ủy quyền của ${nameOf(onBehalfOf)})` : nameOf(by)))
          .join(', '),
      ],
    ],
    closing: 'Bản dự thảo do hệ thống lập; có giá trị khi được ký.',
    signers: ['Kế toán', 'Kế toán trưởng', 'Thủ trưởng đơn vị'],
  });
}

export interface LetterGiven {
  transaction: Transaction;
  amount: Money;
  dueOn: Day;
  agency: Agency | undefined;
  account: Account | undefined;
  now: Instant;
}

/** Asks the bank who sent money that nobody can place, and says what becomes of it after the deadline. */
export function tracePdf({ transaction, amount, dueOn, agency, account, now }: LetterGiven): Promise<Buffer> {
  return drawn({
    title: 'Đề nghị tra soát (dự thảo)',
    subtitle: `Ngày ${inDate(dayOf(now))}`,
    agency: agency?.name ?? '',
    at: now,
    opening: `Kính gửi: ${account ? (bankOfBin(account.bankBin)?.name ?? 'Ngân hàng') : 'Ngân hàng, tổ chức cung ứng dịch vụ thanh toán'}. Tài khoản của đơn vị nhận một khoản tiền chưa xác định được khoản phải nộp:`,
    rows: [
      ...sumRows(amount),
      ['Tài khoản nhận', accountWords(account)],
      ['Giao dịch', `${inDong(transaction.amount)}, ngày ${inDate(dayOf(transaction.bankTime))}`],
      ['Mã giao dịch', transaction.bankReference ?? transaction.providerId],
      ['Nội dung nhận được', transaction.content],
      ['Hạn xử lý', inDate(dueOn)],
    ],
    closing: `Đề nghị Quý ngân hàng cung cấp thông tin người chuyển, hoặc liên hệ người chuyển để xác nhận. Sau ngày ${inDate(dueOn)}, khoản tiền không xác định được người nộp sẽ được nộp vào ngân sách nhà nước theo quy định (Nghị định 02/2026/NĐ-CP, Điều 9–11).`,
    signers: ['Người lập', 'Kế toán trưởng'],
  });
}
