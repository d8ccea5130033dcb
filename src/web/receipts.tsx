// The list of receipts: newest first, to be searched by number, dossier, day and agency.
import type { Agency } from '../domain/agency';
import { listReceipts, type ReceiptQuestion } from '../actions/listReceipts';
import { sightOf } from '../actions/demand';
import { can } from '../domain/role';
import { receiptNameOf } from '../domain/receiptName';
import type { ReceiptRecord } from '../domain/receiptRecord';
import { inDateTime, inDong } from './format';
import type { Translate } from './labels';
import { OfficerPage } from './layout';
import { addressOf } from './parts';
import { askedDay, askedText } from './query';
import { lookOf, receiptAddress, ReceiptState } from './receiptParts';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

const pageSize = 50;
const longestTyped = 64;

interface Asked {
  question: ReceiptQuestion;
  /** As it stands in the address. */
  typed: Readonly<Record<'q' | 'from' | 'to' | 'agency', string | undefined>>;
}

export async function showReceipts(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, req, t } = visit;
  const asked = askedIn(visit);
  const after = askedText(req, 'cursor');
  const found = await listReceipts(ctx, actor, asked.question, pageSize + 1, after);
  const rows = found.slice(0, pageSize);
  const next = found.length > pageSize ? rows.at(-1)?.id : undefined;
  const isAsked = Object.values(asked.typed).some(Boolean);
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
      <p class="row pages">
        {after ? (
          <a href={addressOf('/receipts', asked.typed)} safe>
            {t('firstPage')}
          </a>
        ) : (
          ''
        )}
        {next ? (
          <a class="button" href={addressOf('/receipts', { ...asked.typed, cursor: next })} safe>
            {t('nextPage')}
          </a>
        ) : (
          ''
        )}
      </p>
    </OfficerPage>
  );
}

function askedIn({ req }: OfficerVisit): Asked {
  const [text, agencyCode] = [askedText(req, 'q'), askedText(req, 'agency')];
  const [from, to] = [askedDay(req, 'from'), askedDay(req, 'to')];
  return {
    question: { ...(text ? { text } : {}), ...(from ? { from } : {}), ...(to ? { to } : {}), ...(agencyCode ? { agencyCode } : {}) },
    typed: { q: text, from, to, agency: agencyCode },
  };
}

/** Those whose receipts the officer sees. */
export async function agenciesInSight({ ctx, actor }: OfficerVisit): Promise<Agency[]> {
  const seen = await sightOf(ctx.store.tables, actor);
  return (await ctx.store.tables.agencies.list()).filter(({ code }) => !seen || seen.includes(code));
}

type SearchGiven = { asked: Asked; isAsked: boolean; agencies: readonly Agency[]; t: Translate };

const Search = ({ asked: { typed }, isAsked, agencies, t }: SearchGiven): JSX.Element => (
  <form class="search" role="search" action="/receipts" data-search>
    <label class="search-long">
      <span>
        <span safe>{t('receiptSearch')}</span> <kbd>/</kbd>
      </span>
      <input
        type="search"
        name="q"
        value={typed.q ?? ''}
        maxlength={longestTyped}
        autocomplete="off"
        title={t('receiptSearchHint')}
        data-key="/"
      />
    </label>
    <label>
      <span safe>{t('fromDay')}</span>
      <input type="date" name="from" value={typed.from ?? ''} />
    </label>
    <label>
      <span safe>{t('toDay')}</span>
      <input type="date" name="to" value={typed.to ?? ''} />
    </label>
    {agencies.length < 2 ? (
      ''
    ) : (
      <label class="search-long">
        <span safe>{t('agency')}</span>
        <select name="agency">
          <option value="" safe>
            {t('allAgencies')}
          </option>
          {agencies.map(({ code, name }) => (
            <option value={code} selected={typed.agency === code} safe>
              {name}
            </option>
          ))}
        </select>
      </label>
    )}
    <p class="row tight search-act">
      <button safe>{t('search')}</button>
      {isAsked ? (
        <a class="button quiet" href="/receipts" data-key="Escape">
          <kbd>Esc</kbd> <span safe>{t('clearSearch')}</span>
        </a>
      ) : (
        ''
      )}
    </p>
  </form>
);

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
      <ReceiptState look={lookOf(receipt)} label={t(`receipt_${lookOf(receipt)}`)} />
    </td>
  </tr>
);
