// The citizen's page: what is owed, to whom and for what, every way to pay it, and that the money arrived. It works without script.
import { comeBack, namedByLink, openPayPage, payOnline, receiptOnPage, type SeenPayPage } from '../actions/openPayPage';
import { isOnlineMethod, onlineMethods, type OnlineMethod } from '../domain/onlineSession';
import { isPayable, outstandingOf, statusOf } from '../domain/obligation';
import { receiptNameOf } from '../domain/receiptName';
import { receiptStatusOf } from '../domain/receiptRecord';
import { receiptMarks } from '../domain/receiptWords';
import { addMs } from '../domain/time';
import { Problem } from '../problems';
import { inDong } from './format';
import { LanguageSwitch } from './layout';
import { showBasketPage, showBasketPanel } from './basketPage';
import { CitizenPage } from './citizenPage';
import { ClaimWay, toldStateOf } from './claimState';
import { ItsFor, Outcome, PayState, Receipts } from './payFacts';
import { PayTap } from './payTap';
import { WaysToPay } from './payWays';
import { receiptPdf } from './receiptPdf';
import type { Fields, Shown, Visit } from './screen';

/** Where there is no script. */
const waitingSeconds = 15;
/** Where something is about to happen. */
const soonSeconds = 4;

/** A receipt comes within seconds; for longer nobody is kept reloading. */
const receiptMs = 2 * 60_000;
const awaitsReceipt = ({ ctx }: Visit, { obligation: { settledAt }, receipts, notice }: SeenPayPage): boolean =>
  settledAt !== undefined && notice === undefined && addMs(settledAt, receiptMs) > ctx.now() && !receipts.some((one) => one.signedAt);

const amountLabels = {
  open: 'payAmount',
  part_paid: 'payRest',
  paid: 'payPaid',
  overpaid: 'payPaid',
  cancelled: 'payAmount',
  free: 'payAmount',
} as const;

function looksAgain(visit: Visit, page: SeenPayPage): { looksAgain?: number } {
  if (isPayable(page.obligation)) return { looksAgain: page.live.length > 0 ? soonSeconds : waitingSeconds };
  return awaitsReceipt(visit, page) ? { looksAgain: soonSeconds } : {};
}

const tokenIn = ({ req }: Visit): string => String(req.params['token']);

export async function showPayPage(visit: Visit): Promise<Shown> {
  const named = await namedByLink(visit.ctx, tokenIn(visit));
  if (named.obligationIds.length > 1) return showBasketPage(visit, named);
  const page = await openPayPage(visit.ctx, tokenIn(visit));
  const { t } = visit;
  return (
    <CitizenPage visit={visit} title={t('payTitle')} {...looksAgain(visit, page)}>
      <header class="pay-head">
        <p class="grow">
          <span class="pay-unit" safe>
            {page.agency?.name ?? ''}
          </span>
        </p>
        <LanguageSwitch visit={visit} />
      </header>
      <PayPanel visit={visit} page={page} />
    </CitizenPage>
  );
}

/** The part that changes; empty, with 204, where the page shows exactly this already. */
export async function showPayPanel(visit: Visit): Promise<Shown> {
  const named = await namedByLink(visit.ctx, tokenIn(visit));
  if (named.obligationIds.length > 1) return showBasketPanel(visit, named);
  const page = await openPayPage(visit.ctx, tokenIn(visit));
  if (visit.req.query['seen'] === lookOf(page)) {
    visit.res.status(204);
    return '';
  }
  return <PayPanel visit={visit} page={page} />;
}

/** Leads to the gateway by a page of our own: a redirect after a form would need every gateway's address in the page's policy. */
export async function takePayOnline(visit: Visit, fields: Fields): Promise<Shown> {
  const { ctx, req, t, language } = visit;
  const { redirectUrl } = await payOnline(ctx, {
    token: tokenIn(visit),
    method: methodIn(fields),
    language,
    clientAddress: req.ip ?? '127.0.0.1',
  });
  return (
    <CitizenPage visit={visit} title={t('payGoing')} goesTo={redirectUrl}>
      <h1 safe>{t('payGoing')}</h1>
      <p>
        <a class="button primary" href={redirectUrl} safe>
          {t('payGo')}
        </a>
      </p>
      <p>
        <a href={`/pay/${tokenIn(visit)}`} safe>
          {t('payBackToPage')}
        </a>
      </p>
    </CitizenPage>
  );
}

/** From a gateway: what the browser brings along is not read. */
export async function showBack(visit: Visit): Promise<Shown> {
  const token = tokenIn(visit);
  await comeBack(visit.ctx, token);
  return { redirect: `/pay/${token}` };
}

export async function showPayReceipt(visit: Visit): Promise<Shown> {
  const { ctx, req } = visit;
  const { receipt, signature, signed } = await receiptOnPage(ctx, tokenIn(visit), String(req.params['code']));
  if (!signature || !signed) throw new Problem(receipt.signedAt ? 'receipt_broken' : 'receipt_unsigned');
  const verificationUrl = `${ctx.config.publicUrl}/receipt/${signed.lookupCode}`;
  const file = await receiptPdf(signed, { verificationUrl, signature, isCopy: false, mark: receiptMarks[receiptStatusOf(receipt)] });
  return { file, type: 'application/pdf', name: `${receiptNameOf(signed)}.pdf` };
}

function methodIn({ method }: Fields): OnlineMethod {
  const known = onlineMethods.find((one) => one === method);
  if (!known || !isOnlineMethod(known)) throw new Problem('method_unavailable');
  return known;
}

/** What tells two looks of a page apart. */
const lookOf = ({ obligation, qr, live, receipts, claims }: SeenPayPage): string =>
  [
    obligation.version,
    qr?.id ?? '',
    live.length,
    receipts.map((one) => `${receiptNameOf(one.content)}${one.signedAt ? '' : '?'}`).join(),
    claims.map(toldStateOf).join(),
  ].join('.');

function PayPanel({ visit, page }: { visit: Visit; page: SeenPayPage }): JSX.Element {
  const { t } = visit;
  const { obligation } = page;
  const status = statusOf(obligation);
  const waits = isPayable(page.obligation);
  return (
    <section
      id="pay"
      class={`stack pay pay-${status}`}
      data-look={lookOf(page)}
      data-panel={`/pay/${tokenIn(visit)}/panel`}
      data-waits={waits}
    >
      <div class="pay-first">
        <p role="status">
          <PayState status={status} t={t} />
        </p>
        <p class="pay-label" safe>
          {t(amountLabels[status])}
        </p>
        <h1 class="sum" safe>
          {inDong(waits ? outstandingOf(obligation) : obligation.due)}
        </h1>
        <Outcome visit={visit} page={page} />
      </div>
      {waits ? (
        <WaysToPay visit={visit} page={page} token={tokenIn(visit)} />
      ) : (
        <>
          <Receipts visit={visit} page={page} token={tokenIn(visit)} />
          <PayTap visit={visit} page={page} token={tokenIn(visit)} />
        </>
      )}
      <ClaimWay visit={visit} claims={page.claims} isPayable={waits} token={tokenIn(visit)} />
      <ItsFor visit={visit} page={page} />
    </section>
  );
}
