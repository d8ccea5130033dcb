// One obligation, every đồng explained: its state, lines, payments, offers, entries and history.
import { explainObligation, type ExplainedObligation } from '../actions/seeObligation';
import { outstandingOf } from '../domain/obligation';
import { paymentRequestStatus } from '../domain/paymentRequest';
import { can } from '../domain/role';
import { bookNamesFor } from './bookNames';
import { Books } from './books';
import { inDateTime, inDong, inMoment } from './format';
import type { Translate } from './labels';
import { OfficerPage } from './layout';
import { FeeLines, Payments } from './obligationMoney';
import { dossierAddress, Facts, Flags, State, type NamedFact } from './parts';
import { PayPageLink } from './payLink';
import { ObligationReceipts } from './receiptParts';
import type { OfficerVisit, Shown } from './screen';
import { signedAs } from './signedAs';
import { hasNotice, Overdue, TaxDocumentFacts, TaxNoticeFacts } from './taxNoticeFacts';
import { unitOf } from './unit';

export async function showObligation(visit: OfficerVisit): Promise<Shown> {
  const { ctx, req, actor, t } = visit;
  const seen = await explainObligation(ctx, actor, String(req.params['id']));
  const { obligation, payments, takenBack, requests, entries, events } = seen;
  const around = await surroundingsOf(visit, seen);
  const safePayLink = await PayPageLink({ visit, obligation });
  const nameOf = await bookNamesFor(ctx.store.tables, { own: obligation }, t);
  return (
    <OfficerPage visit={visit} title={`${t('obligation')} ${obligation.reference}`} unit={await unitOf(visit)} look="explained">
      <header class="row head">
        <div class="grow">
          <h1 class="small muted" safe>{`${t('obligation')} · ${obligation.dossierCode}`}</h1>
          <p class="row tight">
            <State of={obligation} t={t} big />
            {hasNotice(seen) ? <Overdue seen={seen} now={ctx.now()} t={t} /> : ''}
            <Flags of={obligation.flags} t={t} />
          </p>
        </div>
        <a class="button" href={dossierAddress(obligation.dossierCode)} safe>
          {t('dossierAll')}
        </a>
        <a class="button" href={`/obligations/${obligation.id}/slip`} safe>
          {t('printSlip')}
        </a>
      </header>
      <Sums seen={seen} t={t} />
      <div class="two">
        <div class="stack wide">
          <FeeLines items={obligation.feeItems} t={t} />
          <Payments payments={payments} takenBack={takenBack} mayOpen={can(actor, 'see_transactions')} t={t} />
        </div>
        <aside class="stack wide">
          {hasNotice(seen) ? <TaxNoticeFacts seen={seen} now={ctx.now()} t={t} /> : ''}
          {hasNotice(seen) ? <TaxDocumentFacts seen={seen} t={t} /> : ''}
          {hasNotice(seen) || obligation.due.isZero() ? '' : <ObligationReceipts receipts={seen.receipts} t={t} />}
          {safePayLink}
          <Surroundings facts={around} heading={t('dossier')} />
          <Requests requests={requests} now={ctx.now()} t={t} />
          <History events={events} t={t} />
        </aside>
      </div>
      <Books entries={entries} nameOf={nameOf} nothing={t('noEntries')} t={t} />
    </OfficerPage>
  );
}

function Sums({ seen: { obligation }, t }: { seen: ExplainedObligation; t: Translate }): JSX.Element {
  const sums = [
    [t('due'), obligation.due],
    [t('paid'), obligation.paid],
    [t('outstanding'), outstandingOf(obligation)],
    [t('over'), obligation.excess],
  ] as const;
  return (
    <dl class="sums">
      {sums.map(([label, amount]) => (
        <div>
          <dt safe>{label}</dt>
          <dd safe>{inDong(amount)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The words around an obligation: whose, where, for what, by whom. */
async function surroundingsOf({ ctx, t }: OfficerVisit, { obligation, dossier }: ExplainedObligation): Promise<NamedFact[]> {
  const { agencies, procedures, officers } = ctx.store.tables;
  const agency = (await agencies.list()).find((known) => known.code === obligation.agencyCode);
  const sector = (await agencies.listSectors()).find((known) => known.code === dossier.sectorCode);
  const procedure = await procedures.find(dossier.procedureCode);
  const names = await officers.listNames();
  const counter = obligation.counterId ? await agencies.findCounter(obligation.counterId) : undefined;
  return [
    [t('dossierCode'), dossier.code],
    [t('applicant'), dossier.applicantName],
    [t('reference'), obligation.reference],
    [t('agency'), [agency?.name ?? obligation.agencyCode, counter?.name].filter(Boolean).join(' · ')],
    [t('procedure'), `${dossier.procedureCode} ${procedure?.name ?? ''}`],
    [t('sector'), sector?.name ?? dossier.sectorCode],
    [t('channel'), t(`channel_${dossier.channel}`)],
    [t('issuedAt'), inDateTime(obligation.createdAt)],
    [t('issuedBy'), signedAs(obligation.createdBy, names, t)],
    [t('cancelledBecause'), obligation.cancelled && cancelledWords(obligation.cancelled, names, t)],
  ];
}

const cancelledWords = (
  { at, by, reason }: NonNullable<ExplainedObligation['obligation']['cancelled']>,
  names: ReadonlyMap<string, string>,
  t: Translate,
): string => `${reason} (${signedAs(by, names, t)}, ${inDateTime(at)})`;

const Surroundings = ({ facts, heading }: { facts: readonly NamedFact[]; heading: string }): JSX.Element => (
  <section>
    <h2 safe>{heading}</h2>
    <Facts facts={facts} />
  </section>
);

type RequestsGiven = Pick<ExplainedObligation, 'requests'> & { now: Parameters<typeof paymentRequestStatus>[1]; t: Translate };

const Requests = ({ requests, now, t }: RequestsGiven): JSX.Element => (
  <section>
    <h2 safe>{t('requests')}</h2>
    {requests.length === 0 ? (
      <p class="muted" safe>
        {t('noRequests')}
      </p>
    ) : (
      <ul class="lines">
        {requests.map((request) => (
          <li>
            <span class="grow" safe>{`${t(`method_${request.method}`)} · ${inDateTime(request.createdAt)}`}</span>
            <span class="amount" safe>
              {inDong(request.amount)}
            </span>
            <span class="whole small muted" safe>
              {`${t(`request_${paymentRequestStatus(request, now)}`)} · ${t('expiresAt')} ${inDateTime(request.expiresAt)}`}
            </span>
          </li>
        ))}
      </ul>
    )}
  </section>
);

const History = ({ events, t }: Pick<ExplainedObligation, 'events'> & { t: Translate }): JSX.Element => (
  <section>
    <h2 safe>{t('history')}</h2>
    <ol class="timeline">
      {events.map((event) => (
        <li>
          <time class="small muted" datetime={event.at} safe>
            {inMoment(event.at)}
          </time>
          <span safe>{t(`event_${event.type}`)}</span>
        </li>
      ))}
    </ol>
  </section>
);
