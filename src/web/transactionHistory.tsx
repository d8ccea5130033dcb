// What was decided about a transaction so far: by the service as it came, by people since, and what others' undoing moved.
import { whyExcess, type Allocation } from '../domain/allocation';
import { matchOf, undoableOf, type Resolution } from '../domain/resolution';
import { sumOf } from '../domain/money';
import type { Instant } from '../domain/time';
import { say } from './counterLabels';
import { inDong, inMoment } from './format';
import type { Translate } from './labels';
import { proofViewOf } from './proofView';
import { signedAs } from './signedAs';
import type { TransactionView } from './transactionView';

interface Step {
  at: Instant;
  what: string;
  /** Where it went, by the id of the obligation. */
  to?: string;
  by?: string;
  reason?: string;
  isUndone?: boolean;
}

export function Decisions({ view }: { view: TransactionView }): JSX.Element {
  const { t } = view.visit;
  const isUndoable = view.isOpen && undoableOf(view.allocations, view.resolutions) !== undefined;
  return (
    <section class="decisions">
      <h2 safe>{t('decisions')}</h2>
      <ol class="timeline">
        {stepsOf(view).map((step) => (
          <li>
            <time class="small muted" datetime={step.at} safe>
              {inMoment(step.at)}
            </time>
            <span>
              <span class={step.isUndone ? 'undone' : ''} safe>
                {step.what}
              </span>
              {step.isUndone ? <span class="small muted" safe>{` (${t('wasTakenBack')})`}</span> : ''}
              {step.to ? <Target view={view} id={step.to} /> : ''}
              {step.by ? (
                <span class="small muted block" safe>
                  {[step.by, step.reason && `“${step.reason}”`].filter(Boolean).join(' · ')}
                </span>
              ) : (
                ''
              )}
            </span>
          </li>
        ))}
      </ol>
      {isUndoable ? (
        <p class="undo">
          <a class="button" href={view.address({ step: 'undo' })} safe>
            {t('step_undo')}
          </a>
        </p>
      ) : (
        ''
      )}
    </section>
  );
}

function Target({ view: { obligations, visit }, id }: { view: TransactionView; id: string }): JSX.Element {
  const obligation = obligations.get(id);
  if (!obligation) return <span safe>{` · ${visit.t('otherAgencyObligation')}`}</span>;
  return (
    <>
      {' · '}
      <a class="code" href={`/obligations/${id}`} safe>
        {obligation.reference}
      </a>
    </>
  );
}

/** In the order in which they happened. */
function stepsOf(view: TransactionView): Step[] {
  const steps = [...firstSteps(view), ...view.resolutions.map((one) => decisionStep(view, one)), ...flows(view)];
  return steps.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** How it came, what the service did with it at once, and why some of it waited: what was decided since does not change that. */
function firstSteps({ visit: { t }, transaction, allocations }: TransactionView): Step[] {
  const at = transaction.receivedAt;
  const matched = allocations.filter((one) => one.resolutionId === undefined);
  const why = matched.length === 0 ? proofViewOf(transaction)?.why : undefined;
  return [
    { at, what: t('decided_heard') },
    ...(matched.length === 0 ? [{ at, what: why ? `${t('decided_held')}: ${t(`why_${why}`)}` : t('decided_held') }] : []),
    ...matched.map((one) => ({ at, what: matchWords(one, t), to: one.obligationId })),
  ];
}

function matchWords({ amount, excess, flags }: Allocation, t: Translate): string {
  if (amount.isZero()) {
    return say(t('decided_matched_nothing'), { amount: inDong(excess), why: t(`nothingTaken_${whyExcess({ flags })}`) });
  }
  const what = say(t('decided_matched'), { amount: inDong(amount.plus(excess)) });
  return excess.isPositive() ? `${what} (${t(`why_${whyExcess({ flags })}`)} ${inDong(excess)})` : what;
}

function decisionStep({ visit: { t }, resolutions, names }: TransactionView, one: Resolution): Step {
  const label = one.undoes === matchOf(one.transactionId) ? 'decided_undo_match' : (`decided_${one.action}` as const);
  return {
    at: one.at,
    what: say(t(label), { amount: inDong(one.amount) }),
    ...(one.obligationId ? { to: one.obligationId } : {}),
    by: signedAs(one.by, names, t),
    reason: one.reason,
    isUndone: resolutions.some((other) => other.undoes === one.id),
  };
}

/** What was too much counts as paid once an earlier payment was taken back: a decision about another transaction. */
function flows({ visit: { t }, allocations, resolutions, entries }: TransactionView): Step[] {
  const own = new Set(resolutions.map((one) => one.id));
  return entries.flatMap((entry) => {
    if (entry.cause !== 'resolution' || own.has(entry.causeId)) return [];
    const moved = allocations.filter((one) => one.resolutionId === entry.causeId);
    const to = moved[0]?.obligationId;
    const what = say(t('decided_flow'), { amount: inDong(sumOf(moved.map((one) => one.amount))) });
    return to ? [{ at: entry.createdAt, what, to }] : [];
  });
}
