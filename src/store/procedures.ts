// Administrative procedures and their fees.
import type { Fee } from '../domain/fee';
import type { Procedure } from '../domain/procedure';
import type { Fee as FeeRow, Procedure as ProcedureRow } from './generated/client';
import { json } from './rows';
import type { Sql } from './sql';
import type { Instant } from '../domain/time';

export function proceduresTable(sql: Sql) {
  return {
    list: async (): Promise<Procedure[]> =>
      (await sql.all<ProcedureRow>('SELECT * FROM procedure ORDER BY sector_code, code')).map(toProcedure),

    find: async (code: string): Promise<Procedure | undefined> => {
      const row = await sql.get<ProcedureRow>('SELECT * FROM procedure WHERE code = ?', code);
      return row && toProcedure(row);
    },

    /** Every published fee of a procedure, in force or not, of whichever province. */
    listFees: async (procedureCode: string): Promise<Fee[]> =>
      (await sql.all<FeeRow>('SELECT * FROM fee WHERE procedure_code = ? ORDER BY id', procedureCode)).map((row) => json<Fee>(row.body)),

    findFee: async (id: string): Promise<Fee | undefined> => {
      const row = await sql.get<FeeRow>('SELECT * FROM fee WHERE id = ?', id);
      return row && json<Fee>(row.body);
    },

    save: (procedure: Procedure) =>
      sql.run(
        'INSERT INTO procedure (code, name, sector_code) VALUES (?, ?, ?) ON CONFLICT (code) DO UPDATE SET name = excluded.name, sector_code = excluded.sector_code',
        procedure.code,
        procedure.name,
        procedure.sectorCode,
      ),

    saveFee: (fee: Fee, publishedAt: Instant) =>
      sql.run(
        'INSERT INTO fee (id, procedure_code, body, published_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body, published_at = excluded.published_at',
        fee.id,
        fee.procedureCode,
        JSON.stringify(fee),
        publishedAt,
      ),
  };
}

const toProcedure = (row: ProcedureRow): Procedure => ({ code: row.code, name: row.name, sectorCode: row.sector_code });
