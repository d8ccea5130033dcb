// Finds the candidates for a credit: the obligations that its order, its account and its content name, as they stand in the given books.
import type { Candidate } from '../domain/matching';
import { outstandingOf, type BareObligation } from '../domain/obligation';
import { isPaidByNumber } from '../domain/order';
import type { PaymentRequest } from '../domain/paymentRequest';
import type { Reading } from '../domain/reading';
import type { Transaction } from '../domain/transaction';
import type { Desk } from './openDesk';

/** Obligations as they stood when the credit came. */
export type Books = Pick<Desk, 'obligationOf' | 'dossierOf'>;

/** What a credit may name; more than it does is left out here. */
export interface Naming {
  readings: readonly Reading[];
  references: readonly { reference: string; obligationId: string }[];
  virtualAccounts: readonly PaymentRequest[];
  order?: PaymentRequest;
}

type Named = Pick<Transaction, 'amount' | 'virtualAccount' | 'accountId'>;

export function candidatesOf(books: Books, credit: Named, { readings, references, virtualAccounts, order }: Naming): Candidate[] {
  const candidate = (by: Candidate['by'], reference: string, obligationId: string): Candidate => ({
    obligationId,
    by,
    reference,
    outstanding: outstandingOf(books.obligationOf(obligationId)),
  });
  const read = references.filter(({ reference }) => readings.some((reading) => reading.reference === reference));
  const virtual = virtualAccounts.filter((request) => isPaidByNumber(request, credit));
  const direct = [
    ...(order ? orderedBy(order, references).map((id) => candidate('order', order.reference, id)) : []),
    ...virtual.map((request) => candidate('virtual_account', request.reference, request.obligationId)),
    ...read.map(({ reference, obligationId }) => candidate('reference', reference, obligationId)),
  ];
  return [...direct, ...siblingsOf(books, credit, direct).map((sibling) => candidate('same_dossier', sibling.reference, sibling.id))];
}

/** The obligation of an order; of a basket's order every leg. */
function orderedBy({ reference, obligationId }: PaymentRequest, references: Naming['references']): string[] {
  const legs = references.filter((one) => one.reference === reference).map((one) => one.obligationId);
  return legs.length > 1 ? [...new Set(legs)] : [obligationId];
}

/** What else the same dossier owes: asked only where a credit is too much for the one obligation that it names. */
function siblingsOf(books: Books, credit: Named, direct: readonly Candidate[]): BareObligation[] {
  const [first, ...others] = direct;
  if (!first || others.some((other) => other.obligationId !== first.obligationId)) return [];
  if (credit.amount.compare(first.outstanding) <= 0) return [];
  return books.dossierOf(first.obligationId).filter((sibling) => sibling.id !== first.obligationId && outstandingOf(sibling).isPositive());
}
