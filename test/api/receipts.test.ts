// Receipts over the API: listed page by page, with files that the answer itself leads to, and with a word for each way in which none is signed.
import request from 'supertest';
import { issueReceipts } from '../../src/actions/issueReceipts';
import { signReceipts } from '../../src/actions/signReceipts';
import { tell } from '../support/bank';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { runAll } from '../support/settled';

describe.each(databases)('Receipts over the API on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => (service = await openTestService(kind)));
  afterAll(() => service.end());

  async function paid(sign = true) {
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    while ((await issueReceipts(service.ctx)) > 0);
    while (sign && (await signReceipts(service.ctx)) > 0);
    return (await service.call('get', `/api/obligations/${id}`).expect(200)).body;
  }
  const list = async (question: string) => (await service.call('get', `/api/receipts?${question}`).expect(200)).body;
  const one = async (number: string) => (await service.call('get', `/api/receipts/${number}`).expect(200)).body;

  it('are listed newest first, page by page, and by obligation, dossier and day', async () => {
    const all = [await paid(), await paid(), await paid()];
    const numbers = all.map(({ receipt }) => receipt.number).reverse();
    const first = await list('limit=2');
    const second = await list(`limit=2&cursor=${first.nextCursor}`);
    expect([...first.data, ...second.data].map(({ number }) => number)).toEqual(numbers);
    expect(second.nextCursor).toBeNull();
    const [one] = all;
    expect((await list(`obligation=${one.id}`)).data).toMatchObject([
      { number: one.receipt.number, obligationId: one.id, dossierCode: one.dossier.code, reference: one.reference, total: 21_000 },
    ]);
    expect((await list(`dossier=${one.dossier.code}`)).data).toHaveLength(1);
    expect((await list('dossier=nothing')).data).toEqual([]);
    expect((await list('from=2000-01-01&to=2000-01-02')).data).toEqual([]);
    expect((await list('from=2000-01-01&to=2099-01-01')).data).toHaveLength(3);
    await service.call('get', '/api/receipts?from=heute').expect(400);
    await request(service.server).get('/api/receipts').expect(401);
  });

  it('lead to files that a system with a key can open, once they are signed', async () => {
    const unsigned = await paid(false);
    expect(await one(unsigned.receipt.number)).toMatchObject({ signatureState: 'unsigned', signature: null, pdfUrl: null, xmlUrl: null });
    while ((await signReceipts(service.ctx)) > 0);
    const signed = await one(unsigned.receipt.number);
    expect(signed).toMatchObject({ signatureState: 'valid', methods: ['transfer'] });
    for (const [url, type] of [
      [signed.pdfUrl, 'application/pdf'],
      [signed.xmlUrl, 'application/xml'],
    ]) {
      const answer = await service.call('get', String(url).replace(service.config.publicUrl, ''));
      expect([answer.status, answer.headers['content-type']]).toEqual([200, `${type}; charset=utf-8`]);
    }
  });

  it('say that a signature does not hold, which is another thing than none', async () => {
    const { id, receipt } = await paid();
    await runAll(service.config.databaseUrl, [
      kind === 'SQLite' ? 'DROP TRIGGER receipt_refuses_update' : 'ALTER TABLE receipt DISABLE TRIGGER USER',
      `UPDATE receipt SET content = replace(content, 'Nguyễn Thị Mẫu', 'Nguyễn Thị Khác') WHERE obligation_id = '${id}'`,
    ]);
    expect(await one(receipt.number)).toMatchObject({ signatureState: 'broken', signature: null, pdfUrl: null, xmlUrl: null });
  });
});
