// The satisfaction board: how citizens found paying by unit and day, and reports of transfers that are overdue. It names nobody.
import type { ListedClaim } from '../actions/listClaims';
import { seeSatisfaction, type SeenSatisfaction } from '../actions/seeSatisfaction';
import { can } from '../domain/role';
import { satisfactionChoices } from '../domain/satisfaction';
import type { TapRow } from '../domain/satisfactionBoard';
import { dayOf, daysOfMonth, type Day } from '../domain/time';
import { Problem } from '../problems';
import { Due } from './claims';
import { inDate, inDong } from './format';
import type { Label, Translate } from './labels';
import { OfficerPage } from './layout';
import { ObligationLink } from './parts';
import { askedDay } from './query';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

export async function showSatisfaction(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, req, t } = visit;
  const month = daysOfMonth(dayOf(ctx.now()).slice(0, 7));
  const [from, to] = [askedDay(req, 'from') ?? month.from, askedDay(req, 'to') ?? month.to];
  if (from > to) throw new Problem('request_invalid', 'to');
  const seen = await seeSatisfaction(ctx, actor, from, to);
  return (
    <OfficerPage visit={visit} title={t('satisfaction')} unit={await unitOf(visit)} look="satisfaction">
      <link rel="stylesheet" href="/assets/satisfaction.css" />
      <h1 safe>{t('satisfaction')}</h1>
      <p class="muted lead" safe>
        {t('satisfactionLead')}
      </p>
      <Period from={from} to={to} t={t} />
      {seen.all.taps === 0 ? (
        <p class="empty" safe>
          {t('satisfactionNone')}
        </p>
      ) : (
        <Board seen={seen} t={t} />
      )}
      <Overdue visit={visit} overdue={seen.overdue} />
    </OfficerPage>
  );
}

const Period = ({ from, to, t }: { from: Day; to: Day; t: Translate }): JSX.Element => (
  <form method="get" action="/satisfaction" class="row">
    <label>
      <span safe>{t('satisfactionFrom')}</span>
      <input type="date" name="from" value={from} required />
    </label>
    <label>
      <span safe>{t('satisfactionTo')}</span>
      <input type="date" name="to" value={to} required />
    </label>
    <button safe>{t('satisfactionShow')}</button>
  </form>
);

const Board = ({ seen, t }: { seen: SeenSatisfaction; t: Translate }): JSX.Element => (
  <>
    <Taps
      head="satisfactionByAgency"
      first="satisfactionUnit"
      rows={[seen.all, ...seen.byAgency]}
      t={t}
      nameOf={(key) => seen.agencies.get(key) ?? key}
    />
    <Taps head="satisfactionByDay" first="satisfactionDay" rows={seen.byDay} t={t} nameOf={(key) => inDate(key as Day)} />
  </>
);

interface TapsGiven {
  head: Label;
  first: Label;
  rows: readonly TapRow[];
  nameOf: (key: string) => string;
  t: Translate;
}

const Taps = ({ head, first, rows, nameOf, t }: TapsGiven): JSX.Element => (
  <section>
    <h2 safe>{t(head)}</h2>
    <table class="cards taps">
      <thead>
        <tr>
          <th safe>{t(first)}</th>
          <th class="amount" safe>
            {t('satisfactionTaps')}
          </th>
          {satisfactionChoices.map((choice) => (
            <th class="amount" safe>
              {t(`tap_${choice}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            <td data-label={t(first)} safe>
              {row.key === '' ? t('satisfactionAll') : nameOf(row.key)}
            </td>
            <td class="amount" data-label={t('satisfactionTaps')} safe>
              {String(row.taps)}
            </td>
            <Told row={row} t={t} />
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

/** So many, with their share; or that they are too few. */
const Told = ({ row: { told, taps }, t }: { row: TapRow; t: Translate }): JSX.Element =>
  told === undefined ? (
    <td colspan={satisfactionChoices.length} class="muted amount" safe>
      {t('satisfactionFew')}
    </td>
  ) : (
    <>
      {satisfactionChoices.map((choice) => (
        <td class="amount" data-label={t(`tap_${choice}`)} safe>
          {`${told[choice]} (${Math.round((told[choice] * 100) / taps)} %)`}
        </td>
      ))}
    </>
  );

const Overdue = ({ visit: { actor, ctx, t }, overdue }: { visit: OfficerVisit; overdue: readonly ListedClaim[] }): JSX.Element => (
  <section>
    <h2 safe>{overdue.length > 0 ? `${t('overdueTitle')}: ${overdue.length}` : t('overdueTitle')}</h2>
    {overdue.length === 0 ? (
      <p class="empty good" safe>
        {t('overdueNone')}
      </p>
    ) : (
      <ul class="plain overdue">
        {overdue.map(({ claim, obligation }) => (
          <li class="row">
            {can(actor, 'resolve') ? (
              <a class="strong" href={`/claims/${claim.id}`} safe>
                {inDong(claim.amount)}
              </a>
            ) : (
              <strong safe>{inDong(claim.amount)}</strong>
            )}
            <Due claim={claim} now={ctx.now()} t={t} />
            <ObligationLink obligation={obligation} t={t} />
          </li>
        ))}
      </ul>
    )}
  </section>
);
