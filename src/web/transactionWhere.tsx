// Where the money of a transaction is: a row for each place, adding up to what came.
import type { Children } from '@kitajs/html';
import { netBySource } from '../domain/allocation';
import { sumOf, type Money } from '../domain/money';
import { can } from '../domain/role';
import { explainingActions, standingAmong, type ApartAction, type Resolution } from '../domain/resolution';
import { say } from './counterLabels';
import { inDateTime, inDong } from './format';
import type { Label } from './labels';
import { ObligationLink } from './parts';
import { RefundStateWords } from './refundParts';
import { signedAs } from './signedAs';
import type { TransactionView } from './transactionView';

interface Given {
  view: TransactionView;
}

export function WhereMoneyIs({ view }: Given): JSX.Element {
  const { visit, transaction, money } = view;
  const { t } = visit;
  return (
    <section class="where">
      <h2 safe>{t('whereMoneyIs')}</h2>
      <table class="cards">
        <thead>
          <tr>
            <th safe>{t('place')}</th>
            <th safe>{t('decidedBy')}</th>
            <th class="amount" safe>
              {t('amount')}
            </th>
          </tr>
        </thead>
        <tbody id="applied">
          <InObligations view={view} />
        </tbody>
        <tbody id="toRefund">
          <Apart view={view} action="refund" place="backToPayer" />
        </tbody>
        <tbody id="notOurs">
          <Apart view={view} action="not_ours" place="notOursPlace" />
        </tbody>
        <tbody id="explained">
          {explainingActions.map((action) => (
            <Apart view={view} action={action} place={`place_${action}`} />
          ))}
        </tbody>
        <tbody id="unapplied">{money.unapplied.isZero() ? '' : <Unplaced view={view} />}</tbody>
        <tfoot id="amount">
          <tr>
            <td colspan={2} class="name" safe>
              {t('total')}
            </td>
            <td class="amount" data-label={t('amount')} safe>
              {inDong(transaction.amount)}
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

/** A row for each obligation that took some of it. */
function InObligations({ view }: Given): JSX.Element {
  const standing = standingAmong(view.resolutions);
  return (
    <>
      {netBySource(view.allocations)
        .filter(({ amount }) => amount.isPositive())
        .map(({ obligationId, amount }) => {
          const decisions = standing.filter((one) => one.obligationId === obligationId);
          const isMatched = sumOf(decisions.map((one) => one.amount)).compare(amount) < 0;
          return (
            <Row view={view} amount={amount} decisions={decisions} isMatched={isMatched}>
              <ObligationName view={view} id={obligationId} />
            </Row>
          );
        })}
    </>
  );
}

function Apart({ view, action, place }: Given & { action: ApartAction; place: Label }): JSX.Element {
  return (
    <>
      {standingAmong(view.resolutions)
        .filter((one) => one.action === action)
        .map((decision) => (
          <Row view={view} amount={decision.amount} decisions={[decision]}>
            <span safe>{view.visit.t(place)}</span>
            <RefundOf view={view} decision={decision} />
          </Row>
        ))}
    </>
  );
}

/** How far it is on its way back, for those who see refunds. */
function RefundOf({ view: { refunds, visit }, decision }: Given & { decision: Resolution }): JSX.Element {
  const refund = refunds.find(({ resolutionId }) => resolutionId === decision.id);
  if (!refund || !can(visit.actor, 'see_finance')) return <></>;
  return (
    <a class="block" href={`/refunds/${refund.id}`}>
      <RefundStateWords state={refund.state} t={visit.t} />
    </a>
  );
}

function Unplaced({ view }: Given): JSX.Element {
  const { t } = view.visit;
  const excesses = netBySource(view.allocations).filter(({ excess }) => excess.isPositive());
  return (
    <Row view={view} amount={view.money.unapplied} decisions={[]} look="care">
      <span safe>{t('noPlaceYet')}</span>
      {excesses.map(({ obligationId, excess }) => (
        <span class="small muted block" safe>
          {say(t('heldAsExcess'), { amount: inDong(excess), reference: view.obligations.get(obligationId)?.reference ?? '…' })}
        </span>
      ))}
    </Row>
  );
}

interface RowGiven extends Given {
  amount: Money;
  decisions: readonly Resolution[];
  isMatched?: boolean;
  look?: string;
  children: Children;
}

const Row = ({ view, amount, decisions, isMatched, look, children }: RowGiven): JSX.Element => (
  <tr class={look}>
    <td class="fee">{children}</td>
    <td data-label={view.visit.t('decidedBy')}>
      {isMatched ? <span safe>{view.visit.t('byMatching')}</span> : ''}
      {decisions.map((decision) => (
        <span class="block" safe>
          {`${signedAs(decision.by, view.names, view.visit.t)}, ${inDateTime(decision.at)}`}
        </span>
      ))}
    </td>
    <td class="amount strong" data-label={view.visit.t('amount')} safe>
      {inDong(amount)}
    </td>
  </tr>
);

/** An obligation of this page, or that there is one out of sight. */
export function ObligationName({ view: { obligations, visit }, id }: Given & { id: string }): JSX.Element {
  const obligation = obligations.get(id);
  if (!obligation) {
    return (
      <span class="muted" safe>
        {visit.t('otherAgencyObligation')}
      </span>
    );
  }
  return (
    <>
      <ObligationLink obligation={obligation} t={visit.t} />
      <span class="small muted block" safe>
        {obligation.dossierCode}
      </span>
    </>
  );
}
