// The same-day summary of receipts, as a screen and as a file.
import { summariseReceipts, type ReceiptSummary } from '../actions/summariseReceipts';
import type { Agency } from '../domain/agency';
import { receiptTemplate } from '../domain/receipt';
import { receiptNameOf } from '../domain/receiptName';
import { sumOf, zero } from '../domain/money';
import { netOf, type KindSummary, type SummaryRun } from '../domain/receiptSummary';
import { numberText } from '../domain/receiptSymbol';
import { dayOf } from '../domain/time';
import { inDate, inDong } from './format';
import type { Translate } from './labels';
import { OfficerPage } from './layout';
import { addressOf } from './parts';
import { askedDay, askedText } from './query';
import { PrintedBy } from './receiptParts';
import { Exits, unitName } from './receiptSummaryExits';
import { csvOf } from './receiptSummaryCsv';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

const summaryAt = ({ ctx, actor, req }: OfficerVisit): Promise<ReceiptSummary> =>
  summariseReceipts(ctx, actor, askedDay(req, 'day') ?? dayOf(ctx.now()), askedText(req, 'collector'));

export async function showSummaryCsv(visit: OfficerVisit): Promise<Shown> {
  const summary = await summaryAt(visit);
  const file = csvOf(summary, await visit.ctx.store.tables.agencies.list());
  return { file, type: 'text/csv', name: `01-TH-BLDT-${summary.collector.taxCode}-${summary.on}.csv` };
}

export async function showSummary(visit: OfficerVisit): Promise<Shown> {
  const { ctx, t } = visit;
  const summary = await summaryAt(visit);
  const { collector, on, isPart, runs, exits } = summary;
  const agencies = await ctx.store.tables.agencies.list();
  const collectors = await ctx.store.tables.collectors.list();
  const question = { day: on, collector: collector.agencyCode };
  const rowsAt: RowsAt = (more) => addressOf('/receipts', { from: on, to: on, collector: collector.agencyCode, ...more });
  return (
    <OfficerPage visit={visit} title={`${t('receiptSummary')} ${inDate(on)}`} unit={await unitOf(visit)} look="receipts">
      <link rel="stylesheet" href="/assets/receipts.css" />
      <div class="row head">
        <div class="grow">
          <h1 safe>{`${t('receiptSummary')} ${inDate(on)}`}</h1>
          <p safe>{`${collector.name} · ${t('taxCode')} ${collector.taxCode}`}</p>
          <p class="small muted" safe>
            {[t('summaryForm'), isPart ? t('summaryPart') : t('summaryDue')].join(' · ')}
          </p>
        </div>
        <a class="button" href={addressOf('/receipts/summary.csv', question)} safe>
          {t('summaryCsv')}
        </a>
      </div>
      <form class="row receipt-day-choice no-print" action="/receipts/summary">
        <label>
          <span safe>{t('day')}</span>
          <input type="date" name="day" value={on} required />
        </label>
        {collectors.length < 2 ? (
          ''
        ) : (
          <label>
            <span safe>{t('collectingOrganisation')}</span>
            <select name="collector">
              {collectors.map(({ agencyCode, name }) => (
                <option value={agencyCode} selected={agencyCode === collector.agencyCode} safe>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        <button safe>{t('showDay')}</button>
      </form>
      {runs.length === 0 && exits.length === 0 ? (
        <p class="empty" safe>
          {t('noReceiptsThatDay')}
        </p>
      ) : (
        <>
          <Kinds summary={summary} rowsAt={rowsAt} t={t} />
          <Runs summary={summary} agencies={agencies} rowsAt={rowsAt} t={t} />
          {exits.length > 0 ? <Exits exits={exits} agencies={agencies} t={t} /> : ''}
        </>
      )}
      <PrintedBy visit={visit} />
    </OfficerPage>
  );
}

/** The list of the receipts behind a number of the summary. */
type RowsAt = (more: Readonly<Record<string, string>>) => string;

const Kinds = ({ summary: { kinds }, rowsAt, t }: { summary: ReceiptSummary; rowsAt: RowsAt; t: Translate }): JSX.Element => (
  <table class="cards">
    <thead>
      <tr>
        <th safe>{t('receiptKind')}</th>
        <th class="amount" safe>
          {t('receiptCount')}
        </th>
        <th class="amount" safe>
          {t('replacingCount')}
        </th>
        <th class="amount" safe>
          {t('total')}
        </th>
        <th class="amount" safe>
          {t('exitTotal')}
        </th>
        <th class="amount" safe>
          {t('netTotal')}
        </th>
      </tr>
    </thead>
    <tbody>
      {kinds.map((kind) => (
        <KindRow kind={kind} rowsAt={rowsAt} t={t} />
      ))}
    </tbody>
    <KindsFoot kinds={kinds} t={t} />
  </table>
);

const KindRow = ({ kind, rowsAt, t }: { kind: KindSummary; rowsAt: RowsAt; t: Translate }): JSX.Element => (
  <tr>
    <td class="fee" safe>
      {t(`kind_${kind.kind}`)}
    </td>
    <td class="amount" data-label={t('receiptCount')}>
      <a href={rowsAt({ kind: kind.kind })} safe>
        {String(kind.count)}
      </a>
    </td>
    <td class="amount" data-label={t('replacingCount')}>
      <a href={rowsAt({ kind: kind.kind, state: 'replacing' })} safe>
        {String(kind.replacing)}
      </a>
    </td>
    <td class="amount" data-label={t('total')}>
      <a href={rowsAt({ kind: kind.kind })} safe>
        {inDong(kind.total)}
      </a>
    </td>
    <td class="amount" data-label={t('exitTotal')}>
      <a href="#exits" safe>
        {inDong(zero.minus(kind.exitTotal))}
      </a>
    </td>
    <td class="amount" data-label={t('netTotal')} safe>
      {inDong(kind.net)}
    </td>
  </tr>
);

const KindsFoot = ({ kinds, t }: { kinds: readonly KindSummary[]; t: Translate }): JSX.Element => (
  <tfoot>
    <tr>
      <td class="name" safe>
        {t('allKindsTotal')}
      </td>
      <td class="amount" data-label={t('receiptCount')} safe>
        {String(kinds.reduce((sum, { count }) => sum + count, 0))}
      </td>
      <td class="amount" data-label={t('replacingCount')} safe>
        {String(kinds.reduce((sum, { replacing }) => sum + replacing, 0))}
      </td>
      <td class="amount" data-label={t('total')} safe>
        {inDong(sumOf(kinds.map(({ total }) => total)))}
      </td>
      <td class="amount" data-label={t('exitTotal')} safe>
        {inDong(zero.minus(sumOf(kinds.map(({ exitTotal }) => exitTotal))))}
      </td>
      <td class="amount" data-label={t('netTotal')} safe>
        {inDong(netOf(kinds))}
      </td>
    </tr>
  </tfoot>
);

type RunsGiven = { summary: ReceiptSummary; agencies: readonly Agency[]; rowsAt: RowsAt; t: Translate };

const Runs = ({ summary: { runs }, agencies, rowsAt, t }: RunsGiven): JSX.Element => (
  <table class="cards">
    <thead>
      <tr>
        <th safe>{t('template')}</th>
        <th safe>{t('series')}</th>
        <th safe>{t('receiptKind')}</th>
        <th safe>{t('fromNumber')}</th>
        <th safe>{t('toNumber')}</th>
        <th class="amount" safe>
          {t('receiptCount')}
        </th>
        <th class="amount" safe>
          {t('total')}
        </th>
        <th safe>{t('collectingUnit')}</th>
      </tr>
    </thead>
    <tbody>
      {runs.map((run) => (
        <RunRow run={run} unit={unitName(agencies, run.agencyCode)} rowsAt={rowsAt} t={t} />
      ))}
    </tbody>
    <tfoot>
      <tr>
        <td colspan={5} class="name" safe>
          {t('allKindsTotal')}
        </td>
        <td class="amount" data-label={t('receiptCount')} safe>
          {String(runs.reduce((sum, { count }) => sum + count, 0))}
        </td>
        <td class="amount" data-label={t('total')} safe>
          {inDong(sumOf(runs.map(({ total }) => total)))}
        </td>
        <td></td>
      </tr>
    </tfoot>
  </table>
);

const RunRow = ({ run, unit, rowsAt, t }: { run: SummaryRun; unit: string; rowsAt: RowsAt; t: Translate }): JSX.Element => (
  <tr>
    <td data-label={t('template')}>{receiptTemplate}</td>
    <td data-label={t('series')} safe>
      {run.symbol}
    </td>
    <td data-label={t('receiptKind')} safe>
      {t(`kind_${run.kind}`)}
    </td>
    <td data-label={t('fromNumber')}>
      <a href={`/receipts/${receiptNameOf({ symbol: run.symbol, number: run.firstNumber })}`} safe>
        {numberText(run.firstNumber)}
      </a>
    </td>
    <td data-label={t('toNumber')}>
      <a href={`/receipts/${receiptNameOf({ symbol: run.symbol, number: run.lastNumber })}`} safe>
        {numberText(run.lastNumber)}
      </a>
    </td>
    <td class="amount" data-label={t('receiptCount')} safe>
      {String(run.count)}
    </td>
    <td class="amount" data-label={t('total')} safe>
      {inDong(run.total)}
    </td>
    <td data-label={t('collectingUnit')}>
      <a href={rowsAt({ kind: run.kind, agency: run.agencyCode })} safe>
        {unit}
      </a>
    </td>
  </tr>
);
