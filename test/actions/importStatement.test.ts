// A bank's statement: what nobody told us of becomes money once, what was told is known again, and no legitimate line is lost.
import { tell } from '../support/bank';
import { brokenLaws, numberOf, rowsOf } from '../support/books';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { importedFrom, sendStatement, statementCsv, type ListedLine } from '../support/statementFiles';

const day = '2026-11-19';
const nextDay = '2026-11-20';
let sequence = 0;
/** A reference that no other test uses. */
const reference = (): string => `FT26323${String(++sequence).padStart(5, '0')}`;
/** An amount that no other test uses, so that nothing of one test is taken for something of another. */
const amount = (): number => 100_000 + ++sequence * 1_000;
const credit = (given: Partial<ListedLine> = {}): ListedLine => ({
  day,
  reference: reference(),
  credit: amount(),
  content: 'chuyen tien',
  ...given,
});

describe.each(databases)('A statement that is imported on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => (service = await openTestService(kind)));
  afterAll(() => service.end());
  afterEach(async () => expect(await brokenLaws(service.config.databaseUrl)).toEqual([]));

  const count = (text: string) => numberOf(service.config.databaseUrl, text);
  const transactions = () => count('SELECT count(*) FROM incoming_transaction');
  const lines = () => count('SELECT count(*) FROM statement_line');
  const send = (given: readonly ListedLine[], more: object = {}) => importedFrom(service, { lines: given, ...more });
  const issue = async (): Promise<{ id: string; reference: string }> =>
    (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
  const see = async (id: string) => (await service.call('get', `/api/obligations/${id}`).expect(200)).body;
  const decide = (lineId: number, body: object, by = 'ketoan') =>
    service.call('post', `/api/statement-lines/${lineId}/decide`, body, `demo-api-key-${by}`);
  const statement = async (id: string) =>
    (await service.call('get', `/api/statements/${id}`, undefined, 'demo-api-key-ketoan').expect(200)).body;

  it('pays what a line names that no webhook told of, and says how many lines were new', async () => {
    const { id, reference: code } = await issue();
    const answer = await send([credit({ credit: 21_000, content: `NGUYEN VAN A ${code} nop phi` }), credit({ content: 'tien khac' })]);
    expect(answer).toMatchObject({ state: 'read', lines: 2, alreadyKnown: 0, newTransactions: 2, held: 0, rejected: [], balanced: null });
    expect(await see(id)).toMatchObject({ status: 'paid', amounts: { paid: 21_000 }, payments: [{ provider: 'statement' }] });
  });

  it('keeps money that left the account as outgoing, and pays nothing with it', async () => {
    const { id, reference: code } = await issue();
    await send([{ day, reference: reference(), debit: 21_000, content: `hoan tien ${code}` }]);
    expect((await see(id)).status).toBe('open');
    const [row] = await rowsOf(
      service.config.databaseUrl,
      `SELECT state, via FROM incoming_transaction WHERE content = 'hoan tien ${code}'`,
    );
    expect(row).toMatchObject({ state: 'outgoing', via: 'statement' });
  });

  it('adds nothing when the same file is sent again', async () => {
    const file = [credit(), credit(), { day, reference: reference(), debit: amount(), content: 'phi dich vu' }];
    await send(file);
    const before = [await lines(), await transactions()];
    expect(await send(file)).toMatchObject({ lines: 3, alreadyKnown: 3, seenBefore: 3, newTransactions: 0, held: 0 });
    expect([await lines(), await transactions()]).toEqual(before);
  });

  it('is imported once when it is resent after a timeout with the same key, and by five senders at once', async () => {
    const given = { lines: [credit(), credit()] };
    const before = await lines();
    const first = await sendStatement(service, statementCsv(given), { key: 'resent-1' }).expect(201);
    const again = await sendStatement(service, statementCsv(given), { key: 'resent-1' }).expect(201);
    expect(again.body).toEqual(first.body);
    await sendStatement(service, statementCsv({ lines: [credit()] }), { key: 'resent-1' }).expect(409);
    const other = statementCsv({ lines: [credit(), credit(), credit()] });
    const answers = await Promise.all(Array.from({ length: 5 }, () => sendStatement(service, other).expect(201)));
    expect(answers.reduce((sum, { body }) => sum + body.newTransactions, 0)).toBe(3);
    expect(await lines()).toBe(before + 5);
  });

  it('knows a line again that a webhook told of by the same bank reference', async () => {
    const { id, reference: code } = await issue();
    await tell(service, { id: 7001, content: code, amount: 21_000, time: `${day} 10:00:00` }).expect(200);
    const before = await transactions();
    const answer = await send([credit({ reference: 'FT7001', credit: 21_000, content: `REM Tfr Ac: ${code}` })]);
    expect(answer).toMatchObject({ lines: 1, alreadyKnown: 1, seenBefore: 0, newTransactions: 0, held: 0 });
    expect(await transactions()).toBe(before);
    expect(await see(id)).toMatchObject({ status: 'paid', amounts: { paid: 21_000, over: 0 } });
  });

  it('makes one transaction of a line and the webhook that comes after it', async () => {
    const { id, reference: code } = await issue();
    await send([credit({ reference: 'FT7002', credit: 21_000, content: code })]);
    const before = await transactions();
    await tell(service, { id: 7002, content: code, amount: 21_000, time: `${day} 10:00:00` }).expect(200);
    expect(await transactions()).toBe(before);
    expect(await see(id)).toMatchObject({ status: 'paid', amounts: { paid: 21_000, over: 0 } });
  });

  it('knows a transfer of late evening again that the bank books on the next day', async () => {
    const { reference: code } = await issue();
    const sum = amount();
    await tell(service, { id: 7003, content: 'chuyen khoan dem', amount: sum, time: `${day} 23:47:10` }).expect(200);
    await tell(service, { id: 7004, content: `dem ${code}`, amount: 21_000, time: `${day} 22:15:00` }).expect(200);
    const answer = await send([
      credit({ day: nextDay, reference: 'FT7003', credit: sum, content: 'chuyen khoan dem 2' }),
      credit({ day: nextDay, reference: 'BANK-9', credit: 21_000, content: `khac han ${code}` }),
    ]);
    expect(answer).toMatchObject({ lines: 2, alreadyKnown: 2, newTransactions: 0, held: 0 });
  });

  it('knows a line again by our payment reference, or by its whole content, under another bank reference; each transfer once', async () => {
    const { reference: code } = await issue();
    await tell(service, { id: 7005, content: `ck ${code}`, amount: 21_000, time: `${day} 10:00:00` }).expect(200);
    const sum = amount();
    await tell(service, { id: 7006, content: 'Nộp hộ gia đình', amount: sum, time: `${day} 10:00:00` }).expect(200);
    const answer = await send([
      credit({ reference: 'B1', credit: 21_000, content: `MBVCB.1 ${code} CT tu 00` }),
      credit({ reference: 'B2', credit: 21_000, content: `MBVCB.2 ${code} CT tu 00` }),
      credit({ reference: 'B3', credit: sum, content: 'NOP HO GIA DINH' }),
    ]);
    expect(answer).toMatchObject({ lines: 3, alreadyKnown: 2, newTransactions: 1, held: 0 });
  });

  it('holds a line for a person where something of that amount was told with other words, and never merges by amount and day', async () => {
    const [sum, other] = [amount(), amount()];
    await tell(service, { id: 7007, content: 'tien le phi dat', amount: sum, time: `${day} 09:00:00` }).expect(200);
    await tell(service, { id: 7008, content: 'tien le phi nha', amount: other, time: `${day} 09:00:00` }).expect(200);
    const before = await transactions();
    const answer = await send([
      credit({ reference: 'H1', credit: sum, content: 'IBFT 9704 tra no' }),
      credit({ reference: 'H2', credit: other, content: 'IBFT 9704 mua hang' }),
    ]);
    expect(answer).toMatchObject({ lines: 2, alreadyKnown: 0, newTransactions: 0, held: 2 });
    expect(await transactions()).toBe(before);
    const { heldLines } = await statement(answer.id);
    const [first, second] = heldLines;
    expect(first.candidates).toMatchObject([{ content: 'tien le phi dat' }]);

    await decide(first.id, { action: 'same', transactionId: second.candidates[0].transactionId, reason: 'nham' }).expect(409);
    await decide(
      first.id,
      { action: 'same', transactionId: first.candidates[0].transactionId, reason: 'đúng người nộp' },
      'thanhtra',
    ).expect(403);
    await decide(first.id, { action: 'same', transactionId: first.candidates[0].transactionId, reason: 'đúng người nộp' }).expect(200);
    await decide(first.id, { action: 'new', reason: 'hai thẻ cùng mở' }).expect(409);
    await decide(second.id, { action: 'new', reason: 'người khác nộp' }).expect(200);
    expect(await transactions()).toBe(before + 1);
    expect(await statement(answer.id)).toMatchObject({ alreadyKnown: 1, newTransactions: 1, held: 0, heldLines: [] });

    const undo = (id: number) => service.call('post', `/api/statement-lines/${id}/undo`, { reason: 'xem lại' }, 'demo-api-key-ketoan');
    await undo(second.id).expect(409);
    await undo(first.id).expect(200);
    await undo(first.id).expect(409);
    expect(await statement(answer.id)).toMatchObject({ alreadyKnown: 0, held: 1 });
    await decide(first.id, { action: 'new', reason: 'đã hỏi ngân hàng' }).expect(200);
    expect(await transactions()).toBe(before + 2);
  });

  it('never takes a transfer for one that names another payment reference', async () => {
    const [one, other] = [await issue(), await issue()];
    await tell(service, { id: 7009, content: one.reference, amount: 21_000, time: `${day} 10:00:00` }).expect(200);
    const answer = await send([credit({ reference: 'FT7009', credit: 21_000, content: other.reference })]);
    expect(answer).toMatchObject({ newTransactions: 1, held: 0 });
    expect((await see(other.id)).status).toBe('paid');
  });

  describe('that is not as it should be', () => {
    it('of another account is refused whole, with a sentence', async () => {
      const before = await lines();
      const answer = await sendStatement(service, statementCsv({ account: '9999999999', lines: [credit()] })).expect(422);
      expect(answer.body).toMatchObject({ code: 'statement_account_foreign', errors: [{ path: 'statement' }] });
      expect(await lines()).toBe(before);
      expect(await statement(answer.body.errors[0].message)).toMatchObject({ state: 'refused', problem: 'statement_account_foreign' });
    });

    it('in a foreign currency from end to end is refused for that, and not called damaged', async () => {
      const dollars = ':20:S\n:25:1026101000\n:60F:C261118USD100,\n:61:261119C20,NTRFNONREF//F1\n:86:phi\n:62F:C261119USD120,\n-\n';
      const csv = statementCsv({ lines: [credit(), credit()] })
        .toString()
        .replaceAll(/"(\d{6})"/g, '"$1 USD"');
      for (const file of [dollars, csv]) {
        const { body } = await sendStatement(service, Buffer.from(file)).expect(422);
        expect([body.code, body.title]).toEqual(['statement_currency_foreign', expect.stringContaining('foreign currency')]);
      }
    });

    it('of several statements in one message adds up though an older view of the day stands last, and is refused where days between lack one', async () => {
      const list = (from: string, opening: number, to: string, closing: number, ...sums: number[]): string =>
        [
          ':20:S\n:25:1026101000',
          `:60F:C${from}VND${opening},`,
          ...sums.map((sum) => `:61:${to}C${sum},NTRFNONREF//MT${sum}`),
          `:62F:C${to}VND${closing},\n-\n`,
        ].join('\n');
      const [evening, noon] = [list('261109', 100, '261110', 353, 101, 152), list('261109', 100, '261110', 201, 101)];
      const { body } = await sendStatement(service, Buffer.from(evening + noon)).expect(201);
      expect(body).toMatchObject({ lines: 2, balanced: true, faults: [], firstDay: '2026-11-10', lastDay: '2026-11-10' });
      const apart = await sendStatement(service, Buffer.from(list('261001', 0, '261002', 0) + list('261019', 0, '261020', 0))).expect(422);
      expect(apart.body.code).toBe('statement_days_missing');
    });

    it('spoils one row and only that', async () => {
      const csv = statementCsv({ lines: [credit(), { day, reference: reference(), content: 'khong co so tien' }, credit()] });
      const { body } = await sendStatement(service, csv).expect(201);
      expect(body).toMatchObject({ lines: 2, newTransactions: 2, rejected: [{ why: 'amount_missing' }] });
    });

    it('fits its balances, or is flagged', async () => {
      const [one, two] = [credit({ credit: 500_000 }), { day, reference: reference(), debit: 200_000, content: 'chi' }];
      expect(await send([one, two], { opening: 1_000_000, closing: 1_300_000 })).toMatchObject({ balanced: true, faults: [] });
      expect(await send([one, two], { opening: 1_000_000, closing: 1_350_000 })).toMatchObject({
        balanced: false,
        faults: [{ fault: 'closing', stated: 1_350_000, found: 1_300_000 }],
      });
    });

    it('whose trailer lies about its sum is flagged, and its lines are kept all the same', async () => {
      const amounts = [1_500_000, 2_100_000, 8_427_500, 13_500_000, 6_000_000, 7_000_000];
      const answer = await send(
        amounts.map((sum) => credit({ credit: sum, content: `TDI ${sum}` })),
        { trailer: ['Tổng số giao dịch: 6', 'Tổng ghi có: 37337500'] },
      );
      expect(answer).toMatchObject({
        lines: 6,
        newTransactions: 6,
        balanced: false,
        faults: [{ fault: 'credits', stated: 37_337_500, found: 38_527_500 }],
      });
    });

    it('without a header, in an unknown layout, empty or no file at all is refused with a sentence', async () => {
      await sendStatement(service, Buffer.from('')).expect(400);
      const noHeader = await sendStatement(service, Buffer.from('19/11/2026,FT1,,1000,2000,abc\n20/11/2026,FT2,,1000,3000,abc\n'));
      expect(noHeader.status).toBe(422);
      const unknown = await sendStatement(service, Buffer.from('Wann,Wieviel,Wozu\n19/11/2026,1000,abc\n')).expect(422);
      expect(['statement_layout_unknown', 'statement_not_a_statement']).toContain(unknown.body.code);
      await service.call('post', '/api/statements', { account: '1026101000' }, 'demo-api-key-ketoan').expect(400);
    });

    it('is for finance officers, and for accounts in their sight', async () => {
      const csv = statementCsv({ lines: [credit()] });
      expect((await sendStatement(service, csv, { by: 'quay1' })).body.code).toBe('role_insufficient');
      expect((await sendStatement(service, csv, { account: '123' })).body.code).toBe('account_unknown');
      const answer = await service.call('get', '/api/statements', undefined, 'demo-api-key-thanhtra').expect(200);
      expect(answer.body.data.length).toBeGreaterThan(10);
    });
  });
});
