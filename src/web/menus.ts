// The menu of each role: the ways that it uses every day, its own desk first, and the others behind one word.
import type { Role } from '../domain/role';
import type { Label } from './labels';

export type Way = readonly [href: string, label: Label];

interface Menu {
  daily: readonly Way[];
  other: readonly Way[];
}

const finance: Menu = {
  daily: [
    ['/unmatched', 'unmatched'],
    ['/claims', 'claims'],
    ['/receipts', 'receipts'],
  ],
  other: [
    ['/fee-schedule', 'feeSchedule'],
    ['/sources', 'sources'],
    ['/ratios', 'ratios'],
  ],
};

export const menus: Readonly<Record<Role, Menu>> = {
  counter_officer: {
    daily: [
      ['/counter', 'counter'],
      ['/unmatched', 'unmatched'],
      ['/receipts', 'receipts'],
      ['/ratios', 'ratios'],
    ],
    other: [],
  },
  finance_officer: finance,
  finance_supervisor: finance,
  leader: {
    daily: [
      ['/ratios', 'ratios'],
      ['/fee-schedule', 'feeSchedule'],
    ],
    other: [],
  },
  inspector: {
    daily: [
      ['/unmatched', 'unmatched'],
      ['/receipts', 'receipts'],
      ['/fee-schedule', 'feeSchedule'],
      ['/sources', 'sources'],
      ['/ratios', 'ratios'],
    ],
    other: [],
  },
  administrator: {
    daily: [
      ['/officers', 'officers'],
      ['/unmatched', 'unmatched'],
      ['/receipts', 'receipts'],
    ],
    other: [
      ['/fee-schedule', 'feeSchedule'],
      ['/sources', 'sources'],
      ['/ratios', 'ratios'],
    ],
  },
};

/** Where a role begins. */
export const homeOf = (role: Role): string => menus[role].daily[0]?.[0] ?? '/ratios';
