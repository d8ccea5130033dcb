// A catalogue of fees sent on the form: how far it is, what differs, and versions drafted of chosen rows.
import request from 'supertest';
import { compareCatalogue } from '../../src/actions/compareCatalogue';
import { csv } from '../support/catalogues';
import { clockAt } from '../support/feeStaff';
import { openTestService, type TestService } from '../support/office';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

const clock = clockAt('2026-11-21T09:00:00');
let service: TestService;
let drafter: Visitor;
beforeAll(async () => {
  service = await openTestService('SQLite', { replace: { now: clock.now } });
  drafter = await visitorAt(service, 'ketoan');
});
afterAll(() => service.end());

describe('A catalogue sent by form', () => {
  const send = async (content: string, login = 'ketoan', token?: string) => {
    const cookie = await cookieOf(login);
    const page = await request(service.server).get('/ratios').set('cookie', cookie);
    const formToken = token ?? /name="formToken" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    return request(service.server)
      .post('/fee-import')
      .set('cookie', cookie)
      .set('accept', 'text/html')
      .field('formToken', formToken)
      .attach('file', Buffer.from(content), 'danh mục.csv');
  };
  const compared = async (content: string): Promise<string> => {
    const answer = await send(content);
    expect([answer.status, answer.text]).toEqual([303, expect.anything()]);
    const address = String(answer.headers['location']);
    expect((await drafter.get(address)).text).toContain('<progress');
    const polled = await request(service.server)
      .get(address)
      .set('cookie', await cookieOf('ketoan'))
      .set('hx-request', 'true');
    expect([polled.status, polled.text]).toEqual([200, expect.stringContaining('<progress')]);
    await compareCatalogue(service.ctx, () => Promise.resolve());
    return address;
  };

  it('shows how far it is, then its differences by kind, flagged ones to look at only', async () => {
    const address = await compared(
      csv('2.000927,,Phí,1,27.000 đồng,,Thông tư 8/2027/TT-BTC', '2.001035,,Phí,1,90 VNĐ,,', '2.000528,,Lệ phí,1,Miễn phí,do HĐND,'),
    );
    const page = await drafter.get(address);
    expect(textOf(page.text)).toMatch(/Nhầm đơn vị.*có lẽ 90\.000 ₫.*Không được thu theo dòng này/);
    expect(textOf(page.text)).toContain('“Miễn phí” không đúng');
    const only = textOf((await drafter.get(`${address}?kind=unit_error`)).text);
    expect(only).toContain('90 VNĐ');
    expect(only).not.toContain('27.000 đồng');
  });

  it('lets an officer draft versions of chosen rows', async () => {
    const address = await compared(csv('2.001016,,Phí,1,55.000 đồng,,Thông tư 8/2027/TT-BTC'));
    const position = /name="row\.(\d+)"/.exec((await drafter.get(address)).text)?.[1] ?? '';
    const chosen = { from: '2027-01-01', reason: 'Theo danh mục', [`row.${position}`]: 'yes' };
    expect((await drafter.post(address, { ...chosen, [`row.${position}`]: '' })).status).toBe(303);
    const { from: from, reason } = chosen;
    expect((await drafter.post(address, { from, reason })).status).toBe(400);
    const history = textOf((await drafter.get('/fee-schedule/fees/CT-2.001016')).text);
    expect(history).toMatch(/từ 01\/01\/2027.*55\.000 ₫.*Chờ duyệt/);
  });

  it('says on its own page why nothing is drafted, and stays on the part of the list that was chosen from', async () => {
    const header = 'Mã TTHC,Tên TTHC,Tên phí lệ phí,Loại,Mức thu,Căn cứ pháp lý,Mã lĩnh vực,Hiệu lực từ';
    const rows = Array.from(
      { length: 60 },
      (_, at) => `1.9876${String(at + 10)},Thủ tục ${at},Phí ${at},Phí,30.000 đồng,NQ 1,CHUNG_THUC,01/06/2027`,
    );
    const address = await compared(`${header}\n${rows.join('\n')}\n`);
    const next = /href="([^"]*after=\d+[^"]*)"/.exec((await drafter.get(address)).text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const page = (await drafter.get(next)).text;
    const action = /<form method="post" action="([^"]*fee-import[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const position = /name="row\.(\d+)"/.exec(page)?.[1] ?? '';
    const answer = await drafter.post(action, { from: '2027-01-01', reason: 'Theo danh mục', [`row.${position}`]: 'yes' });
    expect([answer.status, answer.text]).toEqual([409, expect.stringContaining(`name="row.${position}"`)]);
    expect(textOf(answer.text)).toContain('ngày áp dụng nằm ngoài hiệu lực của dòng');
  });

  it('names the procedure and the fee of each row, and has one box for a row that can be drafted', async () => {
    const law = 'Thông tư 8/2027/TT-BTC';
    const header = 'Mã TTHC,Tên phí lệ phí,Loại,Mức thu,Căn cứ pháp lý,Hiệu lực từ';
    const address = await compared(
      `${header}\n2.001406,Phí chứng thực văn bản phân chia di sản,Phí,55.000 đồng,${law},01/03/2027\n2.000815,,Phí,9.000 đồng,${law},\n`,
    );
    const page = (await drafter.get(address)).text;
    expect(textOf(page)).toMatch(/2\.001406 Phí chứng thực văn bản phân chia di sản/);
    expect(textOf(page)).toContain('Hiệu lực theo danh mục: từ 01/03/2027');
    expect(textOf(page)).toContain('Nếu soạn: từ 01/03/2027');
    expect(textOf(page)).toContain('cách tính phức tạp: hãy soạn tay');
    const boxes = [...page.matchAll(/name="row\.(\d+)"/g)];
    expect(boxes).toHaveLength(1);
    const chosen = await drafter.post(address, { reason: 'Theo danh mục', [`row.${boxes[0]?.[1] ?? ''}`]: 'yes' });
    expect(chosen.status).toBe(303);
    const after = (await drafter.get(address)).text;
    expect(after).toMatch(/href="\/fee-schedule\/versions\/[^"]+"[^>]*>Đã soạn/);
    expect(after).not.toContain('name="row.');
  });

  it('counts the records of JSON, and is refused with a sentence where its end is missing', async () => {
    const list = [
      { procedureCode: '2.000884', amount: 20000 },
      { procedureCode: '2.000927', amount: 26000 },
    ];
    const address = await compared(JSON.stringify(list));
    expect(textOf((await drafter.get(address)).text)).toMatch(/Bản ghi .* 2 2\.000927/);
    const cut = await compared(JSON.stringify(list).slice(0, -20));
    const page = textOf((await drafter.get(cut)).text);
    expect(page).toContain('Tệp bị cắt ngang: thiếu phần cuối. Chưa so sánh gì');
    expect(page).not.toContain('Danh mục không có');
  });

  it('is refused from somebody else’s page, from who may not, and from nobody', async () => {
    expect((await send('x', 'ketoan', 'forged')).status).toBe(403);
    expect((await send('x', 'lanhdao')).status).toBe(403);
    const nobody = await request(service.server).post('/fee-import').set('accept', 'text/html').attach('file', Buffer.from('x'), 'x.csv');
    expect([nobody.status, nobody.headers['location']]).toEqual([303, '/sign-in']);
    const plain = await request(service.server)
      .post('/fee-import')
      .set('cookie', await cookieOf('ketoan'))
      .set('accept', 'text/html')
      .type('form')
      .send({ a: 'b' });
    expect(plain.status).toBe(400);
  });

  it('that cannot be compared says so, in either language, and names nothing as found', async () => {
    const address = String((await send(csv('2.000884,,Phí,1,20.000 đồng,,'))).headers['location']);
    const failures = new Map<string, number>();
    const compare = () => compareCatalogue(service.ctx, () => Promise.reject(new Error('a fault of ours')), failures);
    for (let tries = 1; tries <= 5; tries++) await compare().catch(() => undefined);
    expect(textOf((await drafter.get(address)).text)).toContain('So sánh không thành công nhiều lần');
    const english = await request(service.server)
      .get(address)
      .set('cookie', `${await cookieOf('ketoan')}; language=en`);
    expect(textOf(english.text)).toContain('Comparing it failed again and again');
  });

  it('with a number in a note that is far too long is shown all the same', async () => {
    const address = await compared(csv(`2.000884,,Phí,1,10.000 đồng,${'9'.repeat(30)} đồng,Thông tư 9/2027/TT-BTC`));
    expect((await drafter.get(address)).status).toBe(200);
    expect((await drafter.get(`${address}?after=99999999999`)).status).toBe(400);
  });

  it('of no known columns is refused with a sentence', async () => {
    const answer = await send('a,b\n1,2\n');
    await compareCatalogue(service.ctx, () => Promise.resolve());
    expect(textOf((await drafter.get(String(answer.headers['location']))).text)).toContain('Không thấy cột mã TTHC và mức thu');
  });
});

async function cookieOf(login: string): Promise<string> {
  const answer = await request(service.server).post('/sign-in').type('form').send({ login, password: 'demo' });
  return String(answer.headers['set-cookie']).split(';')[0] ?? '';
}
