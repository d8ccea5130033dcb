// The screens of statements: a file is dropped, its progress seen, its faults and spoilt rows told, its held lines decided, a layout mapped.
import request from 'supertest';
import { importNext } from '../../src/actions/importStatement';
import { tell } from '../support/bank';
import { databases, openTestService, type TestService } from '../support/office';
import { importedFrom, statementCsv, type ListedLine, type StatementGiven } from '../support/statementFiles';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

const day = '2026-11-19';
const line = (given: Partial<ListedLine>): ListedLine => ({ day, reference: 'W1', credit: 31_000, content: 'nop tien', ...given });

describe.each(databases)('The screens of statements on %s', (kind) => {
  let service: TestService;
  let officer: Visitor;
  beforeAll(async () => {
    service = await openTestService(kind);
    officer = await visitorAt(service, 'ketoan');
  });
  afterAll(() => service.end());

  const readAll = async () => {
    while (await importNext(service.ctx, async () => undefined));
  };
  /** Drops a file as the browser does; no account: that of the number in the file. */
  const sent = async (file: Buffer, account = 'acc-h26-101', token?: string) => {
    const page = await officer.get('/statements').expect(200);
    const formToken = token ?? /name="formToken" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const cookie = String(page.request.getHeader('cookie'));
    return request(service.server)
      .post('/statements')
      .set('accept', 'text/html')
      .set('cookie', cookie)
      .field('formToken', formToken)
      .field('account', account)
      .attach('file', file, 'Sao kê tháng 11.csv');
  };
  /** Where it leads. */
  const drop = async (...given: Parameters<typeof sent>): Promise<string> => {
    const answer = await sent(...given);
    return answer.status === 303 ? String(answer.headers['location']) : `refused ${answer.status}`;
  };
  const read = async (given: StatementGiven): Promise<string> => `/statements/${(await importedFrom(service, given)).id}`;
  const wordsAt = async (address: string): Promise<string> => textOf((await officer.get(address).expect(200)).text);

  it('say in words when nothing was sent yet', async () => {
    expect(textOf((await officer.get('/statements').expect(200)).text)).toContain('Chưa có sao kê nào được tải lên');
  });

  it('take a file, show how far it is, and then what was found in it', async () => {
    const lines = [line({}), line({ reference: 'W2', content: 'nop lan hai' }), { day, reference: 'W3', content: 'khong co tien' }];
    const at = await drop(statementCsv({ lines, opening: 100_000, closing: 170_000 }));
    const waiting = await officer.get(at).expect(200);
    expect(textOf(waiting.text)).toContain('Chờ đọc');
    expect(waiting.text).toContain('hx-trigger="every 1s"');
    expect((await officer.get(at).set('hx-request', 'true').expect(200)).text).toContain('<progress');
    await readAll();
    expect((await officer.get(at).set('hx-request', 'true').expect(200)).headers['hx-redirect']).toBe(at);
    const words = textOf((await officer.get(at).expect(200)).text);
    expect(words).toContain('Sao kê tháng 11.csv');
    expect(words).toMatch(/Số dòng 3 Đã biết từ trước 0 Giao dịch mới 2 Chờ người xem 0 Dòng hỏng 1/);
    expect(words).toContain('Số dư cuối kỳ trong tệp là 170.000 ₫; số dư đầu kỳ cộng các dòng ra 162.000 ₫.');
    expect(words).toContain('Không có số tiền.');
    const listed = await officer.get(`${at}/lines?kind=new`).expect(200);
    expect(textOf(listed.text)).toMatch(/W1 nop tien 31\.000\s₫/);
    expect(listed.text.match(/href="\/transactions\/tx_/g)).toHaveLength(2);
  });

  it('put a held line beside what it may be; it is decided with a reason, once in two tabs, and taken back', async () => {
    await tell(service, { id: 8101, content: 'le phi ho tich', amount: 47_000, time: `${day} 09:00:00` }).expect(200);
    const at = await drop(statementCsv({ lines: [line({ reference: 'W9', credit: 47_000, content: 'IBFT tien dien' })] }));
    await readAll();
    const page = (await officer.get(at).expect(200)).text;
    expect(textOf(page)).toMatch(/Dòng trên sao kê.*IBFT tien dien.*Giao dịch đã được báo.*le phi ho tich/);
    const [, action = ''] = /action="(\/statement-lines\/\d+\/decide)"/.exec(page) ?? [];
    const [, transactionId = ''] = /name="choice" value="(tx_\w+)"/.exec(page) ?? [];
    expect((await officer.post(action, { choice: transactionId, reason: '' })).status).toBe(400);
    expect((await officer.post(action, { choice: transactionId, reason: 'Đã gọi người nộp' })).status).toBe(303);
    expect((await officer.post(action, { choice: 'new', reason: 'Thẻ thứ hai' })).status).toBe(409);
    const decided = (await officer.get(at).expect(200)).text;
    expect(textOf(decided)).toMatch(/Đã quyết định.*Kế toán · Là một khoản: Đã gọi người nộp/);
    expect((await officer.post(action.replace('decide', 'undo'), { reason: 'Nhầm người' })).status).toBe(303);
    expect(textOf((await officer.get(at)).text)).toMatch(/Chờ người xem 1.*Đã thu lại: Nhầm người/);
    const inspector = await visitorAt(service, 'thanhtra');
    const seen = (await inspector.get(at).expect(200)).text;
    expect(seen).not.toContain('name="choice"');
    expect((await inspector.post(action, { choice: 'new', reason: 'x' })).status).toBe(403);
  });

  it('refuse the statement of another account with a sentence, and show it in the list', async () => {
    const at = await drop(statementCsv({ lines: [line({ reference: 'W20' })] }), 'acc-h26-90');
    await readAll();
    expect(textOf((await officer.get(at)).text)).toContain('Sao kê này của tài khoản khác với tài khoản đã chọn');
    expect(textOf((await officer.get('/statements?account=acc-h26-90')).text)).toContain('Không nhận');
  });

  it('let a person map an unknown layout once; the file is read with it, and the next one like it by itself', async () => {
    const file = (reference: string) =>
      Buffer.from(
        `Wann,Beleg,Eingang,Ausgang,Wofür\n19/11/2026,${reference},58000,,Gebühr eins\n19/11/2026,${reference}1,,2000,Gebühr zwei\n`,
      );
    const at = await drop(file('M1'));
    await readAll();
    expect(textOf((await officer.get(at)).text)).toContain('Chưa biết mẫu sao kê này');
    const mapping = await officer.get(`${at}/layout`).expect(200);
    expect(textOf(mapping.text)).toMatch(/Wann.*Beleg.*Eingang.*Ausgang.*Wofür.*Gebühr eins/);
    const half = { name: 'Ngân hàng mẫu', 'column.0': 'day', 'column.2': 'credit', debitIs: 'out' };
    expect((await officer.post(`${at}/layout`, half)).status).toBe(400);
    const whole = { ...half, 'column.1': 'reference', 'column.3': 'debit', 'column.4': 'content' };
    expect((await officer.post(`${at}/layout`, whole)).status).toBe(303);
    await readAll();
    expect(textOf((await officer.get(at)).text)).toMatch(/Số dòng 2 Đã biết từ trước 0 Giao dịch mới 2/);
    const next = await drop(file('M2'));
    await readAll();
    expect(textOf((await officer.get(next)).text)).toMatch(/Số dòng 2 Đã biết từ trước 0 Giao dịch mới 2/);
    expect((await officer.post(`${at}/layout`, whole)).status).toBe(409);
  });

  it('find the account by the number in the file, and name a number that is none of ours', async () => {
    const form = await officer.get('/statements').expect(200);
    expect(form.text).toContain('<option value="">Theo số tài khoản trong tệp</option>');
    const at = await drop(statementCsv({ lines: [line({ reference: 'N1' })] }), '');
    expect(await wordsAt(at)).toContain('Vietcombank 1026101000');
    const refused = await sent(statementCsv({ account: '0099887766', lines: [line({ reference: 'N2' })] }), '');
    expect(refused.status).toBe(422);
    expect(textOf(refused.text)).toMatch(/Sao kê Tải sao kê.*số tài khoản 0099887766/);
    const silent = await sent(Buffer.from('Wann,Wieviel,Wozu\n19/11/2026,1000,abc\n'), '');
    expect(textOf(silent.text)).toContain('hãy chọn tài khoản');
    expect((await sent(Buffer.from('chao'), '')).status).toBe(422);
    await readAll();
  });

  it('offer a refused file to the account whose number it states, and another try where there is none', async () => {
    const at = await drop(statementCsv({ lines: [line({ reference: 'N3', credit: 33_000 })] }), 'acc-h26-90');
    await readAll();
    expect(await wordsAt(at)).toMatch(/của tài khoản khác.*số tài khoản 1026101000.*Nhận vào Vietcombank 1026101000/);
    const moved = await officer.post(`${at}/resend`, { account: 'acc-h26-101' });
    expect(moved.status).toBe(303);
    await readAll();
    expect(await wordsAt(String(moved.headers['location']))).toMatch(/Vietcombank 1026101000.*Giao dịch mới 1/);
    expect((await officer.post(`${String(moved.headers['location'])}/resend`, { account: 'acc-h26-101' })).status).toBe(409);
    const other = await drop(statementCsv({ account: '0099887766', lines: [line({ reference: 'N4' })] }));
    await readAll();
    expect(await wordsAt(other)).toMatch(/số tài khoản 0099887766.*Tải tệp khác/);
  });

  it('lead on to the days that a file covers, and say when it was sent and of which days it is', async () => {
    const at = await read({ lines: [line({ reference: 'D1', day: '2026-11-17' }), line({ reference: 'D2', day: '2026-11-18' })] });
    const page = await officer.get(at).expect(200);
    expect(page.text).toContain('href="/days/acc-h26-101/2026-11-17"');
    expect(textOf(page.text)).toMatch(
      /Tải lên lúc .* Kỳ 17\/11\/2026 – 18\/11\/2026.*Đối soát ngày 17\/11\/2026 Đối soát ngày 18\/11\/2026/,
    );
    const long = await read({ lines: [line({ reference: 'D3', day: '2026-09-01' }), line({ reference: 'D4', day: '2026-10-20' })] });
    expect((await officer.get(long)).text.match(/href="\/days\/acc-h26-101/g)).toHaveLength(7);
  });

  it('say what of a file was compared, and what was not', async () => {
    const at = await read({ lines: [line({ reference: 'B1', balance: 500_000 })] });
    expect(await wordsAt(at)).toContain('không ghi đủ số dư đầu kỳ và cuối kỳ, cũng không ghi tổng số');
    const lines = [line({ reference: 'B2' })];
    const fitting = await read({ lines, opening: 100_000, closing: 131_000, trailer: ['Tổng ghi có: 31000'] });
    expect(await wordsAt(fitting)).toContain('Đã so: số dư cuối kỳ, tổng ghi có.');
  });

  it('show spoilt rows where nobody overlooks them, in the list too', async () => {
    const at = await read({ lines: [line({ reference: 'S1' }), { day, reference: 'S2', content: 'khong co tien' }] });
    const page = await wordsAt(at);
    expect(page).toMatch(/Đã đọc, 1 dòng hỏng.*1 dòng trong tệp chưa được ghi nhận/);
    const list = (await officer.get('/statements').expect(200)).text;
    expect(textOf(list)).toMatch(/Đã đọc, 1 dòng hỏng/);
    expect(list).toContain(`href="${at}#rejected"`);
  });

  it('show the references of the very file, beside those that the bank gave first', async () => {
    const old = line({ reference: 'HT000001', credit: 71_000, balance: 900_000 });
    const first = await read({ lines: [old] });
    const later = await read({ lines: [{ ...old, reference: 'HT000011' }] });
    expect(await wordsAt(`${later}/lines?kind=known`)).toContain('HT000011 nối với HT000001 (ngân hàng đổi số)');
    expect(await wordsAt(`${first}/lines`)).not.toContain('HT000011');
  });

  it('say of an empty file that it is empty, within the page and in the list; and ask nobody to map what is no table', async () => {
    const empty = await sent(Buffer.from(''));
    expect(empty.status).toBe(400);
    expect(textOf(empty.text)).toMatch(/Đăng xuất.*Tệp sao kê trống/);
    expect(textOf((await sent(Buffer.from(''), '')).text)).toContain('Tệp sao kê trống');
    expect(await wordsAt('/statements')).toMatch(/Không nhận Tệp sao kê trống/);
    const junk = await drop(Buffer.from('hello, this is not a statement\n'));
    await readAll();
    const page = await wordsAt(junk);
    expect(page).toContain('không phải sao kê');
    expect(page).not.toContain('Chỉ cột nào là gì');
  });

  it('say of a held line that it may be one of an earlier list in other words; what was decided is taken back', async () => {
    const [stays, old] = [
      line({ reference: 'O1', credit: 91_000 }),
      line({ reference: 'O2', credit: 92_000, content: 'ghi lan dau', balance: 5_000_000 }),
    ];
    await read({ lines: [stays, old] });
    const at = await read({ lines: [stays, { ...old, reference: 'O3', content: 'viet lai het', balance: 5_500_000 }] });
    const held = (await officer.get(at).expect(200)).text;
    expect(textOf(held)).toMatch(/viet lai het.*Đã có trên một sao kê trước.*ghi lan dau/);
    const [, action = ''] = /action="(\/statement-lines\/\d+\/decide)"/.exec(held) ?? [];
    const [, choice = ''] = /name="choice" value="(tx_\w+)"/.exec(held) ?? [];
    expect((await officer.post(action, { choice, reason: 'Đã hỏi ngân hàng' })).status).toBe(303);
    const decided = (await officer.get(at).expect(200)).text;
    expect(decided).toContain(`href="/transactions/${choice}"`);
    expect((await officer.get(`${at}/lines?kind=known`)).text).toContain(`href="${at}#decided"`);
    expect((await officer.post(action.replace('decide', 'undo'), { reason: 'Nhầm' })).status).toBe(303);
    expect(await wordsAt(at)).toMatch(/Chờ người xem 1/);
  });

  it('stop a file before it is read, and neither take one without the form’s own token nor from a counter', async () => {
    const at = await drop(statementCsv({ lines: [line({ reference: 'W30' })] }));
    expect((await officer.post(`${at}/cancel`, {})).status).toBe(303);
    await readAll();
    expect(textOf((await officer.get(at)).text)).toContain('Đã dừng');
    expect((await officer.post(`${at}/cancel`, {})).status).toBe(409);
    expect(await drop(statementCsv({ lines: [line({})] }), 'acc-h26-101', 'foreign')).toBe('refused 403');
    expect((await (await visitorAt(service, 'quay1')).get('/statements')).status).toBe(403);
  });

  it('speak English too', async () => {
    const page = await officer
      .get('/statements')
      .set('cookie', `${String((await officer.get('/statements')).request.getHeader('cookie'))}; language=en`);
    expect(textOf(page.text)).toContain('Send the bank’s statement');
  });
});
