// The accounts of the books in plain words: `bank:acc-1` is the money at a bank, `income:CT-2` the income from a fee.
import type { ExplainedObligation } from '../actions/seeObligation';
import type { ReadTables } from '../context';
import { bankOfBin } from '../domain/banks';
import type { Posting } from '../domain/ledger';
import { sumOf, zero, type Money } from '../domain/money';
import type { Translate } from './labels';

export type BookName = (account: string) => string;

/** The names for one obligation's entries. */
export async function bookNamesFor(tables: ReadTables, { obligation }: ExplainedObligation, t: Translate): Promise<BookName> {
  const accounts = new Map((await tables.accounts.list()).map((account) => [account.id, account]));
  const counters = await tables.agencies.listCounters((await tables.agencies.list()).map((agency) => agency.code));
  const bankOf = (id: string): string => {
    const account = accounts.get(id);
    return account ? `${bankOfBin(account.bankBin)?.shortName ?? account.bankBin} ${account.accountNumber}` : id;
  };
  return (account) => {
    const [kind, id] = split(account);
    if (kind === 'bank') return `${t('book_bank')} · ${bankOf(id)}`;
    if (kind === 'unapplied') return `${t('book_unapplied')} · ${bankOf(id)}`;
    if (kind === 'cash') return `${t('book_cash')} · ${counters.find((counter) => counter.id === id)?.name ?? id}`;
    if (kind === 'receivable') return t(id === obligation.id ? 'book_receivable' : 'book_receivable_other');
    if (kind !== 'income') return account;
    const item = obligation.feeItems.find((line) => line.feeId === id);
    return `${t(item?.kind === 'le_phi' ? 'book_income_le_phi' : 'book_income_phi')} · ${item?.name ?? id}`;
  };
}

/** What an account got on each side. */
export interface BookTotal {
  account: string;
  debit: Money;
  credit: Money;
}

/** One line an account, in the order in which the postings first name it. */
export function totalsOf(postings: readonly Posting[]): BookTotal[] {
  const names = [...new Set(postings.flatMap(({ debit, credit }) => [debit, credit]))];
  const sumWhere = (fits: (posting: Posting) => boolean): Money => sumOf(postings.filter(fits).map((posting) => posting.amount));
  return names.map((account) => ({
    account,
    debit: sumWhere((posting) => posting.debit === account),
    credit: sumWhere((posting) => posting.credit === account),
  }));
}

export const sideSum = (totals: readonly BookTotal[], side: 'debit' | 'credit'): Money =>
  totals.reduce((sum, total) => sum.plus(total[side]), zero);

function split(account: string): [kind: string, id: string] {
  const colon = account.indexOf(':');
  return colon < 0 ? [account, ''] : [account.slice(0, colon), account.slice(colon + 1)];
}
