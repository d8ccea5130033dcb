// The page of the sources: who tells us of money, how soon and how whole; for administrators also how each account is connected.
import { z } from 'zod';
import { demand } from '../actions/demand';
import { retireSecrets, rotateSecret } from '../actions/rotateSecret';
import { seeConnections } from '../actions/seeConnections';
import { seeSources, type Sources } from '../actions/seeSources';
import { setFeed } from '../actions/setFeed';
import { can } from '../domain/role';
import { isSilent } from '../domain/silence';
import type { Instant } from '../domain/time';
import { say } from './counterLabels';
import { checkForm, choiceField, lineField } from './formFields';
import type { Label, Translate } from './labels';
import { OfficerPage } from './layout';
import { addressOf } from './parts';
import { askedText } from './query';
import { refusedForm } from './refusedForm';
import type { Fields, OfficerVisit, Shown } from './screen';
import { BalanceBreaks } from './sourceBreaks';
import { Connections, type SentBack } from './sourceConnections';
import { isFailing, rowsOf, SourceTable } from './sourceTable';
import { unitOf } from './unit';

const identifier = lineField(64, /^[\w.:-]+$/);

export const showSources = (visit: OfficerVisit): Promise<Shown> => page(visit);

export async function takeFeed(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const { ctx, actor, t } = visit;
  demand(actor, 'administer');
  const names = ctx.outbound.feeds.map((feed) => feed.provider);
  const checked = checkForm(z.object({ accountId: identifier, provider: choiceField(names), token: lineField(500) }), sent, t);
  if (!checked.ok) return page(visit, { which: 'feed', accountId: sent['accountId'] ?? '', form: checked.form });
  await setFeed(ctx, { actor, ...checked.value });
  return doneWith('feed', checked.value.accountId);
}

export async function takeSecret(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const { ctx, actor, t } = visit;
  demand(actor, 'administer');
  const fields = z.object({ accountId: identifier, provider: choiceField(ctx.providerNames), secret: lineField(200) });
  const checked = checkForm(fields, sent, t);
  const places = { secret_too_short: 'secret', secret_is_demo: 'secret', secret_in_use: 'secret' };
  const form = checked.ok ? await refusedForm(visit, rotateSecret(ctx, { actor, ...checked.value }), sent, places) : checked.form;
  return form ? page(visit, { which: 'secret', accountId: sent['accountId'] ?? '', form }) : doneWith('secret', sent['accountId']);
}

export async function takeRetirement({ ctx, actor, t }: OfficerVisit, sent: Fields): Promise<Shown> {
  demand(actor, 'administer');
  const checked = checkForm(z.object({ accountId: identifier, provider: identifier, keepId: identifier }), sent, t);
  if (!checked.ok) return { redirect: '/sources' };
  await retireSecrets(ctx, { actor, ...checked.value });
  return doneWith('retired', checked.value.accountId);
}

const doneWords: Readonly<Record<string, Label>> = { feed: 'tokenSaved', secret: 'secretSaved', retired: 'secretsRetired' };
const doneWith = (done: string, account: string | undefined): Shown => ({ redirect: addressOf('/sources', { done, account }) });

async function page(visit: OfficerVisit, sent?: SentBack): Promise<Shown> {
  const { ctx, req, res, actor, t } = visit;
  const seen = await seeSources(ctx, actor);
  const accounts = await ctx.store.tables.accounts.list();
  const rows = rowsOf(seen);
  const done = sent ? undefined : doneWords[askedText(req, 'done') ?? ''];
  if (sent && res.statusCode === 200) res.status(400);
  return (
    <OfficerPage visit={visit} title={t('sources')} unit={await unitOf(visit)} look="sources">
      <link rel="stylesheet" href="/assets/sources.css" />
      {done ? (
        <p class="done" role="status" safe>
          {t(done)}
        </p>
      ) : (
        ''
      )}
      <h1 safe>{t('sources')}</h1>
      <Whole seen={seen} now={ctx.now()} t={t} />
      <BalanceBreaks breaks={seen.breaks} accounts={accounts} t={t} />
      {rows.length === 0 ? (
        ''
      ) : (
        <SourceTable
          rows={rows}
          accounts={accounts}
          listed={new Set(ctx.outbound.feeds.map((feed) => feed.provider))}
          now={ctx.now()}
          t={t}
        />
      )}
      {can(actor, 'administer') ? (
        <Connections
          visit={visit}
          connections={await seeConnections(ctx, actor)}
          open={sent?.accountId ?? askedText(req, 'account')}
          sent={sent}
        />
      ) : (
        ''
      )}
    </OfficerPage>
  );
}

/** One sentence: all is well, or what to look at. */
function Whole({ seen, now, t }: { seen: Sources; now: Instant; t: Translate }): JSX.Element {
  const { sources, feeds, breaks } = seen;
  const troubles = [
    ['breaksCount', breaks.length],
    ['feedsFailing', feeds.filter((feed) => isFailing(feed, now)).length],
    ['sourcesSilent', sources.filter((source) => isSilent(source, now)).length],
  ] as const satisfies readonly (readonly [Label, number])[];
  const found = troubles.filter(([, count]) => count > 0);
  if (found.length === 0) {
    const isHeard = sources.length + feeds.length > 0;
    return (
      <p class={isHeard ? 'empty good' : 'empty'} safe>
        {t(isHeard ? 'allWell' : 'noSources')}
      </p>
    );
  }
  return (
    <p class="look-at" role="status">
      <span class="strong" safe>{`${t('lookAt')}:`}</span>{' '}
      <span safe>{found.map(([label, count]) => say(t(label), { count: String(count) })).join(' · ')}</span>
    </p>
  );
}
