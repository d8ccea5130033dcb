// What is done with shifts on the screens: count and close, confirm a difference.
import { closeShift, confirmShiftDifference } from '../actions/closeShift';
import type { Money } from '../domain/money';
import { denominations, sumOfPieces, type Denominations } from '../domain/shift';
import { Problem, refusals } from '../problems';
import { actedOn, idIn } from './cashParts';
import type { FormState } from './formFields';
import type { Fields, OfficerVisit, Shown } from './screen';
import { shiftPage } from './shift';
import { amountOrNothing } from './typedAmount';

/** A refusal comes back on the form with all that was typed. */
export async function takeShiftClosing(visit: OfficerVisit, sent: Fields): Promise<Shown> {
  const count = countIn(visit, sent);
  const handOn = amountOrNothing(sent['handOn'] ?? '');
  const errors: FormState['errors'] = {
    ...('errors' in count ? count.errors : {}),
    ...(sent['handOn'] && handOn === undefined ? { handOn: visit.t('amountShape') } : {}),
  };
  if (Object.keys(errors).length > 0 || 'errors' in count) return sentBack(visit, sent, errors, 400);
  const reason = sent['reason'] ?? '';
  try {
    await closeShift(visit.ctx, {
      actor: visit.actor,
      shiftId: idIn(visit),
      ...count,
      ...(handOn ? { handOn } : {}),
      ...(reason ? { reason } : {}),
    });
  } catch (error) {
    const place = error instanceof Problem ? places[error.code] : undefined;
    if (!(error instanceof Problem) || place === undefined) throw error;
    return sentBack(visit, sent, { [place]: refusals[error.code][visit.language] }, error.status);
  }
  return { redirect: `/shifts/${idIn(visit)}` };
}

const places: Readonly<Record<string, string>> = {
  shift_reason_needed: 'reason',
  shift_hand_on_too_much: 'handOn',
  shift_of_another: 'counted',
  shift_closed: 'counted',
};

export function takeDifferenceConfirmation(visit: OfficerVisit, { reason = '' }: Fields): Promise<Shown> {
  const page = `/shifts/${idIn(visit)}`;
  return actedOn(async () => {
    if (reason.length < 3) throw new Problem('request_invalid', 'reason');
    await confirmShiftDifference(visit.ctx, { actor: visit.actor, shiftId: idIn(visit), note: reason });
    return page;
  }, page);
}

type Count = { counted: Money; denominations?: Denominations } | { errors: FormState['errors'] };

/** The pieces, or the sum: one of them. */
function countIn({ t }: OfficerVisit, sent: Fields): Count {
  const typed = denominations.map((face) => [face, sent[`pieces.${face}`] ?? ''] as const).filter(([, text]) => text !== '');
  const sum = sent['counted'] ?? '';
  if (typed.length > 0 && sum !== '') return { errors: { counted: t('shiftSumTwice') } };
  if (typed.some(([, text]) => !/^\d{1,6}$/.test(text))) return { errors: { pieces: t('shiftPiecesShape') } };
  if (typed.length > 0) {
    const pieces: Denominations = Object.fromEntries(typed.map(([face, text]) => [String(face), Number(text)]));
    return { counted: sumOfPieces(pieces), denominations: pieces };
  }
  const counted = amountOrNothing(sum);
  if (counted === undefined) return { errors: { counted: t(sum === '' ? 'shiftSumMissing' : 'amountShape') } };
  return { counted };
}

function sentBack(visit: OfficerVisit, values: Fields, errors: FormState['errors'], status: number): Promise<Shown> {
  visit.res.status(status);
  return shiftPage(visit, { values, errors });
}
