// What whoever decides about a drafted version sees: old and new, its place among the others, a refusal, and the way back.
import { fieldsOf } from '../support/feeForms';
import { clockAt } from '../support/feeStaff';
import { openTestService, type TestService } from '../support/office';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

const clock = clockAt('2026-11-21T09:00:00');
let service: TestService;
let drafter: Visitor;
let approver: Visitor;
beforeAll(async () => {
  service = await openTestService('SQLite', { replace: { now: clock.now } });
  drafter = await visitorAt(service, 'ketoan');
  approver = await visitorAt(service, 'ketoantruong');
});
afterAll(() => service.end());

const draftForm = async (address: string) => fieldsOf((await drafter.get(address)).text);
const draftOf = async (fee: string, change: Record<string, string>) =>
  drafter.post('/fee-schedule/draft', { ...(await draftForm(`/fee-schedule/draft?fee=${fee}`)), reason: 'Thông tư mới', ...change });

describe('Whoever decides about a version', () => {
  const laws = { 'law.0': 'Thông tư 1/2027/TT-BTC' };
  const made = async (fee: string, change: Record<string, string>): Promise<string> =>
    String((await draftOf(fee, { ...laws, ...change })).headers['location']).split('?')[0] ?? '';

  it('sees old and new, who drafted it and what to look at twice, in the list that waits, as the drafter does', async () => {
    const address = await made('CT-2.001019', { amount: '500.000', validFrom: '2027-02-01' });
    for (const who of [drafter, approver]) {
      const list = textOf((await who.get('/fee-schedule')).text);
      expect(list).toMatch(/Phí chứng thực di chúc .*50\.000 ₫.*500\.000 ₫ từ 01\/02\/2027.*Mức cao nhất chênh từ 10 lần/);
      expect(textOf((await who.get(address)).text)).toContain('Mức cao nhất chênh từ 10 lần');
    }
  });

  it('sees the other versions of the fee, and how the rates would follow one another', async () => {
    const first = await made('CT-2.001016', { amount: '60.000', validFrom: '2027-03-01' });
    await approver.post(first, { verdict: 'approved' });
    const second = await made('CT-2.001016', { amount: '70.000', validFrom: '2027-02-01' });
    const page = textOf((await approver.get(second)).text);
    expect(page).toMatch(
      /Nếu duyệt.*50\.000 ₫.*đến hết 31\/01\/2027.*70\.000 ₫.*từ 01\/02\/2027 đến hết 28\/02\/2027 · Bản này.*60\.000 ₫.*từ 01\/03\/2027/,
    );
    expect(page).toMatch(/Các bản khác của khoản thu này từ 01\/03\/2027.*60\.000 ₫.*Đã duyệt/);
  });

  it('may refuse it with a reason', async () => {
    const address = await made('CT-2.000927', { amount: '26.000', validFrom: '2027-02-01' });
    expect(textOf((await approver.get(address)).text)).toContain('Lý do không duyệt');
    expect((await approver.post(address, { verdict: 'withdrawn', note: '' })).status).toBe(400);
    const answer = await approver.post(address, { verdict: 'withdrawn', note: 'Chưa có thông tư' });
    expect(textOf((await approver.get(String(answer.headers['location']))).text)).toMatch(
      /Đã ghi: không duyệt.*Không duyệt.*Chưa có thông tư/,
    );
  });

  it('is shown the way back from an approved one until its first day: an opposite version, by two persons again', async () => {
    const address = await made('CT-2.000913', { amount: '35.000', validFrom: '2027-02-01' });
    await approver.post(address, { verdict: 'approved' });
    const link =
      /href="(\/fee-schedule\/draft[^"]*instead[^"]*)"/.exec((await approver.get(address)).text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const form = await draftForm(link);
    expect(form).toMatchObject({ amount: '30.000', validFrom: '2027-02-01', reason: expect.stringContaining('giữ nguyên') });
    const opposite = String((await drafter.post('/fee-schedule/draft', form)).headers['location']).split('?')[0] ?? '';
    await approver.post(opposite, { verdict: 'approved' });
    const { tables } = service.ctx.store;
    const fees = (await tables.procedures.listFees('2.000913')).filter((fee) => fee.validFrom === '2027-02-01');
    expect(fees).toMatchObject([{ rule: { amount: 30_000 } }]);
    expect((await approver.get(address)).text).not.toContain('instead=');
  });

  it('finds the section of a new preference open where something in it is wrong', async () => {
    const answer = await draftOf('CT-2.001406', { amount: '60.000', 'new.code': 'X Y', 'new.kind': 'waived' });
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(/<details open[^>]*><summary data-first/);
    expect(answer.text).toMatch(/name="new\.code"[^>]*aria-invalid="true"/);
  });
});
