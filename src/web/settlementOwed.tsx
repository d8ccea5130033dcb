// What gateways still have of ours: each with its sum and since when, and the payments behind it.
import { listUnsettled, type Owed, type UnsettledPayment } from '../actions/seeSettlements';
import { settlementProviders } from '../domain/settlement';
import { dayOf } from '../domain/time';
import { Problem } from '../problems';
import { say } from './counterLabels';
import { inDate, inDateTime, inDong } from './format';
import type { Translate } from './labels';
import { OfficerPage } from './layout';
import { providerWord } from './providerWords';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

const mostUnsettled = 500;

export const OwedList = ({ owed, t }: { owed: readonly Owed[]; t: Translate }): JSX.Element => (
  <section class="owed">
    <h2 safe>{t('owedTitle')}</h2>
    {owed.length === 0 ? (
      <p class="empty good" safe>
        {t('owedNone')}
      </p>
    ) : (
      <ul class="plain">
        {owed.map((one) => (
          <li>
            <span class="owed-gateway" safe>
              {providerWord(one.provider, t)}
            </span>
            <a class="sum" href={`/settlements/owed/${one.provider}`} safe>
              {inDong(one.sum)}
            </a>
            {one.since ? (
              <span class="muted" safe>
                {say(t('owedSince'), { day: inDate(dayOf(one.since)), count: String(one.count) })}
              </span>
            ) : (
              ''
            )}
            {one.booked && !one.booked.equals(one.sum) ? (
              <span class="care" safe>
                {`${say(t('owedBooked'), { amount: inDong(one.booked) })}, ${say(t('owedDiffers'), { amount: inDong(one.booked.minus(one.sum)) })}`}
              </span>
            ) : (
              ''
            )}
          </li>
        ))}
      </ul>
    )}
  </section>
);

/** The payments of which a gateway still has the money, the oldest first. */
export async function showOwed(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, req, t } = visit;
  const provider = settlementProviders.find((one) => one === req.params['provider']);
  if (!provider) throw new Problem('route_unknown');
  const payments = await listUnsettled(ctx, actor, provider, mostUnsettled);
  const title = say(t('owedPayments'), { gateway: providerWord(provider, t) });
  return (
    <OfficerPage visit={visit} title={title} unit={await unitOf(visit)} look="settlements">
      <link rel="stylesheet" href="/assets/settlements.css" />
      <p>
        <a href="/settlements" safe>
          {t('settlements')}
        </a>
      </p>
      <h1 safe>{title}</h1>
      {payments.length === 0 ? (
        <p class="empty good" safe>
          {t('owedNone')}
        </p>
      ) : (
        <Unsettled payments={payments} t={t} />
      )}
    </OfficerPage>
  );
}

const Unsettled = ({ payments, t }: { payments: readonly UnsettledPayment[]; t: Translate }): JSX.Element => (
  <table class="cards">
    <thead>
      <tr>
        <th class="amount" safe>
          {t('amount')}
        </th>
        <th safe>{t('settlementDay')}</th>
        <th safe>{t('settlementNumber')}</th>
        <th safe>{t('settlementState')}</th>
      </tr>
    </thead>
    <tbody>
      {payments.map((payment, place) => (
        <tr>
          <td class="amount" data-label={t('amount')}>
            <a href={`/transactions/${payment.id}`} data-row data-first={place === 0} safe>
              {inDong(payment.amount)}
            </a>
          </td>
          <td class="nowrap" data-label={t('settlementDay')} safe>
            {inDateTime(payment.bankTime)}
          </td>
          <td class="break" data-label={t('settlementNumber')} safe>
            {payment.providerId}
          </td>
          <td data-label={t('settlementState')}>
            {payment.settlementId === undefined ? (
              <span safe>{t('owedUnlisted')}</span>
            ) : (
              <a href={`/settlements/${payment.settlementId}`} safe>
                {t('owedListed')}
              </a>
            )}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
