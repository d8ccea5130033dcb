// What the list of money without a home is asked: read from its address, with what cannot be read kept for the one who typed it.
import type { Request } from 'express';
import type { UnappliedQuestion } from '../actions/listUnapplied';
import type { Translate } from './labels';
import { addressOf } from './parts';
import { askedDay, askedText } from './query';
import { typedAmount } from './typedAmount';

export const questionFields = ['amount', 'from', 'to', 'payer', 'q'] as const;
type Field = (typeof questionFields)[number];

export interface UnmatchedAsked {
  question: UnappliedQuestion;
  /** As typed. */
  typed: Readonly<Partial<Record<Field, string>>>;
  errors: Readonly<Partial<Record<Field, string>>>;
  isAsked: boolean;
}

/** Throws request_invalid for what no form of ours sends. */
export function unmatchedAsked(req: Request, t: Translate): UnmatchedAsked {
  const typed = Object.fromEntries(questionFields.flatMap((field) => [[field, askedText(req, field)]]).filter(([, text]) => text));
  const amount = typed['amount'] === undefined ? undefined : typedAmount(typed['amount']);
  const [from, to] = [askedDay(req, 'from'), askedDay(req, 'to')];
  return {
    question: {
      ...(amount ? { amount } : {}),
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
      ...(typed['payer'] ? { payer: typed['payer'] } : {}),
      ...(typed['q'] ? { text: typed['q'] } : {}),
    },
    typed,
    errors: {
      ...(typed['amount'] && !amount ? { amount: t('amountShape') } : {}),
      ...(from && to && from > to ? { to: t('daysReversed') } : {}),
    },
    isAsked: Object.keys(typed).length > 0,
  };
}

/** The address of the list with a question; `cursor` for a later page of it. */
export const listAddress = (typed: UnmatchedAsked['typed'], cursor?: string): string => addressOf('/unmatched', { ...typed, cursor });

/** The way back that a transaction's address carries in `list`: the question of the list that led there, and nothing else. */
export function listBehind({ query }: Request): { address: string; carried: string | undefined } {
  const given = new URLSearchParams(typeof query['list'] === 'string' ? query['list'] : '');
  const known = [...questionFields, 'cursor'].flatMap((field) => {
    const text = given.get(field);
    return text === null ? [] : [[field, text] as const];
  });
  const address = addressOf('/unmatched', Object.fromEntries(known));
  return { address, carried: address.split('?')[1] };
}
