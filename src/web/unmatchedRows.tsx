// The rows of money without a home: how much, when, from whom, with which words, and why it waits; each opens.
import type { UnappliedTransaction } from '../actions/listUnapplied';
import type { Account } from '../domain/agency';
import { shownPayer } from '../domain/shownPayer';
import { inDateTime, inDong } from './format';
import { addressOf, ObligationLink } from './parts';
import type { OfficerVisit } from './screen';
import { accountWords } from './transactionKind';

interface Given {
  rows: readonly UnappliedTransaction[];
  accounts: readonly Account[];
  /** The question of this list, for the way back. */
  list: string | undefined;
  visit: OfficerVisit;
}

export const UnmatchedRows = (given: Given): JSX.Element => (
  <table class="cards unmatched-rows">
    <thead>
      <tr>
        <th class="amount" safe>
          {given.visit.t('unappliedPart')}
        </th>
        <th safe>{given.visit.t('bankTime')}</th>
        <th safe>{given.visit.t('transferContent')}</th>
        <th safe>{given.visit.t('payer')}</th>
        <th safe>{given.visit.t('reason')}</th>
        <th safe>{given.visit.t('collectionAccount')}</th>
      </tr>
    </thead>
    <tbody>
      {given.rows.map((row, place) => (
        <Row {...given} row={row} isFirst={place === 0} />
      ))}
    </tbody>
  </table>
);

function Row({ row, isFirst, accounts, list, visit: { actor, t } }: Given & { row: UnappliedTransaction; isFirst: boolean }): JSX.Element {
  const { transaction, unapplied, obligation } = row;
  const account = accounts.find((one) => one.id === transaction.accountId);
  const payer = shownPayer(transaction, actor);
  return (
    <tr>
      <td class="amount" data-label={t('unappliedPart')}>
        <a class="strong" href={addressOf(`/transactions/${transaction.id}`, { list })} data-row data-first={isFirst} safe>
          {inDong(unapplied)}
        </a>
        {unapplied.equals(transaction.amount) ? (
          ''
        ) : (
          <span class="small muted block" safe>{`${t('ofAmount')} ${inDong(transaction.amount)}`}</span>
        )}
      </td>
      <td class="nowrap" data-label={t('bankTime')} safe>
        {inDateTime(transaction.bankTime)}
      </td>
      <td class="break content" data-label={t('transferContent')}>
        <span safe>{transaction.content || t('noContent')}</span>
        <span class="small muted block" safe>
          {transaction.bankReference ?? ''}
        </span>
      </td>
      <td class="break" data-label={t('payer')}>
        {payer?.name ? <span safe>{payer.name}</span> : ''}
        {payer?.account ? (
          <span class="small muted block number" safe>
            {payer.account}
          </span>
        ) : (
          ''
        )}
      </td>
      <td data-label={t('reason')}>
        <span safe>{t(transaction.why ? `why_${transaction.why}` : 'why_unknown')}</span>
        {obligation ? <ObligationLink obligation={obligation} t={t} /> : ''}
      </td>
      <td class="account" data-label={t('collectionAccount')}>
        <span safe>{accountWords(account, transaction, t)}</span>
        <span class="small muted block" safe>
          {account?.accountName ?? ''}
        </span>
      </td>
    </tr>
  );
}
