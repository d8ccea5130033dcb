// What a citizen has of a receipt without signing in: its files by its code, what it says, and whether a file at hand is the genuine one.
import request from 'supertest';
import { correctReceipt } from '../../src/actions/correctReceipt';
import { issueReceipts } from '../../src/actions/issueReceipts';
import { signReceipts } from '../../src/actions/signReceipts';
import type { Actor } from '../../src/domain/role';
import { tell } from '../support/bank';
import { certifiedCopy, openTestService, type TestService } from '../support/office';
import { wordsInPdf } from '../support/pdfWords';
import { runAll } from '../support/settled';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

const ketoan: Actor = { kind: 'person', officerId: 'of-ketoan', name: 'Kế toán', role: 'finance_officer', agencyCode: 'H26' };

describe('A receipt in the hands of a citizen', () => {
  let service: TestService;
  let citizen: Visitor;
  beforeAll(async () => {
    service = await openTestService('SQLite', { config: { trustedProxies: 1 } });
    citizen = await visitorAt(service);
  });
  afterAll(() => service.end());

  const follow = async (sign = true) => {
    while ((await issueReceipts(service.ctx)) > 0);
    while (sign && (await signReceipts(service.ctx)) > 0);
  };
  async function paid(sign = true) {
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    await follow(sign);
    return (await service.call('get', `/api/obligations/${id}`).expect(200)).body.receipt;
  }
  const xmlOf = async (code: string) => ((await citizen.get(`/receipt/${code}/xml`).responseType('blob')).body as Buffer).toString('utf8');
  const check = async (content: string | Buffer, from = '10.0.0.1') => {
    const answer = await request(service.server)
      .post('/receipt')
      .set('accept', 'text/html')
      .set('x-forwarded-for', from)
      .attach('file', Buffer.from(content), 'bien-lai.xml');
    return { status: answer.status, text: textOf(answer.text) };
  };

  it('is given as PDF and as signed XML to whoever has its code', async () => {
    const { lookupCode } = await paid();
    const pdf = await citizen.get(`/receipt/${lookupCode}/pdf`).responseType('blob');
    expect([pdf.status, pdf.headers['content-type']]).toEqual([200, 'application/pdf; charset=utf-8']);
    expect(await wordsInPdf(pdf.body as Buffer)).toContain('21.000');
    const xml = await citizen.get(`/receipt/${lookupCode}/xml`);
    expect([xml.status, xml.headers['content-type']]).toEqual([200, 'application/xml; charset=utf-8']);
    expect(await xmlOf(lookupCode)).toContain('<SignatureValue>');
    const { text } = await citizen.get(`/receipt/${lookupCode}`);
    for (const kind of ['pdf', 'xml']) expect(text).toContain(`href="/receipt/${lookupCode}/${kind}"`);
    for (const kind of ['pdf', 'xml']) expect((await citizen.get(`/receipt/ABCD/${kind}`)).status).toBe(404);
  });

  it('says its lines with their amounts, the amount in words, and no name', async () => {
    const { lookupCode } = await paid();
    const page = textOf((await citizen.get(`/receipt/${lookupCode}`)).text);
    for (const words of ['Hai mươi mốt nghìn đồng', '21.000', 'chứng thực bản sao']) expect(page).toContain(words);
    expect(page).not.toContain('Nguyễn');
  });

  it('signed by a demo certificate is called one that was tried out, not a genuine one', async () => {
    const { lookupCode } = await paid();
    const page = textOf((await citizen.get(`/receipt/${lookupCode}`)).text);
    expect(page).toContain('Biên lai dùng thử: chữ ký đúng');
    expect(page).not.toContain('Biên lai thật');
  });

  it('is not given before it is signed, nor when it was changed', async () => {
    const unsigned = await paid(false);
    for (const kind of ['pdf', 'xml']) {
      const answer = await citizen.get(`/receipt/${unsigned.lookupCode}/${kind}`);
      expect([answer.status, textOf(answer.text)]).toEqual([409, expect.stringContaining('đang chờ ký số')]);
    }
    expect((await citizen.get(`/receipt/${unsigned.lookupCode}`)).text).not.toContain('/pdf"');
    await follow();
    await runAll(service.config.databaseUrl, [
      'DROP TRIGGER receipt_refuses_update',
      `UPDATE receipt SET content = replace(content, 'Nguyễn Thị Mẫu', 'Nguyễn Thị Khác') WHERE lookup_code = '${unsigned.lookupCode}'`,
    ]);
    for (const kind of ['pdf', 'xml']) {
      const answer = await citizen.get(`/receipt/${unsigned.lookupCode}/${kind}`);
      expect([answer.status, textOf(answer.text)]).toEqual([409, expect.stringContaining('Chữ ký số không khớp')]);
    }
  });

  it('as an XML file is found genuine and unchanged, or replaced meanwhile', async () => {
    const { lookupCode, number } = await paid();
    const xml = await xmlOf(lookupCode);
    const genuine = await check(xml);
    expect(genuine).toEqual({ status: 200, text: expect.stringContaining('Tệp nguyên vẹn, đúng như đã ký') });
    expect(genuine.text).toContain(number);
    await correctReceipt(service.ctx, { actor: ketoan, name: number, ground: 'payer_name', reason: 'sai tên', payerName: 'Tên Đúng' });
    expect(await check(xml)).toEqual({ status: 200, text: expect.stringContaining('đã bị thay thế') });
  });

  it('as an XML file in which any one byte is another is found altered', async () => {
    const { lookupCode } = await paid();
    const bytes = Buffer.from(await xmlOf(lookupCode));
    for (const [turn, at] of Array.from({ length: 25 }, (_, i) => Math.floor(((i + 0.5) * bytes.length) / 25)).entries()) {
      const changed = Buffer.from(bytes);
      changed[at] = changed[at] === 0x31 ? 0x32 : 0x31;
      const { status, text } = await check(changed, `10.0.1.${turn}`);
      expect([at, status, text.includes('nguyên vẹn, đúng')]).toEqual([at, 422, false]);
    }
    const altered = await check(bytes.toString().replace('<SoTien>21000<', '<SoTien>91000<'));
    expect(altered).toEqual({ status: 422, text: expect.stringContaining('Tệp đã bị sửa') });
    expect((await check(`${bytes.toString()}\n`)).text).toContain('Tệp đã bị sửa');
  });

  it('as an XML file of somebody else, with entities, without sense or far too large is refused in words', async () => {
    const entities = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><a>&z;</a>';
    const strange = [entities, '<a/>', '', 'không phải XML', '\u0000\u0001', `<BienLai>${'<KhoanThu>'.repeat(90_000)}`];
    for (const content of [...strange, Buffer.from([0xff, 0xfe, 0x00])]) {
      const started = performance.now();
      expect(await check(content, '10.0.2.1')).toEqual({
        status: 422,
        text: expect.stringContaining('không phải biên lai do hệ thống này ký'),
      });
      expect(performance.now() - started).toBeLessThan(2_000);
    }
    const large = await check(Buffer.alloc(1_500_000, 'a'), '10.0.2.2');
    expect(large).toEqual({ status: 413, text: expect.stringContaining('quá dài') });
    const nothing = await request(service.server).post('/receipt').set('accept', 'text/html').type('form').send({ file: 'x' });
    expect(nothing.status).toBe(400);
  });

  it('cannot be guessed: after thirty wrong codes a minute nothing more is said, but when to try again', async () => {
    const { lookupCode } = await paid();
    for (let turn = 0; turn < 30; turn++) await citizen.get(`/receipt/WRONG${turn}/pdf`);
    for (const path of [`/receipt/${lookupCode}`, `/receipt/${lookupCode}/xml`]) {
      const refused = await citizen.get(path);
      expect([refused.status, textOf(refused.text)]).toEqual([429, expect.stringMatching(/Thử lại sau \d+ giây/)]);
    }
    expect((await citizen.get('/receipt')).status).toBe(200);
  });
});
