// Rules in plain words: the name of a set, and how two sets differ.
import {
  firstRuleSetId,
  limits,
  switchable,
  type DraftedRuleSet,
  type Limit,
  type Rules,
  type RuleSet,
  type Switch,
} from '../domain/ruleSet';
import { say } from './counterLabels';
import type { Translate } from './labels';

export const setAddress = (id: string): string => `/rules/${encodeURIComponent(id)}`;

/** Beside the words of a verdict, so that it is not told by colour alone. */
export const marks = { contradicts: '✖', agrees: '✔', undecided: '○' } as const;

export const setName = ({ number }: Pick<DraftedRuleSet, 'number'>, t: Translate): string =>
  say(t('rulesNumber'), { number: String(number) });

export const nameIn = (rules: RuleSet, draft: DraftedRuleSet | undefined, t: Translate): string =>
  rules.id === firstRuleSetId || !draft ? t('rulesFirst') : setName(draft, t);

/** `4.000`, as both languages write it here. */
export const inCount = (count: number): string => count.toLocaleString('de-DE');

export interface RuleDifference {
  name: Switch | Limit;
  words: string;
  before: string;
  after: string;
}

/** In the order of the list of rules. */
export function ruleDifferences(before: Rules, after: Rules, t: Translate): RuleDifference[] {
  const way = (acts: boolean): string => t(acts ? 'rulesActs' : 'rulesSuggests');
  return [
    ...switchable
      .filter((one) => before.acts[one] !== after.acts[one])
      .map((one) => ({ name: one, words: t(`switch_${one}`), before: way(before.acts[one]), after: way(after.acts[one]) })),
    ...limits
      .filter((one) => before.limits[one] !== after.limits[one])
      .map((one) => ({ name: one, words: t(`limit_${one}`), before: inCount(before.limits[one]), after: inCount(after.limits[one]) })),
  ];
}

/** `Nhiều mã, tổng đúng: chỉ gợi ý · …` */
export const differenceWords = (before: Rules, after: Rules, t: Translate): string =>
  ruleDifferences(before, after, t)
    .map((one) => `${one.words}: ${one.after.toLowerCase()}`)
    .join(' · ');
