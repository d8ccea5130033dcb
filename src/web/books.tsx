// The books of an obligation or a transaction: each entry in plain words, and the totals of its accounts, which balance.
import type { Entry } from '../domain/ledger';
import { sideSum, totalsOf, type BookName, type BookTotal } from './bookNames';
import { inDateTime, inDong } from './format';
import type { Translate } from './labels';

interface Given {
  entries: readonly Entry[];
  nameOf: BookName;
  t: Translate;
}

/** `nothing`: what stands where there are no entries. */
export const Books = ({ entries, nameOf, nothing, t }: Given & { nothing: string }): JSX.Element => (
  <section class="books">
    <h2 safe>{t('books')}</h2>
    {entries.length === 0 ? (
      <p class="muted" safe>
        {nothing}
      </p>
    ) : (
      <div class="two">
        <Entries entries={entries} nameOf={nameOf} t={t} />
        <Totals totals={totalsOf(entries.flatMap((entry) => entry.postings))} nameOf={nameOf} t={t} />
      </div>
    )}
  </section>
);

const Entries = ({ entries, nameOf, t }: Given): JSX.Element => (
  <div class="wide">
    <table class="cards">
      <thead>
        <tr>
          <th safe>{t('cause')}</th>
          <th safe>{t('debit')}</th>
          <th safe>{t('credit')}</th>
          <th class="amount" safe>
            {t('amount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.flatMap((entry) =>
          entry.postings.map((posting, place) => (
            <tr>
              <td class="fee">
                {place === 0 ? <span safe>{t(`cause_${entry.cause}`)}</span> : ''}
                {place === 0 ? (
                  <span class="small muted block" safe>
                    {inDateTime(entry.createdAt)}
                  </span>
                ) : (
                  ''
                )}
              </td>
              <td data-label={t('debit')} safe>
                {nameOf(posting.debit)}
              </td>
              <td data-label={t('credit')} safe>
                {nameOf(posting.credit)}
              </td>
              <td class="amount" data-label={t('amount')} safe>
                {inDong(posting.amount)}
              </td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  </div>
);

function Totals({ totals, nameOf, t }: { totals: readonly BookTotal[]; nameOf: BookName; t: Translate }): JSX.Element {
  const [debits, credits] = [sideSum(totals, 'debit'), sideSum(totals, 'credit')];
  return (
    <div class="wide">
      <table class="cards">
        <thead>
          <tr>
            <th safe>{t('totalsByAccount')}</th>
            <th class="amount" safe>
              {t('debit')}
            </th>
            <th class="amount" safe>
              {t('credit')}
            </th>
          </tr>
        </thead>
        <tbody>
          {totals.map((total) => (
            <tr>
              <td class="fee" safe>
                {nameOf(total.account)}
              </td>
              <td class="amount" data-label={t('debit')} safe>
                {total.debit.isZero() ? '' : inDong(total.debit)}
              </td>
              <td class="amount" data-label={t('credit')} safe>
                {total.credit.isZero() ? '' : inDong(total.credit)}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td class="name" safe>
              {t(debits.equals(credits) ? 'balanced' : 'unbalanced')}
            </td>
            <td class="amount" data-label={t('debit')} safe>
              {inDong(debits)}
            </td>
            <td class="amount" data-label={t('credit')} safe>
              {inDong(credits)}
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
