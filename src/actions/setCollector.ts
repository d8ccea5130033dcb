// Sets who collects: the organisation with its tax code, and the certificate with which it signs.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Context, Tables } from '../context';
import { isTaxCode, type Collector, type SigningCertificate } from '../domain/collector';
import { certificateProblem, isOfOrganisation } from '../domain/receiptSignature';
import { signatureOf, type Actor } from '../domain/role';
import { Problem } from '../problems';
import { demand, demandSight } from './demand';
import { demoCertificate, keepable } from './demoCertificate';
import { seeCertificate } from './seeCertificate';

/**
 * From now on receipts name it so; issued ones stay as they are. Where it has neither a real certificate nor a demo one with its tax code,
 * a demo one is made. Throws tax_code_invalid, agency_unknown.
 */
export async function setCollector(ctx: Context, actor: Actor, collector: Collector): Promise<void> {
  demand(actor, 'administer');
  if (!isTaxCode(collector.taxCode)) throw new Problem('tax_code_invalid');
  const { tables } = ctx.store;
  await demandSight(tables, actor, collector.agencyCode, 'agency_unknown');
  const own = (await tables.collectors.listCertificates()).filter(({ collectorCode }) => collectorCode === collector.agencyCode);
  const hasOne = own.some(({ isDemo, certificatePem }) => !isDemo || isOfOrganisation(seeCertificate(certificatePem), collector.taxCode));
  const by = signatureOf(actor);
  const certificate = hasOne ? undefined : await demoCertificate(ctx, collector, by);
  await ctx.store.transact(async (inside) => {
    await inside.collectors.save(collector, ctx.now(), by);
    if (certificate) await keepCertificate(inside, certificate);
  });
  ctx.log.info({ agencyCode: collector.agencyCode, by }, 'who collects was set');
  ctx.bell.ring(); // receipts may wait for it
}

export interface CertificateWish {
  actor: Actor;
  collectorCode: string;
  /** PEM; of a chain the first. */
  certificatePem: string;
  /** PEM, RSA. */
  privateKeyPem: string;
}

/**
 * From now on it signs, but for one that nobody vouches for where there is a real one; what was signed before stays verifiable. Throws
 * certificate_unreadable, certificate_not_rsa, certificate_not_its_key, certificate_not_valid, certificate_of_another, collector_missing.
 */
export async function setCertificate(ctx: Context, { actor, collectorCode, ...given }: CertificateWish): Promise<void> {
  demand(actor, 'administer');
  const { tables } = ctx.store;
  await demandSight(tables, actor, collectorCode, 'agency_unknown');
  const collector = (await tables.collectors.list()).find(({ agencyCode }) => agencyCode === collectorCode);
  if (!collector) throw new Problem('collector_missing');
  const { certificatePem, privateKeyPem } = read(given);
  const facts = seeCertificate(certificatePem);
  if (certificateProblem(facts, ctx.now())) throw new Problem('certificate_not_valid');
  if (!isOfOrganisation(facts, collector.taxCode)) throw new Problem('certificate_of_another');
  const certificate = keepable(ctx, { collectorCode, certificatePem, privateKeyPem, by: signatureOf(actor) });
  await ctx.store.transact((inside) => keepCertificate(inside, certificate));
  ctx.log.info({ collectorCode, by: certificate.keptBy, validTo: certificate.validTo }, 'a certificate was set');
  ctx.bell.ring(); // receipts may wait for it
}

async function keepCertificate({ collectors, receiptHandovers }: Tables, certificate: SigningCertificate): Promise<void> {
  await collectors.keepCertificate(certificate);
  await receiptHandovers.markUnsignedDue(certificate.collectorCode, certificate.keptAt);
}

/** What a browser's field has made one line of, in lines again; of several of the kind, the first. */
function linesOf(pem: string, kind: 'CERTIFICATE' | 'PRIVATE KEY'): string {
  const blocks = pem.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]+)-----END \1-----/g);
  const [, label = '', body = ''] = [...blocks].find(([, name = '']) => name.endsWith(kind)) ?? [];
  const lines = body.replace(/\s/g, '').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** Both in their plain form. */
function read({ certificatePem, privateKeyPem }: Pick<CertificateWish, 'certificatePem' | 'privateKeyPem'>) {
  let certificate: X509Certificate;
  let key: ReturnType<typeof createPrivateKey>;
  try {
    certificate = new X509Certificate(linesOf(certificatePem, 'CERTIFICATE'));
    key = createPrivateKey(linesOf(privateKeyPem, 'PRIVATE KEY'));
  } catch {
    throw new Problem('certificate_unreadable');
  }
  if ([key, certificate.publicKey].some(({ asymmetricKeyType }) => asymmetricKeyType !== 'rsa')) throw new Problem('certificate_not_rsa');
  if (!certificate.checkPrivateKey(key)) throw new Problem('certificate_not_its_key');
  return { certificatePem: certificate.toString(), privateKeyPem: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
}
