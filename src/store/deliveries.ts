// Deliveries: webhooks as received, byte for byte.
import type { Delivery, DeliveryState, KnownDelivery, Outcome } from '../domain/delivery';
import type { Delivery as Row } from './generated/client';
import { instant, isIn, json, optional } from './rows';
import type { Instant } from '../domain/time';
import type { Sql } from './sql';

/** Afterwards it waits for a person. */
const mostTries = 100;

export function deliveriesTable(sql: Sql) {
  return {
    /** Which of these tellings were kept before, by digest, and what was answered to them. */
    listRepeated: async (provider: string, owner: string, digests: readonly string[]): Promise<KnownDelivery[]> => {
      const [where, ...values] = isIn('digest', digests);
      const rows = await sql.all<Pick<Row, 'id' | 'provider' | 'owner' | 'digest' | 'state' | 'outcome'>>(
        `SELECT id, provider, owner, digest, state, outcome FROM delivery WHERE provider = ? AND owner = ? AND ${where}`,
        provider,
        owner,
        ...values,
      );
      return rows.map(({ state, outcome, ...row }) => ({
        ...row,
        state: state as DeliveryState,
        ...optional('outcome', outcome, (text) => text as Outcome),
      }));
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

    /** Those that a person must look at. */
    listUnreadable: async (limit: number): Promise<Delivery[]> =>
      (await sql.all<Row>("SELECT * FROM delivery WHERE state IN ('unreadable', 'failed') ORDER BY received_at DESC LIMIT ?", limit)).map(
        toDelivery,
      ),

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
