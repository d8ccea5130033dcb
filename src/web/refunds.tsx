// The queue of refunds, one state at a time: how many and how much there is in each, and the rows that make it.
import { wayOf } from '../actions/decideRefund';
import { listRefunds, type ListedRefund, type RefundQueue } from '../actions/seeRefund';
import { sourceIdOf } from '../domain/allocation';
import { grouped } from '../domain/grouping';
import type { BareObligation } from '../domain/obligation';
import { openStates, refundStates, type RefundState, type RefundWay } from '../domain/refund';
import { can } from '../domain/role';
import { shownPayer } from '../domain/shownPayer';
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
  const safeRows = await Rows({ visit, list: shown, names });
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
        safeRows
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

interface RowsGiven {
  visit: OfficerVisit;
  list: readonly ListedRefund[];
  names: ReadonlyMap<string, string>;
}

async function Rows({ visit, list, names }: RowsGiven): Promise<string> {
  const { t } = visit;
  const behind = await obligationsBehind(visit, list);
  const ways = await waysOf(visit, list);
  return (
    <table class="cards">
      <thead>
        <tr>
          <th class="amount" safe>
            {t('amount')}
          </th>
          <th safe>{t('payer')}</th>
          <th safe>{t('dossier')}</th>
          <th safe>{t('refundAskedFor')}</th>
          <th safe>{t('reason')}</th>
          <th safe>{t('refundWay')}</th>
        </tr>
      </thead>
      <tbody>
        {list.map((one, place) => (
          <tr>
            <td class="amount" data-label={t('amount')}>
              <a class="strong" href={`/refunds/${one.refund.id}`} data-row data-first={place === 0} safe>
                {inDong(one.refund.amount)}
              </a>
            </td>
            <PayerCell visit={visit} listed={one} />
            <DossierCell listed={one} obligations={behind.get(one.transaction.id) ?? []} t={t} />
            <td class="nowrap" data-label={t('refundAskedFor')}>
              <span safe>{signedAs(one.refund.requestedBy, names, t)}</span>
              <span class="small muted block" safe>
                {inDateTime(one.refund.requestedAt)}
              </span>
            </td>
            <td class="break" data-label={t('reason')} safe>
              {one.refund.reason}
            </td>
            <WayCell listed={one} way={ways.get(one.refund.id)} t={t} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The obligations for which each credit came, or that hold some of it. */
async function obligationsBehind({ ctx }: OfficerVisit, list: readonly ListedRefund[]): Promise<Map<string, BareObligation[]>> {
  const { allocations, obligations } = ctx.store.tables;
  const allotted = await allocations.ofTransactions([...new Set(list.map(({ transaction }) => transaction.id))]);
  const found = await obligations.listByIds([...new Set(allotted.map(({ obligationId }) => obligationId))]);
  return new Map(
    [...grouped(allotted, sourceIdOf)].map(([transactionId, own]) => [
      transactionId,
      found.filter(({ id }) => own.some(({ obligationId }) => obligationId === id)),
    ]),
  );
}

/** How each goes, as things stand; without those of which nobody has said to which account. */
async function waysOf({ ctx }: OfficerVisit, list: readonly ListedRefund[]): Promise<Map<string, RefundWay>> {
  const ways = new Map<string, RefundWay>();
  for (const listed of list) {
    const way = await wayOf(ctx, ctx.store.tables, { ...listed, steps: [] });
    if (way) ways.set(listed.refund.id, way);
  }
  return ways;
}

function PayerCell({ visit: { t, actor }, listed: { transaction } }: { visit: OfficerVisit; listed: ListedRefund }): JSX.Element {
  const payer = shownPayer(transaction, actor);
  return (
    <td class="break" data-label={t('payer')}>
      <span safe>{payer?.name ?? (payer ? '' : t('payerUnknown'))}</span>
      <span class="small muted block" safe>
        {payer?.account ?? ''}
      </span>
    </td>
  );
}

/** What the bank told, where the money is of no obligation. */
const DossierCell = ({
  listed: { transaction },
  obligations,
  t,
}: {
  listed: ListedRefund;
  obligations: readonly BareObligation[];
  t: Translate;
}): JSX.Element => (
  <td class="break" data-label={t('dossier')}>
    {obligations.map(({ dossierCode, reference }) => (
      <span class="block">
        <span safe>{dossierCode}</span>
        <span class="small muted block" safe>
          {reference}
        </span>
      </span>
    ))}
    {obligations.length === 0 ? (
      <span class="small muted" safe>
        {[transaction.bankReference, transaction.content].filter(Boolean).join(' · ')}
      </span>
    ) : (
      ''
    )}
  </td>
);

const WayCell = ({ listed: { refund }, way, t }: { listed: ListedRefund; way: RefundWay | undefined; t: Translate }): JSX.Element => (
  <td data-label={t('refundWay')}>
    {way || refund.state !== 'requested' ? (
      <span safe>{t(way ? `refundWay_${way}` : 'refundWayNotYet')}</span>
    ) : (
      <span class="state state-expired" safe>
        {t('refundWayMissing')}
      </span>
    )}
    {refund.code ? (
      <span class="small muted block" safe>
        {refund.code}
      </span>
    ) : (
      ''
    )}
  </td>
);
