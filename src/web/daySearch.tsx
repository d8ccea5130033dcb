// Finding money: what was found for whatever somebody typed, the newest first, with the day and the dossier that it belongs to.
import { searchMoney } from '../actions/searchMoney';
import type { Account } from '../domain/agency';
import { isId } from '../domain/id';
import type { FoundMoney } from '../domain/moneySearch';
import { addDays, dayOf } from '../domain/time';
import { Problem } from '../problems';
import { AccountName } from './days';
import { DaySearchForm } from './daySearchForm';
import { dayAddress } from './dayPlace';
import { inDate, inDateTime, inDong } from './format';
import type { Translate } from './labels';
import { OfficerPage } from './layout';
import { addressOf, dossierAddress } from './parts';
import { askedDay, askedText } from './query';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

const pageSize = 50;
const usualDays = 31;

export async function showDaySearch(visit: OfficerVisit): Promise<Shown> {
  const { ctx, req, actor, t } = visit;
  const [text, after] = [askedText(req, 'q'), askedText(req, 'after')];
  if (after !== undefined && !isId('transaction', after)) throw new Problem('request_invalid', 'after');
  const to = askedDay(req, 'to') ?? dayOf(ctx.now());
  const from = askedDay(req, 'from') ?? addDays(to, -usualDays);
  const found = text === undefined ? undefined : await searchMoney(ctx, { actor, text, from, to }, pageSize + 1, after);
  const rows = found?.slice(0, pageSize) ?? [];
  const next = (found?.length ?? 0) > pageSize ? rows.at(-1)?.id : undefined;
  return (
    <OfficerPage visit={visit} title={t('daySearch')} unit={await unitOf(visit)} look="days">
      <link rel="stylesheet" href="/assets/days.css" />
      <p>
        <a href="/days" data-key="Escape" safe>
          {t('daysTitle')}
        </a>
      </p>
      <h1 safe>{t('daySearch')}</h1>
      <DaySearchForm {...(text ? { text } : {})} from={from} to={to} t={t} />
      {rows.length === 0 ? (
        <p class="empty" safe>
          {t(found ? 'nothingFound' : 'daySearchHint')}
        </p>
      ) : (
        <Rows rows={rows} accounts={await ctx.store.tables.accounts.list()} t={t} />
      )}
      {next ? (
        <p class="row pages">
          <a class="button" href={addressOf('/days/search', { q: text, from, to, after: next })} safe>
            {t('nextPage')}
          </a>
        </p>
      ) : (
        ''
      )}
    </OfficerPage>
  );
}

const Rows = ({ rows, accounts, t }: { rows: readonly FoundMoney[]; accounts: readonly Account[]; t: Translate }): JSX.Element => (
  <table class="cards">
    <thead>
      <tr>
        <th class="amount" safe>
          {t('amount')}
        </th>
        <th safe>{t('bankTime')}</th>
        <th safe>{t('dayAccount')}</th>
        <th safe>{t('transferContent')}</th>
        <th safe>{t('dossier')}</th>
        <th safe>{t('dayListed')}</th>
      </tr>
    </thead>
    <tbody>
      {rows.map((row, place) => (
        <Found row={row} account={accounts.find(({ id }) => id === row.accountId)} isFirst={place === 0} t={t} />
      ))}
    </tbody>
  </table>
);

interface FoundGiven {
  row: FoundMoney;
  account: Account | undefined;
  isFirst: boolean;
  t: Translate;
}

function Found({ row, account, isFirst, t }: FoundGiven): JSX.Element {
  const { id, accountId, direction, amount, content, bankReference, payerName, bankTime, dossierCode, applicantName, listedOn } = row;
  const day = listedOn ?? dayOf(bankTime);
  return (
    <tr>
      <td class="amount" data-label={t('amount')}>
        <a class="strong" href={`/transactions/${id}`} data-row data-first={isFirst} safe>
          {`${direction === 'out' ? '−' : ''}${inDong(amount)}`}
        </a>
      </td>
      <td class="nowrap" data-label={t('bankTime')} safe>
        {inDateTime(bankTime)}
      </td>
      <td data-label={t('dayAccount')}>{account ? <AccountName account={account} /> : ''}</td>
      <td class="break content" data-label={t('transferContent')}>
        <span safe>{content || t('noContent')}</span>
        <span class="small muted block" safe>
          {[payerName, bankReference].filter(Boolean).join(' · ')}
        </span>
      </td>
      <td class="break" data-label={t('dossier')}>
        {dossierCode ? (
          <a href={dossierAddress(dossierCode)} safe>
            {dossierCode}
          </a>
        ) : (
          ''
        )}
        <span class="small muted block" safe>
          {applicantName ?? ''}
        </span>
      </td>
      <td class="nowrap" data-label={t('dayListed')}>
        {accountId ? (
          <a href={dayAddress({ accountId, day })} safe>
            {inDate(day)}
          </a>
        ) : (
          ''
        )}
      </td>
    </tr>
  );
}
