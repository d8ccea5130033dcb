// What the page of the sources says first: what to look at, or that the sources speak, and how far the balances are checked.
import type { Coverage } from '../actions/seeCoverage';
import type { Sources } from '../actions/seeSources';
import type { Context } from '../context';
import { isSilent } from '../domain/silence';
import type { Source } from '../domain/source';
import type { Instant } from '../domain/time';
import { say } from './counterLabels';
import { inDateTime } from './format';
import type { Label, Translate } from './labels';
import { providerWord } from './providerWords';
import { isFailing } from './sourceTable';

type Refusals = ReturnType<Context['metrics']['refused']>;

interface Given {
  seen: Sources;
  coverage: Coverage;
  refused: Refusals;
  now: Instant;
  t: Translate;
}

export const Summary = (given: Given): JSX.Element => (
  <>
    <Whole {...given} />
    <RefusedWebhooks {...given} />
  </>
);

function Whole({ seen, coverage, refused, now, t }: Given): JSX.Element {
  const { sources, feeds, breaks } = seen;
  const troubles = [
    ['breaksCount', breaks.length],
    ['feedsFailing', feeds.filter((feed) => isFailing(feed, now)).length],
    ['sourcesSilent', sources.filter((source) => isSilent(source, now)).length],
    ['sourcesRefused', refused.webhooks.filter((one) => isRefusedSinceHeard(one, sources)).length],
  ] as const satisfies readonly (readonly [Label, number])[];
  const found = troubles.filter(([, count]) => count > 0);
  if (found.length > 0) {
    return (
      <p class="look-at" role="status">
        <span class="strong" safe>{`${t('lookAt')}:`}</span>{' '}
        <span safe>{found.map(([label, count]) => say(t(label), { count: String(count) })).join(' · ')}</span>
      </p>
    );
  }
  if (sources.length + feeds.length === 0) return <p class="empty" safe>{t('noSources')}</p>; // prettier-ignore
  return (
    <>
      <p class="empty good" safe>
        {t('allWell')}
      </p>
      <p class="muted" safe>
        {balanceWords(coverage, t)}
      </p>
    </>
  );
}

/** Anybody may send what is refused: it matters where nothing genuine of that provider has come since. */
const isRefusedSinceHeard = ({ provider, lastAt }: Refusals['webhooks'][number], sources: readonly Source[]): boolean =>
  !sources.some((source) => source.provider === provider && source.lastHeardAt >= lastAt);

function balanceWords({ accounts }: Coverage, t: Translate): string {
  const checked = accounts.filter(({ balances }) => balances.kind === 'checked').length;
  if (checked === 0) return t('balancesOfNone');
  if (checked === accounts.length) return t('balancesOfAll');
  return say(t('balancesOfSome'), { count: String(checked), total: String(accounts.length) });
}

const RefusedWebhooks = ({ refused: { since, webhooks }, t }: Given): JSX.Element =>
  webhooks.length === 0 ? (
    <></>
  ) : (
    <section class="refused">
      <h2 safe>{t('refusedWebhooks')}</h2>
      <p class="small muted" safe>
        {say(t('refusedMeaning'), { time: inDateTime(since) })}
      </p>
      <ul class="lines">
        {webhooks.map(({ provider, count, lastAt }) => (
          <li safe>{say(t('refusedCount'), { provider: providerWord(provider, t), count: String(count), time: inDateTime(lastAt) })}</li>
        ))}
      </ul>
    </section>
  );
