// What holds for every file: amounts are read as they were written in any style, and any bytes end in rows or in a refusal.
import fc from 'fast-check';
import { StatementRefused } from '../../src/statements/reader';
import { csvOf, htmlOf, reading, windows1258, workbookOf, type SampleTable } from './files';

const header = ['Ngày giao dịch', 'Số tham chiếu', 'Số tiền ghi nợ', 'Số tiền ghi có', 'Mô tả'];
const grouped = (amount: number, separator: string): string => String(amount).replace(/\B(?=(\d{3})+$)/g, separator);
const styles: readonly ((amount: number) => string)[] = [
  String,
  (amount) => grouped(amount, '.'),
  (amount) => grouped(amount, ','),
  (amount) => grouped(amount, ' '),
  (amount) => `${grouped(amount, '.')},00`,
  (amount) => `${grouped(amount, ',')}.00`,
  (amount) => `${amount}.00`,
  (amount) => `${grouped(amount, '.')} VND`,
  (amount) => `${grouped(amount, ',')} ₫`,
];

const movement = fc.record({
  amount: fc.oneof(fc.integer({ min: 1, max: 9_999 }), fc.integer({ min: 1, max: 999_999_999_999 })),
  style: fc.nat(styles.length - 1),
  isCredit: fc.boolean(),
  content: fc.string({ unit: 'grapheme', maxLength: 30 }),
});

const camt = `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt><Acct><Id><Othr><Id>0011001932418</Id></Othr></Id></Acct>${'<Ntry><Amt Ccy="VND">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-01</Dt></BookgDt><NtryDtls><TxDtls><RmtInf><Ustrd>NGUYEN</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>'.repeat(3)}</Stmt></BkToCstmrStmt></Document>`;
const mt940 =
  ':20:A\r\n:25:0011001932418\r\n:28C:1\r\n:60F:C261101VND1,\r\n:61:2611011101C5,NTRFX//Y\r\n:86:NGUYEN\r\n VAN\r\n:62F:C261101VND6,\r\n-\r\n';
const table: SampleTable = [
  ['Số tài khoản:', '0011001932418', 'Số dư đầu kỳ:', '5'],
  header,
  ['02/11/2026', '1', '', '1.000', 'NGUYEN VAN MAU nộp lệ phí'],
  [{ serial: 46_328 }, '2', 1_000, '', { runs: ['LE', ' THI'] }],
  ['Tổng cộng', '', '1.000', '1.000', ''],
];
const files: readonly Uint8Array[] = [
  Buffer.from(csvOf(table)),
  Buffer.from(csvOf(table, ';')),
  windows1258(csvOf(table)),
  Buffer.from(htmlOf(table)),
  Buffer.from(`\ufeff${htmlOf(table)}`, 'utf16le'),
  workbookOf([table]),
  workbookOf([table], { isShared: false }),
  Buffer.from(camt),
  Buffer.from(mt940),
];

/** Rows, or a refusal: anything else is thrown on and fails the test. */
async function ends(bytes: Uint8Array): Promise<void> {
  try {
    const { rows, rowCount } = await reading(bytes, [], 700);
    expect(rows).toHaveLength(rowCount);
    for (const { amount, content } of rows) expect([amount.isPositive(), content.normalize('NFC')]).toEqual([true, content]);
  } catch (error) {
    if (!(error instanceof StatementRefused)) throw error;
  }
}

describe('every file', () => {
  it('tells each amount as it was written, in any style, side and form', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(movement, { minLength: 1, maxLength: 20 }), async (movements) => {
        const rows = movements.map(({ amount, style, isCredit, content }, at) => {
          const written = styles[style]!(amount);
          return ['02/11/2026', `R${at}`, isCredit ? '' : written, isCredit ? written : '', content];
        });
        for (const make of [csvOf, htmlOf, (one: SampleTable) => workbookOf([one])]) {
          const read = await reading(make([header, ...rows]));
          expect(read.rejected).toEqual([]);
          expect(read.rows.map(({ amount, direction }) => [amount.toJSON(), direction])).toEqual(
            movements.map(({ amount, isCredit }) => [amount, isCredit ? 'in' : 'out']),
          );
        }
      }),
      { numRuns: 30 },
    );
  });

  it('ends in rows or in a refusal, whatever its bytes are', async () => {
    const beginnings = [
      '',
      'PK\u0003\u0004',
      '<html><table>',
      '<?xml version="1.0"?><Document>',
      ':20:',
      'Ngày giao dịch,Nợ,Có,Mô tả\n',
      '\u00ff\u00fe',
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 600 }), async (beginning, rest) =>
        ends(Buffer.concat([Buffer.from(beginning, 'latin1'), rest])),
      ),
      { numRuns: 400 },
    );
  });

  it('ends so too where a good file was cut, or some of its bytes are others', async () => {
    const change = fc.record({ at: fc.nat(100_000), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(change, { maxLength: 6 }),
        fc.nat(100_000),
        fc.boolean(),
        async (file, changes, cut, isCut) => {
          const bytes = Buffer.from(file);
          for (const { at, byte } of changes) bytes[at % bytes.length] = byte;
          await ends(isCut ? bytes.subarray(0, cut % bytes.length) : bytes);
        },
      ),
      { numRuns: 400 },
    );
  });
});
