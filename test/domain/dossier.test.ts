// The dossier code: what portals issue is read, what a slip of the hand made is named.
import fc from 'fast-check';
import { parseDossierCode } from '../../src/domain/dossier';

describe('a dossier code is read', () => {
  it.each([
    ['000.00.32.H19-210708-0032', 'H19', '2021-07-08', '0032', '0000032H192107080032'],
    ['000.A0.01.H26-210212-9090', 'H26', '2021-02-12', '9090', '000A001H262102129090'],
    ['000.00.01.H29-240115-0001', 'H29', '2024-01-15', '0001', '0000001H292401150001'],
    ['G22.99-251225-020175', 'G22', '2025-12-25', '020175', 'G2299251225020175'],
    ['H44.124-260701-0012', 'H44', '2026-07-01', '0012', 'H441242607010012'],
    ['H44.03-260701-00012', 'H44', '2026-07-01', '00012', 'H440326070100012'],
    ['G09.20-240229-0001', 'G09', '2024-02-29', '0001', 'G09202402290001'],
    ['H26-260701-0012', 'H26', '2026-07-01', '0012', 'H262607010012'],
  ])('%s', (code, province, day, sequence, normalForm) => {
    expect(parseDossierCode(code)).toEqual({ ok: true, code, normalForm, province, day, sequence });
  });

  it.each([
    ['with the line end of a barcode scanner', ' 000.00.32.H19-210708-0032\r\n'],
    ['in lower case', '000.00.32.h19-210708-0032'],
    ['in full-width letters and digits', '０００．００．３２．Ｈ１９－２１０７０８－００３２'],
    ['between wide spaces', '\u3000\u00a0000.00.32.H19-210708-0032\t'],
  ])('%s', (_, text) => {
    expect(parseDossierCode(text)).toMatchObject({ ok: true, code: '000.00.32.H19-210708-0032', day: '2021-07-08' });
  });

  it('of a province that has been merged into another since', () => {
    expect(parseDossierCode('000.00.01.H63-230101-0001')).toMatchObject({ ok: true, province: 'H63' });
  });
});

describe('a dossier code is refused', () => {
  it.each([
    ['', 'shape'],
    ['0000032H192107080032', 'shape'],
    ['000.00.32.H19-210708', 'shape'],
    ['000.00.32.H19-210708-032', 'shape'],
    ['000.00.32.H19-210708-0000032', 'shape'],
    ['000.00.32.X19-210708-0032', 'shape'],
    ['000.00.32.H19-210708-0032 000.00.32.H19-210708-0033', 'shape'],
    ['00.00.32.H19-210708-0032', 'shape'],
    ['H44.1-260701-0012', 'shape'],
    ['H44.124-26O701-0012', 'shape'],
    ['000.00.32.H19-210230-0032', 'date'],
    ['000.00.32.H19-211308-0032', 'date'],
    ['G22.99-250229-020175', 'date'],
    ['H44.124-260700-0012', 'date'],
    ['000.00.32.H00-210708-0032', 'province'],
    ['000.00.32.H64-210708-0032', 'province'],
    ['G00.99-251225-020175', 'province'],
  ])('%j for its %s', (text, why) => {
    expect(parseDossierCode(text)).toEqual({ ok: false, why });
  });

  it('and never breaks, whatever is typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => typeof parseDossierCode(text).ok === 'boolean'));
  });
});
