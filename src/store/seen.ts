// What people have seen of messages and movements that pay nothing; append-only.
import type { Seen } from '../domain/seen';
import type { Seen as Row } from './generated/client';
import { instant, isIn, optional, type Condition } from './rows';
import type { Sql } from './sql';

export function seenTable(sql: Sql) {
  return {
    ofSubjects: async (ids: readonly string[]): Promise<Seen[]> => {
      const [where, ...values] = isIn('subject_id', ids);
      return (await sql.all<Row>(`SELECT * FROM seen WHERE ${where}`, ...values)).map(toSeen);
    },

    /** False where somebody has seen it before. */
    claim: async ({ subjectId, officerId, at, reason }: Seen): Promise<boolean> =>
      (await sql.run(
        'INSERT INTO seen (subject_id, officer_id, seen_at, reason) VALUES (?, ?, ?, ?) ON CONFLICT (subject_id) DO NOTHING',
        subjectId,
        officerId,
        at,
        reason ?? null,
      )) === 1,
  };
}

/** Whether somebody has seen the row of a table, or nobody has. */
export const isSeen = (table: 'incoming_transaction' | 'delivery', seen: boolean): Condition => [
  `${seen ? '' : 'NOT '}EXISTS (SELECT 1 FROM seen WHERE seen.subject_id = ${table}.id)`,
];

const toSeen = (row: Row): Seen => ({
  subjectId: row.subject_id,
  officerId: row.officer_id,
  at: instant(row.seen_at),
  ...optional('reason', row.reason),
});
