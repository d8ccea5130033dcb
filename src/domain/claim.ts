// Claims: a citizen says that a transfer of theirs is nowhere to be seen; which money fits what was said, and what an answer must hold.
import { normalForm } from './contentLetters';
import type { Money } from './money';
import { payerIn } from './payer';
import { addDays, addMs, dayOf, startOfDay, type Day, type Instant } from './time';
import type { Transaction } from './transaction';
import { workingDayAfter } from './workingDay';

export const claimStates = ['searching', 'proposed', 'confirmed', 'attached', 'answered'] as const;
export type ClaimState = (typeof claimStates)[number];

export const dayParts = ['unknown', 'morning', 'afternoon', 'evening'] as const;
/** About when on a day. */
export type DayPart = (typeof dayParts)[number];

/** What a citizen says of the transfer: at least one of the digits and the reference. */
export interface ClaimFacts {
  amount: Money;
  paidOn: Day;
  paidAbout: DayPart;
  bankBin?: string;
  /** The last four of the account that paid. */
  accountDigits?: string;
  /** Its letters and digits only, in upper case. */
  bankReference?: string;
}

export const answerOutcomes = ['not_found', 'already_applied', 'refund_requested', 'other_account'] as const;
export type AnswerOutcome = (typeof answerOutcomes)[number];

/** How a claim ends without money: the citizen reads all of it. */
export interface ClaimAnswer {
  outcome: AnswerOutcome;
  /** Up to which it was searched, or on which the money was booked. */
  day?: Day;
  bankReference?: string;
  text?: string;
}

export interface Claim extends ClaimFacts {
  id: string;
  obligationId: string;
  /** The reference of the basket that the transfer was for; `obligationId` is then one of its legs. */
  basket?: string;
  agencyCode: string;
  raisedAt: Instant;
  /** The day at whose end it is overdue. */
  answerBy: Day;
  state: ClaimState;
  /** Only grows: one more with every step. */
  version: number;
  /** Proposed, confirmed or attached. */
  transactionId?: string;
  confirmedBy?: string;
  answer?: ClaimAnswer;
  closedAt?: Instant;
}

/** One step that was taken with a claim. */
export interface ClaimStep {
  claimId: string;
  version: number;
  state: ClaimState;
  transactionId?: string;
  by: string;
  at: Instant;
  reason?: string;
}

export const mostOpenClaims = 3;
export const openStates = ['searching', 'proposed', 'confirmed'] as const satisfies readonly ClaimState[];
export const isOpenClaim = ({ state }: Pick<Claim, 'state'>): boolean => openStates.some((open) => open === state);

/** What was said of the payer is shown no longer than this after the end. */
const shownDays = 90;
/** Nobody remembers an older transfer to the day. */
const oldestDays = 180;
/** Banks book at night and after weekends; people misremember. */
const slackDays = 2;

const hourMs = 60 * 60_000;
const hours: Record<DayPart, readonly [from: number, to: number]> = {
  unknown: [0, 24],
  morning: [0, 12],
  afternoon: [12, 18],
  evening: [18, 24],
};

/** The end of the next working day. */
export const answerByOf = (raisedAt: Instant): Day => workingDayAfter(dayOf(raisedAt), 1);

export const isOverdue = (claim: Pick<Claim, 'state' | 'answerBy'>, now: Instant): boolean =>
  isOpenClaim(claim) && dayOf(now) > claim.answerBy;

/** Whether what was said of the payer may still be shown. */
export const isPayerShown = ({ closedAt }: Pick<Claim, 'closedAt'>, now: Instant): boolean =>
  closedAt === undefined || addDays(dayOf(closedAt), shownDays) >= dayOf(now);

const digitsShape = /^\d{4}$/;
/** Every bank writes figures into it. */
const referenceShape = /^(?=.*\d)[A-Z0-9]{6,40}$/;

/** As references are kept and compared. */
export const claimedReference = (typed: string): string => normalForm(typed);

export type ClaimField = keyof ClaimFacts;

/** The fields in which something is wrong; digits and reference both where neither is given. */
export function faultsIn({ amount, paidOn, accountDigits, bankReference }: ClaimFacts, today: Day): ClaimField[] {
  const isNeither = accountDigits === undefined && bankReference === undefined;
  const wrong: Partial<Record<ClaimField, boolean>> = {
    amount: !amount.isPositive(),
    paidOn: paidOn > today || paidOn < addDays(today, -oldestDays),
    accountDigits: isNeither || (accountDigits !== undefined && !digitsShape.test(accountDigits)),
    bankReference: isNeither || (bankReference !== undefined && !referenceShape.test(bankReference)),
  };
  return (Object.keys(wrong) as ClaimField[]).filter((field) => wrong[field]);
}

/** When the bank may have booked it: from the first instant, before the second. */
export function windowOf({ paidOn, paidAbout }: Pick<ClaimFacts, 'paidOn' | 'paidAbout'>): { from: Instant; before: Instant } {
  const [from, to] = hours[paidAbout];
  return {
    from: addMs(startOfDay(addDays(paidOn, -slackDays)), from * hourMs),
    before: addMs(startOfDay(addDays(paidOn, slackDays)), to * hourMs),
  };
}

/** What of a claim is the same in a transaction, beside account, amount and time. */
export type ClaimEvidence = 'payer_account' | 'stated_account' | 'bank_reference' | 'reference_in_content';

/** Money that may be what a claim is about. */
export interface Unplaced {
  transaction: Pick<Transaction, 'id' | 'accountId' | 'direction' | 'amount' | 'bankTime' | 'payerAccount' | 'content' | 'bankReference'>;
  /** What of it has no home. */
  unapplied: Money;
}

/** Shorter ones stand in a content by chance. */
const shortestInContent = 8;

/**
 * Why the money is what the claim is about: none where it is not. It must have come whole, on an account that the obligation may be paid to, in
 * the window, and be all without a home; the digits or the reference must agree, and known digits must not differ.
 */
export function evidenceFor(claim: ClaimFacts, accountIds: readonly string[], { transaction, unapplied }: Unplaced): ClaimEvidence[] {
  const { from, before } = windowOf(claim);
  const { accountId, direction, amount, bankTime } = transaction;
  if (direction !== 'in' || accountId === undefined || !accountIds.includes(accountId)) return [];
  if (!amount.equals(claim.amount) || !unapplied.equals(claim.amount)) return [];
  if (bankTime < from || bankTime >= before) return [];
  const account = accountEvidence(claim, transaction);
  return account === 'differs' ? [] : [...account, ...referenceEvidence(claim, transaction)];
}

function accountEvidence({ accountDigits }: ClaimFacts, { payerAccount, content }: Unplaced['transaction']): ClaimEvidence[] | 'differs' {
  if (accountDigits === undefined) return [];
  const known = payerAccount ?? payerIn(content)?.accountNumber;
  const ending = known === undefined ? undefined : /\d{4}$/.exec(known)?.[0];
  if (ending === undefined) return [];
  if (ending !== accountDigits) return 'differs';
  return [payerAccount === undefined ? 'stated_account' : 'payer_account'];
}

function referenceEvidence({ bankReference }: ClaimFacts, transaction: Unplaced['transaction']): ClaimEvidence[] {
  if (bankReference === undefined) return [];
  if (normalForm(transaction.bankReference ?? '') === bankReference) return ['bank_reference'];
  const isInContent = bankReference.length >= shortestInContent && normalForm(transaction.content).includes(bankReference);
  return isInContent ? ['reference_in_content'] : [];
}

/**
 * Where an open claim stands after a search that found `fitting` transactions: the one that alone fits is proposed. What a person confirmed
 * stays as long as it fits. Undefined where nothing changes.
 */
export function afterSearch(
  { state, transactionId }: Pick<Claim, 'state' | 'transactionId'>,
  fitting: readonly string[],
): { state: 'searching' } | { state: 'proposed'; transactionId: string } | undefined {
  const [only] = fitting.length === 1 ? fitting : [];
  if (state === 'confirmed' && transactionId !== undefined && fitting.includes(transactionId)) return undefined;
  if (only === undefined) return state === 'searching' ? undefined : { state: 'searching' };
  return state === 'proposed' && transactionId === only ? undefined : { state: 'proposed', transactionId: only };
}

export const shortestAnswer = 20;
export const longestAnswer = 500;
const longestTyped = 60;
/** A text of fewer different words says nothing of this case. */
const fewestWords = 5;

export type AnswerField = 'day' | 'bankReference' | 'text';

/** What is missing or wrong in an answer: a day where the outcome is of one, and the bank's reference or a decision in words. */
export function faultsInAnswer({ outcome, day, bankReference, text }: ClaimAnswer, today: Day): AnswerField[] {
  const isOfDay = outcome === 'not_found' || outcome === 'already_applied';
  const isTextless = text === undefined;
  const faults: Record<AnswerField, boolean> = {
    day: day === undefined ? isOfDay : day > today,
    bankReference: bankReference !== undefined && (bankReference.length > longestTyped || !referenceShape.test(normalForm(bankReference))),
    text: isTextless ? bankReference === undefined : !isDecision(text),
  };
  return (Object.keys(faults) as AnswerField[]).filter((field) => faults[field]);
}

function isDecision(text: string): boolean {
  const words = new Set(
    text
      .toLowerCase()
      .split(/[^\p{L}\p{M}\p{N}]+/u)
      .filter(Boolean),
  );
  return text.length >= shortestAnswer && text.length <= longestAnswer && words.size >= fewestWords;
}
