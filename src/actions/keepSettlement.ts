// Keeps a gateway's settlement file: every payout and line in it once, however often and in however many files it is told.
import { createHash } from 'node:crypto';
import type { Context, Tables } from '../context';
import { NoTable } from '../domain/rawRow';
import { signatureOf, type Actor } from '../domain/role';
import type { RejectedRow, Settlement, SettlementFile, SettlementLine, SettlementProvider } from '../domain/settlement';
import { readSettlementFile, type ReadSettlementFile, type ToldPayout } from '../domain/settlementFile';
import { isSoundText } from '../domain/text';
import type { Instant } from '../domain/time';
import { Problem } from '../problems';
import { demand } from './demand';
import { settlePayouts } from './settlePayouts';

export const maxSettlementBytes = 5 * 1024 * 1024;
const longestFileName = 200;
const longestPayoutId = 100;

export interface SentSettlement {
  actor: Actor;
  provider: SettlementProvider;
  fileName: string;
  bytes: Uint8Array;
  /** The name of the payout, for a list that has no column for it. */
  payoutId?: string;
}

export interface KeptSettlement {
  /** Undefined where nothing in the file was new: it is not kept again. */
  file: SettlementFile | undefined;
  /** Every payout that the file tells of, known ones too. */
  settlementIds: string[];
  newLines: number;
  alreadyKnown: number;
  rejected: readonly RejectedRow[];
}

/** A bad row is left out and named; the others count. Throws settlement_unreadable with the reason, and body_too_large. */
export async function keepSettlement(ctx: Context, sent: SentSettlement): Promise<KeptSettlement> {
  demand(sent.actor, 'import_statements');
  if (sent.bytes.length > maxSettlementBytes) throw new Problem('body_too_large');
  const told = toldIn(sent);
  const kept = await ctx.store.transact((tables) => keepTold(ctx, tables, sent, told, ctx.now()));
  await settlePayouts(ctx);
  return kept;
}

function toldIn({ provider, bytes, payoutId }: SentSettlement): ReadSettlementFile {
  if (payoutId !== undefined && !/^[\w.:-]{1,100}$/.test(payoutId)) throw new Problem('request_invalid', 'payoutId');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return readSettlementFile(text, provider === 'stripe', payoutId?.slice(0, longestPayoutId));
  } catch (error) {
    if (error instanceof NoTable) throw new Problem('settlement_unreadable', error.why);
    if (error instanceof TypeError) throw new Problem('settlement_unreadable', 'encoding');
    throw error;
  }
}

async function keepTold(
  ctx: Context,
  tables: Tables,
  { actor, provider, fileName, bytes }: SentSettlement,
  { payouts, rejected }: ReadSettlementFile,
  at: Instant,
): Promise<KeptSettlement> {
  const before = await tables.settlements.ofPayouts(
    provider,
    payouts.map(({ payoutId }) => payoutId),
  );
  const told = payouts.flatMap(({ lines }) => lines);
  const known = byIdentity(
    await tables.settlements.listKnown(
      provider,
      told.map(({ identity }) => identity),
    ),
  );
  const first = new Map([...byIdentity(told), ...known]);
  const isNew = ({ identity }: SettlementLine): boolean => !known.has(identity);
  const isClosed = ({ payoutId }: ToldPayout): boolean =>
    before.some((one) => one.settlement.payoutId === payoutId && (one.arrivedWith ?? one.carriedInto) !== undefined);
  const late = payouts.filter(isClosed).flatMap(({ lines }) => lines.filter(isNew));
  const allRejected: RejectedRow[] = [
    ...rejected,
    ...late.map(({ row }) => ({ row, why: 'closed' as const })),
    ...told.filter((line) => contradicts(line, first.get(line.identity))).map(({ row }) => ({ row, why: 'contradicts' as const })),
  ];
  const isFirst = (line: SettlementLine): boolean => first.get(line.identity) === line;
  const fresh = payouts.filter((payout) => !isClosed(payout)).map((payout) => ({ payout, lines: payout.lines.filter(isFirst) }));
  const newLines = fresh.reduce((sum, { lines }) => sum + lines.length, 0);
  const agencyCode = actor.kind === 'person' ? actor.agencyCode : '';
  const file: SettlementFile = {
    ...{ id: ctx.id('settlement'), provider, name: soundName(fileName), sha256: createHash('sha256').update(bytes).digest('hex') },
    ...{ keptBy: signatureOf(actor), keptAt: at, lineCount: newLines, knownCount: known.size, rejected: allRejected },
  };
  if (newLines > 0) await tables.settlements.keepFile(file);
  const settlementIds = before.map(({ settlement }) => settlement.id);
  for (const { payout, lines } of fresh.filter((one) => one.lines.length > 0)) {
    const { payoutId, day, stated } = payout;
    const old = before.find((one) => one.settlement.payoutId === payoutId)?.settlement;
    const own = {
      id: ctx.id('settlement'),
      provider,
      payoutId,
      day,
      ...(stated ? { stated } : {}),
      agencyCode,
      fileId: file.id,
      keptAt: at,
    };
    const settlement: Settlement = old ?? own;
    if (!old) {
      await tables.settlements.keep(settlement);
      settlementIds.push(settlement.id);
    }
    await tables.settlements.keepLines(settlement, file.id, lines);
  }
  return { file: newLines > 0 ? file : undefined, settlementIds, newLines, alreadyKnown: known.size, rejected: allRejected };
}

/** A gateway that numbers its lines may repeat one: the first counts. */
const byIdentity = (lines: readonly SettlementLine[]): Map<string, SettlementLine> =>
  new Map(lines.toReversed().map((line) => [line.identity, line]));

/** Other money under the number of a line that was told before. */
const contradicts = (line: SettlementLine, first: SettlementLine | undefined): boolean =>
  first !== undefined && !(first.gross.equals(line.gross) && first.fee.equals(line.fee));

function soundName(fileName: string): string {
  const name = fileName.normalize('NFC').slice(0, longestFileName).trim();
  return name !== '' && isSoundText(name) ? name : 'settlement.csv';
}
