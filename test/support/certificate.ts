// One demo certificate for the whole run of tests, because making its key takes half a second.
import { makeDemoCertificate, type CertificateAndKey } from '../../src/certificate';
import { instantOf } from '../../src/domain/time';

const halfYearMs = 182 * 24 * 60 * 60_000;

/** Valid half a year back and half a year on, so that tests may set their clocks. */
export const prepareCertificate = (): Promise<CertificateAndKey> =>
  makeDemoCertificate({ name: 'Ủy ban nhân dân thành phố Hà Nội (đơn vị mẫu)', taxCode: '0000000000' }, instantOf(Date.now() - halfYearMs));

/** Stands in for making one. */
export async function sharedCertificate(): Promise<CertificateAndKey> {
  const prepared = process.env['TEST_CERTIFICATE'];
  return prepared === undefined ? prepareCertificate() : (JSON.parse(prepared) as CertificateAndKey);
}
