// The report of a simulation, as tables for people.
import type { Report } from './day';

type Counts = ReadonlyMap<string, number>;

export function reportText({ seed, wanted, broken, digest, payments, days, fates, acts, waves, proofs, seconds }: Report): string {
  const verdict = broken
    ? [
        `BROKEN: ${broken.law}`,
        ...(broken.detail ? [`  ${broken.detail}`] : []),
        `again with: npm run simulate -- --seed ${seed} --payments ${wanted}`,
      ]
    : [`all laws hold; digest of the books ${digest}`];
  return [
    `seed ${seed}: ${payments} payments in ${days} days, ${waves} waves`,
    '',
    'transfers                          told   what became of them when first told',
    ...byName(fates).map(([kind, counts]) => rowOf(kind, counts)),
    '',
    'what happened besides',
    ...byName(acts).map(([act, times]) => `  ${act.padEnd(44)}${String(times).padStart(8)}`),
    '',
    `${proofs} proofs derived again; service and simulator ${seconds.service.toFixed(1)} s (${Math.round(payments / seconds.service)} payments a second), checks of whole tables ${seconds.checks.toFixed(1)} s`,
    ...verdict,
    '',
  ].join('\n');
}

function rowOf(kind: string, counts: Counts): string {
  const parts = [
    (name: string) => /^[a-z_]+$/.test(name),
    (name: string) => name.startsWith('→'),
    (name: string) => name.startsWith('of these'),
  ];
  const texts = parts.map((isPart) => textOf(counts, isPart)).filter((text) => text !== '');
  return `${kind.padEnd(32)}${String(counts.get('in all')).padStart(7)}   ${texts.join(' | ')}`;
}

const textOf = (counts: Counts, isPart: (name: string) => boolean): string =>
  [...counts]
    .filter(([name]) => isPart(name))
    .sort(([, a], [, b]) => b - a)
    .map(([name, times]) => `${name} ${times}`)
    .join(', ');

const byName = <Value>(map: ReadonlyMap<string, Value>): [string, Value][] => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
