// One transaction, every đồng explained and placed: its money, what the bank told, the proof, the decisions, the books, and the acts open to finance.
import { sumOf } from '../domain/money';
import { openStates, type Refund } from '../domain/refund';
import { can } from '../domain/role';
import { canBeSeen } from '../domain/seen';
import { say } from './counterLabels';
import { Books } from './books';
import { inDong } from './format';
import { OfficerPage } from './layout';
import type { OfficerVisit, Shown } from './screen';
import { askedText } from './query';
import { BankFacts } from './transactionFacts';
import { Decisions } from './transactionHistory';
import { Desk } from './transactionDesk';
import { Explanations } from './transactionExplain';
import { StrangeAmount, StrangeMeaning } from './transactionStrange';
import { acts, type Act, askedStep, type Asked } from './transactionSteps';
import { viewOf, type TransactionView } from './transactionView';
import { WhereMoneyIs } from './transactionWhere';
import { unitOf } from './unit';
import { lookingOf, SeenNote } from './unmatchedSeen';

export async function showTransaction(visit: OfficerVisit): Promise<Shown> {
  const view = await viewOf(visit);
  return transactionPage(view, await askedStep(view));
}

/** The page around a step that is about to be taken, or was refused, or none. */
export async function transactionPage(view: TransactionView, asked: Asked): Promise<string> {
  const { visit } = view;
  const { ctx, req, t } = visit;
  const { id, state, accountId } = view.transaction;
  const isExplained = state === 'outgoing' && accountId !== undefined; // a look does not do for it
  const looking = canBeSeen(view.transaction) ? await lookingOf(visit, await ctx.store.tables.seen.ofSubjects([id])) : undefined;
  const safeDesk = await Desk({ view, asked });
  const safeExplanations = await Explanations({ view, ...(asked.explain ? { form: asked.explain } : {}) });
  const done = acts.find((act) => req.method === 'GET' && askedText(req, 'done') === act);
  const title = `${t('transaction')} ${inDong(view.transaction.amount)}`;
  return (
    <OfficerPage visit={visit} title={title} unit={await unitOf(visit)} look="explained transaction">
      <link rel="stylesheet" href="/assets/transaction.css" />
      <Head view={view} done={done} isWithin={asked.step !== undefined || askedText(req, 'find') !== undefined} />
      {view.kind ? <StrangeAmount view={view} /> : <Sums view={view} />}
      <div class="two">
        <div class="stack wide column">
          {view.kind ? <StrangeMeaning view={view} kind={view.kind} /> : ''}
          {looking && (!isExplained || looking.seen.length > 0) ? <SeenNote id={id} looking={looking} /> : ''}
          {safeDesk}
          {safeExplanations}
          {view.isOurs ? <WhereMoneyIs view={view} /> : ''}
          {view.isOurs ? <Decisions view={view} /> : ''}
        </div>
        <aside class="stack wide column">
          <BankFacts view={view} />
        </aside>
      </div>
      {view.isOurs ? <Books entries={view.entries} nameOf={view.bookName} nothing={t('noEntriesOfTransaction')} t={t} /> : ''}
    </OfficerPage>
  );
}

interface HeadGiven {
  view: TransactionView;
  done: Act | undefined;
  /** A step deeper: there Esc goes back to the page itself. */
  isWithin: boolean;
}

function Head({ view, done, isWithin }: HeadGiven): JSX.Element {
  const { visit, transaction, money, listAddress } = view;
  const { t } = visit;
  const isPlaced = view.isOurs && !money.unapplied.isPositive();
  const refunds = view.refunds.filter((one) => openStates.some((state) => state === one.state));
  return (
    <header class="row head">
      <div class="grow">
        <h1 class="small muted" safe>{`${t('transaction')} · ${transaction.bankReference ?? transaction.providerId}`}</h1>
        {isPlaced && refunds.length > 0 ? (
          <WaitsForRefund view={view} refunds={refunds} />
        ) : (
          <p class={`state state-big ${isPlaced ? 'state-paid' : view.isOurs ? 'state-unapplied' : 'state-cancelled'}`} safe>
            {stateWords(view)}
          </p>
        )}
        {transaction.why && view.isOurs ? <p safe>{`${t('reason')}: ${t(`why_${transaction.why}`)}`}</p> : ''}
      </div>
      {done ? (
        <p class="done" role="status" safe>
          {t(`done_${done}`)}
        </p>
      ) : (
        ''
      )}
      <a
        class="button"
        href={listAddress}
        data-key={isWithin ? undefined : 'Escape'}
        data-first={(done !== undefined && isPlaced) || view.kind !== undefined}
      >
        {isWithin ? '' : <kbd>Esc</kbd>} <span safe>{t('backToUnmatched')}</span>
      </a>
    </header>
  );
}

/** It has a home only once it went back. */
function WaitsForRefund({ view: { visit }, refunds }: { view: TransactionView; refunds: readonly Refund[] }): JSX.Element {
  const words = say(visit.t('waitsForRefund'), { amount: inDong(sumOf(refunds.map(({ amount }) => amount))) });
  return (
    <p class="state state-big state-part_paid">
      {can(visit.actor, 'see_finance') ? (
        <a href={`/refunds/${refunds[0]?.id ?? ''}`} safe>
          {words}
        </a>
      ) : (
        <span safe>{words}</span>
      )}
    </p>
  );
}

function stateWords({ visit: { t }, money, kind }: TransactionView): string {
  if (kind) return t(`state_${kind}`);
  return money.unapplied.isPositive() ? say(t('waitsForHome'), { amount: inDong(money.unapplied) }) : t('allHasHome');
}

/** Each number leads to the rows that make it. */
function Sums({ view: { visit, transaction, money } }: { view: TransactionView }): JSX.Element {
  const { t } = visit;
  const sums = [
    ['amount', transaction.amount],
    ['applied', money.applied],
    ['toRefund', money.toRefund],
    ['notOurs', money.notOurs],
    ...(money.explained.isZero() ? [] : [['explained', money.explained] as const]),
    ['unapplied', money.unapplied],
  ] as const;
  return (
    <dl class="sums">
      {sums.map(([name, amount]) => (
        <div>
          <dt safe>{t(`money_${name}`)}</dt>
          <dd>
            {amount.isZero() ? (
              <span class="muted" safe>
                {inDong(amount)}
              </span>
            ) : (
              <a href={`#${name}`} safe>
                {inDong(amount)}
              </a>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
