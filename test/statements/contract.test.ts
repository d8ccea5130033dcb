// One contract for every layout of a bank: the same four movements are read from each, in every form that a table can have.
import fc from 'fast-check';
import { bankLayouts } from '../../src/statements/layouts';
import { csvOf, htmlOf, reading, workbookOf, type Reading, type SampleTable } from './files';
import { amounts, balances, contents, directions, type Sample } from './movements';
import { otherBankSamples } from './otherBankSamples';
import { stateBankSamples } from './stateBankSamples';

const samples = [...stateBankSamples, ...otherBankSamples];

const forms: readonly [name: string, make: (table: SampleTable) => Uint8Array | string][] = [
  ['a workbook', (table) => workbookOf([table])],
  ['a workbook with its texts in the cells', (table) => workbookOf([table], { isShared: false })],
  ['CSV with commas', (table) => csvOf(table)],
  ['CSV with semicolons and a mark of byte order', (table) => `\ufeff${csvOf(table, ';')}`],
  ['CSV with tabs', (table) => csvOf(table, '\t')],
  ['a page called .xls', (table) => htmlOf(table)],
  ['a page in UTF-16', (table) => Buffer.from(`\ufeff${htmlOf(table, 'utf-16')}`, 'utf16le')],
];

const told = ({ rows }: Reading) => rows.map(({ amount, direction, content, day }) => [amount.toJSON(), direction, content, day]);
const expected = (sample: Sample) => [0, 1, 2, 3].map((place) => [amounts[place], directions[place], contents[place], sample.days[place]]);

describe('every layout', () => {
  it('has a sample', () => {
    expect(samples.map(({ layout }) => layout).sort()).toEqual(bankLayouts.map(({ name }) => name).sort());
  });

  const cases = samples.flatMap((sample) =>
    forms.map(([form, make]) => [`${sample.layout} (${sample.about})`, form, sample, make] as const),
  );

  it.each(cases)('%s is read as %s', async (_, __, sample, make) => {
    const read = await reading(make(sample.table));
    expect(read.rejected).toEqual([]);
    expect(told(read)).toEqual(expected(sample));
    expect(read.layout).toBe(sample.layout);
    expect(read.rows.map((row) => row.bankReference)).toEqual(sample.references);
    expect(read.rows.map((row) => row.balanceAfter?.toJSON())).toEqual(
      balances.map((balance) => (sample.hasBalances ? balance : undefined)),
    );
    expect(JSON.parse(JSON.stringify(read.totals))).toEqual(sample.totals);
    expect(read.rowCount).toBe(4);
  });

  it.each(samples.map((sample) => [sample.layout, sample] as const))('%s is read alike in pieces of any size', async (_, sample) => {
    const bytes = Buffer.from(csvOf(sample.table));
    const whole = await reading(bytes);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 400 }), async (size) => expect(await reading(bytes, [], size)).toEqual(whole)),
      { numRuns: 5 },
    );
  });

  it.each(samples.map((sample) => [sample.layout, sample] as const))('%s is found wherever its header stands', async (_, sample) => {
    const above: SampleTable = Array.from({ length: 60 }, (__, at) => (at % 7 === 0 ? [`Dòng ${at}`] : []));
    const moved = sample.table.map((row) => ['', '', ...row]);
    const read = await reading(workbookOf([[...above, ...moved]]));
    expect(told(read)).toEqual(expected(sample));
    const first = await reading(workbookOf([sample.table]));
    expect(read.rows.map(({ row }) => row - 60)).toEqual(first.rows.map(({ row }) => row));
  });
});

describe('a workbook of another program', () => {
  it('is read as well', async () => {
    const { default: writeExcelFile } = await import('write-excel-file/node');
    const bytes = await writeExcelFile([
      ['Ngày giao dịch', 'Số tham chiếu', 'Số tiền ghi nợ', 'Số tiền ghi có', 'Mô tả'].map((value) => ({ value })),
      [
        { value: new Date(Date.UTC(2026, 10, 2)), type: Date, format: 'dd/mm/yyyy' },
        { value: '00123' },
        null,
        { value: 180_000, type: Number, format: '#,##0.00' },
        { value: 'NGUYEN VAN MAU' },
      ],
    ]).toBuffer();
    const read = await reading(bytes);
    expect(read.rows.map(({ day, amount, bankReference, content }) => [day, amount.toJSON(), bankReference, content])).toEqual([
      ['2026-11-02', 180_000, '00123', 'NGUYEN VAN MAU'],
    ]);
  });
});
