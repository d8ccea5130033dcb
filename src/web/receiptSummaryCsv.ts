// The same-day summary as CSV: one row a run of numbers, one a receipt that is no longer valid, and what they add up to; opened by spreadsheets as it is.
import type { ReceiptSummary } from '../actions/summariseReceipts';
import type { Agency } from '../domain/agency';
import type { Money } from '../domain/money';
import { sumOf, zero } from '../domain/money';
import { receiptTemplate } from '../domain/receipt';
import { receiptNameOf } from '../domain/receiptName';
import { netOf, takenOff } from '../domain/receiptSummary';
import { numberText } from '../domain/receiptSymbol';
import { groundWords } from '../domain/receiptWords';
import { byteOrderMark, csvLine, inertText } from './csv';
import { inDate } from './format';

const kindWords = { phi: 'Phí', le_phi: 'Lệ phí' } as const;

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
  'Căn cứ',
];

/**
 * Amounts are whole đồng without marks; what is no longer valid has a negative amount, and 0 where another day had it already. The last three
 * rows add up: what was issued, what went, and what the day makes.
 */
export function csvOf({ collector, on, runs, exits, kinds }: ReceiptSummary, agencies: readonly Agency[]): string {
  const nameOf = (code: string): string => agencies.find((agency) => agency.code === code)?.name ?? code;
  const head = [collector.taxCode, inDate(on), receiptTemplate];
  const sumRow = (words: string, count: string, total: Money): string[] => [
    collector.taxCode,
    inDate(on),
    '',
    '',
    '',
    '',
    '',
    count,
    total.toString(),
    collector.name,
    words,
    '',
    '',
  ];
  const rows = [
    columns,
    ...runs.map((run) => [
      ...head,
      run.symbol,
      kindWords[run.kind],
      numberText(run.firstNumber),
      numberText(run.lastNumber),
      String(run.count),
      run.total.toString(),
      nameOf(run.agencyCode),
      'Lập trong ngày',
      '',
      '',
    ]),
    ...exits.map((exit) => [
      ...head,
      exit.receipt.symbol,
      kindWords[exit.receipt.kind],
      numberText(exit.receipt.number),
      numberText(exit.receipt.number),
      '1',
      zero.minus(takenOff(exit)).toString(),
      nameOf(exit.receipt.agencyCode),
      exit.isOutAlready ? 'Bị thay thế, đã trừ từ ngày thông báo sai sót' : exit.replacedBy ? 'Bị thay thế' : 'Thông báo sai sót',
      exit.replacedBy ? receiptNameOf(exit.replacedBy) : '',
      groundWords[exit.ground],
    ]),
    sumRow('Cộng: lập trong ngày', String(runs.reduce((sum, { count }) => sum + count, 0)), sumOf(runs.map(({ total }) => total))),
    sumRow('Cộng: hết hiệu lực trong ngày', String(exits.length), zero.minus(sumOf(exits.map(takenOff)))),
    sumRow('Thu trong ngày theo biên lai', '', netOf(kinds)),
  ];
  return byteOrderMark + rows.map((row) => csvLine(row.map(cell))).join('');
}

/** An amount below 0 is a number. */
const cell = (text: string): string => (/^-\d+$/.test(text) ? text : inertText(text));
