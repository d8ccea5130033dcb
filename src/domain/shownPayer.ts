// The payer of a transaction as a screen and the API show it: as told by the bank, else as its content states it; the account whole only for who decides.
import { payerIn } from './payer';
import { can, type Actor } from './role';
import type { Transaction } from './transaction';

export interface ShownPayer {
  name?: string;
  account?: string;
  /** The payer's own words may pretend what a content states. */
  isStated: boolean;
}

const shownDigits = 4;

export function shownPayer(transaction: Pick<Transaction, 'payerName' | 'payerAccount' | 'content'>, actor: Actor): ShownPayer | undefined {
  const { payerName: name, payerAccount: accountNumber } = transaction;
  const isStated = name === undefined && accountNumber === undefined;
  const payer = isStated ? payerIn(transaction.content) : { ...(name ? { name } : {}), ...(accountNumber ? { accountNumber } : {}) };
  if (!payer) return undefined;
  const account = payer.accountNumber && (can(actor, 'resolve') ? payer.accountNumber : ending(payer.accountNumber));
  return { ...(payer.name ? { name: payer.name } : {}), ...(account ? { account } : {}), isStated };
}

/** `0123456789` → `•••6789` */
const ending = (account: string): string => `•••${account.slice(-shownDigits)}`;
