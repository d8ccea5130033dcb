// Signing in: who may, for how long, and what a stranger or another site cannot do.
import request from 'supertest';
import { addMs, instantOf, type Instant } from '../../src/domain/time';
import { openTestService, type TestService } from '../support/office';

const minuteMs = 60_000;

describe('signing in', () => {
  let service: TestService;
  let now: Instant;
  beforeEach(async () => {
    now = instantOf(Date.now());
    service = await openTestService('SQLite', { replace: { now: () => now } });
  });
  afterEach(() => service.end());

  const post = (path: string, fields: Record<string, string>) =>
    request(service.server).post(path).type('form').set('accept', 'text/html').send(fields);
  const signIn = (fields: Record<string, string>) => post('/sign-in', fields);
  const cookieOf = (answer: request.Response): string => String(answer.headers['set-cookie']?.[0] ?? '');
  const asQuay1 = async (): Promise<string> => cookieOf(await signIn({ login: 'quay1', password: 'demo' })).split(';')[0] ?? '';
  const home = (cookie: string) => request(service.server).get('/').set('cookie', cookie).set('accept', 'text/html');

  it('leads each role to its own desk, with a cookie that scripts cannot read and other sites cannot send', async () => {
    const answer = await signIn({ login: 'quay1', password: 'demo' }).expect(303);
    expect(answer.headers['location']).toBe('/counter');
    expect(cookieOf(answer)).toMatch(/^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    expect((await signIn({ login: 'lanhdao', password: 'demo' }).expect(303)).headers['location']).toBe('/ratios');
  });

  it('answers an unknown login and a wrong password alike', async () => {
    const [unknown, wrong] = [
      await signIn({ login: 'nobody', password: 'x' }).expect(401),
      await signIn({ login: 'quay1', password: 'x' }).expect(401),
    ];
    expect(unknown.text).toBe(wrong.text);
    expect(unknown.text).toContain('Tên đăng nhập hoặc mật khẩu không đúng.');
    expect(cookieOf(unknown)).toBe('');
  });

  it('goes back to the page that was asked for, but never to another site', async () => {
    const to = async (address: string) => (await signIn({ login: 'quay1', password: 'demo', to: address }).expect(303)).headers['location'];
    expect(await to('/unmatched?q=a')).toBe('/unmatched?q=a');
    for (const foreign of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])
      expect(await to(foreign)).toBe('/counter');
  });

  it('ends at sign-out, after half an hour without use, and after twelve hours', async () => {
    const idle = await asQuay1();
    now = addMs(now, 29 * minuteMs);
    expect((await home(idle)).headers['location']).toBe('/counter');
    now = addMs(now, 29 * minuteMs);
    expect((await home(idle)).headers['location']).toBe('/counter');
    now = addMs(now, 31 * minuteMs);
    expect((await home(idle)).headers['location']).toBe('/sign-in');

    const long = await asQuay1();
    for (let i = 0; i < 24; i++) {
      now = addMs(now, 29 * minuteMs);
      await home(long);
    }
    expect((await home(long)).headers['location']).toBe('/counter');
    now = addMs(now, 28 * minuteMs);
    expect((await home(long)).headers['location']).toBe('/sign-in');

    const out = await asQuay1();
    const page = await request(service.server).get('/unmatched').set('cookie', out).set('accept', 'text/html').expect(200);
    const formToken = /name="formToken" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    await post('/sign-out', { formToken }).set('cookie', out).expect(303);
    expect((await home(out)).headers['location']).toBe('/sign-in');
  });

  it('refuses a form without the session’s token, with a wrong one, or from another site', async () => {
    const cookie = await asQuay1();
    await post('/sign-out', {}).set('cookie', cookie).expect(403);
    await post('/sign-out', { formToken: 'wrong' }).set('cookie', cookie).expect(403);
    await signIn({ login: 'quay1', password: 'demo' }).set('sec-fetch-site', 'cross-site').expect(403);
    expect((await home(cookie)).headers['location']).toBe('/counter');
  });

  it('is slowed down for a login after ten failures, and stays open for others', async () => {
    for (let i = 0; i < 10; i++) await signIn({ login: 'quay2', password: 'guess' }).expect(401);
    await signIn({ login: 'quay2', password: 'demo' }).expect(429);
    await signIn({ login: 'quay1', password: 'demo' }).expect(303);
  });

  it('keeps the words of the chosen language', async () => {
    const chosen = await request(service.server).get('/language/en?to=/sign-in').expect(303);
    const page = await request(service.server)
      .get('/sign-in')
      .set('cookie', cookieOf(chosen).split(';')[0] ?? '')
      .expect(200);
    expect(page.text).toContain('<html lang="en">');
    expect(page.text).toContain('Sign in');
  });
});
