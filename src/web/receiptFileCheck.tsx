// The public check of a signed receipt that somebody holds as a file: genuine, altered, or none of ours.
import { checkReceiptFile, type FileVerdict } from '../actions/checkReceiptFile';
import { receiptNameOf } from '../domain/receiptName';
import { inDateTime } from './format';
import type { Translate } from './labels';
import { lookupPage } from './receiptLookup';
import { ReceiptState, type ReceiptLook } from './receiptParts';
import type { Shown, Visit } from './screen';
import type { SentFile } from './upload';

/** What is not genuine is a failure, so that only so many are tried a minute. */
export async function takeReceiptFile(visit: Visit, { bytes }: SentFile): Promise<Shown> {
  const verdict = await checkReceiptFile(visit.ctx, bytes);
  if (verdict.kind !== 'genuine') visit.res.status(422);
  return lookupPage(
    visit,
    verdict.kind === 'genuine' ? <Genuine visit={visit} verdict={verdict} /> : <NotGenuine kind={verdict.kind} t={visit.t} />,
  );
}

function Genuine({ visit: { ctx, t }, verdict }: { visit: Visit; verdict: Extract<FileVerdict, { kind: 'genuine' }> }): JSX.Element {
  const { receipt, status, signature } = verdict;
  const { isDemo } = signature.certificate;
  const look: ReceiptLook = status === 'issued' && isDemo ? 'tried' : status;
  return (
    <section class="stack" role="status">
      <p>
        <ReceiptState look={look} label={t('fileGenuine')} big />
      </p>
      <p class="strong" safe>
        {isDemo ? t(`tried_${status}`) : t(`verdict_${status}`)}
      </p>
      {isDemo ? (
        <p class="receipt-demo" safe>
          {t('demoCertificate')}
        </p>
      ) : (
        ''
      )}
      {receipt.replacedBy ? <p safe>{`${t('replacedByReceipt')}: ${receiptNameOf(receipt.replacedBy)}`}</p> : ''}
      <p>
        <a href={`/receipt/${receipt.content.lookupCode}`} safe>{`${t('receipt')} ${receiptNameOf(receipt.content)}`}</a>
      </p>
      <p class="small muted" safe>
        {[signature.certificate.signer, `${t('receiptSignedAt')} ${inDateTime(signature.signedAt)}`].join(' · ')}
      </p>
      <p class="small muted" safe>{`${t('verifiedOn')} ${inDateTime(ctx.now())}`}</p>
    </section>
  );
}

const NotGenuine = ({ kind, t }: { kind: 'altered' | 'foreign'; t: Translate }): JSX.Element => (
  <p class="refusal refusal-what" role="alert" safe>
    {t(kind === 'altered' ? 'fileAltered' : 'fileForeign')}
  </p>
);
