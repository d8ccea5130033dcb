// The rows of the table of sources: for each account who tells of it, then the gateways that hold money, then accounts that are not ours.
import type { CoveredAccount, Coverage } from '../actions/seeCoverage';
import type { Sources } from '../actions/seeSources';
import type { Source } from '../domain/source';
import { dayOf, isBetween, type Instant } from '../domain/time';

export type Feed = Sources['feeds'][number];

/** What is known of one provider in its group. */
export interface SourceRow {
  provider: string;
  source?: Source | undefined;
  /** Of an account one at most; a gateway may be asked with the tokens of several. */
  feeds: readonly Feed[];
}

export interface SourceGroup {
  holder: CoveredAccount | 'gateways' | 'foreign';
  rows: readonly SourceRow[];
  /** Providers that may tell with the shared secret, and have not. */
  unheard: readonly string[];
}

/** They hold the money that they tell of until they settle it, and speak of no account. */
const gateways: ReadonlySet<string> = new Set(['vnpay', 'stripe', 'momo', 'zalopay']);

/** An account that is closed and was never heard of is left out, and so is a group without anybody. */
export function groupsOf(seen: Pick<Sources, 'sources' | 'feeds'>, coverage: Coverage, now: Instant): SourceGroup[] {
  const accounts = coverage.accounts.map((covered) => accountGroup(covered, seen, coverage.shared));
  const isKept = ({ holder, rows }: SourceGroup): boolean =>
    typeof holder === 'string' || rows.length > 0 || isBetween(dayOf(now), holder.account.validFrom, holder.account.validTo);
  const strange = [gatewayGroup(seen, coverage), foreignGroup(seen)];
  return [...accounts.filter(isKept), ...strange.filter(({ rows, unheard }) => rows.length + unheard.length > 0)];
}

function accountGroup(
  holder: CoveredAccount,
  { sources, feeds }: Pick<Sources, 'sources' | 'feeds'>,
  shared: readonly string[],
): SourceGroup {
  const heard = sources.filter(({ accountId }) => accountId === holder.account.id);
  const own = holder.own.filter((provider) => !gateways.has(provider));
  const providers = new Set([...heard.map(({ provider }) => provider), ...own]);
  return {
    holder,
    rows: [...providers].map((provider) => ({
      provider,
      source: heard.find((source) => source.provider === provider),
      feeds: feeds.filter((feed) => feed.provider === provider && feed.accountId === holder.account.id),
    })),
    unheard: shared.filter((provider) => !gateways.has(provider) && !providers.has(provider)),
  };
}

function gatewayGroup({ sources, feeds }: Pick<Sources, 'sources' | 'feeds'>, { accounts, shared, seesStrange }: Coverage): SourceGroup {
  const heard = sources.filter(({ accountId, isForeign }) => accountId === undefined && !isForeign);
  const own = accounts.flatMap((covered) => covered.own).filter((provider) => gateways.has(provider));
  const providers = new Set([...heard.map(({ provider }) => provider), ...own]);
  return {
    holder: 'gateways',
    rows: [...providers].map((provider) => ({
      provider,
      source: heard.find((source) => source.provider === provider),
      feeds: feeds.filter((feed) => feed.provider === provider && gateways.has(provider)),
    })),
    unheard: seesStrange ? shared.filter((provider) => gateways.has(provider) && !providers.has(provider)) : [],
  };
}

const foreignGroup = ({ sources }: Pick<Sources, 'sources'>): SourceGroup => ({
  holder: 'foreign',
  rows: sources.filter(({ isForeign }) => isForeign).map((source) => ({ provider: source.provider, source, feeds: [] })),
  unheard: [],
});
