// The next steps with a refund, for whoever looks: one primary button, the others behind it, and why nothing can be done where that is so.
import type { SeenRefund } from '../actions/seeRefund';
import { banks } from '../domain/banks';
import { maskedAccount } from '../domain/shownPayee';
import { addMs } from '../domain/time';
import type { Children } from '@kitajs/html';
import { payersAccount, type RefundAct } from '../domain/refund';
import { say } from './counterLabels';
import { inDateTime, inDong } from './format';
import { ChoiceField, FormErrors, TextField, type FormState } from './formFields';
import { FormToken } from './layout';
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
      {may('approve') ? <Approve {...given} /> : <WhyNot {...given} />}
      {isToPrepare ? <Prepare {...given} /> : ''}
      {may('send') ? <Send {...given} /> : ''}
      {safeConfirm}
      {may('refuse') ? (
        <Behind label={given.visit.t('refundRefuse')} isOpen={given.form.values['step'] === 'refuse'}>
          <Reasoned {...given} act="refuse" label={given.visit.t('refundRefuseReason')} button={given.visit.t('refundRefuse')} />
        </Behind>
      ) : (
        ''
      )}
      {may('prepare') && !isToPrepare ? (
        <Behind label={given.visit.t('refundPrepareAgain')} isOpen={given.form.values['step'] === 'prepare'}>
          <Prepare {...given} />
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

const addressFor = ({ refund }: SeenRefund, act: RefundAct): string => `/refunds/${refund.id}/${act}`;

const Approve = ({ visit, seen }: Given): JSX.Element => (
  <form method="post" action={addressFor(seen, 'approve')} data-once>
    <Hidden visit={visit} seen={seen} />
    <button class="primary" data-first safe>
      {say(visit.t('refundApprove'), { amount: inDong(seen.refund.amount) })}
    </button>
  </form>
);

/** Only while an approval is what it waits for. */
function WhyNot({ visit: { t }, seen: { authority, refund } }: Given): JSX.Element {
  if (authority.ok || refund.state !== 'requested') return <></>;
  return (
    <p class="care-note" safe>
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
}: Given & { act: 'refuse' | 'fail'; label: string; button: string; hint?: string }): JSX.Element {
  const own = form.values['step'] === act ? form : { values: {}, errors: {} };
  return (
    <form method="post" action={addressFor(seen, act)} class="stack step" data-once>
      <Hidden visit={visit} seen={seen} />
      {hint ? <p safe>{hint}</p> : ''}
      <TextField form={own} name="reason" label={label} maxlength={500} />
      <button safe>{button}</button>
    </form>
  );
}

function Prepare({ visit, seen, form }: Given): JSX.Element {
  const { t } = visit;
  const payerAccount = payersAccount(seen.transaction);
  const own = form.values['step'] === 'prepare' ? form : { values: {}, errors: {} };
  return (
    <form method="post" action={addressFor(seen, 'prepare')} class="stack step" data-once>
      <h2 safe>{t('refundPrepare')}</h2>
      <p safe>{t('refundPrepareHint')}</p>
      <p class="small muted" safe>
        {payerAccount ? say(t('refundOwnKnown'), { account: maskedAccount(payerAccount) }) : t('refundOwnUnknown')}
      </p>
      <FormErrors form={own} t={t} />
      <Hidden visit={visit} seen={seen} />
      <ChoiceField
        form={own}
        name="bankBin"
        label={t('bank')}
        empty=""
        choices={banks.map(({ bin, shortName }) => [bin, shortName] as const)}
      />
      <TextField form={own} name="accountNumber" label={t('refundAccountNumber')} maxlength={32} optional />
      <TextField form={own} name="accountName" label={t('refundAccountName')} optional />
      <TextField form={own} name="evidence" label={t('refundEvidence')} maxlength={500} optional />
      <label class="row tight check">
        <input type="checkbox" name="treasury" value="yes" checked={own.values['treasury'] === 'yes'} />
        <span safe>{t('refundTreasury')}</span>
      </label>
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
      <form method="post" action={addressFor(seen, 'send')} class="stack step" data-once>
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
    <form method="post" action={addressFor(seen, 'send')} class="stack step" data-once>
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
    <form method="post" action={addressFor(seen, 'confirm')} class="stack step" data-once>
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
