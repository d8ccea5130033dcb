// The page of the sources: who tells us of money, how soon and how whole; for administrators also how each account is connected.
import { z } from 'zod';
import { demand } from '../actions/demand';
import { retireSecrets } from '../actions/retireSecrets';
import { rotateSecret } from '../actions/rotateSecret';
import { seeConnections } from '../actions/seeConnections';
import { seeCoverage } from '../actions/seeCoverage';
import { seeSources } from '../actions/seeSources';
import { setFeed } from '../actions/setFeed';
import { can } from '../domain/role';
import { checkForm, choiceField, lineField } from './formFields';
import type { Label } from './labels';
import { OfficerPage } from './layout';
import { addressOf } from './parts';
import { askedText } from './query';
import { refusedForm } from './refusedForm';
import type { Fields, OfficerVisit, Shown } from './screen';
import { BalanceBreaks } from './sourceBreaks';
import { Connections, type SentBack } from './sourceConnections';
import { groupsOf } from './sourceRows';
import { Summary } from './sourceSummary';
import { SourceTable } from './sourceTable';
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
  const now = ctx.now();
  const [seen, coverage] = [await seeSources(ctx, actor), await seeCoverage(ctx, actor)];
  const accounts = coverage.accounts.map(({ account }) => account);
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
      <Summary seen={seen} coverage={coverage} refused={ctx.metrics.refused()} now={now} t={t} />
      <BalanceBreaks breaks={seen.breaks} accounts={accounts} t={t} />
      <SourceTable
        groups={groupsOf(seen, coverage, now)}
        accounts={accounts}
        broken={new Set(seen.breaks.map((one) => one.accountId))}
        listed={new Set(ctx.outbound.feeds.map((feed) => feed.provider))}
        now={now}
        t={t}
      />
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
