// Deliveries: webhooks as received, byte for byte.
import type { Delivery, DeliveryState } from '../domain/delivery';
import type { Delivery as Row } from './generated/client';
import { instant, json, optional } from './rows';
import type { Sql } from './sql';

/** Afterwards it waits for a person. */
const mostTries = 100;

export function deliveriesTable(sql: Sql) {
  return {
    /** Keeps the bytes; the same telling again is only counted. Returns the id under which they are kept. */
    keep: async (delivery: Delivery): Promise<string> => {
      const row = await sql.get<{ id: string }>(
        `INSERT INTO delivery (id, provider, owner, digest, method, target, headers, body, received_at, last_received_at, times, tries, state)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0, ?)
         ON CONFLICT (provider, owner, digest) DO UPDATE SET times = delivery.times + 1, last_received_at = excluded.last_received_at
         RETURNING id`,
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
        delivery.state,
      );
      return row?.id ?? delivery.id;
    },

    /** Kept, but not yet applied: what the sweep looks at, the least tried first, until it is tried often enough. */
    listWaiting: async (limit: number): Promise<Delivery[]> =>
      (
        await sql.all<Row>(
          "SELECT * FROM delivery WHERE state IN ('received', 'failed') AND tries < ? ORDER BY tries, received_at LIMIT ?",
          mostTries,
          limit,
        )
      ).map(toDelivery),

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
});
