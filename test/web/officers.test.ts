// The officers' page: administrators add people and counters within their charge, and nobody else does.
import { openTestService, type TestService } from '../support/office';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

let service: TestService;
let administrator: Visitor;
beforeAll(async () => {
  service = await openTestService('SQLite');
  administrator = await visitorAt(service, 'quantri');
});
afterAll(() => service.end());

const newcomer = {
  login: 'quay3',
  name: 'Lê Thị Quầy Ba',
  role: 'counter_officer',
  agencyCode: 'H26.101',
  counterId: 'quay-1',
  password: 'demo',
};

describe("The officers' page", () => {
  it('is for administrators only', async () => {
    for (const login of ['quay1', 'ketoan', 'lanhdao', 'thanhtra']) {
      const visitor = await visitorAt(service, login);
      expect([login, (await visitor.get('/officers')).status]).toEqual([login, 403]);
      expect([login, (await visitor.post('/officers', newcomer)).status]).toEqual([login, 403]);
      expect([login, (await visitor.post('/officers/counters', { agencyCode: 'H26', name: 'X' })).status]).toEqual([login, 403]);
    }
  });

  it('adds an officer, who can sign in and work', async () => {
    expect((await administrator.post('/officers', newcomer)).headers['location']).toBe('/officers?added=officer');
    expect(textOf((await administrator.get('/officers?added=officer')).text)).toContain('quay3 Lê Thị Quầy Ba Cán bộ quầy');
    expect((await (await visitorAt(service, 'quay3')).get('/ratios')).status).toBe(200);
  });

  it('refuses a login that is taken, and keeps what was typed, but never the password', async () => {
    const answer = await administrator.post('/officers', { ...newcomer, login: 'quay1', name: 'Người khác', password: 'bí mật lắm' });
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('Tên đăng nhập này đã có người dùng.');
    expect(answer.text).toContain('Người khác');
    expect(answer.text).not.toContain('bí mật lắm');
  });

  it.each([
    ['a counter of another agency', { counterId: 'quay-dat-dai' }, 404],
    ['an agency that is none', { agencyCode: 'H99' }, 404],
    ['a role that is none', { role: 'king' }, 400],
    ['a login with spaces', { login: 'quay ba' }, 400],
    ['a nameless person', { name: '' }, 400],
  ])('refuses %s', async (_what, wrong, status) => {
    expect((await administrator.post('/officers', { ...newcomer, login: 'quay4', ...wrong })).status).toBe(status);
  });

  it('adds a counter once, with a display of its own', async () => {
    const counter = { agencyCode: 'H26.10.01', name: 'Quầy số 7' };
    expect((await administrator.post('/officers/counters', counter)).headers['location']).toBe('/officers?added=counter');
    expect(textOf((await administrator.get('/officers')).text)).toContain('Quầy số 7 Chi nhánh số 1');
    expect((await administrator.post('/officers/counters', counter)).status).toBe(409);
  });

  it('asks for at least twelve characters outside the demo', async () => {
    const real = await openTestService('SQLite', { config: { mode: 'production' } });
    const answer = await (await visitorAt(real, 'quantri')).post('/officers', newcomer);
    expect([answer.status, answer.text.includes('ít nhất 12 ký tự')]).toEqual([400, true]);
    await real.end();
  });
});
