// The screens of shifts, deposits and the State budget: an officer counts and closes, a supervisor confirms, nobody decides alone.
import { dayOf } from '../../src/domain/time';
import { cashDeskAt } from '../support/cashDesk';
import { openTestService, type TestService } from '../support/office';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

describe('cash on the screens', () => {
  let service: TestService;
  let desk: ReturnType<typeof cashDeskAt>;
  let officer: Visitor;
  let accountant: Visitor;
  let supervisor: Visitor;
  beforeAll(async () => {
    service = await openTestService('SQLite');
    desk = cashDeskAt(service);
    officer = await visitorAt(service, 'quay1');
    accountant = await visitorAt(service, 'ketoan');
    supervisor = await visitorAt(service, 'ketoantruong');
  });
  afterAll(() => service.end());

  const seen = async (visitor: Visitor, path: string): Promise<string> => textOf((await visitor.get(path).expect(200)).text);
  const month = () => dayOf(service.ctx.now()).slice(0, 7);

  it('the counter opens a shift with one key, and shows what should lie in the drawer', async () => {
    expect((await officer.get('/counter')).text).toMatch(/href="\/counter\/shift" data-key="F4"/);
    expect((await officer.get('/shifts')).text).toContain('href="/counter/shift"');
    expect((await supervisor.get('/shifts')).text).not.toContain('href="/counter/shift"');
    await supervisor.get('/counter/shift').expect(403);
    expect((await officer.get('/counter/shift').expect(200)).text).toMatch(/name="float"[^>]*value="0"/);
    const odd = await officer.post('/counter/shift', { float: '1,5' });
    expect([odd.status, textOf(odd.text).includes('Số tiền chưa đúng dạng')]).toEqual([400, true]);
    expect(odd.text).toContain('value="1,5"');
    expect((await officer.post('/counter/shift', { float: '0' })).headers['location']).toBe('/counter');
    expect((await officer.get('/counter/shift')).headers['location']).toMatch(/^\/shifts\/sh_/);
    await desk.paidInCash();
    const { text } = await officer.get('/counter').expect(200);
    expect(text).toMatch(/href="\/shifts\/sh_[^"]+" data-key="F4"/);
    expect(textOf(text)).toContain('21.000 ₫');
    expect((await officer.post('/counter/shift', {})).headers['location']).toBe('/counter?refused=shift_already_open');
  });

  it('the count is typed note by note; what is wrong comes back beside its field with all that was typed', async () => {
    const { id } = await desk.openShiftOf('quay-1');
    const send = (fields: Record<string, string>) => officer.post(`/shifts/${id}/close`, fields);
    expect(textOf((await send({ 'pieces.20000': '1', counted: '20000' })).text)).toContain('Chỉ ghi một cách');
    expect(textOf((await send({})).text)).toContain('Ghi số tờ theo mệnh giá, hoặc tổng số tiền.');
    const short = await send({ 'pieces.20000': '1', handOn: '0' });
    expect([short.status, textOf(short.text).includes('cần ghi lý do thừa, thiếu quỹ')]).toEqual([409, true]);
    expect(short.text).toContain('name="pieces.20000" inputmode="numeric" maxlength="6" autocomplete="off" value="1"');
    expect(textOf(short.text)).toContain('Đếm được 20.000 ₫ Thiếu quỹ 1.000 ₫');
    expect([...short.text.matchAll(/name="([^"]+)"[^>]* autofocus/g)].map(([, name]) => name)).toEqual(['reason']);
    const odd = await send({ 'pieces.500000': '1', 'pieces.20000': 'x' });
    expect([...odd.text.matchAll(/name="([^"]+)"[^>]* autofocus/g)].map(([, name]) => name)).toEqual(['pieces.20000']);
    const closed = await send({ 'pieces.20000': '1', reason: 'Trả nhầm 1.000 đồng' });
    expect(closed.headers['location']).toBe(`/shifts/${id}`);
    expect(await seen(officer, `/shifts/${id}`)).toMatch(/Thiếu quỹ 1\.000 ₫/);
    expect((await officer.get(`/shifts/${id}`)).text).not.toContain(`/shifts/${id}/close`);
  });

  it('the supervisor finds the difference in the overview and confirms it with two tabs open: once', async () => {
    const { id } = await desk.openShiftOf('quay-1');
    const overview = await seen(supervisor, '/shifts');
    expect(overview).toContain('Chênh lệch chờ xác nhận');
    expect(overview).toContain('Trả nhầm 1.000 đồng');
    const confirm = () => supervisor.post(`/shifts/${id}/confirm`, { reason: 'Cán bộ bồi hoàn' });
    const answers = [await confirm(), await confirm()];
    expect(answers.map(({ headers }) => headers['location'])).toEqual([`/shifts/${id}`, `/shifts/${id}?refused=shift_difference_unknown`]);
    expect(await seen(supervisor, `/shifts/${id}?refused=shift_difference_unknown`)).toContain('không có thừa, thiếu quỹ chờ xác nhận');
    expect(await desk.booked('cash_short:H26.101')).toBe(1_000);
  });

  it('cash goes back from the counter: asked there, approved by the supervisor, paid out in an open shift', async () => {
    const id = await desk.paidInCash();
    const panel = await officer.get(`/counter?obligation=${id}&step=cancel`).expect(200);
    expect(textOf(panel.text)).toContain('Đề nghị trả lại 21.000 ₫ tiền mặt');
    const asked = await officer.post('/counter/cancel', { obligation: id, refund: 'cash', reason: 'Công dân rút hồ sơ' });
    expect(asked.headers['location']).toBe('/shifts');
    const returnId = /\/cash-returns\/([^/"]+)\/withdraw/.exec((await officer.get('/shifts')).text)?.[1] ?? '';
    expect((await officer.get('/shifts')).text).not.toContain(`/cash-returns/${returnId}/approve`);
    await supervisor.post(`/cash-returns/${returnId}/approve`, { back: '/shifts' });
    expect((await officer.get('/shifts')).text).toContain(`/cash-returns/${returnId}/pay`);
    await officer.post(`/cash-returns/${returnId}/pay`, { back: '/shifts', counter: 'quay-1' });
    const explained = await seen(officer, `/obligations/${id}`);
    for (const words of ['Đã hủy', 'Trả lại tiền mặt', 'Tổng Nợ bằng tổng Có']) expect(explained).toContain(words);
    expect(
      (await officer.post(`/cash-returns/${returnId}/pay`, { back: 'https://elsewhere.example', counter: 'quay-1' })).headers['location'],
    ).toBe('/shifts?refused=cash_return_changed');
  });

  it('the cash book shows every movement with its balance, and nobody sees that of another commune', async () => {
    const text = await seen(officer, '/cash-book');
    for (const words of ['Tồn đầu ngày', 'Thu tiền mặt', 'Trả lại tiền mặt', 'Thừa, thiếu quỹ đã xác nhận', 'Tồn cuối ngày'])
      expect(text).toContain(words);
    await officer.get('/cash-book?agency=H26.90').expect(404);
    await (await visitorAt(service, 'quantri')).get('/shifts').expect(403);
  });

  it('a deposit is recorded from the shifts that wait; an amount that is not their sum comes back', async () => {
    const page = (await officer.get('/deposits').expect(200)).text;
    expect(page).toMatch(/name="amount"[^>]*value="20\.000"/);
    const shift = /name="(shift\.sh_[^"]+)"/.exec(page)?.[1] ?? '';
    const fields = { agency: 'H26.101', [shift]: 'on', day: dayOf(service.ctx.now()), slip: 'GNT 0004711' };
    expect(textOf((await officer.post('/deposits', { ...fields, amount: '19.000' })).text)).toContain('khác tổng tiền của các ca đã chọn');
    const { headers } = await officer.post('/deposits', { ...fields, amount: '20.000' });
    expect(headers['location']).toMatch(/^\/deposits\/cd_/);
    expect(await seen(accountant, String(headers['location']))).toMatch(/NTM\d{7}/);
    expect(await seen(officer, '/deposits')).toContain('Không còn tiền mặt nào chờ nộp.');
  });

  it('the State budget: a rate is proposed, approved by another, a slip drafted, approved by another and sent', async () => {
    await desk.paidInCash();
    const unit = `/remittances?month=${month()}&agency=H26.101`;
    expect(await seen(accountant, unit)).toContain('Chưa có tỷ lệ: nộp toàn bộ');
    const rate = { agency: 'H26.101', month: month(), fee: 'CT-2.000815', day: '5', basis: 'TT 226/2016/TT-BTC', from: '2026-01-01' };
    const wrong = await accountant.post('/retentions', { ...rate, percent: '150' });
    expect([wrong.status, textOf(wrong.text).includes('Từ 0 đến 100')]).toEqual([400, true]);
    await accountant.post('/retentions', { ...rate, percent: '50' });
    expect((await accountant.get(unit)).text).not.toMatch(/\/retentions\/[^/]+\/approve/);
    const retention = /\/retentions\/([^/"]+)\/approve/.exec((await supervisor.get(unit)).text)?.[1] ?? '';
    await supervisor.post(`/retentions/${retention}/approve`, { agency: 'H26.101', month: month() });
    expect(await seen(accountant, unit)).toMatch(/42\.000 ₫ 50 % 21\.000 ₫ 21\.000 ₫/);
    const own = String((await supervisor.post('/remittances', { agency: 'H26.101', month: month() })).headers['location']);
    expect((await supervisor.get(own)).text).not.toContain(`${own}/approve`);
    expect((await supervisor.post(`${own}/approve`, {})).headers['location']).toBe(`${own}?refused=second_person_required`);
    await accountant.post(`${own}/withdraw`, { reason: 'Lập lại' });
    const slip = String((await accountant.post('/remittances', { agency: 'H26.101', month: month() })).headers['location']);
    expect((await accountant.post(`${slip}/approve`, {})).status).toBe(303);
    expect(await seen(accountant, slip)).toContain('Chờ duyệt');
    await supervisor.post(`${slip}/approve`, {});
    await accountant.post(`${slip}/send`, {});
    expect(await seen(accountant, slip)).toMatch(/Đã gửi ngân hàng[^]*Sao kê chưa có tiền ra đủ số tiền này/);
    expect(await seen(await visitorAt(service, 'thanhtra'), slip)).not.toContain('Rút giấy này');
  });
});
