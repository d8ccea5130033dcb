// Looking at a certificate: whom it names and when it may sign.
import { X509Certificate } from 'node:crypto';
import { demoMark, type CertificateFacts } from '../domain/receiptSignature';
import { instantOf } from '../domain/time';

/** How Vietnamese certification authorities write a tax code (mã số thuế) into a subject, mostly as `UID=MST:0123456789`. */
const taxCodePattern = /^MST:([\d-]+)$/;

/** Throws when `certificatePem` is no certificate. */
export function seeCertificate(certificatePem: string): CertificateFacts {
  const certificate = new X509Certificate(certificatePem);
  const subject = namesIn(certificate.subject);
  const taxCode = [...subject.values()]
    .flat()
    .map((text) => taxCodePattern.exec(text)?.[1])
    .find((code) => code !== undefined);
  return {
    signer: subject.get('O')?.[0] ?? subject.get('CN')?.[0] ?? certificate.subject,
    ...(taxCode ? { taxCode } : {}),
    issuer: namesIn(certificate.issuer).get('CN')?.[0] ?? certificate.issuer,
    serialNumber: certificate.serialNumber,
    validFrom: instantOf(Date.parse(certificate.validFrom)),
    validTo: instantOf(Date.parse(certificate.validTo)),
    isDemo: certificate.subject.includes(demoMark) || certificate.checkIssued(certificate),
  };
}

/** `CN=…\nO=…` → what stands under each key; Node gives one attribute a line. */
function namesIn(name: string): Map<string, string[]> {
  const pairs = name.split('\n').map((line) => [line.slice(0, line.indexOf('=')), plain(line.slice(line.indexOf('=') + 1))] as const);
  return pairs.reduce((names, [key, value]) => names.set(key, [...(names.get(key) ?? []), value]), new Map<string, string[]>());
}

/** Node writes a backslash before marks that mean something in a name. */
const plain = (text: string): string => text.replace(/\\(.)/g, '$1').trim();
