// A payout that pays nothing: in which other one of its gateway it is set off, and the way to say so or to take that back.
import { carryPayout, takePayoutBack } from '../actions/carryPayout';
import type { SeenSettlement } from '../actions/seeSettlements';
import { can } from '../domain/role';
import { ActForm, actedOn, idIn } from './cashParts';
import { demandReason } from './depositActs';
import { inDate, inDateTime } from './format';
import type { Fields, OfficerVisit, Shown } from './screen';

export function takeCarry(visit: OfficerVisit, { into = '', reason = '' }: Fields): Promise<Shown> {
  const { ctx, actor, req } = visit;
  const settlementId = idIn(visit);
  const page = `/settlements/${settlementId}`;
  return actedOn(async () => {
    demandReason(reason);
    if (req.path.endsWith('/carry-back')) await takePayoutBack(ctx, { actor, settlementId, reason });
    else await carryPayout(ctx, { actor, settlementId, into, reason });
    return page;
  }, page);
}

export function WithoutMoney({ visit, seen }: { visit: OfficerVisit; seen: SeenSettlement }): JSX.Element {
  const { t, actor } = visit;
  const { settlement, carried, mayStandIn } = seen;
  const mayDecide = can(actor, 'resolve');
  if (carried) {
    return (
      <section class="matching">
        <p>
          <span safe>{`${t('carriedInto')} `}</span>
          <a href={`/settlements/${carried.into.id}`} safe>
            {carried.into.payoutId}
          </a>
          <span class="muted" safe>{` · ${carried.said.name} · ${inDateTime(carried.said.keptAt)}`}</span>
        </p>
        {mayDecide ? (
          <ActForm
            visit={visit}
            action={`/settlements/${settlement.id}/carry-back`}
            label={t('carryBack')}
            reason={t('settlementReason')}
          />
        ) : (
          ''
        )}
      </section>
    );
  }
  return (
    <section class="matching">
      <h2 safe>{t('carryTitle')}</h2>
      <p class="muted lead" safe>
        {t('carryHint')}
      </p>
      {mayStandIn.length === 0 ? (
        <p class="empty" safe>
          {t('carryNone')}
        </p>
      ) : mayDecide ? (
        <ActForm visit={visit} action={`/settlements/${settlement.id}/carry`} label={t('carry')} reason={t('settlementReason')} isPrimary>
          <label>
            <span safe>{t('carryInto')}</span>
            <select name="into" required>
              {mayStandIn.map(({ id, payoutId, day }) => (
                <option value={id} safe>
                  {`${payoutId} · ${inDate(day)}`}
                </option>
              ))}
            </select>
          </label>
        </ActForm>
      ) : (
        ''
      )}
    </section>
  );
}
