// Shows the tax notices behind obligations: with their accounts, the notices before and after them, and the document that a paid tax yields.
import type { ReadTables } from '../context';
import type { Account } from '../domain/agency';
import type { Money } from '../domain/money';
import { isTax, type Obligation } from '../domain/obligation';
import type { TaxNotice } from '../domain/taxNotice';
import type { Instant } from '../domain/time';
import type { SeenObligation } from './seeObligation';

export interface SeenNotice extends TaxNotice {
  /** The Treasury's, which the notice names. */
  account: Account;
  /** The number of the notice that it replaced. */
  replaces?: string;
  /** The number and the obligation of the notice that came in its place. */
  replacedBy?: Pick<TaxNotice, 'number' | 'obligationId'>;
}

/** The notices of those among these obligations that are taxes. */
export async function seeNotices(tables: ReadTables, obligations: readonly Obligation[]): Promise<SeenNotice[]> {
  const ids = obligations.filter(isTax).map(({ id }) => id);
  if (ids.length === 0) return [];
  const notices = await tables.taxNotices.ofObligations(ids);
  const older = await tables.taxNotices.ofObligations(notices.flatMap(({ replacesId }) => replacesId ?? []));
  const newer = await tables.taxNotices.replacing(ids);
  const accounts = await tables.accounts.list();
  return notices.map((notice) => {
    const account = accounts.find(({ id }) => id === notice.accountId);
    if (!account) throw new Error(`the notice of ${notice.obligationId} has no account`);
    const before = older.find(({ obligationId }) => obligationId === notice.replacesId);
    const after = newer.findLast(({ replacesId }) => replacesId === notice.obligationId);
    return {
      ...notice,
      account,
      ...(before ? { replaces: before.number } : {}),
      ...(after ? { replacedBy: { number: after.number, obligationId: after.obligationId } } : {}),
    };
  });
}

/** A document of payment to the state budget (chứng từ nộp ngân sách nhà nước): the bank or the Treasury makes it out, never we. */
export interface TaxDocument {
  noticeNumber: string;
  payments: readonly { transactionId: string; bankReference?: string; amount: Money; paidAt: Instant }[];
}

/** What the document of a tax that was paid in full is asked for by. */
export function taxDocumentOf({ obligation, notice, payments }: SeenObligation): TaxDocument | undefined {
  if (!notice || !obligation.settledAt) return undefined;
  return {
    noticeNumber: notice.number,
    payments: payments.flatMap(({ transaction, amount, paidAt }) => {
      if (!transaction || !amount.isPositive()) return [];
      const { id: transactionId, bankReference } = transaction;
      return [{ transactionId, ...(bankReference ? { bankReference } : {}), amount, paidAt }];
    }),
  };
}
