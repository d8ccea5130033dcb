// VietQR by the NAPAS text: what we print, what we read, limits and damage.
import * as fc from 'fast-check';
import { vnd } from '../../src/domain/money';
import { checksumOf, fieldOf } from '../../src/domain/vietqrFields';
import {
  decodeVietQr,
  encodeVietQr,
  foldToAscii,
  napasCeiling,
  VietQrInvalid,
  type VietQr,
  type VietQrContent,
} from '../../src/domain/vietqr';

const printableAscii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));

const office: VietQrContent = { bankBin: '970436', accountNumber: '0123456789' };

function read(payload: string): VietQr {
  const result = decodeVietQr(payload);
  if (!result.ok) throw new Error(`${payload}: ${result.errors.join('; ')}`);
  return result.value;
}

function errorsOf(payload: string): string[] {
  const result = decodeVietQr(payload);
  return result.ok ? [] : result.errors;
}

/** The code of these parts with a right checksum, so that a test meets the one fault it plants. */
const sealed = (...parts: string[]): string => `${parts.join('')}6304${checksumOf(`${parts.join('')}6304`)}`;

const destination = fieldOf('38', `0010A000000727${fieldOf('01', '000697043601100123456789')}0208QRIBFTTA`);
const head = `000201010211${destination}`;
const tail = '53037045802VN';

describe('Printing a VietQR code', () => {
  const ascii = (longest: number) => fc.string({ unit: fc.constantFrom(...printableAscii), minLength: 1, maxLength: longest });
  const content = fc.record(
    {
      bankBin: fc.stringMatching(/^\d{6}$/),
      accountNumber: fc.stringMatching(/^[0-9A-Za-z]{1,19}$/),
      amount: fc.integer({ min: 1, max: 499_999_999 }).map(vnd),
      purpose: ascii(25),
      billNumber: ascii(25),
      reference: ascii(20),
      merchantName: ascii(25),
      merchantCity: ascii(15),
      postalCode: ascii(10),
      merchantCategory: fc.stringMatching(/^\d{4}$/),
    },
    { requiredKeys: ['bankBin', 'accountNumber'] },
  );

  it('says what it was told and nothing else, whatever the account, amount and texts', () => {
    fc.assert(
      fc.property(content, (order) => {
        expect(read(encodeVietQr(order))).toEqual({
          ...order,
          service: 'QRIBFTTA',
          initiation: order.amount ? 'dynamic' : 'static',
          otherFields: {},
        });
      }),
    );
  });

  it('fails by name or prints a code that reads back, whatever an officer types', () => {
    const anything = fc.record({ bankBin: fc.string(), accountNumber: fc.string(), purpose: fc.string({ unit: 'grapheme' }) });
    const likely = fc.record({
      bankBin: fc.constant('970436'),
      accountNumber: fc.constant('0123'),
      purpose: fc.string({ unit: 'grapheme' }),
    });
    fc.assert(
      fc.property(fc.oneof(anything, likely), (order) => {
        try {
          expect(read(encodeVietQr(order)).accountNumber).toBe(order.accountNumber);
        } catch (error) {
          expect(error).toBeInstanceOf(VietQrInvalid);
        }
      }),
    );
  });

  it('is for one use when it names an amount and for many uses when it does not', () => {
    expect(encodeVietQr({ ...office, amount: vnd(50_000) })).toContain('010212');
    expect(encodeVietQr(office)).toContain('010211');
  });

  it('ends in an upper-case checksum, with its leading zeros', () => {
    const checksums = Array.from({ length: 200 }, (_, index) => encodeVietQr({ ...office, amount: vnd(index + 1) }).slice(-4));
    expect(checksums.every((checksum) => /^[0-9A-F]{4}$/.test(checksum))).toBe(true);
    expect(checksums.some((checksum) => checksum.startsWith('0'))).toBe(true);
  });

  it('writes Vietnamese without its marks', () => {
    const code = read(encodeVietQr({ ...office, purpose: 'Lệ phí hộ tịch Đ‑12', merchantName: 'UBND PHƯỜNG ĐỐNG ĐA' }));
    expect(code.purpose).toBe('Le phi ho tich D-12');
    expect(code.merchantName).toBe('UBND PHUONG DONG DA');
  });

  it('prints the same code however the computer composes Vietnamese letters', () => {
    const purpose = 'Phí đất đai quận Ba Đình';
    const printedFrom = (form: 'NFC' | 'NFD') => encodeVietQr({ ...office, purpose: purpose.normalize(form) });
    expect(printedFrom('NFD')).toBe(printedFrom('NFC'));
  });

  it.each<[string, Partial<VietQrContent>, string]>([
    ['a bank number of five digits', { bankBin: '97043' }, 'bankBin'],
    ['a bank number with letters', { bankBin: '97043A' }, 'bankBin'],
    ['an account of twenty characters', { accountNumber: '12345678901234567890' }, 'accountNumber'],
    ['no account', { accountNumber: '' }, 'accountNumber'],
    ['an account with a space', { accountNumber: '0123 456' }, 'accountNumber'],
    ['an account with a line break', { accountNumber: '0123456\n' }, 'accountNumber'],
    ['nothing to pay', { amount: vnd(0) }, 'amount'],
    ['less than nothing to pay', { amount: vnd(-1) }, 'amount'],
    ['five hundred million', { amount: napasCeiling }, 'amount'],
    ['a thousand billion', { amount: vnd(1_000_000_000_000) }, 'amount'],
    ['a purpose of 26 characters', { purpose: 'x'.repeat(26) }, 'purpose'],
    ['an empty purpose', { purpose: '' }, 'purpose'],
    ['a purpose with an emoji', { purpose: 'Le phi 🧾' }, 'purpose'],
    ['a purpose on two lines', { purpose: 'Le phi\nho tich' }, 'purpose'],
    ['a purpose in Cyrillic look-alikes', { purpose: 'НР1234' }, 'purpose'],
    ['a bill number of 26 characters', { billNumber: '1'.repeat(26) }, 'billNumber'],
    ['a merchant name of 26 characters', { merchantName: 'x'.repeat(26) }, 'merchantName'],
    ['a city of 16 characters', { merchantCity: 'x'.repeat(16) }, 'merchantCity'],
    ['a postal code of 11 characters', { postalCode: '1'.repeat(11) }, 'postalCode'],
    ['a merchant category of three digits', { merchantCategory: '939' }, 'merchantCategory'],
    [
      'four full texts in a tag that holds 99 characters',
      { purpose: 'p'.repeat(25), billNumber: 'b'.repeat(25), reference: 'r'.repeat(25), store: 's'.repeat(25) },
      'additional',
    ],
  ])('refuses %s and names the field', (_, wrong, field) => {
    expect(() => encodeVietQr({ ...office, ...wrong })).toThrow(expect.objectContaining({ name: 'VietQrInvalid', field }));
  });

  it('takes every text at its full length', () => {
    const full = { purpose: 'p'.repeat(25), billNumber: 'b'.repeat(25), reference: 'r'.repeat(25), terminal: '123' };
    const order = { ...office, ...full, accountNumber: '1234567890123456789', amount: vnd(499_999_999), merchantName: 'x'.repeat(25) };
    expect(read(encodeVietQr(order))).toMatchObject(order);
  });
});

describe('Folding Vietnamese to ASCII', () => {
  const letters = 'aăâeêioôơuưy'
    .split('')
    .flatMap((letter) => ['', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'].map((tone) => letter + tone));

  it('knows every Vietnamese letter, small and capital, composed and in parts', () => {
    const all = ['đ', ...letters].flatMap((letter) => [letter, letter.toUpperCase()]);
    for (const form of ['NFC', 'NFD'] as const) {
      expect(all.map((letter) => foldToAscii(letter.normalize(form))).filter((folded) => !/^[A-Za-z]$/.test(folded))).toEqual([]);
    }
    expect(foldToAscii('Đường Đỗ Hữu Vị')).toBe('Duong Do Huu Vi');
  });

  it('keeps what old data and word processors write', () => {
    expect(foldToAscii('ÐÔNG Ɖ “100 m²” – lần 1… 50.000 ₫')).toBe('DONG D "100 m2" - lan 1... 50.000 d');
  });

  it('drops what has no plain form, and never fails', () => {
    expect(foldToAscii('Phí 🧾 費用\n')).toBe('Phi  ');
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => /^[ -~]*$/.test(foldToAscii(text))));
  });
});

describe('Reading a VietQR code', () => {
  it('finds any single wrong character in a code', () => {
    const code = encodeVietQr({ ...office, amount: vnd(50_000), purpose: 'TTHC7K2MQX9P' });
    const damaged = [...code].flatMap((character, index) =>
      printableAscii
        .filter((other) => other.toUpperCase() !== character.toUpperCase() || index < code.length - 4)
        .filter((other) => other !== character)
        .map((other) => code.slice(0, index) + other + code.slice(index + 1)),
    );
    expect(damaged.length).toBeGreaterThan(9_000);
    expect(damaged.filter((payload) => decodeVietQr(payload).ok)).toEqual([]);
  });

  it('finds two neighbouring characters that changed places', () => {
    const code = encodeVietQr({ ...office, amount: vnd(123_456), purpose: 'TTHC7K2MQX9P' });
    const swapped = [...code.slice(0, -1)].map(
      (_, index) => code.slice(0, index) + code.charAt(index + 1) + code.charAt(index) + code.slice(index + 2),
    );
    expect(swapped.filter((payload) => payload !== code && decodeVietQr(payload).ok)).toEqual([]);
  });

  it('takes no text for a code by accident', () => {
    fc.assert(fc.property(fc.string(), (text) => !decodeVietQr(text).ok));
  });

  it.each([
    ['no bank transfer in it', sealed('000201010211', tail), '38.00 is missing'],
    ['a code of another scheme only', sealed('000201010211', '26140010A000000775', tail), '38.00 is missing'],
    ['a checksum that is not last', `${sealed(head, tail)}8002xx`, '63 is not last'],
    ['a format indicator that is not first', sealed('010211000201', destination, tail), '00 is not first'],
    ['another version of the format', sealed('000202010211', destination, tail), '00 holds'],
    ['an unknown way of initiation', sealed('000201010213', destination, tail), '01 holds'],
    ['no country', sealed(head, '5303704'), '58 is missing'],
    ['another country', sealed(head, '53037045802LA'), '58 holds'],
    ['no currency', sealed(head, '5802VN'), '53 is missing'],
    ['an amount of nothing', sealed(head, '5401', '0', tail), '54 holds'],
    ['an amount with decimals', sealed(head, '540850000.00', tail), '54 holds'],
    ['an amount with a space', sealed(head, '540650 000', tail), '54 holds'],
    ['an amount below nothing', sealed(head, '5403-50', tail), '54 holds'],
    ['an amount of 14 digits', sealed(head, '541412345678901234', tail), '54 holds'],
    ['a purpose of 26 characters', sealed(head, tail, fieldOf('62', fieldOf('08', 'x'.repeat(26)))), '62.08 holds'],
    ['two purposes', sealed(head, tail, fieldOf('62', '0801a0801b')), '62.08 appears twice'],
    ['two destinations', sealed(head, destination, tail), '38 appears twice'],
    ['a purpose cut short', sealed(head, tail, fieldOf('62', '0805abc')), '62 broken at 0'],
    ['an empty field', sealed(head, tail, '6100'), 'broken'],
    ['something unknown beside the account', sealed('000201010211', fieldOf('38', `${destination.slice(4)}0302xx`), tail), '38.03 holds'],
    ['a fixed tip that is not named', sealed(head, tail, '550202'), '56 goes with'],
    ['a percentage nobody asked for', sealed(head, tail, '570510.00'), '57 goes with'],
    ['an alternate language without a name', sealed(head, tail, fieldOf('64', '0002EN')), '64.01 is missing'],
    ['a line break at the end', `${sealed(head, tail)}\n`, 'not printable ASCII'],
    ['nothing', '', 'not printable ASCII'],
  ])('refuses %s', (_, payload, why) => {
    expect(errorsOf(payload).join('; ')).toContain(why);
  });

  it('lists every fault of a code at once', () => {
    expect(errorsOf(sealed('000201010219', destination, '53038405802LA'))).toEqual(['01 holds "19"', '53 holds "840"', '58 holds "LA"']);
  });

  it.each([
    ['an amount with a bare point', sealed(head, '540650000.', tail)],
    ['an amount in a code for many uses', sealed(head, '540550000', tail)],
    ['a checksum in small letters', sealed(head, '540550000', tail).replace(/.{4}$/, (checksum) => checksum.toLowerCase())],
    ['fields in another order', sealed('000201', tail, '540550000', destination, '010211')],
    ['another scheme beside ours', sealed('000201010211', '26140010A000000775', destination, '540550000', tail)],
  ])('accepts %s', (_, payload) => {
    const value = read(payload);
    expect([value.bankBin, value.accountNumber, value.amount]).toEqual(['970436', '0123456789', vnd(50_000)]);
  });

  it('keeps what it does not know', () => {
    const additional = fieldOf('62', '0801a' + '0902AM' + '5003xyz');
    const value = read(sealed(head, '550203', '570510.00', tail, additional, fieldOf('64', '0002EN0101x'), '8003046'));
    expect(value.purpose).toBe('a');
    expect(value.otherFields).toEqual({ 55: '03', 57: '10.00', '62.09': 'AM', '62.50': 'xyz', '64.00': 'EN', '64.01': 'x', 80: '046' });
  });
});
