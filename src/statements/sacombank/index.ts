// Sacombank: no public sample is known; the headers are the words that banks of Vietnam share, with the ones of its counters.
import type { StatementLayout } from '../reader';

export const sacombank: readonly StatementLayout[] = [
  {
    name: 'sacombank',
    headers: {
      day: ['ngay giao dich', 'ngay gd', 'transaction date'],
      reference: ['so giao dich', 'ma giao dich', 'so chung tu', 'so but toan', 'transaction no'],
      debit: ['phat sinh no', 'rut ra', 'tien rut', 'so tien rut', 'withdrawal'],
      credit: ['phat sinh co', 'gui vao', 'tien gui', 'so tien gui', 'deposit'],
      balance: ['so du', 'balance'],
      content: ['dien giai', 'noi dung', 'mo ta', 'description', 'narration'],
    },
    debitIs: 'out',
  },
];
