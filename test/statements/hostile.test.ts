// Files that were made to do harm: each is refused with its reason, or loses one row, quickly and without another error.
import { strToU8, zipSync, type Zippable } from 'fflate';
import { csvOf, htmlOf, partsOf, reading, refusal, sheetOf, workbookOf, type SampleTable } from './files';

/** Refused long before a person would wait. */
const soonMs = 5_000;
const header = ['Ngày giao dịch', 'Số tham chiếu', 'Số tiền ghi nợ', 'Số tiền ghi có', 'Mô tả'];
const good = ['03/11/2026', '0099', '', '70.000', 'TRAN VAN MAU'];
const table: SampleTable = [header, good, good];
const parts = (): Zippable => partsOf([table]);
const zipped = (more: Zippable): Uint8Array => zipSync({ ...parts(), ...more });
const sheet = 'xl/worksheets/sheet1.xml';
const entry =
  '<Ntry><Amt Ccy="VND">1</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-11-01</Dt></BookgDt><AddtlNtryInf>&x;</AddtlNtryInf></Ntry>';
const camt = (doctype: string, body = entry): string =>
  `<?xml version="1.0"?>${doctype}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>${body}</Stmt></BkToCstmrStmt></Document>`;
const lol = (name: string, of: string): string => `<!ENTITY ${name} "${`&${of};`.repeat(10)}">`;
const laughs = `<!DOCTYPE x [<!ENTITY a "lol">${lol('b', 'a')}${lol('c', 'b')}${lol('d', 'c')}${lol('e', 'd')}${lol('f', 'e')}${lol('x', 'f')}]>`;

/** The little-endian number at a place after a signature, wherever that signature stands. */
function patched(zip: Uint8Array, signature: number, offset: number, size: 2 | 4, value: number, name: string): Uint8Array {
  const bytes = Buffer.from(zip);
  for (let at = 0; at < bytes.length - 46; at++) {
    const nameAt = signature === 0x02014b50 ? at + 46 : at + 30;
    if (bytes.readUInt32LE(at) !== signature || bytes.toString('latin1', nameAt, nameAt + name.length) !== name) continue;
    if (size === 2) bytes.writeUInt16LE(value, at + offset);
    else bytes.writeUInt32LE(value, at + offset);
  }
  return bytes;
}
const central = 0x02014b50;

describe('a file that was made to do harm', () => {
  const cases: [what: string, make: () => Uint8Array | string, fate: string][] = [
    ['XML with an entity that is a file of ours', () => camt('<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), 'doctype'],
    ['XML with a document type somewhere else', () => camt('<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">'), 'doctype'],
    ['XML with a billion laughs', () => camt(laughs), 'doctype'],
    ['XML that blows up quadratically', () => camt(`<!DOCTYPE x [<!ENTITY x "${'a'.repeat(100_000)}">]>`, entry.repeat(2_000)), 'doctype'],
    [
      'XML with a document type far behind its beginning',
      () => camt(`<!--${'-a'.repeat(60_000)}--><!DOCTYPE x [<!ENTITY x "y">]>`),
      'doctype',
    ],
    [
      'a page that declares entities',
      () => `<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><table><tr><td>&x;</table>`,
      'doctype',
    ],
    ['XML with an entity that nobody declared', () => camt(''), 'damaged'],
    ['XML that is too deep', () => camt('', `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`), 'too_deep'],
    ['XML with a text without end', () => camt('', `<Ntry><AddtlNtryInf>${'a'.repeat(3_000_000)}</AddtlNtryInf></Ntry>`), 'too_large'],
    ['XML with an attribute without end', () => camt('', `<Ntry x="${'a'.repeat(3_000_000)}"/>`), 'too_large'],
    ['XML that stops in the middle', () => camt('', entry.replace('&x;', '')).slice(0, -40), 'damaged'],
    ['XML of something else', () => '<?xml version="1.0"?><rss><channel/></rss>', 'not_a_statement'],
    ['a page that is too deep', () => `<table>${'<div>'.repeat(2_000)}`, 'too_deep'],
    ['a page with a comment without end', () => `<html><table><tr><td>x</td></tr><!--${'a'.repeat(3_000_000)}`, 'too_large'],
    ['a workbook with a document type', () => zipped({ [sheet]: strToU8(`<!DOCTYPE x [<!ENTITY x "y">]>${sheetOf(table)}`) }), 'doctype'],
    [
      'a workbook whose texts have a document type',
      () => zipped({ 'xl/sharedStrings.xml': strToU8(`<?xml version="1.0"?>${laughs}<sst><si><t>&x;</t></si></sst>`) }),
      'doctype',
    ],
    ['a workbook that is too deep', () => zipped({ [sheet]: strToU8('<a>'.repeat(100)) }), 'too_deep'],
    [
      'an archive that unpacks to a hundred times its size',
      () => zipped({ [sheet]: new Uint8Array(12_000_000).fill(32) }),
      'archive_suspicious',
    ],
    ['an archive that says it unpacks to 4 GB', () => patched(zipped({}), central, 24, 4, 0xfffffff0, sheet), 'archive_suspicious'],
    ['an archive that says it unpacks to less than it does', () => patched(zipped({}), central, 24, 4, 100, sheet), 'archive_suspicious'],
    ['an archive that says it unpacks to more than it does', () => patched(zipped({}), central, 24, 4, 90_000, sheet), 'damaged'],
    ['an archive that lies about its 64-bit sizes', () => patched(zipped({}), central, 24, 4, 0xffffffff, sheet), 'archive_suspicious'],
    ['an archive that says it holds 5,000 entries', () => patchedEnd(zipped({}), 5_000), 'archive_suspicious'],
    [
      'an archive of 2,000 entries',
      () => zipped(Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`x${at}`, new Uint8Array()]))),
      'archive_suspicious',
    ],
    ['an archive whose names climb', () => zipped({ '../../etc/cron.d/x': strToU8('x') }), 'archive_suspicious'],
    ['an archive with names from the root', () => zipped({ '/etc/cron.d/x': strToU8('x') }), 'archive_suspicious'],
    ['an archive with a password', () => patched(zipped({}), central, 8, 2, 1, sheet), 'encrypted'],
    ['an archive that was cut off', () => zipped({}).slice(0, 900), 'damaged'],
    ['an archive with a letter changed', () => spoilt(zipSync(parts(), { level: 0 })), 'damaged'],
    ['an archive of nothing', () => zipSync({}), 'not_a_statement'],
    ['a document that is no workbook', () => zipSync({ 'word/document.xml': strToU8('<x/>') }), 'not_a_statement'],
    [
      'a workbook that names a sheet outside',
      () =>
        zipped({
          'xl/_rels/workbook.xml.rels': strToU8(
            '<Relationships><Relationship Id="rId1" TargetMode="External" Target="file:///x"/></Relationships>',
          ),
        }),
      'damaged',
    ],
    [
      'a workbook with more rows than there can be',
      () => zipped({ [sheet]: strToU8(sheetOf(table).replace('<row r="3">', '<row r="2000000">')) }),
      'too_many_rows',
    ],
    ['an old workbook', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(100_000)]), 'old_excel'],
    ['an even older workbook', () => Buffer.from('0908080000051000', 'hex'), 'not_a_statement'],
    [
      'a workbook behind a password',
      () =>
        Buffer.concat([
          Buffer.from('d0cf11e0a1b11ae1', 'hex'),
          Buffer.alloc(130_993),
          Buffer.from('EncryptedPackage', 'utf16le'),
          Buffer.alloc(999),
        ]),
      'encrypted',
    ],
    ['a PDF', () => '%PDF-1.7\n1 0 obj', 'not_a_statement'],
    ['a picture', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'not_a_statement'],
    [
      'XML that states more money than there is',
      () => camt('', `<TxsSummry>${'<TtlCdtNtries><Sum>999999999999999</Sum></TtlCdtNtries>'.repeat(20)}</TxsSummry>`),
      'damaged',
    ],
    ['SWIFT messages that were cut off', () => ':20:A\n:25:0011\n:60F:C261101VND1,\n:61:261101C1,NTRFX\n', 'damaged'],
    ['SWIFT messages with a line without end', () => `:20:A\n:25:0011\n:60F:C261101VND1,\n:86:${'x'.repeat(100_000)}`, 'damaged'],
  ];

  it.each(cases)('%s', async (_, make, fate) => {
    const bytes = make();
    const before = performance.now();
    expect(await refusal(bytes)).toBe(fate);
    expect(performance.now() - before).toBeLessThan(soonMs);
  });

  const wide = Array.from({ length: 100_000 }, (_, at) => at);
  it.each([
    ['a workbook', () => workbookOf([[header, good, wide, good]], { isShared: false })],
    ['CSV', () => csvOf([header, good, wide, good])],
    ['a page', () => htmlOf([header, good, wide, good])],
  ])('%s with a row of 100,000 columns loses that row alone', async (_, make) => {
    const { rows, rejected } = await reading(make());
    expect(rows.map(({ row }) => row)).toEqual([2, 4]);
    expect(rejected.map(({ row, why }) => [row, why])).toEqual([[3, 'row_too_wide']]);
  });

  it('with names of JavaScript’s own changes nothing of ours', async () => {
    await refusal(
      csvOf([
        ['__proto__', 'constructor', 'prototype', 'isAdmin'],
        ['1', '2', '3', '4'],
      ]),
    );
    await refusal(camt('', '<__proto__><constructor>1</constructor></__proto__>'));
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('with cells that cover a million others is read without them', async () => {
    const page = `<table><tr>${header.map((text) => `<th rowspan=1>${text}</th>`).join('')}</tr><tr>${good.map((text) => `<td>${text}</td>`).join('')}</tr><tr><td colspan=999999999 rowspan=999999999>x</td></tr></table>`;
    const { rows, rejected } = await reading(page);
    expect([rows.length, rejected]).toEqual([1, []]);
  });
});

function patchedEnd(zip: Uint8Array, entries: number): Uint8Array {
  const bytes = Buffer.from(zip);
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'));
  bytes.writeUInt16LE(entries, end + 8);
  bytes.writeUInt16LE(entries, end + 10);
  return bytes;
}

/** Another amount in the sheet, and nothing else: only the checksum knows. */
function spoilt(zip: Uint8Array): Uint8Array {
  const bytes = Buffer.from(zip);
  const at = bytes.indexOf('70.000');
  bytes.write('90', at, 'latin1');
  return bytes;
}
