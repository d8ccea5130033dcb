// What the public fee pages ask and say, apart from their looks: the question in the address, words of preferences, an example's inputs.
import type { Request } from 'express';
import type { PublicationQuestion } from '../actions/publishedFees';
import type { Fee } from '../domain/fee';
import { inputsOf, type FeeInputs } from '../domain/feeInputs';
import type { Preference } from '../domain/feePreference';
import { channels } from '../domain/feePublication';
import { vnd } from '../domain/money';
import { dayOf, type Day, type Instant } from '../domain/time';
import { say } from './counterLabels';
import { capitalised, inputLabel } from './feeChoices';
import { feeLabel } from './feeLabels';
import { inDate, inDong } from './format';
import type { Translate } from './labels';
import { addressOf } from './parts';
import { askedDay, askedText } from './query';
import type { Visit } from './screen';

/** Unit and day, today where no day is asked. */
export function publicationAsked(req: Request, now: Instant): PublicationQuestion {
  const agencyCode = askedText(req, 'agency');
  return { on: askedDay(req, 'on') ?? dayOf(now), ...(agencyCode === undefined ? {} : { agencyCode }) };
}

export const feesAddress = (asked: { agency: string; on: Day; q?: string | undefined }): string => addressOf('/fees', asked);

export const feeAddress = (procedureCode: string, asked: { agency: string; on: Day }): string =>
  addressOf(`/fees/${encodeURIComponent(procedureCode)}`, asked);

/** `Số trang bản chính: 5 · Số bản sao: 1`; empty where the rule asks nothing. */
export function inputsText(visit: Visit, fee: Fee, inputs: FeeInputs): string {
  const given = inputsOf(fee).flatMap((input) => {
    if (input.name === 'case') return [`${inputLabel(visit, input)}: ${feeLabel(inputs.case?.[input.dimension] ?? '', visit.language)}`];
    if (input.name === 'value') return [`${inputLabel(visit, input)}: ${inDong(vnd(inputs.value ?? 0))}`];
    return [`${inputLabel(visit, input)}: ${inputs[input.name] ?? 1}`];
  });
  return given.join(' · ');
}

/** `từ 01/07/2025 đến hết 31/12/2026` */
export function validityText({ validFrom, validTo }: Pick<Fee, 'validFrom' | 'validTo'>, t: Translate): string {
  const from = validFrom === undefined ? t('feeStartUnknown') : say(t('feeFrom'), { day: inDate(validFrom) });
  return validTo === undefined ? from : `${from} ${say(t('feeUntil'), { day: inDate(validTo) })}`;
}

export function effectText({ effect, value }: Preference, t: Translate): string {
  if (effect === 'set_amount') return say(t('feeEffect_set'), { value: inDong(vnd(value)) });
  if (effect === 'budget_supported') return say(t('feeEffect_supported'), { value: String(value) });
  return value === 100 ? t('feeEffect_none') : say(t('feeEffect_off'), { value: String(value) });
}

/** Who may claim it, in the words of the schedule. */
export const preferenceText = ({ label, condition, code, needsEvidence }: Preference, t: Translate): string =>
  capitalised(label ?? condition ?? (needsEvidence ? code : t('feeOfItself')));

const channelWords = { truc_tiep: 'channel_counter', truc_tuyen: 'channel_online', buu_chinh: 'channel_postal' } as const;

/** `Trực tuyến`, or that it holds however the dossier is filed. */
export const channelText = ({ channels: filed }: Preference, t: Translate): string =>
  filed === undefined || filed.length === channels.length ? t('feeAnyChannel') : filed.map((one) => t(channelWords[one])).join(', ');

export const untilText = ({ until }: Preference, t: Translate): string =>
  until === undefined ? t('feeOpenEnd') : capitalised(say(t('feeUntil'), { day: inDate(until) }));

/** `Diện 2: giảm 50 %`: an exemption on a screen that others may see, told apart by its place on the public page. */
export function groupText({ effect, value }: Preference, group: number, t: Translate): string {
  return say(t(effect === 'mien' ? 'feeGroupExempt' : 'feeGroupReduced'), { group: String(group), value: String(value) });
}
