// One payout of a gateway: gross, fee and net, every line beside our own payment, what differs, and which credit of the bank it is.
import { seeSettlement, type SeenSettlement } from '../actions/seeSettlements';
import { settlePayout } from '../actions/settlePayouts';
import { can } from '../domain/role';
import type { Transaction } from '../domain/transaction';
import { Problem, refusals } from '../problems';
import { say } from './counterLabels';
import { emptyForm, type FormState } from './formFields';
import { inDate, inDateTime, inDong } from './format';
import type { Translate } from './labels';
import { FormToken, OfficerPage } from './layout';
import { Facts } from './parts';
import { providerWord } from './providerWords';
import { askedText } from './query';
import type { Fields, OfficerVisit, Shown } from './screen';
import { Refused } from './cashParts';
import { WithoutMoney } from './settlementCarry';
import { Lines, mostLines } from './settlementLines';
import { Kept, MoneyState } from './settlements';
import { unitOf } from './unit';

const longestReason = 200;
const shortestReason = 3;

export const showSettlement = (visit: OfficerVisit): Promise<Shown> => page(visit, emptyForm);

export async function takePayoutDecision(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const { ctx, actor, req, res, t, language } = visit;
  const settlementId = String(req.params['id']);
  const { reason = '', transactionId = '' } = sent;
  if (reason.length < shortestReason || reason.length > longestReason) {
    res.status(400);
    return page(visit, { values: sent, errors: { reason: t(reason.length < shortestReason ? 'reasonShort' : 'fieldTooLong') } });
  }
  try {
    await settlePayout(ctx, { actor, settlementId, transactionId, reason, isRestCharge: sent['rest'] === 'charge' });
  } catch (error) {
    if (!(error instanceof Problem) || ['bug', 'role_insufficient', 'settlement_unknown'].includes(error.code)) throw error;
    res.status(error.status);
    return page(visit, { values: sent, errors: { transactionId: refusals[error.code][language] } });
  }
  return { redirect: `/settlements/${settlementId}` };
}

async function page(visit: OfficerVisit, form: FormState): Promise<Shown> {
  const { ctx, actor, req, t } = visit;
  const seen = await seeSettlement(ctx, actor, String(req.params['id']));
  const { settlement } = seen;
  const isShort = req.method === 'GET' && askedText(req, 'only') === 'differences';
  return (
    <OfficerPage
      visit={visit}
      title={say(t('settlementOf'), { payout: settlement.payoutId })}
      unit={await unitOf(visit)}
      look="settlements"
    >
      <link rel="stylesheet" href="/assets/settlements.css" />
      <p>
        <a href="/settlements" safe>
          {t('settlements')}
        </a>
      </p>
      {req.method === 'GET' ? <Kept visit={visit} /> : ''}
      <Refused visit={visit} />
      <div class="row head">
        <h1 class="break grow" safe>
          {`${providerWord(settlement.provider, t)} ${settlement.payoutId}`}
        </h1>
        <MoneyState listed={seen} t={t} />
      </div>
      <Sums seen={seen} t={t} />
      {seen.arrived ? (
        <Arrived movement={seen.arrived} t={t} />
      ) : seen.totals.net.isPositive() ? (
        <Matching visit={visit} seen={seen} form={form} />
      ) : (
        <WithoutMoney visit={visit} seen={seen} />
      )}
      <Rejected seen={seen} t={t} />
      <Lines seen={seen} isShort={isShort} t={t} />
    </OfficerPage>
  );
}

function Sums({ seen: { settlement, totals, file }, t }: { seen: SeenSettlement; t: Translate }): JSX.Element {
  const apart = settlement.stated?.minus(totals.net);
  return (
    <section>
      <p class="equation">
        <span>
          <strong safe>{inDong(totals.gross)}</strong> <span safe>{t('settlementGross')}</span>
        </span>
        <span aria-hidden="true">−</span>
        <span>
          <strong safe>{inDong(totals.fee)}</strong> <span safe>{t('settlementFee')}</span>
        </span>
        <span aria-hidden="true">=</span>
        <span>
          <strong safe>{inDong(totals.net)}</strong> <span safe>{t('settlementNet')}</span>
        </span>
      </p>
      {apart && !apart.isZero() ? (
        <p class="refusal refusal-what" role="alert" safe>
          {say(t('settlementStatedDiffers'), { amount: inDong(apart) })}
        </p>
      ) : (
        ''
      )}
      <Facts
        facts={[
          [t('settlementDay'), inDate(settlement.day)],
          [t('settlementStated'), settlement.stated && inDong(settlement.stated)],
          [t('settlementFrom'), `${file.name}, ${inDateTime(file.keptAt)}`],
        ]}
      />
    </section>
  );
}

const Arrived = ({ movement: { id, direction, amount, bankTime }, t }: { movement: Transaction; t: Translate }): JSX.Element => (
  <p>
    <span safe>{`${t(direction === 'out' ? 'settlementDebitedBy' : 'settlementArrivedWith')}: `}</span>
    <a href={`/transactions/${id}`} safe>
      {`${inDong(amount)}, ${inDateTime(bankTime)}`}
    </a>{' '}
    <span class="muted" safe>
      {t('settlementUndoHint')}
    </span>
  </p>
);

function Matching({ visit, seen, form }: { visit: OfficerVisit; seen: SeenSettlement; form: FormState }): JSX.Element {
  const { t, actor } = visit;
  return (
    <section class="matching">
      <h2 safe>{t('settlementMatchTitle')}</h2>
      <p class="muted lead" safe>
        {t('settlementMatchHint')}
      </p>
      {seen.suggested.length === 0 ? (
        <p class="empty" safe>
          {t('settlementNoSuggestion')}
        </p>
      ) : (
        <ul class="plain">
          {seen.suggested.map(({ credit, by }) => (
            <li>
              <a href={`/transactions/${credit.id}`} safe>
                {inDong(credit.unapplied)}
              </a>{' '}
              <span safe>{`${inDateTime(credit.bankTime)} · ${credit.content}`}</span>{' '}
              <span class="muted" safe>
                {t(`settlementSuggested_${by}`)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {can(actor, 'resolve') ? <MatchForm visit={visit} seen={seen} form={form} /> : ''}
    </section>
  );
}

function MatchForm({ visit: { t, formToken }, seen, form }: { visit: OfficerVisit; seen: SeenSettlement; form: FormState }): JSX.Element {
  const { values, errors } = form;
  const wrong = Object.values(errors)[0];
  return (
    <form method="post" action={`/settlements/${seen.settlement.id}`} class="settlement-take">
      <FormToken token={formToken} />
      {wrong ? (
        <p class="refusal refusal-what" role="alert" safe>
          {wrong}
        </p>
      ) : (
        ''
      )}
      <label>
        <span safe>{t('settlementTransaction')}</span>
        <input
          name="transactionId"
          required
          maxlength="40"
          autocomplete="off"
          value={values['transactionId'] ?? seen.suggested[0]?.credit.id ?? ''}
        />
      </label>
      <label>
        <span safe>{t('settlementReason')}</span>
        <input name="reason" required minlength={shortestReason} maxlength={longestReason} value={values['reason'] ?? ''} />
      </label>
      <label class="check">
        <input type="checkbox" name="rest" value="charge" checked={values['rest'] === 'charge'} /> <span safe>{t('settlementRest')}</span>
      </label>
      <button class="primary" data-key="Enter" safe>
        {t('settlementTake')}
      </button>
    </form>
  );
}

const Rejected = ({ seen: { file }, t }: { seen: SeenSettlement; t: Translate }): JSX.Element =>
  file.rejected.length === 0 ? (
    <></>
  ) : (
    <details class="care" open>
      <summary safe>{say(t('settlementRejected'), { count: String(file.rejected.length) })}</summary>
      <ul class="plain">
        {file.rejected.slice(0, mostLines).map(({ row, why }) => (
          <li safe>{say(t('settlementRow'), { row: String(row), why: t(`settlementFault_${why}`) })}</li>
        ))}
      </ul>
    </details>
  );
