// The store: tables to read, and transact() to write. The only room that knows that a database exists.
import { join } from 'node:path';
import { accountsTable } from './accounts';
import { agenciesTable } from './agencies';
import { allocationsTable } from './allocations';
import { answersTable, settingsTable } from './answers';
import { cashBookTable } from './cashBook';
import { cashReturnsTable } from './cashReturns';
import { cataloguesTable } from './catalogues';
import { claimsTable } from './claims';
import { collectionsTable } from './collections';
import { collectorsTable } from './collectors';
import { dayClosesTable } from './dayCloses';
import { deliveriesTable } from './deliveries';
import { depositsTable } from './deposits';
import { dispositionsTable } from './dispositions';
import { dossiersTable } from './dossiers';
import { eventsTable } from './events';
import { explanationsTable } from './explanations';
import { feedsTable } from './feeds';
import { feeVersionsTable } from './feeVersions';
import { findCodesTable } from './findCodes';
import { ledgerTable } from './ledger';
import { lettersTable } from './letters';
import { migratePostgres, migrateSqlite } from './migrate';
import { obligationsTable } from './obligations';
import { oddDaysTable } from './oddDays';
import { officersTable } from './officers';
import { onlineSessionsTable } from './onlineSessions';
import { papersTable } from './papers';
import { paymentRequestsTable } from './paymentRequests';
import { payPagesTable } from './payPages';
import { openPostgres } from './postgres';
import { pretendBookTable } from './pretendBook';
import { proceduresTable } from './procedures';
import { ratiosTable } from './ratios';
import { receiptHandoversTable } from './receiptHandovers';
import { receiptNoticesTable } from './receiptNotices';
import { receiptSeriesTable } from './receiptSeries';
import { receiptSummariesTable } from './receiptSummaries';
import { receiptsTable } from './receipts';
import { remittancesTable } from './remittances';
import { refundRightsTable } from './refundRights';
import { refundsTable } from './refunds';
import { reconciliationsTable } from './reconciliations';
import { resolutionsTable } from './resolutions';
import { retentionsTable } from './retentions';
import { ruleSetsTable } from './ruleSets';
import { ruleTrialsTable } from './ruleTrials';
import { satisfactionTable } from './satisfaction';
import { seenTable } from './seen';
import { shiftsTable } from './shifts';
import { settlementsTable } from './settlements';
import type { Attempt, Driver, Sql, TransactionSql } from './sql';
import { sourcesTable } from './sources';
import { statementLinesTable } from './statementLines';
import { statementsTable } from './statements';
import { openSqlite } from './sqlite';
import { taxNoticesTable } from './taxNotices';
import { transactionsTable } from './transactions';

/** Every table, and what makes it over statements. */
const makers = {
  agencies: agenciesTable,
  accounts: accountsTable,
  officers: officersTable,
  procedures: proceduresTable,
  feeVersions: feeVersionsTable,
  catalogues: cataloguesTable,
  claims: claimsTable,
  dossiers: dossiersTable,
  obligations: obligationsTable,
  taxNotices: taxNoticesTable,
  paymentRequests: paymentRequestsTable,
  onlineSessions: onlineSessionsTable,
  payPages: payPagesTable,
  dayCloses: dayClosesTable,
  papers: papersTable,
  deliveries: deliveriesTable,
  transactions: transactionsTable,
  allocations: allocationsTable,
  resolutions: resolutionsTable,
  explanations: explanationsTable,
  reconciliations: reconciliationsTable,
  oddDays: oddDaysTable,
  refunds: refundsTable,
  refundRights: refundRightsTable,
  dispositions: dispositionsTable,
  ledger: ledgerTable,
  ratios: ratiosTable,
  events: eventsTable,
  answers: answersTable,
  settings: settingsTable,
  feeds: feedsTable,
  sources: sourcesTable,
  collectors: collectorsTable,
  receipts: receiptsTable,
  receiptSeries: receiptSeriesTable,
  receiptNotices: receiptNoticesTable,
  receiptHandovers: receiptHandoversTable,
  receiptSummaries: receiptSummariesTable,
  seen: seenTable,
  letters: lettersTable,
  findCodes: findCodesTable,
  satisfaction: satisfactionTable,
  pretendBook: pretendBookTable,
  shifts: shiftsTable,
  cashReturns: cashReturnsTable,
  deposits: depositsTable,
  cashBook: cashBookTable,
  collections: collectionsTable,
  retentions: retentionsTable,
  remittances: remittancesTable,
  statements: statementsTable,
  statementLines: statementLinesTable,
  ruleSets: ruleSetsTable,
  ruleTrials: ruleTrialsTable,
  settlements: settlementsTable,
};

type AllTables = { readonly [Name in keyof typeof makers]: ReturnType<(typeof makers)[Name]> };

/** A transaction asks a few tables only: each comes into being when it is asked for. */
function tablesOver(sql: Sql): AllTables {
  return Object.create(lazily, { sql: { value: sql }, made: { value: {} } }) as AllTables;
}

interface Lazy {
  sql: Sql;
  made: Record<string, unknown>;
}

const lazily = Object.defineProperties(
  {},
  Object.fromEntries(
    Object.entries(makers).map(([name, make]) => [
      name,
      {
        enumerable: true,
        get(this: Lazy) {
          return (this.made[name] ??= make(this.sql));
        },
      },
    ]),
  ),
);

type WriteVerb = 'keep' | 'claim' | 'mark' | 'save' | 'post' | 'append' | 'add';
type Writing = WriteVerb | `${WriteVerb}${Capitalize<string>}`;
type WithoutWriting<Table> = { [Name in keyof Table as Name extends Writing ? never : Name]: Table[Name] };

/** The tables for everybody: a door or a screen that writes does not compile. */
export type ReadTables = { readonly [Name in keyof AllTables]: WithoutWriting<AllTables[Name]> };

/** The tables inside a transaction. */
export type Tables = AllTables & {
  /** Runs `work` in a savepoint of its own: when it throws, only what it wrote is undone. */
  attempt<T>(work: () => Promise<T>): Promise<Attempt<T>>;
};

export interface Store {
  readonly tables: ReadTables;
  /** Runs `work` in one transaction; durable when the promise resolves. The body touches its tables and nothing else. Throws StoreBusy. */
  transact<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
  /** Calls `listener` when another process may have committed events; returns how to stop. Where the database cannot tell, nobody calls. */
  listen(listener: () => void): () => Promise<void>;
  close(): Promise<void>;
}

/** Opens `file:<path>` or `postgresql://…`, migrated with the files under `<root>/prisma`. `onFailure` hears what went wrong beside the work. */
export async function openStore(url: string, root: string, onFailure: (error: unknown) => void): Promise<Store> {
  const driver = await openDriver(url, root, onFailure);
  return {
    tables: tablesOver(driver.reading),
    transact: (work) => driver.transact((sql) => work(tablesInside(sql))),
    listen: (listener) => driver.listen(listener),
    close: () => driver.close(),
  };
}

async function openDriver(url: string, root: string, onFailure: (error: unknown) => void): Promise<Driver> {
  if (url.startsWith('file:')) {
    const path = url.slice('file:'.length);
    migrateSqlite(path, join(root, 'prisma/migrations'));
    return openSqlite(path, onFailure);
  }
  await migratePostgres(url, join(root, 'prisma/postgresql/migrations'));
  return openPostgres(url, onFailure);
}

const tablesInside = (sql: TransactionSql): Tables =>
  Object.assign(tablesOver(sql), { attempt: <T>(work: () => Promise<T>) => sql.attempt(work) });

export { StoreBusy, type Attempt } from './sql';
