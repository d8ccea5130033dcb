// Agencies: the offices that serve citizens, as a tree with validity dates; their counters and collection accounts.
import { isBetween, type Day } from './time';

export const agencyKinds = ['province', 'centre', 'branch', 'commune_centre', 'land_office', 'point'] as const;
export type AgencyKind = (typeof agencyKinds)[number];

export interface Agency {
  code: string;
  name: string;
  kind: AgencyKind;
  parentCode?: string;
  /** The province whose fees apply, such as `H26`. */
  localityCode: string;
  /** Which portal flag a payment by dynamic QR carries until the portal speaks: the province decides. */
  dynamicQrFlag: PaidOnlineFlag;
  validFrom: Day;
  validTo?: Day;
}

/** DuocThanhToanTrucTuyen: 1 paid on the national portal, 2 through the province's or ministry's gateway, 0 not online. */
export type PaidOnlineFlag = 0 | 1 | 2;

export interface Counter {
  id: string;
  agencyCode: string;
  name: string;
  displayToken: string;
}

/** A unit's own account for phí and lệ phí, or one of the State Treasury for taxes by notice. */
export type AccountPurpose = 'collection' | 'treasury';

export interface Account {
  id: string;
  agencyCode: string;
  purpose: AccountPurpose;
  bankBin: string;
  accountNumber: string;
  accountName: string;
  validFrom: Day;
  validTo?: Day;
}

/** The offices and accounts of this installation. */
export interface Office {
  agencies: readonly Agency[];
  accounts: readonly Account[];
}

/** Whether `code` is `ancestor` or lies below it. A broken tree (a cycle) ends the walk. */
export function isWithin(agencies: readonly Agency[], code: string, ancestor: string): boolean {
  return pathToRoot(agencies, code).some((agency) => agency.code === ancestor);
}

/** `ancestor` and every agency below it. */
export const codesWithin = (agencies: readonly Agency[], ancestor: string): string[] =>
  agencies.filter((agency) => isWithin(agencies, agency.code, ancestor)).map((agency) => agency.code);

/** The account into which an agency collects on a day: its own, else that of the nearest agency above it; never one of the Treasury. */
export function accountFor(agencies: readonly Agency[], accounts: readonly Account[], agencyCode: string, on: Day): Account | undefined {
  const collecting = accounts.filter(({ purpose }) => purpose === 'collection');
  for (const agency of pathToRoot(agencies, agencyCode)) {
    const own = collecting.find((account) => account.agencyCode === agency.code && isBetween(on, account.validFrom, account.validTo));
    if (own) return own;
  }
  return undefined;
}

/** The agency, the one above it, and so on. */
export function pathToRoot(agencies: readonly Agency[], code: string): Agency[] {
  const path: Agency[] = [];
  let next = agencies.find((agency) => agency.code === code);
  while (next && !path.includes(next)) {
    path.push(next);
    const parent: string | undefined = next.parentCode;
    next = agencies.find((agency) => agency.code === parent);
  }
  return path;
}
