// Officers, their sessions, and the keys of the JSON API.
import type { Officer, Session } from '../domain/officer';
import type { Role } from '../domain/role';
import type { ApiKey as ApiKeyRow, Officer as OfficerRow, Session as SessionRow } from './generated/client';
import { instant, optional } from './rows';
import type { Sql } from './sql';
import type { Instant } from '../domain/time';

export function officersTable(sql: Sql) {
  const findBy = async (column: 'id' | 'login', value: string): Promise<Officer | undefined> => {
    const row = await sql.get<OfficerRow>(`SELECT * FROM officer WHERE ${column} = ? AND disabled_at IS NULL`, value);
    return row && toOfficer(row);
  };
  return {
    find: (id: string) => findBy('id', id),
    findByLogin: (login: string) => findBy('login', login),

    count: async (): Promise<number> => Number((await sql.get<{ n: bigint }>('SELECT count(*) AS n FROM officer'))?.n ?? 0n),

    /** The name behind each id, for what people did. */
    listNames: async (): Promise<Map<string, string>> =>
      new Map((await sql.all<Pick<OfficerRow, 'id' | 'name'>>('SELECT id, name FROM officer')).map((row) => [row.id, row.name])),

    findSession: async (tokenHash: string): Promise<Session | undefined> => {
      const row = await sql.get<SessionRow>('SELECT * FROM session WHERE token_hash = ? AND ended_at IS NULL', tokenHash);
      return (
        row && {
          officerId: row.officer_id,
          formToken: row.form_token,
          createdAt: instant(row.created_at),
          lastSeenAt: instant(row.last_seen_at),
        }
      );
    },

    findApiKey: async (keyHash: string): Promise<{ name: string; officerId?: string } | undefined> => {
      const row = await sql.get<ApiKeyRow>('SELECT * FROM api_key WHERE key_hash = ? AND revoked_at IS NULL', keyHash);
      return row && { name: row.name, ...optional('officerId', row.officer_id) };
    },

    /** Of these agencies, by login; those who left are not listed. */
    list: async (agencyCodes: readonly string[]): Promise<Officer[]> =>
      (await sql.all<OfficerRow>('SELECT * FROM officer WHERE disabled_at IS NULL ORDER BY login'))
        .filter((row) => agencyCodes.includes(row.agency_code))
        .map(toOfficer),

    /** False when the login is taken, also by somebody who left. */
    keep: async (officer: Officer): Promise<boolean> =>
      (await sql.run(
        `INSERT INTO officer (id, login, name, role, agency_code, counter_id, password_hash) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (login) DO NOTHING`,
        officer.id,
        officer.login,
        officer.name,
        officer.role,
        officer.agencyCode,
        officer.counterId ?? null,
        officer.passwordHash,
      )) === 1,

    save: (officer: Officer) =>
      sql.run(
        'INSERT INTO officer (id, login, name, role, agency_code, counter_id, password_hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
        officer.id,
        officer.login,
        officer.name,
        officer.role,
        officer.agencyCode,
        officer.counterId ?? null,
        officer.passwordHash,
      ),

    keepSession: (tokenHash: string, session: Session) =>
      sql.run(
        'INSERT INTO session (token_hash, officer_id, form_token, created_at, last_seen_at) VALUES (?, ?, ?, ?, ?)',
        tokenHash,
        session.officerId,
        session.formToken,
        session.createdAt,
        session.lastSeenAt,
      ),

    markSeen: (tokenHash: string, at: Instant) => sql.run('UPDATE session SET last_seen_at = ? WHERE token_hash = ?', at, tokenHash),

    markEnded: (tokenHash: string, at: Instant) => sql.run('UPDATE session SET ended_at = ? WHERE token_hash = ?', at, tokenHash),

    keepApiKey: (keyHash: string, name: string, officerId: string | undefined, at: Instant) =>
      sql.run('INSERT INTO api_key (key_hash, name, officer_id, created_at) VALUES (?, ?, ?, ?)', keyHash, name, officerId ?? null, at),
  };
}

const toOfficer = (row: OfficerRow): Officer => ({
  id: row.id,
  login: row.login,
  name: row.name,
  role: row.role as Role,
  agencyCode: row.agency_code,
  ...optional('counterId', row.counter_id),
  passwordHash: row.password_hash,
});
