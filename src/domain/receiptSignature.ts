// What is known of a certificate, and whether a signed receipt may be believed.
import type { ReceiptContent } from './receipt';
import type { Instant } from './time';

/** Stands in the subject of every certificate that this service made for trying it out; such a signature binds nobody. */
export const demoMark = 'DÙNG THỬ – DEMO';

export interface CertificateFacts {
  /** The organisation that signs, as its certificate names it. */
  signer: string;
  taxCode?: string;
  issuer: string;
  serialNumber: string;
  /** First and last instant at which it may sign. */
  validFrom: Instant;
  validTo: Instant;
  /** Made here to try receipts out, or signed by nobody but itself: nobody vouches for whoever signs. */
  isDemo: boolean;
}

export type CertificateProblem = 'certificate_not_yet_valid' | 'certificate_expired';

/** Why a certificate may not sign at an instant; undefined when it may. */
export function certificateProblem({ validFrom, validTo }: CertificateFacts, at: Instant): CertificateProblem | undefined {
  if (at < validFrom) return 'certificate_not_yet_valid';
  return at > validTo ? 'certificate_expired' : undefined;
}

/** Whether a certificate is of the organisation with this tax code; it is believed where it states none. */
export const isOfOrganisation = (certificate: Pick<CertificateFacts, 'taxCode'>, taxCode: string): boolean =>
  certificate.taxCode === undefined || certificate.taxCode === taxCode;

export interface ReceiptSignature {
  signedAt: Instant;
  certificate: CertificateFacts;
}

/** `content` was read from what was signed, and from nothing else. */
export type ReceiptCheck =
  | { readonly ok: true; readonly content: ReceiptContent; readonly signature: ReceiptSignature }
  | { readonly ok: false; readonly why: 'signature_broken' | 'certificate_foreign' | CertificateProblem };
