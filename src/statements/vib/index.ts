// VIB: sheet `CURRENTACCOUNTSTATEMENT`.
import type { StatementLayout } from '../reader';

export const vib: readonly StatementLayout[] = [
  {
    name: 'vib',
    headers: {
      day: ['ngay giao dich', 'ngay gd', 'ngay hieu luc', 'transaction date'],
      reference: ['so chung tu', 'so ct', 'voucher no', 'document no'],
      debit: ['ghi no', 'phat sinh no', 'so tien ghi no', 'debit'],
      credit: ['ghi co', 'phat sinh co', 'so tien ghi co', 'credit'],
      balance: ['so du', 'balance'],
      content: ['noi dung', 'dien giai', 'mo ta', 'description', 'remarks'],
    },
    debitIs: 'out',
  },
];
