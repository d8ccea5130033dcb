// The exact shape of a row of the fee schedule file, and the days in it as real days: a field that is not listed here is refused.
import { z } from 'zod';
import { parseDay, type Day } from '../src/domain/time';
import { code, dong, feeRule, provenance, text } from './feeRuleSchema';

const day = z.string().transform((given, check): Day => {
  const parsed = parseDay(given);
  if (parsed === undefined) check.addIssue({ code: 'custom', message: 'not a day of the calendar' });
  return parsed ?? z.NEVER;
});
const confidence = z.enum(['high', 'medium', 'low']);

const regime = z
  .strictObject({
    regimeId: text,
    kind: z.enum(['percent_off', 'set_amount', 'waived', 'budget_supported']),
    value: dong,
    channels: z.array(z.enum(['truc_tiep', 'truc_tuyen', 'buu_chinh'])).min(1),
    locality: code,
    effectiveFrom: day,
    effectiveTo: day.nullable(),
    legalBasis: text,
    conditions: text.nullable(),
    evidence: provenance,
    confidence,
  })
  .refine((one) => one.kind === 'set_amount' || one.value <= 100, 'a percentage is above 100')
  .refine((one) => endsAfterStart(one), 'the regime ends before it begins');

const exemption = z
  .strictObject({
    code,
    label_vi: text,
    effect: z.enum(['mien', 'giam', 'theo_van_ban_rieng']),
    percent: z.int().min(0).max(100).nullable(),
    legalBasis: text,
    evidence: provenance,
    condition: text.nullable(),
  })
  .refine((one) => one.effect !== 'mien' || one.percent === 100, 'an exemption is of 100 percent');

export const feeRow = z
  .strictObject({
    id: text,
    procedureCode: z.string().regex(/^\d\.\d{6}$/, 'not a procedure code'),
    procedureName_vi: text,
    sectorCode: code,
    sectorName_vi: text,
    officialSectorCode: text.nullable(),
    agencyLevel: z.array(z.enum(['bo', 'tinh', 'xa', 'khac'])).min(1),
    localityCode: code,
    feeName_vi: text,
    feeKind: z.enum(['phi', 'le_phi', 'thue']),
    collectWhen: z.enum(['khi_nop_ho_so', 'khi_tra_ket_qua', 'theo_thong_bao_thue']),
    rule: feeRule,
    onlineDiscount: z.array(regime),
    generalReductions: z.array(regime),
    exemptions: z.array(exemption),
    legalBasis: z.array(text).min(1),
    effectiveFrom: day.nullable(),
    effectiveTo: day.nullable(),
    effectiveFromEvidence: provenance.nullable(),
    budgetSubItem: z
      .string()
      .regex(/^\d{4}$/, 'a sub-item has four digits')
      .optional(),
    retentionPercent: z
      .string()
      .regex(/^\d{1,3}(\.\d{1,4})?$/, 'not a percentage')
      .optional(),
    confidence,
    evidence: provenance,
    catalogueDecision: text,
    source: text,
    note: text.nullable(),
  })
  .refine((row) => endsAfterStart(row), 'the row ends before it begins')
  .refine((row) => row.feeKind === 'phi' || row.retentionPercent === undefined, 'only of a service fee something is retained');

export type FileRow = z.output<typeof feeRow>;
export type FileRegime = z.output<typeof regime>;
export type FileExemption = z.output<typeof exemption>;

const endsAfterStart = (row: { effectiveFrom: Day | null; effectiveTo: Day | null }): boolean =>
  !row.effectiveFrom || !row.effectiveTo || row.effectiveFrom <= row.effectiveTo;
