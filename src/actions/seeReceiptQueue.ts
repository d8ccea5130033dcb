// Shows what is still to be done with receipts: unsigned, waiting, refused, out of time; and the certificates that sign them.
import type { Context } from '../context';
import { pathToRoot } from '../domain/agency';
import { certificatesAt, type Collector, type SigningCertificate } from '../domain/collector';
import { grouped } from '../domain/grouping';
import { byTurn, lastDayAfter, type HandoverState, type Outage } from '../domain/handover';
import { zero, type Money } from '../domain/money';
import { receiptNameOf } from '../domain/receiptName';
import { isWithoutMoney } from '../domain/receiptRecord';
import type { CertificateFacts } from '../domain/receiptSignature';
import { seriesYearOf } from '../domain/receiptSymbol';
import { unissuedReasons, type ReceiptWait } from '../domain/receiptWait';
import type { Actor } from '../domain/role';
import { addMs, dayOf, type Day, type Instant } from '../domain/time';
import { workingDaysBetween } from '../domain/workingDay';
import { demand, sightOf } from './demand';
import { seeCertificate } from './seeCertificate';

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
  /** Signed and not handed over. */
  waiting: number;
  /** Something is unsigned, and whoever collected has no certificate that may sign now. */
  isUnsignable: boolean;
  outage?: Outage;
  /** The last day for what the outage holds up, if it were repaired today. */
  lastDayIfRepaired?: Day;
  clock?: OutageClock;
}

type Row = Awaited<ReturnType<Context['store']['tables']['receiptHandovers']['listIn']>>[number];

/** An obligation whose receipts are not as they should be, and which these are. */
export interface QueuedWait extends ReceiptWait {
  dossierCode: string;
  total: Money;
  /** Those whose money was taken back; of them, what waits for its second person. */
  receipts: { name: string; isAsked: boolean }[];
}

export type SignerFacts = Pick<CertificateFacts, 'signer' | 'taxCode'>;

export interface ReceiptQueue extends ReceiptTroubles {
  /** Whether there is a provider to hand over to. */
  isConnected: boolean;
  /** The oldest of each. */
  rows: Readonly<Record<Exclude<HandoverState, 'sent'>, readonly Row[]>>;
  waitRows: QueuedWait[];
  signers: { collector: Collector; certificate?: Omit<SigningCertificate, 'keyCiphertext'> & SignerFacts }[];
  /** The numbers that each agency uses this year. */
  ranges: Awaited<ReturnType<Context['store']['tables']['receiptSeries']['listUse']>>;
}

/** For operators. Counts go no further than `mostCounted`. */
export const receiptTroubles = async (ctx: Context): Promise<ReceiptTroubles> => troublesOf(ctx, await ctx.store.tables.collectors.list());

async function troublesOf(ctx: Context, collectors: readonly Collector[], agencyCodes?: readonly string[]): Promise<ReceiptTroubles> {
  const { receiptHandovers, receiptNotices } = ctx.store.tables;
  const certificates = await ctx.store.tables.collectors.listCertificates();
  const [now, stuckBefore] = [ctx.now(), addMs(ctx.now(), -signingMs)];
  const firsts = await Promise.all(
    collectors.map(async ({ agencyCode }) => ({ agencyCode, first: await receiptHandovers.firstUnsigned(agencyCode) })),
  );
  const outage = await receiptHandovers.lastOutage();
  const clock = outage?.endedAt && (await clockOf(ctx, outage.endedAt));
  const sight = agencyCodes ? { agencyCodes } : {};
  return {
    unsigned: await receiptHandovers.countIn('to_sign', mostCounted, agencyCodes),
    isSigningStuck: firsts.some(({ first }) => first !== undefined && first < stuckBefore),
    isUnsignable: firsts.some(({ agencyCode, first }) => first !== undefined && certificatesAt(certificates, agencyCode, now).length === 0),
    waits: await receiptNotices.countWaits(sight, mostCounted),
    unissued: await receiptNotices.countWaits({ ...sight, why: unissuedReasons }, mostCounted),
    refused: await receiptHandovers.countIn('refused', mostCounted, agencyCodes),
    waiting: await receiptHandovers.countIn('waiting', mostCounted, agencyCodes),
    ...(outage ? { outage } : {}),
    ...(isLasting(outage) ? { lastDayIfRepaired: lastDayAfter(now) } : {}),
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

/**
 * Whether somebody must act now: a receipt that nobody signs, one that cannot be issued or was refused, one that waits while the provider
 * cannot be reached, or the law's clock run out.
 */
export const needsAction = ({ isSigningStuck, isUnsignable, unissued, refused, outage, waiting, clock }: ReceiptTroubles): boolean =>
  isSigningStuck || isUnsignable || unissued > 0 || refused > 0 || (isLasting(outage) && waiting > 0) || (clock?.daysLeft ?? 0) < 0;

const isLasting = (outage: Outage | undefined): boolean => outage !== undefined && outage.endedAt === undefined;

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
    rows: { to_sign: await listIn('to_sign'), waiting: await listIn('waiting'), refused: await listIn('refused') },
    waitRows: await queuedWaits(ctx, await receiptNotices.listWaits({ agencyCodes }, mostRows)),
    signers: collectors.map((collector) => signerOf(collector, certificates, ctx.now())),
    ranges: await tables.receiptSeries.listUse(seriesYearOf(ctx.now()), agencyCodes),
  };
}

async function queuedWaits({ store: { tables } }: Context, waits: readonly ReceiptWait[]): Promise<QueuedWait[]> {
  const ids = waits.map(({ obligationId }) => obligationId);
  const obligations = new Map((await tables.obligations.listBareByIds(ids)).map((obligation) => [obligation.id, obligation]));
  const receipts = grouped((await tables.receipts.ofObligations(ids)).filter(isWithoutMoney), ({ obligationId }) => obligationId);
  return waits.map((wait) => ({
    ...wait,
    dossierCode: obligations.get(wait.obligationId)?.dossierCode ?? '',
    total: obligations.get(wait.obligationId)?.due ?? zero,
    receipts: (receipts.get(wait.obligationId) ?? []).map(({ content, notice }) => ({
      name: receiptNameOf(content),
      isAsked: notice?.state === 'requested',
    })),
  }));
}

/** With the certificate that signs, else the newest. */
function signerOf(collector: Collector, certificates: readonly SigningCertificate[], now: Instant): ReceiptQueue['signers'][number] {
  const certificate =
    certificatesAt(certificates, collector.agencyCode, now)[0] ??
    certificates.find(({ collectorCode }) => collectorCode === collector.agencyCode);
  return { collector, ...(certificate ? { certificate: { ...withoutKey(certificate), ...factsOf(certificate) } } : {}) };
}

function factsOf({ certificatePem }: SigningCertificate): SignerFacts {
  const { signer, taxCode } = seeCertificate(certificatePem);
  return { signer, ...(taxCode ? { taxCode } : {}) };
}

function withoutKey({ keyCiphertext: _, ...certificate }: SigningCertificate): Omit<SigningCertificate, 'keyCiphertext'> {
  return certificate;
}
