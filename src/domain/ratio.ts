// Ratios: where one dossier stands, and shares with a named numerator and denominator.
// Definition 1 (QĐ 766, ratio A): dossiers with a fee line over 0; online = flag 1 or 2; cashless = fully paid and no cash.
// A tax by notice counts nowhere: what the portal is sent (DanhSachLePhi) lists phí and lệ phí only. A dossier that owes nothing but tax is in
// no denominator, and whether, how and when a tax was paid changes nothing for a dossier that also owes fees, nor is its amount in the sums.
import { Decimal } from 'decimal.js';
import type { PaidOnlineFlag } from './agency';
import type { AllocationMethod } from './allocation';
import { sumOf, zero, type Money } from './money';
import { isSettled, isTax, type Obligation } from './obligation';
import { dayOf, type Day, type Instant } from './time';

export const ratioDefinitionVersion = 1;

/** Where a dossier stands: 1 or 0 in each count. */
export interface Standing {
  counted: number;
  online: number;
  cashless: number;
  amountDue: Money;
  amountOnline: Money;
}

export const nowhere: Standing = { counted: 0, online: 0, cashless: 0, amountDue: zero, amountOnline: zero };

export interface DossierMoney {
  obligations: readonly Pick<Obligation, 'id' | 'due' | 'paid' | 'cancelled' | 'treasuryAccountId'>[];
  payments: readonly { obligationId: string; method: AllocationMethod; onlineFlag: PaidOnlineFlag; amount: Money }[];
  /** What the portal last acknowledged, if it ever spoke. */
  portalFlag?: PaidOnlineFlag;
}

export function standingOf(dossier: DossierMoney): Standing {
  const taxes = new Set(dossier.obligations.filter(isTax).map(({ id }) => id));
  const owed = dossier.obligations.filter(({ id, cancelled, due }) => !taxes.has(id) && !cancelled && due.isPositive());
  if (owed.length === 0) return nowhere;
  const applied = dossier.payments.filter(({ obligationId, amount }) => !taxes.has(obligationId) && amount.isPositive());
  const isPaid = owed.every(isSettled);
  return {
    counted: 1,
    online: one(isOnline(dossier.portalFlag ?? carriedFlag(isPaid, applied))),
    cashless: one(isPaid && applied.every((payment) => payment.method !== 'cash')),
    amountDue: sumOf(owed.map((obligation) => obligation.due)),
    amountOnline: sumOf(applied.filter((payment) => isOnline(payment.onlineFlag)).map((payment) => payment.amount)),
  };
}

/** Until the portal speaks, a fully paid dossier carries the flag of its payments, if all of them were online. */
function carriedFlag(isPaid: boolean, payments: DossierMoney['payments']): PaidOnlineFlag {
  const [first] = payments;
  return isPaid && first && payments.every((payment) => isOnline(payment.onlineFlag)) ? first.onlineFlag : 0;
}

export const differenceOf = (before: Standing, after: Standing): Standing => ({
  counted: after.counted - before.counted,
  online: after.online - before.online,
  cashless: after.cashless - before.cashless,
  amountDue: after.amountDue.minus(before.amountDue),
  amountOnline: after.amountOnline.minus(before.amountOnline),
});

/** What takes a standing away from where it was counted. */
export const oppositeOf = (standing: Standing): Standing => differenceOf(standing, nowhere);

export const isNoChange = (change: Standing): boolean =>
  change.counted === 0 && change.online === 0 && change.cashless === 0 && change.amountDue.isZero() && change.amountOnline.isZero();

/** A percentage with two places (`"68.18"`), half up; null where there is nothing to divide by. */
export const percentOf = (part: number, whole: number): string | null =>
  whole === 0 ? null : new Decimal(part).times(100).div(whole).toFixed(2, Decimal.ROUND_HALF_UP);

const isOnline = (flag: PaidOnlineFlag): boolean => flag !== 0;
const one = (yes: boolean): number => (yes ? 1 : 0);

/** What the rows of a report are. */
export type RatioKey = 'sector' | 'agency' | 'procedure' | 'month';
export type RatioPart = 'denominator' | 'online' | 'cashless';

/** One number of a report: a row and a column. */
export interface RatioMember {
  by: RatioKey;
  key?: string;
  part: RatioPart;
}

export interface RatioFilter {
  from: Day;
  to: Day;
  /** Only changes up to this time: a report of a past time can be made again. */
  asOf?: Instant;
  agencyCodes?: readonly string[];
  sectorCode?: string;
}

export interface RatioChange extends Standing {
  dossierId: string;
  at: Instant;
  day: Day;
  agencyCode: string;
  sectorCode: string;
  procedureCode: string;
}

/** The place and time in which a dossier counts. */
export interface CountedDossier {
  id: string;
  agencyCode: string;
  sectorCode: string;
  procedureCode: string;
  /** When its processing started; as long as that is not known, when it was filed. */
  countedFrom: Instant;
}

/** A change of where a dossier stands, in its place and period. */
export const ratioChange = (dossier: CountedDossier, change: Standing, at: Instant): RatioChange => ({
  dossierId: dossier.id,
  at,
  day: dayOf(dossier.countedFrom),
  agencyCode: dossier.agencyCode,
  sectorCode: dossier.sectorCode,
  procedureCode: dossier.procedureCode,
  ...change,
});
