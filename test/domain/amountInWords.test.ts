// Amounts in words: a table of known readings, and every reading read back by a reader that knows nothing of ours.
import fc from 'fast-check';
import { amountInWords } from '../../src/domain/amountInWords';
import { vnd } from '../../src/domain/money';

const readings: [string, string][] = [
  ['0', 'Không đồng'],
  ['1', 'Một đồng'],
  ['2', 'Hai đồng'],
  ['4', 'Bốn đồng'],
  ['5', 'Năm đồng'],
  ['9', 'Chín đồng'],
  ['10', 'Mười đồng'],
  ['11', 'Mười một đồng'],
  ['12', 'Mười hai đồng'],
  ['14', 'Mười bốn đồng'],
  ['15', 'Mười lăm đồng'],
  ['19', 'Mười chín đồng'],
  ['20', 'Hai mươi đồng'],
  ['21', 'Hai mươi mốt đồng'],
  ['22', 'Hai mươi hai đồng'],
  ['24', 'Hai mươi tư đồng'],
  ['25', 'Hai mươi lăm đồng'],
  ['30', 'Ba mươi đồng'],
  ['31', 'Ba mươi mốt đồng'],
  ['44', 'Bốn mươi tư đồng'],
  ['50', 'Năm mươi đồng'],
  ['51', 'Năm mươi mốt đồng'],
  ['55', 'Năm mươi lăm đồng'],
  ['91', 'Chín mươi mốt đồng'],
  ['99', 'Chín mươi chín đồng'],
  ['100', 'Một trăm đồng'],
  ['101', 'Một trăm linh một đồng'],
  ['104', 'Một trăm linh bốn đồng'],
  ['105', 'Một trăm linh năm đồng'],
  ['110', 'Một trăm mười đồng'],
  ['111', 'Một trăm mười một đồng'],
  ['114', 'Một trăm mười bốn đồng'],
  ['115', 'Một trăm mười lăm đồng'],
  ['121', 'Một trăm hai mươi mốt đồng'],
  ['205', 'Hai trăm linh năm đồng'],
  ['500', 'Năm trăm đồng'],
  ['555', 'Năm trăm năm mươi lăm đồng'],
  ['804', 'Tám trăm linh bốn đồng'],
  ['999', 'Chín trăm chín mươi chín đồng'],
  ['1000', 'Một nghìn đồng'],
  ['1001', 'Một nghìn không trăm linh một đồng'],
  ['1010', 'Một nghìn không trăm mười đồng'],
  ['1015', 'Một nghìn không trăm mười lăm đồng'],
  ['1021', 'Một nghìn không trăm hai mươi mốt đồng'],
  ['1040', 'Một nghìn không trăm bốn mươi đồng'],
  ['1100', 'Một nghìn một trăm đồng'],
  ['2000', 'Hai nghìn đồng'],
  ['5000', 'Năm nghìn đồng'],
  ['8000', 'Tám nghìn đồng'],
  ['10000', 'Mười nghìn đồng'],
  ['14000', 'Mười bốn nghìn đồng'],
  ['15000', 'Mười lăm nghìn đồng'],
  ['21000', 'Hai mươi mốt nghìn đồng'],
  ['24000', 'Hai mươi tư nghìn đồng'],
  ['46307', 'Bốn mươi sáu nghìn ba trăm linh bảy đồng'],
  ['50000', 'Năm mươi nghìn đồng'],
  ['55000', 'Năm mươi lăm nghìn đồng'],
  ['56032', 'Năm mươi sáu nghìn không trăm ba mươi hai đồng'],
  ['75000', 'Bảy mươi lăm nghìn đồng'],
  ['100000', 'Một trăm nghìn đồng'],
  ['100001', 'Một trăm nghìn không trăm linh một đồng'],
  ['101000', 'Một trăm linh một nghìn đồng'],
  ['105005', 'Một trăm linh năm nghìn không trăm linh năm đồng'],
  ['123517', 'Một trăm hai mươi ba nghìn năm trăm mười bảy đồng'],
  ['250000', 'Hai trăm năm mươi nghìn đồng'],
  ['305804', 'Ba trăm linh năm nghìn tám trăm linh bốn đồng'],
  ['960783', 'Chín trăm sáu mươi nghìn bảy trăm tám mươi ba đồng'],
  ['999999', 'Chín trăm chín mươi chín nghìn chín trăm chín mươi chín đồng'],
  ['1000000', 'Một triệu đồng'],
  ['1000001', 'Một triệu không trăm linh một đồng'],
  ['1000010', 'Một triệu không trăm mười đồng'],
  ['1000100', 'Một triệu một trăm đồng'],
  ['1001000', 'Một triệu không trăm linh một nghìn đồng'],
  ['1005000', 'Một triệu không trăm linh năm nghìn đồng'],
  ['1010000', 'Một triệu không trăm mười nghìn đồng'],
  ['1015000', 'Một triệu không trăm mười lăm nghìn đồng'],
  ['1200000', 'Một triệu hai trăm nghìn đồng'],
  ['1234567', 'Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng'],
  ['1500000', 'Một triệu năm trăm nghìn đồng'],
  ['10500000', 'Mười triệu năm trăm nghìn đồng'],
  ['21021021', 'Hai mươi mốt triệu không trăm hai mươi mốt nghìn không trăm hai mươi mốt đồng'],
  ['100000000', 'Một trăm triệu đồng'],
  ['105005005', 'Một trăm linh năm triệu không trăm linh năm nghìn không trăm linh năm đồng'],
  ['499999999', 'Bốn trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín đồng'],
  ['1000000000', 'Một tỷ đồng'],
  ['1000000001', 'Một tỷ không trăm linh một đồng'],
  ['1000050000', 'Một tỷ không trăm năm mươi nghìn đồng'],
  ['1005000000', 'Một tỷ không trăm linh năm triệu đồng'],
  ['1500000000', 'Một tỷ năm trăm triệu đồng'],
  ['24000000000', 'Hai mươi tư tỷ đồng'],
  ['101000000000', 'Một trăm linh một tỷ đồng'],
  [
    '999999999999',
    `Chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín đồng`,
  ],
  ['1000000000000', 'Một nghìn tỷ đồng'],
  ['1000000000001', 'Một nghìn tỷ không trăm linh một đồng'],
  ['1005000000000', 'Một nghìn không trăm linh năm tỷ đồng'],
  ['15000000000000', 'Mười lăm nghìn tỷ đồng'],
  [
    '999999999999999',
    'Chín trăm chín mươi chín nghìn chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu ' +
      'chín trăm chín mươi chín nghìn chín trăm chín mươi chín đồng',
  ],
];

const inWords = (dong: bigint | number): string => amountInWords(vnd(dong));

/** A reader of its own: names of places divide the words, and what stands before one is read in the same way. */
function readBack(words: string): bigint {
  const text = words.toLocaleLowerCase('vi').replace(/ đồng$/, '');
  return text === 'không' ? 0n : read(text.split(' '), ['tỷ', 'triệu', 'nghìn', 'trăm', 'mươi']);
}

const worth: Record<string, bigint> = { tỷ: 1_000_000_000n, triệu: 1_000_000n, nghìn: 1_000n, trăm: 100n, mươi: 10n };
const digits: Record<string, bigint> = {
  ...{ không: 0n, linh: 0n, một: 1n, mốt: 1n, hai: 2n, ba: 3n, bốn: 4n, tư: 4n, năm: 5n },
  ...{ lăm: 5n, sáu: 6n, bảy: 7n, tám: 8n, chín: 9n, mười: 10n },
};

function read(words: string[], places: string[]): bigint {
  const [place, ...lower] = places;
  if (place === undefined) return words.reduce((sum, word) => sum + (digits[word] ?? fail(word)), 0n);
  const at = words.indexOf(place);
  if (at < 0) return read(words, lower);
  return read(words.slice(0, at), lower) * (worth[place] ?? 0n) + read(words.slice(at + 1), lower);
}

function fail(word: string): never {
  throw new Error(`not a number word: ${word}`);
}

describe('An amount in words', () => {
  it.each(readings)('reads %s as %s', (dong, words) => {
    expect(inWords(BigInt(dong))).toBe(words);
  });

  it('has at least eighty readings in its table, each of which the other reader reads back', () => {
    expect(readings.length).toBeGreaterThanOrEqual(80);
    for (const [dong, words] of readings) expect(readBack(words)).toBe(BigInt(dong));
  });

  it('is read back as itself for every amount up to 20,000 đồng', () => {
    for (let dong = 0; dong <= 20_000; dong++) {
      if (readBack(inWords(dong)) !== BigInt(dong)) throw new Error(`${dong}: ${inWords(dong)}`);
    }
  });

  it('is read back as itself for any amount, so that no two amounts have the same words', () => {
    const amounts = fc.oneof(fc.bigInt(0n, 999_999_999_999_999n), fc.bigInt(0n, 999_999_999n));
    fc.assert(
      fc.property(amounts, (dong) => readBack(inWords(dong)) === dong),
      { numRuns: 3_000 },
    );
  });

  it('begins with a capital, ends with đồng, is composed Unicode, and has one space between words', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 999_999_999_999_999n), (dong) => {
        const words = inWords(dong);
        expect(words).toMatch(/^\p{Lu}\p{Ll}+( \p{Ll}+)* đồng$/u);
        expect(words.normalize('NFC')).toBe(words);
      }),
    );
  });

  it('refuses a negative amount', () => {
    expect(() => inWords(-1)).toThrow(RangeError);
  });
});
