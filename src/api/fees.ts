// The fee schedule over the API, open to everybody: what a procedure costs, and how an amount comes about.
import { priceFees } from '../actions/priceFees';
import type { Context } from '../context';
import type { Agency } from '../domain/agency';
import { chargeable, type Fee } from '../domain/fee';
import type { FeeInputs } from '../domain/feeInputs';
import { feesInForce } from '../domain/feeSchedule';
import { sumOf } from '../domain/money';
import { dayOf, type Day } from '../domain/time';
import { Problem } from '../problems';
import { reading, type Route } from './route';
import { estimateQuery, feesQuery } from './schemas';

export const feeRoutes: Route[] = [
  reading({
    path: '/api/fees',
    summary: 'Fees of a procedure at an agency on a day',
    isPublic: true,
    query: feesQuery,
    read: async (ctx, { query: { procedure, agency, on } }) => {
      const { tables } = ctx.store;
      if (!(await tables.procedures.find(procedure))) throw new Problem('procedure_unknown', procedure);
      const localityCode = agency === undefined ? nationwide : (await agencyNamed(ctx, agency)).localityCode;
      const fees = feesInForce(await tables.procedures.listFees(procedure), {
        procedureCode: procedure,
        localityCode,
        on: on ?? today(ctx),
      });
      return { data: fees.map(presentFee), nextCursor: null };
    },
  }),
  reading({
    path: '/api/fees/estimate',
    summary: 'What one fee would cost, with the steps',
    isPublic: true,
    query: estimateQuery,
    read: async (ctx, { query }) => {
      const { feeId, agency, channel, on, preference, ...rest } = query;
      const fee = await ctx.store.tables.procedures.findFee(feeId);
      if (!fee) throw new Problem('fee_unknown', feeId);
      const localityCode = agency === undefined ? localityOf(fee) : (await agencyNamed(ctx, agency)).localityCode;
      const items = await priceFees(ctx.store.tables, {
        procedureCode: fee.procedureCode,
        localityCode,
        channel,
        on: on ?? today(ctx),
        fees: [{ feeId, ...inputsIn(rest) }],
        ...(preference ? { preference: { code: preference, evidence: 'estimate' } } : {}),
      });
      return {
        grossAmount: sumOf(items.map((item) => item.grossAmount)),
        amount: sumOf(items.map((item) => item.amount)),
        trace: items.flatMap((item) => item.trace),
      };
    },
  }),
];

/** Without an agency only what holds in every province is shown. */
const nationwide = 'national';

const presentFee = (fee: Fee) => {
  const answer = chargeable(fee);
  return {
    id: fee.id,
    procedureCode: fee.procedureCode,
    name: fee.name,
    kind: fee.kind,
    rule: fee.rule,
    legalBasis: fee.legalBasis,
    collectWhen: fee.collectWhen,
    validFrom: fee.validFrom ?? null,
    validTo: fee.validTo ?? null,
    chargeable: answer.ok,
    ...(answer.ok ? {} : { why: answer.why }),
  };
};

async function agencyNamed(ctx: Context, code: string): Promise<Agency> {
  const agency = (await ctx.store.tables.agencies.list()).find((known) => known.code === code);
  if (!agency) throw new Problem('agency_unknown', code);
  return agency;
}

/** A fee of one province is estimated there; a national one needs no province. */
const localityOf = (fee: Fee): string => fee.localityCode;

const today = (ctx: Context): Day => dayOf(ctx.now());

/** `case.khu_vuc=phuong` → `{ case: { khu_vuc: 'phuong' } }`; anything else that is not known is refused. */
function inputsIn({ quantity, units, value, ...rest }: FeeInputs & Record<string, unknown>): FeeInputs {
  const prefix = 'case.';
  const unknown = Object.keys(rest).find((name) => !name.startsWith(prefix));
  if (unknown !== undefined) throw new Problem('request_invalid', unknown, [{ path: unknown, message: 'not a field of this request' }]);
  const cases = Object.entries(rest).map(([name, chosen]) => [name.slice(prefix.length), String(chosen)] as const);
  return {
    ...(quantity === undefined ? {} : { quantity }),
    ...(units === undefined ? {} : { units }),
    ...(value === undefined ? {} : { value }),
    ...(cases.length > 0 ? { case: Object.fromEntries(cases) } : {}),
  };
}
