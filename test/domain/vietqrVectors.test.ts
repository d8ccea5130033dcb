// VietQR codes published by NAPAS, banks and libraries, good and bad, and what each of them says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeVietQr, encodeVietQr, type VietQr } from '../../src/domain/vietqr';
import { checksumOf } from '../../src/domain/vietqrFields';

type Decoded = {
  crc: string;
  initMethod: string;
  amount: string | null;
  service: string;
  bin: string;
  account: string;
  additional?: { billNumber?: string; purpose?: string; reference?: string };
  merchantName?: string;
  merchantCity?: string;
  mcc?: string;
  otherTags?: [string, string][];
};
type Vector = { id: string; description: string; payload: string; valid: boolean; decoded: Decoded | null };
type Vectors = { count: number; crc: { checks: Record<string, string> }; vectors: Vector[] };

const file = JSON.parse(readFileSync(join(__dirname, '../vectors/vietqr.json'), 'utf8')) as Vectors;
const titled = (wanted: boolean) =>
  file.vectors.filter(({ valid }) => valid === wanted).map((vector) => [vector.description, vector] as const);

function read(payload: string): VietQr {
  const result = decodeVietQr(payload);
  if (!result.ok) throw new Error(`${payload}: ${result.errors.join('; ')}`);
  return result.value;
}

function errorsOf(payload: string): string[] {
  const result = decodeVietQr(payload);
  return result.ok ? [] : result.errors;
}

describe('Published VietQR codes', () => {
  it('are all here', () => {
    expect(file.vectors).toHaveLength(file.count);
    expect(titled(true).length).toBeGreaterThanOrEqual(10);
    expect(titled(false).length).toBeGreaterThanOrEqual(10);
  });

  it.each(titled(true))('are read field by field: %s', (_, { payload, decoded }) => {
    const value = read(payload);
    expect({ ...value, amount: value.amount?.toString() ?? null }).toEqual({
      bankBin: decoded?.bin,
      accountNumber: decoded?.account,
      service: decoded?.service,
      initiation: decoded?.initMethod === '12' ? 'dynamic' : 'static',
      amount: decoded?.amount,
      ...decoded?.additional,
      ...(decoded?.merchantName && { merchantName: decoded.merchantName }),
      ...(decoded?.merchantCity && { merchantCity: decoded.merchantCity }),
      ...(decoded?.mcc && { merchantCategory: decoded.mcc }),
      otherFields: Object.fromEntries(decoded?.otherTags ?? []),
    });
  });

  it.each(titled(true).filter(([, { decoded }]) => !decoded?.otherTags))(
    'come out of our own printing byte for byte: %s',
    (_, { payload }) => {
      const upperChecksum = payload.slice(0, -4) + payload.slice(-4).toUpperCase();
      expect(encodeVietQr(read(payload))).toBe(upperChecksum);
    },
  );

  it.each(titled(false))('are refused when they break the rules: %s', (_, { payload }) => {
    expect(errorsOf(payload)).not.toEqual([]);
  });

  it.each(Object.entries(file.crc.checks))('the checksum of "%s" is %s', (text, checksum) => {
    expect(checksumOf(text)).toBe(checksum);
  });
});
