// What a citizen finds of a dossier: each obligation with its state, what happened when, its receipts, and the way to its own page.
import type { FoundDossier, FoundObligation } from '../actions/findPayment';
import { toldTypes } from '../domain/letter';
import { outstandingOf, statusOf } from '../domain/obligation';
import { inDateTime, inDong } from './format';
import { Receipts } from './payFacts';
import { State } from './parts';
import type { Translate } from './labels';
import type { Visit } from './screen';

interface Given {
  visit: Visit;
  found: FoundDossier;
}

export const FoundHead = ({ visit: { t }, found: { dossier, agency } }: Given): JSX.Element => (
  <dl class="pay-facts">
    <dt safe>{t('findDossier')}</dt>
    <dd safe>{dossier.code}</dd>
    <dt safe>{t('payTo')}</dt>
    <dd safe>{agency?.name ?? ''}</dd>
  </dl>
);

/** The latest first: it is what the citizen came for. */
export const FoundObligations = ({ visit, found: { owed } }: Given): JSX.Element => (
  <>
    {owed.length === 0 ? <p safe>{visit.t('findNothing')}</p> : ''}
    {owed.toReversed().map((one) => (
      <One visit={visit} one={one} />
    ))}
  </>
);

function One({ visit, one }: { visit: Visit; one: FoundObligation }): JSX.Element {
  const { t } = visit;
  const { obligation, payPage } = one;
  const isPayable = outstandingOf(obligation).isPositive();
  const path = new URL(payPage).pathname;
  return (
    <section class="stack find-one">
      <p>
        <State of={obligation} t={t} />
      </p>
      <h2 class="sum" safe>
        {inDong(isPayable ? outstandingOf(obligation) : obligation.due)}
      </h2>
      <p safe>{[...new Set(obligation.feeItems.map(({ name }) => name))].join('; ')}</p>
      {statusOf(obligation) === 'cancelled' ? <p safe>{t('payCancelledHint')}</p> : ''}
      <p>
        <a class={isPayable ? 'button primary' : 'button'} href={path} safe>
          {t(isPayable ? 'findGoPay' : 'findGoPage')}
        </a>
      </p>
      <History one={one} t={t} />
      <Receipts visit={visit} page={one} token={path.replace('/pay/', '')} />
    </section>
  );
}

const History = ({ one: { happened }, t }: { one: FoundObligation; t: Translate }): JSX.Element => (
  <section>
    <h3 safe>{t('findHappened')}</h3>
    <ol class="plain find-history">
      {happened.map((event) => {
        const type = toldTypes.find((known) => known === event.type);
        return type === undefined ? (
          ''
        ) : (
          <li>
            <time datetime={event.at} safe>
              {inDateTime(event.at)}
            </time>{' '}
            <span safe>{t(`happened_${type}`)}</span>
          </li>
        );
      })}
    </ol>
  </section>
);
