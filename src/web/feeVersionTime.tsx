// A version among the others of its fee: which there are, how the rates would follow one another, and the way back from an approved one.
import type { SeenVersion } from '../actions/seeFees';
import { can } from '../domain/role';
import { dayOf } from '../domain/time';
import { Rates, spanWords, VersionState, versionAddress } from './feeParts';
import { addressOf } from './parts';
import type { OfficerVisit } from './screen';

interface Given {
  seen: SeenVersion;
  visit: OfficerVisit;
}

export const AmongOthers = ({ seen, visit }: Given): JSX.Element => (
  <div class="two compared">
    <section>
      <h2 safe>{visit.t(seen.version.decision ? 'versionInTimeNow' : 'versionInTime')}</h2>
      <InTime seen={seen} visit={visit} />
    </section>
    <section>
      <h2 safe>{visit.t('versionOthers')}</h2>
      <Others seen={seen} visit={visit} />
    </section>
  </div>
);

/** Each span of days with its rate; this version's is marked. */
function InTime({ seen: { inTime, version }, visit }: Given): JSX.Element {
  const isThis = (from: string | undefined): boolean => from === version.fee.validFrom && version.decision?.verdict !== 'withdrawn';
  return (
    <ol class="lines">
      {inTime.map((fee) => (
        <li class={isThis(fee.validFrom) ? 'strong' : ''}>
          <span class="grow">
            <Rates fee={fee} words={visit} />
          </span>
          <span safe>{[spanWords(fee, visit), isThis(fee.validFrom) ? visit.t('versionThis') : ''].filter(Boolean).join(' · ')}</span>
        </li>
      ))}
    </ol>
  );
}

function Others({ seen: { others }, visit }: Given): JSX.Element {
  const drafted = others.flatMap(({ fee, version }) => (version ? [{ fee, version }] : []));
  if (drafted.length === 0)
    return (
      <p class="muted" safe>
        {visit.t('versionNoOthers')}
      </p>
    );
  return (
    <ol class="lines">
      {drafted.map(({ fee, version }) => (
        <li>
          <span class="grow">
            <a href={versionAddress(version.id)} safe>
              {spanWords(fee, visit)}
            </a>
            <Rates fee={fee} words={visit} />
          </span>
          <VersionState version={version} words={visit} />
        </li>
      ))}
    </ol>
  );
}

/** An approved version is never taken back: until its first day an opposite one of the same day takes its place. */
export function Undo({ seen: { version, others }, visit }: Given): JSX.Element {
  const { t, ctx, actor } = visit;
  const { fee, decision } = version;
  const isReplaced = others.some((one) => one.counts && one.version && one.fee.validFrom === fee.validFrom);
  if (decision?.verdict !== 'approved' || fee.validFrom <= dayOf(ctx.now()) || isReplaced) return <></>;
  return (
    <section class="look-twice">
      <p safe>{t('versionUndo')}</p>
      {can(actor, 'draft_fees') ? (
        <p>
          <a class="button" href={addressOf('/fee-schedule/draft', { fee: fee.id, instead: version.id })} safe>
            {t('versionUndoGo')}
          </a>
        </p>
      ) : (
        ''
      )}
    </section>
  );
}
