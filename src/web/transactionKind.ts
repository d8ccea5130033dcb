// What a movement is that is no money for an obligation, and the words for where it was.
import type { Account } from '../domain/agency';
import { bankOfBin } from '../domain/banks';
import type { Transaction } from '../domain/transaction';
import { say } from './counterLabels';
import type { Translate } from './labels';
import { providerWord } from './providerWords';

/** Foreign is money for an unknown account, for one of ours without its key, or for an order of a gateway that the key has not. */
export type StrangeKind = 'taken_back' | 'outgoing' | 'test' | 'foreign' | 'foreign_key' | 'foreign_order';

export function strangeKindOf(transaction: Transaction, accounts: readonly Account[]): StrangeKind {
  const { state, why, accountNumber } = transaction;
  if (state === 'test') return 'test';
  if (state === 'outgoing') return why === 'taken_back_by_gateway' ? 'taken_back' : 'outgoing';
  if (accountNumber === '') return 'foreign_order';
  return accounts.some((account) => account.accountNumber === accountNumber) ? 'foreign_key' : 'foreign';
}

/** The number, or the gateway that holds the money. */
export const placeWords = ({ accountNumber, provider }: Transaction, t: Translate): string =>
  accountNumber || say(t('gatewayHolds'), { provider: providerWord(provider, t) });

/** `Vietcombank 1026101000`, or the gateway. */
export const accountWords = (account: Account | undefined, transaction: Transaction, t: Translate): string =>
  account ? `${bankOfBin(account.bankBin)?.shortName ?? account.bankBin} ${account.accountNumber}` : placeWords(transaction, t);
