// One receipt: as paper, with its files, its signature, its copies and what it replaced.
import { canPrintCopies } from '../actions/printReceipt';
import { explainReceipt, type ExplainedReceipt } from '../actions/seeReceipt';
import type { Handover } from '../domain/handover';
import { receiptNameOf } from '../domain/receiptName';
import { receiptStatusOf } from '../domain/receiptRecord';
import { receiptMarks } from '../domain/receiptWords';
import { say } from './counterLabels';
import { inDateTime } from './format';
import { emptyForm, type FormState } from './formFields';
import type { Translate } from './labels';
import { FormToken, OfficerPage } from './layout';
import { ReceiptCorrection } from './receiptCorrection';
import { ReceiptPaper } from './receiptPaper';
import { officerLookOf, PrintedBy, receiptAddress, ReceiptState } from './receiptParts';
import type { OfficerVisit, Shown } from './screen';
import { signedAs } from './signedAs';
import { unitOf } from './unit';

/** Signing takes seconds. */
const againSeconds = 4;

export const showReceipt = (visit: OfficerVisit): Promise<Shown> => receiptPage(visit, emptyForm);

/** `form`: what was sent about an error, where it was refused. */
export async function receiptPage(visit: OfficerVisit, form: FormState, refusal?: string): Promise<Shown> {
  const { t, ctx, actor, req } = visit;
  const seen = await explainReceipt(ctx, actor, String(req.params['number']));
  const { receipt, broken } = seen;
  const name = receiptNameOf(receipt.content);
  const look = broken ? 'broken' : officerLookOf(receipt);
  const names = await ctx.store.tables.officers.listNames();
  return (
    <OfficerPage visit={visit} title={`${t('receipt')} ${name}`} unit={await unitOf(visit)} look="explained">
      <link rel="stylesheet" href="/assets/receipts.css" />
      <header class="row head" id="receipt-head">
        <div class="grow">
          <h1 class="small muted" safe>{`${t('receipt')} ${name}`}</h1>
          <p>
            <ReceiptState look={look} label={t(`receipt_${look}`)} big />
          </p>
        </div>
        <Files visit={visit} seen={seen} />
      </header>
      <div class="two">
        <ReceiptPaper content={receipt.content} mark={receiptMarks[receiptStatusOf(receipt)]} />
        <aside class="stack wide">
          <ReceiptCorrection visit={visit} seen={seen} names={names} form={form} refusal={refusal} />
          <Relations seen={seen} t={t} />
          <Signature seen={seen} t={t} />
          <Delivery seen={seen} t={t} />
          <Copies seen={seen} names={names} t={t} />
        </aside>
      </div>
      <PrintedBy visit={visit} />
    </OfficerPage>
  );
}

function Files({
  visit: { actor, t, formToken },
  seen: { receipt, signature },
}: {
  visit: OfficerVisit;
  seen: ExplainedReceipt;
}): JSX.Element {
  const address = receiptAddress(receipt);
  return (
    <div class="row">
      {signature ? (
        <>
          <a class="button primary" href={`${address}/pdf`} data-key="F9">
            <kbd>F9</kbd> <span safe>{t('receiptPdf')}</span>
          </a>
          <a class="button" href={`${address}/xml`} safe>
            {t('receiptXml')}
          </a>
          {canPrintCopies(actor) ? (
            <form method="post" action={`${address}/copies`}>
              <FormToken token={formToken} />
              <button title={t('copyHint')} safe>
                {t('printCopy')}
              </button>
            </form>
          ) : (
            ''
          )}
        </>
      ) : (
        ''
      )}
      <a class="button quiet" href={`/receipt/${receipt.content.lookupCode}`} safe>
        {t('verifyPage')}
      </a>
    </div>
  );
}

interface Given {
  seen: ExplainedReceipt;
  t: Translate;
}

const Relations = ({ seen: { receipt, replaced }, t }: Given): JSX.Element => (
  <dl class="facts">
    <dt safe>{t('receiptFor')}</dt>
    <dd>
      <a href={`/obligations/${receipt.obligationId}`} safe>
        {receipt.content.reference}
      </a>
    </dd>
    {replaced ? (
      <>
        <dt safe>{t('replacesReceipt')}</dt>
        <dd>
          <a href={receiptAddress(replaced)} safe>
            {receiptNameOf(replaced.content)}
          </a>
        </dd>
      </>
    ) : (
      ''
    )}
    {receipt.replacedBy ? (
      <>
        <dt safe>{t('replacedByReceipt')}</dt>
        <dd>
          <a href={`/receipts/${receiptNameOf(receipt.replacedBy)}`} safe>
            {receiptNameOf(receipt.replacedBy)}
          </a>
        </dd>
      </>
    ) : (
      ''
    )}
  </dl>
);

/** While it waits to be signed it asks for itself now and then, beside what somebody may be typing. */
const Signature = ({ seen: { receipt, signature, broken }, t }: Given): JSX.Element => (
  <section
    id="receipt-signature"
    {...(signature || broken
      ? {}
      : {
          'hx-get': receiptAddress(receipt),
          'hx-trigger': `every ${againSeconds}s`,
          'hx-swap': 'none',
          'hx-select-oob': '#receipt-head,#receipt-signature,#receipt-delivery',
        })}
  >
    <h2 safe>{t('signatureFacts')}</h2>
    {signature ? (
      <>
        <p class="good" safe>
          {t('signatureHolds')}
        </p>
        {signature.certificate.isDemo ? (
          <p class="receipt-demo" safe>
            {t('demoCertificate')}
          </p>
        ) : (
          ''
        )}
        <dl class="facts">
          <dt safe>{t('receiptSigner')}</dt>
          <dd safe>{signature.certificate.signer}</dd>
          <dt safe>{t('receiptSignedAt')}</dt>
          <dd safe>{inDateTime(signature.signedAt)}</dd>
          <dt safe>{t('certificateIssuer')}</dt>
          <dd safe>{signature.certificate.issuer}</dd>
        </dl>
      </>
    ) : (
      <p class={broken ? 'bad' : 'care'} role={broken ? 'alert' : undefined} safe>
        {t(broken ? 'signatureBroken' : 'signaturePending')}
      </p>
    )}
  </section>
);

/** Where it is on its way to the e-receipt provider, and by which word of theirs that can be proved. */
const Delivery = ({ seen: { handover }, t }: Given): JSX.Element => (
  <section id="receipt-delivery">
    <h2 safe>{t('delivery')}</h2>
    {handover ? (
      <dl class="facts">
        <dt safe>{t('receiptState')}</dt>
        <dd safe>{t(`handover_${handover.state}`)}</dd>
        {deliveryFacts(handover, t).map(([label, value]) => (
          <>
            <dt safe>{label}</dt>
            <dd safe>{value}</dd>
          </>
        ))}
      </dl>
    ) : (
      ''
    )}
  </section>
);

const deliveryFacts = ({ sentAt, providerReference, attempts, lastAnswer }: Handover, t: Translate): [string, string][] => [
  ...(providerReference ? [[t('providerReference'), providerReference] satisfies [string, string]] : []),
  ...(sentAt ? [[t('sentAt'), inDateTime(sentAt)] satisfies [string, string]] : []),
  ...(lastAnswer
    ? [[t('lastAnswer'), `${lastAnswer} · ${say(t('handoverTries'), { count: String(attempts) })}`] satisfies [string, string]]
    : []),
];

const Copies = ({ seen: { receipt, prints }, names, t }: Given & { names: ReadonlyMap<string, string> }): JSX.Element =>
  prints.length === 0 ? (
    <></>
  ) : (
    <section>
      <h2 safe>{t('printedCopies')}</h2>
      <ol class="timeline">
        {prints.map((print) => (
          <li>
            <a class="small" href={`${receiptAddress(receipt)}/copies/${print.id}`} safe>
              {inDateTime(print.at)}
            </a>
            <span safe>{signedAs(print.by, names, t)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
