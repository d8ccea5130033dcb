// The same-day summary as CSV: one row a run of numbers, one a receipt that stopped to stand; opened by spreadsheets as it is.
import type { ReceiptSummary } from '../actions/summariseReceipts';
import type { Agency } from '../domain/agency';
import { receiptTemplate } from '../domain/receipt';
import { receiptNameOf } from '../domain/receiptName';
import { numberText } from '../domain/receiptSymbol';
import { inDate } from './format';

/** By this mark spreadsheets know that the file is UTF-8. */
const byteOrderMark = '\ufeff';
const kinds = { phi: 'Phí', le_phi: 'Lệ phí' } as const;

const columns = [
  'Mã số thuế',
  'Ngày',
  'Ký hiệu mẫu',
  'Ký hiệu',
  'Loại',
  'Từ số',
  'Đến số',
  'Số lượng',
  'Số tiền',
  'Đơn vị thu',
  'Trạng thái',
  'Biên lai thay thế',
  'Lý do',
];

/** Amounts are whole đồng without marks; what stopped to stand has a negative amount, so that the column adds up to the day's net. */
export function csvOf({ collector, on, runs, exits }: ReceiptSummary, agencies: readonly Agency[]): string {
  const nameOf = (code: string): string => agencies.find((agency) => agency.code === code)?.name ?? code;
  const head = [collector.taxCode, inDate(on), receiptTemplate];
  const rows = [
    columns,
    ...runs.map((run) => [
      ...head,
      run.symbol,
      kinds[run.kind],
      numberText(run.firstNumber),
      numberText(run.lastNumber),
      String(run.count),
      run.total.toString(),
      nameOf(run.agencyCode),
      'Lập trong ngày',
      '',
      '',
    ]),
    ...exits.map(({ receipt, replacedBy, reason, isOutAlready }) => [
      ...head,
      receipt.symbol,
      kinds[receipt.kind],
      numberText(receipt.number),
      numberText(receipt.number),
      '1',
      isOutAlready ? '0' : `-${receipt.total.toString()}`,
      '',
      replacedBy ? 'Bị thay thế' : 'Thông báo sai sót',
      replacedBy ? receiptNameOf(replacedBy) : '',
      reason,
    ]),
  ];
  return byteOrderMark + rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

/** A text that a spreadsheet would take for a formula is kept a text; an amount below 0 is a number. */
function cell(text: string): string {
  const plain = /^[=+@\t\r-]/.test(text) && !/^-\d+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
