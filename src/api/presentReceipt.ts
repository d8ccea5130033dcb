// How receipts look on the wire.
import type { CheckedReceipt } from '../actions/seeReceipt';
import { amountInWords } from '../domain/amountInWords';
import { receiptNameOf } from '../domain/receiptName';
import { receiptStatusOf, type ReceiptRecord } from '../domain/receiptRecord';

/** A receipt beside its obligation. */
export const presentReceiptOf = (receipt: ReceiptRecord) => ({
  number: receiptNameOf(receipt.content),
  kind: receipt.content.kind,
  status: receiptStatusOf(receipt),
  total: receipt.content.total,
  issuedAt: receipt.content.issuedAt,
  signedAt: receipt.signedAt ?? null,
  /** The money came and was taken back; until a notice of error is confirmed the receipt wrongly stands. */
  moneyTakenBack: !receipt.isSettled,
  lookupCode: receipt.content.lookupCode,
});

/** In a list: whether it is signed, not whether the signature holds. */
export const presentListedReceipt = (receipt: ReceiptRecord) => ({
  ...presentReceiptOf(receipt),
  obligationId: receipt.obligationId,
  agencyCode: receipt.agencyCode,
  dossierCode: receipt.content.dossierCode,
  reference: receipt.content.reference,
});

export function presentReceipt({ receipt, replaced, signature, broken }: CheckedReceipt, publicUrl: string) {
  const { content, replacedBy, notice } = receipt;
  const verificationUrl = `${publicUrl}/receipt/${content.lookupCode}`;
  return {
    ...presentReceiptOf(receipt),
    template: content.template,
    symbol: content.symbol,
    sequence: content.number,
    obligationId: receipt.obligationId,
    agencyCode: receipt.agencyCode,
    collector: content.collector,
    payerName: content.payerName ?? null,
    dossierCode: content.dossierCode,
    reference: content.reference,
    lines: content.lines,
    totalInWords: amountInWords(content.total),
    method: content.method,
    methods: content.methods ?? [content.method],
    replaces: replaced ? { number: receiptNameOf(replaced.content), reason: content.replaces?.reason ?? null } : null,
    replacedBy: replacedBy ? receiptNameOf(replacedBy) : null,
    notice: notice ? { ground: notice.ground, reason: notice.reason, state: notice.state, givenAt: notice.givenAt } : null,
    signature: signature
      ? { signer: signature.certificate.signer, signedAt: signature.signedAt, isDemo: signature.certificate.isDemo }
      : null,
    signatureState: signature ? 'valid' : broken ? 'broken' : 'unsigned',
    verificationUrl,
    pdfUrl: signature ? `${verificationUrl}/pdf` : null,
    xmlUrl: signature ? `${verificationUrl}/xml` : null,
  };
}
