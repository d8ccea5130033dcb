// The queue of refunds, one state at a time: how many and how much there is in each, and the rows that make it.
import { listRefunds, type ListedRefund, type RefundQueue } from '../actions/seeRefund';
import { openStates, refundStates, type RefundState } from '../domain/refund';
import { can } from '../domain/role';
import { inDateTime, inDong } from './format';
import type { Translate } from './labels';
import { OfficerPage } from './layout';
import { addressOf } from './parts';
import { askedChoice, askedText } from './query';
import { RefundStateWords } from './refundParts';
import type { OfficerVisit, Shown } from './screen';
import { signedAs } from './signedAs';
import { unitOf } from './unit';

const mostShown = 100;

export async function showRefunds(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, req, t } = visit;
  const state = askedChoice(req, 'state', refundStates);
  const after = askedText(req, 'after');
  const isNewestFirst = !openStates.some((open) => open === state); // of those that ended
  const queue = await listRefunds(ctx, actor, [state], mostShown + 1, { ...(after ? { after } : {}), isNewestFirst });
  const names = await ctx.store.tables.officers.listNames();
  const shown = queue.list.slice(0, mostShown);
  const last = shown.at(-1);
  return (
    <OfficerPage visit={visit} title={t('refunds')} unit={await unitOf(visit)} look="refunds">
      <link rel="stylesheet" href="/assets/refunds.css" />
      <div class="row head">
        <h1 class="grow" safe>
          {t('refunds')}
        </h1>
        {can(actor, 'request_refunds') ? (
          <a class="button" href="/refunds/files" safe>
            {t('refundFiles')}
          </a>
        ) : (
          ''
        )}
        <a class="button quiet" href="/refunds/rights" safe>
          {t('refundRights')}
        </a>
      </div>
      <States sums={queue.sums} state={state} t={t} />
      {shown.length === 0 ? (
        <p class={state === 'requested' || state === 'failed' ? 'empty good' : 'empty'} safe>
          {t(`refundsNone_${state}`)}
        </p>
      ) : (
        <Rows list={shown} names={names} t={t} />
      )}
      {queue.list.length > mostShown && last ? (
        <p>
          <a class="button" href={addressOf('/refunds', { state, after: last.refund.id })} safe>
            {t('nextPage')}
          </a>
        </p>
      ) : (
        ''
      )}
    </OfficerPage>
  );
}

/** Each number opens the rows that make it. */
const States = ({ sums, state, t }: { sums: RefundQueue['sums']; state: RefundState; t: Translate }): JSX.Element => (
  <nav class="refund-states" aria-label={t('refunds')}>
    {refundStates.map((one) => (
      <a href={addressOf('/refunds', { state: one })} aria-current={one === state ? 'page' : undefined}>
        <RefundStateWords state={one} t={t} />
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

const Rows = ({ list, names, t }: { list: readonly ListedRefund[]; names: ReadonlyMap<string, string>; t: Translate }): JSX.Element => (
  <table class="cards">
    <thead>
      <tr>
        <th class="amount" safe>
          {t('amount')}
        </th>
        <th safe>{t('refundAskedFor')}</th>
        <th safe>{t('reason')}</th>
        <th safe>{t('refundWay')}</th>
      </tr>
    </thead>
    <tbody>
      {list.map(({ refund }, place) => (
        <tr>
          <td class="amount" data-label={t('amount')}>
            <a class="strong" href={`/refunds/${refund.id}`} data-row data-first={place === 0} safe>
              {inDong(refund.amount)}
            </a>
          </td>
          <td class="nowrap" data-label={t('refundAskedFor')}>
            <span safe>{signedAs(refund.requestedBy, names, t)}</span>
            <span class="small muted block" safe>
              {inDateTime(refund.requestedAt)}
            </span>
          </td>
          <td class="break" data-label={t('reason')} safe>
            {refund.reason}
          </td>
          <td data-label={t('refundWay')}>
            <span safe>{t(refund.way ? `refundWay_${refund.way}` : 'refundWayNotYet')}</span>
            {refund.code ? (
              <span class="small muted block" safe>
                {refund.code}
              </span>
            ) : (
              ''
            )}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
