// Names: the same person however a bank writes a name, and the ways in which an officer may have typed it.
import { holdsName, isSameName, namesIn, spellingsOf, wordsOf } from '../../src/domain/personName';

describe('a name', () => {
  it.each([
    ['Đặng Thị Giang', 'DANG THI GIANG', true],
    ['Nguyễn Văn An', 'nguyen  van an', true],
    ['Công ty TNHH 68', 'CONG TY TNHH 68', true],
    ['Nguyễn Văn An', 'NGUYEN VAN ANH', false],
    ['', '', false],
    ['...', '---', false],
  ])('%j and %j are the same: %s', (one, other, same) => expect(isSameName(one, other)).toBe(same));

  it.each([
    ['DANG THI GIANG', 'Đặng Thị Giang'],
    ['DANG THI GIANG', 'ĐẶNG THỊ GIANG'],
    ['DANG THI GIANG', 'Dang Thi Giang'],
    ['NGUYEN VAN AN', 'Nguyễn Văn Ân'],
    ['PHAM THI THUY', 'Phạm Thị Thuỳ'],
    ['PHAM THI THUY', 'Phạm Thị Thúy'],
    ['TRUONG THI MY DUYEN', 'Trương Thị Mỹ Duyên'],
    ['LE HOANG BAO NGOC', 'Lê Hoàng Bảo Ngọc'],
    ['Y BLO NIE', 'Y Blo Nie'],
    ['CONG TY TNHH ABC', 'CONG TY TNHH ABC'],
  ])('%s may have been typed %s', (plain, typed) => expect(spellingsOf(plain, 64)).toContain(typed));

  it('has no more spellings than asked for, each the same name', () => {
    const spelled = spellingsOf('NGUYEN THI THANH THUY HUONG', 64);
    expect(spelled).toHaveLength(64);
    for (const one of spelled) expect([one, isSameName(one, 'NGUYEN THI THANH THUY HUONG')]).toEqual([one, true]);
  });

  it.each([
    ['nop phi cho DANG THI GIANG ho so hom nay', ['DANG THI GIANG HO', 'DANG THI GIANG']],
    ['LE HOANG BAO NGOC chuyen tien', ['LE HOANG BAO NGOC', 'LE HOANG BAO', 'HOANG BAO NGOC']],
    ['nop le phi chung thuc', ['LE PHI CHUNG THUC', 'LE PHI CHUNG']],
    ['chuyen tien', []],
    ['NGUYEN AN nop', []],
    ['', []],
  ])('is looked for in %j', (content, names) => expect(namesIn(content)).toEqual(names));

  it.each([
    ['nop phi cho dang thi giang', 'Đặng Thị Giang', true],
    ['nop phi cho dang thi giang', 'Đặng Thị Gia', false],
    ['nop phi cho dang thi', 'Đặng Thị Giang', false],
    ['nop phi cho le an', 'Lê An', false],
  ])('in %j, %s is held: %s', (content, name, held) => expect(holdsName(wordsOf(content), name)).toBe(held));

  it('takes no time to look for, in whatever is sent', () => {
    const started = performance.now();
    for (const content of ['NGUYEN VAN AN '.repeat(5000), 'LE '.repeat(20_000)]) namesIn(content);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
