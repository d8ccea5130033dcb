// ACB: sheet `Statement`; debits and credits by their plain names, money drawn out and money paid in.
import type { StatementLayout } from '../reader';

const money = {
  reference: ['so gd', 'so giao dich', 'transaction number'],
  debit: ['so tien rut ra', 'rut ra', 'withdrawal', 'debit'],
  credit: ['so tien gui vao', 'gui vao', 'deposit', 'credit'],
  balance: ['so du', 'balance'],
  content: ['noi dung giao dich', 'noi dung', 'dien giai', 'description'],
  payerName: ['ten doi ung', 'ten tai khoan doi ung', 'don vi doi ung'],
  payerAccount: ['tai khoan doi ung', 'so tai khoan doi ung', 'doi ung'],
};

export const acb: readonly StatementLayout[] = [
  { name: 'acb', headers: { day: ['ngay giao dich', 'transaction date'], ...money }, debitIs: 'out' },
  { name: 'acb_effective', headers: { day: ['ngay hieu luc', 'effective date'], ...money }, debitIs: 'out' },
];
