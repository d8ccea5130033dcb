// Numbers receipts: each gets the next number of its agency's range in the series of the year, and is kept, waiting for its signature.
import type { Context, Tables } from '../context';
import { grouped } from '../domain/grouping';
import { receiptTemplate } from '../domain/receipt';
import type { ReceiptDraft } from '../domain/receiptDraft';
import { drawLookupCode, lookupRandomBytes } from '../domain/lookupCode';
import type { Receipt } from '../domain/receiptRecord';
import { takeNumbers } from '../domain/receiptRange';
import { seriesPerYear, seriesYearOf, symbolOf } from '../domain/receiptSymbol';
import { dayOf, type Instant } from '../domain/time';

/** A receipt that shall be issued. */
export interface ReceiptWish {
  obligationId: string;
  agencyCode: string;
  counterId?: string;
  collectorCode: string;
  dossierForm: string;
  draft: ReceiptDraft;
  /** The receipt that it stands in for, and why. */
  replaces?: { receipt: Receipt; reason: string };
}

/** What was issued, and what the year has no symbol or number for. To be announced by the caller, last. */
export async function numberReceipts(
  ctx: Context,
  tables: Tables,
  wishes: readonly ReceiptWish[],
  at: Instant,
): Promise<{ issued: Receipt[]; left: ReceiptWish[] }> {
  const issued: Receipt[] = [];
  const left: ReceiptWish[] = [];
  for (const group of grouped(wishes, rangeKeyOf).values()) {
    const taken = await numbersFor(tables, group, at);
    if (!taken) left.push(...group);
    else issued.push(...group.map((wish, place) => receiptOf(ctx, wish, taken.symbol, taken.numbers[place] ?? 0, at)));
  }
  await tables.receipts.keep(issued);
  await tables.receiptHandovers.keep(issued, at);
  return { issued, left };
}

/** Those that share a key take their numbers from one range, in the order in which they came. */
const rangeKeyOf = ({ collectorCode, draft: { kind }, agencyCode }: ReceiptWish): string => [collectorCode, kind, agencyCode].join(' ');

async function numbersFor(tables: Tables, group: readonly ReceiptWish[], at: Instant) {
  const [first] = group;
  const series = first && (await seriesFor(tables, first, at));
  if (!series) return undefined;
  const open = await tables.receiptSeries.findOpenRange(series.symbol, first.agencyCode);
  const taken = takeNumbers(series.cutTo, open, group.length);
  if (!taken) return undefined;
  await tables.receiptSeries.saveRanges(series.symbol, first.agencyCode, taken.ranges, at);
  if (taken.cutTo !== series.cutTo) await tables.receiptSeries.markCut(series.symbol, taken.cutTo);
  return { symbol: series.symbol, numbers: taken.numbers };
}

/** The series of the year that it is in Vietnam; opened when it is needed first. Undefined when the year's letters are used up. */
async function seriesFor(tables: Tables, { collectorCode, draft: { kind } }: ReceiptWish, at: Instant) {
  const year = seriesYearOf(at);
  const known = await tables.receiptSeries.find(collectorCode, year, kind);
  if (known) return known;
  const place = await tables.receiptSeries.nextPlace(year);
  if (place > seriesPerYear) return undefined;
  const series = { symbol: symbolOf(year, place), collectorCode, year, kind, place, cutTo: 0 };
  await tables.receiptSeries.keep(series, at);
  return series;
}

function receiptOf(ctx: Context, wish: ReceiptWish, symbol: string, number: number, issuedAt: Instant): Receipt {
  const { draft, replaces, ...rest } = wish;
  return {
    id: ctx.id('receipt'),
    ...rest,
    edition: replaces ? replaces.receipt.edition + 1 : 0,
    ...(replaces ? { replacesId: replaces.receipt.id } : {}),
    content: {
      template: receiptTemplate,
      symbol,
      number,
      ...draft,
      issuedAt,
      ...(replaces ? { replaces: nameOf(replaces) } : {}),
      lookupCode: drawLookupCode(ctx.random(lookupRandomBytes)),
    },
  };
}

function nameOf({ receipt: { content }, reason }: NonNullable<ReceiptWish['replaces']>) {
  const { template, symbol, number, issuedAt } = content;
  return { template, symbol, number, issuedOn: dayOf(issuedAt), reason };
}
