// Techcombank `Txn enquiry`: bilingual headers in rich text around row 21; the second date is the one that it books by.
import type { StatementLayout } from '../reader';

export const techcombank: readonly StatementLayout[] = [
  {
    name: 'techcombank',
    headers: {
      day: ['ngay giao dich', 'transaction date'],
      time: ['ngay kh thuc hien', 'requesting date'],
      reference: ['so but toan', 'reference number'],
      debit: ['no', 'debit'],
      credit: ['co', 'credit'],
      balance: ['so du', 'running balance'],
      content: ['dien giai', 'description'],
      payerName: ['ten tai khoan doi ung', 'remitter s account name'],
      payerAccount: ['tai khoan dich', 'tai khoan doi ung', 'remitter s account number'],
    },
    charges: ['phi lai', 'fee', 'thue', 'vat', 'tax'],
    debitIs: 'out',
    signsDebits: true,
  },
];
