// Collectors: the organisation in whose name an agency collects, which its receipts name with its tax code, and its certificates.
import { pathToRoot, type Agency } from './agency';
import type { Instant } from './time';

export interface Collector {
  /** It collects for this agency and for all below it that have no collector of their own. */
  agencyCode: string;
  name: string;
  taxCode: string;
}

/** Ten digits, or thirteen for a dependent unit. */
const taxCodePattern = /^\d{10}(-\d{3})?$/;

export const isTaxCode = (text: string): boolean => taxCodePattern.test(text);

/** In whose name an agency collects: its own collector, else that of the nearest agency above it. */
export const collectorFor = (agencies: readonly Agency[], collectors: readonly Collector[], agencyCode: string): Collector | undefined =>
  pathToRoot(agencies, agencyCode)
    .map((agency) => collectors.find((collector) => collector.agencyCode === agency.code))
    .find((collector) => collector !== undefined);

/** A certificate as it is stored. */
export interface SigningCertificate {
  id: string;
  collectorCode: string;
  certificatePem: string;
  keyCiphertext: string;
  validFrom: Instant;
  validTo: Instant;
  isDemo: boolean;
  keptAt: Instant;
  keptBy: string;
}

/** Those of a collector that may sign at an instant, in the order given. Once there was a real one, no demo signs: its receipts bind. */
export function certificatesAt(certificates: readonly SigningCertificate[], collectorCode: string, at: Instant): SigningCertificate[] {
  const own = certificates.filter((one) => one.collectorCode === collectorCode);
  const real = own.filter((one) => !one.isDemo);
  return (real.length > 0 ? real : own).filter((one) => one.validFrom <= at && at <= one.validTo);
}
