// The list of receipts: newest first, to be searched by what names one, by day, kind, state and agency, with what it adds up to.
import type { Agency } from '../domain/agency';
import { listReceipts, mostSummed, sumReceipts, type ReceiptQuestion } from '../actions/listReceipts';
import { sightOf } from '../actions/demand';
import { can } from '../domain/role';
import { receiptNameOf } from '../domain/receiptName';
import type { ReceiptRecord } from '../domain/receiptRecord';
import { say } from './counterLabels';
import { inDateTime, inDong } from './format';
import type { Translate } from './labels';
import { OfficerPage } from './layout';
import { addressOf } from './parts';
import { askedText } from './query';
import { officerLookOf, PrintedBy, receiptAddress, ReceiptState } from './receiptParts';
import { askedIn, Search, type Asked } from './receiptSearch';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

const pageSize = 50;

export async function showReceipts(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, req, t } = visit;
  const asked = askedIn(visit);
  const after = askedText(req, 'cursor');
  const found = await listReceipts(ctx, actor, asked.question, pageSize + 1, after);
  const rows = found.slice(0, pageSize);
  const next = found.length > pageSize ? rows.at(-1)?.id : undefined;
  const isAsked = Object.values(asked.typed).some(Boolean);
  const sum = isAsked && rows.length > 0 ? await sumWords(visit, asked.question) : undefined;
  return (
    <OfficerPage visit={visit} title={t('receipts')} unit={await unitOf(visit)} look="receipts">
      <link rel="stylesheet" href="/assets/receipts.css" />
      <div class="row head">
        <h1 class="grow" safe>
          {t('receipts')}
        </h1>
        <a href="/receipts/summary" safe>
          {t('receiptSummary')}
        </a>
        {can(actor, 'see_strange_money') ? (
          <a href="/receipts/queue" safe>
            {t('receiptQueue')}
          </a>
        ) : (
          ''
        )}
      </div>
      <Search asked={asked} isAsked={isAsked} agencies={await agenciesInSight(visit)} t={t} />
      {rows.length === 0 ? (
        <p class="empty" safe>
          {t(isAsked ? 'receiptNotFound' : 'noReceiptsYet')}
        </p>
      ) : (
        <Rows rows={rows} t={t} />
      )}
      {sum ? (
        <p class="strong" role="status" safe>
          {sum}
        </p>
      ) : (
        ''
      )}
      <Pages asked={asked} isFirst={after === undefined} next={next} t={t} />
      <PrintedBy visit={visit} />
    </OfficerPage>
  );
}

const Pages = ({ asked, isFirst, next, t }: { asked: Asked; isFirst: boolean; next: string | undefined; t: Translate }): JSX.Element => (
  <p class="row pages">
    {isFirst ? (
      ''
    ) : (
      <a href={addressOf('/receipts', asked.typed)} safe>
        {t('firstPage')}
      </a>
    )}
    {next ? (
      <a class="button" href={addressOf('/receipts', { ...asked.typed, cursor: next })} safe>
        {t('nextPage')}
      </a>
    ) : (
      ''
    )}
  </p>
);

/** What is shown adds up to, over all its pages. */
async function sumWords({ ctx, actor, t }: OfficerVisit, question: ReceiptQuestion): Promise<string> {
  const sum = await sumReceipts(ctx, actor, question);
  if (!sum) return say(t('receiptSumMore'), { count: String(mostSummed) });
  return say(t('receiptSum'), { count: String(sum.count), total: inDong(sum.total) });
}

/** Those whose receipts the officer sees. */
export async function agenciesInSight({ ctx, actor }: OfficerVisit): Promise<Agency[]> {
  const seen = await sightOf(ctx.store.tables, actor);
  return (await ctx.store.tables.agencies.list()).filter(({ code }) => !seen || seen.includes(code));
}

const Rows = ({ rows, t }: { rows: readonly ReceiptRecord[]; t: Translate }): JSX.Element => (
  <table class="cards receipt-rows">
    <thead>
      <tr>
        <th safe>{t('receiptNumber')}</th>
        <th safe>{t('receiptKind')}</th>
        <th safe>{t('dossierCode')}</th>
        <th class="amount" safe>
          {t('receiptTotal')}
        </th>
        <th safe>{t('receiptIssuedAt')}</th>
        <th safe>{t('agency')}</th>
        <th safe>{t('receiptState')}</th>
      </tr>
    </thead>
    <tbody>
      {rows.map((receipt, place) => (
        <Row receipt={receipt} isFirst={place === 0} t={t} />
      ))}
    </tbody>
  </table>
);

const Row = ({ receipt, isFirst, t }: { receipt: ReceiptRecord; isFirst: boolean; t: Translate }): JSX.Element => (
  <tr>
    <td class="nowrap" data-label={t('receiptNumber')}>
      <a class="strong" href={receiptAddress(receipt)} data-row data-first={isFirst} safe>
        {receiptNameOf(receipt.content)}
      </a>
    </td>
    <td data-label={t('receiptKind')} safe>
      {t(`kind_${receipt.content.kind}`)}
    </td>
    <td class="break" data-label={t('dossierCode')} safe>
      {receipt.content.dossierCode}
    </td>
    <td class="amount" data-label={t('receiptTotal')} safe>
      {inDong(receipt.content.total)}
    </td>
    <td class="nowrap" data-label={t('receiptIssuedAt')} safe>
      {inDateTime(receipt.content.issuedAt)}
    </td>
    <td data-label={t('agency')} safe>
      {receipt.content.collector.unit}
    </td>
    <td data-label={t('receiptState')}>
      <ReceiptState look={officerLookOf(receipt)} label={t(`receipt_${officerLookOf(receipt)}`)} />
    </td>
  </tr>
);
