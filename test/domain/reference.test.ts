// The payment reference: every slip of the hand is seen, and every bank's mangling is seen through.
import fc from 'fast-check';
import { multiply, syndromesOf, weights } from '../../src/domain/checkSymbols';
import { drawReference, isReference, normalForm, referenceLength, referenceRandomBytes, referencesIn } from '../../src/domain/reference';
import { bareContents, codedContents, withOurCode } from '../support/transferContents';

const { floor, imul } = Math;
const phrases =
  'CUSTOMER MBVCB.41252 Nguyễn Văn Phong nop le phi ho so chuyen tien NAPAS PHAM Lan Phương CT tu toi tai MB- Ma GD ACSP/ CONG AN PHUONG FT26 IBFT';
const words = phrases.split(' ');
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const drawn = (...bytes: number[]): string => drawReference(Uint8Array.from(bytes));
const someReferences = [
  drawn(0, 0, 0, 0, 0, 0),
  drawn(5, 17, 19, 15, 22, 7),
  drawn(31, 30, 29, 28, 27, 26),
  drawn(200, 99, 3, 255, 64, 128),
];
const anyReference = fc.uint8Array({ minLength: referenceRandomBytes, maxLength: referenceRandomBytes }).map(drawReference);

const wordOf = (reference: string): number[] => Array.from(reference.slice(2), (letter) => alphabet.indexOf(letter));
const withLetter = (text: string, place: number, letter: string): string => text.slice(0, place) + letter + text.slice(place + 1);

describe('drawing a reference', () => {
  it('gives NP and eight symbols that nobody confuses with 0, O, 1 or I', () => {
    fc.assert(fc.property(anyReference, (reference) => /^NP[2-9A-HJ-NP-Z]{8}$/.test(reference) && reference.length === referenceLength));
  });

  it('gives the same reference for the same chance, so that a test can name it', () => {
    expect(drawn(5, 17, 19, 15, 22, 7)).toBe('NP7KMHQ9U4');
  });

  it('refuses to draw from too little chance', () => {
    expect(() => drawReference(new Uint8Array(referenceRandomBytes - 1))).toThrow(RangeError);
  });

  it('gives a reference that is sound and is found, alone and glued between other words', () => {
    fc.assert(
      fc.property(anyReference, (reference) => {
        expect(isReference(reference)).toBe(true);
        expect(referencesIn(`QR${reference}CHUYENKHOAN`)).toEqual([reference]);
      }),
    );
  });
});

describe('slips of the hand', () => {
  it.each(someReferences)('sees every single wrong symbol in %s, and knows the one way to put it right', (reference) => {
    for (let place = 2; place < referenceLength; place++) {
      for (const letter of alphabet.replace(reference.charAt(place), '')) {
        const damaged = withLetter(reference, place, letter);
        expect(isReference(damaged)).toBe(false);
        expect(correctionsOf(damaged)).toEqual([reference]);
      }
    }
  });

  it.each(someReferences)('sees every swap of two neighbours in %s, and never takes it for a wrong symbol', (reference) => {
    for (let place = 2; place < referenceLength - 1; place++) {
      const [left, right] = [reference.charAt(place), reference.charAt(place + 1)];
      if (left === right) continue;
      const swapped = withLetter(withLetter(reference, place, right), place + 1, left);
      expect(isReference(swapped)).toBe(false);
      expect(syndromesOf(wordOf(swapped)).first).toBe(0);
      expect(syndromesOf(wordOf(swapped)).second).not.toBe(0);
    }
  });

  it('tells any two references apart in at least three symbols', () => {
    fc.assert(
      fc.property(anyReference, anyReference, (one, other) => {
        const differing = wordOf(one).filter((symbol, place) => symbol !== wordOf(other)[place]).length;
        return one === other || differing >= 3;
      }),
    );
  });

  it('counts in a field of 32: every symbol but zero has exactly one inverse', () => {
    const symbols = Array.from(alphabet, (_, symbol) => symbol);
    for (const a of symbols.slice(1)) expect(symbols.filter((b) => multiply(a, b) === 1)).toHaveLength(1);
    expect(new Set(weights).size).toBe(8);
  });

  it('calls no repetition a reference: one letter eight times, two by turns, four twice', () => {
    for (const period of ['2', 'A', 'NP', '9Z', 'ABCD', 'NPNQ']) expect(isReference(`NP${period.repeat(8 / period.length)}`)).toBe(false);
  });

  it.each(['', 'NP', 'np7kmhq9u4', ' NP7KMHQ9U4', 'NP7KMHQ9U4\n', 'NP7KMHQ9U40', 'NP7KMHQ9UO', 'XX7KMHQ9U4'])(
    'does not call %j a reference',
    (text) => {
      expect(isReference(text)).toBe(false);
    },
  );
});

describe('the normal form of a content', () => {
  it.each([
    ['Nộp lệ phí đường Đê: np-7k.mh', 'NOPLEPHIDUONGDENP7KMH'],
    ['Nộp'.normalize('NFD'), 'NOP'],
    ['  \u0000\t(…) – ', ''],
    ['Số 12/3', 'SO123'],
  ])('of %j is %j', (content, expected) => expect(normalForm(content)).toBe(expected));
});

describe('references in a content', () => {
  const [one = '', other = ''] = someReferences.slice(1);

  it('finds two, each once, in order of first appearance', () => {
    expect(referencesIn(`${other} ${one} ${other}`)).toEqual([other, one]);
  });

  it('finds one after a false start, because windows may overlap', () => {
    expect(referencesIn(`NPNP ${one}`)).toEqual([one]);
    expect(referencesIn(`NP7K${one}`)).toEqual([one]);
  });

  it.each([
    'NPP Bank chuyen tien mua hang',
    'cty CP NPC MIEN BAC THANH TOAN',
    'NHAN PHAT LOI NHUAN',
    'Dong hoc phi DANPHUONG2026ABCDEFG',
    'NP',
    'NPNPNPNPNPNP',
  ])('finds none in %j', (content) => expect(referencesIn(content)).toEqual([]));

  it('finds almost none by accident in a hundred thousand transfers', () => {
    const random = seeded(20261121);
    let accidents = 0;
    for (let i = 0; i < 100_000; i++) accidents += referencesIn(randomContent(random)).length;
    expect(accidents).toBeLessThanOrEqual(5);
  });

  it('takes about one in a thousand codes made up after our prefix, as two check symbols promise', () => {
    const random = seeded(20261122);
    let accidents = 0;
    for (let i = 0; i < 20_000; i++) accidents += referencesIn(`NP${lettersOf(random, alphabet, 8)}`).length;
    expect(accidents).toBeGreaterThan(5);
    expect(accidents).toBeLessThan(45);
  });
});

describe('contents as banks deliver them', () => {
  it('looks at enough of them', () => {
    expect(codedContents.length).toBeGreaterThan(30);
    expect(bareContents.length).toBeGreaterThan(30);
  });

  it.each(codedContents)('$id: our code is found where "$embedded_code" was mangled in $content', (sample) => {
    for (const reference of someReferences) {
      const ours = withOurCode(sample, reference);
      expect(ours).not.toBe(sample.content);
      expect(referencesIn(ours)).toEqual([reference]);
    }
  });

  it.each(bareContents)('$id: no code is found in "$content"', ({ content }) => {
    expect(referencesIn(content)).toEqual([]);
  });
});

/** Every reference that differs from a damaged one in a single symbol. */
function correctionsOf(damaged: string): string[] {
  const { first, second } = syndromesOf(wordOf(damaged));
  const places = weights.flatMap((weight, place) => (multiply(weight, first) === second ? [place] : []));
  return places.map((place) => withLetter(damaged, place + 2, alphabet.charAt((wordOf(damaged)[place] ?? 0) ^ first)));
}

/** Eight words of a transfer: names and set phrases, with bank references and numbers between them. */
function randomContent(random: () => number): string {
  let content = '';
  for (let i = 0; i < 8; i++)
    content += random() < 0.4 ? `${random().toString(36).slice(2, 12)} ` : `${words[floor(random() * words.length)]} `;
  return content;
}

function lettersOf(random: () => number, letters: string, count: number): string {
  let text = '';
  for (let i = 0; i < count; i++) text += letters.charAt(floor(random() * letters.length));
  return text;
}

/** A small repeatable source of chance (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
