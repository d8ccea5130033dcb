// Codes in a content: a reference without its prefix, and dossier codes with or without their dots and dashes.
import { bareReferencesIn, dossierCodesIn } from '../../src/domain/contentCodes';

describe('a reference without its prefix', () => {
  it.each([
    ['alone', '7KMHQ9U4', ['NP7KMHQ9U4']],
    ['in a sentence, in small letters', 'nop phi so 7kmhq9u4 cam on', ['NP7KMHQ9U4']],
    ['torn', '7KMH Q9-U4', ['NP7KMHQ9U4']],
    ['with its prefix all the same', 'NP7KMHQ9U4', ['NP7KMHQ9U4']],
  ])('is read %s', (_, content, found) => expect(bareReferencesIn(content)).toEqual(found));

  it.each([
    ['a symbol is wrong', '7KMHQ984'],
    ['there is none', 'nop phi'],
    ['there is nothing', ''],
  ])('is not read where %s', (_, content) => expect(bareReferencesIn(content)).toEqual([]));
});

describe('a dossier code', () => {
  it.each([
    ['as issued', 'nop phi 000.00.18.H26-261121-0001', '0000018H262611210001'],
    ['torn', 'nop phi 00000 18H26 261121 0001 cam on', '0000018H262611210001'],
    ['glued to other words', 'NOPPHI0000018H262611210001CAMON', '0000018H262611210001'],
    ['in small letters', '000.00.18.h26-261121-0001', '0000018H262611210001'],
    ['of the national portal', 'G22.99-251225-020175', 'G2299251225020175'],
    ['with a unit of two segments', 'H44.124-251225-0001', 'H441242512250001'],
    ['without any unit', 'H26-261121-00012', 'H2626112100012'],
  ])('is read %s', (_, content, code) => expect(dossierCodesIn(content)).toContain(code));

  it.each([
    ['of a province that never was', 'H99-261121-0001'],
    ['of a day that never was', 'H26-261321-0001'],
    ['of too few digits', 'H26-261121-001'],
    ['of none', 'hoc phi 2611210001'],
  ])('is not read in one %s', (_, content) => expect(dossierCodesIn(content)).toEqual([]));

  it('is never more than a hundred', () => expect(dossierCodesIn('0000018H262611210001'.repeat(90)).length).toBeLessThanOrEqual(100));
});
