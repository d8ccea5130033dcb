// Small parts of the fee desk: a fee's rate in lines, its days, its locality, and the state of a version.
import type { Fee } from '../domain/fee';
import { reducedRule } from '../domain/feeReduced';
import { stateOf, type FeeVersion } from '../domain/feeVersion';
import type { Day } from '../domain/time';
import { say } from './counterLabels';
import { rateLines } from './feeRates';
import { inDate } from './format';
import type { OfficerVisit, Visit } from './screen';
import { signedAs } from './signedAs';

type Words = Pick<Visit, 'language' | 't'>;

export const Rates = ({ fee, words }: { fee: Fee; words: Words }): JSX.Element => {
  const lines = rateLines(fee.rule, words);
  if (lines.length === 0) {
    return (
      <span class="care" safe>
        {`${words.t('rateNone')} · ${words.t(`rule_${fee.rule.type}`)}`}
      </span>
    );
  }
  return (
    <ul class="plain-list rates">
      {lines.map(({ what, rate }) => (
        <li>
          <span class="muted small" safe>
            {what}
          </span>{' '}
          <span class="nowrap" safe>
            {rate}
          </span>
        </li>
      ))}
    </ul>
  );
};

/** What a counter charges on a day, and the rate of the decision beside it where something lowers that by itself. */
export function ChargedRates({ fee, on, localityCode, words }: { fee: Fee; on: Day; localityCode: string; words: Words }): JSX.Element {
  const reduced = reducedRule(fee, { channel: 'counter', on, localityCode });
  if (!reduced) return <Rates fee={fee} words={words} />;
  return (
    <>
      <Rates fee={{ ...fee, rule: reduced.rule }} words={words} />
      <span class="small muted block" safe>
        {`${words.t('rateBase')}: ${rateLines(fee.rule, words)
          .map(({ rate }) => rate)
          .join(' · ')} (${reduced.preference.legalBasis})`}
      </span>
    </>
  );
}

/** Refused is what somebody else than the drafter withdrew. */
function stateWords({ draftedBy, decision }: FeeVersion): 'refused' | 'withdrawn' {
  return decision && decision.by !== draftedBy ? 'refused' : 'withdrawn';
}

/** `từ 01/01/2027 đến hết 31/12/2027` */
export function spanWords({ validFrom, validTo }: { validFrom?: Day; validTo?: Day }, { t }: Words): string {
  const from = validFrom ? say(t('spanFrom'), { from: inDate(validFrom) }) : '';
  const to = validTo ? say(t('spanTo'), { to: inDate(validTo) }) : '';
  return [from, to].filter(Boolean).join(' ') || t('spanOpen');
}

export function localityWords(localityCode: string, { t }: Words): string {
  return localityCode === 'national' || localityCode === 'province' ? t(`locality_${localityCode}`) : localityCode;
}

export const VersionState = ({ version, words: { t } }: { version: FeeVersion; words: Words }): JSX.Element => {
  const state = stateOf(version);
  return (
    <span class={`state version-${state}`} safe>
      {t(`version_${state === 'withdrawn' ? stateWords(version) : state}`)}
    </span>
  );
};

/** Who did it, and when. */
export const Signed = ({
  by,
  at,
  names,
  visit,
}: {
  by: string;
  at: string;
  names: ReadonlyMap<string, string>;
  visit: OfficerVisit;
}): JSX.Element => (
  <>
    <span safe>{signedAs(by, names, visit.t)}</span>
    <span class="small muted block" safe>
      {at}
    </span>
  </>
);

export const feeAddress = (feeId: string): string => `/fee-schedule/fees/${encodeURIComponent(feeId)}`;
export const versionAddress = (id: string): string => `/fee-schedule/versions/${encodeURIComponent(id)}`;
