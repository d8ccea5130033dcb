// The citizen's claim: the form to say which transfer does not show, and what became of it. It works without script.
import { raiseClaim, seeOwnClaims, type SeenClaims } from '../actions/raiseClaim';
import { bankOfBin, banks } from '../domain/banks';
import { outstandingOfAll } from '../domain/basket';
import { claimedReference, dayParts, faultsIn, isOpenClaim, mostOpenClaims, type ClaimFacts, type ClaimField } from '../domain/claim';
import { zero } from '../domain/money';
import { isPayable, statusOf } from '../domain/obligation';
import { dayOf, parseDay, type Day } from '../domain/time';
import { Problem, refusals } from '../problems';
import { CitizenPage } from './citizenPage';
import { ToldClaim } from './claimState';
import { say } from './counterLabels';
import { inDateTime, inDong } from './format';
import { ChoiceField, emptyForm, FormErrors, TextField, type FormState } from './formFields';
import type { Label, Translate } from './labels';
import { LanguageSwitch } from './layout';
import type { Fields, Shown, Visit } from './screen';
import { isForeign } from './session';
import { typedAmount } from './typedAmount';

const longestReference = 60;

const tokenIn = ({ req }: Visit): string => String(req.params['token']);

export const showClaim = (visit: Visit): Promise<Shown> => claimPage(visit, emptyForm);

export async function takeClaim(visit: Visit, sent: Fields): Promise<Shown> {
  const { ctx, req, res, t, language } = visit;
  if (isForeign(req)) throw new Problem('form_expired');
  const { facts, errors } = readClaim(sent, dayOf(ctx.now()), t);
  if (Object.keys(errors).length > 0) {
    res.status(400);
    return claimPage(visit, { values: sent, errors });
  }
  try {
    await raiseClaim(ctx, tokenIn(visit), facts);
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'pay_page_unknown' || error.code === 'bug') throw error;
    res.status(error.status);
    return claimPage(visit, { values: sent, errors: {} }, refusals[error.code][language]);
  }
  return { redirect: `/pay/${tokenIn(visit)}/claim` };
}

const wrongWords: Record<ClaimField, Label> = {
  amount: 'amountShape',
  paidOn: 'claimDayShape',
  paidAbout: 'fieldRequired',
  bankBin: 'fieldRequired',
  accountDigits: 'claimDigitsShape',
  bankReference: 'claimReferenceShape',
};

/** No day is before the first one: what cannot be read is refused as one too old. */
const noDay = '0001-01-01' as Day;

function readClaim(sent: Fields, today: Day, t: Translate): { facts: ClaimFacts; errors: FormState['errors'] } {
  const { amount = '', paidOn = '', paidAbout, bankBin, accountDigits, bankReference } = sent;
  const about = dayParts.find((part) => part === paidAbout);
  const facts: ClaimFacts = {
    amount: typedAmount(amount) ?? zero,
    paidOn: parseDay(paidOn) ?? noDay,
    paidAbout: about ?? 'unknown',
    ...(bankBin ? { bankBin } : {}),
    ...(accountDigits ? { accountDigits } : {}),
    ...(bankReference ? { bankReference: claimedReference(bankReference) } : {}),
  };
  const wrong: ClaimField[] = [
    ...faultsIn(facts, today),
    ...(about ? [] : (['paidAbout'] as const)),
    ...(bankBin && !bankOfBin(bankBin) ? (['bankBin'] as const) : []),
  ];
  return { facts, errors: Object.fromEntries(wrong.map((field) => [field, t(wrongWords[field])])) };
}

async function claimPage(visit: Visit, form: FormState, refusal?: string): Promise<string> {
  const { ctx, t } = visit;
  const seen = await seeOwnClaims(ctx, tokenIn(visit));
  const isFull = seen.claims.filter(isOpenClaim).length >= mostOpenClaims;
  return (
    <CitizenPage visit={visit} title={t('claimTitle')}>
      <header class="pay-head">
        <p class="grow">
          <span class="pay-unit" safe>
            {seen.agency?.name ?? ''}
          </span>
        </p>
        <LanguageSwitch visit={visit} />
      </header>
      <section class="stack pay">
        <h1 safe>{t('claimTitle')}</h1>
        {refusal ? (
          <p class="refusal refusal-what" role="alert" safe>
            {refusal}
          </p>
        ) : (
          ''
        )}
        <Raised visit={visit} seen={seen} />
        <Received t={t} seen={seen} />
        {seen.obligations.some(isPayable) && !isFull ? <AskClaim visit={visit} seen={seen} form={form} /> : ''}
        {isFull ? <p safe>{t('claimMost')}</p> : ''}
        <p>
          <a class="button" href={`/pay/${tokenIn(visit)}`} safe>
            {t('payBackToPage')}
          </a>
        </p>
      </section>
    </CitizenPage>
  );
}

/** The last said first. */
const Raised = ({ visit, seen: { claims, obligations } }: { visit: Visit; seen: SeenClaims }): JSX.Element =>
  claims.length === 0 ? (
    <></>
  ) : (
    <section class="stack">
      <h2 safe>{visit.t('claimSent')}</h2>
      <ul class="plain pay-lines">
        {claims.toReversed().map((claim) => (
          <ToldClaim claim={claim} isUnpaid={obligations.every((one) => statusOf(one) === 'open')} visit={visit} />
        ))}
      </ul>
    </section>
  );

/** The same for whoever asks, whatever they say of a transfer. */
const Received = ({ t, seen: { received } }: { t: Translate; seen: SeenClaims }): JSX.Element =>
  received.length === 0 ? (
    <></>
  ) : (
    <section class="stack">
      <h2 safe>{t('claimReceived')}</h2>
      <ul class="plain">
        {received.map(({ amount, excess, paidAt }) => (
          <li safe>{say(t('claimReceivedOne'), { amount: inDong(amount.plus(excess)), time: inDateTime(paidAt) })}</li>
        ))}
      </ul>
    </section>
  );

interface FormGiven {
  visit: Visit;
  seen: SeenClaims;
  form: FormState;
}

/** Folded away once something was said, until it is wanted again or was sent back. */
const AskClaim = (given: FormGiven): JSX.Element =>
  given.seen.claims.length === 0 ? (
    <ClaimForm {...given} />
  ) : (
    <details open={Object.keys(given.form.values).length > 0}>
      <summary safe>{given.visit.t('claimMore')}</summary>
      <ClaimForm {...given} />
    </details>
  );

function ClaimForm({ visit, seen, form }: FormGiven): JSX.Element {
  const { ctx, t } = visit;
  const usual = { amount: outstandingOfAll(seen.obligations.filter(isPayable)).toString(), paidOn: dayOf(ctx.now()), paidAbout: 'unknown' };
  const shown: FormState = { ...form, values: { ...usual, ...form.values } };
  return (
    <form method="post" action={`/pay/${tokenIn(visit)}/claim`} class="stack">
      <p safe>{t('claimIntro')}</p>
      <FormErrors form={form} t={t} />
      <TextField form={shown} name="amount" label={t('claimAmount')} maxlength={20} />
      <TextField form={shown} name="paidOn" type="date" label={t('claimDay')} />
      <ChoiceField form={shown} name="paidAbout" label={t('claimAbout')} choices={dayParts.map((part) => [part, t(`about_${part}`)])} />
      <ChoiceField
        form={shown}
        name="bankBin"
        label={t('claimBank')}
        choices={banks.map(({ bin, shortName }) => [bin, shortName])}
        empty={t('claimAnyBank')}
        optional
      />
      <p class="small muted" safe>
        {t('claimEither')}
      </p>
      <TextField form={shown} name="accountDigits" label={t('claimDigits')} maxlength={4} optional />
      <TextField
        form={shown}
        name="bankReference"
        label={t('claimReference')}
        hint={t('claimReferenceHint')}
        maxlength={longestReference}
        optional
      />
      <button class="primary" safe>
        {t('claimSend')}
      </button>
    </form>
  );
}
