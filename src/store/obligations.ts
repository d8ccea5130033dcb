// Obligations with their frozen fee items, and the references that name them.
import type { BareObligation, FeeItem, Obligation, ObligationStatus, PaymentFlag } from '../domain/obligation';
import type { CountedDossier } from '../domain/ratio';
import type { Instant } from '../domain/time';
import type { FeeItem as FeeItemRow, Obligation as ObligationRow } from './generated/client';
import { idsBehind, type OpenClue } from './openClue';
import { allOf, instant, isIn, json, marks, money, optional, type Condition } from './rows';
import type { Sql, Value } from './sql';

/** What a list of obligations may be narrowed by; `agencyCodes` is what the asker may see. */
export interface ObligationFilter {
  agencyCodes?: readonly string[];
  dossierNormalForm?: string;
  reference?: string;
  counterId?: string;
  status?: ObligationStatus;
  from?: Instant;
  before?: Instant;
}

/** The same reading of amounts as `statusOf`, for the database. */
const statusConditions: Record<ObligationStatus, string> = {
  cancelled: 'o.cancelled_at IS NOT NULL',
  overpaid: 'o.cancelled_at IS NULL AND o.excess > 0',
  free: 'o.cancelled_at IS NULL AND o.excess = 0 AND o.due = 0',
  open: 'o.cancelled_at IS NULL AND o.excess = 0 AND o.due > 0 AND o.paid = 0',
  part_paid: 'o.cancelled_at IS NULL AND o.excess = 0 AND o.paid > 0 AND o.paid < o.due',
  paid: 'o.cancelled_at IS NULL AND o.excess = 0 AND o.due > 0 AND o.paid = o.due',
};

type Row = ObligationRow & { reference: string; dossier_code: string };

const columns = 'o.*, n.reference_code AS reference, d.code AS dossier_code';
const joined = 'obligation o JOIN dossier d ON d.id = o.dossier_id JOIN reference_name n ON n.obligation_id = o.id AND n.is_basket = 0';
const select = `SELECT ${columns} FROM ${joined}`;

export function obligationsTable(sql: Sql) {
  const itemsOf = async (ids: readonly string[]): Promise<Map<string, FeeItem[]>> => {
    const items = new Map<string, FeeItem[]>();
    if (ids.length === 0) return items;
    const text = `SELECT * FROM fee_item WHERE obligation_id IN (${marks(ids.length)}) ORDER BY obligation_id, position`;
    for (const row of await sql.all<FeeItemRow>(text, ...ids)) {
      items.set(row.obligation_id, [...(items.get(row.obligation_id) ?? []), toFeeItem(row)]);
    }
    return items;
  };
  const withItems = async (rows: Row[]): Promise<Obligation[]> => {
    const items = await itemsOf(rows.map((row) => row.id));
    return rows.map((row) => toObligation(row, items.get(row.id) ?? []));
  };

  return {
    find: async (id: string): Promise<Obligation | undefined> => (await withItems(await sql.all<Row>(`${select} WHERE o.id = ?`, id)))[0],

    ofDossier: async (dossierId: string): Promise<Obligation[]> =>
      withItems(await sql.all<Row>(`${select} WHERE o.dossier_id = ? ORDER BY o.created_at, o.id`, dossierId)),

    /** These obligations and all others of their dossiers, without their lines; each with the place and time in which its dossier counts. */
    listBare: async (ids: readonly string[]): Promise<{ obligation: BareObligation; dossier: CountedDossier }[]> => {
      const [where, ...values] = isIn('id', ids);
      const rows = await sql.all<Row & CountedRow>(
        `SELECT o.*, n.reference_code AS reference, d.code AS dossier_code, d.agency_code AS dossier_agency, d.sector_code, d.procedure_code,
           coalesce(d.processing_started_at, d.created_at) AS counted_from
         FROM obligation o JOIN dossier d ON d.id = o.dossier_id JOIN reference_name n ON n.obligation_id = o.id AND n.is_basket = 0
         WHERE o.dossier_id IN (SELECT dossier_id FROM obligation WHERE ${where})`,
        ...values,
      );
      return rows.map((row) => ({ obligation: toBareObligation(row), dossier: toCountedDossier(row) }));
    },

    listBareByIds: async (ids: readonly string[]): Promise<BareObligation[]> => {
      const [where, ...values] = isIn('o.id', ids);
      return (await sql.all<Row>(`${select} WHERE ${where} ORDER BY o.id`, ...values)).map(toBareObligation);
    },

    listByIds: async (ids: readonly string[]): Promise<Obligation[]> => {
      const [where, ...values] = isIn('o.id', ids);
      return withItems(await sql.all<Row>(`${select} WHERE ${where} ORDER BY o.id`, ...values));
    },

    /** Newest first; `after` is the id of the last one already seen. */
    list: async (filter: ObligationFilter, limit: number, after?: string): Promise<Obligation[]> => {
      const { where, values } = conditionsOf(filter, after);
      return withItems(await sql.all<Row>(`${select} WHERE ${where} ORDER BY o.id DESC LIMIT ?`, ...values, limit));
    },

    /** Obligations that a clue leads to and that still ask for money, without their lines, newest first; one row for each reference that names one. */
    listOpen: async (clue: OpenClue, limit: number, agencyCodes?: readonly string[]): Promise<BareObligation[]> => {
      const [ids, ...led] = idsBehind(clue);
      const { where, values } = allOf(agencyCodes ? [isIn('o.agency_code', agencyCodes)] : []);
      const text = `SELECT ${columns} FROM (${ids}) AS clue CROSS JOIN ${joined}
        WHERE o.id = clue.id AND o.cancelled_at IS NULL AND o.paid < o.due AND ${where} ORDER BY o.id DESC LIMIT ?`;
      return (await sql.all<Row>(text, ...led, ...values, limit)).map(toBareObligation);
    },

    /** Which of these references were ever issued, and what each names. */
    named: async (references: readonly string[]): Promise<{ reference: string; obligationId: string }[]> => {
      if (references.length === 0) return [];
      const [where, ...values] = isIn('reference_code', references);
      const text = `SELECT reference_code, obligation_id FROM reference_name WHERE ${where} ORDER BY obligation_id`;
      const rows = await sql.all<{ reference_code: string; obligation_id: string }>(text, ...values);
      return rows.map((row) => ({ reference: row.reference_code, obligationId: row.obligation_id }));
    },

    /** False when the code was ever used before. */
    claimReference: async (code: string, at: Instant): Promise<boolean> =>
      (await sql.run('INSERT INTO reference (code, created_at) VALUES (?, ?) ON CONFLICT (code) DO NOTHING', code, at)) === 1,

    /** Keeps a new obligation with its lines. False when one of its fees is already open for the dossier; then the caller's work must end. */
    keep: async (obligation: Obligation): Promise<boolean> => {
      await sql.run(
        `INSERT INTO obligation (id, dossier_id, agency_code, counter_id, created_by, created_at, due, paid, excess, flags, version, treasury_account_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?)`,
        obligation.id,
        obligation.dossierId,
        obligation.agencyCode,
        obligation.counterId ?? null,
        obligation.createdBy,
        obligation.createdAt,
        obligation.due.dong,
        JSON.stringify(obligation.flags),
        obligation.version,
        obligation.treasuryAccountId ?? null,
      );
      await sql.run('INSERT INTO reference_name (reference_code, obligation_id) VALUES (?, ?)', obligation.reference, obligation.id);
      for (const [position, item] of obligation.feeItems.entries()) {
        if (!(await keepItem(sql, obligation, position, item))) return false;
      }
      return true;
    },

    /** Writes what payments and cancellation change; refuses when one of them is no longer at the version that was read. */
    save: async (changes: readonly { obligation: BareObligation; readVersion: number }[]): Promise<void> => {
      const saved = await sql.each(
        `UPDATE obligation SET paid = ?, excess = ?, flags = ?, version = ?, cancelled_at = ?, cancelled_by = ?, cancel_reason = ?, settled_at = ?
         WHERE id = ? AND version = ?`,
        changes.map(({ obligation, readVersion }) => [
          obligation.paid.dong,
          obligation.excess.dong,
          JSON.stringify(obligation.flags),
          obligation.version,
          obligation.cancelled?.at ?? null,
          obligation.cancelled?.by ?? null,
          obligation.cancelled?.reason ?? null,
          obligation.settledAt ?? null,
          obligation.id,
          readVersion,
        ]),
      );
      if (saved !== changes.length) throw new Error('an obligation changed between reading and writing');
    },

    /** The fees of a dossier's settled and cancelled obligations may be issued again: noted when somebody wants to, not while they are paid. */
    markSettledReissuable: (dossierId: string) =>
      sql.run(
        `UPDATE fee_item SET open_for = NULL WHERE open_for IS NOT NULL
           AND obligation_id IN (SELECT id FROM obligation WHERE dossier_id = ? AND (cancelled_at IS NOT NULL OR paid = due))`,
        dossierId,
      ),

    /** One more reference, which names all of these. */
    addBasket: (reference: string, obligationIds: readonly string[]) =>
      sql.each(
        'INSERT INTO reference_name (reference_code, obligation_id, is_basket) VALUES (?, ?, 1)',
        obligationIds.map((id) => [reference, id]),
      ),

    /** Its fees are open for its dossier again; of taxes there may be several, one for each notice. Returns the reference under which one of them is open; then the caller's work must end. */
    claimFees: async (id: string): Promise<string | undefined> => {
      const other = await sql.get<{ reference_code: string }>(
        `SELECT n.reference_code FROM fee_item own JOIN obligation o ON o.id = own.obligation_id
           JOIN fee_item other ON other.open_for = o.dossier_id || ':' || own.fee_id AND other.obligation_id <> o.id
           JOIN reference_name n ON n.obligation_id = other.obligation_id AND n.is_basket = 0
         WHERE o.id = ? AND o.treasury_account_id IS NULL ORDER BY n.reference_code LIMIT 1`,
        id,
      );
      if (other) return other.reference_code;
      await sql.run(
        `UPDATE fee_item SET open_for = (SELECT o.dossier_id FROM obligation o WHERE o.id = fee_item.obligation_id) || ':' || fee_id
         WHERE obligation_id = ? AND EXISTS (SELECT 1 FROM obligation o WHERE o.id = fee_item.obligation_id AND o.treasury_account_id IS NULL)`,
        id,
      );
      return undefined;
    },
  };
}

async function keepItem(sql: Sql, obligation: Obligation, position: number, item: FeeItem): Promise<boolean> {
  const kept = await sql.run(
    `INSERT INTO fee_item (obligation_id, position, fee_id, gross_amount, amount, body, open_for) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (open_for) DO NOTHING`,
    obligation.id,
    position,
    item.feeId,
    item.grossAmount.dong,
    item.amount.dong,
    JSON.stringify(item),
    item.kind === 'thue' ? null : `${obligation.dossierId}:${item.feeId}`,
  );
  return kept === 1;
}

function conditionsOf(filter: ObligationFilter, after: string | undefined): { where: string; values: Value[] } {
  const conditions: Condition[] = [];
  if (filter.agencyCodes) conditions.push(isIn('o.agency_code', filter.agencyCodes));
  if (filter.dossierNormalForm) conditions.push(['d.normal_form = ?', filter.dossierNormalForm]);
  if (filter.reference) conditions.push(['n.reference_code = ?', filter.reference]);
  if (filter.status) conditions.push([statusConditions[filter.status]]);
  if (filter.counterId) conditions.push(['o.counter_id = ?', filter.counterId]);
  if (filter.from) conditions.push(['o.created_at >= ?', filter.from]);
  if (filter.before) conditions.push(['o.created_at < ?', filter.before]);
  if (after) conditions.push(['o.id < ?', after]);
  return allOf(conditions);
}

const toObligation = (row: Row, feeItems: FeeItem[]): Obligation => ({ ...toBareObligation(row), feeItems });

interface CountedRow {
  dossier_agency: string;
  sector_code: string;
  procedure_code: string;
  counted_from: string;
}

const toCountedDossier = (row: Row & CountedRow): CountedDossier => ({
  id: row.dossier_id,
  agencyCode: row.dossier_agency,
  sectorCode: row.sector_code,
  procedureCode: row.procedure_code,
  countedFrom: instant(row.counted_from),
});

const toBareObligation = (row: Row): BareObligation => ({
  id: row.id,
  reference: row.reference,
  dossierId: row.dossier_id,
  dossierCode: row.dossier_code,
  agencyCode: row.agency_code,
  ...optional('counterId', row.counter_id),
  createdBy: row.created_by,
  createdAt: instant(row.created_at),
  due: money(row.due),
  paid: money(row.paid),
  excess: money(row.excess),
  flags: json<PaymentFlag[]>(row.flags),
  version: Number(row.version),
  ...optional('treasuryAccountId', row.treasury_account_id),
  ...optional('cancelled', row.cancelled_at, (at) => ({
    at: instant(at),
    by: row.cancelled_by ?? '',
    reason: row.cancel_reason ?? '',
  })),
  ...optional('settledAt', row.settled_at, instant),
});

export function toFeeItem(row: Pick<FeeItemRow, 'body' | 'gross_amount' | 'amount'>): FeeItem {
  const body = json<FeeItem & { unitAmount: number }>(row.body);
  return { ...body, unitAmount: money(BigInt(body.unitAmount)), grossAmount: money(row.gross_amount), amount: money(row.amount) };
}
