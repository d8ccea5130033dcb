// Verifying a signed receipt: whether we signed it, with a certificate that was valid then, and what exactly was signed.
import { X509Certificate } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { certificateProblem, type ReceiptCheck } from '../domain/receiptSignature';
import { receiptFromXml } from '../domain/receiptXmlReader';
import { parseInstant } from '../domain/time';
import { seeCertificate } from './seeCertificate';
import { signaturePartsOf, timeProperty } from './signatureShape';

const broken = { ok: false, why: 'signature_broken' } as const;
const foreign = { ok: false, why: 'certificate_foreign' } as const;

/**
 * `ourCertificates`: PEM of every certificate with which we ever signed; a signature by any other proves nothing. The content is read from
 * the very text that was signed, and nothing may stand beside it, so that nobody can wrap a signed receipt in another one.
 */
export function verifyReceiptXml(xml: string, ourCertificates: readonly string[]): ReceiptCheck {
  const parts = signaturePartsOf(xml);
  const signedAt = parts && parseInstant(parts.signingTime);
  const content = parts && receiptFromXml(parts.receipt);
  if (!parts || !signedAt || !content) return broken;
  const certificatePem = ourCertificates.find((pem) => new X509Certificate(pem).raw.toString('base64') === parts.certificate);
  if (!certificatePem) return foreign;
  const [signedReceipt, signedTime] = signedTexts(xml, parts.signature, certificatePem);
  if (signedReceipt !== parts.receipt || !signedTime?.includes(timeProperty(signedAt))) return broken;
  const certificate = seeCertificate(certificatePem);
  const why = certificateProblem(certificate, signedAt);
  return why ? { ok: false, why } : { ok: true, content, signature: { signedAt, certificate } };
}

/** The canonical texts that the signature covers, in the order of its references; none when it does not hold. */
function signedTexts(xml: string, signature: string, certificatePem: string): string[] {
  const check = new SignedXml({ publicCert: certificatePem });
  try {
    check.loadSignature(signature);
    return check.checkSignature(xml) ? check.getSignedReferences() : [];
  } catch {
    return []; // the library throws where a digest holds and the signature does not
  }
}
