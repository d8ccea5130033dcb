// The four movements that every sample has, of persons who do not exist, and the ways in which banks write them.
import type { SampleCell, SampleTable } from './files';

export interface Sample {
  layout: string;
  about: string;
  table: SampleTable;
  /** What else than the four movements is expected to be known. */
  references: readonly (string | undefined)[];
  days: readonly string[];
  hasBalances: boolean;
  totals: Readonly<Record<string, string | number>>;
}

export const contents = [
  'NGUYEN VAN MAU nop le phi HP7K2M9QX4',
  'LE THI MAU chuyen tien',
  'Phí dịch vụ SMS',
  'TRAN VAN MAU nộp phí sao lục hồ sơ',
] as const;
export const amounts = [180_000, 50_000, 11_000, 1_250_000] as const;
export const directions = ['in', 'in', 'out', 'in'] as const;
export const opening = 10_000_000;
export const closing = 11_469_000;
export const balances = [10_180_000, 10_230_000, 10_219_000, closing] as const;
export const account = '0011001932418';
export const days = ['2026-11-02', '2026-11-02', '2026-11-03', '2026-11-03'];

export const english = (amount: number): string => amount.toLocaleString('en-US');
export const vietnamese = (amount: number): string => english(amount).replaceAll(',', '.');
export const day = (place: number, separator = '/'): string => (days[place] ?? '').split('-').reverse().join(separator);
export const debit = (place: number, write: (amount: number) => SampleCell): SampleCell =>
  directions[place] === 'out' ? write(amounts[place] ?? 0) : '';
export const credit = (place: number, write: (amount: number) => SampleCell): SampleCell =>
  directions[place] === 'in' ? write(amounts[place] ?? 0) : '';
export const four = (row: (place: number) => readonly SampleCell[]): SampleTable => [0, 1, 2, 3].map(row);
export const balance = (place: number): number => balances[place] ?? 0;
export const content = (place: number): string => contents[place] ?? '';
export const wrapped = (place: number): string => content(place).replace(' ', '\n');
export const serial = (place: number): number => 46_328 + Math.floor(place / 2);

export const stated = { accountNumber: account, openingBalance: opening, closingBalance: closing };
