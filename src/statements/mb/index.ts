// MB: two dates, and a row of sums that has neither date nor word.
import type { StatementLayout } from '../reader';

export const mb: readonly StatementLayout[] = [
  {
    name: 'mb',
    headers: {
      day: ['ngay hach toan', 'posting date'],
      time: ['ngay giao dich', 'transaction date'],
      reference: ['so but toan', 'ma giao dich', 'so tham chieu', 'reference'],
      debit: ['phat sinh no', 'so tien ghi no', 'debit amount', 'debit'],
      credit: ['phat sinh co', 'so tien ghi co', 'credit amount', 'credit'],
      balance: ['so du', 'balance', 'available balance'],
      content: ['noi dung', 'dien giai', 'description'],
      payerName: ['don vi thu huong don vi chuyen', 'ten doi ung'],
      payerAccount: ['tai khoan doi ung', 'tai khoan'],
    },
    debitIs: 'out',
  },
];
