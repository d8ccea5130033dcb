// The satisfaction board: taps by unit and day, named to nobody, and the reports of transfers that wait too long.
import request from 'supertest';
import { addMs, instantOf, type Instant } from '../../src/domain/time';
import { tell } from '../support/bank';
import { certifiedCopy, openTestService, type TestService } from '../support/office';
import { textOf, visitorAt } from '../support/visitor';

describe('the satisfaction board', () => {
  let service: TestService;
  let now: Instant = instantOf(Date.parse('2026-11-20T03:00:00Z'));
  beforeAll(async () => (service = await openTestService('SQLite', { replace: { now: () => now } })));
  afterAll(() => service.end());

  const issued = async (): Promise<{ reference: string; path: string }> => {
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    const { url } = (await service.call('get', `/api/obligations/${id}/pay-page`).expect(200)).body;
    return { reference, path: new URL(url).pathname };
  };
  const tapped = async (choice: string): Promise<void> => {
    const { reference, path } = await issued();
    await tell(service, { content: reference, amount: 21_000, time: '2026-11-20 10:00:00' }).expect(200);
    await request(service.server).post(`${path}/satisfaction`).type('form').accept('html').send({ choice }).expect(303);
  };
  const board = async (login: string, query = ''): Promise<string> =>
    textOf((await (await visitorAt(service, login)).get(`/satisfaction${query}`).expect(200)).text);

  it('says that there is nothing yet', async () => {
    const text = await board('lanhdao');
    expect(text).toContain('Chưa có lượt chọn nào trong khoảng này.');
    expect(text).toContain('Không có báo nào quá hạn.');
  });

  it('tells few answers not apart, so that nobody is recognised in them', async () => {
    for (const choice of ['good', 'good', 'poor', 'fair']) await tapped(choice);
    const text = await board('lanhdao');
    expect(text).toContain('Tất cả 4 dưới 5 lượt, không tách');
    expect(text).not.toContain('50 %');
  });

  it('adds them up by unit and by day, for leaders and the finance desk, and not for counters', async () => {
    await tapped('good');
    for (const login of ['lanhdao', 'ketoantruong']) {
      const text = await board(login);
      expect(text).toContain('Tất cả 5 3 (60 %) 1 (20 %) 1 (20 %)');
      expect(text).toContain('20/11/2026 5 3 (60 %) 1 (20 %) 1 (20 %)');
    }
    expect(await board('lanhdao', '?from=2026-11-21&to=2026-11-30')).toContain('Chưa có lượt chọn nào');
    await (await visitorAt(service, 'quay1')).get('/satisfaction').expect(403);
  });

  it('counts reports of transfers that nobody answered in time, and leads the finance desk to them', async () => {
    const { path } = await issued();
    const said = { amount: '21000', paidOn: '2026-11-20', paidAbout: 'unknown', accountDigits: '1234' };
    await request(service.server).post(`${path}/claim`).type('form').accept('html').send(said).expect(303);
    expect(await board('lanhdao')).toContain('Không có báo nào quá hạn.');
    now = addMs(now, 5 * 24 * 60 * 60_000);
    expect(await board('lanhdao')).toContain('Báo chuyển tiền quá hạn trả lời: 1');
    const { text } = await (await visitorAt(service, 'ketoantruong')).get('/satisfaction');
    expect(text).toMatch(/href="\/claims\/cl_\w+"/);
  });
});
