// Money without a home: each đồng has an owner and a deadline, and the payer of a refund hears of every step, also where it is put right.
import { queueLetters } from '../../src/actions/queueLetters';
import { recogniseRefunds } from '../../src/actions/recogniseRefunds';
import { listDispositions, sumOfHomeless } from '../../src/actions/listDispositions';
import { sendLetters } from '../../src/actions/sendLetters';
import { clockOf, dueOnOf } from '../../src/domain/disposition';
import type { Actor } from '../../src/domain/role';
import { addMs, instantOf, vietnamTimeOf, type Day, type Instant } from '../../src/domain/time';
import { tell } from '../support/bank';
import { memoryNotifier } from '../support/letters';
import { brokenLaws, numberOf, rowsOf } from '../support/books';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { wordsInPdf } from '../support/pdfWords';
import { approved, by, hire, keyOf, moneyLeaves, payerAccount, payerName, refundOf, requested } from '../support/refunds';
import { textOf, visitorAt } from '../support/visitor';

const dayMs = 86_400_000;
const start = instantOf(Date.parse('2026-11-21T03:00:00Z'));
const finance: Actor = { kind: 'person', officerId: 'of-ketoan', name: 'Kế toán', role: 'finance_officer', agencyCode: 'H26' };

describe('the deadline of money without a home', () => {
  const came = { bankTime: start };
  it.each([
    ['unapplied', '2027-02-19'],
    ['refund', '2027-02-19'],
    ['not_ours', '2027-02-19'],
    ['interest', '2026-12-20'],
    ['to_budget', '2026-12-20'],
  ] as const)('of %s is %s', (kind, day) => expect(dueOnOf(kind, came, start)).toBe(day));

  it.each([
    ['2027-02-11', 'running', 8],
    ['2027-02-12', 'warning', 7],
    ['2027-02-19', 'warning', 0],
    ['2027-02-20', 'overdue', 1],
  ] as const)('warns a week before it: on %s it is %s', (today, clock, days) =>
    expect(clockOf('2027-02-19' as Day, today as Day)).toEqual({ clock, days }),
  );
});

describe.each(databases)('money without a home on %s', (kind) => {
  let service: TestService;
  let now: Instant;
  const mail = memoryNotifier();
  beforeAll(async () => {
    now = start;
    service = await openTestService(kind, { replace: { now: () => now, notifier: mail.notifier } });
  });
  afterAll(() => service.end());

  const strange = (content: string, amount: number, daysAgo: number) =>
    tell(service, { content, amount, time: vietnamTimeOf(addMs(now, -daysAgo * dayMs)) }).expect(200);
  const sound = async (): Promise<void> => expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  const takeBack = (id: string, login = 'ketoan', reason = 'Xác nhận nhầm dòng sao kê') =>
    by(service, login, `/api/refunds/${id}/take-back`, { reason });
  const latestId = async (): Promise<string> => (await service.call('get', '/api/transactions?state=unapplied&limit=1')).body.data[0].id;
  const resolve = (id: string, action: string, amount: number) =>
    by(service, 'ketoan', `/api/transactions/${id}/resolve`, { action, amount, reason: 'Theo hồ sơ' }).expect(200);

  it('is listed to the đồng by kind, the most urgent first, and the counter of the first screen says what has none', async () => {
    await strange('khong ro', 350_000, 100);
    await strange('khong ro hai', 50_000, 85);
    const id = await latestId();
    await resolve(id, 'refund', 10_000);
    await resolve(id, 'not_ours', 9_000);
    await resolve(id, 'interest', 8_000);
    await resolve(id, 'to_budget', 7_000);
    const { list, sums, clocks } = await listDispositions(service.ctx, finance);
    expect(Object.entries(sums).map(([of, { sum }]) => [of, sum.toJSON()])).toEqual([
      ['unapplied', 366_000],
      ['refund', 10_000],
      ['not_ours', 9_000],
      ['interest', 8_000],
      ['to_budget', 7_000],
    ]);
    expect(list[0]).toMatchObject({ clock: 'overdue', days: 10, kind: 'unapplied' });
    expect(clocks).toEqual({ overdue: 1, warning: 3, running: 2 });
    const { count, sum } = await sumOfHomeless(service.ctx.store.tables, undefined);
    expect([count, sum.toJSON()]).toEqual([2, 366_000]);
    expect((await sumOfHomeless(service.ctx.store.tables, ['H26.90'])).sum.toJSON()).toBe(0);
  });

  it('is given to an owner on its screen, by and to the finance desk alone, and a letter to the bank is drafted', async () => {
    const officer = await visitorAt(service, 'ketoan');
    const { list } = await listDispositions(service.ctx, finance, 'unapplied');
    const id = list[0]?.transaction.id ?? '';
    const give = (to: string) => officer.post(`/dispositions/${id}/owner`, { officer: to });
    expect((await give('of-ketoantruong')).status).toBe(303);
    expect((await give('of-quay1')).status).toBe(409);
    const [first] = (await listDispositions(service.ctx, finance, 'unapplied')).list;
    expect(first?.ownerId).toBe('of-ketoantruong');
    const elsewhere = await hire(service, 'ketoanxa', 'finance_officer', 'H26.90');
    const html = (await officer.get('/dispositions').expect(200)).text;
    expect([html.includes('value="of-ketoan"'), html.includes(elsewhere)]).toEqual([true, false]);
    const page = textOf(html);
    for (const part of ['Quá hạn 10 ngày', 'Sắp đến hạn: còn 5 ngày', '366.000']) expect(page).toContain(part);
    const inspector = await visitorAt(service, 'thanhtra');
    expect((await inspector.get('/dispositions').expect(200)).text).not.toContain('<select name="officer"');
    expect((await inspector.post(`/dispositions/${id}/owner`, { officer: 'of-ketoan' })).status).toBe(403);
    const pdf = await officer.get(`/dispositions/${id}/letter.pdf`).expect(200).responseType('blob');
    const words = await wordsInPdf(pdf.body as Buffer);
    for (const part of ['ĐỀ NGHỊ TRA SOÁT', 'Ba trăm năm mươi nghìn đồng', '11/11/2026', 'khong ro']) expect(words).toContain(part);
  });

  it('that goes back is told to the payer at each step, and the page of the obligation says what happens next', async () => {
    const applicant = { name: 'Nguyễn Thị Hoàng Phương', email: 'phuong@example.vn' };
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy({ applicant })).expect(201)).body;
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    const told = async (): Promise<string[]> => {
      while ((await queueLetters(service.ctx)) > 0);
      while ((await sendLetters(service.ctx)) > 0);
      return mail.letters.splice(0).map(({ subject }) => subject.replace(/^.*?: /, ''));
    };
    await told();
    const { url } = (await service.call('get', `/api/obligations/${id}/pay-page`).expect(200)).body;
    const payPage = async (): Promise<string> => textOf((await service.call('get', new URL(url).pathname)).text);
    await service.call('post', `/api/obligations/${id}/cancel`, { reason: 'Công dân rút hồ sơ', refund: true }, keyOf('quay1')).expect(200);
    expect(await told()).toEqual(['khoản phải nộp đã hủy', 'đề nghị hoàn trả 21.000 ₫']);
    expect(await payPage()).toContain('Đã đề nghị hoàn trả 21.000');
    const refund = (await service.call('get', '/api/refunds?state=requested', undefined, keyOf('ketoan'))).body.data.at(-1).id;
    const payee = { bankBin: '970436', accountNumber: payerAccount, accountName: payerName, evidence: 'Biên nhận' };
    await by(service, 'ketoan', `/api/refunds/${refund}/prepare`, { payee }).expect(200);
    await by(service, 'ketoantruong', `/api/refunds/${refund}/approve`).expect(200);
    expect(await told()).toEqual([]);
    const { code } = (await by(service, 'lanhdao', `/api/refunds/${refund}/approve`).expect(200)).body;
    expect(await told()).toEqual(['đã duyệt hoàn trả 21.000 ₫']);
    expect(await payPage()).toContain('Đã duyệt hoàn trả 21.000');
    await by(service, 'ketoan', `/api/refunds/${refund}/send`).expect(200);
    await moneyLeaves(service, code, 21_000);
    expect(await told()).toEqual(['đã hoàn trả 21.000 ₫']);
    expect(await payPage()).toContain('Đã hoàn trả 21.000');
    await takeBack(refund).expect(200);
    expect(await told()).toEqual(['đang kiểm tra lại khoản hoàn trả 21.000 ₫']);
    expect(await payPage()).toContain('Đã duyệt hoàn trả 21.000');
  });

  const movementOf = async (content: string, amount: number): Promise<string> => {
    await tell(service, { content, amount, transferType: 'out' }).expect(200);
    const [row] = await rowsOf(service.config.databaseUrl, `SELECT id FROM incoming_transaction WHERE content = '${content}'`);
    return String(row?.['id']);
  };
  it('that the wrong line confirmed is put right by an opposite fact: it waits for its own line, and the wrong one to be explained', async () => {
    const { id, transactionId, code } = await approved(service, 47_000);
    await by(service, 'ketoan', `/api/refunds/${id}/send`).expect(200);
    expect((await takeBack(id)).body.code).toBe('refund_step_unfit');
    const wrong = await movementOf('tien thue may in', 47_000);
    await by(service, 'ketoan', `/api/refunds/${id}/confirm`, { transactionId: wrong }).expect(200);
    expect([(await takeBack(id, 'quay1')).status, (await takeBack(id, 'ketoan', '')).status]).toEqual([403, 400]);
    const { version } = await refundOf(service, id);
    const answers = await Promise.all([0, 1].map(() => by(service, 'ketoan', `/api/refunds/${id}/take-back`, { reason: 'Nhầm', version })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const back = await refundOf(service, id);
    expect(back).toMatchObject({ state: 'sent', paidBy: [] });
    expect(back.confirmedAt).toBeUndefined();
    expect(back.steps.at(-1)).toMatchObject({ act: 'take_back', from: 'confirmed', to: 'sent', by: 'of-ketoan', reason: 'Nhầm' });
    await sound();
    expect((await service.call('get', `/api/transactions/${transactionId}`).expect(200)).body.toRefund).toBe(47_000);
    await by(service, 'ketoan', `/api/transactions/${wrong}/explain`, { purpose: 'other', reason: 'Thuê máy in' }).expect(200);
    const said = textOf((await (await visitorAt(service, 'ketoan')).get(`/transactions/${wrong}`)).text);
    for (const part of ['Hoàn trả · 47.000 ₫', 'Đã thu lại: Hoàn trả · 47.000 ₫', 'Lý do khác · 47.000 ₫']) expect(said).toContain(part);
    expect(await moneyLeaves(service, code, 47_000)).toBe(1);
    expect(await refundOf(service, id)).toMatchObject({ state: 'confirmed', paidBy: [{ amount: 47_000 }] });
    const events = await rowsOf(service.config.databaseUrl, `SELECT type FROM event WHERE subject_id = '${id}' ORDER BY id`);
    expect(events.map(({ type }) => type)).toEqual(['refund.approved', 'refund.completed', 'refund.reopened', 'refund.completed']);
    await sound();
  });

  it('that was taken from a line which carries its code is not given to that line again but by a person; another of that line is', async () => {
    const [first, second] = [await approved(service, 48_000), await approved(service, 48_000)];
    for (const { id } of [first, second]) await by(service, 'ketoan', `/api/refunds/${id}/send`).expect(200);
    const wrong = await movementOf(`${second.code} tra lai`, 48_000);
    await by(service, 'ketoan', `/api/refunds/${first.id}/confirm`, { transactionId: wrong }).expect(200);
    await takeBack(first.id).expect(200);
    expect(await recogniseRefunds(service.ctx)).toBe(1);
    expect((await refundOf(service, second.id)).state).toBe('confirmed');
    await takeBack(second.id).expect(200);
    expect(await recogniseRefunds(service.ctx)).toBe(0);
    await by(service, 'ketoan', `/api/refunds/${second.id}/confirm`, { transactionId: wrong }).expect(200);
    expect((await takeBack(first.id)).body.code).toBe('refund_step_unfit');
    await by(service, 'ketoan', `/api/refunds/${first.id}/fail`, { reason: 'Ngân hàng trả lại' }).expect(200);
    await sound();
  });

  it('that one wrong line confirmed for a file is taken back at once with one reason; what its own line confirmed stays, and no rule gives it back', async () => {
    const refunds = [await approved(service, 31_100), await approved(service, 31_200), await approved(service, 31_300)];
    const file = (await by(service, 'ketoan', '/api/refund-files', { accountId: 'acc-h26-101' }).expect(201)).body;
    expect(await moneyLeaves(service, String(refunds[2]?.code), 31_300)).toBe(1);
    const states = () => Promise.all(refunds.map(async ({ id }) => (await refundOf(service, id)).state));
    const wrong = await movementOf('tra tien dien', 62_300);
    await by(service, 'ketoan', `/api/refund-files/${file.id}/confirm`, { transactionId: wrong }).expect(200);
    const back = (changes: object, login = 'ketoan') =>
      by(service, login, `/api/refund-files/${file.id}/take-back`, { transactionId: wrong, reason: 'Dòng của tiền điện', ...changes });
    expect([(await back({}, 'quay1')).status, (await back({ reason: '' })).status]).toEqual([403, 400]);
    expect((await back({ transactionId: 'tx_none' })).body.code).toBe('refund_step_unfit');
    expect(await states()).toEqual(['confirmed', 'confirmed', 'confirmed']);
    expect((await Promise.all([back({}), back({})])).map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await states()).toEqual(['sent', 'sent', 'confirmed']);
    const step = { act: 'take_back', by: 'of-ketoan', reason: 'Dòng của tiền điện' };
    for (const { id } of refunds.slice(0, 2)) expect((await refundOf(service, id)).steps.at(-1)).toMatchObject(step);
    await sound();

    expect(await moneyLeaves(service, `CHI LO ${file.code}`, 62_300)).toBe(1);
    const officer = await visitorAt(service, 'ketoan');
    const page = (await officer.get(`/refunds/files/${file.id}`).expect(200)).text;
    expect(textOf(page)).toContain('Một dòng tiền ra đã xác nhận 2 khoản, 62.300 ₫');
    const [, transactionId = ''] = /name="transactionId" value="([^"]+)"/.exec(page) ?? [];
    const address = `/refunds/files/${file.id}/take-back`;
    expect((await officer.post(address, { transactionId, reason: '' })).status).toBe(400);
    expect((await officer.post(address, { transactionId, reason: 'Ngân hàng trả lại cả lô' })).status).toBe(303);
    expect(textOf((await officer.post(address, { transactionId, reason: 'Lần hai' })).text)).toContain(
      'Ở trạng thái hiện tại không làm được bước này',
    );
    expect([await recogniseRefunds(service.ctx), await states()]).toEqual([0, ['sent', 'sent', 'confirmed']]);
    await sound();
  });

  it('that the Treasury pays back is confirmed by its document, and nothing leaves an account of ours', async () => {
    const { id } = await requested(service);
    const payee = { bankBin: '970436', evidence: 'Đã nộp NSNN ngày 20/11/2026', isTreasury: true };
    await by(service, 'ketoan', `/api/refunds/${id}/prepare`, { payee }).expect(200);
    await by(service, 'ketoantruong', `/api/refunds/${id}/approve`).expect(200);
    await by(service, 'ketoan', `/api/refunds/${id}/send`, { reason: 'Lệnh hoàn trả số 05/LHT' }).expect(200);
    expect((await by(service, 'ketoan', `/api/refunds/${id}/confirm`, { evidence: 'KQ.G12.000099' }).expect(200)).body.state).toBe(
      'confirmed',
    );
    await sound();
    const paidForUs = `SELECT coalesce(sum(CASE WHEN credit LIKE 'paid_by_treasury:%' THEN amount ELSE -amount END), 0) FROM posting
      WHERE credit LIKE 'paid_by_treasury:%' OR debit LIKE 'paid_by_treasury:%'`;
    for (const evidence of ['KQ.G12.000100', 'KQ.G12.000101']) {
      expect(await numberOf(service.config.databaseUrl, paidForUs)).toBe(21_000);
      expect((await takeBack(id).expect(200)).body.state).toBe('sent');
      expect(await numberOf(service.config.databaseUrl, paidForUs)).toBe(0);
      await sound();
      await by(service, 'ketoan', `/api/refunds/${id}/confirm`, { evidence }).expect(200);
    }
    await sound();
  });

  it('that the bank paid as interest leaves the list once a slip of two persons handed it to the budget, and comes back with what was undone', async () => {
    const month = vietnamTimeOf(now).slice(0, 7);
    await tell(service, { content: 'TRA LAI TIEN GUI', amount: 3_456 }).expect(200);
    const id = await latestId();
    await resolve(id, 'interest', 3_456);
    const listed = async () => (await listDispositions(service.ctx, finance, 'interest')).list.map(({ transaction }) => transaction.id);
    const unit = async () =>
      (await service.call('get', `/api/remittances?month=${month}&agency=H26.101`, undefined, keyOf('ketoan')).expect(200)).body.data[0];
    const before = await unit();
    const lines = (of: { owed: { name: string; amount: number }[] }) => of.owed.map(({ name, amount }) => [name, amount]);
    expect(lines(before)).toContainEqual(['Lãi tiền gửi', 11_456]);
    const slip = (await by(service, 'ketoan', '/api/remittances', { agencyCode: 'H26.101', month }).expect(201)).body;
    await by(service, 'ketoantruong', `/api/remittances/${slip.id}/approve`).expect(200);
    await by(service, 'ketoan', `/api/remittances/${slip.id}/send`).expect(200);
    expect(await listed()).toContain(id);
    const paid = await movementOf('nop ngan sach', slip.amount);
    await by(service, 'ketoan', `/api/remittances/${slip.id}/confirm`, { transactionId: paid }).expect(200);
    expect(await listed()).toEqual([]);
    expect((await unit()).outstandingSum).toBe(0);
    const kept = `SELECT coalesce(sum(CASE WHEN credit LIKE 'interest:%' THEN amount ELSE -amount END), 0) FROM posting
      WHERE credit LIKE 'interest:%' OR debit LIKE 'interest:%'`;
    expect(await numberOf(service.config.databaseUrl, kept)).toBe(0);
    await by(service, 'ketoan', `/api/transactions/${id}/undo`, { reason: 'Không phải lãi' }).expect(200);
    expect((await unit()).outstandingSum).toBe(-3_456);
    await sound();
  });

  it('that is more than the list holds is counted all the same, the oldest is listed, and the screen says that there is more', async () => {
    await Promise.all(Array.from({ length: 205 }, (_, place) => strange(`nhieu khoan ${place}`, 1_000, place < 2 ? 200 + place : 0)));
    await resolve(await latestId(), 'not_ours', 1_000);
    const [all, few] = [await listDispositions(service.ctx, finance), await listDispositions(service.ctx, finance, undefined, 2)];
    expect([few.isCut, all.isCut]).toEqual([true, false]);
    expect(few.sums).toEqual(all.sums);
    expect(few.sums.unapplied.count).toBeGreaterThan(205);
    const oldest = few.list.filter(({ kind: one }) => one === 'unapplied');
    expect(oldest.map(({ transaction }) => transaction.content)).toEqual(['nhieu khoan 1', 'nhieu khoan 0']);
    const notOurs = few.list.filter(({ kind: one }) => one === 'not_ours'); // what was handed over takes nobody's place
    expect(notOurs.map(({ amount }) => amount.toJSON())).toEqual([9_000, 1_000]);
    const count = Object.values(all.sums).reduce((sum, one) => sum + one.count, 0);
    const page = textOf((await (await visitorAt(service, 'ketoan')).get('/dispositions').expect(200)).text);
    expect(page).toContain(`200 khoản gấp nhất trong ${count} khoản`);
    const some = textOf((await (await visitorAt(service, 'ketoan')).get('/dispositions?kind=refund').expect(200)).text);
    expect(some).not.toContain('khoản gấp nhất trong');
  });
});
