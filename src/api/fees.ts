// The fee schedule over the API, open to everybody: what a procedure costs, and how an amount comes about.
import { priceFees } from '../actions/priceFees';
import { openAgency } from '../actions/publishedFees';
import type { Context } from '../context';
import type { Agency } from '../domain/agency';
import { chargeable, isInForce, shownNameOf, type Fee } from '../domain/fee';
import type { FeeInputs } from '../domain/feeInputs';
import type { AppliedPreference } from '../domain/feePreference';
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
      const day = on ?? today(ctx);
      const localityCode = agency === undefined ? nationwide : (await agencyOn(ctx, agency, day)).localityCode;
      const fees = feesInForce(await tables.procedures.listFees(procedure), { procedureCode: procedure, localityCode, on: day });
      return { data: fees.map(presentFee), nextCursor: null };
    },
  }),
  reading({
    path: '/api/fees/estimate',
    summary:
      'What one fee would cost, with the steps, the day, the version and the law; `case.<dimension>=<value>` (such as `case.khu_vuc=phuong`) for each dimension of a rule by cases, as /api/fees prints it',
    isPublic: true,
    query: estimateQuery,
    read: async (ctx, { query }) => {
      const { feeId, agency, channel, on, preference, ...rest } = query;
      const fee = await ctx.store.tables.procedures.findFee(feeId);
      if (!fee) throw new Problem('fee_unknown', feeId);
      const day = on ?? today(ctx);
      const localityCode = agency === undefined ? localityOf(fee) : (await agencyOn(ctx, agency, day)).localityCode;
      const items = await priceFees(ctx.store.tables, {
        procedureCode: fee.procedureCode,
        localityCode,
        channel,
        on: day,
        fees: [{ feeId, ...inputsIn(rest) }],
        ...(preference ? { preference: { code: preference, evidence: estimated } } : {}),
      });
      return {
        grossAmount: sumOf(items.map((item) => item.grossAmount)),
        amount: sumOf(items.map((item) => item.amount)),
        trace: items.flatMap((item) => item.trace),
        on: day,
        feeVersion: {
          feeId,
          validFrom: versionOf(await ctx.store.tables.procedures.listFees(fee.procedureCode), feeId, day)?.validFrom ?? null,
        },
        legalBasis: items.flatMap((item) => item.legalBasis),
        preference: preferenceIn(items[0]?.preference),
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
    name: shownNameOf(fee),
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

/** Without evidence: none was asked. */
const preferenceIn = (applied: AppliedPreference | undefined) =>
  applied === undefined ? null : { code: applied.code, effect: applied.effect, value: applied.value, legalBasis: applied.legalBasis };

/** In the place of the paper that an estimate does not ask for. */
const estimated = '0';

const agencyOn = async (ctx: Context, code: string, on: Day): Promise<Agency> =>
  openAgency(await ctx.store.tables.agencies.list(), code, on);

/** The version that counts on the day. */
const versionOf = (fees: readonly Fee[], feeId: string, on: Day): Fee | undefined =>
  fees.find((fee) => fee.id === feeId && isInForce(fee, on));

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
