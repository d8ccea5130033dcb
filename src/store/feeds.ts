// Feeds: the banks' own lists that we pull, and breaks in running balances that show what nobody told us.
import type { FeedState, FoundBreak } from '../domain/source';
import type { Instant } from '../domain/time';
import type { BalanceBreak as BreakRow, Feed as Row } from './generated/client';
import { instant, money, optional } from './rows';
import type { Sql } from './sql';

export function feedsTable(sql: Sql) {
  return {
    list: async (): Promise<FeedState[]> => (await sql.all<Row>('SELECT * FROM feed ORDER BY account_id, provider')).map(toFeed),

    /** Breaks that are still there, the oldest first. */
    listBreaks: async (): Promise<FoundBreak[]> =>
      (await sql.all<BreakRow>('SELECT * FROM balance_break WHERE closed_at IS NULL ORDER BY starts_at, after_id')).map(toBreak),

    save: (feed: Pick<FeedState, 'accountId' | 'provider' | 'tokenCiphertext' | 'baseUrl'>, at: Instant) =>
      sql.run(
        `INSERT INTO feed (account_id, provider, token_ciphertext, base_url, created_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (account_id, provider) DO UPDATE SET token_ciphertext = excluded.token_ciphertext, base_url = excluded.base_url, problem = NULL`,
        feed.accountId,
        feed.provider,
        feed.tokenCiphertext,
        feed.baseUrl ?? null,
        at,
      ),

    /** Takes a feed for one pull; false when somebody took it since it was read. */
    claim: async ({ accountId, provider, lastPulledAt }: FeedState, at: Instant): Promise<boolean> =>
      (await sql.run(
        `UPDATE feed SET last_pulled_at = ? WHERE account_id = ? AND provider = ? AND coalesce(last_pulled_at, '') = ?`,
        at,
        accountId,
        provider,
        lastPulledAt ?? '',
      )) === 1,

    /** How far a pull came; `pulledTo` only when its window is whole. */
    markPulled: (
      { accountId, provider }: FeedState,
      { cursor, pulledTo, problem }: { cursor?: string | undefined; pulledTo?: Instant | undefined; problem?: string | undefined },
    ) =>
      sql.run(
        'UPDATE feed SET cursor = ?, pulled_to = coalesce(?, pulled_to), problem = ? WHERE account_id = ? AND provider = ?',
        cursor ?? null,
        pulledTo ?? null,
        problem ?? null,
        accountId,
        provider,
      ),

    /** Lets the feeds of an account be pulled at once, from a time on. */
    markDue: (accountId: string, from: Instant) =>
      sql.run(
        'UPDATE feed SET last_pulled_at = NULL, cursor = NULL, pulled_to = CASE WHEN pulled_to < ? THEN pulled_to ELSE ? END WHERE account_id = ?',
        from,
        from,
        accountId,
      ),

    /** True when this break was not known before. */
    keepBreak: async (found: FoundBreak): Promise<boolean> =>
      (await sql.run(
        `INSERT INTO balance_break (account_id, provider, after_id, before_id, starts_at, ends_at, missing, found_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account_id, provider, after_id, before_id) DO NOTHING`,
        found.accountId,
        found.provider,
        found.afterId,
        found.beforeId,
        found.from,
        found.to,
        found.missing.dong,
        found.foundAt,
      )) === 1,

    /** The balances continue again: what was missing came. */
    markBreakClosed: ({ accountId, provider, afterId, beforeId }: FoundBreak, at: Instant) =>
      sql.run(
        'UPDATE balance_break SET closed_at = ? WHERE account_id = ? AND provider = ? AND after_id = ? AND before_id = ? AND closed_at IS NULL',
        at,
        accountId,
        provider,
        afterId,
        beforeId,
      ),
  };
}

const toFeed = (row: Row): FeedState => ({
  accountId: row.account_id,
  provider: row.provider,
  tokenCiphertext: row.token_ciphertext,
  ...optional('baseUrl', row.base_url),
  ...optional('cursor', row.cursor),
  ...optional('pulledTo', row.pulled_to, instant),
  ...optional('lastPulledAt', row.last_pulled_at, instant),
  ...optional('problem', row.problem),
});

const toBreak = (row: BreakRow): FoundBreak => ({
  accountId: row.account_id,
  provider: row.provider,
  afterId: row.after_id,
  beforeId: row.before_id,
  from: instant(row.starts_at),
  to: instant(row.ends_at),
  missing: money(row.missing),
  foundAt: instant(row.found_at),
});
