// The table of sources: when each was last heard, what we learned by webhook and by its list, how soon, and how its list stands.
import type { Account } from '../domain/agency';
import { isSilent } from '../domain/silence';
import type { Source } from '../domain/source';
import { addMs, type Instant } from '../domain/time';
import { say } from './counterLabels';
import { inDateTime } from './format';
import type { Translate } from './labels';
import { providerWord } from './providerWords';
import { Balances } from './sourceBalances';
import type { Feed, SourceGroup, SourceRow } from './sourceRows';
import { accountWords, agoWords, inDuration, inShare, pullProblem } from './sourceWords';

/** Pulls are five minutes apart. */
const staleMs = 20 * 60_000;

/** A pull that failed, or none for a long time. */
export const isFailing = ({ problem, lastPulledAt }: Feed, now: Instant): boolean =>
  problem !== undefined || (lastPulledAt !== undefined && addMs(lastPulledAt, staleMs) < now);

interface Given {
  groups: readonly SourceGroup[];
  accounts: readonly Account[];
  /** Accounts with an open break. */
  broken: ReadonlySet<string>;
  /** Providers that have a list. */
  listed: ReadonlySet<string>;
  now: Instant;
  t: Translate;
}

export const SourceTable = ({ groups, ...given }: Given): JSX.Element => (
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
    {groups.map((group) => (
      <tbody>
        <tr class="holder">
          <th colspan="6" scope="rowgroup">
            <Holder group={group} {...given} />
          </th>
        </tr>
        {group.rows.map((row) => (
          <Row row={row} isOfGateways={group.holder === 'gateways'} {...given} />
        ))}
        <Unheard group={group} t={given.t} />
      </tbody>
    ))}
  </table>
);

type GroupGiven = Omit<Given, 'groups'> & { group: SourceGroup };

function Holder({ group: { holder }, accounts, broken, t }: GroupGiven): JSX.Element {
  if (typeof holder !== 'string')
    return (
      <>
        <span class="strong" safe>
          {accountWords(accounts, holder.account.id)}
        </span>
        <Balances check={holder.balances} isBroken={broken.has(holder.account.id)} t={t} />
      </>
    );
  return (
    <>
      <span class="strong" safe>
        {t(holder === 'gateways' ? 'gatewayMoney' : 'foreignAccounts')}
      </span>
      <span class="small muted">
        <span safe>{t(holder === 'gateways' ? 'gatewayMoneyMeaning' : 'foreignAccountsMeaning')}</span>{' '}
        {holder === 'foreign' ? (
          <a href="/unmatched" safe>
            {t('unmatched')}
          </a>
        ) : (
          ''
        )}
      </span>
    </>
  );
}

const Row = ({
  row,
  isOfGateways,
  accounts,
  listed,
  now,
  t,
}: Omit<Given, 'groups' | 'broken'> & { row: SourceRow; isOfGateways: boolean }): JSX.Element => (
  <tr>
    <td class="name" safe>
      {providerWord(row.provider, t)}
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
    <td data-label={t('bankList')}>
      {row.feeds.map((feed) => (
        <>
          {isOfGateways ? <Line small words={accountWords(accounts, feed.accountId)} /> : ''}
          <List feed={feed} now={now} t={t} />
        </>
      ))}
      {row.feeds.length === 0 ? <NoList row={row} listed={listed} t={t} /> : ''}
    </td>
  </tr>
);

/** Who could tell and has not: one line for all of them. */
function Unheard({ group: { rows, unheard }, t }: { group: SourceGroup; t: Translate }): JSX.Element {
  const nobody = rows.length === 0 && unheard.length === 0;
  if (unheard.length === 0 && !nobody) return <></>;
  return (
    <tr>
      <td colspan="6" class="fee muted small" safe>
        {nobody ? t('noSourceOfAccount') : `${t('neverHeard')}: ${unheard.map((provider) => providerWord(provider, t)).join(', ')}`}
      </td>
    </tr>
  );
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

/** On an account that is not ours no list is pulled. */
const NoList = ({ row: { provider, source }, listed, t }: { row: SourceRow; listed: ReadonlySet<string>; t: Translate }): JSX.Element => (
  <Line small words={source?.isForeign ? '–' : t(listed.has(provider) ? 'listNotSet' : 'noList')} />
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
