// The next steps with a refund, for whoever looks: one primary button, the others behind it, and why nothing can be done where that is so.
import type { SeenRefund } from '../actions/seeRefund';
import { addMs } from '../domain/time';
import type { Children } from '@kitajs/html';
import type { RefundAct } from '../domain/refund';
import { say } from './counterLabels';
import { dayListBehind } from './dayPlace';
import { inDateTime, inDong } from './format';
import { ChoiceField, emptyForm, FormErrors, TextField, type FormState } from './formFields';
import { FormToken } from './layout';
import { addressOf } from './parts';
import { PayeeFields } from './refundPayee';
import type { OfficerVisit } from './screen';

interface Given {
  visit: OfficerVisit;
  seen: SeenRefund;
  form: FormState;
}

const mostMovements = 50;
const lookBackMs = 2 * 24 * 60 * 60_000;

export async function RefundStepForms(given: Given): Promise<string> {
  const { seen } = given;
  const may = (act: RefundAct): boolean => seen.next.includes(act);
  const safeConfirm = may('confirm') ? await Confirm(given) : '';
  const isToPrepare = may('prepare') && seen.way === undefined;
  return (
    <section class="stack refund-next">
      {seen.refund.state === 'requested' ? <Turn {...given} /> : ''}
      {may('approve') ? <Approve {...given} /> : <WhyNot {...given} />}
      {isToPrepare && !may('refuse') ? <Prepare {...given} /> : ''}
      {may('send') ? <Send {...given} /> : ''}
      {safeConfirm}
      {may('refuse') ? (
        <Behind label={given.visit.t('refundRefuse')} isOpen={given.form.values['step'] === 'refuse'}>
          <Reasoned {...given} act="refuse" label={given.visit.t('refundRefuseReason')} button={given.visit.t('refundRefuse')} />
        </Behind>
      ) : (
        ''
      )}
      {may('prepare') && (!isToPrepare || may('refuse')) ? (
        <Behind
          label={given.visit.t(isToPrepare ? 'refundPrepareInstead' : 'refundPrepareAgain')}
          isOpen={given.form.values['step'] === 'prepare'}
        >
          <Prepare {...given} />
        </Behind>
      ) : (
        ''
      )}
      {may('take_back') ? (
        <Behind label={given.visit.t('refundTakeBack')} isOpen={given.form.values['step'] === 'take_back'}>
          <Reasoned
            {...given}
            act="take_back"
            label={given.visit.t('refundTakeBackReason')}
            button={given.visit.t('refundTakeBack')}
            hint={given.visit.t('refundTakeBackHint')}
          />
        </Behind>
      ) : (
        ''
      )}
      {may('fail') ? (
        <Behind label={given.visit.t('refundFail')} isOpen={given.form.values['step'] === 'fail'}>
          <Reasoned
            {...given}
            act="fail"
            label={given.visit.t('refundFailReason')}
            button={given.visit.t('refundFail')}
            hint={given.visit.t('refundFailHint')}
          />
        </Behind>
      ) : (
        ''
      )}
    </section>
  );
}

const Behind = ({ label, isOpen, children }: { label: string; isOpen: boolean; children: Children }): JSX.Element => (
  <details open={isOpen}>
    <summary safe>{label}</summary>
    {children}
  </details>
);

/** Carries how far the refund was on this page: of two tabs only one acts. */
const Hidden = ({ visit, seen }: Pick<Given, 'visit' | 'seen'>): JSX.Element => (
  <>
    <FormToken token={visit.formToken} />
    <input type="hidden" name="version" value={String(seen.refund.version)} />
  </>
);

/** It never forgets the day's list that led here. */
const addressFor = ({ visit: { req }, seen: { refund } }: Pick<Given, 'visit' | 'seen'>, act: RefundAct): string =>
  addressOf(`/refunds/${refund.id}/${act}`, { from: dayListBehind(req) });

const Approve = ({ visit, seen }: Given): JSX.Element => (
  <form method="post" action={addressFor({ visit, seen }, 'approve')} data-once>
    <Hidden visit={visit} seen={seen} />
    <button class="primary" data-first safe>
      {say(visit.t('refundApprove'), { amount: inDong(seen.refund.amount) })}
    </button>
  </form>
);

/** What is missing, and whose turn it is. */
const Turn = ({ visit: { t }, seen: { way, approvals } }: Given): JSX.Element => (
  <p class="care-note" safe>
    {way === undefined ? t('refundTurn_payee') : say(t('refundTurn_approve'), { left: String(approvals.needed - approvals.given) })}
  </p>
);

/** Only while an approval is what it waits for. */
function WhyNot({ visit: { t }, seen: { authority, refund, way } }: Given): JSX.Element {
  if (authority.ok || refund.state !== 'requested' || way === undefined) return <></>;
  return (
    <p class="small muted" safe>
      {t(`refundNotYours_${authority.why}`)}
    </p>
  );
}

function Reasoned({
  visit,
  seen,
  form,
  act,
  label,
  button,
  hint,
}: Given & { act: 'refuse' | 'take_back' | 'fail'; label: string; button: string; hint?: string }): JSX.Element {
  const own = form.values['step'] === act ? form : { values: {}, errors: {} };
  return (
    <form method="post" action={addressFor({ visit, seen }, act)} class="stack step" data-once>
      <Hidden visit={visit} seen={seen} />
      {hint ? <p safe>{hint}</p> : ''}
      <TextField form={own} name="reason" label={label} maxlength={500} />
      <button safe>{button}</button>
    </form>
  );
}

function Prepare({ visit, seen, form }: Given): JSX.Element {
  const { t } = visit;
  const own = form.values['step'] === 'prepare' ? form : emptyForm;
  return (
    <form method="post" action={addressFor({ visit, seen }, 'prepare')} class="stack step" data-once>
      <h2 safe>{t('refundPrepare')}</h2>
      <FormErrors form={own} t={t} />
      <Hidden visit={visit} seen={seen} />
      <PayeeFields transaction={seen.transaction} form={own} t={t} />
      <button class="primary" safe>
        {t('refundPrepare')}
      </button>
    </form>
  );
}

function Send({ visit, seen, form }: Given): JSX.Element {
  const { t } = visit;
  const { way, refund, isPaidBefore } = seen;
  if (!way) return <></>;
  if (isPaidBefore) {
    return (
      <form method="post" action={addressFor({ visit, seen }, 'send')} class="stack step" data-once>
        <Hidden visit={visit} seen={seen} />
        <p class="care-note" safe>
          {t('refundPaidBefore')}
        </p>
        <button class="primary" data-first safe>
          {t('refundConfirmDo')}
        </button>
      </form>
    );
  }
  const own = form.values['step'] === 'send' ? form : { values: {}, errors: {} };
  return (
    <form method="post" action={addressFor({ visit, seen }, 'send')} class="stack step" data-once>
      <Hidden visit={visit} seen={seen} />
      <p safe>{say(t(`refundSendHint_${way}`), { code: refund.code ?? '' })}</p>
      {way === 'treasury' ? <TextField form={own} name="reason" label={t('refundEvidence')} maxlength={500} /> : ''}
      <div class="row">
        {way === 'transfer' ? (
          <a class="button primary" href="/refunds/files" data-first safe>
            {t('refundSendFile')}
          </a>
        ) : (
          ''
        )}
        <button class={way === 'transfer' ? '' : 'primary'} safe>
          {t(`refundSend_${way}`)}
        </button>
      </div>
    </form>
  );
}

async function Confirm({ visit, seen, form }: Given): Promise<string> {
  const { t, ctx } = visit;
  const { refund } = seen;
  const own = form.values['step'] === 'confirm' ? form : { values: {}, errors: {} };
  const movements = await ctx.store.tables.explanations.listUnexplained(
    refund.accountId === undefined ? [] : [refund.accountId],
    refund.amount,
    addMs(refund.sentAt ?? refund.requestedAt, -lookBackMs),
    mostMovements,
  );
  return (
    <form method="post" action={addressFor({ visit, seen }, 'confirm')} class="stack step" data-once>
      <h2 safe>{t(refund.way === 'transfer' ? 'refundConfirm' : 'refundConfirmDo')}</h2>
      {refund.problem ? (
        <p class="care-note" safe>
          {say(t('refundProblem'), { why: refund.problem })}
        </p>
      ) : (
        ''
      )}
      <Hidden visit={visit} seen={seen} />
      {refund.way === 'transfer' ? (
        <>
          <p class="small muted" safe>
            {say(t('refundConfirmHint'), { code: refund.code ?? '' })}
          </p>
          {movements.length === 0 ? (
            <p class="empty" safe>
              {t('refundConfirmNone')}
            </p>
          ) : (
            <ChoiceField
              form={own}
              name="transactionId"
              label={t('refundMovement')}
              empty=""
              choices={movements.map(
                (one) => [one.id, `−${inDong(one.amount)} · ${inDateTime(one.bankTime)} · ${one.content.slice(0, 60)}`] as const,
              )}
            />
          )}
        </>
      ) : (
        <>
          <p class="small muted" safe>
            {t(refund.way === 'gateway' ? 'refundConfirmHint_gateway' : 'refundConfirmHint_treasury')}
          </p>
          <TextField form={own} name="evidence" label={t('refundEvidenceConfirm')} maxlength={500} />
        </>
      )}
      {refund.way !== 'transfer' || movements.length > 0 ? (
        <button class={refund.way === 'gateway' ? '' : 'primary'} safe>
          {t('refundConfirmDo')}
        </button>
      ) : (
        ''
      )}
    </form>
  );
}
