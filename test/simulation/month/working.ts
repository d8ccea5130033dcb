// Working: what the finance officer does about each difference, over the API.
import { count } from '../world';
import { placeOf, type Month } from './month';
import type { FoundDifference, Names } from './names';
import { toldName, type Expectation } from './truth';

const reason = 'đã kiểm tra với ngân hàng';

export async function workOn(month: Month, difference: FoundDifference, expectation: Expectation, names: Names): Promise<void> {
  const { work, debt, desk, day } = expectation;
  const { subject, key } = difference;
  const decide = (id: string, body: object) => month.call('POST', `/api/transactions/${id}/resolve`, { body: { reason, ...body } });
  if (work === 'none' || work === 'ask_again') return;
  count(month.counts, 'differences worked on');
  if (typeof work === 'function') {
    await work(difference);
  } else if (work === 'carry') {
    const [account, on] = placeOf(desk, day).split(' ');
    await month.call('POST', `/api/reconciliations/${account}/${on}/notes`, { body: { key, kind: 'carry', text: reason }, status: 201 });
  } else if (work === 'explain') {
    await month.call('POST', `/api/transactions/${subject.id}/explain`, { body: { purpose: 'bank_fee', reason } });
  } else if (work === 'same') {
    const made = month.movements.find((one) => one.debt === debt);
    const transactionId = made && names.transactionNamed(toldName(made));
    await month.call('POST', `/api/statement-lines/${subject.id}/decide`, { body: { action: 'same', transactionId, reason } });
  } else if (work === 'allocate') {
    await decide(subject.id, { action: 'allocate', obligationId: debt?.id });
  } else if (work === 'refund') {
    await decide(subject.id, { action: 'refund' });
  } else {
    for (const one of difference.evidence) if (one.kind === 'transaction') await decide(one.id, { action: 'not_ours' });
  }
}
