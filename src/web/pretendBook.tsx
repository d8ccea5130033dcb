// The book of the pretend bank: an account's movements of today, a statement to download, and money that moves without a citizen.
import { movePretendMoney, seePretendStatement } from '../actions/movePretendMoney';
import type { Account } from '../domain/agency';
import { bankOfBin } from '../domain/banks';
import { dayOf, type Day } from '../domain/time';
import { Problem } from '../problems';
import { inDong, inTime } from './format';
import type { Translate } from './labels';
import { addressOf } from './parts';
import { phone } from './pretendBank';
import { askedText } from './query';
import type { Fields, Shown, Visit } from './screen';
import { isForeign } from './session';
import { typedAmount } from './typedAmount';

const longestContent = 200;

/** `?account=`; the first one unless told. */
export async function showPretendBook(visit: Visit): Promise<Shown> {
  const { ctx, req, t } = visit;
  const accounts = (await ctx.store.tables.accounts.list()).filter(({ purpose }) => purpose === 'collection');
  const account = accounts.find(({ id }) => id === askedText(req, 'account')) ?? accounts[0];
  if (!account) throw new Problem('account_unknown');
  const today = dayOf(ctx.now());
  return phone(
    visit,
    <>
      <h2 safe>{t('bookTitle')}</h2>
      {askedText(req, 'done') ? (
        <p role="status" class="good" safe>
          {t('bookMoved')}
        </p>
      ) : (
        ''
      )}
      <AccountForm accounts={accounts} account={account} t={t} />
      <Movements visit={visit} account={account} today={today} />
      <StatementForm account={account} today={today} t={t} />
      <MoveForm account={account} t={t} />
      <a class="quiet" href="/pretend-bank" safe>
        {t('backToCodes')}
      </a>
    </>,
  );
}

/** Writes one movement into the book, and tells of it unless asked not to. */
export async function takePretendMovement({ ctx, req }: Visit, fields: Fields): Promise<Shown> {
  if (isForeign(req)) throw new Problem('form_expired');
  const account = await ctx.store.tables.accounts.find(fields['account'] ?? '');
  if (!account) throw new Problem('account_unknown');
  const { bankBin, accountNumber } = account;
  const amount = typedAmount(fields['amount'] ?? '');
  const content = fields['content'] ?? '';
  if (amount === undefined || content.length > longestContent)
    throw new Problem('request_invalid', amount === undefined ? 'amount' : 'content');
  const direction = fields['direction'] === 'out' ? 'out' : 'in';
  const tellings = fields['told'] === 'yes' ? 1 : 0;
  await movePretendMoney(ctx, { bankBin, accountNumber, direction, amount, content, bankTime: ctx.now(), tellings });
  return { redirect: addressOf('/pretend-bank/book', { account: account.id, done: 'moved' }) };
}

const nameOf = ({ bankBin, accountNumber, accountName }: Account): string =>
  `${bankOfBin(bankBin)?.shortName ?? bankBin} ${accountNumber} · ${accountName}`;

const AccountForm = ({ accounts, account, t }: { accounts: readonly Account[]; account: Account; t: Translate }): JSX.Element => (
  <form class="stack" method="get" action="/pretend-bank/book">
    <label>
      <span safe>{t('bookAccount')}</span>
      <select name="account">
        {accounts.map((one) => (
          <option value={one.id} selected={one.id === account.id} safe>
            {nameOf(one)}
          </option>
        ))}
      </select>
    </label>
    <button safe>{t('show')}</button>
  </form>
);

async function Movements({ visit: { ctx, t }, account, today }: { visit: Visit; account: Account; today: Day }): Promise<string> {
  const { opening, lines, closing } = await seePretendStatement(ctx, account.id, today, today);
  return (
    <section>
      <h3 safe>{t('bookMoves')}</h3>
      <dl class="facts">
        <dt safe>{t('openingBalance')}</dt>
        <dd safe>{inDong(opening)}</dd>
        <dt safe>{t('closingBalance')}</dt>
        <dd safe>{inDong(closing)}</dd>
      </dl>
      {lines.length === 0 ? (
        <p class="muted" safe>
          {t('bookEmpty')}
        </p>
      ) : (
        <ul class="waiting">
          {lines.toReversed().map(({ direction, amount, content, bankTime }) => (
            <li>
              <span class="row tight">
                <span class="grow break" safe>
                  {content || t('noContent')}
                </span>
                <strong safe>{`${direction === 'in' ? '+' : '−'}${inDong(amount)}`}</strong>
              </span>
              <span class="small muted" safe>
                {inTime(bankTime)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const StatementForm = ({ account, today, t }: { account: Account; today: Day; t: Translate }): JSX.Element => (
  <form class="stack" method="get" action="/pretend-bank/statement">
    <input type="hidden" name="account" value={account.id} />
    <label>
      <span safe>{t('bookFrom')}</span>
      <input type="date" name="from" value={today} required />
    </label>
    <label>
      <span safe>{t('bookTo')}</span>
      <input type="date" name="to" value={today} required />
    </label>
    <button safe>{t('bookStatement')}</button>
  </form>
);

const MoveForm = ({ account, t }: { account: Account; t: Translate }): JSX.Element => (
  <details>
    <summary safe>{t('bookMove')}</summary>
    <form class="stack" method="post" action="/pretend-bank/book">
      <input type="hidden" name="account" value={account.id} />
      <label>
        <span safe>{t('bookDirection')}</span>
        <select name="direction">
          <option value="out" safe>
            {t('bookOut')}
          </option>
          <option value="in" safe>
            {t('bookIn')}
          </option>
        </select>
      </label>
      <label>
        <span safe>{t('amount')}</span>
        <input name="amount" inputmode="numeric" required />
      </label>
      <label>
        <span safe>{t('transferContent')}</span>
        <input name="content" maxlength={longestContent} />
      </label>
      <label class="tick">
        <input type="checkbox" name="told" value="yes" checked />
        <span safe>{t('bookTold')}</span>
      </label>
      <button safe>{t('bookWrite')}</button>
    </form>
  </details>
);
