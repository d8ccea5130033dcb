// Money without a home: the work desk of finance officers. Credits that no obligation took whole, to be searched and opened one by one.
import { listStrangeMoney } from '../actions/listStrangeMoney';
import { listUnapplied, type UnappliedMoney } from '../actions/listUnapplied';
import { isId } from '../domain/id';
import { Problem } from '../problems';
import { inDong } from './format';
import type { Translate } from './labels';
import { OfficerPage } from './layout';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';
import { askedText } from './query';
import { listAddress, unmatchedAsked, type UnmatchedAsked } from './unmatchedQuestion';
import { UnmatchedRows } from './unmatchedRows';
import { UnmatchedSearch } from './unmatchedSearch';
import { lookingOf, SeenHead, ShowSeen } from './unmatchedSeen';
import { Strange } from './unmatchedStrange';

const pageSize = 50;
const mostStrange = 20;
const mostSeen = 100;

export async function showUnmatched(visit: OfficerVisit): Promise<Shown> {
  const { ctx, req, res, actor, t } = visit;
  const asked = unmatchedAsked(req, t);
  const after = askedText(req, 'cursor');
  if (after !== undefined && !isId('transaction', after)) throw new Problem('request_invalid', 'cursor');
  const isReadable = Object.keys(asked.errors).length === 0;
  if (!isReadable) res.status(400);
  const found = isReadable ? await listUnapplied(ctx, actor, asked.question, pageSize + 1, after) : undefined;
  const isArchive = askedText(req, 'seen') !== undefined;
  const strange = asked.isAsked || after ? undefined : await listStrangeMoney(ctx, actor, isArchive ? mostSeen : mostStrange, isArchive);
  const accounts = await ctx.store.tables.accounts.list();
  const rows = found?.transactions.slice(0, pageSize) ?? [];
  const next = (found?.transactions.length ?? 0) > pageSize ? rows.at(-1)?.transaction.id : undefined;
  return (
    <OfficerPage visit={visit} title={t('unmatched')} unit={await unitOf(visit)} look="unmatched">
      <link rel="stylesheet" href="/assets/unmatched.css" />
      <div class="row head">
        <h1 class="grow" safe>
          {t('unmatched')}
        </h1>
        {found ? <Sum found={found} t={t} /> : ''}
      </div>
      <UnmatchedSearch asked={asked} t={t} />
      {rows.length === 0 ? (
        <Nothing asked={asked} t={t} />
      ) : (
        <UnmatchedRows rows={rows} accounts={accounts} list={listAddress(asked.typed, after).split('?')[1]} visit={visit} />
      )}
      <Pages asked={asked} isFirst={after === undefined} next={next} t={t} />
      {strange ? (
        <div id="strange">
          {isArchive ? <SeenHead strange={strange} t={t} /> : ''}
          <Strange strange={strange} accounts={accounts} looking={await lookingOf(visit, strange.seen)} t={t} />
          {isArchive ? '' : <ShowSeen t={t} />}
        </div>
      ) : (
        ''
      )}
    </OfficerPage>
  );
}

const Sum = ({ found: { sum, count }, t }: { found: UnappliedMoney; t: Translate }): JSX.Element => (
  <p>
    <span class={count === 0 ? 'sum muted' : 'sum care'} safe>
      {inDong(sum)}
    </span>{' '}
    <span class="muted" safe>{`${t('unmatchedSum')} · ${count} ${t(count === 1 ? 'unmatchedOne' : 'unmatchedCount')}`}</span>
  </p>
);

const Nothing = ({ asked: { isAsked, errors }, t }: { asked: UnmatchedAsked; t: Translate }): JSX.Element => (
  <p class={isAsked ? 'empty' : 'empty good'} safe>
    {t(!isAsked ? 'noUnmatched' : Object.keys(errors).length > 0 ? 'formHasErrors' : 'nothingFound')}
  </p>
);

interface PagesGiven {
  asked: UnmatchedAsked;
  isFirst: boolean;
  next: string | undefined;
  t: Translate;
}

const Pages = ({ asked, isFirst, next, t }: PagesGiven): JSX.Element =>
  isFirst && !next ? (
    <></>
  ) : (
    <p class="row pages">
      {isFirst ? (
        ''
      ) : (
        <a href={listAddress(asked.typed)} safe>
          {t('firstPage')}
        </a>
      )}
      {next ? (
        <a class="button" href={listAddress(asked.typed, next)} safe>
          {t('nextPage')}
        </a>
      ) : (
        ''
      )}
    </p>
  );
