// Small parts of the screens about receipts: the state of one, and its links.
import { receiptNameOf } from '../domain/receiptName';
import { isWithoutMoney, receiptStatusOf, type ReceiptRecord, type ReceiptStatus } from '../domain/receiptRecord';
import { say } from './counterLabels';
import { inDateTime, inDong } from './format';
import type { Label, Translate } from './labels';
import type { OfficerVisit } from './screen';

/** The look of each state: that of an obligation whose meaning is nearest. */
const looks = {
  issued: 'paid',
  in_error: 'part_paid',
  replaced: 'cancelled',
  unsigned: 'expired',
  broken: 'cancelled',
  tried: 'part_paid',
  money_gone: 'part_paid',
  notice_asked: 'part_paid',
} as const;
export type ReceiptLook = keyof typeof looks;

export const ReceiptState = ({ look, label, big }: { look: ReceiptLook; label: string; big?: boolean }): JSX.Element => (
  <span class={`state state-${looks[look]}${big ? ' state-big' : ''}`} safe>
    {label}
  </span>
);

/** What a row says of a receipt: where it stands, and before it is signed, that. */
export const lookOf = (receipt: ReceiptRecord): ReceiptStatus | 'unsigned' => {
  const status = receiptStatusOf(receipt);
  return status === 'issued' && !receipt.signedAt ? 'unsigned' : status;
};

/** What an officer sees of it: also that its money was taken back and somebody has to act. */
export function officerLookOf(receipt: ReceiptRecord): ReceiptStatus | 'unsigned' | 'money_gone' | 'notice_asked' {
  if (!isWithoutMoney(receipt)) return lookOf(receipt);
  return receipt.notice ? 'notice_asked' : 'money_gone';
}

export const receiptAddress = ({ content }: Pick<ReceiptRecord, 'content'>): string => `/receipts/${receiptNameOf(content)}`;

/** On paper only: when a page was printed, and by whom. */
export const PrintedBy = ({ visit: { ctx, actor, t } }: { visit: OfficerVisit }): JSX.Element => (
  <p class="only-print small" safe>
    {say(t('pagePrintedBy'), { time: inDateTime(ctx.now()), name: actor.name })}
  </p>
);

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
        <ReceiptState look={officerLookOf(receipt)} label={t(`receipt_${officerLookOf(receipt)}`)} />
        {links.map(([href, label]) => (
          <a href={href} aria-label={`${t(label)} ${name}`} safe>
            {t(label)}
          </a>
        ))}
      </span>
    </li>
  );
}
