// Making a basket on screen: an officer names dossiers and references, and comes to the page that is paid at once.
import request from 'supertest';
import { certifiedCopy, openTestService, type TestService } from '../support/office';

describe('several charges at once', () => {
  let service: TestService;
  let officer: ReturnType<typeof request.agent>;
  let formToken: string;
  beforeAll(async () => {
    service = await openTestService('SQLite');
    officer = request.agent(service.server);
    await officer.post('/sign-in').accept('html').type('form').send({ login: 'quay1', password: 'demo' }).expect(303);
    formToken = /name="formToken" value="([^"]+)"/.exec((await officer.get('/baskets').accept('html').expect(200)).text)?.[1] ?? '';
  });
  afterAll(() => service.end());

  const issued = async (): Promise<{ id: string; reference: string; dossier: { code: string } }> =>
    (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
  const send = (named: string) => officer.post('/baskets').accept('html').type('form').send({ formToken, named });

  it('takes dossier codes and references, a line each', async () => {
    const [one, other] = [await issued(), await issued()];
    const { headers } = await send(`${one.dossier.code}\r\n${other.reference}\r\n`).expect(303);
    const { text } = await request(service.server)
      .get(new URL(headers['location'] ?? '').pathname)
      .accept('html')
      .expect(200);
    for (const shown of [one.dossier.code, other.dossier.code, '42.000\u00a0₫', 'Còn phải nộp cho 2 trên 2 khoản'])
      expect(text).toContain(shown);
    expect(text).not.toContain('Nguyễn Thị Mẫu');
  });

  it('says which line leads nowhere, and keeps what was typed', async () => {
    const { reference } = await issued();
    const { text } = await send(`${reference} NP22222222`).expect(400);
    expect(text).toContain('Không có khoản nào còn phải nộp ở dòng “NP22222222”.');
    expect(text).toContain(`${reference} NP22222222</textarea>`);
  });

  it('says why one alone makes no basket', async () => {
    const { text } = await send((await issued()).reference).expect(409);
    expect(text).toContain('cần từ 2 đến 20 khoản');
  });
});
