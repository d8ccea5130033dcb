// The lines of a statement that wait for a person, each beside what it may be; and what was said of others, to be taken back.
import { decideLine, undoLine, type LineChoice } from '../actions/decideLine';
import type { DecidedLine, HeldCandidate, HeldLine } from '../actions/seeStatements';
import { can } from '../domain/role';
import type { StatementFile, StatementLine } from '../domain/statement';
import { isSoundText } from '../domain/text';
import { Problem } from '../problems';
import { say } from './counterLabels';
import { inDate, inDateTime, inDong } from './format';
import type { Translate } from './labels';
import { FormToken } from './layout';
import { Facts } from './parts';
import type { Fields, OfficerVisit, Shown } from './screen';
import { countWords, statementAddress } from './statements';

const longestReason = 500;

export async function takeLineDecision({ ctx, actor, req }: OfficerVisit, fields: Fields): Promise<Shown> {
  const decided = await decideLine(ctx, { actor, lineId: lineIdIn(req.params['line']), reason: reasonIn(fields) }, choiceIn(fields));
  return { redirect: statementAddress(decided.fileId, '#held') };
}

export async function takeLineUndo({ ctx, actor, req }: OfficerVisit, fields: Fields): Promise<Shown> {
  const decided = await undoLine(ctx, { actor, lineId: lineIdIn(req.params['line']), reason: reasonIn(fields) });
  return { redirect: statementAddress(decided.fileId, '#held') };
}

/** The button that was pressed: a transaction's, or `new`. */
function choiceIn(fields: Fields): LineChoice {
  const choice = fields['choice'] ?? '';
  if (choice === 'new') return { action: 'new' };
  if (choice === '') throw new Problem('request_invalid', 'choice');
  return { action: 'same', transactionId: choice };
}

function lineIdIn(text: unknown): number {
  if (typeof text !== 'string' || !/^[1-9]\d{0,14}$/.test(text)) throw new Problem('statement_line_unknown');
  return Number(text);
}

function reasonIn(fields: Fields): string {
  const reason = (fields['reason'] ?? '').normalize('NFC').trim();
  if (reason === '' || reason.length > longestReason || !isSoundText(reason)) throw new Problem('request_invalid', 'reason');
  return reason;
}

interface HeldGiven {
  held: readonly HeldLine[];
  file: StatementFile;
  visit: OfficerVisit;
}

export function HeldLines({ held, file, visit }: HeldGiven): JSX.Element {
  const { t } = visit;
  if (held.length === 0) return <></>;
  return (
    <section id="held">
      <h2 safe>{t('statementHeld')}</h2>
      <p class="muted lead" safe>
        {t('heldLead')}
      </p>
      {held.map((one) => (
        <Held one={one} visit={visit} />
      ))}
      {file.heldCount > held.length ? (
        <p class="muted" safe>
          {say(t('heldMore'), { count: countWords(held.length) })}
        </p>
      ) : (
        ''
      )}
    </section>
  );
}

/** One form: a reason, and a button for each thing that the line may be. */
function Held({ one: { line, candidates }, visit }: { one: HeldLine; visit: OfficerVisit }): JSX.Element {
  const { t, actor, formToken } = visit;
  const decides = can(actor, 'import_statements');
  return (
    <form method="post" action={lineAddress(line, 'decide')} class="held-line" id={`line-${line.id}`}>
      <FormToken token={formToken} />
      <div class="held-side">
        <h3 safe>{t('heldLine')}</h3>
        <LineFacts line={line} t={t} />
      </div>
      <div class="held-side">
        <h3 safe>{t('heldCandidate')}</h3>
        {candidates.length === 0 ? <p safe>{t('heldNoCandidate')}</p> : ''}
        {candidates.map((candidate) => (
          <Candidate candidate={candidate} decides={decides} t={t} />
        ))}
      </div>
      {decides ? (
        <div class="held-act">
          <label class="grow">
            <span safe>{t('heldReason')}</span>
            <input name="reason" required maxlength={longestReason} autocomplete="off" />
          </label>
          <button name="choice" value="new" safe>
            {t('heldNew')}
          </button>
        </div>
      ) : (
        ''
      )}
    </form>
  );
}

const lineAddress = (line: StatementLine, act: string): string => `/statement-lines/${line.id}/${act}`;

const LineFacts = ({ line, t }: { line: StatementLine; t: Translate }): JSX.Element => (
  <>
    <p class="held-amount" safe>
      {inDong(line.amount)}
    </p>
    <Facts
      facts={[
        [t('time'), inDate(line.day)],
        [t('bankReferenceWord'), line.bankReference],
        [t('content'), line.content],
        [line.direction === 'in' ? t('directionIn') : t('directionOut'), line.payerName],
      ]}
    />
  </>
);

function Candidate({ candidate, decides, t }: { candidate: HeldCandidate; decides: boolean; t: Translate }): JSX.Element {
  return (
    <div class="held-candidate">
      <p class="held-amount" safe>
        {inDong(candidate.amount)}
      </p>
      {candidate.isListed ? (
        <p class="small" safe>
          {t('heldListedBefore')}
        </p>
      ) : (
        ''
      )}
      <Facts
        facts={[
          [t('time'), inDateTime(candidate.bankTime)],
          [t('bankReferenceWord'), candidate.bankReference],
          [t('content'), candidate.content],
        ]}
      />
      <p class="row">
        <a href={`/transactions/${candidate.id}`} safe>
          {t('seeTransaction')}
        </a>
        {decides ? (
          <button class="primary" name="choice" value={candidate.id} safe>
            {t('heldSame')}
          </button>
        ) : (
          ''
        )}
      </p>
    </div>
  );
}

interface DecidedGiven {
  decided: readonly DecidedLine[];
  file: StatementFile;
  visit: OfficerVisit;
}

export function DecidedLines({ decided, visit }: DecidedGiven): JSX.Element {
  const { t, actor, formToken } = visit;
  if (decided.length === 0) return <></>;
  return (
    <section id="decided">
      <h2 safe>{t('decidedLines')}</h2>
      {decided.map(({ line, decisions }) => {
        const last = decisions.at(-1);
        const transactionId = line.transactionId ?? (last?.action === 'same' ? last.transactionId : undefined);
        return (
          <div class="decided-line">
            <p>
              <strong safe>{inDong(line.amount)}</strong> <span safe>{`${inDate(line.day)} · ${line.content}`}</span>
            </p>
            <ol>
              {decisions.map((one) => (
                <li safe>{`${inDateTime(one.at)} · ${one.by} · ${t(`decision_${one.action}`)}: ${one.reason}`}</li>
              ))}
            </ol>
            {transactionId ? (
              <a href={`/transactions/${transactionId}`} safe>
                {t('seeTransaction')}
              </a>
            ) : (
              ''
            )}
            {last?.action === 'same' && can(actor, 'import_statements') ? (
              <form method="post" action={lineAddress(line, 'undo')} class="held-act">
                <FormToken token={formToken} />
                <input name="reason" required maxlength={longestReason} aria-label={t('heldReason')} placeholder={t('heldReason')} />
                <button class="quiet" safe>
                  {t('decisionUndo')}
                </button>
              </form>
            ) : (
              ''
            )}
          </div>
        );
      })}
    </section>
  );
}
