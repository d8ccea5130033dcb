// Where a finance officer finds a home for money: candidates with their reasons, a look-up by code, and the other ways out. What is too much goes back first.
import { lookUpObligations } from '../actions/lookUpObligations';
import { isTooMuch, listRelated } from '../actions/listRelated';
import { suggestObligations } from '../actions/suggestObligations';
import type { Dossier } from '../domain/dossier';
import { outstandingOf, type BareObligation } from '../domain/obligation';
import { say } from './counterLabels';
import { inDong } from './format';
import { State } from './parts';
import { askedText } from './query';
import { StepForm } from './transactionStep';
import type { Asked } from './transactionSteps';
import type { TransactionView } from './transactionView';

export async function Desk({ view, asked: { step, refusal } }: { view: TransactionView; asked: Asked }): Promise<string> {
  const { visit, isOurs, isOpen, money } = view;
  const isWaiting = isOurs && money.unapplied.isPositive();
  const safeChoices = isWaiting && !step ? await Choices(view) : '';
  if (!step && !refusal && !safeChoices) return '';
  const amount = inDong(money.unapplied);
  return (
    <section class="desk stack">
      {refusal ? (
        <p class="refusal refusal-what" role="alert" safe>
          {refusal}
        </p>
      ) : (
        ''
      )}
      {step ? <StepForm view={view} step={step} /> : ''}
      {isOpen && isWaiting && !step ? <h2 safe>{say(visit.t(isRefundFirst(view) ? 'sendBack' : 'findHome'), { amount })}</h2> : ''}
      {safeChoices}
    </section>
  );
}

/** Nobody's money waits here for a stranger's obligation: it came for one that wants it no more. A search asks for more. */
const isRefundFirst = ({ transaction, visit }: TransactionView): boolean =>
  isTooMuch(transaction) && askedText(visit.req, 'find') === undefined;

/** Suggested, or found by what was typed. */
interface Choice {
  obligation: BareObligation;
  dossier: Dossier;
  reasons: readonly string[];
}

/** What the list of choices is: found by a search, of the same person, or suggested. */
type Origin = 'lookUpFound' | 'related' | 'candidates';

async function Choices(view: TransactionView): Promise<string> {
  const { visit, isOpen } = view;
  const typed = askedText(visit.req, 'find');
  const { origin, choices } = await choicesFor(view, typed);
  if (choices.length === 0 && !isOpen) return '';
  const isRefundFirstHere = isOpen && isRefundFirst(view);
  return (
    <>
      {isRefundFirstHere ? <RefundFirst view={view} /> : ''}
      {choices.length > 0 ? (
        <Candidates choices={choices} origin={origin} isFirst={!isRefundFirstHere} view={view} />
      ) : (
        <p class="muted" role={origin === 'lookUpFound' ? 'alert' : undefined} safe>
          {visit.t(nothing[origin])}
        </p>
      )}
      {isOpen ? <LookUp view={view} typed={typed} isFirst={choices.length === 0 && !isRefundFirstHere} /> : ''}
      {isOpen ? <OtherWays view={view} withRefund={!isRefundFirstHere} /> : ''}
    </>
  );
}

const nothing = { lookUpFound: 'lookUpNothing', related: 'noRelated', candidates: 'noCandidates' } as const;

async function choicesFor(view: TransactionView, typed: string | undefined): Promise<{ origin: Origin; choices: readonly Choice[] }> {
  const { ctx, actor, t } = view.visit;
  if (typed !== undefined) {
    const found = await lookUpObligations(ctx, actor, typed);
    return { origin: 'lookUpFound', choices: found.map(({ obligation, dossier }) => ({ obligation, dossier, reasons: [] })) };
  }
  const isRelated = isTooMuch(view.transaction);
  const led = isRelated ? await listRelated(ctx, actor, view) : await suggestObligations(ctx, actor, view);
  const choices = led.map(({ obligation, dossier, reasons }) => ({
    obligation,
    dossier,
    reasons: reasons.map((one) => t(`reason_${one}`)),
  }));
  return { origin: isRelated ? 'related' : 'candidates', choices };
}

const RefundFirst = ({ view: { visit, transaction, address } }: { view: TransactionView }): JSX.Element => (
  <>
    {isTooMuch(transaction) ? <p safe>{visit.t(`sendBack_${transaction.why}`)}</p> : ''}
    <p class="row">
      <a class="button primary" href={address({ step: 'refund' })} data-row data-first>
        <kbd>Enter</kbd> <span safe>{visit.t('act_refund')}</span>
      </a>
    </p>
  </>
);

interface CandidatesGiven {
  choices: readonly Choice[];
  origin: Origin;
  /** Whether the focus begins here. */
  isFirst: boolean;
  view: TransactionView;
}

function Candidates({ choices, origin, isFirst, view }: CandidatesGiven): JSX.Element {
  const { t } = view.visit;
  const isFound = origin === 'lookUpFound';
  return (
    <table class="cards candidates">
      <caption>
        <span safe>{t(origin)}</span>
        {isFound ? (
          ''
        ) : (
          <span class="small muted block" safe>
            {t('candidatesHint')}
          </span>
        )}
      </caption>
      <thead>
        <tr>
          <th safe>{t('dossier')}</th>
          <th safe>{t(isFound ? 'todayState' : 'suggestedBecause')}</th>
          <th class="amount" safe>
            {t('outstanding')}
          </th>
          {view.isOpen ? (
            <th>
              <span class="hidden-text" safe>
                {t('act_allocate')}
              </span>
            </th>
          ) : (
            ''
          )}
        </tr>
      </thead>
      <tbody>
        {choices.map((choice, place) => (
          <Candidate choice={choice} isFirst={isFirst && place === 0} view={view} />
        ))}
      </tbody>
    </table>
  );
}

function Candidate({ choice, isFirst, view }: { choice: Choice; isFirst: boolean; view: TransactionView }): JSX.Element {
  const { t } = view.visit;
  const { obligation, dossier, reasons } = choice;
  const outstanding = outstandingOf(obligation);
  return (
    <tr>
      <td class="fee">
        <a class="code" href={`/obligations/${obligation.id}`} safe>
          {obligation.reference}
        </a>{' '}
        <span safe>{dossier.applicantName}</span>
        <span class="small muted block" safe>
          {dossier.code}
        </span>
      </td>
      <td data-label={t(reasons.length > 0 ? 'suggestedBecause' : 'todayState')}>
        {reasons.length === 0 ? <State of={obligation} t={t} /> : ''}
        {reasons.map((reason) => (
          <span class="small block" safe>
            {reason}
          </span>
        ))}
      </td>
      <td class="amount strong" data-label={t('outstanding')} safe>
        {inDong(outstanding)}
      </td>
      {view.isOpen ? (
        <td class="act">
          {outstanding.isPositive() ? (
            <a class="button" href={view.address({ to: obligation.id })} data-row data-first={isFirst}>
              <span safe>{t('act_allocate')}</span>
              <span class="hidden-text" safe>
                {say(t('toObligation'), { reference: obligation.reference })}
              </span>
            </a>
          ) : (
            ''
          )}
        </td>
      ) : (
        ''
      )}
    </tr>
  );
}

/** A form of its own: it asks, and never decides. */
const LookUp = ({ view, typed, isFirst }: { view: TransactionView; typed: string | undefined; isFirst: boolean }): JSX.Element => (
  <form class="row look-up" role="search" action={`/transactions/${view.transaction.id}`}>
    {Object.entries(view.carried).map(([name, value]) => (value ? <input type="hidden" name={name} value={value} /> : ''))}
    <label class="grow">
      <span>
        <span safe>{view.visit.t('lookUp')}</span> <kbd>/</kbd>
      </span>
      <input name="find" value={typed ?? ''} maxlength={100} autocomplete="off" required autofocus={isFirst} data-key="/" />
    </label>
    <button safe>{view.visit.t('find')}</button>
    {typed === undefined ? (
      ''
    ) : (
      <a class="button quiet" href={view.address()} data-key="Escape">
        <kbd>Esc</kbd> <span safe>{view.visit.t('back')}</span>
      </a>
    )}
  </form>
);

const OtherWays = ({ view, withRefund }: { view: TransactionView; withRefund: boolean }): JSX.Element => (
  <p class="row other-ways">
    {withRefund ? (
      <a class="button" href={view.address({ step: 'refund' })} safe>
        {view.visit.t('act_refund')}
      </a>
    ) : (
      ''
    )}
    {(['not_ours', 'interest', 'own_transfer', 'to_budget'] as const).map((step) => (
      <a class="button" href={view.address({ step })} safe>
        {view.visit.t(`act_${step}`)}
      </a>
    ))}
  </p>
);
