// Retention (tỷ lệ để lại): how much of a fee a unit may keep, by which law and from when; the rest is the State budget's.
import { pathToRoot, type Agency } from './agency';
import { vnd, type Money } from './money';
import { isBetween, type Day, type Instant } from './time';

/** Hundredths of a percent: 10,000 is everything. */
export const wholePoints = 10_000;

/** Certification fees are handed over by the 5th of the next month (Circular 226/2016/TT-BTC), others with the declaration of the 20th. */
export const remitDays = [5, 20] as const;
export type RemitDay = (typeof remitDays)[number];

export interface Retention {
  id: string;
  /** It holds for this agency and those below it that have no rate of their own. */
  agencyCode: string;
  feeId: string;
  retainedPoints: number;
  remitByDay: RemitDay;
  legalBasis: string;
  validFrom: Day;
  validTo?: Day;
  proposedBy: string;
  proposedAt: Instant;
  decision?: { decision: 'approved' | 'refused'; by: string; at: Instant };
}

export const isInForce = ({ decision }: Pick<Retention, 'decision'>): boolean => decision?.decision === 'approved';

/** The rate of a fee at an agency on a day: its own, else the nearest above; of several, the one approved last. Undefined: all to the budget. */
export function retentionFor(
  agencies: readonly Agency[],
  retentions: readonly Retention[],
  { agencyCode, feeId, day }: { agencyCode: string; feeId: string; day: Day },
): Retention | undefined {
  const valid = retentions.filter((one) => one.feeId === feeId && isInForce(one) && isBetween(day, one.validFrom, one.validTo));
  for (const agency of pathToRoot(agencies, agencyCode)) {
    const own = valid.filter((one) => one.agencyCode === agency.code).sort((a, b) => decidedAt(a).localeCompare(decidedAt(b)));
    const last = own.at(-1);
    if (last) return last;
  }
  return undefined;
}

const decidedAt = ({ decision, id }: Retention): string => `${decision?.at ?? ''} ${id}`;

export interface Split {
  retained: Money;
  toBudget: Money;
}

/** The retained share is rounded towards nothing, so that an odd đồng is the budget's; both together are the whole, also of money taken back. */
export function split(collected: Money, retainedPoints: number): Split {
  const retained = vnd((collected.dong * BigInt(retainedPoints)) / BigInt(wholePoints));
  return { retained, toBudget: collected.minus(retained) };
}

/** `"50"`, `"37.5"` from points. */
export const percentOfPoints = (points: number): string => String(points / 100);

/** Points from `50`, `37,5`, `37.25`; undefined for anything else. */
export function parsePercent(text: string): number | undefined {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  if (!match) return undefined;
  const points = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return points <= wholePoints ? points : undefined;
}

/** What certification fees are known by. */
const isCertification = (feeId: string): boolean => feeId.startsWith('CT-');

/** By which day of the next month a fee is handed over where no rate says so. */
export const usualRemitDay = (feeId: string): RemitDay => (isCertification(feeId) ? 5 : 20);
