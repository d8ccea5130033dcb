// Symbols and numbers of receipts: the stated letters, the order of series, and the turn of the year in Vietnam.
import fc from 'fast-check';
import {
  isReceiptNumber,
  isSymbol,
  lastReceiptNumber,
  numberText,
  parseNumber,
  parseSymbol,
  seriesPerYear,
  seriesYearOf,
  symbolOf,
} from '../../src/domain/receiptSymbol';
import { addMs, parseInstant, type Instant } from '../../src/domain/time';

/** As the circular gives it. */
const lawful = /^\d{2}T[ABCDEGHKLMNPQRSTUVXY]{2}$/;

const instant = (text: string): Instant => parseInstant(text) ?? fail(text);
const fail = (text: string): never => {
  throw new Error(`not an instant: ${text}`);
};

describe('The symbol of a series', () => {
  it.each([
    [2026, 1, '26TAA'],
    [2026, 2, '26TAB'],
    [2026, 6, '26TAG'],
    [2026, 20, '26TAY'],
    [2026, 21, '26TBA'],
    [2026, 400, '26TYY'],
    [2030, 1, '30TAA'],
    [2009, 3, '09TAC'],
  ])('of %i, series %i, is %s', (year, place, symbol) => {
    expect(symbolOf(year, place)).toBe(symbol);
    expect(parseSymbol(symbol)).toEqual({ year, place });
  });

  it('is lawful and another one for each of the four hundred series of a year', () => {
    const symbols = Array.from({ length: seriesPerYear }, (_, index) => symbolOf(2027, index + 1));
    expect(seriesPerYear).toBe(400);
    expect(new Set(symbols).size).toBe(400);
    for (const symbol of symbols) expect(symbol).toMatch(lawful);
    expect([...symbols].sort()).toEqual(symbols);
  });

  it.each([0, -1, 1.5, 401, Number.NaN])('does not exist for series %d', (place) => {
    expect(() => symbolOf(2026, place)).toThrow(RangeError);
  });

  it.each([1999, 2100, 2026.5, 26])('does not exist for the year %d', (year) => {
    expect(() => symbolOf(year, 1)).toThrow(RangeError);
  });

  it.each(['26TAF', '26TIA', '26TJO', '26TAW', '26TZA', '26tab', '26EAB', '6TAB', '026TAB', '26TA', '26TABC', ' 26TAB', '26TAB\n', ''])(
    'is not %j',
    (text) => {
      expect(isSymbol(text)).toBe(false);
      expect(parseSymbol(text)).toBeUndefined();
    },
  );

  it('is recognised exactly where the circular would recognise it', () => {
    fc.assert(fc.property(fc.stringMatching(/^\d{2}T[A-Z]{2}$/), (text) => isSymbol(text) === lawful.test(text)));
  });
});

describe('The number of a receipt', () => {
  it.each([
    [1, '00000001'],
    [12, '00000012'],
    [lastReceiptNumber, '99999999'],
  ])('%i is written %s', (number, text) => {
    expect(numberText(number)).toBe(text);
    expect(parseNumber(text)).toBe(number);
  });

  it('is understood without its zeros, as people type it', () => {
    expect(parseNumber('12')).toBe(12);
    expect(parseNumber('012')).toBe(12);
  });

  it.each(['', '0', '00000000', '123456789', '-1', '1.0', '1e3', '１２', ' 1'])('is not %j', (text) => {
    expect(parseNumber(text)).toBeUndefined();
  });

  it.each([0, -1, 1.5, lastReceiptNumber + 1, Number.NaN])('is never %d', (number) => {
    expect(isReceiptNumber(number)).toBe(false);
    expect(() => numberText(number)).toThrow(RangeError);
  });
});

describe('The year of a series', () => {
  it.each([
    ['2026-12-31T23:59:59.999+07:00', 2026],
    ['2027-01-01T00:00:00.000+07:00', 2027],
    ['2026-12-31T16:59:59.999Z', 2026],
    ['2026-12-31T17:00:00.000Z', 2027],
    ['2027-01-01T06:59:59.999+07:00', 2027],
    ['2027-01-01T07:00:00.000+07:00', 2027],
  ])('is at %s that of the Vietnamese calendar, %i', (at, year) => {
    expect(seriesYearOf(instant(at))).toBe(year);
  });

  it('changes within one millisecond', () => {
    const midnight = instant('2027-01-01T00:00:00+07:00');
    expect(symbolOf(seriesYearOf(addMs(midnight, -1)), 1)).toBe('26TAA');
    expect(symbolOf(seriesYearOf(midnight), 1)).toBe('27TAA');
  });
});
