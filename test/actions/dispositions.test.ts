// Money without a home: each đồng has an owner and a deadline, and the payer of a refund hears of every step.
import { queueLetters } from '../../src/actions/queueLetters';
import { listDispositions, sumOfHomeless } from '../../src/actions/listDispositions';
import { sendLetters } from '../../src/actions/sendLetters';
import { clockOf, dueOnOf } from '../../src/domain/disposition';
import type { Actor } from '../../src/domain/role';
import { addMs, instantOf, vietnamTimeOf, type Day, type Instant } from '../../src/domain/time';
import { tell } from '../support/bank';
import { memoryNotifier } from '../support/letters';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { wordsInPdf } from '../support/pdfWords';
import { by, hire, keyOf, moneyLeaves, payerAccount, payerName } from '../support/refunds';
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
  });
});
