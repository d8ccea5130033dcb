// First answers to requests with an Idempotency-Key, and facts about this installation.
import type { Answer, AnswerKey } from '../domain/answer';
import type { Instant } from '../domain/time';
import type { Answer as Row } from './generated/client';
import type { Sql } from './sql';

export function answersTable(sql: Sql) {
  return {
    find: async ({ principal, key }: AnswerKey): Promise<(Answer & { requestHash: string }) | undefined> => {
      const row = await sql.get<Row>('SELECT * FROM answer WHERE principal = ? AND key = ?', principal, key);
      return row && { status: Number(row.status), body: row.body, requestHash: row.request_hash };
    },

    keep: ({ principal, key }: AnswerKey, requestHash: string, answer: Answer, at: Instant) =>
      sql.run(
        'INSERT INTO answer (principal, key, request_hash, status, body, created_at) VALUES (?, ?, ?, ?, ?, ?)',
        principal,
        key,
        requestHash,
        answer.status,
        answer.body,
        at,
      ),
  };
}

export function settingsTable(sql: Sql) {
  return {
    find: async (key: string): Promise<string | undefined> =>
      (await sql.get<{ value: string }>('SELECT value FROM setting WHERE key = ?', key))?.value,

    save: (key: string, value: string) =>
      sql.run('INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', key, value),
  };
}
