// The 80 mm slip of an obligation: what is owed, how to pay it, and where it stands; for the payer's hand, not a receipt.
import { seeObligation, type SeenPayment } from '../actions/seeObligation';
import { payPageOf } from '../actions/sharePayPage';
import type { FeeItem } from '../domain/obligation';
import { outstandingOf } from '../domain/obligation';
import { say } from './counterLabels';
import { inDateTime, inDong } from './format';
import { Page } from './layout';
import { panelFacts, type PanelFacts } from './panelFacts';
import { qrSvg } from './qr';
import type { OfficerVisit, Shown } from './screen';

/** `?print` opens the print dialogue at once. */
export async function showSlip(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, req, t } = visit;
  const { obligation, dossier, payments } = await seeObligation(ctx, actor, String(req.params['id']));
  const facts = await panelFacts(visit, obligation);
  const { agencies } = ctx.store.tables;
  const agency = (await agencies.list()).find((known) => known.code === obligation.agencyCode);
  const counter = obligation.counterId ? await agencies.findCounter(obligation.counterId) : undefined;
  return (
    <Page visit={visit} title={`${t('slipTitle')} ${obligation.reference}`} look="slip">
      <link rel="stylesheet" href="/assets/slip.css" />
      <main data-print={req.query['print'] !== undefined}>
        <header>
          <p class="slip-unit" safe>
            {agency?.name ?? obligation.agencyCode}
          </p>
          {counter ? <p safe>{counter.name}</p> : ''}
          <h1 safe>{t('slipTitle')}</h1>
          <p safe>{`${t('dossierCode')}: ${dossier.code}`}</p>
          <p safe>{dossier.applicantName}</p>
        </header>
        <SlipLines visit={visit} facts={facts} />
        <SlipState visit={visit} facts={facts} />
        <SlipPayments visit={visit} payments={payments} />
        <SlipOffer visit={visit} facts={facts} page={await payPageOf(ctx, ctx.store.tables, obligation.reference)} />
        <footer>
          <p safe>{t('slipNoReceipt')}</p>
          <p safe>{`${t('printedAt')} ${inDateTime(facts.now)} · ${t('printedBy')}: ${actor.name}`}</p>
        </footer>
      </main>
    </Page>
  );
}

interface SlipParts {
  visit: OfficerVisit;
  facts: PanelFacts;
}

function SlipLines({ visit: { t }, facts: { obligation, status } }: SlipParts): JSX.Element {
  const isPart = status === 'part_paid';
  return (
    <table>
      <tbody>
        {obligation.feeItems.map((item) => (
          <SlipLine item={item} basis={t('legalBasis')} />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th safe>{t('total')}</th>
          <td class="amount" safe>
            {inDong(obligation.due)}
          </td>
        </tr>
        {isPart ? (
          <tr>
            <th safe>{t('outstanding')}</th>
            <td class="amount" safe>
              {inDong(outstandingOf(obligation))}
            </td>
          </tr>
        ) : (
          ''
        )}
      </tfoot>
    </table>
  );
}

function SlipLine({ item, basis }: { item: FeeItem; basis: string }): JSX.Element {
  return (
    <>
      <tr class="slip-line">
        <td safe>{item.name}</td>
        <td class="amount" safe>
          {inDong(item.amount)}
        </td>
      </tr>
      <tr>
        <td colspan="2" class="slip-small">
          <p safe>{item.trace.join(' · ')}</p>
          <p safe>{`${basis}: ${item.legalBasis.join('; ')}`}</p>
        </td>
      </tr>
    </>
  );
}

function SlipState({ visit: { t }, facts: { obligation, status } }: SlipParts): JSX.Element {
  const words = { part_paid: { amount: inDong(outstandingOf(obligation)) }, overpaid: { amount: inDong(obligation.excess) } };
  const text =
    status === 'part_paid'
      ? say(t('partPaid'), words.part_paid)
      : status === 'overpaid'
        ? `${t('status_paid')}. ${say(t('overpaid'), words.overpaid)}`
        : t(`status_${status}`);
  return (
    <p class="slip-state">
      <span class={`state state-${status}`} safe>
        {text}
      </span>
    </p>
  );
}

/** How and when it was paid, with the bank's reference: what a citizen needs to ask for the money later. */
function SlipPayments({ visit: { t }, payments }: { visit: SlipParts['visit']; payments: readonly SeenPayment[] }): JSX.Element {
  return (
    <>
      {payments.map(({ amount, excess, paidAt, method, transaction }) => (
        <p class="slip-small" safe>
          {[inDong(amount.plus(excess)), t(`method_${method}`), inDateTime(paidAt), transaction?.bankReference].filter(Boolean).join(' · ')}
        </p>
      ))}
    </>
  );
}

/** The citizen's page, where the receipt is. */
function SlipPage({ t, page }: { t: SlipParts['visit']['t']; page: string }): JSX.Element {
  const safeQr = qrSvg(page);
  return (
    <section>
      <div class="slip-qr">{safeQr}</div>
      <p class="slip-small" safe>
        {t('slipReceipt')}
      </p>
    </section>
  );
}

/** Only a code that is for exactly what is outstanding, and has not expired; in its place the citizen's page, never both. */
function SlipOffer({ visit: { t }, facts, page }: SlipParts & { page: string }): JSX.Element {
  const { obligation, isPayable, offer, request, account, bankName } = facts;
  if (!isPayable || offer !== 'open' || !request || !account) return obligation.cancelled ? <></> : <SlipPage t={t} page={page} />;
  const safeQr = qrSvg(request.payload);
  return (
    <section>
      <div class="slip-qr">{safeQr}</div>
      <p class="slip-sum" safe>
        {inDong(request.amount)}
      </p>
      <dl>
        <dt safe>{t('bank')}</dt>
        <dd safe>{bankName}</dd>
        <dt safe>{t('accountNumber')}</dt>
        <dd safe>{account.accountNumber}</dd>
        <dt safe>{t('accountName')}</dt>
        <dd safe>{account.accountName}</dd>
        <dt safe>{t('content')}</dt>
        <dd>
          <strong safe>{obligation.reference}</strong>
        </dd>
      </dl>
      <p class="slip-small" safe>
        {t('slipScan')}
      </p>
      <p class="slip-small" safe>
        {say(t('slipUntil'), { time: inDateTime(request.expiresAt) })}
      </p>
    </section>
  );
}
