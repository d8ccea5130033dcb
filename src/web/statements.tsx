// The statements that were sent: the place to drop one, and how far each is.
import { keepByNumber, type StatedAccount } from '../actions/keepByNumber';
import { keepStatement } from '../actions/keepStatement';
import { accountsInSight, listStatements, problemOf, type SeenStatement } from '../actions/seeStatements';
import type { Account } from '../domain/agency';
import { bankOfBin } from '../domain/banks';
import { isId } from '../domain/id';
import { can } from '../domain/role';
import { Problem, refusals } from '../problems';
import { say } from './counterLabels';
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

export const showStatements = (visit: OfficerVisit): Promise<Shown> => page(visit);

/** `refusal`: why a file was not taken. */
async function page(visit: OfficerVisit, refusal?: string): Promise<Shown> {
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
      <script src="/assets/statements.js" defer></script>
      <h1 safe>{t('statements')}</h1>
      <p class="muted lead" safe>
        {t('statementsLead')}
      </p>
      {refusal ? (
        <p class="refusal refusal-what" role="alert" safe>
          {refusal}
        </p>
      ) : (
        ''
      )}
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

/** Where the file goes while it arrives; it is read by the clock. A file that is not taken is told on the page itself. */
export async function takeStatement(
  visit: OfficerVisit,
  { account }: Fields,
  file: { name: string; bytes: AsyncIterable<Uint8Array> },
): Promise<Shown> {
  const { ctx, actor, res, language, t } = visit;
  const sent = { actor, fileName: file.name, bytes: file.bytes };
  try {
    const kept = account ? await keepStatement(ctx, { ...sent, account }) : await keepByNumber(ctx, sent);
    if ('id' in kept) return { redirect: statementAddress(kept.id) };
    res.status(422);
    return page(visit, statedWords(kept, t));
  } catch (error) {
    if (!(error instanceof Problem) || !error.code.startsWith('statement_')) throw error;
    res.status(error.status);
    return page(visit, error.code === 'statement_account_first' ? t('statementAccountUnclear') : refusals[error.code][language]);
  }
}

/** Why the account of a file is not known by what it states. */
export const statedWords = ({ number, accounts }: StatedAccount, t: Translate): string =>
  number !== undefined && accounts.length === 0 ? say(t('statementNumberUnknown'), { number }) : t('statementAccountUnclear');

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
    <form
      method="post"
      action="/statements"
      enctype="multipart/form-data"
      class="send-statement"
      data-sending={t('statementSending')}
      data-broken={t('statementNotSent')}
    >
      <FormToken token={token} />
      <label>
        <span safe>{t('statementAccount')}</span>
        <select name="account">
          {accounts.length > 1 ? (
            <option value="" safe>
              {t('statementByNumber')}
            </option>
          ) : (
            ''
          )}
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
      <p class="sending" role="status"></p>
    </form>
  );

/** Word and colour of a state; one that does not fit its balances, or has spoilt rows, is marked. */
export const StatementStateWord = ({ seen: { file }, t }: { seen: SeenStatement; t: Translate }): JSX.Element => {
  const isPart = file.state === 'read' && file.rejectedCount > 0;
  const isSound = file.state === 'read' && file.isBalanced !== false && !isPart;
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
      {isPart ? say(t('statement_readPartly'), { count: countWords(file.rejectedCount) }) : t(`statement_${file.state}`)}
    </span>
  );
};

export const periodWords = ({ firstDay, lastDay }: SeenStatement['file']): string =>
  firstDay && lastDay ? (firstDay === lastDay ? inDate(firstDay) : `${inDate(firstDay)} – ${inDate(lastDay)}`) : '–';

/** Rows of movements, the spoilt ones too. */
export const rowsIn = ({ state, rowCount, lineCount, rejectedCount }: SeenStatement['file']): number =>
  state === 'read' ? lineCount + rejectedCount : rowCount;

/** It was stopped before its last byte had arrived. */
export const isCutOff = ({ state, sha256 }: SeenStatement['file']): boolean => state === 'cancelled' && sha256 === '';

export const countWords = (count: number): string => count.toLocaleString('de-DE');

const StatementTable = ({ shown, visit }: { shown: readonly SeenStatement[]; visit: OfficerVisit }): JSX.Element => (
  <table class="statement-list cards" data-list>
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
        <th class="amount" safe>
          {visit.t('statementRejected')}
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
  const notes = [
    ...(problem ? [refusals[problem][language]] : []),
    ...(file.isBalanced === false ? [t('statementUnbalanced')] : []),
    ...(isCutOff(file) ? [t('statementCutOff')] : []),
  ];
  return (
    <tr>
      <td class="name">
        <a class="break" href={statementAddress(file.id)} safe>
          {file.name}
        </a>
        <span class="small muted block" safe>
          {inDateTime(file.keptAt)}
        </span>
      </td>
      <td data-label={t('statementAccount')}>
        <a href={addressOf('/statements', { account: account.id })} safe>
          {account.accountNumber}
        </a>
      </td>
      <td data-label={t('statementPeriod')} safe>
        {periodWords(file)}
      </td>
      <td data-label={t('statementState')}>
        <StatementStateWord seen={seen} t={t} />
        {notes.map((words) => (
          <span class="small block" safe>
            {words}
          </span>
        ))}
      </td>
      <td class="amount" data-label={t('statementLines')} safe>
        {countWords(rowsIn(file))}
      </td>
      <td class="amount" data-label={t('statementNew')} safe>
        {countWords(file.newCount)}
      </td>
      <CountCell label={t('statementHeld')} count={file.heldCount} href={statementAddress(file.id, '#held')} />
      <CountCell label={t('statementRejected')} count={file.rejectedCount} href={statementAddress(file.id, '#rejected')} look="care" />
    </tr>
  );
}

/** A count of what somebody should look at. */
const CountCell = ({ label, count, href, look }: { label: string; count: number; href: string; look?: string }): JSX.Element => (
  <td class="amount" data-label={label}>
    {count > 0 ? (
      <a href={href} class={look} safe>
        {countWords(count)}
      </a>
    ) : (
      '0'
    )}
  </td>
);
