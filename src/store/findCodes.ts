// One-time codes for finding a payment, by a mark on the dossier code that was asked for.
import { mostTries, type FindCode } from '../domain/findCode';
import type { Instant } from '../domain/time';
import type { FindCode as Row } from './generated/client';
import { instant, json, optional } from './rows';
import type { Sql } from './sql';

export function findCodesTable(sql: Sql) {
  return {
    find: async (subject: string): Promise<FindCode | undefined> => {
      const row = await sql.get<Row>('SELECT * FROM find_code WHERE subject = ?', subject);
      return row && toFindCode(row);
    },

    /** Takes the place of the one before. */
    save: (code: FindCode) =>
      sql.run(
        `INSERT INTO find_code (subject, code_mark, tries, asked_at, expires_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (subject) DO UPDATE SET code_mark = excluded.code_mark, tries = excluded.tries, asked_at = excluded.asked_at,
           expires_at = excluded.expires_at`,
        code.subject,
        code.codeMark ?? null,
        code.tries,
        JSON.stringify(code.askedAt),
        code.expiresAt,
      ),

    /** Takes one of the tries; false when none is left, or the code has expired or was used. */
    claimTry: async (subject: string, now: Instant): Promise<boolean> =>
      (await sql.run(
        'UPDATE find_code SET tries = tries + 1 WHERE subject = ? AND code_mark IS NOT NULL AND tries < ? AND expires_at > ?',
        subject,
        mostTries,
        now,
      )) === 1,

    markUsed: (subject: string) => sql.run('UPDATE find_code SET code_mark = NULL WHERE subject = ?', subject),

    markForgotten: (before: Instant) => sql.run('DELETE FROM find_code WHERE expires_at < ?', before),
  };
}

const toFindCode = (row: Row): FindCode => ({
  subject: row.subject,
  ...optional('codeMark', row.code_mark),
  tries: Number(row.tries),
  askedAt: json<Instant[]>(row.asked_at),
  expiresAt: instant(row.expires_at),
});
