// The right of the counter: what this counter issued today, money that waits to be matched, and the cashless share.
import { sightOf } from '../actions/demand';
import { isTax, statusOf, type Obligation } from '../domain/obligation';
import { percentOf } from '../domain/ratio';
import { dayOf, startOfDay } from '../domain/time';
import { say } from './counterLabels';
import { CounterShift } from './counterShift';
import { textIn, type Desk } from './desk';
import { inDong, inPercent, inTime } from './format';
import type { OfficerVisit } from './screen';

const mostRows = 200;

interface Today {
  rows: readonly Obligation[];
  unmatched: number;
  /** Obligations of today paid in full, and those among them without cash. */
  paid: number;
  cashless: number;
}

export async function CounterToday({ visit, desk }: { visit: OfficerVisit; desk: Desk }): Promise<JSX.Element> {
  const { t, req } = visit;
  const shown = encodeURIComponent(textIn(req.query['obligation']));
  const today = await todayOf(visit, desk);
  const safeShift = await CounterShift({ visit, desk });
  return (
    <section id="today" class="today stack" data-column data-refresh={`/counter/today?obligation=${shown}`} aria-label={t('today')}>
      <div class="row today-head">
        <h2 safe>{t('today')}</h2>
        <p class="small muted">
          <span safe>{desk.counter.name}</span>{' '}
          <a href="/counter/choose" safe>
            {t('otherCounter')}
          </a>
        </p>
      </div>
      {safeShift}
      <dl class="today-sums">
        <dt safe>{t('cashless')}</dt>
        <dd title={say(t('cashlessOf'), { part: String(today.cashless), whole: String(today.paid) })}>
          <strong safe>{inPercent(percentOf(today.cashless, today.paid))}</strong>{' '}
          <span class="small muted" safe>
            {`${today.cashless}/${today.paid}`}
          </span>
        </dd>
        <dt>
          <a href="/unmatched" safe>
            {t('unmatched')}
          </a>
        </dt>
        <dd>
          <a href="/unmatched" safe>
            {String(today.unmatched)}
          </a>
        </dd>
      </dl>
      {today.rows.length === 0 ? (
        <p class="small muted" safe>
          {t('todayNone')}
        </p>
      ) : (
        <TodayRows visit={visit} rows={today.rows} />
      )}
    </section>
  );
}

function TodayRows({ visit: { t, req }, rows }: { visit: OfficerVisit; rows: readonly Obligation[] }): JSX.Element {
  return (
    <div class="today-rows">
      <table class="small">
        <thead class="hidden-text">
          <tr>
            <th safe>{t('todayState')}</th>
            <th safe>{t('todayTime')}</th>
            <th safe>{t('todayDossier')}</th>
            <th safe>{t('todayAmount')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((obligation) => {
            const status = statusOf(obligation);
            const isShown = req.query['obligation'] === obligation.id;
            return (
              <tr class={isShown ? 'shown' : ''}>
                <td>
                  <span class={`state state-${status}`} title={t(`status_${status}`)}>
                    <span class="hidden-text" safe>
                      {t(`status_${status}`)}
                    </span>
                  </span>
                </td>
                <td safe>{inTime(obligation.createdAt).slice(0, 5)}</td>
                <td>
                  <a href={`/counter?obligation=${obligation.id}`} title={obligation.dossierCode} safe>
                    {sequenceOf(obligation.dossierCode)}
                  </a>
                </td>
                <td class="amount">
                  <a href={`/obligations/${obligation.id}`} title={t('details')} safe>
                    {inDong(obligation.due)}
                  </a>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const sequenceOf = (dossierCode: string): string => dossierCode.split('-').at(-1) ?? dossierCode;

async function todayOf({ ctx, actor }: OfficerVisit, { counter }: Desk): Promise<Today> {
  const { tables } = ctx.store;
  const rows = await tables.obligations.list({ counterId: counter.id, from: startOfDay(dayOf(ctx.now())) }, mostRows);
  const fees = rows.filter((obligation) => !isTax(obligation) && obligation.due.isPositive()); // as the ratios count
  const paid = fees.filter((obligation) => ['paid', 'overpaid'].includes(statusOf(obligation)));
  const payments = await tables.allocations.ofObligations(paid.map(({ id }) => id));
  const byCash = new Set(payments.filter(({ method }) => method === 'cash').map(({ obligationId }) => obligationId));
  const agencyCodes = await sightOf(tables, actor);
  const unmatched = await tables.transactions.count({ ...(agencyCodes ? { agencyCodes } : {}), states: ['unapplied'] });
  return { rows, unmatched, paid: paid.length, cashless: paid.length - byCash.size };
}
