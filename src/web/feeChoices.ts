// The fees of a procedure as choices on a form: which are ticked, what was entered for each, and what they come to.
import { priceFees, type FeeRequest } from '../actions/priceFees';
import { chargeable, isByNotice, shownNameOf, type Fee, type NotChargeable } from '../domain/fee';
import { inputsOf, type FeeInput } from '../domain/feeInputs';
import { preferencesOf, type Preference, type PreferenceClaim } from '../domain/feePreference';
import type { PricedFee } from '../domain/feePrice';
import { feesInForce } from '../domain/feeSchedule';
import type { FeeItem } from '../domain/obligation';
import { dayOf } from '../domain/time';
import { Problem, refusals } from '../problems';
import { channelIn, type Draft } from './counterDraft';
import { say } from './counterLabels';
import type { Desk } from './desk';
import { feeLabel } from './feeLabels';
import type { Fields, OfficerVisit, Visit } from './screen';

/** One input of one fee: the name of its field, and the text in it. */
export interface AskedInput {
  input: FeeInput;
  field: string;
  text: string;
}

export interface FeeChoice {
  fee: Fee;
  isTicked: boolean;
  inputs: readonly AskedInput[];
  why?: NotChargeable;
}

/** The lines, or why there are none; `field` is where something is missing, `isEarly` when it is only not chosen yet. */
export type Pricing = { items: readonly PricedFee[] } | { fault: string; field?: string; isEarly: boolean };

export const tickField = (fee: Fee): string => `fee.${fee.id}`;
/** Says which procedure's fees the form shows, so that ticks are never read for others. */
export const shownField = 'feesOf';

export async function feeChoices({ ctx }: OfficerVisit, { agency }: Desk, procedureCode: string, fields: Fields): Promise<FeeChoice[]> {
  const asked = { procedureCode, localityCode: agency.localityCode, on: dayOf(ctx.now()) };
  const fees = feesInForce(await ctx.store.tables.procedures.listFees(procedureCode), asked);
  const isShown = fields[shownField] === procedureCode;
  return fees.map((fee) => choiceOf(fee, fees, fields, isShown));
}

/** Exemptions and reductions that one of the ticked fees knows and that need evidence. */
export function preferencesFor({ ctx }: OfficerVisit, { agency }: Desk, choices: readonly FeeChoice[], fields: Fields): Preference[] {
  const context = { channel: channelIn(fields['channel']), on: dayOf(ctx.now()), localityCode: agency.localityCode };
  const all = choices.filter((choice) => choice.isTicked).flatMap(({ fee }) => preferencesOf(fee, context));
  const named = new Map(all.filter((preference) => preference.needsEvidence).map((preference) => [preference.code, preference]));
  return [...named.values()];
}

export const requestsOf = (choices: readonly FeeChoice[]): FeeRequest[] => choices.filter((choice) => choice.isTicked).map(requestOf);

/** The preference claimed on the form, while one of the ticked fees knows it. */
export function claimIn(visit: OfficerVisit, desk: Desk, choices: readonly FeeChoice[], fields: Fields): PreferenceClaim | undefined {
  const code = preferencesFor(visit, desk, choices, fields).find((preference) => preference.code === fields['preference'])?.code;
  return code === undefined ? undefined : { code, evidence: fields['evidence'] ?? '' };
}

/** The ticked fees that the dossier was charged already: to charge them once more an officer says so. */
export function chargedAlready({ known }: Draft, choices: readonly FeeChoice[]): FeeItem[] {
  const items = (known ?? []).filter(({ obligation }) => !obligation.cancelled).flatMap(({ obligation }) => obligation.feeItems);
  return items.filter((item) => choices.some(({ fee, isTicked }) => isTicked && fee.id === item.feeId));
}

/** The field by which an officer says so. */
export const againField = 'again';

export async function pricingOf(visit: OfficerVisit, desk: Desk, choices: readonly FeeChoice[], fields: Fields): Promise<Pricing> {
  const { ctx, t } = visit;
  const { localityCode } = desk.agency;
  const [procedureCode] = choices.map(({ fee }) => fee.procedureCode);
  const fees = requestsOf(choices);
  if (procedureCode === undefined) return { fault: t('feesNone'), isEarly: false };
  if (fees.length === 0) return { fault: t('feesChoose'), isEarly: true };
  const preference = claimIn(visit, desk, choices, fields);
  const question = { procedureCode, localityCode, channel: channelIn(fields['channel']), on: dayOf(ctx.now()), fees };
  try {
    return { items: await priceFees(ctx.store.tables, { ...question, ...(preference ? { preference } : {}) }) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return faultOf(visit, error, choices);
  }
}

/** What is asked, in words: `Số trang bản chính`, `Khu vực`. */
export function inputLabel({ t, language }: Visit, input: FeeInput): string {
  if (input.name === 'case') return capitalised(feeLabel(input.dimension, language));
  if (input.name === 'value') return `${capitalised(feeLabel(input.base, language))} (₫)`;
  return say(t('feeCount'), { unit: feeLabel(input.unit, language) });
}

export const capitalised = (words: string): string => words.charAt(0).toLocaleUpperCase('vi') + words.slice(1);

function choiceOf(fee: Fee, fees: readonly Fee[], fields: Fields, isShown: boolean): FeeChoice {
  const answer = chargeable(fee);
  return {
    fee,
    isTicked: !isByNotice(fee) && (isShown ? fields[tickField(fee)] !== undefined : isUsual(fee, fees)),
    inputs: inputsOf(fee).map((input) => askedInput(fee, input, fields)),
    ...(answer.ok ? {} : { why: answer.why }),
  };
}

/** Due on filing; of several of one kind only the first, because those are alternatives (1.004194: one person, or by list). */
function isUsual(fee: Fee, fees: readonly Fee[]): boolean {
  const alike = fees.filter((other) => other.kind === fee.kind && other.collectWhen === 'khi_nop_ho_so');
  return alike[0] === fee;
}

function askedInput(fee: Fee, input: FeeInput, fields: Fields): AskedInput {
  const path = input.name === 'case' ? `case.${input.dimension}` : input.name;
  const field = `${path}.${fee.id}`;
  return { input, field, text: fields[field] ?? (input.name === 'quantity' || input.name === 'units' ? '1' : '') };
}

function requestOf({ fee, inputs }: FeeChoice): FeeRequest {
  const request: { feeId: string; quantity?: number; units?: number; value?: number; case?: Record<string, string> } = { feeId: fee.id };
  for (const { input, text } of inputs) {
    if (text === '') continue;
    if (input.name === 'case') request.case = { ...request.case, [input.dimension]: text };
    else request[input.name] = wholeNumberIn(text);
  }
  return request;
}

/** `1.250.000` and `1250000`; anything else is no number, and is refused as out of range. */
export const wholeNumberIn = (text: string): number =>
  /^\d{1,3}(\.\d{3})+$|^\d{1,15}$/.test(text) ? Number(text.replaceAll('.', '')) : Number.NaN;

function faultOf({ t, language, ...rest }: OfficerVisit, problem: Problem, choices: readonly FeeChoice[]): Pricing {
  const [first] = problem.errors;
  const [, position, path = ''] = /^fees\.(\d+)\.(.+)$/.exec(first?.path ?? '') ?? [];
  const choice = choices.filter(({ isTicked }) => isTicked)[Number(position)];
  const asked = choice?.inputs.find(({ field }) => field === `${path}.${choice.fee.id}`);
  const why = /^\w+/.exec(first?.message ?? '')?.[0];
  const sentence = refusals[problem.code][language];
  if (first?.path === 'preference.evidence') {
    const isWords = why === 'preference_evidence_words';
    return isWords
      ? { fault: t('wrong_preference_evidence_words'), field: 'evidence', isEarly: false }
      : { fault: t('wrong_preference_evidence'), isEarly: true };
  }
  const unset = unsetWords(problem, language);
  if (!choice || !asked) return { fault: unset ?? (choice ? `${shownNameOf(choice.fee)}: ${sentence}` : sentence), isEarly: false };
  const label = inputLabel({ t, language, ...rest }, asked.input);
  const isEmpty = asked.text === '';
  const wrong =
    why === 'input_out_of_range'
      ? say(t('wrong_input_out_of_range'), { range: rangeOf(asked.input) })
      : t(isEmpty ? 'wrong_input_missing' : 'wrong_case_unknown');
  return { fault: `${label}: ${wrong}`, field: asked.field, isEarly: isEmpty };
}

/** The sentence that says who must set an amount first, where that is why it was refused; it is in Vietnamese. */
export const unsetWords = ({ code, detail }: Problem, language: OfficerVisit['language']): string | undefined =>
  language === 'vi' && ['fee_not_set', 'fee_amount_unknown'].includes(code) ? detail : undefined;

const rangeOf = (input: FeeInput): string => (input.name === 'case' ? '' : `1–${input.maximum.toLocaleString('de-DE')}`);
