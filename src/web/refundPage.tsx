// One refund: its state, the next step for whoever looks, and the evidence: the credit, the obligation, the receipts, where it goes, whose hands.
import { seeRefund, type SeenRefund } from '../actions/seeRefund';
import { isWithoutMoney } from '../domain/receiptRecord';
import { receiptNameOf } from '../domain/receiptName';
import { say } from './counterLabels';
import { dayListBehind } from './dayPlace';
import { inDateTime, inDong } from './format';
import { emptyForm, type FormState } from './formFields';
import type { Translate } from './labels';
import { OfficerPage } from './layout';
import { Fact, ObligationLink } from './parts';
import { askedText } from './query';
import { RefundStepForms } from './refundForms';
import { payeeWords, RefundStateWords, RefundSteps } from './refundParts';
import { lookOf, ReceiptState } from './receiptParts';
import type { OfficerVisit, Shown } from './screen';
import { unitOf } from './unit';

const shownActs = ['approve', 'refuse', 'prepare', 'send', 'confirm', 'take_back', 'fail'] as const;

export const showRefund = (visit: OfficerVisit): Promise<Shown> => refundPage(visit, emptyForm);

/** The page around a form that was sent back, or none. */
export async function refundPage(visit: OfficerVisit, form: FormState, refusal?: string): Promise<string> {
  const { ctx, actor, req, t } = visit;
  const seen = await seeRefund(ctx, { actor, refundId: String(req.params['id']) });
  const { refund, steps } = seen;
  const done = shownActs.find((act) => req.method === 'GET' && askedText(req, 'done') === act);
  const names = await ctx.store.tables.officers.listNames();
  const dayList = dayListBehind(req);
  const safeForms = await RefundStepForms({ visit, seen, form });
  return (
    <OfficerPage visit={visit} title={say(t('refundOf'), { amount: inDong(refund.amount) })} unit={await unitOf(visit)} look="refunds">
      <link rel="stylesheet" href="/assets/refunds.css" />
      <link rel="stylesheet" href="/assets/transaction.css" />
      <header class="row head">
        <div class="grow">
          <h1 safe>{say(t('refundOf'), { amount: inDong(refund.amount) })}</h1>
          <RefundStateWords state={refund.state} t={t} big />
          <p class="break" safe>{`${t('reason')}: ${refund.reason}`}</p>
        </div>
        {done ? (
          <p class="done" role="status" safe>
            {t(`refundDone_${done}`)}
          </p>
        ) : (
          ''
        )}
        <a class="button" href={dayList ?? `/refunds?state=${refund.state}`} data-key="Escape" data-first={done !== undefined}>
          <kbd>Esc</kbd> <span safe>{t(dayList ? 'backToUnmatched' : 'allRefunds')}</span>
        </a>
      </header>
      {refusal ? (
        <p class="refusal refusal-what" role="alert" safe>
          {refusal}
        </p>
      ) : (
        ''
      )}
      <div class="two">
        <div class="stack">
          {safeForms}
          <RefundSteps steps={steps} names={names} now={ctx.now()} t={t} />
        </div>
        <aside class="stack">
          <Going visit={visit} seen={seen} />
          <CreditFacts visit={visit} seen={seen} />
          <Behind visit={visit} seen={seen} />
        </aside>
      </div>
    </OfficerPage>
  );
}

interface Given {
  visit: OfficerVisit;
  seen: SeenRefund;
}

function Going({ visit: { t }, seen: { way, payee, refund, file, approvals, isPayeeShown, explanations } }: Given): JSX.Element {
  return (
    <section class="stack">
      <h2 safe>{t('refundTo')}</h2>
      <dl class="facts">
        <dt safe>{t('refundWay')}</dt>
        <dd safe>{way ? t(`refundWay_${way}`) : t('refundWayOpen')}</dd>
        {payee && way !== 'gateway' ? (
          <>
            <dt safe>{t('refundTo')}</dt>
            <dd>
              <span class="break" safe>
                {payeeWords(payee, isPayeeShown)}
              </span>
              <span class="small muted block" safe>
                {t(`refundPayee_${payee.kind}`)}
              </span>
            </dd>
            <Fact label={t('refundEvidence')} value={payee.evidence} />
          </>
        ) : (
          ''
        )}
        <Fact
          label={t('refundAct_approve')}
          value={
            way &&
            say(t('refundApprovals'), { given: String(refund.code ? approvals.needed : approvals.given), needed: String(approvals.needed) })
          }
        />
        <Fact label={t('refundCode')} value={refund.way === 'gateway' ? undefined : refund.code} />
        {file ? (
          <>
            <dt safe>{t('refundFiles')}</dt>
            <dd>
              <a href={`/refunds/files/${file.id}`} safe>
                {file.code}
              </a>
            </dd>
          </>
        ) : (
          ''
        )}
        <Fact label={t('bankReference')} value={refund.gatewayReference} />
        <PaidBy explanations={explanations} t={t} />
      </dl>
      {refund.code && refund.way !== 'gateway' && refund.state !== 'failed' ? (
        <p>
          <a href={`/refunds/${refund.id}/order.pdf`} safe>
            {t('refundOrderPdf')}
          </a>
        </p>
      ) : (
        ''
      )}
    </section>
  );
}

const PaidBy = ({ explanations, t }: Pick<SeenRefund, 'explanations'> & { t: Translate }): JSX.Element => (
  <>
    {explanations.map(({ transactionId, amount }) => (
      <>
        <dt safe>{t('refundMovement')}</dt>
        <dd>
          <a href={`/transactions/${transactionId}`} safe>
            {`−${inDong(amount)}`}
          </a>
        </dd>
      </>
    ))}
  </>
);

/** Also what else of it goes back, or was to: it counts towards the limit, and one that failed may have been paid all the same. */
function CreditFacts({ visit: { t }, seen: { transaction, others } }: Given): JSX.Element {
  return (
    <section class="stack">
      <h2 safe>{t('refundCredit')}</h2>
      <dl class="facts">
        <dt safe>{t('amount')}</dt>
        <dd>
          <a href={`/transactions/${transaction.id}`} safe>
            {inDong(transaction.amount)}
          </a>
        </dd>
        <Fact label={t('bankTime')} value={inDateTime(transaction.bankTime)} />
        <Fact label={t('bankReference')} value={transaction.bankReference} />
        <Fact label={t('transferContent')} value={transaction.content} />
      </dl>
      {others.map(({ id, amount, state }) => (
        <p class="row tight">
          <a href={`/refunds/${id}`} safe>
            {say(t('refundOf'), { amount: inDong(amount) })}
          </a>
          <RefundStateWords state={state} t={t} />
        </p>
      ))}
    </section>
  );
}

function Behind({ visit: { t }, seen: { obligations } }: Given): JSX.Element {
  if (obligations.length === 0) {
    return (
      <p class="small muted" safe>
        {t('refundNoObligation')}
      </p>
    );
  }
  return (
    <section class="stack">
      <h2 safe>{t('refundObligation')}</h2>
      {obligations.map(({ obligation, dossier, receipts }) => (
        <div class="stack">
          <ObligationLink obligation={obligation} t={t} />
          <p class="small muted" safe>
            {dossier.code}
          </p>
          {receipts.map((receipt) => (
            <p class="row tight">
              <a href={`/receipts/${encodeURIComponent(receiptNameOf(receipt.content))}`} safe>
                {receiptNameOf(receipt.content)}
              </a>
              <ReceiptState look={lookOf(receipt)} label={t(`receipt_${lookOf(receipt)}`)} />
            </p>
          ))}
          {receipts.some(isWithoutMoney) ? (
            <p class="care-note" safe>
              {t('refundReceiptWrong')}
            </p>
          ) : (
            ''
          )}
        </div>
      ))}
    </section>
  );
}
