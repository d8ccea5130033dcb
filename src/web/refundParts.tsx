// Parts that the screens of refunds share: the state in word, icon and colour; whose hands it went through; and where it goes.
import { bankOfBin } from '../domain/banks';
import type { Payee, RefundState, RefundStep } from '../domain/refund';
import { maskedAccount } from '../domain/shownPayee';
import { epochMsOf, type Instant } from '../domain/time';
import { say } from './counterLabels';
import { inDateTime } from './format';
import type { Translate } from './labels';
import { signedAs } from './signedAs';

const looks: Readonly<Record<RefundState, string>> = {
  requested: 'open',
  approved: 'part_paid',
  sent: 'part_paid',
  confirmed: 'paid',
  refused: 'cancelled',
  failed: 'expired',
  withdrawn: 'cancelled',
};

export const RefundStateWords = ({ state, t, big }: { state: RefundState; t: Translate; big?: boolean }): JSX.Element => (
  <span class={`state state-${looks[state]}${big ? ' state-big' : ''}`} safe>
    {t(`refundState_${state}`)}
  </span>
);

interface StepsGiven {
  steps: readonly RefundStep[];
  names: ReadonlyMap<string, string>;
  now: Instant;
  t: Translate;
}

/** Every hand it went through, how long each took, and both names where a right was lent. */
export function RefundSteps({ steps, names, now, t }: StepsGiven): JSX.Element {
  const [first] = steps;
  const isOver = !['requested', 'approved', 'sent'].includes(steps.at(-1)?.to ?? '');
  const end = (isOver ? steps.at(-1)?.at : now) ?? now;
  const hands = new Set(steps.map(({ by }) => by)).size;
  return (
    <section class="stack">
      <h2 safe>{t('refundSteps')}</h2>
      <ol class="timeline">
        {steps.map((step, place) => (
          <li>
            <time class="small muted" datetime={step.at} safe>
              {inDateTime(step.at)}
            </time>
            <span>
              <span safe>{t(`refundAct_${step.act}`)}</span>
              {place > 0 ? <span class="small muted" safe>{` · ${spanBetween(steps[place - 1]?.at ?? step.at, step.at, t)}`}</span> : ''}
              <span class="small muted block" safe>
                {[whoOf(step, names, t), step.reason && `“${step.reason}”`].filter(Boolean).join(' · ')}
              </span>
            </span>
          </li>
        ))}
      </ol>
      <p class="small muted" safe>
        {say(t('refundStepsSum'), { count: String(hands), time: spanBetween(first?.at ?? now, end, t) })}
      </p>
    </section>
  );
}

function whoOf({ by, onBehalfOf }: RefundStep, names: ReadonlyMap<string, string>, t: Translate): string {
  const who = signedAs(by, names, t);
  return onBehalfOf ? `${who} ${say(t('refundOnBehalf'), { who: signedAs(onBehalfOf, names, t) })}` : who;
}

const minuteMs = 60_000;

/** `26 giờ`, `5 phút`: how long something lay in somebody's hands. */
export function spanBetween(from: Instant, to: Instant, t: Translate): string {
  const minutes = Math.max(0, Math.round((epochMsOf(to) - epochMsOf(from)) / minuteMs));
  if (minutes < 90) return say(t('spanMinutes'), { count: String(minutes) });
  const hours = Math.round(minutes / 60);
  return hours < 72 ? say(t('spanHours'), { count: String(hours) }) : say(t('spanDays'), { count: String(Math.round(hours / 24)) });
}

/** `Vietcombank •••3456 · LE THI MAU`; whole for who approves it, and else without the name. */
export function payeeWords(payee: Payee, isShown: boolean): string {
  const bank = bankOfBin(payee.bankBin)?.shortName ?? payee.bankBin;
  return isShown ? `${bank} ${payee.accountNumber} · ${payee.accountName}` : `${bank} ${maskedAccount(payee.accountNumber)}`;
}
