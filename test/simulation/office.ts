// The office of the simulation: its agencies and accounts, who tells of which, who works there, and what citizens come for.
import type { Actor } from '../../src/domain/role';
import type { Feed } from './truth';

export interface BankAccount {
  id: string;
  number: string;
  bank: string;
  feeds: readonly Feed[];
}

/** Accounts of the demo office. One is told of by a single feed, and one has a secret of its own with Casso. */
export const bankAccounts: readonly [BankAccount, BankAccount, BankAccount] = [
  { id: 'acc-h26-101', number: '1026101000', bank: 'Vietcombank', feeds: ['sepay', 'casso'] },
  { id: 'acc-h26-90', number: '21610026900', bank: 'BIDV', feeds: ['casso', 'sepay'] },
  { id: 'acc-h26', number: '110000260001', bank: 'VietinBank', feeds: ['sepay'] },
];

export const accountOf = (id: string): BankAccount => bankAccounts.find((account) => account.id === id) ?? bankAccounts[0];

export const ownSecret = { accountId: 'acc-h26-90', feed: 'casso', value: 'own-secret-of-acc-h26-90' } as const;

export const defaultSecret = (feed: Feed): string => `demo-secret-${feed}`;

/** The key by which a feed signs what it tells of an account. */
export const secretFor = (feed: Feed, accountId: string): string =>
  feed === ownSecret.feed && accountId === ownSecret.accountId ? ownSecret.value : defaultSecret(feed);

/** Where citizens come to; its own account, or the province's. */
export interface Place {
  agencyCode: string;
  accountId: string;
  counterIds: readonly string[];
}

export const places: readonly [Place, ...Place[]] = [
  { agencyCode: 'H26.101', accountId: 'acc-h26-101', counterIds: ['quay-1', 'quay-2'] },
  { agencyCode: 'H26.101', accountId: 'acc-h26-101', counterIds: ['quay-1', 'quay-2'] },
  { agencyCode: 'H26.90', accountId: 'acc-h26-90', counterIds: ['quay-dat-dai'] },
  { agencyCode: 'H26.10.01', accountId: 'acc-h26', counterIds: [] },
];

export const oneStopSystem: Actor = { kind: 'system', name: 'mot-cua' };

type Person = Extract<Actor, { kind: 'person' }>;

export const counterOfficer: Person = {
  kind: 'person',
  officerId: 'of-quay1',
  name: 'Cán bộ quầy 1',
  role: 'counter_officer',
  agencyCode: 'H26.101',
  counterId: 'quay-1',
};

export const financeOfficer: Person = {
  kind: 'person',
  officerId: 'of-ketoan',
  name: 'Kế toán',
  role: 'finance_officer',
  agencyCode: 'H26',
};

export const administrator: Person = {
  kind: 'person',
  officerId: 'of-quantri',
  name: 'Quản trị',
  role: 'administrator',
  agencyCode: 'H26',
};

/** A fee to ask for, alone or beside another one of the same procedure. */
export interface Errand {
  procedureCode: string;
  feeId: string;
  mostUnits?: number;
  mostQuantity?: number;
}

export const errands: readonly [Errand, ...Errand[]] = [
  { procedureCode: '2.000815', feeId: 'CT-2.000815', mostUnits: 12, mostQuantity: 5 },
  { procedureCode: '2.000884', feeId: 'CT-2.000884', mostQuantity: 4 },
  { procedureCode: '2.000635', feeId: 'HT-2.000635', mostQuantity: 6 },
  { procedureCode: '2.001035', feeId: 'CT-2.001035' },
  { procedureCode: '1.014063', feeId: 'CC-1.014063' },
  { procedureCode: '1.011435', feeId: 'BD-1.011435' },
  { procedureCode: '1.008891', feeId: 'KT-1.008891' },
  { procedureCode: '2.002038', feeId: 'QT-2.002038' },
];

/** By law nothing is owed for it. */
export const freeErrand: Errand = { procedureCode: '1.000894', feeId: 'HT-FREE-1.000894' };

/** Two fees of one procedure, issued apart for one dossier. */
export const doubleErrands: readonly [readonly [Errand, Errand], ...(readonly [Errand, Errand])[]] = [
  [
    { procedureCode: '1.004194', feeId: 'CU-1.004194' },
    { procedureCode: '1.004194', feeId: 'CU-DS-1.004194', mostQuantity: 4 },
  ],
  [
    { procedureCode: '2.002043', feeId: 'DN-LP-2.002043' },
    { procedureCode: '2.002043', feeId: 'DN-CB-2.002043', mostQuantity: 2 },
  ],
];
