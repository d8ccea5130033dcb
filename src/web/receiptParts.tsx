// Small parts of the screens about receipts: the state of one, and its links.
import { receiptNameOf } from '../domain/receiptName';
import { receiptStatusOf, type ReceiptRecord } from '../domain/receiptRecord';
import { inDong } from './format';
import type { Label, Translate } from './labels';

/** The look of each state: that of an obligation whose meaning is nearest. */
const looks = { issued: 'paid', in_error: 'part_paid', replaced: 'cancelled', unsigned: 'expired', broken: 'cancelled', tried: 'part_paid' } as const;
export type ReceiptLook = keyof typeof looks;

export const ReceiptState = ({ look, label, big }: { look: ReceiptLook; label: string; big?: boolean }): JSX.Element => (
  <span class={`state state-${looks[look]}${big ? ' state-big' : ''}`} safe>
    {label}
  </span>
);

/** What a row says of a receipt: where it stands, and before it is signed, that. */
export const lookOf = (receipt: ReceiptRecord): Exclude<ReceiptLook, 'broken' | 'tried'> => {
  const status = receiptStatusOf(receipt);
  return status === 'issued' && !receipt.signedAt ? 'unsigned' : status;
};

export const receiptAddress = ({ content }: Pick<ReceiptRecord, 'content'>): string => `/receipts/${receiptNameOf(content)}`;

/** The receipts of an obligation, with the ways to each. */
export const ObligationReceipts = ({ receipts, t }: { receipts: readonly ReceiptRecord[]; t: Translate }): JSX.Element => (
  <section>
    <h2 safe>{t('receipts')}</h2>
    {receipts.length === 0 ? (
      <p class="muted" safe>
        {t('receiptComesWhenPaid')}
      </p>
    ) : (
      <ul class="lines">
        {receipts.map((receipt) => (
          <ReceiptLine receipt={receipt} t={t} />
        ))}
      </ul>
    )}
  </section>
);

function ReceiptLine({ receipt, t }: { receipt: ReceiptRecord; t: Translate }): JSX.Element {
  const { content, signedAt } = receipt;
  const address = receiptAddress(receipt);
  const name = receiptNameOf(content);
  const links: readonly (readonly [string, Label])[] = [
    ...(signedAt ? [[`${address}/pdf`, 'receiptPdf'] as const, [`${address}/xml`, 'receiptXml'] as const] : []),
    [`/receipt/${content.lookupCode}`, 'verifyPage'],
  ];
  return (
    <li>
      <span class="grow">
        <a href={address} safe>
          {name}
        </a>{' '}
        <span class="small muted" safe>
          {t(`kind_${content.kind}`)}
        </span>
      </span>
      <strong class="amount" safe>
        {inDong(content.total)}
      </strong>
      <span class="whole row tight small">
        <ReceiptState look={lookOf(receipt)} label={t(`receipt_${lookOf(receipt)}`)} />
        {links.map(([href, label]) => (
          <a href={href} aria-label={`${t(label)} ${name}`} safe>
            {t(label)}
          </a>
        ))}
      </span>
    </li>
  );
}
