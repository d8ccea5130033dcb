// Where obligations, their receipts, the portal and refunds do not agree with the money of a day.
import type { DayFacts, DayFlag, DayObligation, DayRefund } from './dayFacts';
import { sumOf } from './money';
import type { Found } from './movementDifferences';
import type { DifferenceSubject, WayAct } from './reconciliation';
import { addMs, type Instant } from './time';

const minuteMs = 60_000;
/** Receipts are made and signed by themselves within a moment; what is on its way is not missing. */
const receiptGraceMs = 10 * minuteMs;
/** The portal speaks of a payment some time after it. */
const portalGraceMs = 24 * 60 * minuteMs;

/** All of a day that lie beyond the bank's list. */
export const bookDifferences = ({
  asOf,
  obligations,
  flags,
  refunds,
}: Pick<DayFacts, 'asOf' | 'obligations' | 'flags' | 'refunds'>): Found[] => [
  ...obligations.flatMap((obligation) => ofObligation(obligation, asOf)),
  ...flags.filter((flag) => hasSpoken(flag, asOf)).map(notSynchronised),
  ...refunds.map(pending),
];

function ofObligation(obligation: DayObligation, asOf: Instant): Found[] {
  const { settledAt } = obligation;
  if (settledAt === undefined) return [...partPaid(obligation), ...withoutMoney(obligation)];
  return receiptMissing(obligation, settledAt, asOf);
}

/** Nothing that we hold is unexplained by it: the rest is still owed. */
function partPaid({ paid, due, isCancelled, ...obligation }: DayObligation): Found[] {
  const amount = due.minus(paid);
  if (isCancelled || !paid.isPositive() || !amount.isPositive()) return [];
  const subject: DifferenceSubject = { kind: 'obligation', id: obligation.id };
  return [
    {
      class: 'amount_differs',
      amount,
      subject,
      facts: { dossierCode: obligation.dossierCode, due, paid },
      since: obligation.paidAt,
      isBlocking: false,
      ways: waysOf(['see_obligation'], subject),
      evidence: [subject],
    },
  ];
}

/** No receipt, or one that was found wrong and not replaced yet. */
function receiptMissing({ id, dossierCode, due, receipts, wait }: DayObligation, settledAt: Instant, asOf: Instant): Found[] {
  const amount = due.minus(sumOf(receipts.map((receipt) => receipt.amount)));
  if (!amount.isPositive() || (!wait && asOf < addMs(settledAt, receiptGraceMs))) return [];
  const subject: DifferenceSubject = { kind: 'obligation', id };
  return [
    {
      class: 'receipt_missing',
      amount,
      subject,
      facts: { dossierCode, due, ...(wait ? { why: wait.why } : {}) },
      since: wait?.since ?? settledAt,
      isBlocking: false,
      ways: waysOf(['issue_receipt', 'see_obligation'], subject),
      evidence: [subject, ...receipts.map((receipt): DifferenceSubject => ({ kind: 'receipt', id: receipt.id }))],
    },
  ];
}

/** Part payments have no receipt: whatever stands of an obligation that is not settled says too much. */
const withoutMoney = ({ id, dossierCode, paid, receipts, wait }: DayObligation): Found[] =>
  receipts.map((receipt) => {
    const subject: DifferenceSubject = { kind: 'receipt', id: receipt.id };
    return {
      class: 'receipt_without_money',
      amount: receipt.amount,
      subject,
      facts: { dossierCode, paid, receiptNumber: receipt.name },
      since: wait?.since ?? receipt.issuedAt,
      isBlocking: false,
      ways: waysOf(['correct_receipt'], subject),
      evidence: [subject, { kind: 'obligation', id }],
    };
  });

/** Nobody can say what the portal will say: it is a difference once it has spoken after the payment, or should have. */
const hasSpoken = ({ spokenAt, paidAt }: DayFlag, asOf: Instant): boolean => spokenAt >= paidAt || asOf >= addMs(paidAt, portalGraceMs);

function notSynchronised({ dossierId, dossierCode, amount, countedFlag, portalFlag, spokenAt, paidAt }: DayFlag): Found {
  const subject: DifferenceSubject = { kind: 'dossier', id: dossierId };
  return {
    class: 'flag_not_synchronised',
    amount,
    subject,
    facts: { dossierCode, countedFlag, portalFlag },
    since: spokenAt > paidAt ? spokenAt : paidAt,
    isBlocking: false,
    ways: waysOf(['see_dossier'], subject),
    evidence: [subject],
  };
}

/** It is known where the money is to go; the day does not wait for it. */
function pending({ id, transactionId, amount, requestedAt, state, content, bankReference, payerName }: DayRefund): Found {
  const subject: DifferenceSubject = { kind: 'refund', id };
  return {
    class: 'refund_pending',
    amount,
    subject,
    facts: { why: state, content, ...(bankReference ? { bankReference } : {}), ...(payerName ? { payerName } : {}) },
    since: requestedAt,
    isBlocking: false,
    ways: waysOf(['drive_refund'], subject),
    evidence: [subject, { kind: 'transaction', id: transactionId }],
  };
}

const waysOf = (acts: readonly WayAct[], subject: DifferenceSubject) => acts.map((act) => ({ act, subject }));
