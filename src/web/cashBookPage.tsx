// The cash book of a day: counter by counter, every movement with the balance after it, and all counters together.
import { cashBook } from '../actions/cashBook';
import { zero, type Money } from '../domain/money';
import { cashMovementKinds, type CashBookRow, type CounterCashBook } from '../domain/cashBook';
import { addDays, dayOf } from '../domain/time';
import { nameIn } from './cashParts';
import { say } from './counterLabels';
import { inDate, inDong, inTime } from './format';
import type { Translate } from './labels';
import { OfficerPage } from './layout';
import { addressOf } from './parts';
import { askedDay, askedText } from './query';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

export async function showCashBook(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, req, t } = visit;
  const day = askedDay(req, 'day') ?? dayOf(ctx.now());
  const agencyCode = askedText(req, 'agency') ?? (actor.kind === 'person' ? actor.agencyCode : '');
  const book = await cashBook(ctx, actor, agencyCode, day);
  const names = await ctx.store.tables.officers.listNames();
  const to = (on: typeof day): string => addressOf('/cash-book', { day: on, agency: agencyCode });
  return (
    <OfficerPage visit={visit} title={t('cashBook')} unit={await unitOf(visit)} look="cash">
      <link rel="stylesheet" href="/assets/cash.css" />
      <div class="row head">
        <h1 class="grow" safe>
          {say(t('cashBookOf'), { day: inDate(day) })}
        </h1>
        <a class="button quiet" href={to(addDays(day, -1))} safe>
          {t('shiftsDayBefore')}
        </a>
        <a class="button quiet" href={to(addDays(day, 1))} safe>
          {t('shiftsDayAfter')}
        </a>
        <a class="button" href={addressOf('/shifts', { day, agency: agencyCode })} safe>
          {t('shifts')}
        </a>
      </div>
      {book.counters.length === 0 ? (
        <p class="empty" safe>
          {t('cashNoCounters')}
        </p>
      ) : (
        <>
          <Total total={book.total} t={t} />
          {book.counters.map((own) => (
            <CounterBook own={own} names={names} t={t} />
          ))}
        </>
      )}
    </OfficerPage>
  );
}

const Total = ({ total, t }: { total: Omit<CounterCashBook, 'counterId' | 'counterName' | 'rows'>; t: Translate }): JSX.Element => (
  <section>
    <h2 safe>{t('cashAllCounters')}</h2>
    <table class="book-sums">
      <tbody>
        <SumRow label={t('cashOpening')} amount={total.opening} />
        {cashMovementKinds
          .filter((kind) => !total.sums[kind].isZero())
          .map((kind) => (
            <SumRow label={t(`cash_${kind}`)} amount={total.sums[kind]} />
          ))}
      </tbody>
      <tfoot>
        <SumRow label={t('cashClosing')} amount={total.closing} />
      </tfoot>
    </table>
  </section>
);

const SumRow = ({ label, amount }: { label: string; amount: Money }): JSX.Element => (
  <tr>
    <td safe>{label}</td>
    <td class="amount" safe>
      {inDong(amount)}
    </td>
  </tr>
);

const CounterBook = ({ own, names, t }: { own: CounterCashBook; names: ReadonlyMap<string, string>; t: Translate }): JSX.Element => (
  <section>
    <h2 safe>{own.counterName}</h2>
    {own.rows.length === 0 ? (
      <p class="muted" safe>
        {`${t('cashNone')} ${t('cashBalance')} ${inDong(own.closing)}`}
      </p>
    ) : (
      <table class="cards">
        <thead>
          <tr>
            <th safe>{t('time')}</th>
            <th safe>{t('cashWhat')}</th>
            <th safe>{t('shiftOfficer')}</th>
            <th class="amount" safe>
              {t('cashIn')}
            </th>
            <th class="amount" safe>
              {t('cashOut')}
            </th>
            <th class="amount" safe>
              {t('cashBalance')}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td></td>
            <td safe>{t('cashOpening')}</td>
            <td></td>
            <td></td>
            <td></td>
            <td class="amount" data-label={t('cashBalance')} safe>
              {inDong(own.opening)}
            </td>
          </tr>
          {own.rows.map((row) => (
            <Row row={row} name={nameIn(names, row.by)} t={t} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td></td>
            <td safe>{t('cashClosing')}</td>
            <td></td>
            <td></td>
            <td></td>
            <td class="amount strong" data-label={t('cashBalance')} safe>
              {inDong(own.closing)}
            </td>
          </tr>
        </tfoot>
      </table>
    )}
  </section>
);

const addresses: Partial<Record<CashBookRow['kind'], (id: string) => string>> = {
  float: (id) => `/shifts/${id}`,
  difference: (id) => `/shifts/${id}`,
  deposit: (id) => `/deposits/${id}`,
  deposit_withdrawn: (id) => `/deposits/${id}`,
};

function Row({ row, name, t }: { row: CashBookRow; name: string; t: Translate }): JSX.Element {
  const [came, went] = row.amount.isPositive() ? [inDong(row.amount), ''] : ['', inDong(zero.minus(row.amount))];
  const address = row.obligationId ? `/obligations/${row.obligationId}` : addresses[row.kind]?.(row.subjectId);
  const about = [row.dossierCode, row.reference].filter(Boolean).join(' · ');
  return (
    <tr>
      <td class="nowrap" safe>
        {inTime(row.at)}
      </td>
      <td class="name">
        {address ? (
          <a href={address} safe>
            {t(`cash_${row.kind}`)}
          </a>
        ) : (
          <span safe>{t(`cash_${row.kind}`)}</span>
        )}
        <span class="small muted block" safe>
          {[row.shiftNumber === undefined ? '' : say(t('shiftNumber'), { number: String(row.shiftNumber) }), about]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </td>
      <td data-label={t('shiftOfficer')} safe>
        {name}
      </td>
      <td class="amount" data-label={t('cashIn')} safe>
        {came}
      </td>
      <td class="amount" data-label={t('cashOut')} safe>
        {went}
      </td>
      <td class="amount" data-label={t('cashBalance')} safe>
        {inDong(row.balance)}
      </td>
    </tr>
  );
}
