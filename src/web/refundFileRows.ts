// A file of transfers as banks take it: CSV and XLSX with the same rows; texts that a spreadsheet would take for a formula stay texts.
import type { Payee, Refund } from '../domain/refund';
import { bankOfBin } from '../domain/banks';
import { foldToAscii } from '../domain/vietqr';
import { byteOrderMark, csvLine, inertText } from './csv';

export interface TransferRow {
  refund: Refund;
  payee: Payee;
}

const columns = ['STT', 'Số tài khoản', 'Ngân hàng', 'Tên người nhận', 'Số tiền', 'Nội dung'] as const;

interface Cells {
  place: number;
  accountNumber: string;
  bank: string;
  name: string;
  amount: number;
  content: string;
}

/** The content is our code alone: letters and digits, nothing of a person. */
const cellsOf = ({ refund, payee }: TransferRow, place: number): Cells => ({
  place: place + 1,
  accountNumber: payee.accountNumber,
  bank: bankOfBin(payee.bankBin)?.shortName ?? payee.bankBin,
  name: foldToAscii(payee.accountName).toUpperCase(),
  amount: refund.amount.toJSON(),
  content: refund.code ?? '',
});

/** Amounts are whole đồng without marks. */
export function transfersCsv(rows: readonly TransferRow[]): string {
  const lines = rows.map(cellsOf).map((cells) => [cells.place, cells.accountNumber, cells.bank, cells.name, cells.amount, cells.content]);
  return byteOrderMark + [columns, ...lines].map((line) => csvLine(line.map((cell) => inertText(String(cell))))).join('');
}

/** Account numbers are texts: leading zeros stay. */
export async function transfersXlsx(rows: readonly TransferRow[]): Promise<Buffer> {
  const { default: writeXlsx } = await import('write-excel-file/node');
  const sheet = [
    columns.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
    ...rows.map(cellsOf).map((cells) => [
      { value: cells.place, type: Number },
      { value: inertText(cells.accountNumber), type: String },
      { value: inertText(cells.bank), type: String },
      { value: inertText(cells.name), type: String },
      { value: cells.amount, type: Number, format: '#,##0' },
      { value: cells.content, type: String },
    ]),
  ];
  const widths = [6, 22, 20, 34, 16, 16].map((width) => ({ width }));
  return writeXlsx(sheet, { columns: widths }).toBuffer();
}
