// The demo certificate: a self-signed one with which a new office can try receipts before it has a real one.
import { randomBytes, webcrypto } from 'node:crypto';
import { demoMark } from './domain/receiptSignature';
import { addMs, epochMsOf, type Instant } from './domain/time';

const validMs = 365 * 24 * 60 * 60 * 1000;
const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 };

/** The object identifier under which Vietnamese certification authorities write `MST:<tax code>`. */
const userId = '0.9.2342.19200300.100.1.1';

export interface CertificateAndKey {
  certificatePem: string;
  /** PKCS #8; a secret. */
  privateKeyPem: string;
}

/** For a year from `now`. Its subject and issuer say that it is a demo, so that every reader of a receipt sees it. */
export async function makeDemoCertificate(organisation: { name: string; taxCode: string }, now: Instant): Promise<CertificateAndKey> {
  const { KeyUsageFlags, KeyUsagesExtension, PemConverter, X509CertificateGenerator } = await library();
  const keys = await webcrypto.subtle.generateKey(rsa, true, ['sign', 'verify']);
  const name = organisation.name.normalize('NFC');
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialNumber(),
      name: [
        { C: ['VN'] },
        { O: [name] },
        { OU: [demoMark] },
        { CN: [`${demoMark}: ${name}`] },
        { [userId]: [`MST:${organisation.taxCode}`] },
      ],
      notBefore: new Date(epochMsOf(now)),
      notAfter: new Date(epochMsOf(addMs(now, validMs))),
      signingAlgorithm: rsa,
      keys,
      extensions: [new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation, true)],
    },
    webcrypto,
  );
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { certificatePem: certificate.toString('pem'), privateKeyPem: PemConverter.encode(key, 'PRIVATE KEY') };
}

/** Positive and in its shortest form: the first byte lies between 0x40 and 0x7f. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

/** Loaded when it is needed, which is once in the life of an office. */
async function library() {
  await import('reflect-metadata'); // a part of the library reads what it declares
  return import('@peculiar/x509');
}
