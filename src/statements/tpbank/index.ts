// TPBank: sheet `VN`, header in row 9; `52,000`, DD-MM-YYYY.
import type { StatementLayout } from '../reader';

export const tpbank: readonly StatementLayout[] = [
  {
    name: 'tpbank',
    headers: {
      day: ['ngay hieu luc', 'effective date', 'value date'],
      time: ['ngay thuc hien', 'transaction date'],
      reference: ['ma giao dich', 'transaction code'],
      debit: ['ghi no', 'debit'],
      credit: ['ghi co', 'credit'],
      balance: ['so du', 'balance'],
      content: ['mo ta giao dich', 'mo ta', 'description'],
      payerName: ['ten tai khoan', 'account name'],
      payerAccount: ['tai khoan doi ung', 'corresponsive account'],
    },
    debitIs: 'out',
  },
];
