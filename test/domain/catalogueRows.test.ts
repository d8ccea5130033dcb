// Tables as people and systems send them: each cell is text, each bad row stands alone, and pieces may be cut anywhere.
import fc from 'fast-check';
import { csvReader } from '../../src/domain/csvRows';
import { jsonReader } from '../../src/domain/jsonRows';
import type { RawRow, RowReader } from '../../src/domain/rawRow';
import { columnNamed } from '../../src/domain/catalogueRow';

const same = (name: string) => name;
const read = (reader: RowReader, text: string, cut = text.length): RawRow[] => {
  const rows: RawRow[] = [];
  for (let at = 0; at < text.length; at += cut) rows.push(...reader.take(text.slice(at, at + cut)));
  return [...rows, ...reader.end()];
};
const cells = (rows: RawRow[]) => rows.map((row) => ('cells' in row ? Object.values(row.cells) : row.fault));

describe('Comma-separated values', () => {
  it.each<[string, string, unknown[]]>([
    [
      'plain rows',
      'a,b\n1,2\n3,4',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['semicolons, as spreadsheets here save them', 'a;b\r\n1;2,5\r\n', [['1', '2,5']]],
    ['tabs', 'a\tb\n1\t2', [['1', '2']]],
    ['quotation marks within quotation marks', 'a,b\n"say ""no""","1,2"', [['say "no"', '1,2']]],
    [
      'line breaks within a cell',
      'a,b\n"one\ntwo",3\n4,5',
      [
        ['one\ntwo', '3'],
        ['4', '5'],
      ],
    ],
    ['formulas, which are text', 'a,b\n=1+2,@x', [['=1+2', '@x']]],
    ['empty lines, which are none', 'a,b\n\n1,2\n \n', [['1', '2']]],
    ['too few cells', 'a,b\n1\n2,3', ['columns', ['2', '3']]],
    ['too many cells', 'a,b\n1,2,3\n4,5', ['columns', ['4', '5']]],
    ['a quotation mark that never closes', 'a,b\n"1,2\n3,4\n5,6', ['quotes', ['3', '4'], ['5', '6']]],
    ['an inch mark in a plain cell', 'a,b\n12" pipe,2\n3,4', ['quotes', ['3', '4']]],
    ['text after a closing mark', 'a,b\n"1"x,2\n3,4', ['quotes', ['3', '4']]],
  ])('are read with %s', (_what, text, expected) => {
    expect(cells(read(csvReader(same), text))).toEqual(expected);
  });

  it('are the same wherever they are cut', () => {
    const text = 'a,b\n"one\ntwo",3\n"open,4\n5,6\r\n7,"8"\n';
    fc.assert(
      fc.property(fc.integer({ min: 1, max: text.length }), (cut) =>
        expect(read(csvReader(same), text, cut)).toEqual(read(csvReader(same), text)),
      ),
    );
  });

  it('never lose more than the row, whatever stands in one of a thousand', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 40 }).filter((text) => !text.includes('\n')),
        fc.integer({ min: 0, max: 99 }),
        (bad, at) => {
          const lines = Array.from({ length: 100 }, (_, row) => (row === at ? bad : `${row},x`));
          const rows = read(csvReader(same), `a,b\n${lines.join('\n')}\n`);
          const good = rows.filter((row) => 'cells' in row && row.cells['b'] === 'x').length;
          expect(good).toBeGreaterThanOrEqual(99);
        },
      ),
    );
  });
});

describe('Lists of JSON objects', () => {
  it.each<[string, string, unknown[]]>([
    ['a list', '[{"a":1,"b":"x"},{"a":2}]', [['1', 'x'], ['2']]],
    ['one object a line', '{"a":1}\n{"a":2}\n', [['1'], ['2']]],
    ['lists within, which are joined', '[{"a":["x","y"]}]', [['x; y']]],
    ['objects within, which are left out', '[{"a":1,"b":{"c":2}}]', [['1']]],
    ['brackets within text', '[{"a":"}]{["},{"a":2}]', [['}]{['], ['2']]],
    ['a broken object', '[{"a":1,,},{"a":2}]', ['shape', ['2']]],
    ['an object that does not end', '[{"a":1,{"a":2},{"a":3}]', ['shape', ['2'], ['3']]],
    ['a text that does not end', '[{"a":"x},\n{"a":2}]', ['quotes', ['2']]],
    ['things that are no objects', '[1, {"a":2}, "x"]', ['shape', ['2'], 'shape']],
    ['nothing', '[]', []],
  ])('are read with %s', (_what, text, expected) => {
    expect(cells(read(jsonReader(same), text))).toEqual(expected);
  });

  it('are the same wherever they are cut', () => {
    const text = '[{"a":"x\\"}","b":[1]},\n{"a":1,,},{"a":2}]';
    fc.assert(
      fc.property(fc.integer({ min: 1, max: text.length }), (cut) =>
        expect(read(jsonReader(same), text, cut)).toEqual(read(jsonReader(same), text)),
      ),
    );
  });

  it.each<[string, string]>([
    ['objects that never end', '{'.repeat(60_000)],
    ['texts that never end', '{\\"'.repeat(20_000)],
    ['rows of which none ends', '{"procedureCode":"2.000884","amount":"10.000",'.repeat(2_000)],
  ])('hold nobody up with %s, and what comes after them is read', (_what, bad) => {
    const reader = jsonReader(same);
    const after = Array.from({ length: 2_000 }, (_, at) => `{"a":${at}}`).join(',\n');
    const text = `[${bad}\n${after}]`;
    const rows: RawRow[] = [];
    let longestMs = 0;
    for (let at = 0; at < text.length; at += 32_768) {
      const started = performance.now();
      rows.push(...reader.take(text.slice(at, at + 32_768)));
      longestMs = Math.max(longestMs, performance.now() - started);
    }
    rows.push(...reader.end());
    expect(longestMs).toBeLessThan(1_000); // it was half a minute
    expect(cells(rows).at(-1)).toEqual(['1999']);
  });

  it('lose no sound row to one in fifty that does not end', () => {
    const rows = Array.from({ length: 5_000 }, (_, at) => (at % 50 === 0 ? `{"b":${at}` : `{"a":${at},"note":"${'x'.repeat(60)}"}`));
    const read5000 = cells(
      read(
        jsonReader((name) => (name === 'a' ? name : undefined)),
        `[${rows.join(',')}]`,
        32_768,
      ),
    );
    expect(read5000.filter((row) => Array.isArray(row) && row.length === 1)).toHaveLength(4_900);
  });

  it.each([
    ['', 'empty'],
    ['hello', 'not_a_list'],
  ])('are refused where there are none: %j', (text, why) => {
    expect(() => read(jsonReader(same), text)).toThrow(why);
  });
});

it.each([
  ['Mã TTHC', 'procedureCode'],
  ['MaTTHC', 'procedureCode'],
  ['procedure_code', 'procedureCode'],
  ['TÊN PHÍ, LỆ PHÍ', 'feeName'],
  ['TenPhiLePhi', 'feeName'],
  ['Gia', 'amount'],
  ['Mức thu', 'amount'],
  ['Mức thu'.normalize('NFD'), 'amount'],
  ['Căn cứ pháp lý', 'legalBasis'],
  ['something else', undefined],
])('The column %s is %s', (header, column) => {
  expect(columnNamed(header)).toBe(column);
});
