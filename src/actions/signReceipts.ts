// Signs issued receipts with the certificate of whoever collected; what cannot be signed yet waits, and is seen to wait.
import type { Context } from '../context';
import { certificatesAt, type SigningCertificate } from '../domain/collector';
import { nextAttempt } from '../domain/handover';
import type { ReceiptContent } from '../domain/receipt';
import { isOfOrganisation } from '../domain/receiptSignature';
import { receiptXml } from '../domain/receiptXml';
import type { Instant } from '../domain/time';
import { seeCertificate } from './seeCertificate';
import { signReceiptXml } from './signReceiptXml';

/** Signing is heavy work: few at once, so that money beside it does not wait. */
const mostAtOnce = 3;

type Unsigned = Awaited<ReturnType<Context['store']['tables']['receiptHandovers']['listUnsigned']>>[number];

/** Signs some of what waits; returns how many were tried, 0 when nothing can be signed now. An expired certificate signs nothing. */
export async function signReceipts(ctx: Context): Promise<number> {
  const now = ctx.now();
  const { collectors, receiptHandovers } = ctx.store.tables;
  const certificates = await collectors.listCertificates();
  const tried: Tried[] = [];
  for (const collectorCode of new Set(certificates.map((certificate) => certificate.collectorCode))) {
    const valid = certificatesAt(certificates, collectorCode, now);
    const unsigned = valid.length > 0 ? await receiptHandovers.listUnsigned(collectorCode, now, mostAtOnce - tried.length) : [];
    tried.push(...unsigned.map((one) => ({ ...one, ...signed(ctx, one.content, valid, now) })));
    if (tried.length >= mostAtOnce) break;
  }
  if (tried.length > 0) await keep(ctx, tried, now);
  return tried.length;
}

type Tried = Pick<Unsigned, 'receiptId' | 'attempts'> & ReturnType<typeof signed>;

async function keep(ctx: Context, tried: readonly Tried[], now: Instant): Promise<void> {
  const done = tried.flatMap(({ receiptId, signature }) => (signature ? [{ receiptId, ...signature }] : []));
  await ctx.store.transact(async ({ receipts, receiptHandovers }) => {
    await receipts.keepSignatures(done);
    await receiptHandovers.markSigned(
      done.map(({ receiptId }) => receiptId),
      now,
    );
    for (const { receiptId, attempts, problem } of tried) {
      if (problem) await receiptHandovers.markTried(receiptId, nextAttempt(attempts + 1, now), problem);
    }
  });
}

function signed(ctx: Context, content: ReceiptContent, valid: readonly SigningCertificate[], now: Instant) {
  try {
    const certificate = valid.find(({ certificatePem }) => isOfOrganisation(seeCertificate(certificatePem), content.collector.taxCode));
    if (!certificate) throw new Error(`no valid certificate has the tax code ${content.collector.taxCode}`);
    const { id, certificatePem, keyCiphertext } = certificate;
    const xml = signReceiptXml(receiptXml(content), { certificatePem, privateKeyPem: ctx.seal.open(keyCiphertext), now });
    return { signature: { certificateId: id, signedAt: now, xml } };
  } catch (error) {
    ctx.log.error({ err: error, symbol: content.symbol, number: content.number }, 'a receipt could not be signed');
    return { problem: error instanceof Error ? error.message : 'unknown' };
  }
}
