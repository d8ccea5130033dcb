// Collectors with their tax codes, and the certificates with which they sign.
import type { Collector, SigningCertificate } from '../domain/collector';
import type { Instant } from '../domain/time';
import type { Collector as Row, SigningCertificate as CertificateRow } from './generated/client';
import { instant } from './rows';
import type { Sql } from './sql';

export function collectorsTable(sql: Sql) {
  return {
    list: async (): Promise<Collector[]> => (await sql.all<Row>('SELECT * FROM collector ORDER BY agency_code')).map(toCollector),

    /** Every certificate with which anything was ever signed, or may be; the newest first. */
    listCertificates: async (): Promise<SigningCertificate[]> =>
      (await sql.all<CertificateRow>('SELECT * FROM signing_certificate ORDER BY kept_at DESC, id DESC')).map(toCertificate),

    save: ({ agencyCode, name, taxCode }: Collector, at: Instant, by: string) =>
      sql.run(
        `INSERT INTO collector (agency_code, name, tax_code, set_at, set_by) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (agency_code) DO UPDATE SET name = excluded.name, tax_code = excluded.tax_code, set_at = excluded.set_at, set_by = excluded.set_by`,
        agencyCode,
        name,
        taxCode,
        at,
        by,
      ),

    keepCertificate: (certificate: SigningCertificate) =>
      sql.run(
        `INSERT INTO signing_certificate (id, collector_code, certificate_pem, key_ciphertext, valid_from, valid_to, is_demo, kept_at, kept_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        certificate.id,
        certificate.collectorCode,
        certificate.certificatePem,
        certificate.keyCiphertext,
        certificate.validFrom,
        certificate.validTo,
        certificate.isDemo ? 1 : 0,
        certificate.keptAt,
        certificate.keptBy,
      ),
  };
}

const toCollector = (row: Row): Collector => ({ agencyCode: row.agency_code, name: row.name, taxCode: row.tax_code });

const toCertificate = (row: CertificateRow): SigningCertificate => ({
  id: row.id,
  collectorCode: row.collector_code,
  certificatePem: row.certificate_pem,
  keyCiphertext: row.key_ciphertext,
  validFrom: instant(row.valid_from),
  validTo: instant(row.valid_to),
  isDemo: row.is_demo === 1n,
  keptAt: instant(row.kept_at),
  keptBy: row.kept_by,
});
