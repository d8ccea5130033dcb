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
    ['/days', 'days'],
    ['/unmatched', 'unmatched'],
    ['/statements', 'statements'],
    ['/claims', 'claims'],
    ['/refunds', 'refunds'],
    ['/receipts', 'receipts'],
  ],
  other: [
    ['/closes', 'closes'],
    ['/papers', 'papers'],
    ['/dispositions', 'dispositions'],
    ['/shifts', 'shifts'],
    ['/deposits', 'deposits'],
    ['/remittances', 'remittances'],
    ['/fee-schedule', 'feeSchedule'],
    ['/settlements', 'settlements'],
    ['/rules', 'rules'],
    ['/sources', 'sources'],
    ['/satisfaction', 'satisfaction'],
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
    other: [
      ['/shifts', 'shifts'],
      ['/deposits', 'deposits'],
    ],
  },
  finance_officer: finance,
  finance_supervisor: finance,
  leader: {
    daily: [
      ['/ratios', 'ratios'],
      ['/refunds', 'refunds'],
      ['/satisfaction', 'satisfaction'],
      ['/fee-schedule', 'feeSchedule'],
      ['/papers', 'papers'],
    ],
    other: [],
  },
  inspector: {
    daily: [
      ['/days', 'days'],
      ['/unmatched', 'unmatched'],
      ['/statements', 'statements'],
      ['/receipts', 'receipts'],
      ['/refunds', 'refunds'],
      ['/ratios', 'ratios'],
    ],
    other: [
      ['/closes', 'closes'],
      ['/papers', 'papers'],
      ['/dispositions', 'dispositions'],
      ['/shifts', 'shifts'],
      ['/deposits', 'deposits'],
      ['/remittances', 'remittances'],
      ['/settlements', 'settlements'],
      ['/fee-schedule', 'feeSchedule'],
      ['/rules', 'rules'],
      ['/sources', 'sources'],
    ],
  },
  administrator: {
    daily: [
      ['/officers', 'officers'],
      ['/unmatched', 'unmatched'],
      ['/receipts', 'receipts'],
    ],
    other: [
      ['/refunds/rights', 'refundRights'],
      ['/fee-schedule', 'feeSchedule'],
      ['/sources', 'sources'],
      ['/ratios', 'ratios'],
    ],
  },
};

/** Where a role begins. */
export const homeOf = (role: Role): string => menus[role].daily[0]?.[0] ?? '/ratios';
