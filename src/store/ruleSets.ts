// Rule sets, and which of them is in force: the last one that was adopted.
import { firstRules, rulesWith, type DraftedRuleSet, type RuleAdoption, type Rules, type RuleSet } from '../domain/ruleSet';
import type { RuleAdoption as AdoptionRow, RuleSet as Row } from './generated/client';
import { instant, isIn, json, optional } from './rows';
import type { Instant } from '../domain/time';
import type { Sql } from './sql';

type Joined = Row & {
  [name in 'trial_id' | 'adopted_by' | 'adopted_at' | 'adoption_reason' | 'withdrawn_by' | 'withdrawn_at']: string | null;
} & { adoption_number: bigint | null };

const select = `SELECT r.*, a.number AS adoption_number, a.trial_id, a.adopted_by, a.adopted_at, a.reason AS adoption_reason,
    w.withdrawn_by, w.withdrawn_at
  FROM rule_set r LEFT JOIN rule_adoption a ON a.rule_set_id = r.id LEFT JOIN rule_withdrawal w ON w.rule_set_id = r.id`;

export function ruleSetsTable(sql: Sql) {
  return {
    find: async (id: string): Promise<DraftedRuleSet | undefined> => {
      const row = await sql.get<Joined>(`${select} WHERE r.id = ?`, id);
      return row && toDrafted(row);
    },

    listByIds: async (ids: readonly string[]): Promise<DraftedRuleSet[]> => {
      const [where, ...values] = isIn('r.id', ids);
      return (await sql.all<Joined>(`${select} WHERE ${where} ORDER BY r.number`, ...values)).map(toDrafted);
    },

    /** Newest first; `before`: the number of the last one already seen. */
    list: async (limit: number, before = Number.MAX_SAFE_INTEGER): Promise<DraftedRuleSet[]> =>
      (await sql.all<Joined>(`${select} WHERE r.number < ? ORDER BY r.number DESC LIMIT ?`, before, limit)).map(toDrafted),

    /** The last adopted first. */
    listAdopted: async (limit: number): Promise<DraftedRuleSet[]> =>
      (await sql.all<Joined>(`${select} WHERE a.number IS NOT NULL ORDER BY a.number DESC LIMIT ?`, limit)).map(toDrafted),

    /** The id of the set in force; undefined while it is the first one. One row of an index. */
    findIdInForce: async (): Promise<string | undefined> =>
      (await sql.get<{ rule_set_id: string }>('SELECT rule_set_id FROM rule_adoption ORDER BY number DESC LIMIT 1'))?.rule_set_id,

    nextNumber: async (): Promise<number> => Number((await sql.get<{ n: bigint }>(nextIn('rule_set')))?.n ?? 1n),

    nextAdoptionNumber: async (): Promise<number> => Number((await sql.get<{ n: bigint }>(nextIn('rule_adoption')))?.n ?? 1n),

    keep: (set: DraftedRuleSet) =>
      sql.run(
        'INSERT INTO rule_set (id, number, body, reason, drafted_by, drafted_at) VALUES (?, ?, ?, ?, ?, ?)',
        set.id,
        set.number,
        JSON.stringify({ ...set.acts, ...set.limits }),
        set.reason,
        set.draftedBy,
        set.draftedAt,
      ),

    /** False when it was adopted already, or another one just now. */
    keepAdoption: async ({ id, draftedBy }: Pick<DraftedRuleSet, 'id' | 'draftedBy'>, adoption: RuleAdoption): Promise<boolean> =>
      (await sql.run(
        `INSERT INTO rule_adoption (number, rule_set_id, trial_id, drafted_by, adopted_by, adopted_at, reason) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING`,
        adoption.number,
        id,
        adoption.trialId,
        draftedBy,
        adoption.by,
        adoption.at,
        adoption.reason,
      )) === 1,

    keepWithdrawal: (id: string, by: string, at: Instant) =>
      sql.run('INSERT INTO rule_withdrawal (rule_set_id, withdrawn_by, withdrawn_at) VALUES (?, ?, ?)', id, by, at),
  };
}

const nextIn = (table: 'rule_set' | 'rule_adoption'): string => `SELECT CAST(coalesce(max(number), 0) + 1 AS BIGINT) AS n FROM ${table}`;

const toDrafted = (row: Joined): DraftedRuleSet => ({
  ...toRuleSet(row),
  number: Number(row.number),
  reason: row.reason,
  draftedBy: row.drafted_by,
  draftedAt: instant(row.drafted_at),
  ...optional('adoption', row.adoption_number, (number) => toAdoption(row, number)),
  ...optional('withdrawal', row.withdrawn_by, (by) => ({ by, at: instant(row.withdrawn_at ?? '') })),
});

const toAdoption = (row: Joined, number: AdoptionRow['number']): RuleAdoption => ({
  number: Number(number),
  trialId: row.trial_id ?? '',
  by: row.adopted_by ?? '',
  at: instant(row.adopted_at ?? ''),
  reason: row.adoption_reason ?? '',
});

/** What a body does not name, it was written before there was such a rule: then that is as at first. */
function toRuleSet({ id, body }: Pick<Row, 'id' | 'body'>): RuleSet {
  const rules: Rules | undefined = rulesWith(json<Record<string, unknown>>(body), firstRules);
  if (!rules) throw new Error(`the rule set ${id} cannot be read`);
  return { id, ...rules };
}
