// Whether the running balances of an account continue: said only where it could be checked, else why it could not.
import type { BalanceCheck } from '../domain/balanceCheck';
import { say } from './counterLabels';
import { inDateTime } from './format';
import type { Translate } from './labels';

interface Given {
  check: BalanceCheck;
  /** With a break that is open. */
  isBroken: boolean;
  t: Translate;
}

export const Balances = ({ check, isBroken, t }: Given): JSX.Element =>
  isBroken ? (
    <span class="warning" safe>
      {t('balanceBreaks')}
    </span>
  ) : (
    <span class={check.kind === 'checked' ? 'state state-paid' : 'state state-free'} safe>
      {checkWords(check, t)}
    </span>
  );

function checkWords(check: BalanceCheck, t: Translate): string {
  if (check.kind === 'checked') return say(t('balance_checked'), { time: inDateTime(check.upTo) });
  if (check.kind === 'partly') return say(t('balance_partly'), { unknown: String(check.unknown), looked: String(check.looked) });
  return check.kind === 'waiting' ? t('balance_waiting') : `${t('balanceNotChecked')}: ${t(`balance_${check.kind}`)}`;
}
