// The accounts of the books in plain words: `bank:acc-1` is the money at a bank, `income:CT-2` the income from a fee.
import type { ReadTables } from '../context';
import { bankOfBin } from '../domain/banks';
import type { Posting } from '../domain/ledger';
import { sumOf, zero, type Money } from '../domain/money';
import type { Obligation } from '../domain/obligation';
import { taxName } from '../domain/taxNotice';
import type { Translate } from './labels';
import { providerWord } from './providerWords';

export type BookName = (account: string) => string;

/** Whose entries are named: one obligation's, or those of whatever brings these obligations together. */
export interface BookSubject {
  own?: Obligation;
  others?: ReadonlyMap<string, Obligation>;
}

export async function bookNamesFor(tables: ReadTables, { own, others }: BookSubject, t: Translate): Promise<BookName> {
  const accounts = new Map((await tables.accounts.list()).map((account) => [account.id, account]));
  const agencies = await tables.agencies.list();
  const counters = await tables.agencies.listCounters(agencies.map((agency) => agency.code));
  const holderName = (holder: string): string => {
    const account = accounts.get(holder);
    if (account) return `${bankOfBin(account.bankBin)?.shortName ?? account.bankBin} ${account.accountNumber}`;
    const [kind, id] = split(holder);
    return kind === 'gateway' ? providerWord(id, t) : holder;
  };
  const receivableName = (id: string): string => {
    if (id === own?.id) return t('book_receivable');
    const other = others?.get(id);
    return other ? `${t('book_receivable')} · ${other.reference}` : t('book_receivable_other');
  };
  const incomeName = (feeId: string): string => {
    const [kind, subItem] = split(feeId);
    if (kind === 'thue') return `${t('book_income_thue')} · ${taxName(subItem)} (${subItem})`;
    const item = own?.feeItems.find((line) => line.feeId === feeId);
    return `${t(item?.kind === 'le_phi' ? 'book_income_le_phi' : 'book_income_phi')} · ${item?.name ?? feeId}`;
  };
  return (account) => {
    const [kind, id] = split(account);
    if (isOneOf(atHolder, kind)) return `${t(`book_${kind}`)} · ${holderName(id)}`;
    if (kind === 'own_transfers') return t('book_own_transfers');
    if (kind === 'cash_in_transit') return `${t('book_cash_in_transit')} · ${agencies.find((agency) => agency.code === id)?.name ?? id}`;
    if (isOneOf(atAgency, kind)) return `${t(`book_${kind}`)} · ${agencies.find((agency) => agency.code === id)?.name ?? id}`;
    if (kind === 'gateway_fee') return `${t('book_gateway_fee')} · ${providerWord(id, t)}`;
    if (kind === 'gateway') return `${t('book_gateway')} · ${providerWord(id, t)}`;
    if (kind === 'cash') return `${t('book_cash')} · ${counters.find((counter) => counter.id === id)?.name ?? id}`;
    if (kind === 'receivable') return receivableName(id);
    return kind === 'income' ? incomeName(id) : account;
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

/** Accounts of the books that say who holds the money. */
const atHolder = [
  'bank',
  'unapplied',
  'refundable',
  'not_ours',
  'interest',
  'owed_to_budget',
  'bank_fee',
  'other_expense',
  'paid_by_treasury',
] as const;

/** Accounts of an agency. */
const atAgency = ['cash_float', 'cash_short', 'cash_over', 'budget_payable'] as const;

const isOneOf = <Word extends string>(words: readonly Word[], text: string): text is Word => words.some((word) => word === text);

function split(account: string): [kind: string, id: string] {
  const colon = account.indexOf(':');
  return colon < 0 ? [account, ''] : [account.slice(0, colon), account.slice(colon + 1)];
}
