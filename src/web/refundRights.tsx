// Who may approve refunds: the limits of each role, as they were set, and the rights that were lent; with the forms for those who may change them.
import { delegateRoles } from '../actions/delegateRefunds';
import { demandSightOfRefunds } from '../actions/seeRefund';
import { codesWithin } from '../domain/agency';
import type { Officer } from '../domain/officer';
import { approverRoles, isInForce, levelOf, limitOf, refundLevels, type RefundDelegation, type RefundLimit } from '../domain/refundRights';
import { can } from '../domain/role';
import { addDays, dayOf, type Day } from '../domain/time';
import { say } from './counterLabels';
import { inDate, inDateTime, inDong } from './format';
import { ChoiceField, emptyForm, FormErrors, TextField, type FormState } from './formFields';
import type { Translate } from './labels';
import { FormToken, OfficerPage } from './layout';
import type { OfficerVisit, Shown } from './screen';
import { signedAs } from './signedAs';
import { unitOf } from './unit';

export const showRefundRights = (visit: OfficerVisit): Promise<Shown> => rightsPage(visit, emptyForm);

/** The page around a form that was sent back, or none; `step` in its values says which. */
export async function rightsPage(visit: OfficerVisit, form: FormState, refusal?: string): Promise<string> {
  const { ctx, actor, t } = visit;
  demandSightOfRefundRights(visit);
  const { tables } = ctx.store;
  const agencies = await tables.agencies.list();
  const officers = (await tables.officers.list(codesWithin(agencies, actor.agencyCode))).filter(({ role }) => delegateRoles.includes(role));
  const limits = await tables.refundRights.listLimits();
  const delegations = await tables.refundRights.delegationsAmong(officers.map(({ id }) => id));
  const names = await tables.officers.listNames();
  const isApprover = approverRoles.some((role) => role === actor.role);
  const isHead = levelOf(agencies, actor.agencyCode) === 'head';
  const setsLimits = can(actor, 'administer') || (can(actor, 'approve_refunds') && isHead);
  return (
    <OfficerPage visit={visit} title={t('refundRights')} unit={await unitOf(visit)} look="refunds">
      <link rel="stylesheet" href="/assets/refunds.css" />
      <div class="row head">
        <h1 class="grow" safe>
          {t('refundRights')}
        </h1>
        <a class="button" href="/refunds" data-key="Escape">
          <kbd>Esc</kbd> <span safe>{t('allRefunds')}</span>
        </a>
      </div>
      {refusal ? (
        <p class="refusal refusal-what" role="alert" safe>
          {refusal}
        </p>
      ) : (
        ''
      )}
      <div class="two">
        <div class="stack">
          <Delegations visit={visit} delegations={delegations} names={names} />
          {isApprover ? <DelegateForm visit={visit} officers={officers.filter(({ id }) => id !== actor.officerId)} form={form} /> : ''}
        </div>
        <aside class="stack">
          <Limits limits={limits} names={names} t={t} />
          {setsLimits ? <LimitForm visit={visit} isAdministrator={can(actor, 'administer')} form={form} /> : ''}
        </aside>
      </div>
    </OfficerPage>
  );
}

/** An administrator sets limits and sees no refunds. */
function demandSightOfRefundRights({ actor }: OfficerVisit): void {
  if (!can(actor, 'administer')) demandSightOfRefunds(actor);
}

function Limits({ limits, names, t }: { limits: readonly RefundLimit[]; names: ReadonlyMap<string, string>; t: Translate }): JSX.Element {
  return (
    <section class="stack">
      <h2 safe>{t('refundLimits')}</h2>
      <table class="cards">
        <thead>
          <tr>
            <th safe>{t('refundLimitRole')}</th>
            {refundLevels.map((level) => (
              <th class="amount" safe>
                {t(`refundLevel_${level}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {approverRoles.map((role) => (
            <tr>
              <td safe>{t(`role_${role}`)}</td>
              {refundLevels.map((level) => {
                const limit = limitOf(limits, role, level);
                const isSet = limits.some((one) => one.role === role && one.level === level);
                return (
                  <td class="amount" data-label={t(`refundLevel_${level}`)}>
                    <span safe>{limit ? inDong(limit) : t('refundNoLimit')}</span>
                    {isSet ? (
                      ''
                    ) : (
                      <span class="small muted block" safe>
                        {t('refundLimitUsual')}
                      </span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <ul class="plain small muted">
        {limits.map((limit) => (
          <li
            safe
          >{`${t(`role_${limit.role}`)}, ${t(`refundLevel_${limit.level}`)}: ${limit.amount ? inDong(limit.amount) : t('refundNoLimit')} · ${say(t('refundLimitSetBy'), { who: signedAs(limit.setBy, names, t), time: inDateTime(limit.setAt), reason: limit.reason })}`}</li>
        ))}
      </ul>
    </section>
  );
}

function LimitForm({
  visit: { t, formToken },
  isAdministrator,
  form,
}: {
  visit: OfficerVisit;
  isAdministrator: boolean;
  form: FormState;
}): JSX.Element {
  const own = form.values['step'] === 'limit' ? form : emptyForm;
  const levels = isAdministrator ? refundLevels : (['unit'] as const);
  return (
    <form method="post" action="/refunds/rights/limit" class="stack" data-once>
      <FormErrors form={own} t={t} />
      <FormToken token={formToken} />
      <ChoiceField
        form={own}
        name="role"
        label={t('refundLimitRole')}
        choices={approverRoles.map((role) => [role, t(`role_${role}`)] as const)}
      />
      <ChoiceField
        form={own}
        name="level"
        label={t('refundLimitLevel')}
        choices={levels.map((level) => [level, t(`refundLevel_${level}`)] as const)}
      />
      <TextField form={own} name="amount" label={t('refundLimitAmount')} maxlength={20} optional />
      <TextField form={own} name="reason" label={t('reasonField')} maxlength={500} />
      <button safe>{t('refundLimitSet')}</button>
    </form>
  );
}

type DelegationState = 'force' | 'future' | 'over' | 'ended';

function stateOf(delegation: RefundDelegation, today: Day): DelegationState {
  if (delegation.ended) return 'ended';
  if (isInForce(delegation, today)) return 'force';
  return delegation.validFrom > today ? 'future' : 'over';
}

const looks: Readonly<Record<DelegationState, string>> = { force: 'paid', future: 'open', over: 'cancelled', ended: 'cancelled' };

function Delegations({
  visit: { ctx, t, actor, formToken },
  delegations,
  names,
}: {
  visit: OfficerVisit;
  delegations: readonly RefundDelegation[];
  names: ReadonlyMap<string, string>;
}): JSX.Element {
  const today = dayOf(ctx.now());
  return (
    <section class="stack">
      <h2 safe>{t('refundDelegations')}</h2>
      {delegations.length === 0 ? (
        <p class="empty" safe>
          {t('refundDelegationsNone')}
        </p>
      ) : (
        <ul class="plain lent">
          {delegations.map((one) => (
            <li class="stack">
              <p class="row tight">
                <strong safe>{`${signedAs(one.from, names, t)} → ${signedAs(one.to, names, t)}`}</strong>
                <span class={`state state-${looks[stateOf(one, today)]}`} safe>
                  {t(`refundDelegation_${stateOf(one, today)}`)}
                </span>
              </p>
              <p safe>{`${inDate(one.validFrom)} – ${inDate(one.validTo)} · ${t('refundDelegateUpTo')} ${inDong(one.amount)}`}</p>
              <p class="small muted" safe>
                {`“${one.reason}”${one.ended ? ` · ${t('refundDelegation_ended')} ${inDateTime(one.ended.at)}: “${one.ended.reason}”` : ''}`}
              </p>
              {!one.ended && stateOf(one, today) !== 'over' && (one.from === actor.officerId || can(actor, 'administer')) ? (
                <form method="post" action={`/refunds/rights/${one.id}/end`} class="row" data-once>
                  <FormToken token={formToken} />
                  <label class="grow">
                    <span safe>{t('reasonField')}</span>
                    <input name="reason" required minlength={3} maxlength={500} autocomplete="off" />
                  </label>
                  <button safe>{t('refundDelegateEnd')}</button>
                </form>
              ) : (
                ''
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function DelegateForm({
  visit: { ctx, t, formToken },
  officers,
  form,
}: {
  visit: OfficerVisit;
  officers: readonly Officer[];
  form: FormState;
}): JSX.Element {
  const today = dayOf(ctx.now());
  const own = form.values['step'] === 'delegate' ? form : emptyForm;
  const shown = { ...own, values: { first: today, last: addDays(today, 7), ...own.values } };
  return (
    <form method="post" action="/refunds/rights/delegate" class="stack step" data-once>
      <h2 safe>{t('refundDelegate')}</h2>
      <FormErrors form={shown} t={t} />
      <FormToken token={formToken} />
      <ChoiceField
        form={shown}
        name="to"
        label={t('refundDelegateTo')}
        empty=""
        choices={officers.map(({ id, name, role }) => [id, `${name} · ${t(`role_${role}`)}`] as const)}
      />
      <div class="pair">
        <TextField form={shown} name="first" type="date" label={t('refundDelegateFirst')} />
        <TextField form={shown} name="last" type="date" label={t('refundDelegateLast')} />
      </div>
      <TextField form={shown} name="amount" label={t('refundDelegateUpTo')} maxlength={20} />
      <TextField form={shown} name="reason" label={t('reasonField')} maxlength={500} />
      <button class="primary" safe>
        {t('refundDelegate')}
      </button>
    </form>
  );
}
