// Makes certificates ready to be kept: their key sealed, and what they say of themselves beside them.
import type { Context } from '../context';
import type { Collector, SigningCertificate } from '../domain/collector';
import { seeCertificate } from './seeCertificate';

/** A new demo certificate of a collector, to be kept with it. */
export async function demoCertificate(ctx: Context, collector: Collector, by: string): Promise<SigningCertificate> {
  const { certificatePem, privateKeyPem } = await ctx.makeDemoCertificate(collector, ctx.now());
  return keepable(ctx, { collectorCode: collector.agencyCode, certificatePem, privateKeyPem, by });
}

/** Throws when `certificatePem` is no certificate. */
export function keepable(
  ctx: Context,
  given: { collectorCode: string; certificatePem: string; privateKeyPem: string; by: string },
): SigningCertificate {
  const { validFrom, validTo, isDemo } = seeCertificate(given.certificatePem);
  return {
    id: ctx.id('certificate'),
    collectorCode: given.collectorCode,
    certificatePem: given.certificatePem,
    keyCiphertext: ctx.seal.close(given.privateKeyPem),
    validFrom,
    validTo,
    isDemo,
    keptAt: ctx.now(),
    keptBy: given.by,
  };
}
