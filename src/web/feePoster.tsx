// The poster of a procedure's fees at a unit: one sheet to print and put up, with a code that leads to the page (Law 97/2015/QH13, article 14).
import { publishedFees } from '../actions/publishedFees';
import { shownNameOf } from '../domain/fee';
import { inDate, inDateTime } from './format';
import { Page } from './layout';
import { Common, FeeExample, FeePreferences, FeeRates, posterAddress } from './publicFee';
import { feeAddress, publicationAsked, validityText } from './publicFeeView';
import { qrSvg } from './qr';
import type { Shown, Visit } from './screen';

export async function showFeePoster(visit: Visit): Promise<Shown> {
  const { ctx, req, t } = visit;
  const published = await publishedFees(ctx.store, String(req.params['code']), publicationAsked(req, ctx.now()));
  const { procedure, sectorName, agency, on, fees } = published;
  const asked = { agency: agency.code, on };
  const address = `${ctx.config.publicUrl}/fees/${encodeURIComponent(procedure.code)}?agency=${encodeURIComponent(agency.code)}`; // without a day: what holds when it is scanned
  const safeQr = qrSvg(address);
  return (
    <Page visit={visit} title={`${t('feePosterTitle')} ${procedure.code}`} look="fee-poster">
      <link rel="stylesheet" href="/assets/publicFees.css" />
      <main id="main" data-print={req.query['print'] !== undefined}>
        <p class="no-print row">
          <a href={feeAddress(procedure.code, asked)} safe>{`‹ ${procedure.code}`}</a>
          <a class="button" href={`${posterAddress(procedure.code, asked)}&print`} safe>
            {t('feePrint')}
          </a>
        </p>
        <header>
          <div>
            <p class="poster-unit" safe>
              {agency.name}
            </p>
            <p class="poster-what" safe>
              {t('feePosterTitle')}
            </p>
            <h1 safe>{procedure.name}</h1>
            <p class="muted" safe>
              {[procedure.code, sectorName, inDate(on)].join(' · ')}
            </p>
          </div>
          <figure>
            {safeQr}
            <figcaption class="small" safe>
              {t('feeScan')}
            </figcaption>
          </figure>
        </header>
        {fees.map((one) => (
          <section class="fee-page">
            <h2 safe>{`${shownNameOf(one.fee)} (${t(`kind_${one.fee.kind}`)})`}</h2>
            <FeeRates visit={visit} one={one} />
            <FeeExample visit={visit} one={one} />
            <FeePreferences visit={visit} one={one} fees={fees} />
            <p class="small" safe>
              {`${t('legalBasis')}: ${one.fee.legalBasis.join('; ')} · ${t(`collect_${one.fee.collectWhen}`)} · ${t('feeInForce')} ${validityText(one.fee, t)}`}
            </p>
          </section>
        ))}
        {fees.length === 0 ? <p safe>{t('feeNoFees')}</p> : ''}
        <Common visit={visit} published={published} />
        <p class="small muted" safe>
          {`${t('printedAt')} ${inDateTime(ctx.now())}`}
        </p>
      </main>
    </Page>
  );
}
