// The table of sources: when each was last heard, what we learned by webhook and by its list, how soon, and how its list stands.
import type { Sources } from '../actions/seeSources';
import type { Account } from '../domain/agency';
import { isSilent } from '../domain/silence';
import type { Source } from '../domain/source';
import { addMs, type Instant } from '../domain/time';
import { say } from './counterLabels';
import { inDateTime } from './format';
import type { Translate } from './labels';
import { providerWord } from './providerWords';
import { agoWords, inDuration, inShare, pullProblem } from './sourceWords';

type Feed = Sources['feeds'][number];

/** What is known of one provider and account; a list may be connected before anything was told. */
export interface SourceRow {
  provider: string;
  accountId?: string | undefined;
  source?: Source | undefined;
  feed?: Feed | undefined;
}

/** Pulls are five minutes apart. */
const staleMs = 20 * 60_000;

export function rowsOf({ sources, feeds }: Pick<Sources, 'sources' | 'feeds'>): SourceRow[] {
  const isOf = (source: Source, feed: Feed): boolean => source.provider === feed.provider && source.accountId === feed.accountId;
  const heard = sources.map((source) => ({ ...pick(source), source, feed: feeds.find((feed) => isOf(source, feed)) }));
  const unheard = feeds.filter((feed) => !sources.some((source) => isOf(source, feed)));
  return [...heard, ...unheard.map((feed) => ({ ...pick(feed), feed }))];
}

const pick = ({ provider, accountId }: { provider: string; accountId?: string }) => ({ provider, accountId });

/** A pull that failed, or none for a long time. */
export const isFailing = ({ problem, lastPulledAt }: Feed, now: Instant): boolean =>
  problem !== undefined || (lastPulledAt !== undefined && addMs(lastPulledAt, staleMs) < now);

interface Given {
  rows: readonly SourceRow[];
  accounts: readonly Account[];
  /** Providers that have a list. */
  listed: ReadonlySet<string>;
  now: Instant;
  t: Translate;
}

export const SourceTable = ({ rows, ...given }: Given): JSX.Element => (
  <table class="cards">
    <thead>
      <tr>
        <th safe>{given.t('source')}</th>
        <th safe>{given.t('lastHeard')}</th>
        <th class="amount" safe>
          {given.t('lookedAt')}
        </th>
        <th safe>{given.t('learnedBy')}</th>
        <th safe>{given.t('delay')}</th>
        <th safe>{given.t('bankList')}</th>
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <Row row={row} {...given} />
      ))}
    </tbody>
  </table>
);

const Row = ({ row, accounts, listed, now, t }: Omit<Given, 'rows'> & { row: SourceRow }): JSX.Element => (
  <tr>
    <td class="name">
      <span class="strong" safe>
        {providerWord(row.provider, t)}
      </span>
      <span class="small muted block" safe>
        {row.accountId === undefined ? t('outsideAccounts') : accountWords(accounts, row.accountId)}
      </span>
    </td>
    <td data-label={t('lastHeard')}>
      <LastHeard source={row.source} now={now} t={t} />
    </td>
    <td class="amount" data-label={t('lookedAt')} safe>
      {String(row.source?.count ?? 0)}
    </td>
    <td class="short" data-label={t('learnedBy')}>
      <LearnedBy source={row.source} t={t} />
    </td>
    <td class="short" data-label={t('delay')}>
      <Delays source={row.source} t={t} />
    </td>
    <td data-label={t('bankList')}>{row.feed ? <List feed={row.feed} now={now} t={t} /> : <NoList row={row} listed={listed} t={t} />}</td>
  </tr>
);

/** `1026101000 · DIEM PVHCC PHUONG MAU` */
export function accountWords(accounts: readonly Account[], id: string): string {
  const account = accounts.find((one) => one.id === id);
  return account ? `${account.accountNumber} · ${account.accountName}` : id;
}

const LastHeard = ({ source, now, t }: { source: Source | undefined; now: Instant; t: Translate }): JSX.Element =>
  source === undefined ? (
    <span class="muted" safe>
      {t('neverHeard')}
    </span>
  ) : (
    <>
      <Line words={inDateTime(source.lastHeardAt)} />
      <Line small words={agoWords(source.lastHeardAt, now, t)} />
      {isSilent(source, now) ? <Warning words={t('silentForLong')} /> : ''}
    </>
  );

const LearnedBy = ({ source, t }: { source: Source | undefined; t: Translate }): JSX.Element => (
  <>
    {(['push', 'pull', 'statement'] as const).map((via) => {
      const count = source?.told[via] ?? 0;
      if (!source || (via === 'statement' && count === 0)) return '';
      return <Line small={count === 0} words={`${t(`learned_${via}`)} ${inShare(count, source.count)}`} />;
    })}
  </>
);

function Delays({ source, t }: { source: Source | undefined; t: Translate }): JSX.Element {
  if (!source) return <></>;
  const { medianDelayMs, p99DelayMs } = source;
  if (medianDelayMs === null || p99DelayMs === null) return <Line small words={t('onlyHistory')} />;
  return (
    <>
      <Line words={say(t('usually'), { time: inDuration(medianDelayMs, t, Math.ceil) })} />
      <Line small words={say(t('ninetyNine'), { time: inDuration(p99DelayMs, t, Math.ceil) })} />
    </>
  );
}

const List = ({ feed, now, t }: { feed: Feed; now: Instant; t: Translate }): JSX.Element => (
  <>
    {feed.problem !== undefined ? <Warning words={pullProblem(feed.problem, t)} /> : ''}
    {feed.problem === undefined && isFailing(feed, now) ? <Warning words={t('listStale')} /> : ''}
    {feed.pulledTo ? <Line words={say(t('listPulledTo'), { time: inDateTime(feed.pulledTo) })} /> : ''}
    <Line small words={feed.lastPulledAt ? say(t('listLastPulled'), { time: agoWords(feed.lastPulledAt, now, t) }) : t('listSoon')} />
  </>
);

/** Lists belong to accounts. */
const NoList = ({ row, listed, t }: { row: SourceRow; listed: ReadonlySet<string>; t: Translate }): JSX.Element => (
  <Line small words={row.accountId === undefined ? '–' : t(listed.has(row.provider) ? 'listNotSet' : 'noList')} />
);

const Line = ({ words, small }: { words: string; small?: boolean }): JSX.Element => (
  <span class={small ? 'block small muted' : 'block'} safe>
    {words}
  </span>
);

const Warning = ({ words }: { words: string }): JSX.Element => (
  <span class="warning" safe>
    {words}
  </span>
);
