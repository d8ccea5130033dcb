// The accounts that collect, those of the State Treasury, and the encrypted secrets by which providers speak for them.
import type { Account, AccountPurpose } from '../domain/agency';
import type { Instant } from '../domain/time';
import type { Account as AccountRow, ProviderSecret as SecretRow } from './generated/client';
import { day, instant, optional } from './rows';
import type { Sql } from './sql';

/** A provider's secret for one account, as it is stored. */
export interface StoredSecret {
  id: string;
  accountId: string;
  provider: string;
  ciphertext: string;
}

/** One that still holds. */
export interface LiveSecret extends StoredSecret {
  createdAt: Instant;
}

const insertAccount =
  'INSERT INTO account (id, agency_code, purpose, bank_bin, account_number, account_name, valid_from, valid_to) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';

export function accountsTable(sql: Sql) {
  return {
    list: async (): Promise<Account[]> => (await sql.all<AccountRow>('SELECT * FROM account ORDER BY id')).map(toAccount),

    find: async (id: string): Promise<Account | undefined> => {
      const row = await sql.get<AccountRow>('SELECT * FROM account WHERE id = ?', id);
      return row && toAccount(row);
    },

    /** Accounts of that number, at whichever bank. */
    numbered: async (accountNumber: string): Promise<Account[]> =>
      (await sql.all<AccountRow>('SELECT * FROM account WHERE account_number = ?', accountNumber)).map(toAccount),

    /** Live secrets, the newest first, so that rotation loses no payment. */
    listSecrets: async (): Promise<LiveSecret[]> =>
      (await sql.all<SecretRow>('SELECT * FROM provider_secret WHERE retired_at IS NULL ORDER BY created_at DESC, id DESC')).map((row) => ({
        id: row.id,
        accountId: row.account_id,
        provider: row.provider,
        ciphertext: row.ciphertext,
        createdAt: instant(row.created_at),
      })),

    save: (account: Account) => sql.run(insertAccount, ...valuesOf(account)),

    /** False when there is an account of that number at that bank. */
    claim: async (account: Account): Promise<boolean> =>
      (await sql.run(`${insertAccount} ON CONFLICT (bank_bin, account_number) DO NOTHING`, ...valuesOf(account))) === 1,

    keepSecret: (secret: StoredSecret, createdAt: string) =>
      sql.run(
        'INSERT INTO provider_secret (id, account_id, provider, ciphertext, created_at) VALUES (?, ?, ?, ?, ?)',
        secret.id,
        secret.accountId,
        secret.provider,
        secret.ciphertext,
        createdAt,
      ),

    /** From now on only `exceptId` holds of what a provider had for an account; returns how many were live until now. */
    markSecretsRetired: (accountId: string, provider: string, at: Instant, exceptId: string): Promise<number> =>
      sql.run(
        'UPDATE provider_secret SET retired_at = ? WHERE account_id = ? AND provider = ? AND id <> ? AND retired_at IS NULL',
        at,
        accountId,
        provider,
        exceptId,
      ),
  };
}

const toAccount = (row: AccountRow): Account => ({
  id: row.id,
  agencyCode: row.agency_code,
  purpose: row.purpose as AccountPurpose,
  bankBin: row.bank_bin,
  accountNumber: row.account_number,
  accountName: row.account_name,
  validFrom: day(row.valid_from),
  ...optional('validTo', row.valid_to, day),
});

const valuesOf = ({ id, agencyCode, purpose, bankBin, accountNumber, accountName, validFrom, validTo }: Account) =>
  [id, agencyCode, purpose, bankBin, accountNumber, accountName, validFrom, validTo ?? null] as const;
