// The editions of links to citizens' pages that were revoked; a link that stands needs no row.
import type { Instant } from '../domain/time';
import type { Sql } from './sql';

export function payPagesTable(sql: Sql) {
  return {
    /** The edition of the link that stands: as many as were revoked. */
    editionOf: async (reference: string): Promise<number> => {
      const row = await sql.get<{ count: bigint }>('SELECT count(*) AS count FROM pay_page_revocation WHERE reference_code = ?', reference);
      return Number(row?.count ?? 0);
    },

    /** Of two who revoke at once, one does. */
    addRevocation: (reference: string, edition: number, at: Instant, by: string) =>
      sql.run(
        `INSERT INTO pay_page_revocation (reference_code, edition, revoked_at, revoked_by) VALUES (?, ?, ?, ?)
         ON CONFLICT (reference_code, edition) DO NOTHING`,
        reference,
        edition,
        at,
        by,
      ),
  };
}
