// What a citizen is told of a claim: searching, found and being checked, booked, or answered. Money that only a search found is not told of.
import { isOverdue, type Claim, type ClaimAnswer } from '../domain/claim';
import { say } from './counterLabels';
import { inDate, inDateTime, inDong } from './format';
import type { Translate } from './labels';
import type { Visit } from './screen';

export type ToldState = 'searching' | 'checking' | 'attached' | 'answered';

/** A proposal is told as a search that goes on: what a stranger guesses rightly looks like what they guess wrongly. */
export function toldStateOf({ state }: Pick<Claim, 'state'>): ToldState {
  if (state === 'confirmed') return 'checking';
  return state === 'proposed' ? 'searching' : state;
}

const looks: Record<ToldState, string> = { searching: 'open', checking: 'open', attached: 'paid', answered: 'free' };

export const ToldState = ({ claim, t }: { claim: Claim; t: Translate }): JSX.Element => (
  <span class={`state state-${looks[toldStateOf(claim)]}`} safe>
    {t(`claimState_${toldStateOf(claim)}`)}
  </span>
);

/** On the payment page: the quiet way to report a transfer, or where the last report stands. */
export function ClaimWay({ visit: { t }, claims, isPayable, token }: WayGiven): JSX.Element {
  const last = claims.at(-1);
  if (!last && !isPayable) return <></>;
  return (
    <p class="small pay-claim">
      {last ? <ToldState claim={last} t={t} /> : ''}{' '}
      <a href={`/pay/${token}/claim`} safe>
        {t(last ? 'claimTitle' : 'claimLink')}
      </a>
    </p>
  );
}

interface WayGiven {
  visit: Visit;
  claims: readonly Claim[];
  isPayable: boolean;
  token: string;
}

/** One claim: what was said of the money, where it stands, what happens next and until when. Nothing of the payer. */
export const ToldClaim = ({ claim, isUnpaid, visit: { t, ctx } }: ToldGiven): JSX.Element => (
  <li class="stack">
    <p class="pay-line">
      <strong safe>{say(t('claimOf'), { amount: inDong(claim.amount), day: inDate(claim.paidOn) })}</strong>
      <ToldState claim={claim} t={t} />
    </p>
    <p safe>{nextWords(claim, t)}</p>
    {claim.answer ? <Answer answer={claim.answer} t={t} /> : ''}
    {isOverdue(claim, ctx.now()) ? <Warning words={t('claimLate')} /> : ''}
    {claim.state === 'attached' && isUnpaid ? <Warning words={t('claimUndone')} /> : ''}
    <p class="small muted" safe>
      {say(t('claimRaised'), { time: inDateTime(claim.raisedAt) })}
    </p>
  </li>
);

interface ToldGiven {
  claim: Claim;
  /** Nothing is paid of what it was for. */
  isUnpaid: boolean;
  visit: Visit;
}

const Warning = ({ words }: { words: string }): JSX.Element => (
  <p class="pay-warning" safe>
    {words}
  </p>
);

const nextWords = (claim: Claim, t: Translate): string =>
  say(t(`claimNext_${toldStateOf(claim)}`), {
    day: inDate(claim.answerBy),
    time: claim.closedAt ? inDateTime(claim.closedAt) : '',
  });

export const Answer = ({ answer: { outcome, day, bankReference, text }, t }: { answer: ClaimAnswer; t: Translate }): JSX.Element => (
  <>
    <p>
      <strong safe>{say(t(`outcome_${outcome}`), { day: day ? inDate(day) : '' })}</strong>
    </p>
    {text ? <p safe>{text}</p> : ''}
    {bankReference ? <p safe>{say(t('answerReference'), { reference: bankReference })}</p> : ''}
  </>
);
