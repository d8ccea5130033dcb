// The traps of bank statements, each by its name: totals, repeated headers, currencies, and cells that are not what they look like.
import { zipSync } from 'fflate';
import { csvOf, htmlOf, partsOf, reading, refusal, windows1258, workbookOf, type SampleCell, type SampleTable } from './files';

const header = ['Ngày giao dịch', 'Số tham chiếu', 'Số tiền ghi nợ', 'Số tiền ghi có', 'Mô tả'];
const good: readonly SampleCell[] = ['03/11/2026', '0099', '', '70.000', 'TRAN VAN MAU'];
const around = (...rows: (readonly SampleCell[])[]): SampleTable => [header, good, ...rows, good];
const rejectedIn = async (table: SampleTable): Promise<unknown> => {
  const { rows, rejected } = await reading(csvOf(table));
  return [rows.length, rejected.map(({ row, why }) => [row, why])];
};

describe('a total', () => {
  it('is never a movement, wherever its words stand, and tells what the bank states', async () => {
    const { rows, rejected, totals } = await reading(
      csvOf([
        ['Số dư đầu kỳ: 1.000.000 VND'],
        header,
        good,
        ['Cộng ngày 03/11/2026', '', '', '70.000', ''],
        good,
        ['', '', 'Tổng cộng', '140.000', ''],
        ['Tổng số giao dịch: 2'],
        ['Tổng số giao dịch ghi có: 2'],
        ['Tổng phát sinh có:', '140.000'],
        ['Số dư cuối kỳ', '', '', '', '1.140.000'],
        ['22/11/2026 09:45:23'],
        ['Người lập', '', 'Kiểm soát', 'Giám đốc', ''],
      ]),
    );
    expect([rows.length, rejected]).toEqual([2, []]);
    expect(JSON.parse(JSON.stringify(totals))).toEqual({
      openingBalance: 1_000_000,
      closingBalance: 1_140_000,
      statedCount: 2,
      statedCredits: 140_000,
    });
  });

  it('that lies is told as it stands, so that it can be held against the rows', async () => {
    const six = [10_250_000, 5_000_000, 7_777_500, 3_500_000, 6_000_000, 6_000_000];
    const { rows, totals, rowCount } = await reading(
      csvOf([
        header,
        ...six.map((amount, at) => ['02/11/2026', `00${at}`, '', amount, 'NGUYEN VAN MAU']),
        ['Tổng số giao dịch', '6', '', '', ''],
        ['Tổng số tiền ghi có', '37.337.500', '', '', ''],
      ]),
    );
    expect(rows.reduce((sum, { amount }) => sum + amount.toJSON(), 0)).toBe(38_527_500);
    expect([totals.statedCount, totals.statedCredits?.toJSON(), rowCount]).toEqual([6, 37_337_500, 6]);
  });

  it('does not swallow a payment whose payer begins with such words', async () => {
    const { rows } = await reading(
      csvOf([
        header,
        ['02/11/2026', '', '', '1.000', 'Tổng công ty Mẫu nộp lệ phí'],
        ['02/11/2026', '', '', '2.000', 'TONG CONG'],
        ['02/11/2026', '0012', '', '3.000', 'So du cuoi ky'],
        ['02/11/2026', '', '', '4.000', 'So du dau ky cua toi, nop phi'],
      ]),
    );
    expect(rows.map(({ amount }) => amount.toJSON())).toEqual([1_000, 2_000, 3_000, 4_000]);
  });

  it('ends the carrying down of days: what stands below it is nothing without a day of its own', async () => {
    const table = [
      ['Ngày', 'Số chứng từ', 'Diễn giải', 'Ghi nợ', 'Ghi có', 'Số dư'],
      ['02/11/2026', '1', 'NGUYEN VAN MAU', '', '1.000', ''],
      ['', '2', 'Tổng công ty Mẫu', '', '2.000', ''],
      ['', '', 'Tổng', '', '3.000', ''],
      ['', '', 'In lần', '', '2', ''],
      ['03/11/2026', '3', 'LE THI MAU', '', '5.000', ''],
    ];
    const { rows, totals } = await reading(htmlOf(table));
    expect(rows.map(({ day, amount }) => [day, amount.toJSON()])).toEqual([
      ['2026-11-02', 1_000],
      ['2026-11-02', 2_000],
      ['2026-11-03', 5_000],
    ]);
    expect(totals.statedCredits?.toJSON()).toBe(3_000);
  });
});

describe('a table', () => {
  it('repeats its header on every printed page, and counts its columns under it', async () => {
    const { rows, rejected } = await reading(
      csvOf([header, ['(1)', '(2)', '(3)', '(4)', '(5)'], good, header, ['(1)', '(2)', '(3)', '(4)', '(5)'], good]),
    );
    expect([rows.length, rejected]).toEqual([2, []]);
  });

  it('that lies on two sheets is read on, and its translation on a third is not read again', async () => {
    const translated = [['Transaction date', 'Reference', 'Debit', 'Credit', 'Description'], ...[good, good]];
    const { rows } = await reading(workbookOf([[['Bìa']], [header, good], [header, good, good], translated]));
    expect(rows.map(({ row }) => row)).toEqual([3, 5, 6]);
  });

  it('keeps leading zeros, of texts and of number cells whose format shows them', async () => {
    const { rows, totals } = await reading(
      workbookOf([
        [
          ['Số tài khoản', { padded: 1_001_932 }],
          header,
          ['02/11/2026', { padded: 77 }, '', 1_000, ''],
          ['02/11/2026', '000123', '', 1_000, ''],
        ],
      ]),
    );
    expect(rows.map(({ bankReference }) => bankReference)).toEqual(['0000000077', '000123']);
    expect(totals.accountNumber).toBe('0001001932');
    const { rows: fromCsv } = await reading(csvOf([header, ['02/11/2026', '="000123"', '', '1000', '']]));
    expect(fromCsv[0]?.bankReference).toBe('000123');
  });

  it('in Windows-1258 has its tone marks joined to their letters', async () => {
    const text = 'Số tham chiếu nộp lệ phí đất';
    const { rows } = await reading(windows1258(csvOf([header, ['02/11/2026', '1', '', '1.000', text]])));
    expect(rows.map(({ content }) => content)).toEqual([text]);
    const page = await reading(windows1258(htmlOf([header, ['02/11/2026', '1', '', '1.000', text]], 'windows-1258')));
    expect(page.rows.map(({ content }) => content)).toEqual([text]);
  });

  it('tells the account of its head, and takes no other number for it', async () => {
    const heads: [row: SampleTable[number], account: string | undefined][] = [
      [['Account name:', 'UBND XA MAU', 'Tax code:', '0100230800', 'Account No:', '0011 0019 32418'], '0011001932418'],
      [['Số tài khoản 0011001932418 tại chi nhánh Mẫu'], '0011001932418'],
      [['Số TK: 001-1001-932418'], '0011001932418'],
      [['Tài khoản đối ứng', '0099887766'], undefined],
      [['Tài khoản: Tiền gửi thanh toán', '', 'Mã số thuế', '0100230800'], undefined],
    ];
    for (const [head, account] of heads)
      expect([head, (await reading(csvOf([head, header, good]))).totals.accountNumber]).toEqual([head, account]);
  });

  it('of foreign currency is rejected row by row', async () => {
    const { rows, rejected } = await reading(csvOf([['Loại tiền:', 'USD'], header, good]));
    expect([rows, rejected.map(({ why }) => why)]).toEqual([[], ['currency_foreign']]);
    const mixed = await reading(
      csvOf([
        [...header, 'Loại tiền'],
        [...good, 'USD'],
        [...good, 'VND'],
        [...good, ''],
      ]),
    );
    expect([mixed.rows.length, mixed.rejected.map(({ why }) => why)]).toEqual([2, ['currency_foreign']]);
  });

  it('with a formula loses that row alone; sums by formula are not believed', async () => {
    const { rows, rejected, totals } = await reading(
      workbookOf([
        around(
          ['02/11/2026', '0012', '', { formula: 'A1*1000', value: '50000' }, ''],
          ['02/11/2026', { formula: 'HYPERLINK("x")', value: '7' }, '', 50_000, ''],
        ),
        [['Tổng cộng', '', '', { formula: 'SUM(D2:D5)', value: '999' }, '']],
      ]),
    );
    expect([rows.length, rejected.map(({ why }) => why)]).toEqual([2, ['formula_cell', 'formula_cell']]);
    expect(totals).toEqual({});
  });

  it('with too much in one row loses that row alone', async () => {
    expect(await rejectedIn(around(['02/11/2026', '0012', '', '1.000', 'x'.repeat(4_001)]))).toEqual([2, [[3, 'text_too_long']]]);
    expect(await rejectedIn(around(['02/11/2026', '0012', '', '1.000', '', ...Array.from({ length: 300 }, () => 'x')]))).toEqual([
      2,
      [[3, 'row_too_wide']],
    ]);
    expect(await rejectedIn(around(['02/11/2026', '0'.repeat(201), '', '1.000', '']))).toEqual([2, [[3, 'text_too_long']]]);
  });

  it('with quotation marks that do not close loses that line alone', async () => {
    const broken = `${csvOf([header, good])}02/11/2026,0012,,"50.000,LE THI MAU\r\n${csvOf(Array.from({ length: 500 }, () => good))}02/11/2026,0013,,"1,000" x,y\r\n${csvOf([good])}`;
    const { rows, rejected } = await reading(broken);
    expect(rows).toHaveLength(502);
    expect(rejected.map(({ row, why }) => [row, why])).toEqual([
      [3, 'row_unreadable'],
      [504, 'row_unreadable'],
    ]);
  });

  it('may break lines in its contents, and hide marks in them', async () => {
    const { rows } = await reading(csvOf([header, ['02/11/2026', '1', '', '1.000', 'NGUYEN\nVAN\u200b MAU\u00a0\t nộp\u0000']]));
    expect(rows[0]?.content).toBe('NGUYEN VAN MAU nộp');
  });

  it('of an unknown bank is refused, with its header for a person to map; then it is read', async () => {
    const table = [
      ['Sổ phụ'],
      ['Thời điểm', 'Mã', 'Chi', 'Thu', 'Ghi chú'],
      ['02/11/2026 10:00', '007', '', '1.000', 'LE THI MAU'],
      ['03/11/2026 10:00', '008', '500', '', 'Phí'],
    ];
    await expect(reading(csvOf(table))).rejects.toMatchObject({ reason: 'layout_unknown', sample: table.slice(1) });
    const headers = { day: ['thoi diem'], reference: ['ma'], debit: ['chi'], credit: ['thu'], content: ['ghi chu'] };
    const { layout, rows } = await reading(csvOf(table), [{ name: 'L1', headers, debitIs: 'out' }]);
    expect([layout, rows.map(({ direction, amount }) => [direction, amount.toJSON()])]).toEqual([
      'L1',
      [
        ['in', 1_000],
        ['out', 500],
      ],
    ]);
    const asBank = await reading(csvOf(table), [{ name: 'L1', headers, debitIs: 'in' }]);
    expect(asBank.rows.map(({ direction }) => direction)).toEqual(['out', 'in']);
  });

  it('with one column of amounts is read by its sign, or by the word beside it', async () => {
    const signed = [{ name: 'S', headers: { day: ['luc'], amount: ['tien'], content: ['ghi chu'] }, debitIs: 'out' as const }];
    const { rows } = await reading(
      csvOf([
        ['Lúc', 'Tiền', 'Ghi chú'],
        ['02/11/2026', '+1.000', ''],
        ['02/11/2026', '-2.000', ''],
        ['02/11/2026', '(3.000)', ''],
      ]),
      signed,
    );
    expect(rows.map(({ direction, amount }) => [direction, amount.toJSON()])).toEqual([
      ['in', 1_000],
      ['out', 2_000],
      ['out', 3_000],
    ]);
    const worded = [
      { name: 'W', headers: { day: ['luc'], amount: ['tien'], direction: ['d c'], content: ['ghi chu'] }, debitIs: 'out' as const },
    ];
    const read = await reading(
      csvOf([
        ['Lúc', 'Tiền', 'D/C', 'Ghi chú'],
        ['02/11/2026', '1.000', 'C', ''],
        ['02/11/2026', '2.000', 'Nợ', ''],
        ['02/11/2026', '3.000', '?', ''],
        ['02/11/2026', '-3.000', 'C', ''],
      ]),
      worded,
    );
    expect([read.rows.map(({ direction }) => direction), read.rejected.map(({ why }) => why)]).toEqual([
      ['in', 'out'],
      ['amount_unreadable', 'amount_unreadable'],
    ]);
  });

  it('whose debits are written with a minus is read where its layout says so', async () => {
    const table = [
      ['Lúc', 'Chi', 'Thu', 'Ghi chú'],
      ['02/11/2026', '-1.000', '', 'a'],
      ['02/11/2026', '', '-1.000', 'b'],
    ];
    const layout = {
      name: 'M',
      headers: { day: ['luc'], debit: ['chi'], credit: ['thu'], content: ['ghi chu'] },
      debitIs: 'out' as const,
      signsDebits: true,
    };
    const { rows, rejected } = await reading(csvOf(table), [layout]);
    expect([rows.map(({ direction, amount }) => [direction, amount.toJSON()]), rejected.length]).toEqual([[['out', 1_000]], 1]);
  });

  it('whose fees and taxes stand beside the debit moves the balance once a row, by all of them; what might be interest is left to a person', async () => {
    const row = (debit: string, credit: string, fee: string, tax: string) => ['03/11/2026', 'FT1', 'x', debit, credit, fee, tax, '0'];
    const { rows, rejected } = await reading(
      csvOf([
        ['Ngày giao dịch', 'Số bút toán', 'Diễn giải', 'Nợ', 'Có', 'Phí/Lãi', 'Thuế', 'Số dư'],
        row('-1.808.554', '', '-3.457', ''),
        row('', '', '-100.000', '-10.000'),
        row('500', '', '20', '2'),
        row('', '700', '0', '0'),
        row('', '', '250', ''),
        row('', '700', '-7', ''),
        row('-500', '', '20', ''),
        row('-500', '', '2,5', ''),
        row('', '', '', ''),
      ]),
    );
    expect(rows.map(({ direction, amount }) => [direction, amount.toJSON()])).toEqual([
      ['out', 1_812_011],
      ['out', 110_000],
      ['out', 522],
      ['in', 700],
    ]);
    const both = ['amount_unreadable', 'amount_both_sides', 'amount_unreadable', 'amount_not_whole', 'amount_missing'];
    expect(rejected.map(({ why }) => why)).toEqual(both);
  });

  it('named by nothing is no statement', async () => {
    expect(await refusal('')).toBe('not_a_statement');
    expect(await refusal('xin chao')).toBe('not_a_statement');
    expect(await refusal(zipSync(partsOf([[]])))).toBe('not_a_statement');
  });
});
