// Lists receipts: newest first, by number, dossier, payment reference, day, kind, state and agency; and what they add up to.
import type { Context, ReadTables } from '../context';
import { parseDossierCode } from '../domain/dossier';
import type { ChargedKind } from '../domain/fee';
import { zero, type Money } from '../domain/money';
import { parseReceiptName } from '../domain/receiptName';
import type { ReceiptRecord, ReceiptStateFilter } from '../domain/receiptRecord';
import { parseNumber } from '../domain/receiptSymbol';
import { normalForm } from '../domain/reference';
import type { Actor } from '../domain/role';
import type { Day } from '../domain/time';
import { demand, sightOf } from './demand';

/** All that is asked must hold. */
export interface ReceiptQuestion {
  /** A receipt's name (`26TAB-00000012`) or number in whichever series, a dossier's code, or a payment reference. */
  text?: string;
  /** Vietnamese days on which it was issued, both included. */
  from?: Day;
  to?: Day;
  agencyCode?: string;
  collectorCode?: string;
  dossierCode?: string;
  obligationId?: string;
  kind?: ChargedKind;
  state?: ReceiptStateFilter;
}

/** A sum of more is not worked out while somebody waits. */
export const mostSummed = 10_000;

/** `after` is the id of the last one already seen. */
export async function listReceipts(
  ctx: Context,
  actor: Actor,
  question: ReceiptQuestion,
  limit: number,
  after?: string,
): Promise<ReceiptRecord[]> {
  const filter = await filterOf(ctx, actor, question);
  return filter ? ctx.store.tables.receipts.list(filter, limit, after) : [];
}

/** How many there are and what they add up to; undefined where there are more than `mostSummed`. */
export async function sumReceipts(
  ctx: Context,
  actor: Actor,
  question: ReceiptQuestion,
): Promise<{ count: number; total: Money } | undefined> {
  const filter = await filterOf(ctx, actor, question);
  if (!filter) return { count: 0, total: zero };
  const sum = await ctx.store.tables.receipts.sum(filter, mostSummed + 1);
  return sum.count > mostSummed ? undefined : sum;
}

/** Undefined where the text names nothing. */
async function filterOf(
  { store: { tables } }: Context,
  actor: Actor,
  { text, agencyCode, dossierCode, obligationId, ...asked }: ReceiptQuestion,
) {
  demand(actor, 'see_obligations');
  const clue = text === undefined ? {} : await clueIn(tables, text);
  const dossier = dossierCode === undefined ? undefined : parseDossierCode(dossierCode);
  if (!clue || dossier?.ok === false) return undefined;
  const seen = await sightOf(tables, actor);
  const agencyCodes = agencyCode === undefined ? seen : [agencyCode].filter((code) => !seen || seen.includes(code));
  return {
    ...asked,
    ...(obligationId ? { obligationIds: [obligationId] } : {}),
    ...(dossier ? { dossierForm: dossier.normalForm } : {}),
    ...clue,
    ...(agencyCodes ? { agencyCodes } : {}),
  };
}

async function clueIn(tables: Pick<ReadTables, 'receiptSeries' | 'obligations'>, text: string) {
  const named = parseReceiptName(text);
  if (named) return { named: { symbols: [named.symbol], number: named.number } };
  const number = parseNumber(text.trim());
  if (number !== undefined) return { named: { symbols: (await tables.receiptSeries.list()).map(({ symbol }) => symbol), number } };
  const dossier = parseDossierCode(text);
  if (dossier.ok) return { dossierForm: dossier.normalForm };
  const paid = await tables.obligations.named([normalForm(text)]);
  return paid.length > 0 ? { obligationIds: paid.map((one) => one.obligationId) } : undefined;
}
