// The step that an officer is about to take with a transaction, as asked in the address or sent and refused.
import { seeObligation, type SeenObligation } from '../actions/seeObligation';
import { outstandingOf } from '../domain/obligation';
import { resolutionActions, undoableOf, type ResolutionAction, type Undoable } from '../domain/resolution';
import { Problem, refusals } from '../problems';
import { emptyForm, type FormState } from './formFields';
import { askedText } from './query';
import type { OfficerVisit } from './screen';
import type { TransactionView } from './transactionView';

export type Act = ResolutionAction | 'undo';
export const acts = [...resolutionActions, 'undo'] as const satisfies readonly Act[];

/** What is about to be done, with the form as it was sent. */
export type Step = { form: FormState } & (
  { act: 'allocate'; target: SeenObligation } | { act: Exclude<ResolutionAction, 'allocate'> } | { act: 'undo'; undoable: Undoable }
);

export interface Asked {
  step?: Step;
  /** Why it cannot be done, in the reader's language. */
  refusal?: string;
  /** What was sent to explain money that left. */
  explain?: FormState;
}

/** `?step=refund`, or `?to=` an obligation. */
export async function askedStep(view: TransactionView): Promise<Asked> {
  const { req, language } = view.visit;
  const target = askedText(req, 'to');
  const act = acts.find((one) => one === askedText(req, 'step')) ?? (target ? 'allocate' : undefined);
  if (act === undefined) return {};
  const step = await stepOf(view, act, target, emptyForm);
  return step || act !== 'allocate' || !view.isOpen ? (step ? { step } : {}) : { refusal: refusals.obligation_already_paid[language] };
}

/** The step if it may be done as things stand now. */
export async function stepOf(
  view: TransactionView,
  act: Act,
  obligationId: string | undefined,
  form: FormState,
): Promise<Step | undefined> {
  const { isOpen, money, allocations, resolutions, visit } = view;
  if (!isOpen) return undefined;
  if (act === 'undo') {
    const undoable = undoableOf(allocations, resolutions);
    return undoable && { act, undoable, form };
  }
  if (!money.unapplied.isPositive()) return undefined;
  if (act !== 'allocate') return { act, form };
  const target = await targetOf(visit, obligationId ?? '');
  return target && outstandingOf(target.obligation).isPositive() ? { act, target, form } : undefined;
}

async function targetOf({ ctx, actor }: OfficerVisit, obligationId: string): Promise<SeenObligation | undefined> {
  try {
    return await seeObligation(ctx, actor, obligationId);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
