// One citizen's report at the finance desk: what was said, the money that fits and why, the obligation; and the ways on, of which booking takes two.
import { seeClaim, type SeenClaim } from '../actions/listClaims';
import { citizen } from '../actions/raiseClaim';
import { bankOfBin } from '../domain/banks';
import { answerOutcomes, isOpenClaim, isPayerShown } from '../domain/claim';
import { smaller } from '../domain/money';
import { outstandingOf } from '../domain/obligation';
import { signatureOf } from '../domain/role';
import { dayOf } from '../domain/time';
import { DeskMoney } from './claimMoney';
import { DeskState, Due } from './claims';
import { Answer } from './claimState';
import { say } from './counterLabels';
import { inDate, inDateTime, inDong } from './format';
import { ChoiceField, emptyForm, FormErrors, TextField, FieldNotes, type FormState } from './formFields';
import type { Translate } from './labels';
import { FormToken, OfficerPage } from './layout';
import { Fact, ObligationLink, dossierAddress } from './parts';
import type { OfficerVisit, Shown } from './screen';
import { signedAs } from './signedAs';
import { unitOf } from './unit';

const longestReference = 60;
const longestText = 500;

export const showClaimDesk = (visit: OfficerVisit): Promise<Shown> => claimDesk(visit, emptyForm);

export async function claimDesk(visit: OfficerVisit, form: FormState, refusal?: string): Promise<string> {
  const { ctx, actor, req, t } = visit;
  const seen = await seeClaim(ctx, actor, String(req.params['id']));
  const { claim } = seen;
  const names = await ctx.store.tables.officers.listNames();
  return (
    <OfficerPage visit={visit} title={t('claims')} unit={await unitOf(visit)} look="claims">
      <p>
        <a href="/claims" safe>
          {t('allClaims')}
        </a>
      </p>
      <div class="row head">
        <h1 class="grow" safe>
          {inDong(claim.amount)}
        </h1>
        <DeskState claim={claim} t={t} />
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
          <DeskMoney visit={visit} seen={seen} />
          {claim.state === 'confirmed' ? <SecondPerson visit={visit} seen={seen} names={names} form={form} /> : ''}
          {claim.answer ? <Answer answer={claim.answer} t={t} /> : ''}
          {isOpenClaim(claim) ? <AnswerForm visit={visit} seen={seen} form={form} /> : ''}
        </div>
        <aside class="stack">
          <Said visit={visit} seen={seen} />
          <Owed t={t} seen={seen} />
          <Steps t={t} seen={seen} names={names} />
        </aside>
      </div>
    </OfficerPage>
  );
}

function Said({ visit: { ctx, t }, seen: { claim } }: { visit: OfficerVisit; seen: SeenClaim }): JSX.Element {
  const isShown = isPayerShown(claim, ctx.now());
  return (
    <section class="stack">
      <h2 safe>{t('claimSaid')}</h2>
      {claim.basket ? <p safe>{say(t('claimBasket'), { reference: claim.basket })}</p> : ''}
      <dl class="facts">
        <dt safe>{t('claimDue')}</dt>
        <dd>
          <Due claim={claim} now={ctx.now()} t={t} />
        </dd>
        <dt safe>{t('claimDay')}</dt>
        <dd safe>{`${inDate(claim.paidOn)} · ${t(`about_${claim.paidAbout}`)}`}</dd>
        <Fact label={t('bank')} value={isShown && claim.bankBin ? bankOfBin(claim.bankBin)?.shortName : undefined} />
        <Fact label={t('claimDigits')} value={isShown ? claim.accountDigits : undefined} />
        <Fact label={t('claimReference')} value={isShown ? claim.bankReference : undefined} />
      </dl>
      {isShown ? (
        ''
      ) : (
        <p class="small muted" safe>
          {t('claimHidden')}
        </p>
      )}
    </section>
  );
}

const Owed = ({ t, seen: { obligation, dossier, received } }: { t: Translate; seen: SeenClaim }): JSX.Element => (
  <section class="stack">
    <h2 safe>{t('reference')}</h2>
    <ObligationLink obligation={obligation} t={t} />
    <p safe>{`${inDong(obligation.due)} · ${t('payRest')} ${inDong(outstandingOf(obligation))}`}</p>
    {dossier ? (
      <p>
        <a href={dossierAddress(dossier.code)} safe>
          {dossier.code}
        </a>
      </p>
    ) : (
      ''
    )}
    {received.map(({ amount, excess, paidAt }) => (
      <p
        safe
      >{`${t('claimReceived')}: ${say(t('claimReceivedOne'), { amount: inDong(amount.plus(excess)), time: inDateTime(paidAt) })}`}</p>
    ))}
  </section>
);

const Steps = ({ t, seen: { steps }, names }: { t: Translate; seen: SeenClaim; names: ReadonlyMap<string, string> }): JSX.Element => (
  <section class="stack">
    <h2 safe>{t('claimSteps')}</h2>
    <ul class="plain">
      {steps.map(({ state, by, at, reason }) => (
        <li safe>
          {[inDateTime(at), t(`claimDeskState_${state}`), whoWords(by, names, t), reason ? `“${reason}”` : ''].filter(Boolean).join(' · ')}
        </li>
      ))}
    </ul>
  </section>
);

const whoWords = (by: string, names: ReadonlyMap<string, string>, t: Translate): string => {
  if (by === citizen) return t('citizenSelf');
  return by === 'system:search' ? t('searchSelf') : signedAs(by, names, t);
};

interface FormGiven {
  visit: OfficerVisit;
  seen: SeenClaim;
  form: FormState;
}

/** The one who confirmed sees that another is needed, and may take it back. */
function SecondPerson({ visit, seen, names, form }: FormGiven & { names: ReadonlyMap<string, string> }): JSX.Element {
  const { t, actor, formToken } = visit;
  const { claim } = seen;
  const isOwn = claim.confirmedBy === signatureOf(actor);
  const booked = smaller(claim.amount, outstandingOf(seen.obligation));
  return (
    <section class="stack">
      <p safe>{say(t('claimConfirmedBy'), { who: signedAs(claim.confirmedBy ?? '', names, t) })}</p>
      {isOwn || booked.isZero() ? (
        ''
      ) : (
        <form method="post" action={`/claims/${claim.id}/attach`} data-once>
          <FormToken token={formToken} />
          <input type="hidden" name="version" value={String(claim.version)} />
          <button class="primary" safe>
            {say(t('claimAttach'), { amount: inDong(booked) })}
          </button>
        </form>
      )}
      <form method="post" action={`/claims/${claim.id}/return`} class="stack" data-once>
        <FormToken token={formToken} />
        <input type="hidden" name="version" value={String(claim.version)} />
        <TextField form={form} name="reason" label={t('claimSendBackReason')} />
        <button safe>{t('claimSendBack')}</button>
      </form>
    </section>
  );
}

function AnswerForm({ visit: { ctx, t, formToken }, seen: { claim }, form }: FormGiven): JSX.Element {
  const shown: FormState = { ...form, values: { day: dayOf(ctx.now()), ...form.values } };
  return (
    <form method="post" action={`/claims/${claim.id}/answer`} class="stack" data-once>
      <h2 safe>{t('claimAnswer')}</h2>
      <p class="small muted" safe>
        {t('claimAnswerHint')}
      </p>
      <FormErrors form={form} t={t} />
      <FormToken token={formToken} />
      <input type="hidden" name="version" value={String(claim.version)} />
      <ChoiceField
        form={shown}
        name="outcome"
        label={t('claimOutcome')}
        choices={answerOutcomes.map((outcome) => [outcome, t(`choose_${outcome}`)])}
        empty=""
      />
      <TextField form={shown} name="day" type="date" label={t('claimOutcomeDay')} optional />
      <TextField form={shown} name="bankReference" label={t('claimReference')} maxlength={longestReference} optional />
      <label>
        <span safe>{t('claimAnswerText')}</span>
        <textarea name="text" rows="3" maxlength={longestText} aria-invalid={'text' in form.errors ? 'true' : undefined} safe>
          {form.values['text'] ?? ''}
        </textarea>
        <FieldNotes error={form.errors['text']} hint={undefined} />
      </label>
      <button safe>{t('claimClose')}</button>
    </form>
  );
}
