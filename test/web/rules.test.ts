// The screens of the matching rules: drafting, trying, looking at each match that would differ, and adopting by a second person.
import { runTrial } from '../../src/actions/runTrial';
import { vietnamTimeOf } from '../../src/domain/time';
import { tell } from '../support/bank';
import { certifiedCopy, openTestService, type TestService } from '../support/office';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

let service: TestService;
let drafter: Visitor;
let adopter: Visitor;
beforeAll(async () => {
  service = await openTestService('SQLite');
  [drafter, adopter] = [await visitorAt(service, 'ketoan'), await visitorAt(service, 'ketoantruong')];
});
afterAll(() => service.end());

const allActing = Object.fromEntries(
  [
    'virtual_account',
    'exact_sum',
    'dossier_sum',
    'corrected_reference',
    'wrong_symbol',
    'missing_symbol',
    'extra_symbol',
    'swapped_symbols',
    'damaged_prefix',
  ].map((one) => [one, 'acts']),
);
const usual = {
  ...allActing,
  from: 'default',
  mostInSum: '16',
  mostCorrected: '200',
  mostExact: '400',
  longestContent: '2000',
  reason: 'Đỡ sửa tay',
};
const drafted = async (fields: Record<string, string>): Promise<string> => {
  const answer = await drafter.post('/rules/new', { ...usual, ...fields });
  expect([answer.status, answer.text]).toEqual([303, expect.anything()]);
  return String(answer.headers['location']);
};
const shown = async (visitor: Visitor, path: string): Promise<string> => textOf((await visitor.get(path).expect(200)).text);

describe('The screens of the matching rules', () => {
  it('say in plain words what is in force, to finance and to the inspector', async () => {
    const inspector = await visitorAt(service, 'thanhtra');
    for (const visitor of [drafter, adopter, inspector]) {
      const page = await shown(visitor, '/rules');
      expect(page).toContain('Đang dùng: Bộ quy tắc gốc');
      expect(page).toMatch(/Mã nộp tiền viết đúng.*Luôn tự ghép.*Nhiều mã, tổng đúng.*Tự ghép/);
      expect(page).toContain('Chưa từng thay đổi');
      expect(page).toContain('Quy tắc ghép');
    }
    expect((await inspector.get('/rules')).text).not.toContain('/rules/new');
    await inspector.get('/rules/new').expect(403);
    await (await visitorAt(service, 'quay1')).get('/rules').expect(403);
  });

  it('are drafted, tried, looked at row by row, and adopted by another; then every screen says so', async () => {
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    const slip = reference.slice(0, -1);
    await tell(service, { content: `<b>phi</b> CK ${slip}`, amount: 21_000, time: vietnamTimeOf(service.ctx.now()) }).expect(200);
    const address = await drafted({ missing_symbol: '', mostInSum: '12' });
    expect(await shown(drafter, address)).toMatch(
      /thiếu một ký tự Tự ghép Chỉ gợi ý.*Số khoản tối đa khi tìm tổng 16 12.*Chưa chạy thử lần nào/,
    );
    expect(await shown(adopter, address)).toContain('Chưa có lần chạy thử nào hoàn tất trên ít nhất 90 ngày');
    expect((await drafter.post(address, { act: 'try', days: '90' })).status).toBe(303);
    expect((await drafter.get(address)).text).toContain('<progress');
    expect((await drafter.get(address).set('hx-request', 'true')).text).toMatch(/^<div class="rule-progress"/);
    await runTrial(service.ctx, () => Promise.resolve());
    expect((await drafter.get(address).set('hx-request', 'true')).headers['hx-redirect']).toBe(address);

    const page = (await adopter.get(`${address}?kind=lost`).expect(200)).text;
    expect(page).toContain(`<mark>${slip}</mark>`);
    expect(page).not.toContain('<b>phi');
    expect(page).toContain(`/obligations/${id}`);
    const leader = (await (await visitorAt(service, 'lanhdao')).get(`${address}?kind=lost`).expect(200)).text;
    expect([textOf(leader).includes('1 Mất đi'), leader.includes(slip), leader.includes('value="withdraw"')]).toEqual([true, false, false]);
    expect(textOf(page)).toMatch(/0 Được thêm.*1 Mất đi.*0 Đổi khác.*Chưa ai quyết định: 1/);
    expect(textOf(page)).toMatch(/21\.000\s₫ Mã nộp tiền sai một chỗ Để cán bộ quyết định/);
    expect(await shown(adopter, `${address}?kind=gained`)).toContain('Không có giao dịch nào như vậy');
    expect(await shown(drafter, address)).toContain('Ông/Bà đã soạn bộ này');
    expect((await adopter.post(address, { act: 'adopt', reason: '', trialId: '' })).status).toBe(400);
    const stale = await adopter.post(address, { act: 'adopt', reason: 'Đã xem', trialId: 'rt_x' });
    expect([stale.status, textOf(stale.text)]).toEqual([409, expect.stringContaining('Đã có lần chạy thử mới hơn')]);
    const trialId = /name="trialId" value="([^"]+)"/.exec(page)?.[1] ?? '';
    expect((await adopter.post(address, { act: 'adopt', reason: 'Đã xem', trialId })).status).toBe(303);
    const again = await adopter.post(address, { act: 'adopt', reason: 'Đã xem', trialId });
    expect([again.status, textOf(again.text)]).toEqual([409, expect.stringContaining('đã được cho áp dụng rồi')]);
    expect(await shown(adopter, address)).toContain('Bộ quy tắc này đang được dùng');
    expect(await shown(drafter, '/rules')).toMatch(
      /Đang dùng: Bộ quy tắc số 1.*thiếu một ký tự: chỉ gợi ý · Số khoản tối đa khi tìm tổng: 12/,
    );

    const money = (await service.call('get', '/api/transactions')).body.data[0];
    expect(await shown(drafter, `/transactions/${money.id}`)).toContain('Bộ quy tắc gốc');
  });

  it('withdraw a draft with one button; it leaves the list, and is still to be read', async () => {
    const address = await drafted({ mostInSum: '7', reason: 'Thử rồi thôi' });
    expect(await shown(drafter, '/rules')).toContain('Thử rồi thôi');
    expect((await drafter.get(address)).text).toContain('value="withdraw"');
    expect((await drafter.post(address, { act: 'withdraw' })).status).toBe(303);
    expect(await shown(drafter, '/rules')).not.toContain('Thử rồi thôi');
    const page = (await adopter.get(address).expect(200)).text;
    expect(textOf(page)).toMatch(/✖ Đã rút Thử rồi thôi .*Người rút: Kế toán.*Bộ quy tắc này đã được rút/);
    expect([page.includes('value="withdraw"'), page.includes('value="try"')]).toEqual([false, false]);
  });

  it('send a draft back with what is wrong, as it was sent', async () => {
    const answer = await drafter.post('/rules/new', { ...usual, exact_sum: 'suggests', mostInSum: '99', reason: '' });
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(/name="exact_sum" value="suggests" checked/);
    expect(answer.text).toMatch(/name="mostInSum"[^>]*value="99"[^>]*aria-invalid="true"/);
    expect((await drafter.get('/rules/rl_none')).status).toBe(404);
  });
});
