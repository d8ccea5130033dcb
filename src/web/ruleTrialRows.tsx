// The matches that would differ, each side by side: the content with what was read in it, what was, what would be, and what a person decided.
import type { SeenTrial, TrialRow } from '../actions/seeRules';
import { differencesOf, type Judgement } from '../domain/ruleTrial';
import { vnd } from '../domain/money';
import type { Resolution } from '../domain/resolution';
import { say } from './counterLabels';
import { inDateTime, inDong } from './format';
import { MarkedContent } from './markedContent';
import { addressOf } from './parts';
import { proofViewOf } from './proofView';
import { marks, setAddress } from './ruleWords';
import type { OfficerVisit } from './screen';
import { signedAs } from './signedAs';

/** A page of the rows, and what was asked for. */
export interface Asked {
  seen: SeenTrial;
  kind?: string;
  verdict?: string;
}

export const TrialRows = ({ asked, visit }: { asked: Asked; visit: OfficerVisit }): JSX.Element => {
  const { t } = visit;
  const { trial, rows, next } = asked.seen;
  if (rows.length === 0)
    return (
      <p class="empty" safe>
        {t(differencesOf(trial) === 0 ? 'trialNothing' : 'trialNothingSo')}
      </p>
    );
  const further = { kind: asked.kind, verdict: asked.verdict, after: next === undefined ? undefined : String(next) };
  return (
    <>
      <table class="cards rule-rows">
        <thead>
          <tr>
            <th safe>{t('trialTransaction')}</th>
            <th safe>{t('trialWas')}</th>
            <th safe>{t('trialWould')}</th>
            <th safe>{t('trialPerson')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <Row row={row} isFirst={place === 0} seen={asked.seen} visit={visit} />
          ))}
        </tbody>
      </table>
      {next === undefined ? (
        ''
      ) : (
        <p>
          <a class="button" href={`${addressOf(setAddress(trial.ruleSetId), further)}#trial`} safe>
            {t('trialNext')}
          </a>
        </p>
      )}
    </>
  );
};

interface RowGiven {
  row: TrialRow;
  isFirst: boolean;
  seen: SeenTrial;
  visit: OfficerVisit;
}

const Row = ({ row, isFirst, seen, visit }: RowGiven): JSX.Element => {
  const { t } = visit;
  const { transaction, difference } = row;
  const view = proofViewOf(transaction);
  const was = { ...difference.was, ...(view?.rule ? { rule: view.rule } : {}) };
  return (
    <tr>
      <td data-label={t('trialTransaction')}>
        <a class="strong" href={`/transactions/${transaction.id}`} data-row data-first={isFirst} safe>
          {inDong(transaction.amount)}
        </a>{' '}
        <span class="small muted nowrap" safe>
          {inDateTime(transaction.bankTime)}
        </span>
        <span class="block break rule-content">
          {transaction.content ? (
            <MarkedContent content={transaction.content} found={difference.found} />
          ) : (
            <span class="muted" safe>
              {t('noContent')}
            </span>
          )}
        </span>
      </td>
      <td data-label={t('trialWas')}>
        <Side judgement={was} why={view?.why ? t(`why_${view.why}`) : undefined} seen={seen} visit={visit} />
      </td>
      <td data-label={t('trialWould')}>
        <Side
          judgement={difference.would}
          why={difference.would.why ? t(`why_${difference.would.why}`) : undefined}
          seen={seen}
          visit={visit}
        />
      </td>
      <td data-label={t('trialPerson')}>
        <Decided row={row} seen={seen} visit={visit} />
      </td>
    </tr>
  );
};

interface SideGiven {
  judgement: Judgement;
  why: string | undefined;
  seen: SeenTrial;
  visit: OfficerVisit;
}

const Side = ({ judgement: { shares, rule }, why, seen, visit: { t } }: SideGiven): JSX.Element =>
  shares.length === 0 ? (
    <>
      <span class="care" safe>
        {t('trialToPerson')}
      </span>
      <span class="small muted block" safe>
        {why ?? ''}
      </span>
    </>
  ) : (
    <>
      <ul class="plain-list">
        {shares.map(({ obligationId, amount }) => (
          <li>
            <ObligationName id={obligationId} seen={seen} />{' '}
            <span class="nowrap" safe>
              {inDong(vnd(amount))}
            </span>
          </li>
        ))}
      </ul>
      <span class="small muted block" safe>
        {byRule(rule, t)}
      </span>
    </>
  );

const byRule = (rule: Judgement['rule'], t: OfficerVisit['t']): string => (rule ? t(`switch_${rule}`) : '');

const ObligationName = ({ id, seen }: { id: string; seen: SeenTrial }): JSX.Element => (
  <a class="code" href={`/obligations/${id}`} safe>
    {seen.obligations.get(id)?.reference ?? id}
  </a>
);

const Decided = ({ row, seen, visit: { t } }: Omit<RowGiven, 'isFirst'>): JSX.Element => (
  <>
    <strong class={`verdict-${row.verdictNow}`}>
      <span aria-hidden="true">{marks[row.verdictNow]}</span> <span safe>{t(`verdict_${row.verdictNow}`)}</span>
    </strong>
    <ul class="plain-list small">
      {row.resolutions.map((one) => (
        <li class="break">
          <span safe>{decisionWords(one, t)}</span>
          {one.obligationId ? (
            <>
              {' · '}
              <ObligationName id={one.obligationId} seen={seen} />
            </>
          ) : (
            ''
          )}
          <span class="muted block" safe>
            {`${signedAs(one.by, seen.names, t)} · ${inDateTime(one.at)} · “${one.reason}”`}
          </span>
        </li>
      ))}
    </ul>
  </>
);

function decisionWords({ action, amount, undoes }: Resolution, t: OfficerVisit['t']): string {
  const label = action === 'undo' && undoes?.startsWith('match ') ? 'decided_undo_match' : (`decided_${action}` as const);
  return say(t(label), { amount: inDong(amount) });
}
