// Administrative procedures and their fees as they follow one another in time.
import type { Fee } from '../domain/fee';
import { feesInTime } from '../domain/feeVersion';
import type { Procedure } from '../domain/procedure';
import type { Instant } from '../domain/time';
import { approvedOf } from './feeVersions';
import type { Procedure as ProcedureRow } from './generated/client';
import { isIn, json } from './rows';
import type { Sql, Value } from './sql';

interface FeeRow {
  id: string;
  body: string;
  /** Both null for what the service brought along. */
  effective_from: string | null;
  decided_at: string | null;
}

export function proceduresTable(sql: Sql) {
  /** One statement for both, because issuing waits for it. */
  const feesWhere = async (condition: (alias: string) => string, values: readonly Value[]): Promise<Fee[]> => {
    const rows = await sql.all<FeeRow>(
      `SELECT f.id, f.body, NULL AS effective_from, NULL AS decided_at FROM fee f WHERE ${condition('f')}
       UNION ALL SELECT v.id, v.body, v.effective_from, d.decided_at
         FROM fee_version v JOIN fee_decision d ON d.version_id = v.id WHERE ${condition('v')} AND d.verdict = 'approved'
       ORDER BY 1`,
      ...values,
      ...values,
    );
    const approved = rows.flatMap((row) => (isDecided(row) ? [approvedOf(row)] : []));
    return feesInTime(
      rows.filter((row) => row.decided_at === null).map((row) => json<Fee>(row.body)),
      approved,
    );
  };

  return {
    list: async (): Promise<Procedure[]> =>
      (await sql.all<ProcedureRow>('SELECT * FROM procedure ORDER BY sector_code, code')).map(toProcedure),

    find: async (code: string): Promise<Procedure | undefined> => {
      const row = await sql.get<ProcedureRow>('SELECT * FROM procedure WHERE code = ?', code);
      return row && toProcedure(row);
    },

    /** Every fee of a procedure in every version, in force or not, of whichever province: each with the days on which it is in force. */
    listFees: (procedureCode: string): Promise<Fee[]> => feesWhere((alias) => `${alias}.procedure_code = ?`, [procedureCode]),

    /** The same for several procedures at once. */
    listFeesOf: (procedureCodes: readonly string[]): Promise<Fee[]> => {
      const [, ...values] = isIn('', procedureCodes);
      return feesWhere((alias) => isIn(`${alias}.procedure_code`, procedureCodes)[0], values);
    },

    /** What a fee is now, or will be: the last of its versions that was approved. */
    findFee: async (id: string): Promise<Fee | undefined> => {
      const fees = await feesWhere((alias) => (alias === 'f' ? 'f.id = ?' : 'v.fee_id = ?'), [id]);
      return fees.at(-1);
    },

    /** A fee as the service brought it along, whatever has become of it. */
    findFirst: async (id: string): Promise<Fee | undefined> => {
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

    /** Keeps a fee as the service brought it along; one that is known stays as it is, because what changes is a version of its own. */
    keepFee: (fee: Fee, publishedAt: Instant) =>
      sql.run(
        'INSERT INTO fee (id, procedure_code, body, published_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
        fee.id,
        fee.procedureCode,
        JSON.stringify(fee),
        publishedAt,
      ),
  };
}

const isDecided = (row: FeeRow): row is FeeRow & { effective_from: string; decided_at: string } =>
  row.effective_from !== null && row.decided_at !== null;

const toProcedure = (row: ProcedureRow): Procedure => ({ code: row.code, name: row.name, sectorCode: row.sector_code });
