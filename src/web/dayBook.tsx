// The rows behind one sum of a day, page by page.
import { listBook } from '../actions/listBook';
import { besideNames, bookNames, type BesideName, type BookName, type BookRow } from '../domain/dayBook';
import { Problem } from '../problems';
import { say } from './counterLabels';
import { bookAddress, dayAddress, dayPlaceIn } from './dayPlace';
import { inDate, inDateTime, inDong } from './format';
import type { Label } from './labels';
import { OfficerPage } from './layout';
import { addressOf } from './parts';
import { askedText } from './query';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

const pageSize = 100;

export async function showBook(visit: OfficerVisit): Promise<Shown> {
  const { ctx, req, actor, t } = visit;
  const place = dayPlaceIn(visit);
  const book = [...bookNames, ...besideNames].find((name) => name === req.params['book']);
  if (!book) throw new Problem('request_invalid', 'book');
  const found = await listBook(ctx, { actor, ...place, book }, pageSize + 1, askedText(req, 'after'));
  const rows = found.slice(0, pageSize);
  const next = found.length > pageSize ? rows.at(-1)?.id : undefined;
  const title = say(t('dayBookTitle'), { book: t(`closeBook_${book}`), day: inDate(place.day) });
  return (
    <OfficerPage visit={visit} title={title} unit={await unitOf(visit)} look="days">
      <link rel="stylesheet" href="/assets/days.css" />
      <p>
        <a href={dayAddress(place)} data-key="Escape" safe>
          {say(t('dayToList'), { day: inDate(place.day) })}
        </a>
      </p>
      <h1 safe>{title}</h1>
      {rows.length === 0 ? (
        <p class="empty" safe>
          {t('dayBookNone')}
        </p>
      ) : (
        <Rows rows={rows} book={book} visit={visit} />
      )}
      {next ? (
        <p class="row pages">
          <a class="button" href={addressOf(bookAddress(place, book), { after: next })} safe>
            {t('nextPage')}
          </a>
        </p>
      ) : (
        ''
      )}
    </OfficerPage>
  );
}

type AnyBook = BookName | BesideName;

/** What the time of a row is, in a book that is not of the bank's movements. */
const ownTimes: Readonly<Partial<Record<AnyBook, Label>>> = {
  owed: 'dayPaidAt',
  paid: 'dayPaidAt',
  receipted: 'dayIssued',
  remitted: 'dayExplainedAt',
  refunded: 'dayExplainedAt',
  apart: 'dayExplainedAt',
  unpaid: 'dayIssued',
  cash: 'dayPaidAt',
  gateways: 'dayPaidAt',
};

const Rows = ({ rows, book, visit: { t } }: { rows: readonly BookRow[]; book: AnyBook; visit: OfficerVisit }): JSX.Element => (
  <table class="cards">
    <thead>
      <tr>
        <th class="amount" safe>
          {t('amount')}
        </th>
        <th safe>{t(ownTimes[book] ?? 'bankTime')}</th>
        <th safe>{t('dayBookName')}</th>
        <th safe>{t('dayWhat')}</th>
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => {
        const href = rowAddress(book, row);
        return (
          <tr>
            <td class="amount" data-label={t('amount')}>
              {href ? (
                <a href={href} data-row safe>
                  {inDong(row.amount)}
                </a>
              ) : (
                <span safe>{inDong(row.amount)}</span>
              )}
            </td>
            <td class="nowrap" data-label={t(ownTimes[book] ?? 'bankTime')} safe>
              {inDateTime(row.at)}
            </td>
            <td class="break" data-label={t('dayBookName')} safe>
              {row.name ?? ''}
            </td>
            <td class="break" data-label={t('dayWhat')} safe>
              {row.content ?? ''}
            </td>
          </tr>
        );
      })}
    </tbody>
  </table>
);

/** A held line leads to its decision. */
function rowAddress(book: AnyBook, { id, name, transactionId, fileId, obligationId }: BookRow): string | undefined {
  if (book === 'owed' || book === 'paid' || book === 'unpaid') return `/obligations/${id}`;
  if (obligationId) return `/obligations/${obligationId}`;
  if (book === 'receipted') return name ? `/receipts/${name}` : undefined;
  if (transactionId) return `/transactions/${transactionId}`;
  return fileId ? `/statements/${fileId}#held` : undefined;
}
