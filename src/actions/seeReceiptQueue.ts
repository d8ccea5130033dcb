// Shows what is still to be done with receipts: unsigned, waiting, refused, out of time; and the certificates that sign them.
import type { Context } from '../context';
import { signingAt, type Collector, type SigningCertificate } from '../domain/collector';
import { lastDayAfter, type Handover, type HandoverState, type Outage } from '../domain/handover';
import type { ReceiptWait } from '../domain/receiptWait';
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
  waits: number;
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
export async function receiptTroubles(ctx: Context): Promise<ReceiptTroubles> {
  const { collectors, receiptHandovers, receiptNotices } = ctx.store.tables;
  const firsts = await Promise.all((await collectors.list()).map(({ agencyCode }) => receiptHandovers.firstUnsigned(agencyCode)));
  const stuckBefore = addMs(ctx.now(), -signingMs);
  const outage = await receiptHandovers.lastOutage();
  const clock = outage?.endedAt && (await clockOf(ctx, outage.endedAt));
  return {
    unsigned: await receiptHandovers.countIn('to_sign', mostCounted),
    isSigningStuck: firsts.some((first) => first !== undefined && first < stuckBefore),
    waits: await receiptNotices.countWaits(mostCounted),
    refused: await receiptHandovers.countIn('refused', mostCounted),
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
export const needsAction = ({ isSigningStuck, clock }: ReceiptTroubles): boolean => isSigningStuck || (clock?.daysLeft ?? 0) < 0;

/** For those who look after receipts. */
export async function seeReceiptQueue(ctx: Context, actor: Actor): Promise<ReceiptQueue> {
  demand(actor, 'see_strange_money');
  const { collectors, receiptHandovers, receiptNotices } = ctx.store.tables;
  const agencyCodes = await sightOf(ctx.store.tables, actor);
  const certificates = await collectors.listCertificates();
  const now = ctx.now();
  const signers = (await collectors.list()).map((collector) => {
    const certificate =
      signingAt(certificates, collector.agencyCode, now) ??
      certificates.find(({ collectorCode }) => collectorCode === collector.agencyCode);
    return { collector, ...(certificate ? { certificate: withoutKey(certificate) } : {}) };
  });
  const listIn = async (state: HandoverState): Promise<Row[]> =>
    (await Promise.all(signers.map(({ collector }) => receiptHandovers.listIn(state, collector.agencyCode, mostRows))))
      .flat()
      .slice(0, mostRows);
  return {
    ...(await receiptTroubles(ctx)),
    isConnected: ctx.outbound.receiptProvider !== undefined,
    waiting: await receiptHandovers.countIn('waiting', mostCounted),
    rows: { to_sign: await listIn('to_sign'), waiting: await listIn('waiting'), refused: await listIn('refused') },
    waitRows: await receiptNotices.listWaits(agencyCodes ? { agencyCodes } : {}, mostRows),
    signers,
  };
}

function withoutKey({ keyCiphertext: _, ...certificate }: SigningCertificate): Omit<SigningCertificate, 'keyCiphertext'> {
  return certificate;
}
