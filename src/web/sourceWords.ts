// Accounts, durations, shares and the problems of a pull, in plain words.
import type { Account } from '../domain/agency';
import type { Instant } from '../domain/time';
import { epochMsOf } from '../domain/time';
import { say } from './counterLabels';
import { inPercent } from './format';
import type { Label, Translate } from './labels';

const [secondMs, minuteMs, hourMs, dayMs] = [1_000, 60_000, 3_600_000, 86_400_000];
/** Up to two days are said in hours. */
const mostHours = 48;

/** `1026101000 · DIEM PVHCC PHUONG MAU` */
export function accountWords(accounts: readonly Account[], id: string): string {
  const account = accounts.find((one) => one.id === id);
  return account ? `${account.accountNumber} · ${account.accountName}` : id;
}

/** `2 giây`, `3 phút`, `5 giờ`, `4 ngày`. */
export function inDuration(ms: number, t: Translate, round: (value: number) => number = Math.floor): string {
  if (ms < secondMs) return t('underSecond');
  const [seconds, minutes, hours] = [round(ms / secondMs), round(ms / minuteMs), round(ms / hourMs)];
  if (seconds < 60) return counted(seconds, 'time_second', 'time_seconds', t);
  if (minutes < 60) return counted(minutes, 'time_minute', 'time_minutes', t);
  if (hours < mostHours) return counted(hours, 'time_hour', 'time_hours', t);
  return counted(round(ms / dayMs), 'time_day', 'time_days', t);
}

const counted = (count: number, one: Label, more: Label, t: Translate): string =>
  say(t(count === 1 ? one : more), { count: String(count) });

/** `5 phút trước` */
export function agoWords(then: Instant, now: Instant, t: Translate): string {
  const ms = epochMsOf(now) - epochMsOf(then);
  return ms < 5 * secondMs ? t('justNow') : say(t('ago'), { time: inDuration(ms, t) });
}

/** `99,9 %`; neither none nor all unless it is so. */
export function inShare(part: number, whole: number): string {
  const perMille = Math.round((part * 1_000) / whole);
  const honest = part === 0 || part === whole ? perMille : Math.min(999, Math.max(1, perMille));
  return inPercent(honest % 10 === 0 ? String(honest / 10) : (honest / 10).toFixed(1));
}

/** `feed refused: token_refused` as a sentence. */
export function pullProblem(problem: string, t: Translate): string {
  const [, kind, why] = /^feed (refused|unavailable): (.+)$/.exec(problem) ?? [];
  if (kind === undefined || why === undefined) return t('pull_other');
  const setting = /^(\w+)_missing$/.exec(why)?.[1];
  if (setting !== undefined) return say(t('pull_setting'), { name: setting });
  return t(sentences.find(([shape]) => shape.test(why))?.[1] ?? (kind === 'refused' ? 'pull_refused' : 'pull_strange'));
}

const sentences: readonly (readonly [RegExp, Label])[] = [
  [/^token_refused$/, 'pull_token'],
  [/^address_/, 'pull_address'],
  [/^(timeout|network|[A-Z][A-Z0-9_]+)$/, 'pull_unreachable'],
  [/^(too_many_requests|code_429)$/, 'pull_busy'],
  [/^(too_many_pages|too_many_in_one_second|answer_too_large)$/, 'pull_long'],
  [/^(status|code)_(408|5\d\d)$/, 'pull_broken'],
];
