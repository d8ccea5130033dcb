// A rule set as a table in plain words: each rule, what it means, and whether it acts or only suggests; then the limits.
import { alwaysActing, limits, mainSwitches, type Rules } from '../domain/ruleSet';
import { slips } from '../domain/reading';
import { inCount } from './ruleWords';
import type { Translate } from './labels';

/** Word, icon and colour together. */
export const Way = ({ acts, words }: { acts: boolean; words: string }): JSX.Element => (
  <span class={`rule-way ${acts ? 'rule-acts' : 'rule-suggests'}`}>
    <span aria-hidden="true">{acts ? '✔' : '?'}</span> <span safe>{words}</span>
  </span>
);

export const RuleTable = ({ rules, t }: { rules: Rules; t: Translate }): JSX.Element => (
  <>
    <table class="cards rule-table">
      <thead>
        <tr>
          <th safe>{t('rulesRule')}</th>
          <th safe>{t('rulesMeaning')}</th>
          <th safe>{t('rulesWay')}</th>
        </tr>
      </thead>
      <tbody>
        {alwaysActing.map((one) => (
          <tr>
            <td class="strong" safe>
              {t(`switch_${one}`)}
            </td>
            <td data-label={t('rulesMeaning')} safe>
              {t(`switch_${one}_means`)}
            </td>
            <td data-label={t('rulesWay')}>
              <Way acts words={t('rulesAlways')} />
            </td>
          </tr>
        ))}
        {mainSwitches.map((one) => (
          <tr>
            <td class="strong" safe>
              {t(`switch_${one}`)}
            </td>
            <td data-label={t('rulesMeaning')}>
              <span safe>{t(`switch_${one}_means`)}</span>
              {one === 'corrected_reference' ? (
                <span class="small muted block" safe>
                  {`${t('rulesSlips')}: ${slipWords(rules, t)}`}
                </span>
              ) : (
                ''
              )}
            </td>
            <td data-label={t('rulesWay')}>
              <Way acts={rules.acts[one]} words={t(rules.acts[one] ? 'rulesActs' : 'rulesSuggests')} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
    <LimitTable rules={rules} t={t} />
  </>
);

const LimitTable = ({ rules, t }: { rules: Rules; t: Translate }): JSX.Element => (
  <>
    <h2 class="rule-limits" safe>
      {t('rulesLimits')}
    </h2>
    <table class="cards rule-table">
      <tbody>
        {limits.map((one) => (
          <tr>
            <td class="strong" safe>
              {t(`limit_${one}`)}
            </td>
            <td safe>{t(`limit_${one}_means`)}</td>
            <td class="amount" safe>
              {inCount(rules.limits[one])}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </>
);

function slipWords({ acts }: Rules, t: Translate): string {
  const believed = slips.filter((one) => acts[one]);
  return believed.length === 0 ? t('none') : believed.map((one) => t(`switch_${one}`)).join(', ');
}
