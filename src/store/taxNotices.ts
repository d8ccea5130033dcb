// The notices of the tax authority, each beside the obligation that it became; append-only.
import { noticeIdentityOf, type TaxNotice } from '../domain/taxNotice';
import type { TaxNotice as Row } from './generated/client';
import { day, isIn, optional } from './rows';
import type { Sql } from './sql';

export function taxNoticesTable(sql: Sql) {
  return {
    /** The notice of that number and issuer as it was recorded last. */
    findSame: async (notice: Pick<TaxNotice, 'number' | 'issuer'>): Promise<TaxNotice | undefined> => {
      const row = await sql.get<Row>(
        'SELECT * FROM tax_notice WHERE identity = ? ORDER BY occurrence DESC LIMIT 1',
        noticeIdentityOf(notice),
      );
      return row && toTaxNotice(row);
    },

    ofObligations: async (obligationIds: readonly string[]): Promise<TaxNotice[]> => {
      const [where, ...values] = isIn('obligation_id', obligationIds);
      return (await sql.all<Row>(`SELECT * FROM tax_notice WHERE ${where} ORDER BY obligation_id`, ...values)).map(toTaxNotice);
    },

    /** Those that came in the place of the notices of these obligations. */
    replacing: async (obligationIds: readonly string[]): Promise<TaxNotice[]> => {
      const [where, ...values] = isIn('replaces_id', obligationIds);
      return (await sql.all<Row>(`SELECT * FROM tax_notice WHERE ${where} ORDER BY obligation_id`, ...values)).map(toTaxNotice);
    },

    /** False when it was recorded before; then the caller's work must end. */
    keep: async (notice: TaxNotice): Promise<boolean> =>
      (await sql.run(
        `INSERT INTO tax_notice (obligation_id, identity, occurrence, number, issuer, issued_on, taxpayer_name, chapter, sub_item, due_on, account_id, revenue_body, treasury_code, replaces_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (identity, occurrence) DO NOTHING`,
        notice.obligationId,
        noticeIdentityOf(notice),
        notice.occurrence,
        notice.number,
        notice.issuer,
        notice.issuedOn,
        notice.taxpayerName,
        notice.chapter,
        notice.subItem,
        notice.dueOn,
        notice.accountId,
        notice.revenueBody ?? null,
        notice.treasuryCode ?? null,
        notice.replacesId ?? null,
      )) === 1,
  };
}

const toTaxNotice = (row: Row): TaxNotice => ({
  obligationId: row.obligation_id,
  number: row.number,
  occurrence: Number(row.occurrence),
  issuer: row.issuer,
  issuedOn: day(row.issued_on),
  taxpayerName: row.taxpayer_name,
  chapter: row.chapter,
  subItem: row.sub_item,
  dueOn: day(row.due_on),
  accountId: row.account_id,
  ...optional('revenueBody', row.revenue_body),
  ...optional('treasuryCode', row.treasury_code),
  ...optional('replacesId', row.replaces_id),
});
