// Reports the ratios of a period, and the dossiers behind each number; both from the same rows.
import type { Context } from '../context';
import { codesWithin } from '../domain/agency';
import { percentOf, ratioDefinitionVersion, type RatioFilter, type RatioKey, type RatioPart, type Standing } from '../domain/ratio';
import { sumOf, type Money } from '../domain/money';
import type { Actor } from '../domain/role';
import type { Day, Instant } from '../domain/time';
import type { Dossier } from '../domain/dossier';
import { demand, sightOf } from './demand';

/** The key of the row under all others. */
export const totalKey = 'total';

export interface RatioQuestion {
  actor: Actor;
  from: Day;
  to: Day;
  by: RatioKey;
  /** This agency and those below it. */
  agency?: string;
  sector?: string;
  asOf?: Instant;
}

/** One row; ratios are percent with two places, null where there is no dossier with an obligation. */
export interface RatioRow {
  key: string;
  name: string;
  obligations: number;
  paidOnline: number;
  paidCashless: number;
  onlineRatio: string | null;
  cashlessRatio: string | null;
  amountDue: Money;
  amountOnline: Money;
  target: string | null;
  gap: string | null;
  standing: string | null;
}

export interface RatioReport {
  period: { from: Day; to: Day };
  asOf: Instant;
  definitionVersion: number;
  rows: RatioRow[];
  total: RatioRow;
}

export async function reportRatios(ctx: Context, question: RatioQuestion): Promise<RatioReport> {
  demand(question.actor, 'see_ratios');
  const rows = await ctx.store.tables.ratios.report(question.by, await filterOf(ctx, question));
  const names = await namesOf(ctx, question.by);
  return {
    period: { from: question.from, to: question.to },
    asOf: question.asOf ?? ctx.now(),
    definitionVersion: ratioDefinitionVersion,
    rows: rows.map((row) => rowOf(row.key, names.get(row.key) ?? row.key, row)),
    total: rowOf(totalKey, 'Tổng', totalOf(rows)),
  };
}

/** The dossiers that make up one number, oldest first; `key` may be `total`. Their count equals the number. */
export async function listRatioMembers(
  ctx: Context,
  { key, part, ...question }: RatioQuestion & { key: string; part: RatioPart },
  limit: number,
  after?: string,
): Promise<Dossier[]> {
  demand(question.actor, 'see_ratios');
  const { tables } = ctx.store;
  const member = { by: question.by, part, ...(key === totalKey ? {} : { key }) };
  return tables.dossiers.listByIds(await tables.ratios.members(member, await filterOf(ctx, question), limit, after));
}

async function filterOf(ctx: Context, { actor, from, to, agency, sector, asOf }: RatioQuestion): Promise<RatioFilter> {
  const { tables } = ctx.store;
  const seen = await sightOf(tables, actor);
  const asked = agency === undefined ? undefined : codesWithin(await tables.agencies.list(), agency);
  const agencyCodes = asked && seen ? asked.filter((code) => seen.includes(code)) : (asked ?? seen);
  return { from, to, ...(agencyCodes ? { agencyCodes } : {}), ...(sector ? { sectorCode: sector } : {}), ...(asOf ? { asOf } : {}) };
}

async function namesOf(ctx: Context, by: RatioKey): Promise<Map<string, string>> {
  const { tables } = ctx.store;
  if (by === 'month') return new Map();
  const named = { sector: tables.agencies.listSectors, agency: tables.agencies.list, procedure: tables.procedures.list }[by];
  return new Map((await named()).map(({ code, name }) => [code, name]));
}

const totalOf = (rows: readonly Standing[]): Standing => ({
  counted: rows.reduce((sum, row) => sum + row.counted, 0),
  online: rows.reduce((sum, row) => sum + row.online, 0),
  cashless: rows.reduce((sum, row) => sum + row.cashless, 0),
  amountDue: sumOf(rows.map((row) => row.amountDue)),
  amountOnline: sumOf(rows.map((row) => row.amountOnline)),
});

const rowOf = (key: string, name: string, standing: Standing): RatioRow => ({
  key,
  name,
  obligations: standing.counted,
  paidOnline: standing.online,
  paidCashless: standing.cashless,
  onlineRatio: percentOf(standing.online, standing.counted),
  cashlessRatio: percentOf(standing.cashless, standing.counted),
  amountDue: standing.amountDue,
  amountOnline: standing.amountOnline,
  target: null,
  gap: null,
  standing: null,
});
