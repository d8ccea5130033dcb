// Certificates for tests as an authority gives them: with any subject, by RSA or EC, issued by somebody else or signed by themselves.
import { webcrypto } from 'node:crypto';
import 'reflect-metadata';
import { PemConverter, X509CertificateGenerator } from '@peculiar/x509';
import type { CertificateAndKey } from '../../src/certificate';
import { addMs, epochMsOf, type Instant } from '../../src/domain/time';

const dayMs = 86_400_000;
const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 };
const ec = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export interface Wish {
  name: string;
  taxCode?: string;
  now: Instant;
  isEc?: boolean;
  isSelfSigned?: boolean;
}

/** Valid from a day before `now` to a year after. */
export async function issueCertificate({ name, taxCode, now, isEc, isSelfSigned }: Wish): Promise<CertificateAndKey> {
  const keys = await webcrypto.subtle.generateKey(isEc ? ec : rsa, true, ['sign', 'verify']);
  const authority = isSelfSigned ? keys : await webcrypto.subtle.generateKey(rsa, true, ['sign', 'verify']);
  const subject = [{ O: [name] }, { CN: [name] }, ...(taxCode ? [{ '0.9.2342.19200300.100.1.1': [`MST:${taxCode}`] }] : [])];
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: '4a01',
      subject,
      issuer: isSelfSigned ? subject : [{ CN: ['Tổ chức chứng thực thử'] }],
      notBefore: new Date(epochMsOf(addMs(now, -dayMs))),
      notAfter: new Date(epochMsOf(addMs(now, 365 * dayMs))),
      signingAlgorithm: isSelfSigned && isEc ? ec : rsa,
      publicKey: keys.publicKey,
      signingKey: authority.privateKey,
    },
    webcrypto,
  );
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { certificatePem: certificate.toString('pem'), privateKeyPem: PemConverter.encode(key, 'PRIVATE KEY') };
}
