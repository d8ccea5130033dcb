// Compares a catalogue with our schedule, row by row: what is missing on either side, what differs, and which rows cannot be trusted.
import type { Difference, DifferenceKind, OursThere } from './catalogue';
import { amountsIn, currencyIn, saysFree } from './cataloguePrice';
import { isBad, lastDayOf, plain, type BadCatalogueRow, type CatalogueRow } from './catalogueRow';
import { isByNotice, type Fee, type Regime, type ScheduleChannel } from './fee';
import { isTenTimesOff, leastUsualDong, ratesOf } from './feeDraft';
import { hasNoAmount } from './feeRule';
import { feesInForce } from './feeSchedule';
import { isBetween, type Day } from './time';

export interface ComparedWith {
  /** All versions of all fees; those in force on the day count. */
  fees: readonly Fee[];
  localityCode: string;
  on: Day;
}

export interface Comparison {
  /** What is odd about one row; nothing where it agrees with us. */
  compare(row: CatalogueRow | BadCatalogueRow): Difference[];
  /** What only we have; to be asked once, after the last row. */
  missingThere(): Difference[];
}

const thousand = 1_000;
const councilWords = /h[đd]nd|hội đồng nhân dân|luật phí và lệ phí/iu;
const lawNumber = /\d+\/\d{4}\/[\p{Lu}\d-]+/gu;

export function comparisonWith({ fees, localityCode, on }: ComparedWith): Comparison {
  const byProcedure = new Map<string, Fee[]>();
  for (const fee of fees) byProcedure.set(fee.procedureCode, [...(byProcedure.get(fee.procedureCode) ?? []), fee]);
  const inForce = (procedureCode: string, locality: string): Fee[] =>
    feesInForce(byProcedure.get(procedureCode) ?? [], { procedureCode, localityCode: locality, on });
  const seen = new Set<string>();
  const prices = new Map<string, { line: number; price: string }>();

  const compare = (row: CatalogueRow | BadCatalogueRow): Difference[] => {
    if (isBad(row)) return [{ kind: 'bad_row', procedureCode: row.procedureCode ?? '', row, kinds: ['bad_row'], detail: row.bad }];
    const candidates = inForce(row.procedureCode, row.localityCode ?? localityCode);
    const ours = matching(row, candidates);
    if (ours) seen.add(ours.id);
    const contradicted = contradictionOf(row, prices);
    const found: [DifferenceKind, string?][] = [
      ...flagsOf(row, candidates, ours, on),
      ...(contradicted === undefined ? [] : [['contradicts', String(contradicted)] satisfies [DifferenceKind, string]]),
      ...(ours ? comparedTo(ours, row, on) : [[candidates.length > 0 ? 'ambiguous' : 'missing_here'] satisfies [DifferenceKind]]),
      ...(row.decomposed.length > 0 ? [['decomposed_unicode', row.decomposed.join(', ')] satisfies [DifferenceKind, string]] : []),
    ];
    const told = settled(found);
    const kinds = told.map(([kind]) => kind);
    const here = ours && { here: oursThere(ours, row.channel, on) };
    return told.map(([kind, detail]) => ({
      kind,
      procedureCode: row.procedureCode,
      row,
      ...here,
      kinds,
      ...(detail !== undefined && { detail }),
    }));
  };

  const missingThere = (): Difference[] =>
    [...byProcedure.keys()]
      .flatMap((procedureCode) => inForce(procedureCode, localityCode))
      .filter((fee) => !isByNotice(fee) && !seen.has(fee.id))
      .map((fee) => ({
        kind: 'missing_there',
        procedureCode: fee.procedureCode,
        here: oursThere(fee, undefined, on),
        kinds: ['missing_there'],
      }));

  return { compare, missingThere };
}

/** Our fee that a row speaks of: by its code, its name, its kind, as the only one of its procedure, or as the only one with its amount. */
function matching(row: CatalogueRow, candidates: readonly Fee[]): Fee | undefined {
  const named = row.feeName === undefined ? '' : plain(row.feeName);
  const { price } = row;
  const tries = [
    (fee: Fee) => fee.id === row.feeCode,
    (fee: Fee) => named !== '' && plain(fee.name) === named,
    (fee: Fee) => fee.kind === row.kind,
    () => true,
    (fee: Fee) => price.kind === 'amount' && ratesOf(fee.rule).includes(price.dong),
  ];
  for (const isIt of tries) {
    const found = candidates.filter(isIt);
    if (found.length === 1) return found[0];
  }
  return undefined;
}

/** What makes the row untrustworthy, whatever we have. */
function flagsOf(row: CatalogueRow, candidates: readonly Fee[], ours: Fee | undefined, on: Day): [DifferenceKind, string?][] {
  const { price } = row;
  const currency = price.kind === 'other_currency' ? price.currency : currencyIn(row.note);
  const lastDay = lastDayOf(row);
  const dong = price.kind === 'free' ? 0 : price.kind === 'amount' ? price.dong : undefined;
  const unit = price.kind === 'amount' ? unitErrorOf(price.dong, row, ours && ratesThere(ours, row.channel, on)) : undefined;
  const noted = dong !== undefined && unit === undefined ? otherNoted(row, dong) : undefined;
  return [
    ...(currency === undefined ? [] : [['currency_not_vnd', currency] satisfies [DifferenceKind, string]]),
    ...(lastDay !== undefined && lastDay < on ? [['note_expired', lastDay] satisfies [DifferenceKind, string]] : []),
    ...(unit === undefined ? [] : [['unit_error', String(unit)] satisfies [DifferenceKind, string]]),
    ...(noted === undefined ? [] : [['note_differs', String(noted)] satisfies [DifferenceKind, string]]),
    ...(price.kind === 'free' && isFalselyFree(row, candidates, ours, on) ? [['false_free'] satisfies [DifferenceKind]] : []),
    ...(dong !== undefined && unit === undefined && hasOtherAmount(row, dong) ? [['ambiguous'] satisfies [DifferenceKind]] : []),
  ];
}

/** An amount that the note names, where it names any and none of them is the price. */
function otherNoted(row: CatalogueRow, dong: number): number | undefined {
  const noted = saysFree(row.note) ? [0] : amountsIn(row.note, true);
  return noted.includes(dong) ? undefined : noted[0];
}

/** The number that was probably meant, where zeros were lost or gained: `ours` are the amounts that we know for it. */
function unitErrorOf(dong: number, row: CatalogueRow, ours: readonly number[] = []): number | undefined {
  if (ours.includes(dong)) return undefined;
  const known = [...amountsIn(row.amountText).slice(1), ...amountsIn(row.note, true), ...ours];
  const lost = known.find((one) => one === dong * thousand);
  const gained = known.find((one) => one * thousand === dong && one >= leastUsualDong);
  const far = isTenTimesOff(dong, ours) ? (dong > Math.max(...ours) ? Math.max(...ours) : Math.min(...ours.filter(Boolean))) : undefined;
  return lost ?? gained ?? (dong < leastUsualDong ? dong * thousand : far);
}

/** The amounts with which a price can be compared; the bounds of a percentage are none. */
const ratesThere = (fee: Fee, channel: ScheduleChannel | undefined, on: Day): number[] =>
  fee.rule.type === 'percentage' ? [] : amountsOf(fee, channel, on);

/** One cell with two prices: nobody can say which is meant. */
const hasOtherAmount = (row: CatalogueRow, dong: number): boolean =>
  amountsIn(row.amountText).some((one) => one !== dong && one >= leastUsualDong && /đồng|vn[dđ]|đ/iu.test(row.amountText));

/** "Miễn phí" where the law or a council asks for money, or leaves the amount to a council (49 of 49 land procedures, mid-2026). */
function isFalselyFree(row: CatalogueRow, candidates: readonly Fee[], ours: Fee | undefined, on: Day): boolean {
  if (councilWords.test(`${row.amountText} ${row.note}`)) return true;
  const asked = ours ? [ours] : candidates.filter((fee) => !isByNotice(fee));
  return asked.some((fee) => !isFreeFor(fee, row.channel, on));
}

function isFreeFor(fee: Fee, channel: ScheduleChannel | undefined, on: Day): boolean {
  if (fee.rule.type === 'free') return true;
  if (channel === undefined || hasNoAmount(fee.rule)) return false;
  return automatic(fee, channel, on).some((regime) => reduced(regime, 100) === 0);
}

function comparedTo(ours: Fee, row: CatalogueRow, on: Day): [DifferenceKind, string?][] {
  const { price } = row;
  const isAlike =
    price.kind === 'amount'
      ? amountsOf(ours, row.channel, on).includes(price.dong)
      : price.kind === 'percent'
        ? ours.rule.type === 'percentage' && Number(price.text) === (ours.rule.rateNumerator * 100) / ours.rule.rateDenominator
        : price.kind === 'free' && isFreeFor(ours, row.channel, on);
  return [
    ...(isAlike ? [] : [['amount_differs'] satisfies [DifferenceKind]]),
    ...(isSameLaw(row.legalBasis, ours.legalBasis) ? [] : [['legal_basis_differs'] satisfies [DifferenceKind]]),
  ];
}

/** A row whose price is untrustworthy is not compared any further: the doubt is what to look at. */
function settled(found: readonly [DifferenceKind, string?][]): [DifferenceKind, string?][] {
  const hasPriceDoubt = found.some(([kind]) =>
    ['unit_error', 'currency_not_vnd', 'false_free', 'contradicts', 'note_differs'].includes(kind),
  );
  return found.filter(([kind]) => !(hasPriceDoubt && kind === 'amount_differs'));
}

/** The line of an earlier row that says another price for the same fee. */
function contradictionOf(row: CatalogueRow, prices: Map<string, { line: number; price: string }>): number | undefined {
  const key = [
    row.procedureCode,
    row.localityCode,
    row.feeCode,
    row.feeName && plain(row.feeName),
    row.kind,
    row.channel,
    plain(row.note),
  ].join('|');
  const price = JSON.stringify(row.price);
  const before = prices.get(key);
  if (!before) prices.set(key, { line: row.line, price });
  return before && before.price !== price ? before.line : undefined;
}

const oursThere = (fee: Fee, channel: ScheduleChannel | undefined, on: Day): OursThere => ({
  feeId: fee.id,
  name: fee.name,
  amounts: amountsOf(fee, channel, on),
  legalBasis: fee.legalBasis,
});

/** What the rule prints, and what is left of it by the preferences that apply by themselves on that day. */
function amountsOf(fee: Fee, channel: ScheduleChannel | undefined, on: Day): number[] {
  const rates = ratesOf(fee.rule);
  const regimes = automatic(fee, channel, on);
  return [...new Set([...rates, ...regimes.flatMap((regime) => rates.map((rate) => reduced(regime, rate)))])];
}

const automatic = (fee: Fee, channel: ScheduleChannel | undefined, on: Day): Regime[] =>
  [...fee.generalReductions, ...fee.onlineDiscount].filter(
    (regime) =>
      regime.conditions === null &&
      ['national', fee.localityCode].includes(regime.locality) &&
      isBetween(on, regime.effectiveFrom, regime.effectiveTo) &&
      (channel === undefined || regime.channels.includes(channel)),
  );

function reduced({ kind, value }: Regime, rate: number): number {
  if (kind === 'set_amount') return value;
  return kind === 'waived' ? 0 : Math.round((rate * (100 - value)) / 100);
}

/** Two texts of law are one when they name a document of the same number; without numbers they are compared as they stand. */
function isSameLaw(theirs: readonly string[], ours: readonly string[]): boolean {
  if (theirs.length === 0) return true;
  const numbers = (laws: readonly string[]): string[] => laws.flatMap((law) => law.toUpperCase().match(lawNumber) ?? []);
  const [there, here] = [numbers(theirs), numbers(ours)];
  if (there.length > 0 && here.length > 0) return there.some((number) => here.includes(number));
  return theirs.some((law) => ours.some((own) => plain(own) === plain(law)));
}
