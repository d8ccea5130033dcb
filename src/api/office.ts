// The office over the API: agencies with their counters, collection accounts, procedures.
import { sightOf } from '../actions/demand';
import { bankOfBin } from '../domain/banks';
import { secretsOf } from '../actions/secretsOf';
import type { Context } from '../context';
import type { Account } from '../domain/agency';
import { normalForm } from '../domain/reference';
import { Problem } from '../problems';
import { page } from './present';
import { reading, type Route } from './route';
import { agenciesQuery, proceduresQuery } from './schemas';

export const officeRoutes: Route[] = [
  reading({
    path: '/api/agencies',
    summary: 'Agencies as a tree with validity dates, and their counters',
    query: agenciesQuery,
    read: async (ctx, { query }) => {
      const agencies = await ctx.store.tables.agencies.list();
      const counters = await ctx.store.tables.agencies.listCounters(agencies.map((agency) => agency.code));
      return pageOf(
        agencies,
        query,
        (agency) => agency.code,
        (agency) => ({
          code: agency.code,
          name: agency.name,
          kind: agency.kind,
          parentCode: agency.parentCode ?? null,
          localityCode: agency.localityCode,
          validFrom: agency.validFrom,
          validTo: agency.validTo ?? null,
          counters: counters.filter((counter) => counter.agencyCode === agency.code).map(({ id, name }) => ({ id, name })),
        }),
      );
    },
  }),
  reading({
    path: '/api/accounts',
    summary: 'Accounts: those that collect, and those of the Treasury to which taxes are paid; never a secret',
    query: agenciesQuery,
    read: async (ctx, { actor, query }) => {
      const seen = await sightOf(ctx.store.tables, actor);
      const accounts = (await ctx.store.tables.accounts.list()).filter((account) => !seen || seen.includes(account.agencyCode));
      const providers = await providersByAccount(ctx, accounts);
      return pageOf(
        accounts,
        query,
        (account) => account.id,
        (account) => ({
          id: account.id,
          bankBin: account.bankBin,
          bankName: bankOfBin(account.bankBin)?.shortName ?? null,
          accountNumber: account.accountNumber,
          accountName: account.accountName,
          agencyCode: account.agencyCode,
          purpose: account.purpose,
          validFrom: account.validFrom,
          validTo: account.validTo ?? null,
          providers: providers.get(account.id) ?? [],
        }),
      );
    },
  }),
  reading({
    path: '/api/procedures',
    summary: 'Administrative procedures, by sector and by part of code or name',
    query: proceduresQuery,
    read: async (ctx, { query }) => {
      const sectors = new Map((await ctx.store.tables.agencies.listSectors()).map(({ code, name }) => [code, name]));
      const wanted = normalForm(query.q ?? '');
      const found = (await ctx.store.tables.procedures.list()).filter(
        ({ code, name, sectorCode }) => (!query.sector || sectorCode === query.sector) && normalForm(`${code} ${name}`).includes(wanted),
      );
      return pageOf(
        found,
        query,
        (procedure) => procedure.code,
        ({ code, name, sectorCode }) => ({
          code,
          name,
          sectorCode,
          sectorName: sectors.get(sectorCode) ?? sectorCode,
        }),
      );
    },
  }),
];

/** One page of a list that is whole in memory; the cursor is the key of the last row. */
function pageOf<Row, Shown>(
  rows: readonly Row[],
  query: { limit: number; cursor?: string | undefined },
  keyOf: (row: Row) => string,
  present: (row: Row) => Shown,
) {
  const start = query.cursor === undefined ? 0 : rows.findIndex((row) => keyOf(row) === query.cursor) + 1;
  if (query.cursor !== undefined && start === 0) throw new Problem('request_invalid', 'cursor', [{ path: 'cursor', message: 'unknown' }]);
  return page(rows.slice(start, start + query.limit + 1), query.limit, keyOf, present);
}

/** Which providers may tell of each account: with its own secret, or by the default one. */
async function providersByAccount(ctx: Context, accounts: readonly Account[]): Promise<Map<string, string[]>> {
  const byAccount = new Map<string, string[]>(accounts.map((account) => [account.id, []]));
  for (const name of ctx.providerNames) {
    const { secrets, accountsWithOwnSecret } = await secretsOf(ctx, name);
    const hasDefault = secrets.some((secret) => !accountsWithOwnSecret.has(secret.owner));
    for (const [id, names] of byAccount) if (accountsWithOwnSecret.has(id) || hasDefault) names.push(name);
  }
  return byAccount;
}
