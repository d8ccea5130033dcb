// Agencies, their counters and the sectors they serve.
import type { Agency, AgencyKind, Counter, PaidOnlineFlag } from '../domain/agency';
import type { Agency as AgencyRow, Counter as CounterRow, Sector } from './generated/client';
import { day, optional } from './rows';
import type { Sql } from './sql';

export function agenciesTable(sql: Sql) {
  return {
    list: async (): Promise<Agency[]> => (await sql.all<AgencyRow>('SELECT * FROM agency ORDER BY code')).map(toAgency),

    listSectors: (): Promise<Sector[]> => sql.all<Sector>('SELECT * FROM sector ORDER BY code'),

    listCounters: async (agencyCodes: readonly string[]): Promise<Counter[]> =>
      (await sql.all<CounterRow>('SELECT * FROM counter ORDER BY id'))
        .filter((row) => agencyCodes.includes(row.agency_code))
        .map(toCounter),

    findCounter: async (id: string): Promise<Counter | undefined> => {
      const row = await sql.get<CounterRow>('SELECT * FROM counter WHERE id = ?', id);
      return row && toCounter(row);
    },

    findCounterByToken: async (token: string): Promise<Counter | undefined> => {
      const row = await sql.get<CounterRow>('SELECT * FROM counter WHERE display_token = ?', token);
      return row && toCounter(row);
    },

    save: (agency: Agency) =>
      sql.run(
        `INSERT INTO agency (code, name, kind, parent_code, locality_code, dynamic_qr_flag, valid_from, valid_to) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind, parent_code = excluded.parent_code,
           dynamic_qr_flag = excluded.dynamic_qr_flag, valid_from = excluded.valid_from, valid_to = excluded.valid_to`,
        agency.code,
        agency.name,
        agency.kind,
        agency.parentCode ?? null,
        agency.localityCode,
        agency.dynamicQrFlag,
        agency.validFrom,
        agency.validTo ?? null,
      ),

    saveSector: (sector: Sector) =>
      sql.run(
        'INSERT INTO sector (code, name) VALUES (?, ?) ON CONFLICT (code) DO UPDATE SET name = excluded.name',
        sector.code,
        sector.name,
      ),

    saveCounter: (counter: Counter) =>
      sql.run(
        'INSERT INTO counter (id, agency_code, name, display_token) VALUES (?, ?, ?, ?)',
        counter.id,
        counter.agencyCode,
        counter.name,
        counter.displayToken,
      ),
  };
}

const toAgency = (row: AgencyRow): Agency => ({
  code: row.code,
  name: row.name,
  kind: row.kind as AgencyKind,
  ...optional('parentCode', row.parent_code),
  localityCode: row.locality_code,
  dynamicQrFlag: Number(row.dynamic_qr_flag) as PaidOnlineFlag,
  validFrom: day(row.valid_from),
  ...optional('validTo', row.valid_to, day),
});

const toCounter = (row: CounterRow): Counter => ({
  id: row.id,
  agencyCode: row.agency_code,
  name: row.name,
  displayToken: row.display_token,
});
