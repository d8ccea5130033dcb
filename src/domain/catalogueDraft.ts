// From a row of a catalogue to a draft: only where nothing about the row is in doubt and the rule is one plain amount.
import { isFlag, type Difference } from './catalogue';
import { isBad, lastDayOf, plain, type CatalogueRow } from './catalogueRow';
import { isNameless, type Fee } from './fee';
import { freeFeeId, ownFeeId } from './feeDraft';
import type { FeeRule } from './feeRule';
import { addDays, isBetween, type Day } from './time';

/** Why nothing is drafted from a difference. */
export const noDraftReasons = [
  'flagged',
  'nothing_there',
  /** a later row has another price for the same */
  'contradicted',
  /** its price is that of one channel, and no rate for all */
  'one_channel',
  'foreign_place',
  /** it does not hold on the first day of the draft */
  'days_outside',
  'rule_not_plain',
  'kind_missing',
  'name_missing',
  'law_missing',
  'sector_missing',
  /** the procedure is new, and its name or its sector's is not said */
  'procedure_unnamed',
  /** there is such a fee by now, or a draft of it */
  'known_already',
  /** only its letters are odd: there is nothing to change */
  'letters_only',
] as const;
export type NoDraft = (typeof noDraftReasons)[number];

export interface CatalogueDraft {
  fee: Fee & { readonly validFrom: Day };
  procedureName?: string;
  sectorName?: string;
}

export interface DraftGround {
  /** The fee as it is on the first day of the draft, if we have one: the province's own where it stands in the place of a placeholder. */
  known: Fee | undefined;
  /** Of a procedure that we know. */
  sectorCode: string | undefined;
  /** The codes of all sectors that we know. */
  sectors: ReadonlySet<string>;
  from: Day;
  /** The day on which the catalogue was compared. */
  comparedOn: Day;
  localityCode: string;
  isContradicted: boolean;
  /** All fees of the procedure, in force or drafted. */
  others: readonly Fee[];
}

/** The row's own first day; from tomorrow on where it has none, or where that day is over. */
export function usualFirstDay(row: CatalogueRow, today: Day): Day {
  const tomorrow = addDays(today, 1);
  return row.validFrom !== undefined && row.validFrom > tomorrow ? row.validFrom : tomorrow;
}

/** The fee as the row would have it, until the row's last day; preferences and the rest stay as they are. */
export function draftFrom(difference: Difference, ground: DraftGround): CatalogueDraft | NoDraft {
  const { row, kinds } = difference;
  if (kinds.some(isFlag)) return 'flagged';
  if (!row || isBad(row)) return 'nothing_there';
  if (kinds.every((kind) => kind === 'decomposed_unicode')) return 'letters_only';
  if (ground.isContradicted) return 'contradicted';
  if (row.channel !== undefined && row.channel !== 'truc_tiep') return 'one_channel';
  if (![undefined, 'national', ground.localityCode].includes(row.localityCode)) return 'foreign_place';
  if (!isBetween(ground.from, row.validFrom, lastDayOf(row))) return 'days_outside';
  if (!ground.known) return added(row, ground);
  const rule = kinds.includes('amount_differs') ? changedRule(ground.known, row, ground) : ground.known.rule;
  return changed(ground.known, rule, row, ground);
}

/** Nobody can say whether a printed price is the rate, or what a reduction in force leaves of it. */
function changedRule(known: Fee, row: CatalogueRow, { from, comparedOn }: DraftGround): FeeRule | undefined {
  const isReduced = [...known.generalReductions, ...known.onlineDiscount].some(
    ({ conditions, channels, effectiveFrom, effectiveTo }) =>
      conditions === null && channels.includes('truc_tiep') && [from, comparedOn].some((day) => isBetween(day, effectiveFrom, effectiveTo)),
  );
  return isReduced ? undefined : ruleWith(known.rule, row);
}

function changed(known: Fee, rule: FeeRule | undefined, row: CatalogueRow, { from, localityCode }: DraftGround): CatalogueDraft | NoDraft {
  if (rule === undefined) return 'rule_not_plain';
  const legalBasis = row.legalBasis.length > 0 ? row.legalBasis : known.legalBasis;
  const { validTo: _, ...lasting } = known;
  const own: Partial<Pick<Fee, 'name' | 'kind'>> | NoDraft = isNameless(known) ? nameIn(row) : {};
  if (typeof own === 'string') return own;
  const fee = { ...lasting, ...own, rule, legalBasis, ...daysOf(row, from) };
  if (known.localityCode !== 'province') return { fee };
  return row.legalBasis.length === 0 ? 'law_missing' : { fee: { ...fee, id: ownFeeId(known, localityCode), localityCode } };
}

/** What a fee of ours without a name is called, and what it is. */
function nameIn({ feeName, kind }: CatalogueRow): Pick<Fee, 'name' | 'kind'> | NoDraft {
  if (feeName === undefined) return 'name_missing';
  return kind === undefined ? 'kind_missing' : { name: feeName, kind };
}

function daysOf(row: CatalogueRow, from: Day): { validFrom: Day; validTo?: Day } {
  const last = lastDayOf(row);
  return { validFrom: from, ...(last !== undefined && { validTo: last }) };
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

function added(row: CatalogueRow, { sectorCode, sectors, from, localityCode, others }: DraftGround): CatalogueDraft | NoDraft {
  if (row.kind === undefined) return 'kind_missing';
  if (row.feeName === undefined) return 'name_missing';
  if (row.legalBasis.length === 0) return 'law_missing';
  const name = plain(row.feeName);
  if (others.some((fee) => fee.kind === row.kind && plain(fee.name) === name)) return 'known_already';
  const sector = sectorCode ?? row.sectorCode;
  if (sector === undefined || !/^\w+$/.test(sector)) return 'sector_missing';
  const isNewSector = !sectors.has(sector) && row.sectorName === undefined;
  if (sectorCode === undefined && (row.procedureName === undefined || isNewSector)) return 'procedure_unnamed';
  const rule = ruleWith({ type: 'unknown', amount: null }, row);
  if (!rule) return 'rule_not_plain';
  const locality = row.localityCode ?? 'national';
  const place = locality === 'national' ? '' : `${localityCode}-`;
  return {
    fee: {
      id: freeFeeId(`DM-${place}${row.procedureCode}`, new Set(others.map((fee) => fee.id))),
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
      ...daysOf(row, from),
      confidence: 'medium',
    },
    ...(row.procedureName !== undefined && { procedureName: row.procedureName }),
    ...(row.sectorName !== undefined && { sectorName: row.sectorName }),
  };
}
