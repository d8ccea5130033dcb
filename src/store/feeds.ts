// Feeds: the banks' own lists that we pull, and breaks in running balances that show what nobody told us.
import type { FeedState, FoundBreak, PullWindow } from '../domain/source';
import type { Instant } from '../domain/time';
import type { ToldMovement } from '../domain/transaction';
import type { BalanceBreak as BreakRow, Feed as Row, IncomingTransaction as MovementRow } from './generated/client';
import { instant, money, optional } from './rows';
import type { Sql } from './sql';

export function feedsTable(sql: Sql) {
  return {
    list: async (): Promise<FeedState[]> => (await sql.all<Row>('SELECT * FROM feed ORDER BY account_id, provider')).map(toFeed),

    /** Breaks that are still there, the oldest first. */
    listBreaks: async (): Promise<FoundBreak[]> =>
      (await sql.all<BreakRow>('SELECT * FROM balance_break WHERE closed_at IS NULL ORDER BY starts_at, after_id')).map(toBreak),

    /** The movements of an account between two bank times, both included: the newest, in order of time, each with the balance after it where it was told. */
    listMovements: async (accountId: string, from: Instant, to: Instant, limit: number): Promise<ToldMovement[]> => {
      const rows = await sql.all<
        Pick<MovementRow, 'id' | 'provider' | 'direction' | 'amount' | 'bank_time' | 'received_at' | 'balance_after'>
      >(
        `SELECT t.id, t.provider, t.direction, t.amount, t.bank_time, t.received_at, t.balance_after FROM account a JOIN incoming_transaction t ON t.agency_code = a.agency_code AND t.account_id = a.id
         WHERE a.id = ? AND t.bank_time >= ? AND t.bank_time <= ? ORDER BY t.bank_time DESC LIMIT ?`,
        accountId,
        from,
        to,
        limit,
      );
      return rows.reverse().map((row) => ({
        id: row.id,
        provider: row.provider,
        direction: row.direction as ToldMovement['direction'],
        amount: money(row.amount),
        bankTime: instant(row.bank_time),
        receivedAt: instant(row.received_at),
        ...optional('balanceAfter', row.balance_after, money),
      }));
    },

    /** Another token may see another list: what was begun with the old one is begun anew. */
    save: (feed: Pick<FeedState, 'accountId' | 'provider' | 'tokenCiphertext' | 'baseUrl'>, at: Instant) =>
      sql.run(
        `INSERT INTO feed (account_id, provider, token_ciphertext, base_url, created_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (account_id, provider) DO UPDATE SET token_ciphertext = excluded.token_ciphertext, base_url = excluded.base_url,
           problem = NULL, cursor = NULL, window_from = NULL, window_to = NULL`,
        feed.accountId,
        feed.provider,
        feed.tokenCiphertext,
        feed.baseUrl ?? null,
        at,
      ),

    /** Takes a feed for one pull of a window; false when somebody took or changed it since it was read. */
    claim: async ({ accountId, provider, lastPulledAt, pulledTo }: FeedState, window: PullWindow, at: Instant): Promise<boolean> =>
      (await sql.run(
        `UPDATE feed SET last_pulled_at = ?, cursor = ?, window_from = ?, window_to = ?
         WHERE account_id = ? AND provider = ? AND coalesce(last_pulled_at, '') = ? AND coalesce(pulled_to, '') = ?`,
        at,
        window.cursor ?? null,
        window.from,
        window.to,
        accountId,
        provider,
        lastPulledAt ?? '',
        pulledTo ?? '',
      )) === 1,

    /**
     * How a pull of a window ended: whole, or at a cursor from which the same window goes on; with neither it is begun anew. Nothing is
     * noted where the feed was meanwhile told to pull another window.
     */
    markPulled: (
      { accountId, provider }: FeedState,
      window: PullWindow,
      end: { isWhole: boolean; cursor?: string | undefined; problem?: string; restUntil?: Instant },
    ) => {
      const goesOnAt = end.isWhole ? undefined : end.cursor;
      return sql.run(
        `UPDATE feed SET cursor = ?, window_from = ?, window_to = ?, pulled_to = coalesce(?, pulled_to), problem = ?, rest_until = ?
         WHERE account_id = ? AND provider = ? AND window_from = ? AND window_to = ?`,
        goesOnAt ?? null,
        goesOnAt === undefined ? null : window.from,
        goesOnAt === undefined ? null : window.to,
        end.isWhole ? window.to : null,
        end.problem ?? null,
        end.restUntil ?? null,
        accountId,
        provider,
        window.from,
        window.to,
      );
    },

    /** Lets the feeds of an account be pulled at once, from a time on, whatever is being pulled now; one that was never pulled has all before it. */
    markDue: (accountId: string, from: Instant) =>
      sql.run(
        `UPDATE feed SET last_pulled_at = NULL, cursor = NULL, window_from = NULL, window_to = NULL,
           pulled_to = CASE WHEN pulled_to > ? THEN ? ELSE pulled_to END WHERE account_id = ?`,
        from,
        from,
        accountId,
      ),

    /** True when this break was not open before. */
    keepBreak: async (found: FoundBreak): Promise<boolean> =>
      (await sql.run(
        `INSERT INTO balance_break (account_id, provider, after_id, before_id, starts_at, ends_at, missing, found_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account_id, provider, after_id, before_id)
         DO UPDATE SET missing = excluded.missing, found_at = excluded.found_at, closed_at = NULL WHERE balance_break.closed_at IS NOT NULL`,
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
  ...unfinishedOf(row),
  ...optional('pulledTo', row.pulled_to, instant),
  ...optional('lastPulledAt', row.last_pulled_at, instant),
  ...optional('restUntil', row.rest_until, instant),
  ...optional('problem', row.problem),
});

const unfinishedOf = ({ window_from, window_to, cursor }: Row): Pick<FeedState, 'unfinished'> =>
  window_from === null || window_to === null
    ? {}
    : { unfinished: { from: instant(window_from), to: instant(window_to), ...optional('cursor', cursor) } };

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
