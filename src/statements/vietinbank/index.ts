// VietinBank eFAST: a date stands only on the first of its movements.
import type { StatementLayout } from '../reader';

export const vietinbank: readonly StatementLayout[] = [
  {
    name: 'vietinbank',
    headers: {
      day: ['ngay hach toan', 'accounting date'],
      time: ['ngay phat sinh', 'transaction date'],
      reference: ['so giao dich', 'transaction number'],
      debit: ['no', 'ghi no', 'phat sinh no', 'debit'],
      credit: ['co', 'ghi co', 'phat sinh co', 'credit'],
      balance: ['so du tk', 'so du tai khoan', 'so du', 'account balance'],
      content: ['mo ta giao dich', 'noi dung giao dich', 'transaction description'],
      payerName: ['ten tai khoan doi ung', 'ten doi ung'],
      payerAccount: ['tai khoan doi ung', 'so tai khoan doi ung'],
    },
    debitIs: 'out',
    fillsDatesDown: true,
  },
];
