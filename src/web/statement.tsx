// One statement: how far it is, whether it fits its own totals, what was found in it, its spoilt rows and the lines that wait for a person.
import { cancelStatement } from '../actions/cancelStatement';
import { listDecided, listHeld, problemOf, seeStatement, type SeenStatement } from '../actions/seeStatements';
import { can } from '../domain/role';
import type { FaultyTotal, StatementFile } from '../domain/statement';
import { Money } from '../domain/money';
import { refusals } from '../problems';
import { rejectedReasons } from '../actions/mapLayout';
import { say } from './counterLabels';
import { inDateTime, inDong } from './format';
import type { Translate } from './labels';
import { FormToken, OfficerPage } from './layout';
import { isFragment, type OfficerVisit, type Shown } from './screen';
import { DecidedLines, HeldLines } from './statementHeld';
import { listedAddress } from './statementLines';
import { accountWords, countWords, periodWords, statementAddress, StatementStateWord } from './statements';
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
        {[accountWords(account), inDateTime(file.keptAt), periodWords(file), ...finalWords(file, t)].join(' · ')}
      </p>
      <Refused seen={seen} visit={visit} />
      {isOpen(file) ? <Progress seen={seen} visit={visit} /> : ''}
      {file.state === 'read' ? <Read seen={seen} t={t} /> : ''}
      <HeldLines held={await listHeld(ctx, seen)} file={file} visit={visit} />
      <DecidedLines decided={await listDecided(ctx, file)} file={file} visit={visit} />
      <Rejected seen={seen} t={t} />
    </OfficerPage>
  );
}

export async function takeStatementCancel({ ctx, actor, req }: OfficerVisit): Promise<Shown> {
  const { file } = await cancelStatement(ctx, actor, String(req.params['id']));
  return { redirect: statementAddress(file.id) };
}

const isOpen = ({ state }: StatementFile): boolean => ['arriving', 'waiting', 'reading'].includes(state);

const finalWords = (file: StatementFile, t: Translate): string[] =>
  file.lastDay ? [t(file.isFinal ? 'statementFinal' : 'statementNotFinal')] : [];

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

function Refused({ seen: { file }, visit: { t, language, actor } }: { seen: SeenStatement; visit: OfficerVisit }): JSX.Element {
  const problem = problemOf(file);
  if (!problem) return <></>;
  return (
    <div class="refusal refusal-what" role="alert">
      <p>{refusals[problem][language]}</p>
      {problem === 'statement_layout_unknown' && can(actor, 'import_statements') ? (
        <p>
          <a class="button primary" href={statementAddress(file.id, '/layout')} safe>
            {t('mapLayout')}
          </a>
        </p>
      ) : (
        ''
      )}
    </div>
  );
}

function Read({ seen, t }: { seen: SeenStatement; t: Translate }): JSX.Element {
  const { file } = seen;
  const counts: readonly (readonly [string, number, string])[] = [
    [t('statementLines'), file.rowCount, listedAddress(file.id, 'all')],
    [t('statementKnown'), file.knownCount, listedAddress(file.id, 'known')],
    [t('statementNew'), file.newCount, listedAddress(file.id, 'new')],
    [t('statementHeld'), file.heldCount, '#held'],
    [t('statementRejected'), file.rejectedCount, '#rejected'],
  ];
  return (
    <>
      <dl class="statement-counts">
        {counts.map(([words, count, href]) => (
          <div>
            <dt safe>{words}</dt>
            <dd>
              {href && count > 0 ? (
                <a href={href} safe>
                  {countWords(count)}
                </a>
              ) : (
                <span safe>{countWords(count)}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <Balances seen={seen} t={t} />
    </>
  );
}

function Balances({ seen: { file, faults }, t }: { seen: SeenStatement; t: Translate }): JSX.Element {
  const { openingBalance, closingBalance } = file.totals;
  const rows: readonly (readonly [string, string])[] = [
    [t('statementOpening'), openingBalance ? inDong(openingBalance) : '–'],
    [`+ ${t('statementCredits')}`, inDong(file.credits)],
    [`− ${t('statementDebits')}`, inDong(file.debits)],
    [`= ${t('statementClosing')}`, closingBalance ? inDong(closingBalance) : '–'],
  ];
  const verdict = file.isBalanced === undefined ? 'statementNotStated' : file.isBalanced ? 'statementBalanced' : 'statementUnbalanced';
  return (
    <section class="statement-balances">
      <table>
        <tbody>
          {rows.map(([words, amount]) => (
            <tr>
              <th safe>{words}</th>
              <td class="amount" safe>
                {amount}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div>
        <p class={`state state-${file.isBalanced === false ? 'overpaid' : file.isBalanced ? 'paid' : 'free'}`} safe>
          {t(verdict)}
        </p>
        {faults.map((one) => (
          <p safe>{faultWords(one, t)}</p>
        ))}
        {faults.length > 0 ? (
          <p class="muted" safe>
            {t('faultKept')}
          </p>
        ) : (
          ''
        )}
      </div>
    </section>
  );
}

const faultWords = ({ fault, stated, found }: FaultyTotal, t: Translate): string =>
  say(t(`fault_${fault}`), { stated: totalWords(stated), found: totalWords(found) });

const totalWords = (total: Money | number): string => (total instanceof Money ? inDong(total) : countWords(total));

function Rejected({ seen: { file, rejected }, t }: { seen: SeenStatement; t: Translate }): JSX.Element {
  if (rejected.length === 0) return <></>;
  return (
    <section id="rejected">
      <h2 safe>{t('statementRejected')}</h2>
      <table class="rejected-rows">
        <thead>
          <tr>
            <th class="amount" safe>
              {t('rejectedRow')}
            </th>
            <th safe>{t('rejectedWhy')}</th>
            <th safe>{t('rejectedCell')}</th>
          </tr>
        </thead>
        <tbody>
          {rejected.map(({ row, why, cell }) => {
            const reason = rejectedReasons.find((one) => one === why);
            return (
              <tr>
                <td class="amount" safe>
                  {countWords(row)}
                </td>
                <td safe>{reason ? t(`rejected_${reason}`) : why}</td>
                <td class="break" safe>
                  {cell ?? ''}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {file.rejectedCount > rejected.length ? (
        <p class="muted" safe>
          {say(t('rejectedMore'), { count: countWords(rejected.length) })}
        </p>
      ) : (
        ''
      )}
    </section>
  );
}
