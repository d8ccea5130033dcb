// The rules of receipts that need no database: numbers and ranges, names, codes, what a settled obligation needs, and what the summary adds up.
import type { Agency } from '../../src/domain/agency';
import { certificatesAt, collectorFor, isTaxCode, type SigningCertificate } from '../../src/domain/collector';
import { drawLookupCode, plainLookupCode, spacedLookupCode } from '../../src/domain/lookupCode';
import { parseReceiptName, receiptNameOf } from '../../src/domain/receiptName';
import { rangeLength, takeNumbers } from '../../src/domain/receiptRange';
import { lastReceiptNumber } from '../../src/domain/receiptSymbol';
import { correctionStepOf } from '../../src/domain/receiptRecord';
import type { Instant } from '../../src/domain/time';

describe('Numbers', () => {
  it('are used from small to large, first what is left of the open range', () => {
    expect(takeNumbers(2_000, { firstNumber: 1, lastNumber: 1_000, usedTo: 998 }, 4)).toEqual({
      numbers: [999, 1_000, 2_001, 2_002],
      ranges: [
        { firstNumber: 1, lastNumber: 1_000, usedTo: 1_000 },
        { firstNumber: 2_001, lastNumber: 3_000, usedTo: 2_002 },
      ],
      cutTo: 3_000,
    });
  });

  it('begin at 1 in a new series, and take as many ranges as they need', () => {
    const taken = takeNumbers(0, undefined, 2 * rangeLength + 1);
    expect(taken?.numbers).toEqual(Array.from({ length: 2 * rangeLength + 1 }, (_, place) => place + 1));
    expect(taken?.ranges.map((range) => range.usedTo)).toEqual([rangeLength, 2 * rangeLength, 2 * rangeLength + 1]);
  });

  it('end with eight digits: the last range is shorter, and after it there is none', () => {
    expect(takeNumbers(lastReceiptNumber - 2, undefined, 2)?.numbers).toEqual([99_999_998, 99_999_999]);
    expect(takeNumbers(lastReceiptNumber - 2, undefined, 3)).toBeUndefined();
    expect(takeNumbers(lastReceiptNumber, undefined, 1)).toBeUndefined();
  });
});

describe('Names and codes', () => {
  it('are read as people write them', () => {
    for (const text of ['26TAB-00000012', '26tab-12', ' 26TAB 12 ', '26TAB12', '26TAB/0012']) {
      const named = parseReceiptName(text);
      expect([text, named && receiptNameOf(named)]).toEqual([text, '26TAB-00000012']);
    }
    for (const text of ['', '26TAB', '26TAB-0', '26TIO-1', '26XAB-1', '26TAB-123456789', '2TAB-1', '26TAB-1-2']) {
      expect([text, parseReceiptName(text)]).toEqual([text, undefined]);
    }
  });

  it('by which a receipt is looked up cannot be confused when read out, and come back whole', () => {
    const code = drawLookupCode(Uint8Array.from({ length: 20 }, (_, place) => place * 13));
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{20}$/);
    expect(plainLookupCode(spacedLookupCode(code).toLowerCase())).toBe(code);
    expect(() => drawLookupCode(new Uint8Array(19))).toThrow(RangeError);
  });

  it('of taxpayers have ten digits, or thirteen with a dash', () => {
    for (const text of ['0100000001', '0100000001-001']) expect([text, isTaxCode(text)]).toEqual([text, true]);
    for (const text of ['', '010000000', '01000000011', '0100000001-01', '0100000001001', 'ABCDEFGHIJ'])
      expect([text, isTaxCode(text)]).toEqual([text, false]);
  });
});

describe('Who collects and signs', () => {
  const agency = (code: string, parentCode?: string) => ({ code, ...(parentCode ? { parentCode } : {}) }) as Agency;
  const agencies = [agency('H26'), agency('H26.10', 'H26'), agency('H26.101', 'H26.10'), agency('H26.90', 'H26'), agency('H24')];
  const collectors = [
    { agencyCode: 'H26', name: 'A', taxCode: '0100000001' },
    { agencyCode: 'H26.90', name: 'B', taxCode: '0100000002' },
  ];

  it('is the nearest organisation above', () => {
    const found = ['H26', 'H26.101', 'H26.90', 'H24', 'H99'].map((code) => collectorFor(agencies, collectors, code)?.name);
    expect(found).toEqual(['A', 'A', 'B', undefined, undefined]);
  });

  it('uses the newest certificate that is valid, and no demo once there is a real one, not even when that has expired', () => {
    const certificate = (id: string, from: string, to: string, isDemo = false) =>
      ({ id, collectorCode: 'H26', validFrom: from, validTo: to, isDemo }) as unknown as SigningCertificate;
    const newestFirst = [
      certificate('future', '2027-01-01', '2028-01-01'),
      certificate('demo', '2026-06-01', '2027-06-01', true),
      certificate('newer', '2026-03-01', '2026-12-01'),
      certificate('older', '2026-01-01', '2026-12-01'),
    ];
    const at = (text: string, code = 'H26') => certificatesAt(newestFirst, code, text as Instant)[0]?.id;
    expect([
      at('2026-02-01'),
      at('2026-04-01'),
      at('2026-07-01'),
      at('2026-12-15'),
      at('2027-02-01'),
      at('2029-01-01'),
      at('2026-07-01', 'H24'),
    ]).toEqual(['older', 'newer', 'newer', undefined, 'future', undefined, undefined]);
    const demo = [certificate('demo', '2026-06-01', '2027-06-01', true)];
    expect(certificatesAt(demo, 'H26', '2026-07-01' as Instant)).toEqual(demo);
  });
});

describe('What may be done about an error', () => {
  const notice = (state: 'requested' | 'confirmed') => ({ notice: { state } as never });
  const table: [
    what: string,
    receipt: Omit<Parameters<typeof correctionStepOf>[0], 'isSettled'>,
    isSettled: boolean,
    step: string | undefined,
  ][] = [
    ['a receipt that stands, its money there', {}, true, 'replace'],
    ['its money taken back', {}, false, 'give_notice'],
    ['a notice that waits', notice('requested'), false, 'decide_notice'],
    ['a notice that was confirmed', notice('confirmed'), false, undefined],
    ['a receipt that was replaced', { replacedBy: { symbol: '26TAA', number: 2 } }, true, undefined],
  ];
  it.each(table)('%s', (_what, receipt, isSettled, step) => expect(correctionStepOf({ ...receipt, isSettled })).toBe(step));
});
