// Sources: by whom and how soon we heard of the latest transactions; a few words of each, never what it says.
import type { Heard } from '../domain/source';
import type { Via } from '../domain/transaction';
import type { IncomingTransaction as Row } from './generated/client';
import { instant, optional } from './rows';
import type { Sql } from './sql';

export function sourcesTable(sql: Sql) {
  return {
    /** The latest of all that was told, by whichever source. */
    listHeard: async (limit: number): Promise<Heard[]> => {
      const rows = await sql.all<Pick<Row, 'provider' | 'account_id' | 'state' | 'via' | 'bank_time' | 'received_at'>>(
        `SELECT provider, account_id, state, via, bank_time, received_at FROM incoming_transaction
         WHERE state <> 'test' ORDER BY id DESC LIMIT ?`,
        limit,
      );
      return rows.map((row) => ({
        provider: row.provider,
        ...optional('accountId', row.account_id),
        ...(row.state === 'foreign' ? { isForeign: true as const } : {}),
        via: row.via as Via,
        bankTime: instant(row.bank_time),
        receivedAt: instant(row.received_at),
      }));
    },
  };
}
