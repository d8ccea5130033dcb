// Shows what is still to be done with receipts: unsigned, waiting, refused, out of time; and the certificates that sign them.
import type { Context } from '../context';
import { pathToRoot } from '../domain/agency';
import { certificatesAt, type Collector, type SigningCertificate } from '../domain/collector';
import { byTurn, lastDayAfter, type Handover, type HandoverState, type Outage } from '../domain/handover';
import { unissuedReasons, type ReceiptWait } from '../domain/receiptWait';
import type { Actor } from '../domain/role';
import { addMs, dayOf, type Day, type Instant } from '../domain/time';
import { workingDaysBetween } from '../domain/workingDay';
import { demand, sightOf } from './demand';

const mostRows = 50;
export const mostCounted = 10_000;
/** Signing takes a moment; what is unsigned for longer has no certificate that could sign it. */
const signingMs = 10 * 60_000;

/** What the law's clock says of an outage that ended: what it held up, and until when that may be sent. */
export interface OutageClock {
  lastDay: Day;
  /** Working days after today, the last day included; below 0: over. */
  daysLeft: number;
  heldUp: number;
}

export interface ReceiptTroubles {
  unsigned: number;
  /** Unsigned for longer than signing takes. */
  isSigningStuck: boolean;
  /** Obligations whose receipts are not as they should be. */
  waits: number;
  /** Those of them that are paid and have no receipt. */
  unissued: number;
  refused: number;
  outage?: Outage;
  clock?: OutageClock;
}

type Row = Handover & { symbol: string; number: number; issuedAt: Instant };

export interface ReceiptQueue extends ReceiptTroubles {
  /** Whether there is a provider to hand over to. */
  isConnected: boolean;
  waiting: number;
  /** The oldest of each. */
  rows: Readonly<Record<Exclude<HandoverState, 'sent'>, readonly Row[]>>;
  waitRows: ReceiptWait[];
  signers: { collector: Collector; certificate?: Omit<SigningCertificate, 'keyCiphertext'> }[];
}

/** For operators. Counts go no further than `mostCounted`. */
export const receiptTroubles = async (ctx: Context): Promise<ReceiptTroubles> => troublesOf(ctx, await ctx.store.tables.collectors.list());

async function troublesOf(ctx: Context, collectors: readonly Collector[], agencyCodes?: readonly string[]): Promise<ReceiptTroubles> {
  const { receiptHandovers, receiptNotices } = ctx.store.tables;
  const firsts = await Promise.all(collectors.map(({ agencyCode }) => receiptHandovers.firstUnsigned(agencyCode)));
  const stuckBefore = addMs(ctx.now(), -signingMs);
  const outage = await receiptHandovers.lastOutage();
  const clock = outage?.endedAt && (await clockOf(ctx, outage.endedAt));
  const sight = agencyCodes ? { agencyCodes } : {};
  return {
    unsigned: await receiptHandovers.countIn('to_sign', mostCounted, agencyCodes),
    isSigningStuck: firsts.some((first) => first !== undefined && first < stuckBefore),
    waits: await receiptNotices.countWaits(sight, mostCounted),
    unissued: await receiptNotices.countWaits({ ...sight, why: unissuedReasons }, mostCounted),
    refused: await receiptHandovers.countIn('refused', mostCounted, agencyCodes),
    ...(outage ? { outage } : {}),
    ...(clock ? { clock } : {}),
  };
}

async function clockOf(ctx: Context, repairedAt: Instant): Promise<OutageClock | undefined> {
  const heldUp = await ctx.store.tables.receiptHandovers.countHeldUp(repairedAt, mostCounted);
  if (heldUp === 0) return undefined;
  const [today, lastDay] = [dayOf(ctx.now()), lastDayAfter(repairedAt)];
  const daysLeft = today <= lastDay ? workingDaysBetween(today, lastDay) : -workingDaysBetween(lastDay, today) || -1;
  return { lastDay, daysLeft, heldUp };
}

/** Whether somebody must act now: a receipt that nobody signs, one that cannot be issued, or the law's clock run out. */
export const needsAction = ({ isSigningStuck, unissued, clock }: ReceiptTroubles): boolean =>
  isSigningStuck || unissued > 0 || (clock?.daysLeft ?? 0) < 0;

/** For those who look after receipts: those of their own agencies, and whoever collects for these. */
export async function seeReceiptQueue(ctx: Context, actor: Actor): Promise<ReceiptQueue> {
  demand(actor, 'see_strange_money');
  const { tables } = ctx.store;
  const { receiptHandovers, receiptNotices } = tables;
  const agencies = await tables.agencies.list();
  const agencyCodes = (await sightOf(tables, actor)) ?? agencies.map(({ code }) => code);
  const above = actor.kind === 'person' ? pathToRoot(agencies, actor.agencyCode).map(({ code }) => code) : [];
  const collectors = (await tables.collectors.list()).filter(({ agencyCode }) => [...agencyCodes, ...above].includes(agencyCode));
  const certificates = await tables.collectors.listCertificates();
  const listIn = async (state: HandoverState): Promise<Row[]> =>
    (await Promise.all(collectors.map(({ agencyCode }) => receiptHandovers.listIn(state, agencyCode, agencyCodes, mostRows))))
      .flat()
      .sort(byTurn)
      .slice(0, mostRows);
  return {
    ...(await troublesOf(ctx, collectors, agencyCodes)),
    isConnected: ctx.outbound.receiptProvider !== undefined,
    waiting: await receiptHandovers.countIn('waiting', mostCounted, agencyCodes),
    rows: { to_sign: await listIn('to_sign'), waiting: await listIn('waiting'), refused: await listIn('refused') },
    waitRows: await receiptNotices.listWaits({ agencyCodes }, mostRows),
    signers: collectors.map((collector) => signerOf(collector, certificates, ctx.now())),
  };
}

/** With the certificate that signs, else the newest. */
function signerOf(collector: Collector, certificates: readonly SigningCertificate[], now: Instant): ReceiptQueue['signers'][number] {
  const certificate =
    certificatesAt(certificates, collector.agencyCode, now)[0] ??
    certificates.find(({ collectorCode }) => collectorCode === collector.agencyCode);
  return { collector, ...(certificate ? { certificate: withoutKey(certificate) } : {}) };
}

function withoutKey({ keyCiphertext: _, ...certificate }: SigningCertificate): Omit<SigningCertificate, 'keyCiphertext'> {
  return certificate;
}
