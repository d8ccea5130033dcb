// The public page of a receipt: whether it is genuine, and what it says of money; never of persons.
import { lookUpReceipt, type PublicReceipt } from '../actions/lookUpReceipt';
import { amountInWords } from '../domain/amountInWords';
import { plainLookupCode } from '../domain/lookupCode';
import { receiptNameOf } from '../domain/receiptName';
import { receiptTitles } from '../domain/receiptWords';
import { Problem, refusals } from '../problems';
import { inDate, inDateTime, inDong } from './format';
import type { Translate } from './labels';
import { LanguageSwitch, Page } from './layout';
import { askedText } from './query';
import { ReceiptState, type ReceiptLook } from './receiptParts';
import type { Shown, Visit } from './screen';
import { Facts, type NamedFact } from './parts';

/** Where a code is typed; `?code=` leads to the page of that receipt. */
export async function showLookupForm(visit: Visit): Promise<Shown> {
  const code = askedText(visit.req, 'code');
  return code === undefined ? lookupPage(visit) : { redirect: `/receipt/${encodeURIComponent(plainLookupCode(code))}` };
}

/** Where there is none, the code may be typed again on the spot. */
export async function showPublicReceipt(visit: Visit): Promise<Shown> {
  try {
    const receipt = await lookUpReceipt(visit.ctx, String(visit.req.params['code']));
    return lookupPage(visit, <Found visit={visit} receipt={receipt} />);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'receipt_unknown') throw error;
    visit.res.status(error.status);
    return lookupPage(visit, <NotFound words={refusals.receipt_unknown[visit.language]} />);
  }
}

const NotFound = ({ words }: { words: string }): JSX.Element => (
  <p class="refusal refusal-what" role="alert" safe>
    {words}
  </p>
);

/** The page with what was found out on top of it. */
export const lookupPage = (visit: Visit, safeFound?: JSX.Element): JSX.Element => (
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
      <FileForm t={visit.t} />
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

const FileForm = ({ t }: { t: Translate }): JSX.Element => (
  <form method="post" action="/receipt" enctype="multipart/form-data" class="stack">
    <h2 safe>{t('checkFile')}</h2>
    <label>
      <span safe>{t('receiptFile')}</span>
      <input type="file" name="file" accept=".xml,application/xml,text/xml" required />
      <span class="field-hint" safe>
        {t('receiptFileHint')}
      </span>
    </label>
    <button safe>{t('checkFile')}</button>
  </form>
);

const Lines = ({ receipt: { lines, total } }: { receipt: PublicReceipt }): JSX.Element => (
  <table lang="vi">
    <tbody>
      {lines.map((line) => (
        <tr>
          <td class="fee" safe>
            {line.quantity === 1 ? line.name : `${line.name} × ${String(line.quantity)}`}
          </td>
          <td class="amount" safe>
            {inDong(line.amount)}
          </td>
        </tr>
      ))}
    </tbody>
    <tfoot>
      <tr>
        <td colspan={2} safe>{`Bằng chữ: ${amountInWords(total)}`}</td>
      </tr>
    </tfoot>
  </table>
);

const Files = ({ code, t }: { code: string; t: Translate }): JSX.Element => (
  <p class="row">
    <a class="button" href={`/receipt/${code}/pdf`} safe>
      {t('receiptPdf')}
    </a>
    <a class="button" href={`/receipt/${code}/xml`} safe>
      {t('receiptXml')}
    </a>
  </p>
);

/** The words of what was tried out say so first. */
function verdictWords({ verdict, signature }: PublicReceipt, t: Translate): { look: ReceiptLook; label: string } {
  const isTried = signature?.certificate.isDemo === true && (verdict === 'issued' || verdict === 'in_error' || verdict === 'replaced');
  if (!isTried) return { look: verdict, label: t(`verdict_${verdict}`) };
  return { look: verdict === 'issued' ? 'tried' : verdict, label: t(`tried_${verdict}`) };
}

function Found({ visit: { ctx, req, t }, receipt }: { visit: Visit; receipt: PublicReceipt }): JSX.Element {
  const { signature } = receipt;
  const { look, label: words } = verdictWords(receipt, t);
  const facts: readonly NamedFact[] = [
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
        <ReceiptState look={look} label={words} big />
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
      <Lines receipt={receipt} />
      {signature ? <Files code={plainLookupCode(String(req.params['code']))} t={t} /> : ''}
      <Facts facts={facts} />
      <p class="small muted" safe>{`${t('verifiedOn')} ${inDateTime(ctx.now())}`}</p>
    </section>
  );
}
