// Money without a home: credits that no obligation took whole, with the reason in words; for reading only.
import { listStrangeMoney, listUnapplied, type UnappliedMoney, type UnappliedTransaction } from '../actions/listUnapplied';
import type { Account } from '../domain/agency';
import { bankOfBin } from '../domain/banks';
import { inDateTime, inDong } from './format';
import type { Translate } from './labels';
import { OfficerPage } from './layout';
import { addressOf, ObligationLink } from './parts';
import { askedText } from './query';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';
import { Strange } from './unmatchedStrange';

const pageSize = 50;
const mostStrange = 50;

export async function showUnmatched(visit: OfficerVisit): Promise<Shown> {
  const { ctx, req, actor, t } = visit;
  const text = askedText(req, 'q');
  const after = askedText(req, 'cursor');
  const found = await listUnapplied(ctx, { actor, ...(text ? { text } : {}) }, pageSize + 1, after);
  const strange = text || after ? undefined : await listStrangeMoney(ctx, actor, mostStrange);
  const accounts = await ctx.store.tables.accounts.list();
  const shown = found.transactions.slice(0, pageSize);
  const next = found.transactions.length > pageSize ? shown.at(-1)?.transaction.id : undefined;
  return (
    <OfficerPage visit={visit} title={t('unmatched')} unit={await unitOf(visit)} look="unmatched">
      <h1 safe>{t('unmatched')}</h1>
      <div class="row head">
        <Sum found={found} t={t} />
        <Search text={text} t={t} />
      </div>
      {shown.length === 0 ? <Nothing asked={text !== undefined} t={t} /> : <Transactions rows={shown} accounts={accounts} t={t} />}
      {next || after ? (
        <p class="row">
          {after ? (
            <a href={addressOf('/unmatched', { q: text })} safe>
              {t('firstPage')}
            </a>
          ) : (
            ''
          )}
          {next ? (
            <a class="button" href={addressOf('/unmatched', { q: text, cursor: next })} safe>
              {t('nextPage')}
            </a>
          ) : (
            ''
          )}
        </p>
      ) : (
        ''
      )}
      {strange ? <Strange strange={strange} t={t} /> : ''}
    </OfficerPage>
  );
}

const Sum = ({ found: { sum, count }, t }: { found: UnappliedMoney; t: Translate }): JSX.Element => (
  <p class="grow">
    <span class={count === 0 ? 'sum muted' : 'sum care'} safe>
      {inDong(sum)}
    </span>{' '}
    <span class="muted" safe>{`${t('unmatchedSum')} · ${count} ${t('unmatchedCount')}`}</span>
  </p>
);

const Search = ({ text, t }: { text: string | undefined; t: Translate }): JSX.Element => (
  <form class="row search" role="search" action="/unmatched">
    <label>
      <span safe>{t('searchUnmatched')}</span>
      <input type="search" name="q" value={text ?? ''} maxlength={100} data-key="/" />
    </label>
    <button safe>{t('search')}</button>
    {text ? (
      <a class="quiet" href="/unmatched" safe>
        {t('clearSearch')}
      </a>
    ) : (
      ''
    )}
  </form>
);

const Nothing = ({ asked, t }: { asked: boolean; t: Translate }): JSX.Element => (
  <p class={asked ? 'empty' : 'empty good'} safe>
    {t(asked ? 'nothingFound' : 'noUnmatched')}
  </p>
);

interface Rows {
  rows: readonly UnappliedTransaction[];
  accounts: readonly Account[];
  t: Translate;
}

const Transactions = ({ rows, accounts, t }: Rows): JSX.Element => (
  <table class="cards">
    <thead>
      <tr>
        <th class="amount" safe>
          {t('unappliedPart')}
        </th>
        <th safe>{t('bankTime')}</th>
        <th safe>{t('collectionAccount')}</th>
        <th safe>{t('transferContent')}</th>
        <th safe>{t('reason')}</th>
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <Transaction row={row} account={accounts.find((account) => account.id === row.transaction.accountId)} t={t} />
      ))}
    </tbody>
  </table>
);

const Transaction = ({ row, account, t }: { row: UnappliedTransaction; account: Account | undefined; t: Translate }): JSX.Element => {
  const { transaction, unapplied, obligation } = row;
  return (
    <tr>
      <td class="amount" data-label={t('unappliedPart')}>
        <strong safe>{inDong(unapplied)}</strong>
        {unapplied.equals(transaction.amount) ? (
          ''
        ) : (
          <span class="small muted block" safe>{`${t('ofAmount')} ${inDong(transaction.amount)}`}</span>
        )}
      </td>
      <td class="nowrap" data-label={t('bankTime')} safe>
        {inDateTime(transaction.bankTime)}
      </td>
      <td data-label={t('collectionAccount')}>
        <span class="nowrap" safe>{`${account ? (bankOfBin(account.bankBin)?.shortName ?? '') : ''} ${transaction.accountNumber}`}</span>
        <span class="small muted block" safe>
          {account?.accountName ?? ''}
        </span>
      </td>
      <td class="break" data-label={t('transferContent')}>
        <span safe>{transaction.content || t('noContent')}</span>
        <span class="small muted block" safe>
          {transaction.bankReference ?? ''}
        </span>
      </td>
      <td data-label={t('reason')}>
        <span safe>{t(transaction.why ? `why_${transaction.why}` : 'why_unknown')}</span>
        {obligation ? <ObligationLink obligation={obligation} t={t} /> : ''}
      </td>
    </tr>
  );
};
