// Deliveries: webhooks as received, byte for byte.
import type { Delivery, DeliveryState, KnownDelivery, Outcome } from '../domain/delivery';
import type { Delivery as Row } from './generated/client';
import { instant, isIn, json, optional } from './rows';
import type { Instant } from '../domain/time';
import { isSeen } from './seen';
import type { Sql } from './sql';

/** Afterwards it waits for a person. */
const mostTries = 100;

export function deliveriesTable(sql: Sql) {
  return {
    /** Which of these tellings were kept before, by digest, and what was answered to them. */
    listRepeated: async (provider: string, owner: string, digests: readonly string[]): Promise<KnownDelivery[]> => {
      const [where, ...values] = isIn('digest', digests);
      const rows = await sql.all<Pick<Row, 'id' | 'digest' | 'outcome'>>(
        `SELECT id, digest, outcome FROM delivery WHERE provider = ? AND owner = ? AND ${where}`,
        provider,
        owner,
        ...values,
      );
      return rows.map((row) => ({ ...row, outcome: (row.outcome ?? 'kept') as Outcome }));
    },

    /** Keeps the bytes of deliveries that were never kept before. */
    keep: (deliveries: readonly Delivery[]) =>
      sql.each(
        `INSERT INTO delivery (id, provider, owner, digest, method, target, headers, body, received_at, last_received_at, times, tries, state, problem, outcome)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        deliveries.map((delivery) => [
          delivery.id,
          delivery.provider,
          delivery.owner,
          delivery.digest,
          delivery.method,
          delivery.target,
          JSON.stringify(delivery.headers),
          delivery.body,
          delivery.receivedAt,
          delivery.receivedAt,
          1,
          1,
          delivery.state,
          delivery.problem ?? null,
          delivery.outcome ?? null,
        ]),
      ),

    /** Counts tellings that were kept before. */
    markRepeated: (ids: readonly string[], at: Instant) =>
      sql.each(
        'UPDATE delivery SET times = times + 1, last_received_at = ? WHERE id = ?',
        ids.map((id) => [at, id]),
      ),

    /** Kept, but not yet applied: what the sweep looks at, the least tried first, until it is tried often enough. */
    listWaiting: async (limit: number, unreadableToo: boolean): Promise<Delivery[]> => {
      const [where, ...values] = isIn('state', unreadableToo ? ['failed', 'unreadable'] : ['failed']);
      const text = `SELECT * FROM delivery WHERE ${where} AND tries < ? ORDER BY tries, received_at LIMIT ?`;
      return (await sql.all<Row>(text, ...values, mostTries, limit)).map(toDelivery);
    },

    /** The accounts that had a secret of their own with a provider at that time: for those the default one did not vouch. */
    listAccountsWithOwnSecret: async (provider: string, at: Instant): Promise<string[]> => {
      const rows = await sql.all<{ account_id: string }>(
        'SELECT DISTINCT account_id FROM provider_secret WHERE provider = ? AND created_at <= ? AND (retired_at IS NULL OR retired_at > ?)',
        provider,
        at,
        at,
      );
      return rows.map((row) => row.account_id);
    },

    find: async (id: string): Promise<Delivery | undefined> => {
      const row = await sql.get<Row>('SELECT * FROM delivery WHERE id = ?', id);
      return row && toDelivery(row);
    },

    /** Those that a person must look at, or has seen. */
    listUnreadable: async (limit: number, seen = false): Promise<Delivery[]> => {
      const [where] = isSeen('delivery', seen);
      const text = `SELECT * FROM delivery WHERE state IN ('unreadable', 'failed') AND ${where} ORDER BY received_at DESC LIMIT ?`;
      return (await sql.all<Row>(text, limit)).map(toDelivery);
    },

    mark: (id: string, state: DeliveryState, problem?: string) =>
      sql.run('UPDATE delivery SET state = ?, problem = ?, tries = tries + 1 WHERE id = ?', state, problem ?? null, id),
  };
}

const toDelivery = (row: Row): Delivery => ({
  id: row.id,
  provider: row.provider,
  owner: row.owner,
  digest: row.digest,
  method: row.method,
  target: row.target,
  headers: json<Record<string, string>>(row.headers),
  body: row.body,
  receivedAt: instant(row.received_at),
  state: row.state as DeliveryState,
  ...optional('problem', row.problem),
  ...optional('outcome', row.outcome, (text) => text as Outcome),
});
