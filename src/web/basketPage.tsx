// The citizen's page of a basket: what is owed together, one QR for it, and where each of its obligations stands.
import { openBasket, type SeenBasket } from '../actions/openBasket';
import { payPageOf } from '../actions/sharePayPage';
import { sumOf, type Money } from '../domain/money';
import { isPayable, statusOf } from '../domain/obligation';
import { CitizenPage } from './citizenPage';
import { ClaimWay, toldStateOf } from './claimState';
import { say } from './counterLabels';
import { inDateTime, inDong, masked } from './format';
import { LanguageSwitch } from './layout';
import { PayState } from './payFacts';
import { ByQr, Online } from './payWays';
import type { Shown, Visit } from './screen';

interface Named {
  reference: string;
  obligationIds: readonly string[];
}

/** Where there is no script. */
const looksAgainSeconds = 15;

export async function showBasketPage(visit: Visit, { reference, obligationIds }: Named): Promise<Shown> {
  const { t } = visit;
  const basket = await openBasket(visit.ctx, reference, obligationIds);
  const safePanel = await basketPanel(visit, basket);
  return (
    <CitizenPage visit={visit} title={t('payTitle')} {...(openLegs(basket) > 0 ? { looksAgain: looksAgainSeconds } : {})}>
      <header class="pay-head">
        <p class="grow">
          <span class="pay-unit" safe>
            {basket.agency?.name ?? ''}
          </span>
          <span class="small muted block" safe>
            {t('basketTitle')}
          </span>
        </p>
        <LanguageSwitch visit={visit} />
      </header>
      {safePanel}
    </CitizenPage>
  );
}

/** The part that changes; empty, with 204, where the page shows exactly this already. */
export async function showBasketPanel(visit: Visit, { reference, obligationIds }: Named): Promise<Shown> {
  const basket = await openBasket(visit.ctx, reference, obligationIds);
  if (visit.req.query['seen'] !== lookOf(basket)) return basketPanel(visit, basket);
  visit.res.status(204);
  return '';
}

/** What was paid for all of them. */
const paidOf = ({ legs }: SeenBasket): Money => sumOf(legs.map(({ obligation }) => obligation.paid));

const openLegs = ({ legs }: SeenBasket): number => legs.filter(({ obligation }) => isPayable(obligation)).length;

/** What tells two looks of a page apart. */
const lookOf = ({ legs, qr, live, claims }: SeenBasket): string =>
  [...legs.map(({ obligation }) => obligation.version), qr?.id ?? '', live.length, claims.map(toldStateOf).join()].join('.');

async function basketPanel(visit: Visit, basket: SeenBasket): Promise<string> {
  const { ctx, t, req } = visit;
  const { legs, outstanding, account, qr } = basket;
  const open = openLegs(basket);
  const links = await Promise.all(legs.map(({ obligation }) => payPageOf(ctx, ctx.store.tables, obligation.reference)));
  return (
    <section
      id="pay"
      class={`stack pay pay-${open > 0 ? 'open' : 'paid'}`}
      data-look={lookOf(basket)}
      data-panel={`/pay/${String(req.params['token'])}/panel`}
      data-waits={open > 0}
    >
      <div class="pay-first">
        <p role="status">
          <PayState status={open > 0 ? 'open' : 'paid'} t={t} />
        </p>
        <p class="pay-label" safe>
          {say(t(open > 0 ? 'basketRest' : 'basketDone'), { open: String(open), all: String(legs.length) })}
        </p>
        <h1 class="sum" safe>
          {inDong(open > 0 ? outstanding : paidOf(basket))}
        </h1>
        <p class="small muted" safe>
          {say(t('payUpdated'), { time: inDateTime(ctx.now()) })}
        </p>
      </div>
      {qr && account ? <ByQr t={t} qr={{ ...qr, amount: outstanding }} account={account} /> : ''}
      {open > 0 ? <Online t={t} ways={basket.ways} live={basket.live} token={String(req.params['token'])} /> : ''}
      <section class="stack">
        <h2 safe>{t('basketLegs')}</h2>
        <ul class="plain pay-lines">
          {legs.map(({ obligation, dossier }, place) => (
            <li>
              <p class="pay-line">
                <a href={links[place]} safe>
                  {dossier.code}
                </a>
                <span class="amount" safe>
                  {inDong(obligation.due)}
                </span>
              </p>
              <p class="pay-line small">
                <span safe>{`${masked(dossier.applicantName)} · ${obligation.feeItems.map(({ name }) => name).join(', ')}`}</span>
                <PayState status={statusOf(obligation)} t={t} />
              </p>
            </li>
          ))}
        </ul>
        <p class="small muted" safe>
          {t('basketHint')}
        </p>
      </section>
      <ClaimWay visit={visit} claims={basket.claims} isPayable={open > 0} token={String(req.params['token'])} />
    </section>
  );
}
