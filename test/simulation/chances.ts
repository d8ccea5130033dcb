// Chance by name: every citizen, transfer and message has its own, so that what happens to one never depends on who came before.
import { seededChance, type Chance } from '../support/chance';

export type { Chance };

/** The chance of a thing of this name in the run of this seed. */
export function chanceOf(seed: number, name: string): Chance {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  const chance = seededChance(hash);
  chance.next();
  return chance;
}

/** True so often: `share` of 1. */
export const happens = (chance: Chance, share: number): boolean => chance.next() < share;

/** A whole number from `least` to `most`, both included. */
export const between = (chance: Chance, least: number, most: number): number => least + chance.below(most - least + 1);

/** One of several by weight. */
export function weighed<Name extends string>(chance: Chance, weights: Readonly<Record<Name, number>>): Name {
  const entries = Object.entries<number>(weights) as [Name, number][];
  let left = chance.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of entries) if ((left -= weight) < 0) return name;
  return entries[0]?.[0] as Name;
}

/** Digits by chance, as banks write them into references and traces. */
export const digits = (chance: Chance, count: number): string => Array.from({ length: count }, () => chance.below(10)).join('');
