// Dossiers, and what the national portal acknowledged for them.
import type { PaidOnlineFlag } from '../domain/agency';
import type { Dossier, SyncFlag } from '../domain/dossier';
import type { Channel } from '../domain/fee';
import { folded } from '../domain/moneySearch';
import type { Dossier as DossierRow, SyncFlag as SyncFlagRow } from './generated/client';
import type { Instant } from '../domain/time';
import { instant, isIn, optional } from './rows';
import type { Sql } from './sql';

export function dossiersTable(sql: Sql) {
  return {
    find: async (id: string): Promise<Dossier | undefined> => {
      const row = await sql.get<DossierRow>('SELECT * FROM dossier WHERE id = ?', id);
      return row && toDossier(row);
    },

    findByNormalForm: async (normalForm: string): Promise<Dossier | undefined> => {
      const row = await sql.get<DossierRow>('SELECT * FROM dossier WHERE normal_form = ?', normalForm);
      return row && toDossier(row);
    },

    listByIds: async (ids: readonly string[]): Promise<Dossier[]> => {
      const [where, ...values] = isIn('id', ids);
      return (await sql.all<DossierRow>(`SELECT * FROM dossier WHERE ${where} ORDER BY id`, ...values)).map(toDossier);
    },

    /** The flags with the latest times, by dossier; none where the portal never spoke. */
    portalFlagsOf: async (ids: readonly string[]): Promise<Map<string, PaidOnlineFlag>> => {
      const [where, ...values] = isIn('dossier_id', ids);
      const rows = await sql.all<SyncFlagRow>(`SELECT * FROM sync_flag WHERE ${where} ORDER BY at`, ...values);
      return new Map(rows.map((row) => [row.dossier_id, Number(row.flag) as PaidOnlineFlag]));
    },

    keep: (dossier: Dossier) =>
      sql.run(
        `INSERT INTO dossier (id, code, normal_form, procedure_code, sector_code, agency_code, channel, applicant_name, folded_applicant, applicant_phone,
           applicant_email, processing_started_at, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        dossier.id,
        dossier.code,
        dossier.normalForm,
        dossier.procedureCode,
        dossier.sectorCode,
        dossier.agencyCode,
        dossier.channel,
        dossier.applicantName,
        folded(dossier.applicantName),
        dossier.applicantPhone ?? null,
        dossier.applicantEmail ?? null,
        dossier.processingStartedAt ?? null,
        dossier.createdAt,
      ),

    /** Says since when a dossier is processed, where nobody had said so before. */
    saveProcessingStart: (id: string, at: Instant) =>
      sql.run('UPDATE dossier SET processing_started_at = ? WHERE id = ? AND processing_started_at IS NULL', at, id),

    /** Where letters about it go from now on. */
    saveEmail: (id: string, email: string) => sql.run('UPDATE dossier SET applicant_email = ? WHERE id = ?', email, id),

    /** True when this time was not told before. */
    keepSyncFlag: async (flag: SyncFlag): Promise<boolean> =>
      (await sql.run(
        'INSERT INTO sync_flag (id, dossier_id, flag, at, kept_at, kept_by) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (dossier_id, at) DO NOTHING',
        flag.id,
        flag.dossierId,
        flag.flag,
        flag.at,
        flag.keptAt,
        flag.keptBy,
      )) === 1,
  };
}

const toDossier = (row: DossierRow): Dossier => ({
  id: row.id,
  code: row.code,
  normalForm: row.normal_form,
  procedureCode: row.procedure_code,
  sectorCode: row.sector_code,
  agencyCode: row.agency_code,
  channel: row.channel as Channel,
  applicantName: row.applicant_name,
  ...optional('applicantPhone', row.applicant_phone),
  ...optional('applicantEmail', row.applicant_email),
  ...optional('processingStartedAt', row.processing_started_at, instant),
  createdAt: instant(row.created_at),
});
