// What a paper's address asks: which paper, of which unit or account, and for which days.
import type { PaperQuestion } from '../actions/paperSource';
import { paperKinds, type PaperKind } from '../domain/paper';
import { addDays, dayOf, daysOfMonth, parseDay } from '../domain/time';
import { Problem } from '../problems';
import { addressOf } from './parts';
import { askedDay, askedText } from './query';
import type { OfficerVisit } from './screen';

/** Throws route_unknown for a paper that there is not. */
export function kindIn(text: string): PaperKind {
  const kind = paperKinds.find((one) => one === text);
  if (!kind) throw new Problem('route_unknown');
  return kind;
}

/** Yesterday unless a day is said: that is the day which is reconciled this morning. Only the daily list has a period, and the monthly totals a month. */
export function questionIn({ ctx, req }: OfficerVisit, kind: PaperKind): PaperQuestion {
  const asked = askedDay(req, 'day') ?? askedDay(req, 'from') ?? addDays(dayOf(ctx.now()), -1);
  const month = daysOfMonth(askedMonth(req) ?? asked.slice(0, 7));
  const from = kind === 'declaration' ? month.from : asked;
  const to = kind === 'declaration' ? month.to : kind === 'daily_list' ? (askedDay(req, 'to') ?? from) : from;
  const [agencyCode, accountId, collectorCode] = [askedText(req, 'unit'), askedText(req, 'account'), askedText(req, 'collector')];
  const whole = { ...(agencyCode ? { agencyCode } : {}), ...(accountId ? { accountId } : {}), ...(collectorCode ? { collectorCode } : {}) };
  return { kind, from, to: to < from ? from : to, ...whole };
}

function askedMonth(req: OfficerVisit['req']): string | undefined {
  const month = askedText(req, 'month');
  if (month !== undefined && !parseDay(`${month}-01`)) throw new Problem('request_invalid', 'month');
  return month;
}

export const questionsOf = ({ from, to, agencyCode, accountId, collectorCode }: PaperQuestion): Record<string, string | undefined> => ({
  from,
  to,
  unit: agencyCode,
  account: accountId,
  collector: collectorCode,
});

/** `suffix`: `.pdf` and the like. */
export const paperAddress = (question: PaperQuestion, suffix = ''): string =>
  addressOf(`/papers/${question.kind}${suffix}`, questionsOf(question));

/** `bang-ke…-2026-11-20.pdf`: plain letters, for files travel through systems that know no others. */
const plainNames: Readonly<Record<PaperKind, string>> = {
  daily_list: 'bang-ke-thu-phi-le-phi',
  minutes: 'bien-ban-doi-soat',
  cash_book: 'so-quy-tien-mat',
  suspense: 'bang-ke-tien-chua-xac-dinh',
  receipt_summary: '01-TH-BLDT',
  declaration: '01-PH-01-LP',
};

export const fileNameOf = (kind: PaperKind, from: string, to: string, form: string): string =>
  `${plainNames[kind]}-${from === to ? from : `${from}-${to}`}.${form}`;
