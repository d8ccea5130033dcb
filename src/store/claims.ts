// Claims of citizens that a transfer is nowhere to be seen, and the steps that were taken with them.
import { openStates, type Claim, type ClaimAnswer, type ClaimState, type ClaimStep, type DayPart } from '../domain/claim';
import type { Claim as Row, ClaimStep as StepRow } from './generated/client';
import { allOf, day, instant, isIn, json, money, optional, type Condition } from './rows';
import type { Sql } from './sql';

const isOpen: Condition = isIn('state', openStates);

export function claimsTable(sql: Sql) {
  const keepStep = ({ claimId, version, state, transactionId, by, at, reason }: ClaimStep) =>
    sql.run(
      'INSERT INTO claim_step (claim_id, version, state, transaction_id, taken_by, taken_at, reason) VALUES (?, ?, ?, ?, ?, ?, ?)',
      claimId,
      version,
      state,
      transactionId ?? null,
      by,
      at,
      reason ?? null,
    );

  return {
    find: async (id: string): Promise<Claim | undefined> => {
      const row = await sql.get<Row>('SELECT * FROM claim WHERE id = ?', id);
      return row && toClaim(row);
    },

    /** In the order in which they were raised. */
    ofObligation: async (obligationId: string): Promise<Claim[]> =>
      (await sql.all<Row>('SELECT * FROM claim WHERE obligation_id = ? ORDER BY id', obligationId)).map(toClaim),

    /** Of what a link leads to: one obligation by itself, or the legs of a basket; in the order in which they were raised. */
    ofNamed: async (obligationIds: readonly string[], basket: string | undefined): Promise<Claim[]> => {
      const { where, values } = allOf([
        isIn('obligation_id', obligationIds),
        basket === undefined ? ['basket IS NULL'] : ['basket = ?', basket],
      ]);
      return (await sql.all<Row>(`SELECT * FROM claim WHERE ${where} ORDER BY id`, ...values)).map(toClaim);
    },

    /** To which this money was proposed or attached. */
    ofTransaction: async (transactionId: string): Promise<Claim[]> =>
      (await sql.all<Row>('SELECT * FROM claim WHERE transaction_id = ? ORDER BY id', transactionId)).map(toClaim),

    /** Open ones in the order of raising, so that whoever goes on after the last sees each once. */
    listOpen: async (after: string, limit: number): Promise<Claim[]> => {
      const { where, values } = allOf([isOpen, ['id > ?', after]]);
      return (await sql.all<Row>(`SELECT * FROM claim WHERE ${where} ORDER BY id LIMIT ?`, ...values, limit)).map(toClaim);
    },

    /** Open ones of some agencies, the first to be answered first. */
    listDue: async (agencyCodes: readonly string[], limit: number): Promise<Claim[]> => {
      const { where, values } = allOf([isOpen, isIn('agency_code', agencyCodes)]);
      return (await sql.all<Row>(`SELECT * FROM claim WHERE ${where} ORDER BY answer_by, id LIMIT ?`, ...values, limit)).map(toClaim);
    },

    /** Those of some agencies that ended, the last raised first. */
    listClosed: async (agencyCodes: readonly string[], limit: number): Promise<Claim[]> => {
      const { where, values } = allOf([isIn('state', ['attached', 'answered']), isIn('agency_code', agencyCodes)]);
      return (await sql.all<Row>(`SELECT * FROM claim WHERE ${where} ORDER BY id DESC LIMIT ?`, ...values, limit)).map(toClaim);
    },

    stepsOf: async (claimId: string): Promise<ClaimStep[]> =>
      (await sql.all<StepRow>('SELECT * FROM claim_step WHERE claim_id = ? ORDER BY version', claimId)).map(toStep),

    /** With its first step, which nobody of ours took. */
    keep: async (claim: Claim, by: string): Promise<void> => {
      await sql.run(
        `INSERT INTO claim (id, obligation_id, basket, agency_code, amount, paid_on, paid_about, bank_bin, account_digits, bank_reference, raised_at,
           answer_by, state, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        claim.id,
        claim.obligationId,
        claim.basket ?? null,
        claim.agencyCode,
        claim.amount.dong,
        claim.paidOn,
        claim.paidAbout,
        claim.bankBin ?? null,
        claim.accountDigits ?? null,
        claim.bankReference ?? null,
        claim.raisedAt,
        claim.answerBy,
        claim.state,
        claim.version,
      );
      await keepStep({ claimId: claim.id, version: claim.version, state: claim.state, by, at: claim.raisedAt });
    },

    /** One more step, from the version before it; false when somebody else took a step since it was read. */
    mark: async (claim: Claim, step: Omit<ClaimStep, 'claimId' | 'version' | 'state' | 'transactionId'>): Promise<boolean> => {
      const { id, version, state, transactionId, confirmedBy, answer, closedAt } = claim;
      const changed = await sql.run(
        `UPDATE claim SET state = ?, version = ?, transaction_id = ?, confirmed_by = ?, answer = ?, closed_at = ? WHERE id = ? AND version = ?`,
        state,
        version,
        transactionId ?? null,
        confirmedBy ?? null,
        answer === undefined ? null : JSON.stringify(answer),
        closedAt ?? null,
        id,
        version - 1,
      );
      if (changed !== 1) return false;
      await keepStep({ claimId: id, version, state, ...(transactionId ? { transactionId } : {}), ...step });
      return true;
    },
  };
}

const toClaim = (row: Row): Claim => ({
  id: row.id,
  obligationId: row.obligation_id,
  ...optional('basket', row.basket),
  agencyCode: row.agency_code,
  amount: money(row.amount),
  paidOn: day(row.paid_on),
  paidAbout: row.paid_about as DayPart,
  ...optional('bankBin', row.bank_bin),
  ...optional('accountDigits', row.account_digits),
  ...optional('bankReference', row.bank_reference),
  raisedAt: instant(row.raised_at),
  answerBy: day(row.answer_by),
  state: row.state as ClaimState,
  version: Number(row.version),
  ...optional('transactionId', row.transaction_id),
  ...optional('confirmedBy', row.confirmed_by),
  ...optional('answer', row.answer, (answer) => json<ClaimAnswer>(answer)),
  ...optional('closedAt', row.closed_at, instant),
});

const toStep = (row: StepRow): ClaimStep => ({
  claimId: row.claim_id,
  version: Number(row.version),
  state: row.state as ClaimState,
  ...optional('transactionId', row.transaction_id),
  by: row.taken_by,
  at: instant(row.taken_at),
  ...optional('reason', row.reason),
});
