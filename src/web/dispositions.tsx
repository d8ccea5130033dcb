// Money without a home: every đồng that belongs to no obligation, with its owner and its deadline, the most urgent first.
import { listDispositions, type DispositionList, type ListedDisposition } from '../actions/listDispositions';
import { setDispositionOwner } from '../actions/setDispositionOwner';
import { codesWithin, isWithin, type Agency } from '../domain/agency';
import { dispositionKinds, type Clock, type DispositionKind } from '../domain/disposition';
import type { Officer } from '../domain/officer';
import { can } from '../domain/role';
import { Problem, refusals } from '../problems';
import { say } from './counterLabels';
import { inDate, inDateTime, inDong } from './format';
import type { Translate } from './labels';
import { FormToken, OfficerPage } from './layout';
import { addressOf } from './parts';
import { askedText } from './query';
import type { Fields, OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

const mostShown = 200;

export const showDispositions = (visit: OfficerVisit): Promise<Shown> => dispositionsPage(visit);

async function dispositionsPage(visit: OfficerVisit, refusal?: string): Promise<string> {
  const { ctx, actor, req, t } = visit;
  const kind = dispositionKinds.find((one) => one === askedText(req, 'kind'));
  const found = await listDispositions(ctx, actor, kind);
  const shown = found.list.slice(0, mostShown);
  const asked: readonly DispositionKind[] = kind ? [kind] : dispositionKinds;
  const count = asked.reduce((sum, one) => sum + found.sums[one].count, 0);
  const clockCount = (clock: Clock): string =>
    found.isCut ? say(t('dispositionsAtLeast'), { count: String(found.clocks[clock]) }) : String(found.clocks[clock]);
  const agencies = await ctx.store.tables.agencies.list();
  const officers = await ctx.store.tables.officers.list(codesWithin(agencies, actor.agencyCode));
  const owners = officers.filter(({ role }) => role === 'finance_officer' || role === 'finance_supervisor');
  return (
    <OfficerPage visit={visit} title={t('dispositions')} unit={await unitOf(visit)} look="refunds">
      <link rel="stylesheet" href="/assets/refunds.css" />
      <div class="row head">
        <h1 class="grow" safe>
          {t('dispositions')}
        </h1>
        {found.clocks.overdue > 0 ? <ClockWords clock="overdue" words={say(t('clocksOverdue'), { count: clockCount('overdue') })} /> : ''}
        {found.clocks.warning > 0 ? <ClockWords clock="warning" words={say(t('clocksWarning'), { count: clockCount('warning') })} /> : ''}
      </div>
      {refusal ? (
        <p class="refusal refusal-what" role="alert" safe>
          {refusal}
        </p>
      ) : (
        ''
      )}
      <p class="small muted" safe>
        {t('dispositionsHint')}
      </p>
      <Kinds sums={found.sums} kind={kind} t={t} />
      {shown.length < count ? (
        <p class="care-note" safe>
          {say(t('dispositionsSome'), { shown: String(shown.length), count: String(count) })}
        </p>
      ) : (
        ''
      )}
      {found.list.length === 0 ? (
        <p class="empty good" safe>
          {t('dispositionsNone')}
        </p>
      ) : (
        <Rows visit={visit} list={shown} agencies={agencies} owners={owners} />
      )}
    </OfficerPage>
  );
}

const looks: Readonly<Record<Clock, string>> = { running: 'free', warning: 'part_paid', overdue: 'late' };

const ClockWords = ({ clock, words }: { clock: Clock; words: string }): JSX.Element => (
  <span class={`state state-${looks[clock]}`} safe>
    {words}
  </span>
);

const Kinds = ({ sums, kind, t }: { sums: DispositionList['sums']; kind: DispositionKind | undefined; t: Translate }): JSX.Element => (
  <nav class="refund-states" aria-label={t('dispositionKind')}>
    <a href="/dispositions" aria-current={kind === undefined ? 'page' : undefined}>
      <span safe>{t('dispositionAll')}</span>
      <span class="count" safe>
        {String(dispositionKinds.reduce((count, one) => count + sums[one].count, 0))}
      </span>
    </a>
    {dispositionKinds.map((one) => (
      <a href={addressOf('/dispositions', { kind: one })} aria-current={one === kind ? 'page' : undefined}>
        <span safe>{t(`disposition_${one}`)}</span>
        <span class="count" safe>
          {String(sums[one].count)}
        </span>
        <span class="small muted" safe>
          {inDong(sums[one].sum)}
        </span>
      </a>
    ))}
  </nav>
);

interface RowsGiven {
  visit: OfficerVisit;
  list: readonly ListedDisposition[];
  agencies: readonly Agency[];
  owners: readonly Officer[];
}

const Rows = ({ visit, list, agencies, owners }: RowsGiven): JSX.Element => (
  <table class="cards dispositions">
    <thead>
      <tr>
        <th class="amount" safe>
          {visit.t('amount')}
        </th>
        <th safe>{visit.t('dispositionKind')}</th>
        <th safe>{visit.t('dispositionDue')}</th>
        <th safe>{visit.t('dispositionSince')}</th>
        <th safe>{visit.t('dispositionOwner')}</th>
      </tr>
    </thead>
    <tbody>
      {list.map((one, place) => (
        <Row visit={visit} one={one} place={place} agencies={agencies} owners={owners} />
      ))}
    </tbody>
  </table>
);

function Row({ visit, one, place, agencies, owners }: Omit<RowsGiven, 'list'> & { one: ListedDisposition; place: number }): JSX.Element {
  const { t, actor } = visit;
  const { transaction, kind, dueOn, clock, days } = one;
  const mayTrace = can(actor, 'resolve') && (kind === 'unapplied' || kind === 'not_ours');
  return (
    <tr>
      <td class="amount" data-label={t('amount')}>
        <a
          class="strong"
          href={one.refundId ? `/refunds/${one.refundId}` : `/transactions/${transaction.id}`}
          data-row
          data-first={place === 0}
          safe
        >
          {inDong(one.amount)}
        </a>
      </td>
      <td data-label={t('dispositionKind')}>
        <span safe>{t(`disposition_${kind}`)}</span>
        {mayTrace ? (
          <a class="small block" href={`/dispositions/${transaction.id}/letter.pdf`} safe>
            {t('dispositionLetter')}
          </a>
        ) : kind === 'interest' || kind === 'to_budget' ? (
          <a class="small block" href="/remittances" safe>
            {t('remittances')}
          </a>
        ) : (
          ''
        )}
      </td>
      <td data-label={t('dispositionDue')}>
        <span safe>{inDate(dueOn)}</span>
        <span class="small block">
          <ClockWords clock={clock} words={say(t(`clock_${clock}`), { days: String(days) })} />
        </span>
      </td>
      <td data-label={t('dispositionSince')}>
        <span class="nowrap" safe>
          {inDateTime(transaction.bankTime)}
        </span>
        <span class="small muted block break" safe>
          {transaction.content.slice(0, 80)}
        </span>
      </td>
      <td data-label={t('dispositionOwner')}>
        <Owner visit={visit} one={one} agencies={agencies} owners={owners} />
      </td>
    </tr>
  );
}

function Owner({
  visit: { t, actor, formToken },
  one,
  agencies,
  owners: officers,
}: Omit<RowsGiven, 'list'> & { one: ListedDisposition }): JSX.Element {
  const { agencyCode = '' } = one.transaction;
  const unit = agencies.find(({ code }) => code === agencyCode)?.name ?? '';
  const owners = officers.filter((officer) => isWithin(agencies, agencyCode, officer.agencyCode));
  const desk = say(t('dispositionDesk'), { unit });
  const owner = owners.find(({ id }) => id === one.ownerId);
  if (!can(actor, 'resolve')) return <span safe>{owner?.name ?? desk}</span>;
  return (
    <form method="post" action={`/dispositions/${one.transaction.id}/owner`} class="row tight owner">
      <FormToken token={formToken} />
      <label class="grow">
        <span class="hidden-text" safe>
          {t('dispositionOwner')}
        </span>
        <select name="officer" required>
          {owner ? (
            ''
          ) : (
            <option value="" safe>
              {desk}
            </option>
          )}
          {owners.map(({ id, name }) => (
            <option value={id} selected={id === one.ownerId} safe>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button class="quiet" safe>
        {t('dispositionGive')}
      </button>
    </form>
  );
}

export async function takeDispositionOwner(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const { ctx, actor, req } = visit;
  try {
    await setDispositionOwner(ctx, { actor, transactionId: String(req.params['id']), officerId: sent['officer'] ?? '' });
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 409) throw error;
    visit.res.status(error.status);
    return dispositionsPage(visit, refusals[error.code][visit.language]);
  }
  return { redirect: '/dispositions' };
}
