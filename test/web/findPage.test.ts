// Finding a payment on the screen: without script, in both languages, with one answer to everybody who does not know; and the demo's outbox.
import request from 'supertest';
import { queueLetters } from '../../src/actions/queueLetters';
import { sendLetters } from '../../src/actions/sendLetters';
import { issueReceipts } from '../../src/actions/issueReceipts';
import { signReceipts } from '../../src/actions/signReceipts';
import { tell } from '../support/bank';
import { codeIn } from '../support/letters';
import { certifiedCopy, freshDossierCode, openTestService, type TestService } from '../support/office';
import { textOf, visitorAt } from '../support/visitor';

const applicant = { name: 'Nguyễn Thị Hoàng Phương', email: 'phuong@example.vn' };

describe('finding a payment', () => {
  let service: TestService;
  beforeEach(async () => {
    service = await openTestService('SQLite');
  });
  afterEach(() => service.end());

  const issued = async (changes: object = { applicant }) =>
    (await service.call('post', '/api/obligations', certifiedCopy(changes)).expect(201)).body;
  const post = (path: string, fields: object, headers: Record<string, string> = {}) =>
    request(service.server)
      .post(path)
      .set({ accept: 'text/html', ...headers })
      .type('form')
      .send(fields);
  const open = (path: string, headers: Record<string, string> = {}) =>
    request(service.server)
      .get(path)
      .set({ accept: 'text/html', ...headers });
  const outbox = async () => {
    while ((await queueLetters(service.ctx)) > 0);
    while ((await sendLetters(service.ctx)) > 0);
    return service.ctx.store.tables.letters.listOutbox(50);
  };
  const codeFor = async (dossier: string): Promise<string> => {
    await post('/find', { dossier }).expect(200);
    return codeIn((await outbox()).find(({ subject }) => subject.endsWith('mã xác nhận')));
  };
  const withoutDossier = (html: string, dossier: string): string => html.replaceAll(dossier, '');

  it('leads from the sign-in page by the code of the letter to state, history, receipt and pay page', async () => {
    expect((await open('/sign-in')).text).toContain('<a href="/find">');
    const { dossier, reference } = await issued();
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    await issueReceipts(service.ctx);
    await signReceipts(service.ctx);
    const answer = await post('/find/code', { dossier: dossier.code, code: await codeFor(dossier.code) }).expect(303);
    expect(answer.headers['location']).toBe('/find/dossier');
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^found=[^;]+; Max-Age=900; Path=\/find; .*HttpOnly; SameSite=Lax$/);
    const page = await open('/find/dossier', { cookie: cookie.split(';')[0] ?? '' }).expect(200);
    const text = textOf(page.text);
    for (const shown of [dossier.code, 'Đã thanh toán', '21.000 ₫', 'Lập khoản phải nộp', 'Đã nhận đủ', 'Lập biên lai'])
      expect(text).toContain(shown);
    expect(text).not.toMatch(/Phương|phuong@/);
    const link = /href="(\/pay\/NP\w{8}-[\w-]{27})"/.exec(page.text)?.[1] ?? '';
    await open(link).expect(200);
    const file = /href="(\/pay\/[^"]+\/receipts\/[^"]+)"/.exec(page.text)?.[1] ?? '';
    expect((await open(file).expect(200)).headers['content-type']).toContain('application/pdf');
  });

  it('closes when asked, and shows nothing without its cookie', async () => {
    expect((await open('/find/dossier').expect(303)).headers['location']).toBe('/find');
    const answer = await post('/find/close', {}).expect(303);
    expect(String(answer.headers['set-cookie'])).toMatch(/^found=; Path=\/find; Expires=Thu, 01 Jan 1970/);
  });

  it('answers alike whether there is such a dossier or not, with a contact or without', async () => {
    const codes = [(await issued()).dossier.code, (await issued({ applicant: { name: applicant.name } })).dossier.code, freshDossierCode()];
    const asked = await Promise.all(codes.map((dossier) => post('/find', { dossier }).expect(200)));
    const said = asked.map(({ text }, place) => withoutDossier(text, codes[place] ?? ''));
    expect(new Set(said).size).toBe(1);
    expect(said[0]).toContain('Nếu mã hồ sơ đúng');
    const wrong = await Promise.all(codes.map((dossier) => post('/find/code', { dossier, code: '123' }).expect(403)));
    expect(new Set(wrong.map(({ text }, place) => withoutDossier(text, codes[place] ?? ''))).size).toBe(1);
    const subjects = (await outbox()).map(({ subject }) => subject.replace(/^.*: /, ''));
    expect(subjects.toSorted()).toEqual(['mã xác nhận', 'phải nộp 21.000 ₫']);
  });

  it('says what is wrong with the shape of a dossier code, and keeps what was typed', async () => {
    const { text } = await post('/find', { dossier: 'H26-"1' }).expect(400);
    expect(text).toContain('value="H26-&#34;1"');
    expect(text).toContain('aria-invalid="true"');
  });

  it('refuses forms of other sites, and sends nothing by them', async () => {
    const { dossier } = await issued();
    await post('/find', { dossier: dossier.code }, { 'sec-fetch-site': 'cross-site' }).expect(403);
    expect((await outbox()).map(({ subject }) => subject)).toEqual([expect.stringContaining('phải nộp')]);
  });

  it('slows guessing down: wrong codes and questions from one address are refused unread after some', async () => {
    const { dossier } = await issued();
    const code = await codeFor(dossier.code);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    const statuses: number[] = [];
    for (let guess = 0; guess < 40; guess++)
      statuses.push((await post('/find/code', { dossier: dossier.code, code: guess > 5 ? code : wrong })).status);
    expect(statuses).toEqual([...Array<number>(30).fill(403), ...Array<number>(10).fill(429)]);
    const asked: number[] = [];
    for (let ask = 0; ask < 25; ask++) asked.push((await post('/find', { dossier: freshDossierCode() })).status);
    expect(asked).toEqual([...Array<number>(19).fill(200), ...Array<number>(6).fill(429)]); // one was asked above
  });

  it('is in English as well, and small', async () => {
    const { text } = await open('/find', { cookie: 'language=en' }).expect(200);
    expect(text).toContain('<html lang="en">');
    expect(text).toContain('Send me a code');
    expect(text.length).toBeLessThan(5_000);
    expect((await open('/find/code').expect(303)).headers['location']).toBe('/find');
  });

  it('shows letters in the outbox of the demo, with their links', async () => {
    expect(textOf((await open('/outbox').expect(200)).text)).toContain('Chưa có thư nào');
    const { dossier } = await issued();
    await outbox();
    const { text } = await open('/outbox').expect(200);
    expect(textOf(text)).toContain(`Hồ sơ ${dossier.code}: phải nộp 21.000 ₫`);
    await open(/href="(\/pay\/[^"]+)"/.exec(text)?.[1] ?? '').expect(200);
  });

  it('takes an address at the counter, where none is needed, and refuses what is none', async () => {
    const counter = await visitorAt(service, 'quay1');
    const issue = async (email: string) => {
      const dossier = freshDossierCode();
      const fields = { dossier, procedure: '2.000815', applicant: applicant.name, channel: 'counter', email };
      const { text } = await counter.post('/counter/find', fields);
      const named = [...text.matchAll(/name="((?:fee|units|quantity|feesOf)[^"]*)"(?:[^>]*value="([^"]*)")?/g)];
      const inputs = Object.fromEntries(named.map(([, name = '', value]) => [name, value || '1']));
      const answer = await counter.post('/counter', { ...inputs, ...fields });
      return {
        status: answer.status,
        text: answer.text,
        kept: (await service.call('get', `/api/obligations?dossier=${dossier}`)).body.data,
      };
    };
    const wrong = await issue('phuong');
    expect([wrong.status, wrong.kept]).toEqual([400, []]);
    expect(wrong.text).toContain('Địa chỉ thư điện tử chưa đúng dạng.');
    expect(wrong.text).toMatch(/name="email" type="email" value="phuong"/);
    expect((await issue(applicant.email)).kept).toMatchObject([{ dossier: { applicant } }]);
    expect((await issue('')).kept).toMatchObject([{ dossier: { applicant: { name: applicant.name } } }]);
  });
});

describe('finding a payment in production', () => {
  it('has no outbox, and says that no code can be sent where no mail server is set', async () => {
    const service = await openTestService('SQLite', { config: { mode: 'production' } });
    await request(service.server).get('/outbox').set('accept', 'text/html').expect(404);
    const { text } = await request(service.server).get('/find').set('accept', 'text/html').expect(200);
    expect(text).toContain('Chưa gửi được thư');
    const dossier = freshDossierCode();
    await request(service.server).post('/find').set('accept', 'text/html').type('form').send({ dossier }).expect(503);
    await service.end();
  });
});
