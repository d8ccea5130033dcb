// One statement: how far it is, whether it fits its own totals, what was found in it, its spoilt rows and the lines that wait for a person.
import { cancelStatement } from '../actions/cancelStatement';
import { resendStatement, statedAccountOf, type StatedAccount } from '../actions/keepByNumber';
import { listDecided, listHeld, problemOf, seeStatement, type SeenStatement } from '../actions/seeStatements';
import type { Account } from '../domain/agency';
import { can } from '../domain/role';
import type { StatementFile } from '../domain/statement';
import { refusals } from '../problems';
import { say } from './counterLabels';
import { inDateTime } from './format';
import type { Translate } from './labels';
import { FormToken, OfficerPage } from './layout';
import { isFragment, type Fields, type OfficerVisit, type Shown } from './screen';
import { DecidedLines, HeldLines } from './statementHeld';
import { Read, Rejected } from './statementRead';
import { accountWords, countWords, isCutOff, periodWords, statedWords, statementAddress, StatementStateWord } from './statements';
import { unitOf } from './unit';

export async function showStatement(visit: OfficerVisit): Promise<Shown> {
  const { ctx, actor, req, t } = visit;
  const seen = await seeStatement(ctx, actor, String(req.params['id']));
  if (isFragment(req)) return isOpen(seen.file) ? <Progress seen={seen} visit={visit} /> : { redirect: statementAddress(seen.file.id) };
  const { file, account } = seen;
  return (
    <OfficerPage visit={visit} title={t('statement')} unit={await unitOf(visit)} look="statements">
      <link rel="stylesheet" href="/assets/statements.css" />
      <p>
        <a href="/statements" data-key="Escape" safe>
          {t('statements')}
        </a>
      </p>
      <div class="row head">
        <h1 class="break" safe>
          {file.name}
        </h1>
        <StatementStateWord seen={seen} t={t} />
      </div>
      <p class="muted" safe>
        {[accountWords(account), `${t('statementWhen')} ${inDateTime(file.keptAt)}`, ...spanWords(file, t)].join(' · ')}
      </p>
      <Refused file={file} stated={await statedIfForeign(visit, file)} visit={visit} />
      {isOpen(file) ? <Progress seen={seen} visit={visit} /> : ''}
      {file.state === 'read' ? <Read seen={seen} t={t} /> : ''}
      <HeldLines held={await listHeld(ctx, seen)} file={file} visit={visit} />
      <DecidedLines decided={await listDecided(ctx, file)} file={file} visit={visit} />
      <Rejected seen={seen} t={t} />
    </OfficerPage>
  );
}

/** Sends a file that was refused on to the account whose number it states. */
export async function takeStatementResend({ ctx, actor, req }: OfficerVisit, fields: Fields): Promise<Shown> {
  const { id } = await resendStatement(ctx, actor, String(req.params['id']), fields['account'] ?? '');
  return { redirect: statementAddress(id) };
}

export async function takeStatementCancel({ ctx, actor, req }: OfficerVisit): Promise<Shown> {
  const { file } = await cancelStatement(ctx, actor, String(req.params['id']));
  return { redirect: statementAddress(file.id) };
}

const isOpen = ({ state }: StatementFile): boolean => ['arriving', 'waiting', 'reading'].includes(state);

const spanWords = (file: StatementFile, t: Translate): string[] =>
  file.lastDay ? [`${t('statementPeriod')} ${periodWords(file)}, ${t(file.isFinal ? 'statementFinal' : 'statementNotFinal')}`] : [];

function Progress({ seen: { file }, visit: { t, actor, formToken } }: { seen: SeenStatement; visit: OfficerVisit }): JSX.Element {
  const surveyed = Math.min(100, Math.floor((file.bytesRead * 100) / Math.max(1, file.byteCount)));
  const kept = Math.floor((file.lineCount * 100) / Math.max(1, file.rowCount));
  const words =
    file.rowCount === 0
      ? say(t('statementProgressSurvey'), { percent: String(surveyed) })
      : say(t(file.lineCount < file.rowCount ? 'statementProgressLines' : 'statementProgressLinks'), {
          done: countWords(file.lineCount),
          all: countWords(file.rowCount),
        });
  const value = file.rowCount === 0 ? surveyed / 4 : 25 + (kept * 3) / 4;
  return (
    <div class="statement-progress" hx-get={statementAddress(file.id)} hx-trigger="every 1s" hx-swap="outerHTML" role="status">
      <progress value={String(Math.round(value))} max="100" aria-label={t('statement_reading')}></progress>
      <p safe>{words}</p>
      {can(actor, 'import_statements') ? (
        <form method="post" action={statementAddress(file.id, '/cancel')}>
          <FormToken token={formToken} />
          <button class="quiet" safe>
            {t('statementCancel')}
          </button>
        </form>
      ) : (
        ''
      )}
    </div>
  );
}

interface RefusedGiven {
  file: StatementFile;
  stated: StatedAccount | undefined;
  visit: OfficerVisit;
}

/** Why it was refused, or that it did not arrive whole; and what to do next. */
function Refused({ file, stated, visit }: RefusedGiven): JSX.Element {
  const { actor, t, language } = visit;
  const problem = problemOf(file);
  if (!problem && !isCutOff(file)) return <></>;
  return (
    <div class="refusal" role="alert">
      <p class="refusal-what" safe>
        {problem ? refusals[problem][language] : t('statementCutOff')}
      </p>
      {stated?.number === undefined ? '' : <p safe>{numberWords(stated, t)}</p>}
      {can(actor, 'import_statements') ? <NextTry file={file} accounts={stated?.accounts ?? []} visit={visit} /> : ''}
    </div>
  );
}

const statedIfForeign = async ({ ctx, actor }: OfficerVisit, file: StatementFile): Promise<StatedAccount | undefined> =>
  problemOf(file) === 'statement_account_foreign' ? statedAccountOf(ctx, actor, file) : undefined;

const numberWords = (stated: StatedAccount, t: Translate): string =>
  stated.accounts.length === 0 ? statedWords(stated, t) : say(t('statementNumberIn'), { number: stated.number ?? '' });

interface TryGiven {
  file: StatementFile;
  /** Those that have the number in the file. */
  accounts: readonly Account[];
  visit: OfficerVisit;
}

const NextTry = ({ file, accounts, visit: { t, formToken } }: TryGiven): JSX.Element => (
  <div class="row next">
    {file.problem === 'layout_unknown' ? (
      <a class="button primary" href={statementAddress(file.id, '/layout')} safe>
        {t('mapLayout')}
      </a>
    ) : (
      ''
    )}
    {accounts.map((account) => (
      <form method="post" action={statementAddress(file.id, '/resend')} data-once>
        <FormToken token={formToken} />
        <button class="primary" name="account" value={account.id} safe>
          {say(t('statementResend'), { account: accountWords(account) })}
        </button>
      </form>
    ))}
    <a class="button" href="/statements" safe>
      {t('statementSendOther')}
    </a>
  </div>
);
