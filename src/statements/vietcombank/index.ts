// Vietcombank: the simple list of its internet bank, CashUp for organisations, and the printed statement.
import type { StatementLayout } from '../reader';

export const vietcombank: readonly StatementLayout[] = [
  {
    name: 'vietcombank',
    headers: {
      day: ['ngay giao dich', 'transaction date'],
      reference: ['so tham chieu', 'so ct', 'reference'],
      debit: ['so tien ghi no', 'ghi no', 'debit'],
      credit: ['so tien ghi co', 'ghi co', 'credit'],
      balance: ['so du', 'balance'],
      content: ['mo ta', 'noi dung chi tiet', 'transactions in detail', 'description'],
    },
    debitIs: 'out',
  },
  {
    // Its sums stand beside `Tổng số`.
    name: 'vietcombank_cashup',
    headers: {
      day: ['ngay', 'date'],
      debit: ['no', 'debit'],
      credit: ['co', 'credit'],
      balance: ['so du', 'balance'],
      content: ['noi dung', 'description'],
    },
    debitIs: 'out',
  },
  {
    // The day and the document's number (`5243.65937`) stand in one cell, or in two.
    name: 'vietcombank_printed',
    headers: {
      day: ['ngay gd', 'ngay tnx date', 'ngay giao dich tnx date', 'tnx date', 'ngay so ct', 'ngay doc no', 'ngay'],
      reference: ['doc no', 'so ct', 'so chung tu'],
      debit: ['so tien ghi no', 'ghi no', 'no', 'debit'],
      credit: ['so tien ghi co', 'ghi co', 'co', 'credit'],
      balance: ['so du', 'balance'],
      content: ['noi dung chi tiet', 'noi dung giao dich', 'transactions in detail'],
    },
    debitIs: 'out',
  },
];
