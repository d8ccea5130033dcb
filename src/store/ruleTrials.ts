// Trials of rule sets: how far each is, the matches that would differ, and what is read to judge old credits again.
import { idFrom } from '../domain/id';
import type { Money } from '../domain/money';
import type { HumanVerdict, JudgedCredit, RuleTrial, TrialDifference, TrialKind, TrialState } from '../domain/ruleTrial';
import { addMs, epochMsOf, type Instant } from '../domain/time';
import type { Transaction } from '../domain/transaction';
import type { RuleTrial as Row, RuleTrialDifference as DifferenceRow, IncomingTransaction as CreditRow } from './generated/client';
import { allOf, instant, isIn, json, money, optional, type Condition } from './rows';
import type { Sql } from './sql';

/** Which differences are asked for. */
export interface DifferenceFilter {
  kind?: TrialKind;
  verdict?: HumanVerdict;
}

/** An id is made at most so long before its transaction is heard of. */
const idSlackMs = 3_600_000;
/** Said so that no index of states is taken: these are nearly all, and wanted in the order of their ids. */
const judged = `direction = 'in' AND state NOT IN ('outgoing', 'foreign', 'test')`;

const creditColumns = 'id, provider, account_id, content, amount, order_id, virtual_account, received_at, proof';

export function ruleTrialsTable(sql: Sql) {
  return {
    find: async (id: string): Promise<RuleTrial | undefined> => {
      const row = await sql.get<Row>('SELECT * FROM rule_trial WHERE id = ?', id);
      return row && toTrial(row);
    },

    /** Newest first. */
    ofRuleSet: async (ruleSetId: string, limit: number): Promise<RuleTrial[]> =>
      (await sql.all<Row>('SELECT * FROM rule_trial WHERE rule_set_id = ? ORDER BY id DESC LIMIT ?', ruleSetId, limit)).map(toTrial),

    /** The oldest that runs. */
    findRunning: async (): Promise<RuleTrial | undefined> => {
      const row = await sql.get<Row>(`SELECT * FROM rule_trial WHERE state = 'running' ORDER BY id LIMIT 1`);
      return row && toTrial(row);
    },

    /** In the order in which the money came; `after` is the position of the last one already seen. */
    listDifferences: async (
      trialId: string,
      { kind, verdict }: DifferenceFilter,
      limit: number,
      after = -1,
    ): Promise<TrialDifference[]> => {
      const conditions: Condition[] = [
        ['trial_id = ?', trialId],
        ['position > ?', after],
      ];
      if (kind) conditions.push(['kind = ?', kind]);
      if (verdict) conditions.push(['verdict = ?', verdict]);
      const { where, values } = allOf(conditions);
      const text = `SELECT * FROM rule_trial_difference WHERE ${where} ORDER BY position LIMIT ?`;
      return (await sql.all<DifferenceRow>(text, ...values, limit)).map(toDifference);
    },

    /** The differences about whose transactions somebody has decided since a time. */
    listDecidedSince: async (trialId: string, since: Instant): Promise<TrialDifference[]> => {
      const text = `SELECT * FROM rule_trial_difference WHERE trial_id = ?
        AND transaction_id IN (SELECT transaction_id FROM resolution WHERE id > ?) ORDER BY position`;
      const first = idFrom('resolution', epochMsOf(addMs(since, -idSlackMs)));
      return (await sql.all<DifferenceRow>(text, trialId, first)).map(toDifference);
    },

    /** Credits that were judged, in the order in which they came; `after` is the last one already seen. */
    listCredits: async (
      { from, to }: Pick<RuleTrial, 'from' | 'to'>,
      after: string | undefined,
      limit: number,
    ): Promise<JudgedCredit[]> => {
      const first = idFrom('transaction', epochMsOf(addMs(from, -idSlackMs)));
      const text = `SELECT ${creditColumns} FROM incoming_transaction
        WHERE id > ? AND received_at >= ? AND received_at < ? AND ${judged} ORDER BY id LIMIT ?`;
      return (await sql.all<CreditRow>(text, after ?? first, from, to, limit)).map(toCredit);
    },

    /** Those that were heard of from a time on and that somebody decided about, in the order in which they came. */
    listDecidedFrom: async (from: Instant, limit: number): Promise<JudgedCredit[]> => {
      const firstOf = (kind: 'transaction' | 'resolution'): string => idFrom(kind, epochMsOf(addMs(from, -idSlackMs)));
      const text = `SELECT ${creditColumns} FROM incoming_transaction WHERE id > ? AND received_at >= ? AND ${judged}
        AND id IN (SELECT transaction_id FROM resolution WHERE id > ?) ORDER BY id LIMIT ?`;
      return (await sql.all<CreditRow>(text, firstOf('transaction'), from, firstOf('resolution'), limit)).map(toCredit);
    },

    /** When the first credit was heard of. */
    findFirstHeard: async (): Promise<Instant | undefined> => {
      const text = `SELECT received_at FROM incoming_transaction WHERE ${judged} ORDER BY id LIMIT 1`;
      const row = await sql.get<{ received_at: string }>(text);
      return row && instant(row.received_at);
    },

    /** Which of these references had been issued at a time, and what each names. */
    listNamedBefore: async (references: readonly string[], at: Instant): Promise<{ reference: string; obligationId: string }[]> => {
      const [where, ...values] = isIn('n.reference_code', references);
      const text = `SELECT n.reference_code, n.obligation_id FROM reference_name n JOIN reference r ON r.code = n.reference_code
        WHERE ${where} AND r.created_at <= ? ORDER BY n.obligation_id`;
      const rows = await sql.all<{ reference_code: string; obligation_id: string }>(text, ...values, at);
      return rows.map((row) => ({ reference: row.reference_code, obligationId: row.obligation_id }));
    },

    /** What had been paid of each when a transaction was heard of: those of one moment came in the order of their ids. */
    listPaidBefore: async (
      obligationIds: readonly string[],
      { id, receivedAt }: Pick<Transaction, 'id' | 'receivedAt'>,
    ): Promise<Map<string, Money>> => {
      const [where, ...values] = isIn('obligation_id', obligationIds);
      const text = `SELECT obligation_id, CAST(sum(amount) AS BIGINT) AS paid FROM allocation
        WHERE ${where} AND (created_at < ? OR (created_at = ? AND transaction_id < ?)) GROUP BY obligation_id`;
      const rows = await sql.all<{ obligation_id: string; paid: bigint }>(text, ...values, receivedAt, receivedAt, id);
      return new Map(rows.map((row) => [row.obligation_id, money(row.paid)]));
    },

    keep: (trial: RuleTrial) =>
      sql.run(
        `INSERT INTO rule_trial (id, rule_set_id, period_from, period_to, asked_by, asked_at, state, checked, gained, lost, changed, agreeing,
           contradicting) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        trial.id,
        trial.ruleSetId,
        trial.from,
        trial.to,
        trial.askedBy,
        trial.askedAt,
        trial.state,
        trial.checked,
        trial.gained,
        trial.lost,
        trial.changed,
        trial.agreeing,
        trial.contradicting,
      ),

    /** False when it had ended, or somebody else went on from `checked` before. */
    markProgress: async (trial: RuleTrial, checkedBefore: number): Promise<boolean> =>
      (await sql.run(
        `UPDATE rule_trial SET state = ?, checked = ?, gained = ?, lost = ?, changed = ?, agreeing = ?, contradicting = ?,
           last_transaction_id = ?, last_received_at = ?, ended_at = ? WHERE id = ? AND state = 'running' AND checked = ?`,
        trial.state,
        trial.checked,
        trial.gained,
        trial.lost,
        trial.changed,
        trial.agreeing,
        trial.contradicting,
        trial.last?.transactionId ?? null,
        trial.last?.receivedAt ?? null,
        trial.endedAt ?? null,
        trial.id,
        checkedBefore,
      )) === 1,

    /** False when it had ended already. */
    markEnded: async (id: string, state: Exclude<TrialState, 'running'>, at: Instant): Promise<boolean> =>
      (await sql.run(`UPDATE rule_trial SET state = ?, ended_at = ? WHERE id = ? AND state = 'running'`, state, at, id)) === 1,

    appendDifferences: (trialId: string, differences: readonly TrialDifference[]) =>
      sql.each(
        'INSERT INTO rule_trial_difference (trial_id, position, transaction_id, kind, verdict, body) VALUES (?, ?, ?, ?, ?, ?)',
        differences.map(({ position, transactionId, kind, verdict, ...rest }) => [
          trialId,
          position,
          transactionId,
          kind,
          verdict,
          JSON.stringify(rest),
        ]),
      ),
  };
}

const toTrial = (row: Row): RuleTrial => ({
  id: row.id,
  ruleSetId: row.rule_set_id,
  from: instant(row.period_from),
  to: instant(row.period_to),
  askedBy: row.asked_by,
  askedAt: instant(row.asked_at),
  state: row.state as TrialState,
  checked: Number(row.checked),
  gained: Number(row.gained),
  lost: Number(row.lost),
  changed: Number(row.changed),
  agreeing: Number(row.agreeing),
  contradicting: Number(row.contradicting),
  ...optional('last', row.last_transaction_id, (transactionId) => ({ transactionId, receivedAt: instant(row.last_received_at ?? '') })),
  ...optional('endedAt', row.ended_at, instant),
});

const toDifference = (row: DifferenceRow): TrialDifference => ({
  ...json<Omit<TrialDifference, 'position' | 'transactionId' | 'kind' | 'verdict'>>(row.body),
  position: Number(row.position),
  transactionId: row.transaction_id,
  kind: row.kind as TrialKind,
  verdict: row.verdict as HumanVerdict,
});

const toCredit = (row: CreditRow): JudgedCredit => ({
  id: row.id,
  provider: row.provider,
  content: row.content,
  amount: money(row.amount),
  receivedAt: instant(row.received_at),
  ...optional('accountId', row.account_id),
  ...optional('orderId', row.order_id),
  ...optional('virtualAccount', row.virtual_account),
  ...optional('proof', row.proof, (proof) => json<unknown>(proof)),
});
