// The report of a simulated month, as a table for people.
import type { Month } from './month';
import { allTroubles } from './tally';

export interface MonthReport extends Pick<Month, 'options' | 'tallies' | 'counts' | 'faults'> {
  payments: number;
  /** Obligations and webhooks; lists, reconciliations and closes. */
  seconds: { days: number; desk: number };
}

const mostFaults = 40;

export function reportText({ options, tallies, counts, faults, payments, seconds }: MonthReport): string {
  const all = seconds.days + seconds.desk;
  const count = (name: string): number => counts.get(name) ?? 0;
  return [
    `seed ${options.seed}: ${payments} payments, ${options.accounts} accounts, ${options.days} days`,
    '',
    `${'trouble'.padEnd(26)}${['injected', 'found', 'false'].map((name) => name.padStart(10)).join('')}`,
    ...allTroubles.map((name) => {
      const { injected, found, false: strange } = tallies.get(name) ?? { injected: 0, found: 0, false: 0 };
      return `${name.padEnd(26)}${[injected, found, strange].map((number) => String(number).padStart(10)).join('')}`;
    }),
    '',
    `${count('webhooks')} webhooks, ${count('statement files')} statement files (${count('files sent twice')} of them a second time), ` +
      `${count('differences worked on')} differences worked on, ${count('days closed')} days closed`,
    `${count('shifts')} shifts, ${count('deposits')} deposits of cash, ${count('sales')} payments at a gateway, ` +
      `${count('payouts')} payouts of it, ${count('remittances')} remittances`,
    `${all.toFixed(1)} s (obligations and webhooks ${seconds.days.toFixed(1)} s, finance desk ${seconds.desk.toFixed(1)} s): ${Math.round(payments / all)} payments a second`,
    ...faults.slice(0, mostFaults),
    faults.length === 0 ? 'every trouble is in its class, and all totals tie' : `${faults.length} faults`,
    '',
  ].join('\n');
}
