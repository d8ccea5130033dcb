// The first run in production: closed until it is set up, set up once behind a secret link, then ready to work.
import request from 'supertest';
import { openSetup } from '../../src/actions/setUpOffice';
import { demoConfig } from '../../src/config';
import { openLog } from '../../src/log';
import { assemble, type Service } from '../../src/serve';
import { freshDatabase } from '../support/office';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

let service: Service;
let remove: () => void;
let visitor: Visitor;
let address: string;

beforeAll(async () => {
  const database = await freshDatabase('SQLite');
  remove = database.remove;
  const config = { ...demoConfig({ PORT: '0', DATABASE_URL: database.url }), mode: 'production' as const, webhookSecrets: {} };
  service = await assemble(config, openLog('silent'));
  visitor = await visitorAt(service);
  address = `/setup/${await openSetup(service.ctx)}`;
});
afterAll(async () => {
  await service.stop();
  remove();
});

const password = 'một mật khẩu dài';
const answers = {
  agencyCode: 'H26.101',
  agencyName: 'Điểm phục vụ hành chính công phường Mẫu',
  agencyKind: 'commune_centre',
  localityCode: 'H26',
  dynamicQrFlag: '0',
  counterName: 'Quầy 1',
  bankBin: '970436',
  accountNumber: '1026101000',
  accountName: 'DIEM PVHCC PHUONG MAU',
  provider: 'sepay',
  secret: 'a-secret-of-some-length',
  login: 'quantri',
  name: 'Quản trị',
  password,
  passwordAgain: password,
};

describe('An empty production', () => {
  it('is closed: screens ask to sign in, nobody can, and the API wants a key', async () => {
    for (const path of ['/', '/counter', '/ratios', '/unmatched', '/officers', '/obligations/ob_1']) {
      const answer = await visitor.get(path);
      expect([path, answer.status, String(answer.headers['location']).slice(0, 8)]).toEqual([path, 303, '/sign-in']);
    }
    expect((await visitor.post('/sign-in', { login: 'quantri', password: 'demo' })).status).toBe(401);
    expect((await request(service.server).get('/api/obligations')).status).toBe(401);
    expect((await request(service.server).get('/api/agencies').set('authorization', 'Bearer demo-api-key')).status).toBe(401);
    expect((await visitor.get('/setup/guess')).status).toBe(404);
  });
});

describe('The first set-up', () => {
  it.each([
    ['a short password', { password: 'ngắn', passwordAgain: 'ngắn' }, 'Ít nhất 12 ký tự.'],
    ['two different passwords', { passwordAgain: `${password}!` }, 'Hai mật khẩu khác nhau.'],
    ['a secret that could be guessed', { secret: 'abc' }, 'Ít nhất 16 ký tự.'],
    ['no secret at all', { provider: '', secret: '' }, 'Chưa điền.'],
    ['a province that is none', { localityCode: 'H99' }, 'Chưa đúng dạng.'],
    ['an account number with spaces', { accountNumber: '10 26' }, 'Chưa đúng dạng.'],
  ])('sends the form back for %s, with what was typed', async (_what, wrong, words) => {
    const answer = await visitor.post(address, { ...answers, ...wrong });
    expect(answer.status).toBe(400);
    expect(textOf(answer.text)).toContain(words);
    expect(answer.text).toContain(answers.agencyName);
    expect(answer.text).not.toContain(password);
  });

  it('sends back an empty form with every field marked', async () => {
    expect((await visitor.post(address, {})).text.split('class="field-error"').length - 1).toBe(14);
  });

  it('makes the office, shows the key once, and closes behind itself', async () => {
    const done = await visitor.post(address, answers);
    expect(done.status).toBe(200);
    const key = /<code[^>]*>\s*([\w-]{43})\s*<\/code>/.exec(done.text)?.[1] ?? '';
    const agencies = await request(service.server).get('/api/agencies').set('authorization', `Bearer ${key}`);
    expect(agencies.body.data.map((agency: { code: string }) => agency.code)).toEqual(['H26.101']);
    expect((await request(service.server).get('/api/fees?procedure=2.000815&agency=H26.101')).body.data.length).toBeGreaterThan(0);
    expect((await visitor.get(address)).status).toBe(404);
    expect((await visitor.post(address, answers)).status).toBe(404);
    expect(await openSetup(service.ctx)).toBeUndefined();
  });

  it('lets the administrator in, who can then add the officers that the counter needs', async () => {
    const administrator = await visitorAt(service, 'quantri', password);
    const added = await administrator.post('/officers', {
      login: 'quay1',
      name: 'Cán bộ quầy 1',
      role: 'counter_officer',
      agencyCode: 'H26.101',
      counterId: '',
      password: 'mật khẩu của quầy',
    });
    expect([added.status, added.headers['location']]).toEqual([303, '/officers?added=officer']);
    expect((await (await visitorAt(service, 'quay1', 'mật khẩu của quầy')).get('/unmatched')).status).toBe(200);
  });
});
