// The one shape of a receipt's signature: what it covers, by which algorithms, and where its values stand.
import { receiptEnd } from '../domain/receiptXml';

/** https://www.w3.org/TR/xmldsig-core1/ */
export const algorithms = {
  canonical: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  enveloped: 'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
  digest: 'http://www.w3.org/2001/04/xmlenc#sha256',
  signature: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
} as const;

export const signatureId = 'ChuKySo';
export const signingTimeId = 'ThoiDiemKy';

/** The signed property that tells when it was signed, the way Vietnamese electronic documents carry it. */
export const timeProperty = (time: string): string =>
  `<SignatureProperties><SignatureProperty Target="#${signatureId}"><SigningTime>${time}</SigningTime></SignatureProperty></SignatureProperties>`;

export interface SignatureParts {
  /** The whole `<Signature>` element. */
  signature: string;
  /** What is left of the text without it. */
  receipt: string;
  /** Base64 of the certificate. */
  certificate: string;
  signingTime: string;
}

/**
 * Takes a signed receipt apart, or undefined where anything in the signature stands otherwise than it does in ours: another reference,
 * algorithm, element, attribute or space. Nothing else comes as far as the XML parser.
 */
export function signaturePartsOf(xml: string): SignatureParts | undefined {
  const start = xml.indexOf('<Signature ');
  const signature = xml.slice(start, -receiptEnd.length);
  const [, certificate, signingTime] = (start >= 0 && xml.endsWith(receiptEnd) && signaturePattern.exec(signature)) || [];
  if (!certificate || !signingTime) return undefined;
  return { signature, receipt: `${xml.slice(0, start)}${receiptEnd}`, certificate, signingTime };
}

const namespace = 'http://www.w3.org/2000/09/xmldsig#';
/** Only the one spelling of some bytes: bits that nobody reads are zero. */
const base64 = '(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?';
const { canonical, enveloped, digest } = algorithms;

const signaturePattern = new RegExp(
  [
    '^',
    literally(`<Signature Id="${signatureId}" xmlns="${namespace}"><SignedInfo>`),
    literally(`<CanonicalizationMethod Algorithm="${canonical}"/><SignatureMethod Algorithm="${algorithms.signature}"/>`),
    referenceTo('', enveloped, canonical),
    referenceTo(`#${signingTimeId}`, canonical),
    `</SignedInfo><SignatureValue>${base64}</SignatureValue>`,
    `<KeyInfo><X509Data><X509Certificate>(${base64})</X509Certificate></X509Data></KeyInfo>`,
    `<Object Id="${signingTimeId}">${timeProperty('([0-9TZ:.-]+)')}</Object></Signature>$`,
  ].join(''),
);

function referenceTo(uri: string, ...transforms: string[]): string {
  const steps = transforms.map((algorithm) => `<Transform Algorithm="${algorithm}"/>`).join('');
  const method = `<Transforms>${steps}</Transforms><DigestMethod Algorithm="${digest}"/>`;
  return `${literally(`<Reference URI="${uri}">${method}`)}<DigestValue>${base64}</DigestValue></Reference>`;
}

function literally(text: string): string {
  return text.replace(/[.+?*]/g, '\\$&');
}
