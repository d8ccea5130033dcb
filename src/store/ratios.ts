// Ratios: changes of where dossiers stand; a report sums those up to a time, and the same rows are its members.
import { type RatioChange, type RatioFilter, type RatioKey, type RatioMember, type RatioPart, type Standing } from '../domain/ratio';
import type { Instant } from '../domain/time';
import { allOf, isIn, money, type Condition } from './rows';
import type { Sql, Value } from './sql';

interface Sums {
  counted: bigint | null;
  online: bigint | null;
  cashless: bigint | null;
  amount_due: bigint | null;
  amount_online: bigint | null;
}

const keyColumns: Record<RatioKey, string> = {
  sector: 'sector_code',
  agency: 'agency_code',
  procedure: 'procedure_code',
  month: 'substr(day, 1, 7)',
};
const partColumns: Record<RatioPart, string> = { denominator: 'counted', online: 'online', cashless: 'cashless' };
const sums = ['counted', 'online', 'cashless', 'amount_due', 'amount_online']
  .map((column) => `CAST(sum(${column}) AS BIGINT) AS ${column}`)
  .join(', ');

export function ratiosTable(sql: Sql) {
  return {
    /** One row for each key that has a dossier with an obligation, in the order of keys. */
    report: async (by: RatioKey, filter: RatioFilter): Promise<(Standing & { key: string })[]> => {
      const { where, values } = conditionsOf(filter);
      const rows = await sql.all<Sums & { key: string }>(
        `SELECT ${keyColumns[by]} AS key, ${sums} FROM ratio_change WHERE ${where} GROUP BY ${keyColumns[by]} ORDER BY 1`,
        ...values,
      );
      return rows.map((row) => ({ key: row.key, ...toStanding(row) })).filter((row) => row.counted > 0);
    },

    /** The dossiers that make up one number, oldest first; without `key`, of all rows together. `after` is the last one already seen. */
    members: async (member: RatioMember, filter: RatioFilter, limit: number, after = ''): Promise<string[]> => {
      const { where, values } = conditionsOf(filter);
      const inRow = member.key === undefined ? '1 = 1' : `${keyColumns[member.by]} = ?`;
      const rows = await sql.all<{ dossier_id: string }>(
        `SELECT dossier_id FROM ratio_change WHERE ${where} AND ${inRow} AND dossier_id > ?
         GROUP BY dossier_id HAVING sum(${partColumns[member.part]}) > 0 ORDER BY dossier_id LIMIT ?`,
        ...values,
        ...(member.key === undefined ? [] : [member.key]),
        after,
        limit,
      );
      return rows.map((row) => row.dossier_id);
    },

    /** Where these dossiers stand, now or as of a time. */
    standingsOf: async (dossierIds: readonly string[], asOf?: Instant): Promise<Map<string, Standing>> => {
      if (dossierIds.length === 0) return new Map();
      const [where, ...values] = isIn('dossier_id', dossierIds);
      const rows = await sql.all<Sums & { dossier_id: string }>(
        `SELECT dossier_id, ${sums} FROM ratio_change WHERE ${where} AND ${asOf ? 'at <= ?' : '1 = 1'} GROUP BY dossier_id`,
        ...values,
        ...(asOf ? [asOf] : []),
      );
      return new Map(rows.map((row) => [row.dossier_id, toStanding(row)]));
    },

    add: (changes: readonly RatioChange[]) =>
      sql.each(
        `INSERT INTO ratio_change (dossier_id, at, day, agency_code, sector_code, procedure_code, counted, online, cashless, amount_due, amount_online)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        changes.map((change) => [
          change.dossierId,
          change.at,
          change.day,
          change.agencyCode,
          change.sectorCode,
          change.procedureCode,
          change.counted,
          change.online,
          change.cashless,
          change.amountDue.dong,
          change.amountOnline.dong,
        ]),
      ),
  };
}

function conditionsOf(filter: RatioFilter): { where: string; values: Value[] } {
  const conditions: Condition[] = [['day >= ? AND day <= ?', filter.from, filter.to]];
  if (filter.asOf) conditions.push(['at <= ?', filter.asOf]);
  if (filter.agencyCodes) conditions.push(isIn('agency_code', filter.agencyCodes));
  if (filter.sectorCode) conditions.push(['sector_code = ?', filter.sectorCode]);
  return allOf(conditions);
}

const toStanding = (row: Sums): Standing => ({
  counted: Number(row.counted ?? 0n),
  online: Number(row.online ?? 0n),
  cashless: Number(row.cashless ?? 0n),
  amountDue: money(row.amount_due ?? 0n),
  amountOnline: money(row.amount_online ?? 0n),
});
