// From a row of a catalogue to a draft: only where nothing about the row is in doubt and the rule is one plain amount.
import { isFlag, type Difference } from './catalogue';
import { isBad, type CatalogueRow } from './catalogueRow';
import type { Fee } from './fee';
import { freeFeeId, ownFeeId } from './feeDraft';
import type { FeeRule } from './feeRule';
import type { Day } from './time';

/** Why nothing is drafted from a difference. */
export type NoDraft = 'flagged' | 'nothing_there' | 'rule_not_plain' | 'kind_missing' | 'name_missing' | 'law_missing' | 'sector_missing';

export interface CatalogueDraft {
  fee: Fee & { readonly validFrom: Day };
  procedureName?: string;
  sectorName?: string;
}

export interface DraftGround {
  /** The fee as it is on the first day of the draft, if we have one. */
  known: Fee | undefined;
  /** Of a procedure that we know. */
  sectorCode: string | undefined;
  from: Day;
  localityCode: string;
  /** Ids that are taken. */
  taken: ReadonlySet<string>;
}

/** The fee as the row would have it; preferences, dates and the rest stay as they are. */
export function draftFrom(difference: Difference, ground: DraftGround): CatalogueDraft | NoDraft {
  const { row, kinds } = difference;
  if (kinds.some(isFlag)) return 'flagged';
  if (!row || isBad(row)) return 'nothing_there';
  return ground.known ? changed(ground.known, row, ground) : added(row, ground);
}

function changed(known: Fee, row: CatalogueRow, { from, localityCode, taken }: DraftGround): CatalogueDraft | NoDraft {
  const rule = ruleWith(known.rule, row);
  if (rule === undefined) return 'rule_not_plain';
  const legalBasis = row.legalBasis.length > 0 ? row.legalBasis : known.legalBasis;
  const { validTo: _, ...lasting } = known;
  const fee = { ...lasting, rule, legalBasis, validFrom: from };
  if (known.localityCode !== 'province') return { fee };
  const id = freeFeeId(ownFeeId(known, localityCode), taken);
  return row.legalBasis.length === 0 ? 'law_missing' : { fee: { ...fee, id, localityCode } };
}

/** A rule of one amount takes the new one; one without an amount becomes a fixed one; others are too much to guess. */
function ruleWith(rule: FeeRule, { price }: CatalogueRow): FeeRule | undefined {
  if (price.kind === 'free') return { type: 'free', amount: 0 };
  if (price.kind !== 'amount') return undefined;
  if (rule.type === 'fixed') return { ...rule, amount: price.dong };
  if (rule.type === 'per_unit') return { ...rule, unitPrice: price.dong };
  const isOpen = rule.type === 'by_provincial_council' || rule.type === 'unknown' || rule.type === 'free';
  return isOpen ? { type: 'fixed', amount: price.dong, unit: 'ho_so' } : undefined;
}

function added(row: CatalogueRow, { sectorCode, from, localityCode, taken }: DraftGround): CatalogueDraft | NoDraft {
  if (row.kind === undefined) return 'kind_missing';
  if (row.feeName === undefined) return 'name_missing';
  if (row.legalBasis.length === 0) return 'law_missing';
  const sector = sectorCode ?? row.sectorCode;
  if (sector === undefined || !/^\w+$/.test(sector)) return 'sector_missing';
  const rule = ruleWith({ type: 'unknown', amount: null }, row);
  if (!rule) return 'rule_not_plain';
  const locality = row.localityCode ?? 'national';
  const place = locality === 'national' ? '' : `${localityCode}-`;
  return {
    fee: {
      id: freeFeeId(`DM-${place}${row.procedureCode}`, taken),
      procedureCode: row.procedureCode,
      sectorCode: sector,
      name: row.feeName,
      kind: row.kind,
      localityCode: locality,
      collectWhen: 'khi_nop_ho_so',
      rule,
      generalReductions: [],
      onlineDiscount: [],
      exemptions: [],
      legalBasis: row.legalBasis,
      validFrom: from,
      confidence: 'medium',
    },
    ...(row.procedureName !== undefined && { procedureName: row.procedureName }),
    ...(row.sectorName !== undefined && { sectorName: row.sectorName }),
  };
}
