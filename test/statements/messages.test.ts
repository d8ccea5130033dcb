// The messages of banks, camt.053 and MT940: references and accounts as written, signs, several statements in one file, nothing times 100.
import { reading, refusal } from './files';

const amount = (sum: string, currency = 'VND'): string => `<Amt Ccy="${currency}">${sum}</Amt>`;
const mark = (credit: boolean): string => `<CdtDbtInd>${credit ? 'CRDT' : 'DBIT'}</CdtDbtInd>`;
const balance = (kind: string, sum: string, day: string, credit = true): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${kind}</Cd></CdOrPrtry></Tp>${amount(sum)}${mark(credit)}<Dt><Dt>${day}</Dt></Dt></Bal>`;
const entry = (sum: string, more = '', { credit = true, currency = 'VND', day = '<BookgDt><Dt>2026-11-02</Dt></BookgDt>' } = {}): string =>
  `<Ntry><NtryRef>0001</NtryRef>${amount(sum, currency)}${mark(credit)}<Sts><Cd>BOOK</Cd></Sts>${day}<AcctSvcrRef>00FT26302000012345678</AcctSvcrRef>${more}</Ntry>`;
const details = (...all: string[]): string => `<NtryDtls>${all.map((one) => `<TxDtls>${one}</TxDtls>`).join('')}</NtryDtls>`;
const remittance = (...texts: string[]): string => `<RmtInf>${texts.map((text) => `<Ustrd>${text}</Ustrd>`).join('')}</RmtInf>`;
const statement = (body: string, account = '0011001932418'): string =>
  `<Stmt><Id>1</Id><Acct><Id><Othr><Id>${account}</Id></Othr></Id><Ccy>VND</Ccy></Acct>${body}</Stmt>`;
const camt = (...statements: string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr>${statements.join('')}</BkToCstmrStmt></Document>`;

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('camt.053', () => {
  it('tells entries, balances and the account as written', async () => {
    const { rows, totals, layout } = await reading(
      camt(
        statement(
          balance('OPBD', '1000000.00', '2026-11-02') +
            balance('CLBD', '1130000', '2026-11-02') +
            '<TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries></TtlNtries><TtlCdtNtries><Sum>180000</Sum></TtlCdtNtries><TtlDbtNtries><Sum>50000.00</Sum></TtlDbtNtries></TxsSummry>' +
            entry(
              '180000.00',
              details(
                `<RltdPties><Dbtr><Pty><Nm>NGUYEN VAN MAU</Nm></Pty></Dbtr><DbtrAcct><Id><Othr><Id>0099887766</Id></Othr></Id></DbtrAcct></RltdPties>${remittance('nop le phi HP7K', '2M9QX4 ho so &amp; phi')}`,
              ),
            ) +
            entry('50000.00000', details(remittance('Phí')), { credit: false }),
        ),
      ),
    );
    expect(layout).toBe('camt053');
    expect(plain(totals)).toEqual({
      accountNumber: '0011001932418',
      openingBalance: 1_000_000,
      closingBalance: 1_130_000,
      statedCount: 2,
      statedCredits: 180_000,
      statedDebits: 50_000,
    });
    expect(plain(rows[0])).toEqual({
      row: 1,
      direction: 'in',
      amount: 180_000,
      day: '2026-11-02',
      bookedAt: '2026-11-01T17:00:00.000Z',
      content: 'nop le phi HP7K2M9QX4 ho so & phi',
      bankReference: '00FT26302000012345678',
      payerName: 'NGUYEN VAN MAU',
      payerAccount: '0099887766',
    });
    expect([rows[1]?.direction, rows[1]?.amount.toJSON()]).toEqual(['out', 50_000]);
  });

  it('reads amounts as XML decimals: a point is never a thousand, and đồng are never times 100', async () => {
    const sums = ['1', '1.00', '1.000', '180000', '1000.50', '1,000', '1e5', '-5', '0'];
    const { rows, rejected } = await reading(camt(statement(sums.map((sum) => entry(sum)).join('') + entry('5', '', { currency: 'USD' }))));
    expect(rows.map((row) => row.amount.toJSON())).toEqual([1, 1, 1, 180_000]);
    expect(rejected.map(({ row, why }) => [row, why])).toEqual([
      [5, 'amount_not_whole'],
      [6, 'amount_unreadable'],
      [7, 'amount_unreadable'],
      [8, 'amount_unreadable'],
      [9, 'amount_missing'],
      [10, 'currency_foreign'],
    ]);
  });

  it('takes the direction from the mark, also where an entry takes another one back', async () => {
    const { rows } = await reading(
      camt(statement(entry('5', '<RvslInd>true</RvslInd>') + entry('6', '<RvslInd>true</RvslInd>', { credit: false }))),
    );
    expect(rows.map(({ direction }) => direction)).toEqual(['in', 'out']);
  });

  it('tells the transactions of a batch where they make up the entry, and else the entry as one', async () => {
    const one = (sum: string, id: string): string => `<Refs><AcctSvcrRef>${id}</AcctSvcrRef></Refs>${amount(sum)}${remittance(id)}`;
    const body =
      '<TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries></TtlNtries></TxsSummry>' +
      entry('300', details(one('100', '0A'), one('200', '0B'))) +
      entry('300', details(one('100', '0C'), one('100', '0D')));
    const { rows, totals } = await reading(camt(statement(body)));
    expect(rows.map((row) => [row.row, row.amount.toJSON(), row.bankReference, row.content])).toEqual([
      [1, 100, '0A', '0A'],
      [2, 200, '0B', '0B'],
      [3, 300, '00FT26302000012345678', '0C 0D'],
    ]);
    expect(totals.statedCount).toBe(3);
  });

  it('reads days with and without time and zone', async () => {
    const days = [
      '<BookgDt><DtTm>2026-11-02T23:30:00Z</DtTm></BookgDt>',
      '<BookgDt><DtTm>2026-11-02T23:30:00</DtTm></BookgDt>',
      '<ValDt><Dt>2026-11-02</Dt></ValDt>',
      '<BookgDt><Dt>2026-11-31</Dt></BookgDt>',
    ];
    const { rows, rejected } = await reading(camt(statement(days.map((day) => entry('5', '', { day })).join(''))));
    expect(rows.map(({ day, bookedAt }) => [day, bookedAt])).toEqual([
      ['2026-11-03', '2026-11-02T23:30:00.000Z'],
      ['2026-11-02', '2026-11-02T16:30:00.000Z'],
      ['2026-11-02', '2026-11-01T17:00:00.000Z'],
    ]);
    expect(rejected.map(({ why }) => why)).toEqual(['date_unreadable']);
  });

  it.each([
    ['2026-11-02T00:00:00', '2026-11-03T23:59:59', '2026-11-02 2026-11-03'],
    ['2026-11-02T00:00:00+07:00', '2026-11-03T00:00:00+07:00', '2026-11-02 2026-11-02'],
    ['2026-11-02T00:00:00', '2026-11-02T00:00:00', '2026-11-02 2026-11-02'],
    ['2026-11-01T17:00:00Z', '2026-11-02T17:00:00Z', '2026-11-02 2026-11-02'],
    ['2026-11-03T00:00:00', '2026-11-02T00:00:00', 'undefined undefined'],
  ])('is of the days from %s to %s, also without an entry', async (from, to, days) => {
    const { totals, rows } = await reading(
      camt(statement(`<FrToDt><FrDtTm>${from}</FrDtTm><ToDtTm>${to}</ToDtTm></FrToDt>${balance('CLBD', '1', '2026-11-02')}`)),
    );
    expect([rows, `${totals.fromDay} ${totals.toDay}`]).toEqual([[], days]);
  });

  it('leaves out what is announced only', async () => {
    expect(
      (await reading(camt(statement(entry('5').replace('BOOK', 'PDNG') + entry('6'))))).rows.map((row) => row.amount.toJSON()),
    ).toEqual([6]);
  });

  it('joins several statements of one account, in any order, and refuses those of two', async () => {
    const later = statement(balance('OPBD', '10', '2026-11-03') + balance('CLBD', '15', '2026-11-03') + entry('5'));
    const earlier = statement(balance('PRCD', '4', '2026-11-02', false) + balance('CLBD', '10', '2026-11-02') + entry('14'));
    const { totals, rows } = await reading(camt(later, earlier));
    expect([plain(totals), rows.length]).toEqual([{ accountNumber: '0011001932418', openingBalance: -4, closingBalance: 15 }, 2]);
    expect(await refusal(camt(earlier, statement(entry('5'), '0011001932419')))).toBe('account_foreign');
  });

  it('tells of what several statements of the file list once, and of twins as often as one of them lists them', async () => {
    const bare = entry('8').replace(/<AcctSvcrRef>.*<\/AcctSvcrRef>/, '');
    const balances = (opening: string, closing: string, count: number, sum: number): string =>
      `${balance('OPBD', opening, '2026-11-02')}${balance('CLBD', closing, '2026-11-02')}<TxsSummry><TtlNtries><NbOfNtries>${count}</NbOfNtries></TtlNtries><TtlCdtNtries><Sum>${sum}</Sum></TtlCdtNtries></TxsSummry>`;
    const noon = statement(balances('100', '149', 3, 49) + entry('33') + bare + bare);
    const evening = statement(balances('100', '153', 4, 53) + entry('33') + bare + bare + entry('4'));
    const { rows, totals } = await reading(camt(noon, evening));
    expect(rows.map(({ row, amount: sum }) => [row, sum.toJSON()])).toEqual([
      [1, 33],
      [2, 8],
      [3, 8],
      [7, 4],
    ]);
    const whole = { openingBalance: 100, closingBalance: 153, statedCount: 4, statedCredits: 53 };
    expect(plain(totals)).toMatchObject(whole);
    expect(plain((await reading(camt(evening, noon))).totals)).toMatchObject(whole); // in whichever order
    const goesOn = statement(balances('153', '161', 1, 8) + bare);
    expect((await reading(camt(evening, goesOn))).rows).toHaveLength(5);
    const nextPage = statement(`<StmtPgntn><PgNb>2</PgNb></StmtPgntn>${bare}`);
    expect((await reading(camt(statement(bare), nextPage))).rows).toHaveLength(2);
    expect((await reading(camt(statement(bare), statement(bare)))).rows).toHaveLength(1);
  });

  it('is read with prefixes before its names, and 5,000 entries in batches', async () => {
    const prefixed = camt(statement(entry('5')))
      .replace(/<(\/?)(?=[A-Z])/g, '<$1ns2:')
      .replace('xmlns=', 'xmlns:ns2=');
    expect((await reading(prefixed)).rows).toHaveLength(1);
    expect((await reading(camt(statement(entry('5').repeat(5_000))))).rowCount).toBe(5_000);
  });
});

const swift = (...lines: string[]): string =>
  [':20:STMT1', ':25:BANKVNVX/0011001932418', ':28C:1/1', ':60F:C261101VND1000000,', ...lines, ':62F:C261102VND1130000,', '-', ''].join(
    '\r\n',
  );

describe('MT940', () => {
  it('tells lines with their whole references, and contents over several lines', async () => {
    const { rows, totals, layout } = await reading(
      swift(
        ':61:2611021102C180000,NTRFNONREF//00FT2630200001234567890123',
        `:86:${'nop le phi ho so 000.00.01.H26-261101-0001 cua NGUYEN VAN MAU HP7K'.slice(0, 65)}`,
        '2M9QX4',
        'tai quay',
        ':61:261102D50000NCHG0007',
        ':86:PHI',
      ),
    );
    expect(layout).toBe('mt940');
    const balances = { openingBalance: 1_000_000, closingBalance: 1_130_000 };
    expect(plain(totals)).toEqual({ accountNumber: '0011001932418', ...balances, fromDay: '2026-11-02', toDay: '2026-11-02' });
    expect(plain(rows)).toEqual([
      {
        row: 1,
        direction: 'in',
        amount: 180_000,
        day: '2026-11-02',
        bookedAt: '2026-11-01T17:00:00.000Z',
        content: `${'nop le phi ho so 000.00.01.H26-261101-0001 cua NGUYEN VAN MAU HP7K'.slice(0, 65)}2M9QX4 tai quay`,
        bankReference: '00FT2630200001234567890123',
      },
      {
        row: 2,
        direction: 'out',
        amount: 50_000,
        day: '2026-11-02',
        bookedAt: '2026-11-01T17:00:00.000Z',
        content: 'PHI',
        bankReference: '0007',
      },
    ]);
  });

  const lines: [line: string, fate: unknown][] = [
    [':61:261102C180000,NTRFX', ['in', 180_000, '2026-11-02']],
    [':61:261102C180000NTRFX', ['in', 180_000, '2026-11-02']],
    [':61:261102CD180000,00NTRFX', ['in', 180_000, '2026-11-02']],
    [':61:261102D180000,NTRFX', ['out', 180_000, '2026-11-02']],
    [':61:261102RC180000,NTRFX', ['out', 180_000, '2026-11-02']],
    [':61:261102RD180000,NTRFX', ['in', 180_000, '2026-11-02']],
    [':61:2611021103C180000,NTRFX', ['in', 180_000, '2026-11-03']],
    [':61:2612310101C180000,NTRFX', ['in', 180_000, '2027-01-01']],
    [':61:2701011231C180000,NTRFX', ['in', 180_000, '2026-12-31']],
    [':61:261102C180000,50NTRFX', 'amount_not_whole'],
    [':61:261102C180.000,NTRFX', 'amount_unreadable'],
    [':61:261132C180000,NTRFX', 'date_unreadable'],
    [':61:261102C0,NTRFX', 'amount_missing'],
    [':61:nothing of the kind', 'date_unreadable'],
  ];
  it.each(lines)('%s is %j', async (line, fate) => {
    const { rows, rejected } = await reading(swift(line, ':61:261102C1,NTRFGOOD'));
    const [first] = rows;
    const told = rejected[0]?.why ?? [first?.direction, first?.amount.toJSON(), first?.day];
    expect([told, rows.at(-1)?.bankReference]).toEqual([fate, 'GOOD']);
  });

  it('reads the fields within a content', async () => {
    const { rows } = await reading(
      swift(':61:261102C180000,NTRFNONREF', ':86:166?00CHUYEN KHOAN?20nop le phi HP7K', '2M9?21QX4?310099887766?32NGUYEN VAN?33 MAU'),
    );
    expect([rows[0]?.content, rows[0]?.payerName, rows[0]?.payerAccount, rows[0]?.bankReference]).toEqual([
      'nop le phi HP7K2M9QX4',
      'NGUYEN VAN MAU',
      '0099887766',
      undefined,
    ]);
  });

  it('holds several statements, in the envelope of SWIFT too', async () => {
    const second = swift(':61:261103C5,NTRFX')
      .replace('C261101VND1000000,', 'C261102VND1130000,')
      .replace('C261102VND1130000,\r\n-', 'C261103VND1130005,\r\n-');
    const envelope = `{1:F01BANKVNVXAXXX0000000000}{2:I940BANKVNVXXXXXN}{4:\r\n${swift(':61:261102C130000,NTRFX').replace('\r\n-\r\n', '\r\n-}{5:{CHK:1}}\r\n')}`;
    const { rows, totals } = await reading(envelope + second);
    expect(rows).toHaveLength(2);
    expect(plain(totals)).toMatchObject({
      openingBalance: 1_000_000,
      closingBalance: 1_130_005,
      fromDay: '2026-11-02',
      toDay: '2026-11-03',
    });
    expect(await refusal(swift() + swift().replace('418', '419'))).toBe('account_foreign');
  });

  it('tells of what several statements of the file list once, and of twins as often as one of them lists them', async () => {
    const [first, twin, last] = [':61:261102C33,NTRFNONREF//M1', ':61:261102C8,NTRFNONREF', ':61:261102C4,NTRFNONREF//M2'];
    const list = (opening: number, closing: number, page: 'F' | 'M', ...lines: string[]): string =>
      [':20:S', ':25:0011001932418', `:60${page}:C261102VND${opening},`, ...lines, `:62F:C261102VND${closing},`, '-', ''].join('\n');
    const amounts = async (...lists: string[]) => (await reading(lists.join(''))).rows.map((row) => row.amount.toJSON());
    const day = list(100, 153, 'F', first, twin, twin, last);
    expect(await amounts(list(100, 149, 'F', first, twin, twin), day)).toEqual([33, 8, 8, 4]);
    expect(await amounts(day, list(153, 161, 'F', twin), list(161, 169, 'M', twin), day)).toEqual([33, 8, 8, 4, 8, 8]);
    const noonLast = [day, list(100, 149, 'F', first, twin, twin), list(100, 100, 'F')];
    const closingOf = async (...lists: string[]) => (await reading(lists.join(''))).totals.closingBalance?.toJSON();
    expect(await closingOf(...noonLast)).toBe(153);
    const spoilt = list(153, 161, 'F', ':61:261102C8,50NTRFNONREF');
    for (const wrong of [spoilt, list(153, 161, 'F'), list(100, 161, 'F', first)]) expect(await closingOf(day, wrong)).toBe(161);
  });

  it('of days that lie apart are refused, unless the balance shows that nothing moved on the few days between', async () => {
    const list = (from: string, opening: number, to: string, closing: number): string =>
      [':20:S', ':25:0011001932418', `:60F:C${from}VND${opening},`, `:62F:C${to}VND${closing},`, '-', ''].join('\n');
    const first = list('260930', 100, '261001', 153);
    for (const later of [list('261019', 153, '261020', 161), list('261020', 153, '261020', 161), list('261003', 150, '261003', 161)]) {
      expect(await refusal(first + later)).toBe('days_missing');
      expect(await refusal(later + first)).toBe('days_missing');
    }
    for (const later of [list('261001', 153, '261020', 161), list('261002', 150, '261002', 161), list('261005', 153, '261005', 161)])
      expect((await reading(later + first)).totals).toMatchObject({ fromDay: '2026-10-01' });
    const apart = (day: string): string => statement(balance('OPBD', '10', day) + balance('CLBD', '15', day));
    expect(await refusal(camt(apart('2026-10-01'), apart('2026-10-03')))).toBe('days_missing');
  });

  it('in another currency is rejected line by line', async () => {
    const { rows, rejected, totals } = await reading(swift(':61:261102C180000,NTRFX').replaceAll('VND', 'USD'));
    expect([rows, rejected.map(({ why }) => why), totals]).toEqual([[], ['currency_foreign'], { accountNumber: '0011001932418' }]);
  });
});
