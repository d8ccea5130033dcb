// The statements that were sent: the place to drop one, and how far each is.
import { accountsInSight, listStatements, problemOf, type SeenStatement } from '../actions/seeStatements';
import { keepStatement } from '../actions/keepStatement';
import type { Account } from '../domain/agency';
import { bankOfBin } from '../domain/banks';
import { isId } from '../domain/id';
import { can } from '../domain/role';
import { Problem, refusals } from '../problems';
import { inDate, inDateTime } from './format';
import type { Translate } from './labels';
import { FormToken, OfficerPage } from './layout';
import { addressOf } from './parts';
import { askedText } from './query';
import type { Fields, OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

const pageSize = 30;

export const statementAddress = (id: string, part = ''): string => `/statements/${encodeURIComponent(id)}${part}`;

/** `Vietcombank 1026101000 · DIEM PVHCC PHUONG MAU` */
export const accountWords = ({ bankBin, accountNumber, accountName }: Account): string =>
  `${bankOfBin(bankBin)?.shortName ?? bankBin} ${accountNumber} · ${accountName}`;

export async function showStatements(visit: OfficerVisit): Promise<Shown> {
  const { ctx, req, actor, t, formToken } = visit;
  const after = askedText(req, 'cursor');
  if (after !== undefined && !isId('statement', after)) throw new Problem('request_invalid', 'cursor');
  const account = askedText(req, 'account');
  const accounts = await accountsInSight(ctx, actor);
  const found = await listStatements(ctx, actor, {
    limit: pageSize,
    ...(account === undefined ? {} : { account }),
    ...(after === undefined ? {} : { after }),
  });
  const shown = found.slice(0, pageSize);
  const next = found.length > pageSize ? shown.at(-1)?.file.id : undefined;
  return (
    <OfficerPage visit={visit} title={t('statements')} unit={await unitOf(visit)} look="statements">
      <link rel="stylesheet" href="/assets/statements.css" />
      <h1 safe>{t('statements')}</h1>
      <p class="muted lead" safe>
        {t('statementsLead')}
      </p>
      {can(actor, 'import_statements') ? <SendForm accounts={accounts} chosen={account} token={formToken} t={t} /> : ''}
      {shown.length === 0 ? (
        <p class="empty" safe>
          {t('statementNone')}
        </p>
      ) : (
        <StatementTable shown={shown} visit={visit} />
      )}
      {next ? (
        <p>
          <a href={addressOf('/statements', { account, cursor: next })} safe>
            {t('nextPage')}
          </a>
        </p>
      ) : (
        ''
      )}
    </OfficerPage>
  );
}

/** Where the file goes while it arrives; it is read by the clock. */
export async function takeStatement(
  { ctx, actor }: OfficerVisit,
  fields: Fields,
  file: { name: string; bytes: AsyncIterable<Uint8Array> },
): Promise<Shown> {
  const { id } = await keepStatement(ctx, { actor, account: fields['account'] ?? '', fileName: file.name, bytes: file.bytes });
  return { redirect: statementAddress(id) };
}

interface SendGiven {
  accounts: readonly Account[];
  chosen: string | undefined;
  token: string;
  t: Translate;
}

/** The token and the account stand before the file: what follows is taken piece by piece. */
const SendForm = ({ accounts, chosen, token, t }: SendGiven): JSX.Element =>
  accounts.length === 0 ? (
    <p class="empty" safe>
      {t('statementNoAccount')}
    </p>
  ) : (
    <form method="post" action="/statements" enctype="multipart/form-data" class="send-statement">
      <FormToken token={token} />
      <label>
        <span safe>{t('statementAccount')}</span>
        <select name="account" required>
          {accounts.map((account) => (
            <option value={account.id} selected={account.id === chosen} safe>
              {accountWords(account)}
            </option>
          ))}
        </select>
      </label>
      <label class="drop">
        <span safe>{t('statementFile')}</span>
        <input type="file" name="file" required />
        <span class="field-hint" safe>
          {t('statementFileHint')}
        </span>
      </label>
      <button class="primary" safe>
        {t('statementSend')}
      </button>
    </form>
  );

/** Word and colour of a state; one that does not fit its balances is marked. */
export const StatementStateWord = ({ seen: { file }, t }: { seen: SeenStatement; t: Translate }): JSX.Element => {
  const isSound = file.state === 'read' && file.isBalanced !== false;
  const look = isSound
    ? 'paid'
    : file.state === 'refused'
      ? 'bad'
      : file.state === 'cancelled'
        ? 'free'
        : file.state === 'read'
          ? 'overpaid'
          : 'open';
  return (
    <span class={`state state-${look}`} safe>
      {t(`statement_${file.state}`)}
    </span>
  );
};

export const periodWords = ({ firstDay, lastDay }: SeenStatement['file']): string =>
  firstDay && lastDay ? (firstDay === lastDay ? inDate(firstDay) : `${inDate(firstDay)} – ${inDate(lastDay)}`) : '–';

export const countWords = (count: number): string => count.toLocaleString('de-DE');

const StatementTable = ({ shown, visit }: { shown: readonly SeenStatement[]; visit: OfficerVisit }): JSX.Element => (
  <table class="statement-list">
    <thead>
      <tr>
        <th safe>{visit.t('statementFile')}</th>
        <th safe>{visit.t('statementAccount')}</th>
        <th safe>{visit.t('statementPeriod')}</th>
        <th safe>{visit.t('statementState')}</th>
        <th class="amount" safe>
          {visit.t('statementLines')}
        </th>
        <th class="amount" safe>
          {visit.t('statementNew')}
        </th>
        <th class="amount" safe>
          {visit.t('statementHeld')}
        </th>
      </tr>
    </thead>
    <tbody>
      {shown.map((seen) => (
        <StatementRow seen={seen} visit={visit} />
      ))}
    </tbody>
  </table>
);

function StatementRow({ seen, visit: { t, language } }: { seen: SeenStatement; visit: OfficerVisit }): JSX.Element {
  const { file, account } = seen;
  const problem = problemOf(file);
  return (
    <tr>
      <td class="break">
        <a href={statementAddress(file.id)} safe>
          {file.name}
        </a>
        <span class="small muted block" safe>
          {inDateTime(file.keptAt)}
        </span>
      </td>
      <td>
        <a href={addressOf('/statements', { account: account.id })} safe>
          {account.accountNumber}
        </a>
      </td>
      <td safe>{periodWords(file)}</td>
      <td>
        <StatementStateWord seen={seen} t={t} />
        {problem ? <span class="small block">{refusals[problem][language]}</span> : ''}
        {file.isBalanced === false ? (
          <span class="small block" safe>
            {t('statementUnbalanced')}
          </span>
        ) : (
          ''
        )}
      </td>
      <td class="amount" safe>
        {countWords(file.rowCount)}
      </td>
      <td class="amount" safe>
        {countWords(file.newCount)}
      </td>
      <td class="amount">
        {file.heldCount > 0 ? (
          <a href={statementAddress(file.id, '#held')} safe>
            {countWords(file.heldCount)}
          </a>
        ) : (
          '0'
        )}
      </td>
    </tr>
  );
}
