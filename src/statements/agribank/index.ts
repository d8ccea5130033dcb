// Agribank: its `.xls` is an HTML page, maybe in Windows-1258; dates are carried down until `Tổng` or `Số dư cuối kỳ`.
import type { StatementLayout } from '../reader';

export const agribank: readonly StatementLayout[] = [
  {
    name: 'agribank',
    headers: {
      day: ['ngay hach toan', 'ngay'],
      reference: ['so chung tu', 'so ct'],
      debit: ['ghi no', 'phat sinh no', 'no'],
      credit: ['ghi co', 'phat sinh co', 'co'],
      balance: ['so du'],
      content: ['dien giai', 'noi dung'],
    },
    debitIs: 'out',
    fillsDatesDown: true,
  },
];
