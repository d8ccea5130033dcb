// The way back where one wrong movement confirmed several refunds of a file: all of them at once, with one reason.
import type { SeenRefundFile } from '../actions/seeRefundFile';
import { sumOf } from '../domain/money';
import type { Refund } from '../domain/refund';
import { can } from '../domain/role';
import { say } from './counterLabels';
import { inDong } from './format';
import { emptyForm, TextField } from './formFields';
import { FormToken } from './layout';
import type { OfficerVisit } from './screen';

/** What a movement confirmed alone is taken back on its own page. */
export const FileTakeBack = ({ visit, seen: { file, confirmed } }: { visit: OfficerVisit; seen: SeenRefundFile }): JSX.Element => (
  <>
    {[...confirmed]
      .filter(([, refunds]) => refunds.length > 1 && can(visit.actor, 'request_refunds'))
      .map(([transactionId, refunds]) => (
        <OfMovement visit={visit} fileId={file.id} transactionId={transactionId} refunds={refunds} />
      ))}
  </>
);

interface Given {
  visit: OfficerVisit;
  fileId: string;
  transactionId: string;
  refunds: readonly Refund[];
}

const OfMovement = ({ visit: { t, formToken }, fileId, transactionId, refunds }: Given): JSX.Element => (
  <details>
    <summary safe>{t('refundTakeBack')}</summary>
    <form method="post" action={`/refunds/files/${fileId}/take-back`} class="stack step" data-once>
      <p>
        <a href={`/transactions/${transactionId}`} safe>
          {say(t('refundFileTakeBack'), { count: String(refunds.length), amount: inDong(sumOf(refunds.map(({ amount }) => amount))) })}
        </a>
      </p>
      <p safe>{t('refundTakeBackHint')}</p>
      <FormToken token={formToken} />
      <input type="hidden" name="transactionId" value={transactionId} />
      <TextField form={emptyForm} name="reason" label={t('refundTakeBackReason')} maxlength={500} />
      <button safe>{t('refundTakeBack')}</button>
    </form>
  </details>
);
