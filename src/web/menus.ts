// The menu of each role: the ways that it uses every day, its own desk first, and the others behind one word, in groups.
import type { Role } from '../domain/role';
import type { Label } from './labels';

export type Way = readonly [href: string, label: Label];
export type WayGroup = readonly [heading: Label, ways: readonly Way[]];

interface Menu {
  daily: readonly Way[];
  other: readonly WayGroup[];
}

const daily: WayGroup = [
  'waysDaily',
  [
    ['/closes', 'closes'],
    ['/papers', 'papers'],
    ['/dispositions', 'dispositions'],
  ],
];
const cash: WayGroup = [
  'waysCash',
  [
    ['/shifts', 'shifts'],
    ['/deposits', 'deposits'],
  ],
];
const handedOver: WayGroup = [
  'waysHandedOver',
  [
    ['/remittances', 'remittances'],
    ['/settlements', 'settlements'],
  ],
];
const settings: WayGroup = [
  'waysSettings',
  [
    ['/fee-schedule', 'feeSchedule'],
    ['/rules', 'rules'],
    ['/sources', 'sources'],
  ],
];

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
    daily,
    cash,
    handedOver,
    [
      'waysReports',
      [
        ['/ratios', 'ratios'],
        ['/satisfaction', 'satisfaction'],
      ],
    ],
    settings,
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
    other: [cash],
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
    other: [daily, cash, handedOver, settings],
  },
  administrator: {
    daily: [
      ['/officers', 'officers'],
      ['/unmatched', 'unmatched'],
      ['/receipts', 'receipts'],
    ],
    other: [
      ['waysReports', [['/ratios', 'ratios']]],
      [
        'waysSettings',
        [
          ['/refunds/rights', 'refundRights'],
          ['/fee-schedule', 'feeSchedule'],
          ['/sources', 'sources'],
        ],
      ],
    ],
  },
};

/** Where a role begins. */
export const homeOf = (role: Role): string => menus[role].daily[0]?.[0] ?? '/ratios';
