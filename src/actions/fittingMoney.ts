// Finds the money without a home that fits what a citizen said of a transfer: on the accounts of that obligation alone, and bounded.
import type { ReadTables } from '../context';
import { accountFor } from '../domain/agency';
import { evidenceFor, windowOf, type Claim, type ClaimEvidence } from '../domain/claim';
import type { Obligation } from '../domain/obligation';
import { dayOf, type Instant } from '../domain/time';
import type { Transaction } from '../domain/transaction';
import { withDecisions } from './seeTransaction';

/** Money that fits a claim, and why. */
export interface Fitting {
  transaction: Transaction;
  evidence: readonly ClaimEvidence[];
}

export interface FittingMoney {
  /** Newest first. */
  fitting: readonly Fitting[];
  /** False where more waits than one look takes: whether a transaction alone fits cannot be said then. */
  isWhole: boolean;
}

/** Of one amount, without a home, within five days on one account. */
const mostLookedAt = 200;

export async function fittingMoney(tables: ReadTables, claim: Claim, obligation: Obligation, now: Instant): Promise<FittingMoney> {
  const accountIds = await accountsOf(tables, claim, obligation, now);
  const filter = {
    states: ['unapplied' as const],
    direction: 'in' as const,
    accountIds,
    amountOrUnapplied: claim.amount,
    ...windowOf(claim),
  };
  const near = accountIds.length === 0 ? [] : await tables.transactions.list(filter, mostLookedAt);
  const likely = near.filter((transaction) => evidenceFor(claim, accountIds, { transaction, unapplied: transaction.amount }).length > 0);
  const seen = likely.length === 0 ? [] : await withDecisions(tables, likely);
  return {
    fitting: seen.flatMap(({ transaction, money: { unapplied } }) => {
      const evidence = evidenceFor(claim, accountIds, { transaction, unapplied });
      return evidence.length > 0 ? [{ transaction, evidence }] : [];
    }),
    isWhole: near.length < mostLookedAt,
  };
}

/** To which the obligation may be paid: what its codes named, and the account of its unit then and now; a tax only that of its notice. */
async function accountsOf(tables: ReadTables, { paidOn }: Claim, obligation: Obligation, now: Instant): Promise<string[]> {
  if (obligation.treasuryAccountId !== undefined) return [obligation.treasuryAccountId];
  const [agencies, accounts] = [await tables.agencies.list(), await tables.accounts.list()];
  const own = [paidOn, dayOf(now)].map((on) => accountFor(agencies, accounts, obligation.agencyCode, on)?.id);
  const offered = (await tables.paymentRequests.ofObligation(obligation.id)).map(({ accountId }) => accountId);
  return [...new Set([...own, ...offered].filter((id) => id !== undefined))];
}
