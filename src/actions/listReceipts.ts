// Lists receipts: newest first, by number, dossier, day and agency.
import type { Context, ReadTables } from '../context';
import { parseDossierCode } from '../domain/dossier';
import { parseReceiptName } from '../domain/receiptName';
import type { ReceiptRecord } from '../domain/receiptRecord';
import { parseNumber } from '../domain/receiptSymbol';
import type { Actor } from '../domain/role';
import type { Day } from '../domain/time';
import { demand, sightOf } from './demand';

/** All that is asked must hold. */
export interface ReceiptQuestion {
  /** A receipt's name (`26TAB-00000012`) or number in whichever series, or a dossier's code. */
  text?: string;
  /** Vietnamese days on which it was issued, both included. */
  from?: Day;
  to?: Day;
  agencyCode?: string;
}

/** `after` is the id of the last one already seen. */
export async function listReceipts(
  ctx: Context,
  actor: Actor,
  { text, from, to, agencyCode }: ReceiptQuestion,
  limit: number,
  after?: string,
): Promise<ReceiptRecord[]> {
  demand(actor, 'see_obligations');
  const { tables } = ctx.store;
  const clue = text === undefined ? {} : await clueIn(tables, text);
  if (!clue) return [];
  const seen = await sightOf(tables, actor);
  const agencyCodes = agencyCode === undefined ? seen : [agencyCode].filter((code) => !seen || seen.includes(code));
  const filter = { ...clue, ...(agencyCodes ? { agencyCodes } : {}), ...(from ? { from } : {}), ...(to ? { to } : {}) };
  return tables.receipts.list(filter, limit, after);
}

async function clueIn(tables: Pick<ReadTables, 'receiptSeries'>, text: string) {
  const named = parseReceiptName(text);
  if (named) return { named: { symbols: [named.symbol], number: named.number } };
  const number = parseNumber(text.trim());
  if (number !== undefined) return { named: { symbols: (await tables.receiptSeries.list()).map(({ symbol }) => symbol), number } };
  const dossier = parseDossierCode(text);
  return dossier.ok ? { dossierForm: dossier.normalForm } : undefined;
}
