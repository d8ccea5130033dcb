// Amounts and days in every spelling that banks have, each in a row between two good ones: read exactly, or rejected with a reason.
import { csvOf, reading, workbookOf, type SampleCell, type SampleTable } from './files';

const header = ['Ngày giao dịch', 'Số tham chiếu', 'Số tiền ghi nợ', 'Số tiền ghi có', 'Mô tả'];
const good: readonly SampleCell[] = ['03/11/2026', '0099', '', '70.000', 'TRAN VAN MAU'];
const around = (...rows: (readonly SampleCell[])[]): SampleTable => [header, good, ...rows, good];

/** What becomes of one row that stands between two good ones: its amount and day, or why it is rejected. */
async function fateOf(row: readonly SampleCell[], make = (table: SampleTable): Uint8Array | string => csvOf(table)): Promise<unknown> {
  const { rows, rejected } = await reading(make(around(row)));
  expect(rows.filter(({ bankReference }) => bankReference === '0099')).toHaveLength(2);
  const read = rows.find(({ bankReference }) => bankReference !== '0099');
  return read ? [read.direction, read.amount.toJSON(), read.day] : (rejected.map(({ row: at, why }) => [at, why])[0] ?? 'no movement');
}

const asWorkbook = (table: SampleTable): Uint8Array => workbookOf([table]);

describe('an amount', () => {
  const credits: [written: SampleCell, fate: unknown][] = [
    ['180000', 180_000],
    ['180.000', 180_000],
    ['180,000', 180_000],
    ['1.180.000', 1_180_000],
    ['1,180,000', 1_180_000],
    ['1.180.000,00', 1_180_000],
    ['1,180,000.00', 1_180_000],
    ['1 180 000', 1_180_000],
    ["1'180'000", 1_180_000],
    ['180000.00', 180_000],
    ['180000,00', 180_000],
    ['180000.0', 180_000],
    ['180000.0000', 180_000],
    ['1.000', 1_000],
    ['1,000', 1_000],
    ['180.000 VND', 180_000],
    ['180.000 ₫', 180_000],
    ['180.000đ', 180_000],
    ['VND 180,000', 180_000],
    ['+180.000', 180_000],
    ['999.999.999.999', 999_999_999_999],
    ['180.000,50', 'amount_not_whole'],
    ['180,000.5', 'amount_not_whole'],
    ['12.34', 'amount_not_whole'],
    ['0.500', 'amount_not_whole'],
    ['1,180.000', 'amount_unreadable'],
    ['1.180,000', 'amount_unreadable'],
    ['1,18,000', 'amount_unreadable'],
    ['1.000,000,00', 'amount_unreadable'],
    ['1234.567', 'amount_not_whole'],
    ['180.000x', 'amount_unreadable'],
    ['18O.OOO1', 'amount_unreadable'],
    ['9999999999999999', 'amount_unreadable'],
    ['-180.000', 'amount_unreadable'],
    ['(180.000)', 'amount_unreadable'],
    ['180.00 USD', 'currency_foreign'],
    ['$180', 'currency_foreign'],
    ['=90000+90000', 'formula_cell'],
    ['', 'amount_missing'],
    ['0', 'amount_missing'],
    ['0,00', 'amount_missing'],
  ];
  it.each(credits)('%j is read as %j', async (written, fate) => {
    const expected = typeof fate === 'number' ? ['in', fate, '2026-11-02'] : [3, fate];
    expect(await fateOf(['02/11/2026', '0012', '', written, 'LE THI MAU'])).toEqual(expected);
    expect(await fateOf(['02/11/2026', '0012', '', written, 'LE THI MAU'], asWorkbook)).toEqual(expected);
  });

  const numbers: [value: string, fate: unknown][] = [
    ['180000', 180_000],
    ['1.8E5', 180_000],
    ['1.8e+05', 180_000],
    ['180000.0', 180_000],
    ['180000.5', 'amount_not_whole'],
    ['180000.00000000003', 'amount_not_whole'],
    ['-180000', 'amount_unreadable'],
  ];
  it.each(numbers)('the number cell %s is read as %j', async (value, fate) => {
    const expected = typeof fate === 'number' ? ['in', fate, '2026-11-02'] : [3, fate];
    expect(await fateOf(['02/11/2026', '0012', '', { written: value }, 'LE THI MAU'], asWorkbook)).toEqual(expected);
  });

  it('on both sides is rejected, with a zero beside it not', async () => {
    expect(await fateOf(['02/11/2026', '0012', '10.000', '20.000', ''])).toEqual([3, 'amount_both_sides']);
    expect(await fateOf(['02/11/2026', '0012', '0', '20.000', ''])).toEqual(['in', 20_000, '2026-11-02']);
    expect(await fateOf(['02/11/2026', '0012', '20.000', '0,00', ''])).toEqual(['out', 20_000, '2026-11-02']);
  });
});

describe('a day', () => {
  const days: [written: SampleCell, fate: unknown][] = [
    ['02/11/2026', '2026-11-02'],
    ['2/11/2026', '2026-11-02'],
    ['02-11-2026', '2026-11-02'],
    ['02.11.2026', '2026-11-02'],
    ['2026-11-02', '2026-11-02'],
    ['2026/11/02', '2026-11-02'],
    ['20261102', '2026-11-02'],
    ['02/11/2026 14:05:09', '2026-11-02'],
    ['02/11/2026 14:05', '2026-11-02'],
    ['14:05:09 02/11/2026', '2026-11-02'],
    ['02/11/2026 02:05:09 PM', '2026-11-02'],
    ['02/11/2026 2:05:09 CH', '2026-11-02'],
    ['2026-11-02T14:05:09', '2026-11-02'],
    [{ serial: 46_328 }, '2026-11-02'],
    [{ serial: 46_328.5868 }, '2026-11-02'],
    [46_328, '2026-11-02'],
    ['31/02/2026', 'date_unreadable'],
    ['29/02/2026', 'date_unreadable'],
    ['29/02/2028', '2028-02-29'],
    ['32/11/2026', 'date_unreadable'],
    ['11/21/2026', 'date_unreadable'],
    ['02/11/26', 'date_unreadable'],
    ['02/11/2026 25:00:00', 'date_unreadable'],
    ['1', 'date_unreadable'],
    ['=TODAY()', 'formula_cell'],
    ['', 'date_unreadable'],
  ];
  it.each(days)('%j is read as %s', async (written, fate) => {
    const expected = typeof fate === 'string' && fate.startsWith('20') ? ['in', 50_000, fate] : [3, fate];
    expect(await fateOf([written, '0012', '', '50.000', 'LE THI MAU'], asWorkbook)).toEqual(expected);
  });

  it('keeps its time as the clock in Vietnam showed it', async () => {
    const { rows } = await reading(
      csvOf([
        header,
        ['02/11/2026 14:05:09', '1', '', '1', ''],
        ['02/11/2026 06:59:59', '2', '', '1', ''],
        ['02/11/2026', '3', '', '1', ''],
      ]),
    );
    expect(rows.map(({ day, bookedAt }) => [day, bookedAt])).toEqual([
      ['2026-11-02', '2026-11-02T07:05:09.000Z'],
      ['2026-11-02', '2026-11-01T23:59:59.000Z'],
      ['2026-11-02', '2026-11-01T17:00:00.000Z'],
    ]);
  });

  it('of a workbook whose calendar begins in 1904 is that day', async () => {
    const { rows } = await reading(workbookOf([around([{ serial: 46_328 - 1462 }, '0012', '', 50_000, ''])], { is1904: true }));
    expect(rows.map(({ day }) => day)).toEqual(['2026-11-03', '2026-11-02', '2026-11-03']);
  });

  it('that is told apart from the time on which the payer paid is the booking day', async () => {
    const { rows } = await reading(
      csvOf([
        ['Ngày hạch toán', 'Ngày giao dịch', 'Phát sinh nợ', 'Phát sinh có', 'Nội dung'],
        ['03/11/2026', '02/11/2026 23:40:00', '', '50,000', 'LE THI MAU'],
      ]),
    );
    expect(rows.map(({ day, bookedAt }) => [day, bookedAt])).toEqual([['2026-11-03', '2026-11-02T16:40:00.000Z']]);
  });
});

describe('the period that a statement is of', () => {
  const of = async (...above: SampleTable): Promise<unknown> => {
    const { totals } = await reading(asWorkbook([...above, header, good]));
    return totals.fromDay === undefined ? undefined : `${totals.fromDay} ${totals.toDay}`;
  };

  it.each<[written: string, above: SampleTable, period: string | undefined]>([
    ['in one cell', [['Từ ngày: 01/11/2026 Đến ngày: 30/11/2026']], '2026-11-01 2026-11-30'],
    ['in both languages', [['', 'Từ ngày/From: 01/05/2026 Đến ngày/To: 04/10/2026']], '2026-05-01 2026-10-04'],
    ['in brackets', [['(Từ ngày/From 01/01/2026 Đến ngày/To 15/04/2026)']], '2026-01-01 2026-04-15'],
    ['year first, without spaces', [['Từ ngày/From:2026-08-01 Đến ngày/To:2026-08-31']], '2026-08-01 2026-08-31'],
    ['with dashes', [['Kỳ sao kê: 1-11-2026 - 30-11-2026']], '2026-11-01 2026-11-30'],
    ['with times', [['Thời gian từ 01/11/2026 00:00:00 đến 30/11/2026 23:59:59']], '2026-11-01 2026-11-30'],
    ['in four cells', [['Từ ngày', '01/11/2026', 'Đến ngày', '30/11/2026']], '2026-11-01 2026-11-30'],
    [
      'in two rows, beside other words',
      [
        ['Từ ngày: 01/11/2026', 'Số tài khoản: 0011001932418'],
        ['Đến ngày: 30/11/2026', 'Số dư đầu kỳ: 1.000'],
      ],
      '2026-11-01 2026-11-30',
    ],
    ['of one day', [['Từ ngày 05/11/2026 đến ngày 05/11/2026']], '2026-11-05 2026-11-05'],
    ['that is none: the second day before the first', [['Từ ngày 05/11/2026 đến ngày 04/11/2026']], undefined],
    ['that is none: an impossible day', [['Từ ngày 31/02/2026 đến ngày 05/03/2026']], undefined],
    ['that is none: only the day of printing', [['Ngày in: 05/11/2026 10:20:30'], ['Số tài khoản: 0011001932418']], undefined],
  ])('is read %s', async (_, above, period) => expect(await of(...above)).toBe(period));
});
