// The screens of statements: a file is dropped, its progress seen, its faults and spoilt rows told, its held lines decided, a layout mapped.
import request from 'supertest';
import { importNext } from '../../src/actions/importStatement';
import { tell } from '../support/bank';
import { databases, openTestService, type TestService } from '../support/office';
import { statementCsv, type ListedLine } from '../support/statementFiles';
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
  /** Drops a file as the browser does; returns where it leads. */
  const drop = async (file: Buffer, account = 'acc-h26-101', token?: string): Promise<string> => {
    const page = await officer.get('/statements').expect(200);
    const formToken = token ?? /name="formToken" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const cookie = String(page.request.getHeader('cookie'));
    const answer = await request(service.server)
      .post('/statements')
      .set('accept', 'text/html')
      .set('cookie', cookie)
      .field('formToken', formToken)
      .field('account', account)
      .attach('file', file, 'Sao kê tháng 11.csv');
    return answer.status === 303 ? String(answer.headers['location']) : `refused ${answer.status}`;
  };

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
    expect(words).toMatch(/Số dòng 2 Đã biết từ trước 0 Giao dịch mới 2 Chờ người xem 0 Dòng hỏng 1/);
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
    expect(textOf(decided)).toMatch(/Đã quyết định.*Là một khoản: Đã gọi người nộp/);
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
