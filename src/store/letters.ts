// The queue of letters to citizens, how far the feed of events has been followed for it, and the outbox of the demo.
import type { Letter, LetterKind, LetterState, LetterText } from '../domain/letter';
import type { Instant } from '../domain/time';
import type { Letter as Row, OutboxLetter as OutboxRow } from './generated/client';
import { instant, optional } from './rows';
import type { Sql, Value } from './sql';

/** Whose turn has come; without a recipient where the contact is gone since. */
export interface DueLetter extends Letter {
  recipient?: string;
}

/** A letter of the demo, that nobody was sent. */
export interface OutboxLetter extends LetterText {
  /** The same for every try. */
  id: string;
  at: Instant;
  recipient: string;
}

/** What operators are told of the queue. */
export interface LetterCounts {
  waiting: number;
  /** Since when the oldest one waits. */
  waitingSince?: Instant;
  givenUp: number;
}

const cursorName = 'letters';
const columns = '(id, kind, dossier_id, obligation_id, sealed, state, attempts, next_attempt_at, give_up_at, created_at)';
const insert = `INSERT INTO letter ${columns} VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?)`;

export function lettersTable(sql: Sql) {
  /** Only of what was claimed: a letter that took its place meanwhile waits for its own turn. */
  const end = (id: string, until: Instant, state: LetterState, at: Instant, answer?: string) =>
    sql.run(
      `UPDATE letter SET state = ?, sealed = NULL, attempts = attempts + 1, ended_at = ?, last_answer = ?
       WHERE id = ? AND state = 'waiting' AND next_attempt_at = ?`,
      state,
      at,
      answer ?? null,
      id,
      until,
    );

  return {
    /** The last event of which letters are queued. */
    cursor: async (): Promise<number> =>
      Number((await sql.get<{ event_id: bigint }>('SELECT event_id FROM event_cursor WHERE name = ?', cursorName))?.event_id ?? 0n),

    /** Takes the events after `from` up to `to`; false when another process took them since they were read. */
    claimEvents: async (from: number, to: number): Promise<boolean> =>
      (await sql.run('UPDATE event_cursor SET event_id = ? WHERE name = ? AND event_id = ?', to, cursorName, from)) === 1,

    /** What is queued already stays as it is. */
    keep: (letters: readonly Letter[]) => sql.each(`${insert} ON CONFLICT (id) DO NOTHING`, letters.map(rowOf)),

    /** Takes the place of the one before. */
    save: (letter: Letter) =>
      sql.run(
        `${insert} ON CONFLICT (id) DO UPDATE SET dossier_id = excluded.dossier_id, sealed = excluded.sealed, state = excluded.state, attempts = 0,
           next_attempt_at = excluded.next_attempt_at, give_up_at = excluded.give_up_at, created_at = excluded.created_at,
           ended_at = NULL, last_answer = NULL`,
        ...rowOf(letter),
      ),

    /** Whose time has come, the oldest first, with the contact that the dossier has now. */
    listDue: async (now: Instant, limit: number): Promise<DueLetter[]> =>
      (
        await sql.all<Row & { recipient: string | null }>(
          `SELECT l.*, d.applicant_email AS recipient FROM letter l JOIN dossier d ON d.id = l.dossier_id
           WHERE l.state = 'waiting' AND l.next_attempt_at <= ? ORDER BY l.next_attempt_at, l.created_at, l.id LIMIT ?`,
          now,
          limit,
        )
      ).map((row) => ({ ...toLetter(row), ...optional('recipient', row.recipient) })),

    /** Takes one until `until`; false when another process took it since it was read. */
    claim: async ({ id, nextAttemptAt }: Letter, until: Instant): Promise<boolean> =>
      (await sql.run(
        `UPDATE letter SET next_attempt_at = ? WHERE id = ? AND state = 'waiting' AND next_attempt_at = ?`,
        until,
        id,
        nextAttemptAt,
      )) === 1,

    markSent: (id: string, until: Instant, at: Instant) => end(id, until, 'sent', at),

    markGivenUp: (id: string, until: Instant, at: Instant, answer: string) => end(id, until, 'given_up', at, answer),

    /** One more try that came to nothing. */
    markTried: (id: string, until: Instant, nextAttemptAt: Instant, answer: string) =>
      sql.run(
        `UPDATE letter SET attempts = attempts + 1, next_attempt_at = ?, last_answer = ?
         WHERE id = ? AND state = 'waiting' AND next_attempt_at = ?`,
        nextAttemptAt,
        answer,
        id,
        until,
      ),

    /** Letters for nobody are only there so that asking for them takes the same way. */
    markForgotten: (before: Instant) => sql.run(`DELETE FROM letter WHERE state = 'for_nobody' AND created_at < ?`, before),

    /** All that wait, and those given up since `since`. */
    counts: async (since: Instant): Promise<LetterCounts> => {
      const waiting = await sql.get<{ n: bigint; first: string | null }>(
        `SELECT count(*) AS n, min(created_at) AS first FROM letter WHERE state = 'waiting'`,
      );
      const givenUp = await sql.get<{ n: bigint }>(`SELECT count(*) AS n FROM letter WHERE state = 'given_up' AND ended_at >= ?`, since);
      return {
        waiting: Number(waiting?.n ?? 0n),
        ...(waiting?.first ? { waitingSince: instant(waiting.first) } : {}),
        givenUp: Number(givenUp?.n ?? 0n),
      };
    },

    /** Of one obligation, in the order of the feed. */
    ofObligation: async (obligationId: string): Promise<Letter[]> =>
      (await sql.all<Row>('SELECT * FROM letter WHERE obligation_id = ? ORDER BY created_at, id', obligationId)).map(toLetter),

    /** Told twice, it is one letter. */
    keepInOutbox: (letter: OutboxLetter) =>
      sql.run(
        'INSERT INTO outbox_letter (id, at, recipient, subject, text) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
        letter.id,
        letter.at,
        letter.recipient,
        letter.subject,
        letter.text,
      ),

    /** The newest first. */
    listOutbox: async (limit: number): Promise<OutboxLetter[]> =>
      (await sql.all<OutboxRow>('SELECT * FROM outbox_letter ORDER BY at DESC, id DESC LIMIT ?', limit)).map((row) => ({
        ...row,
        at: instant(row.at),
      })),
  };
}

const rowOf = (letter: Letter): Value[] => [
  letter.id,
  letter.kind,
  letter.dossierId ?? null,
  letter.obligationId ?? null,
  letter.sealed ?? null,
  letter.state,
  letter.nextAttemptAt,
  letter.giveUpAt,
  letter.createdAt,
];

const toLetter = (row: Row): Letter => ({
  id: row.id,
  kind: row.kind as LetterKind,
  ...optional('dossierId', row.dossier_id),
  ...optional('obligationId', row.obligation_id),
  ...optional('sealed', row.sealed),
  state: row.state as LetterState,
  attempts: Number(row.attempts),
  nextAttemptAt: instant(row.next_attempt_at),
  giveUpAt: instant(row.give_up_at),
  createdAt: instant(row.created_at),
});
