// What the receipts of a settled obligation say, before they have a number: one for its phí, one for its lệ phí, none for 0 đồng.
import type { Allocation } from './allocation';
import type { Collector } from './collector';
import type { Dossier } from './dossier';
import type { ChargedKind } from './fee';
import { sumOf } from './money';
import type { Obligation } from './obligation';
import { receiptMethodKinds, type ReceiptContent, type ReceiptMethod, type ReceiptName } from './receipt';

/** All but what numbering gives it. */
export type ReceiptDraft = Omit<ReceiptContent, keyof ReceiptName | 'issuedAt' | 'lookupCode' | 'replaces'>;

export const chargedKinds = ['phi', 'le_phi'] as const satisfies readonly ChargedKind[];

interface Settled {
  obligation: Obligation;
  dossier: Pick<Dossier, 'applicantName'>;
  /** What each credit gave it. */
  payments: readonly Pick<Allocation, 'method' | 'amount'>[];
  collector: Collector;
  unitName: string;
}

/** Tax has no receipt of ours: the Treasury gives it. */
export const hasReceipts = ({ feeItems }: Pick<Obligation, 'feeItems'>): boolean =>
  feeItems.some(({ kind, amount }) => amount.isPositive() && chargedKinds.some((charged) => charged === kind));

/** Phí and lệ phí go to different accounts of the budget: never on one receipt. What was paid too much is on none. */
export const receiptDraftsOf = (settled: Settled): ReceiptDraft[] =>
  chargedKinds.map((kind) => draftOf(settled, kind)).filter((draft) => draft.total.isPositive());

function draftOf({ obligation, dossier, payments, collector, unitName }: Settled, kind: ChargedKind): ReceiptDraft {
  const items = obligation.feeItems.filter((item) => item.kind === kind && item.amount.isPositive());
  return {
    kind,
    collector: { name: collector.name, taxCode: collector.taxCode, unit: unitName, unitCode: obligation.agencyCode },
    payerName: dossier.applicantName,
    dossierCode: obligation.dossierCode,
    reference: obligation.reference,
    lines: items.map(({ feeId, name, quantity, amount }) => ({ feeId, name, quantity, amount })),
    total: sumOf(items.map((item) => item.amount)),
    ...methodsOf(payments),
  };
}

/** One word for all payments, as the ratios count them: cash as soon as any part was cash, else a gateway's, else a transfer; and all of them. */
function methodsOf(payments: Settled['payments']): Pick<ReceiptContent, 'method' | 'methods'> {
  const used = new Set(payments.filter(({ amount }) => amount.isPositive()).map(({ method }) => method));
  const methods = receiptMethodKinds.filter((method) => used.has(method));
  const method: ReceiptMethod = methods.at(-1) ?? 'transfer';
  return { method, ...(methods.length > 1 ? { methods } : {}) };
}
