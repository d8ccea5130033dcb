// BIDV: the list that its internet bank exports, and the printed statement.
import type { StatementLayout } from '../reader';

export const bidv: readonly StatementLayout[] = [
  {
    name: 'bidv',
    headers: {
      day: ['ngay hieu luc'],
      reference: ['so tham chieu', 'so ct', 'ma giao dich'],
      debit: ['ghi no', 'so tien ghi no', 'debit'],
      credit: ['ghi co', 'so tien ghi co', 'credit'],
      balance: ['so du', 'balance'],
      content: ['mo ta', 'noi dung giao dich', 'description'],
    },
    debitIs: 'out',
  },
  {
    // `Mã GDV` (the teller) and `Mã CN` (the branch) beside `SEQ` say nothing of the payer.
    name: 'bidv_printed',
    headers: {
      day: ['ngay giao dich'],
      reference: ['ma giao dich'],
      debit: ['phat sinh no', 'ps no', 'no'],
      credit: ['phat sinh co', 'ps co', 'co'],
      balance: ['so du'],
      content: ['dien giai'],
    },
    debitIs: 'out',
  },
];
