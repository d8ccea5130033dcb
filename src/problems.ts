// Refusals: every way in which the service says no is thrown as a Problem; the catalogue lies in refusals/, by subject.
import { cash } from './refusals/cash';
import { closes } from './refusals/closes';
import { differences } from './refusals/differences';
import { fees } from './refusals/fees';
import { finance } from './refusals/finance';
import { office } from './refusals/office';
import { papers } from './refusals/papers';
import { payments } from './refusals/payments';
import { receipts } from './refusals/receipts';
import { refunds } from './refusals/refunds';
import { requests } from './refusals/requests';
import { statements } from './refusals/statements';
import { rules } from './refusals/rules';
import { settlements } from './refusals/settlements';

/** The whole catalogue: by code, the HTTP status and the sentence for people. */
export const refusals = {
  ...requests,
  ...cash,
  ...office,
  ...fees,
  ...payments,
  ...receipts,
  ...finance,
  ...refunds,
  ...closes,
  ...papers,
  ...differences,
  ...settlements,
  ...rules,
  ...statements,
} as const;

export type ProblemCode = keyof typeof refusals;

export interface FieldError {
  path: string;
  message: string;
}

/** A refusal: thrown anywhere, answered in one place as RFC 9457 JSON or as a page. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    /** What exactly, for this case: names of inputs, never personal data. */
    readonly detail?: string,
    readonly errors: readonly FieldError[] = [],
  ) {
    super(detail ? `${code}: ${detail}` : code);
  }

  get status(): number {
    return refusals[this.code].status;
  }
}
