// What was found in a statement that is read: its counts, the days to reconcile next, whether it fits its own totals, its spoilt rows.
import { rejectedReasons } from '../actions/mapLayout';
import type { SeenStatement } from '../actions/seeStatements';
import { Money } from '../domain/money';
import { balanceFaults, type BalanceFault, type FaultyTotal, type StatementFile } from '../domain/statement';
import { addDays, type Day } from '../domain/time';
import { say } from './counterLabels';
import { dayAddress } from './dayPlace';
import { inDate, inDong } from './format';
import type { Translate } from './labels';
import { listedAddress } from './statementLines';
import { countWords, rowsIn } from './statements';

/** Of a longer file the first days; the others are in the overview. */
const mostDays = 7;

export function Read({ seen, t }: { seen: SeenStatement; t: Translate }): JSX.Element {
  const { file } = seen;
  const counts: readonly (readonly [string, number, string])[] = [
    [t('statementLines'), rowsIn(file), listedAddress(file.id, 'all')],
    [t('statementKnown'), file.knownCount, listedAddress(file.id, 'known')],
    [t('statementNew'), file.newCount, listedAddress(file.id, 'new')],
    [t('statementHeld'), file.heldCount, '#held'],
    [t('statementRejected'), file.rejectedCount, '#rejected'],
  ];
  return (
    <>
      <RowsLost file={file} t={t} />
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
      <DaysNext seen={seen} t={t} />
      <Balances seen={seen} t={t} />
    </>
  );
}

const RowsLost = ({ file, t }: { file: StatementFile; t: Translate }): JSX.Element =>
  file.rejectedCount === 0 ? (
    <></>
  ) : (
    <p class="rows-lost" role="alert">
      <strong safe>{say(t('statementRowsLost'), { count: countWords(file.rejectedCount) })}</strong>{' '}
      <a href="#rejected" safe>
        {t('statementRowsLostSee')}
      </a>
    </p>
  );

/** The way on: the days of the file are reconciled next. */
function DaysNext({ seen: { file, account }, t }: { seen: SeenStatement; t: Translate }): JSX.Element {
  const { firstDay, lastDay } = file;
  if (!firstDay || !lastDay) return <></>;
  const days: Day[] = [];
  for (let day = firstDay; day <= lastDay && days.length < mostDays; day = addDays(day, 1)) days.push(day);
  return (
    <p class="row next">
      {days.map((day) => (
        <a class={`button ${firstDay === lastDay ? 'primary' : ''}`} href={dayAddress({ accountId: account.id, day })} safe>
          {say(t('statementReconcile'), { day: inDate(day) })}
        </a>
      ))}
      {days.at(-1) === lastDay ? (
        ''
      ) : (
        <a href="/days" safe>
          {t('statementAllDays')}
        </a>
      )}
    </p>
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
        <p safe>{comparedWords(file, t)}</p>
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

function comparedWords({ totals }: StatementFile, t: Translate): string {
  const stated: Record<BalanceFault, unknown> = {
    closing: totals.openingBalance && totals.closingBalance,
    credits: totals.statedCredits,
    debits: totals.statedDebits,
    count: totals.statedCount,
  };
  const compared = balanceFaults.filter((one) => stated[one] !== undefined);
  return compared.length === 0
    ? t('statementNotStatedWhy')
    : say(t('statementCompared'), { what: compared.map((one) => t(`compared_${one}`)).join(', ') });
}

const faultWords = ({ fault, stated, found }: FaultyTotal, t: Translate): string =>
  say(t(`fault_${fault}`), { stated: totalWords(stated), found: totalWords(found) });

const totalWords = (total: Money | number): string => (total instanceof Money ? inDong(total) : countWords(total));

export function Rejected({ seen: { file, rejected }, t }: { seen: SeenStatement; t: Translate }): JSX.Element {
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
