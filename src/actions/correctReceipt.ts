// Corrects a receipt that says something wrong: gives notice of the error and issues the receipt that replaces it, at once and together.
import type { Context, Tables } from '../context';
import { collectorFor } from '../domain/collector';
import type { ReplacingGround } from '../domain/receiptNotice';
import type { ReceiptDraft } from '../domain/receiptDraft';
import { correctionStepOf, receiptEvent, type Receipt, type ReceiptRecord } from '../domain/receiptRecord';
import { groundWords } from '../domain/receiptWords';
import { signatureOf, type Actor } from '../domain/role';
import { Problem, type ProblemCode } from '../problems';
import { demand } from './demand';
import { numberReceipts } from './numberReceipts';
import { receiptInSight } from './seeReceipt';

export interface Correction {
  actor: Actor;
  /** Of the wrong receipt. */
  name: string;
  /** Printed on the replacement. */
  ground: ReplacingGround;
  /** For the office alone: free text may name persons, and is never printed. */
  reason: string;
  /** As it should be, where that is the error. */
  payerName?: string;
}

/**
 * The receipt that replaces it: a new number, the same lines and amounts, and the collecting organisation as it is set now. The old one stays
 * readable. Throws receipt_unknown, receipt_replaced, receipt_notice_exists, receipt_money_gone, receipt_unchanged.
 */
export async function correctReceipt(ctx: Context, correction: Correction): Promise<Receipt> {
  const { actor, name, ground, reason } = correction;
  demand(actor, 'correct_receipts');
  const fresh = await ctx.store.transact(async (tables) => {
    const receipt = await receiptInSight(tables, actor, name);
    demandStep(receipt, 'replace');
    const { draft, collectorCode } = await correctedDraft(tables, receipt, correction);
    const at = ctx.now();
    const by = signatureOf(actor);
    const notice = { id: ctx.id('receiptNotice'), receiptId: receipt.id, ground, reason, givenBy: by, givenAt: at };
    const isFirst = await tables.receiptNotices.keep({ ...notice, state: 'confirmed', decided: { by, at } });
    if (!isFirst) throw new Problem('receipt_notice_exists'); // two at once
    const { obligationId, agencyCode, counterId, dossierForm } = receipt;
    const wish = { obligationId, agencyCode, ...(counterId ? { counterId } : {}), dossierForm, collectorCode, draft };
    const { issued } = await numberReceipts(ctx, tables, [{ ...wish, replaces: { receipt, reason: groundWords[ground] } }], at);
    const [replacing] = issued;
    if (!replacing) throw new Problem('series_exhausted');
    await tables.events.append([receiptEvent(replacing)]);
    return replacing;
  });
  ctx.bell.ring();
  return fresh;
}

/** Throws unless the next step about this receipt is `step`. */
export function demandStep(receipt: ReceiptRecord, step: ReturnType<typeof correctionStepOf>): void {
  const next = correctionStepOf(receipt);
  if (next !== step) throw new Problem(refusalOf(receipt, next));
}

function refusalOf(receipt: ReceiptRecord, next: ReturnType<typeof correctionStepOf>): ProblemCode {
  if (receipt.replacedBy) return 'receipt_replaced';
  if (receipt.notice) return 'receipt_notice_exists';
  return next === 'give_notice' ? 'receipt_money_gone' : 'receipt_money_there';
}

/** Who collects is read anew, so that a replacement never repeats an error that was mended meanwhile. */
async function correctedDraft(tables: Tables, receipt: ReceiptRecord, { ground, payerName }: Correction) {
  const agencies = await tables.agencies.list();
  const collector = collectorFor(agencies, await tables.collectors.list(), receipt.agencyCode);
  if (!collector) throw new Problem('collector_missing');
  const { template: _t, symbol: _s, number: _n, issuedAt: _i, lookupCode: _l, replaces: _r, ...said } = receipt.content;
  const unit = agencies.find(({ code }) => code === receipt.agencyCode)?.name ?? said.collector.unit;
  const draft: ReceiptDraft = {
    ...said,
    collector: { name: collector.name, taxCode: collector.taxCode, unit, unitCode: said.collector.unitCode },
    ...(ground === 'payer_name' && payerName ? { payerName } : {}),
  };
  const isOther =
    ground === 'payer_name' ? draft.payerName !== said.payerName : JSON.stringify(draft.collector) !== JSON.stringify(said.collector);
  if (!isOther) throw new Problem('receipt_unchanged');
  return { draft, collectorCode: collector.agencyCode };
}
