// The public page of one procedure's fees at a unit on a day: rates, law, exemptions, examples, and a calculator by the engine that charges.
import { publishedFees, type PublishedProcedure } from '../actions/publishedFees';
import { chargeable, isByNotice, shownNameOf } from '../domain/fee';
import { exemptionGroups } from '../domain/feePreference';
import { exampleInputs, type FeePublication } from '../domain/feePublication';
import { say } from './counterLabels';
import { Calculator } from './feeCalculator';
import { rateLines } from './feeRates';
import { inDate, inDong } from './format';
import { agenciesOn, PublicPage, UnitAndDay } from './publicFees';
import {
  channelText,
  effectText,
  feeAddress,
  feesAddress,
  inputsText,
  preferenceText,
  publicationAsked,
  untilText,
  validityText,
} from './publicFeeView';
import type { Shown, Visit } from './screen';

export async function showPublicFee(visit: Visit): Promise<Shown> {
  const { ctx, req, t } = visit;
  const code = String(req.params['code']);
  const published = await publishedFees(ctx.store, code, publicationAsked(req, ctx.now()));
  const { procedure, sectorName, agency, on, fees } = published;
  const asked = { agency: agency.code, on };
  const safeSections = await Promise.all(fees.map((one) => FeeSection({ visit, published, one })));
  return (
    <PublicPage visit={visit} title={procedure.name}>
      <p class="small">
        <a href={feesAddress(asked)} safe>{`‹ ${t('feeBackToAll')}`}</a>
      </p>
      <h1 safe>{procedure.name}</h1>
      <p class="muted" safe>
        {[procedure.code, sectorName, agency.name, inDate(on)].join(' · ')}
      </p>
      <form class="fee-question no-print" action={`/fees/${encodeURIComponent(code)}`}>
        <UnitAndDay visit={visit} agencyCode={agency.code} agencies={await agenciesOn(visit, on)} on={on} />
        <button safe>{t('feeShow')}</button>
        <a class="button" href={posterAddress(procedure.code, asked)} safe>
          {t('feePoster')}
        </a>
      </form>
      {fees.length === 0 ? (
        <p class="empty" safe>
          {t('feeNoFees')}
        </p>
      ) : (
        safeSections
      )}
      <Common visit={visit} published={published} />
    </PublicPage>
  );
}

export const posterAddress = (code: string, asked: Parameters<typeof feeAddress>[1]): string =>
  feeAddress(code, asked).replace('?', '/poster?');

interface Given {
  visit: Visit;
  published: PublishedProcedure;
  one: FeePublication;
}

async function FeeSection({ visit, published, one }: Given): Promise<string> {
  const { t } = visit;
  const { fee } = one;
  return (
    <section class="fee-page" id={fee.id}>
      <h2 safe>{shownNameOf(fee)}</h2>
      <p>
        <span class="fee-kind" safe>
          {t(`kind_${fee.kind}`)}
        </span>
      </p>
      <FeeRates visit={visit} one={one} />
      <dl class="fee-facts">
        <dt safe>{t('feeCollected')}</dt>
        <dd safe>{t(`collect_${fee.collectWhen}`)}</dd>
        <dt safe>{t('legalBasis')}</dt>
        <dd safe>{fee.legalBasis.join('; ')}</dd>
        <dt safe>{t('feeInForce')}</dt>
        <dd safe>{validityText(fee, t)}</dd>
      </dl>
      <FeeExample visit={visit} one={one} />
      <FeePreferences visit={visit} one={one} fees={published.fees} />
      {one.examples.length > 0 ? await Calculator({ visit, published, one }) : ''}
    </section>
  );
}

interface OfOne {
  visit: Visit;
  one: FeePublication;
}

/** The rate, or the sentence that says why nothing may be charged. */
export function FeeRates({ visit, one: { fee } }: OfOne): JSX.Element {
  const { t } = visit;
  const answer = chargeable(fee);
  const lines = rateLines(fee.rule, visit);
  return (
    <>
      {lines.length > 0 ? (
        <table class="fee-rates">
          <caption safe>{t('feeRates')}</caption>
          <tbody>
            {lines.map(({ what, rate }) => (
              <tr>
                <th scope="row" safe>
                  {what}
                </th>
                <td class="amount" safe>
                  {rate}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        ''
      )}
      {answer.ok ? (
        ''
      ) : (
        <p class="care" safe>
          {t(isByNotice(fee) ? 'feeByNotice' : answer.why)}
        </p>
      )}
    </>
  );
}

/** What the example comes to; each channel where they differ, one line where they do not. */
export function FeeExample({ visit, one: { fee, examples } }: OfOne): JSX.Element {
  const { t } = visit;
  const [first] = examples;
  if (!first) return <></>;
  const inputs = inputsText(visit, fee, exampleInputs(fee));
  const isSame = examples.every(({ priced }) => priced.amount.equals(first.priced.amount));
  const shown = isSame ? [first] : examples;
  return (
    <div class="fee-example">
      <h3 safe>{inputs ? say(t('feeExampleOf'), { inputs }) : t('feeExample')}</h3>
      {shown.map(({ channel, priced }) => (
        <p>
          {isSame ? '' : <span safe>{`${t(`channel_${channel}`)}: `}</span>}
          <strong safe>{inDong(priced.amount)}</strong>
          <span class="small muted block" safe>
            {priced.trace.join(' · ')}
          </span>
        </p>
      ))}
    </div>
  );
}

/** `fees`: all of the page, whose groups are counted together. */
export function FeePreferences({ visit: { t }, one: { preferences }, fees }: OfOne & { fees: readonly FeePublication[] }): JSX.Element {
  const groups = exemptionGroups(fees.map(({ fee }) => fee));
  if (preferences.length === 0)
    return (
      <p class="small muted" safe>
        {t('feeNoPreferences')}
      </p>
    );
  return (
    <table class="fee-preferences">
      <caption safe>{t('feePreferences')}</caption>
      <thead>
        <tr>
          <th safe>{t('feePreferenceWho')}</th>
          <th safe>{t('feePreferenceEffect')}</th>
          <th safe>{t('feePreferenceChannel')}</th>
          <th safe>{t('feePreferenceUntil')}</th>
          <th safe>{t('legalBasis')}</th>
        </tr>
      </thead>
      <tbody>
        {preferences.map((preference) => (
          <tr>
            <td safe>{namedGroup(groups.get(preference.code), preferenceText(preference, t), t)}</td>
            <td safe>{effectText(preference, t)}</td>
            <td safe>{channelText(preference, t)}</td>
            <td safe>{untilText(preference, t)}</td>
            <td class="small" safe>
              {preference.legalBasis}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colspan="5" class="small muted" safe>
            {t('feeHighestOnly')}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

function namedGroup(group: number | undefined, words: string, t: Visit['t']): string {
  return group === undefined ? words : `${say(t('feeExemptionGroup'), { group: String(group) })}: ${words}`;
}

/** What holds for all fees of the procedure; how a tax is paid stands under the tax. */
export function Common({ visit: { t }, published: { agency, account, fees } }: Omit<Given, 'one'>): JSX.Element {
  const taxes = fees.filter(({ fee }) => isByNotice(fee));
  const hasOwn = taxes.length < fees.length;
  return (
    <section class="fee-common">
      {taxes.length > 0 && hasOwn ? <h2 safe>{t('feeOurFees')}</h2> : ''}
      <dl class="fee-facts">
        <dt safe>{t('feeUnit')}</dt>
        <dd safe>{agency.name}</dd>
        {hasOwn ? (
          <>
            <dt safe>{t('feeAccountName')}</dt>
            <dd safe>{account?.accountName ?? t('gap_account_missing')}</dd>
          </>
        ) : (
          ''
        )}
        <dt safe>{t('feeWhoPays')}</dt>
        <dd safe>{t('feeWhoPaysText')}</dd>
        {hasOwn ? (
          <>
            <dt safe>{t('feeHowToPay')}</dt>
            <dd safe>{t('feeHowToPayText')}</dd>
          </>
        ) : (
          ''
        )}
      </dl>
    </section>
  );
}
