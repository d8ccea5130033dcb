// The public page of a receipt: whether it is genuine, and what it says of money; never of persons.
import { lookUpReceipt, type PublicReceipt } from '../actions/lookUpReceipt';
import { plainLookupCode } from '../domain/lookupCode';
import { receiptNameOf } from '../domain/receiptName';
import { receiptTitles } from '../domain/receiptWords';
import { inDate, inDateTime, inDong } from './format';
import type { Translate } from './labels';
import { LanguageSwitch, Page } from './layout';
import { askedText } from './query';
import { ReceiptState } from './receiptParts';
import type { Shown, Visit } from './screen';

/** Where a code is typed; `?code=` leads to the page of that receipt. */
export async function showLookupForm(visit: Visit): Promise<Shown> {
  const code = askedText(visit.req, 'code');
  return code === undefined ? lookupPage(visit) : { redirect: `/receipt/${encodeURIComponent(plainLookupCode(code))}` };
}

/** Throws receipt_unknown. */
export async function showPublicReceipt(visit: Visit): Promise<Shown> {
  const receipt = await lookUpReceipt(visit.ctx, String(visit.req.params['code']));
  return lookupPage(visit, <Found visit={visit} receipt={receipt} />);
}

const lookupPage = (visit: Visit, safeFound?: JSX.Element): JSX.Element => (
  <Page visit={visit} title={visit.t('lookUpReceipt')} look="alone">
    <link rel="stylesheet" href="/assets/receipts.css" />
    <main class="card receipt-lookup">
      <header class="row">
        <h1 class="grow" safe>
          {visit.t('lookUpReceipt')}
        </h1>
        <LanguageSwitch visit={visit} />
      </header>
      {safeFound ?? ''}
      <LookupForm t={visit.t} isFirst={safeFound === undefined} />
    </main>
  </Page>
);

const LookupForm = ({ t, isFirst }: { t: Translate; isFirst: boolean }): JSX.Element => (
  <form action="/receipt" class="stack">
    <label>
      <span safe>{t('lookupCode')}</span>
      <input name="code" required maxlength={40} autocomplete="off" autocapitalize="characters" spellcheck="false" autofocus={isFirst} />
      <span class="field-hint" safe>
        {t('lookUpHint')}
      </span>
    </label>
    <button class="primary" safe>
      {t('verifyReceipt')}
    </button>
  </form>
);

function Found({ visit: { ctx, t }, receipt }: { visit: Visit; receipt: PublicReceipt }): JSX.Element {
  const { verdict, signature } = receipt;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t('receipt'), receiptTitles[receipt.kind]],
    [t('receiptNumber'), receiptNameOf(receipt)],
    [t('receiptDay'), inDate(receipt.issuedOn)],
    [t('collectingOrganisation'), receipt.organisation],
    [t('taxCode'), receipt.taxCode],
    [t('collectingUnit'), receipt.unit],
    [t('replacesReceipt'), receipt.replaces && receiptNameOf(receipt.replaces)],
    [t('replacedByReceipt'), receipt.replacedBy && receiptNameOf(receipt.replacedBy)],
    [t('receiptSigner'), signature?.certificate.signer],
    [t('receiptSignedAt'), signature && inDateTime(signature.signedAt)],
  ];
  return (
    <section class="stack">
      <p>
        <ReceiptState look={verdict} label={t(`verdict_${verdict}`)} big />
      </p>
      {signature?.certificate.isDemo ? (
        <p class="receipt-demo" safe>
          {t('demoCertificate')}
        </p>
      ) : (
        ''
      )}
      <p class="sum" safe>
        {inDong(receipt.total)}
      </p>
      <dl class="facts">
        {facts
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <>
              <dt safe>{label}</dt>
              <dd safe>{value ?? ''}</dd>
            </>
          ))}
      </dl>
      <p class="small muted" safe>{`${t('verifiedOn')} ${inDateTime(ctx.now())}`}</p>
    </section>
  );
}
