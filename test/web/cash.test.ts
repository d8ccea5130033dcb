// The screens of shifts, deposits and the State budget: an officer counts and closes, a supervisor confirms, nobody decides alone.
import { confirmRemittances } from '../../src/actions/confirmRemittance';
import { listDispositions } from '../../src/actions/listDispositions';
import type { Actor } from '../../src/domain/role';
import { dayOf, type Day, type Instant } from '../../src/domain/time';
import { tell } from '../support/bank';
import { brokenLaws } from '../support/books';
import { cashDeskAt } from '../support/cashDesk';
import { databases, openTestService, type TestService } from '../support/office';
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

describe.each(databases)('a part of what is the State budget’s on %s', (kind) => {
  let service: TestService;
  let desk: ReturnType<typeof cashDeskAt>;
  let accountant: Visitor;
  let supervisor: Visitor;
  const finance: Actor = { kind: 'person', officerId: 'of-ketoan', name: 'Kế toán', role: 'finance_officer', agencyCode: 'H26' };
  beforeAll(async () => {
    service = await openTestService(kind, { replace: { now: () => '2026-11-22T03:00:00.000Z' as Instant } });
    desk = cashDeskAt(service);
    [accountant, supervisor] = [await visitorAt(service, 'ketoan'), await visitorAt(service, 'ketoantruong')];
    for (const time of ['2026-11-20 09:00:00', '2026-10-15 09:00:00', '2026-10-16 09:00:00'])
      await tell(service, { content: (await desk.issued()).reference, amount: 21_000, time }).expect(200);
    await tell(service, { content: 'khong ro', amount: 7_000, time: '2026-11-20 10:00:00' }).expect(200);
    const { data } = (await service.call('get', '/api/transactions?state=unapplied')).body;
    const decision = { action: 'to_budget', reason: 'Không tìm được người nộp' };
    await desk.post(`/transactions/${data[0].id}/resolve`, decision, 'demo-api-key-ketoan').expect(200);
  });
  afterAll(() => service.end());

  type Line = { kind: string; month: string; amount: number };
  const inShort = (lines: Line[]) => lines.map((line) => [line.kind, line.month, line.amount]);
  const slipAt = async (path: string) => (await desk.get(path, 'demo-api-key-ketoan').expect(200)).body;
  const unit = async () => (await slipAt('/remittances?month=2026-11&agency=H26.101')).data[0];
  const draft = (limit: { amount?: number } = {}) =>
    desk.post('/remittances', { agencyCode: 'H26.101', month: '2026-11', ...limit }, 'demo-api-key-ketoan');
  const step = (id: string, act: string, login = 'ketoan') =>
    desk.post(`/remittances/${id}/${act}`, { reason: 'Theo chứng từ' }, `demo-api-key-${login}`).expect(200);
  const owedStill = async () => (await listDispositions(service.ctx, finance, 'to_budget')).list.map(({ amount }) => amount.toJSON());

  it('a sum that is none, or more than is outstanding, comes back beside its field with what was typed', async () => {
    expect(inShort((await unit()).outstanding)).toEqual([
      ['phi', '2026-10', 42_000],
      ['phi', '2026-11', 21_000],
      ['owed', '2026-11', 7_000],
    ]);
    const typed = async (amount: string) => {
      const { status, text } = await accountant.post('/remittances', { agency: 'H26.101', month: '2026-11', amount });
      expect(text).toContain(`name="amount" type="text" value="${amount}"`);
      return [status, textOf(text)];
    };
    expect(await typed('1,5')).toEqual([400, expect.stringContaining('Số tiền chưa đúng dạng')]);
    expect(await typed('70.001')).toEqual([409, expect.stringContaining('lớn hơn số còn phải nộp ngân sách')]);
    expect((await draft({ amount: 70_001 }).expect(409)).body.code).toBe('remittance_too_much');
    for (const none of [0, -1, 1.5]) expect((await draft({ amount: none }).expect(400)).body.code).toBe('request_invalid');
    expect(await unit()).toMatchObject({ outstandingSum: 70_000, remittances: [] });
  });

  it('money that left for it days ago without a slip is tied to a slip of just that sum, which takes what is due first', async () => {
    await tell(service, { content: 'KBNN', amount: 50_000, time: '2026-11-19 15:00:00', transferType: 'out' }).expect(200);
    const { headers } = await accountant.post('/remittances', { agency: 'H26.101', month: '2026-11', amount: '50.000' });
    const slip = String(headers['location']);
    const { lines, dueDay, amount } = await slipAt(slip);
    expect([inShort(lines), dueDay, amount]).toEqual([[['phi', '2026-10', 42_000], ['phi', '2026-11', 8_000]], '2026-11-05', 50_000]); // prettier-ignore
    await supervisor.post(`${slip}/approve`, {});
    expect(await desk.booked('budget_payable:H26.101')).toBe(-50_000);
    await accountant.post(`${slip}/send`, {});
    const transaction = /name="transaction" value="([^"]+)"/.exec((await accountant.get(slip)).text)?.[1] ?? '';
    expect((await accountant.post(`${slip}/confirm`, { transaction })).headers['location']).toBe(slip);
    expect((await slipAt(slip)).status).toBe('confirmed');
    expect(await desk.booked('budget_payable:H26.101')).toBe(0);
    expect((await service.ctx.store.tables.remittances.remittedOf('acc-h26-101', '2026-11-19' as Day)).toJSON()).toBe(50_000);
    const left = await unit();
    expect([left.outstandingSum, inShort(left.outstanding)]).toEqual([20_000, [['phi', '2026-11', 13_000], ['owed', '2026-11', 7_000]]]); // prettier-ignore
  });

  it('two at the same time never take the same share: together they take what is outstanding, or one is refused', async () => {
    const both = async (amount: number) => {
      const answers = await Promise.all([draft({ amount }), draft({ amount })]);
      const made = answers.filter(({ status }) => status === 201).map(({ body }) => body);
      const codes = answers.filter(({ status }) => status === 409).map(({ body }) => body.code);
      expect((await unit()).outstandingSum).toBe(20_000 - made.length * amount);
      for (const { id } of made) await step(id, 'withdraw');
      expect(made.length + codes.length).toBe(2);
      return { made, codes };
    };
    const tooMuch = await both(10_001);
    expect([tooMuch.made.length, tooMuch.codes]).toEqual([1, ['remittance_too_much']]);
    const halves = await both(10_000);
    const lines = halves.made.map((slip) => inShort(slip.lines)).sort((a, b) => a.length - b.length);
    expect(lines).toEqual([[['phi', '2026-11', 10_000]], [['phi', '2026-11', 3_000], ['owed', '2026-11', 7_000]]]); // prettier-ignore
    expect((await unit()).outstandingSum).toBe(20_000);
  });

  it('what is left is on the next slips to the đồng, each part once; of what is owed beside fees the list says how much has not left', async () => {
    const first = (await draft({ amount: 14_999 }).expect(201)).body;
    const rest = (await draft().expect(201)).body;
    expect([inShort(first.lines), inShort(rest.lines)]).toEqual([
      [['phi', '2026-11', 13_000], ['owed', '2026-11', 1_999]],
      [['owed', '2026-11', 5_001]],
    ]); // prettier-ignore
    expect(await owedStill()).toEqual([7_000]);
    for (const { id, code, amount } of [first, rest]) {
      await step(id, 'approve', 'ketoantruong');
      await step(id, 'send');
      await tell(service, { content: `NOP NSNN ${code}`, amount, transferType: 'out' }).expect(200);
      expect(await confirmRemittances(service.ctx)).toBe(1);
      expect(await owedStill()).toEqual(amount === 14_999 ? [5_001] : []);
    }
    expect((await unit()).outstandingSum).toBe(0);
    expect((await draft({ amount: 1 }).expect(409)).body.code).toBe('remittance_nothing');
    const declared = ['10', '11'].map((of) => desk.get(`/declarations?month=2026-${of}&agency=H26.101`, 'demo-api-key-ketoan').expect(200));
    const sums = (await Promise.all(declared)).map(({ body }) => body.data[0]['01/PH'].toBudget);
    expect(sums).toEqual([42_000, 21_000]);
    for (const account of ['budget_payable:H26.101', 'income:CT-2.000815', 'owed_to_budget:acc-h26-101'])
      expect([account, await desk.booked(account)]).toEqual([account, 0]);
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });
});
