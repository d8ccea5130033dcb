// Signing a receipt: the organisation's signature stands inside the XML that it covers (XML-DSig, enveloped).
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { certificateProblem, type CertificateProblem } from '../domain/receiptSignature';
import { receiptEnd } from '../domain/receiptXml';
import { receiptFromXml } from '../domain/receiptXmlReader';
import type { Instant } from '../domain/time';
import { seeCertificate } from './seeCertificate';
import { algorithms, signatureId, signingTimeId, timeProperty } from './signatureShape';

export interface ReceiptSigner {
  certificatePem: string;
  /** PKCS #8, RSA. */
  privateKeyPem: string;
  now: Instant;
}

/** Thrown instead of a signature that would be worth nothing. */
export class CertificateUnusable extends Error {
  constructor(readonly why: CertificateProblem | 'key_foreign') {
    super(`this certificate cannot sign: ${why}`);
  }
}

/**
 * The receipt with its signature as the last child of the root: RSA-SHA256 over the whole root and over the signing time. The same
 * arguments give the same bytes. Throws CertificateUnusable before and after the certificate's time and for the key of another
 * certificate, RangeError on a text that is no canonical receipt.
 */
export function signReceiptXml(xml: string, { certificatePem, privateKeyPem, now }: ReceiptSigner): string {
  if (!receiptFromXml(xml)) throw new RangeError('only a canonical receipt is signed');
  const problem = certificateProblem(seeCertificate(certificatePem), now);
  if (problem) throw new CertificateUnusable(problem);
  const privateKey = createPrivateKey(privateKeyPem);
  if (!new X509Certificate(certificatePem).checkPrivateKey(privateKey)) throw new CertificateUnusable('key_foreign');

  const { signature: signatureAlgorithm, digest: digestAlgorithm, canonical, enveloped } = algorithms;
  const signed = new SignedXml({
    privateKey,
    publicCert: certificatePem,
    signatureAlgorithm,
    canonicalizationAlgorithm: canonical,
    objects: [{ content: timeProperty(now), attributes: { Id: signingTimeId } }],
  });
  signed.addReference({ xpath: '/*', uri: '', isEmptyUri: true, digestAlgorithm, transforms: [enveloped, canonical] });
  signed.addReference({ xpath: `//*[@Id='${signingTimeId}']`, digestAlgorithm, transforms: [canonical] });
  signed.computeSignature(xml, { attrs: { Id: signatureId } });
  return `${xml.slice(0, -receiptEnd.length)}${signed.getSignatureXml()}${receiptEnd}`;
}
