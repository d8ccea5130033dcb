// Receipts on screens: found by number, dossier, day and agency, shown as paper, downloaded, copied, and verified by anybody.
import { issueReceipts } from '../../src/actions/issueReceipts';
import { signReceipts } from '../../src/actions/signReceipts';
import { tell } from '../support/bank';
import { certifiedCopy, openTestService, type TestService } from '../support/office';
import { wordsInPdf } from '../support/pdfWords';
import { runAll } from '../support/settled';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

describe('Receipts on screens', () => {
  let service: TestService;
  let ketoan: Visitor;
  let quay: Visitor;
  let citizen: Visitor;
  beforeAll(async () => {
    service = await openTestService('SQLite');
    [ketoan, quay, citizen] = [await visitorAt(service, 'ketoan'), await visitorAt(service, 'quay1'), await visitorAt(service)];
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
    return (await service.call('get', `/api/obligations/${id}`).expect(200)).body;
  }

  it('stand beside the obligation, over the API and on its page', async () => {
    const { id, receipt, receipts } = await paid();
    expect(receipt).toMatchObject({ number: expect.stringMatching(/^\d\dTAA-\d{8}$/), kind: 'phi', status: 'issued', total: 21_000 });
    expect(receipts).toEqual([receipt]);
    const { text } = await quay.get(`/obligations/${id}`);
    for (const href of [
      `/receipts/${receipt.number}`,
      `/receipts/${receipt.number}/pdf`,
      `/receipts/${receipt.number}/xml`,
      `/receipt/${receipt.lookupCode}`,
    ])
      expect(text).toContain(`href="${href}"`);
    const whole = (await service.call('get', `/api/receipts/${receipt.number}`).expect(200)).body;
    expect(whole).toMatchObject({
      number: receipt.number,
      obligationId: id,
      lines: [{ feeId: 'CT-2.000815', amount: 21_000 }],
      totalInWords: 'Hai mươi mốt nghìn đồng',
      method: 'transfer',
      signature: { isDemo: true, signer: expect.stringContaining('mẫu') },
      verificationUrl: `${service.config.publicUrl}/receipt/${receipt.lookupCode}`,
    });
    expect((await service.call('get', '/api/receipts/26TZZ-00000001').expect(404)).body.code).toBe('receipt_unknown');
  });

  it('are found by number, by dossier, by day and by agency', async () => {
    const { receipt, dossier } = await paid();
    const [symbol, digits] = receipt.number.split('-');
    for (const q of [receipt.number, `${symbol} ${Number(digits)}`.toLowerCase(), String(Number(digits)), dossier.code]) {
      const found = textOf((await ketoan.get(`/receipts?q=${encodeURIComponent(q)}`)).text);
      expect([q, found.includes(receipt.number)]).toEqual([q, true]);
    }
    const day = receipt.issuedAt.slice(0, 10);
    expect((await ketoan.get(`/receipts?agency=H26.101&from=2000-01-01&to=2099-01-01`)).text).toContain(receipt.number);
    expect((await ketoan.get(`/receipts?agency=H26.90`)).text).toContain('Không tìm thấy biên lai nào');
    expect((await ketoan.get(`/receipts?to=2000-01-01`)).text).not.toContain(receipt.number);
    expect((await ketoan.get(`/receipts?q=${day}`)).text).toContain('Không tìm thấy biên lai nào');
  });

  it('are shown as paper and given as PDF and signed XML', async () => {
    const { receipt } = await paid();
    const page = textOf((await quay.get(`/receipts/${receipt.number}`)).text);
    for (const words of ['Biên lai thu phí', 'EBL01', '0000000000', 'Bằng chữ: Hai mươi mốt nghìn đồng', 'Chữ ký đúng', 'dùng thử'])
      expect(page).toContain(words);
    const pdf = await quay.get(`/receipts/${receipt.number}/pdf`).responseType('blob');
    expect([pdf.status, pdf.headers['content-type'], (pdf.body as Buffer).subarray(0, 5).toString()]).toEqual([
      200,
      'application/pdf; charset=utf-8',
      '%PDF-',
    ]);
    const xml = await quay.get(`/receipts/${receipt.number}/xml`).responseType('blob');
    expect((xml.body as Buffer).toString()).toContain('SignatureValue');
  });

  it('are printed again as a marked copy, and each copy says who and when', async () => {
    const { receipt } = await paid();
    const answer = await quay.post(`/receipts/${receipt.number}/copies`, {});
    expect(answer.status).toBe(303);
    expect(String(answer.headers['location'])).toMatch(new RegExp(`^/receipts/${receipt.number}/copies/rp_`));
    const copy = await quay.get(String(answer.headers['location'])).responseType('blob');
    expect(String(copy.headers['content-disposition'])).toContain('ban-sao');
    expect(textOf((await ketoan.get(`/receipts/${receipt.number}`)).text)).toMatch(
      /Bản sao đã in \d\d\/\d\d\/\d{4} \d\d:\d\d Cán bộ quầy 1/,
    );
    expect((await quay.get(`/receipts/${receipt.number}/copies/rp_none`)).status).toBe(404);
  });

  it('say that they wait for their signature, and give no file before', async () => {
    const { receipt } = await paid(false);
    expect(receipt.signedAt).toBeNull();
    expect(textOf((await quay.get(`/receipts/${receipt.number}`)).text)).toContain('Chờ ký số');
    expect((await quay.get(`/receipts/${receipt.number}/pdf`)).status).toBe(409);
    expect((await quay.post(`/receipts/${receipt.number}/copies`, {})).status).toBe(409);
    expect(textOf((await citizen.get(`/receipt/${receipt.lookupCode}`)).text)).toContain('Biên lai đã lập, đang chờ ký số');
    await follow();
  });

  it('are verified by anybody with their code, without a word of persons', async () => {
    const { receipt } = await paid();
    const spaced = receipt.lookupCode.match(/.{4}/g).join('-').toLowerCase();
    const led = await citizen.get(`/receipt?code=${spaced}`);
    expect(led.headers['location']).toBe(`/receipt/${receipt.lookupCode}`);
    const page = textOf((await citizen.get(`/receipt/${receipt.lookupCode}`)).text);
    for (const words of ['Biên lai dùng thử: chữ ký đúng', receipt.number, '21.000', 'Điểm phục vụ hành chính công phường Mẫu'])
      expect(page).toContain(words);
    for (const words of ['Nguyễn', 'Mẫu ·', '000.00.18']) expect(page).not.toContain(words);
  });

  it('are not shown as genuine when the tables say anything else than what was signed', async () => {
    const { id, receipt } = await paid();
    await runAll(service.config.databaseUrl, [
      'DROP TRIGGER receipt_refuses_update',
      `UPDATE receipt SET content = replace(content, 'Nguyễn Thị Mẫu', 'Nguyễn Thị Khác') WHERE obligation_id = '${id}'`,
    ]);
    expect(textOf((await quay.get(`/receipts/${receipt.number}`)).text)).toContain('Chữ ký số không khớp với nội dung');
    expect((await quay.get(`/receipts/${receipt.number}/pdf`)).status).toBe(409);
    expect(textOf((await citizen.get(`/receipt/${receipt.lookupCode}`)).text)).toContain('không tin biên lai này');
    const told = (await service.call('get', `/api/receipts/${receipt.number}`).expect(200)).body;
    expect(told.signature).toBeNull();
    await runAll(service.config.databaseUrl, [
      `UPDATE receipt SET content = replace(content, '"total":21000', '"total":1') WHERE obligation_id = '${id}'`,
    ]);
    expect((await quay.get(`/receipts/${receipt.number}`)).status).toBe(200);
  });

  it('say that they were replaced, on paper and to anybody, even before they are signed', async () => {
    const { receipt } = await paid(false);
    const fields = { act: 'replace', ground: 'payer_name', payerName: 'Nguyễn Thị Đúng', reason: 'sai tên' };
    expect((await ketoan.post(`/receipts/${receipt.number}`, fields)).status).toBe(303);
    expect(textOf((await citizen.get(`/receipt/${receipt.lookupCode}`)).text)).toContain('đã bị thay thế');
    await follow();
    expect(textOf((await citizen.get(`/receipt/${receipt.lookupCode}`)).text)).toContain('Biên lai dùng thử, đã bị thay thế');
    const paper = async (path: string) => wordsInPdf((await quay.get(path).responseType('blob')).body as Buffer);
    expect(await paper(`/receipts/${receipt.number}/pdf`)).toContain('ĐÃ BỊ THAY THẾ');
    const copy = String((await quay.post(`/receipts/${receipt.number}/copies`, {})).headers['location']);
    expect(await paper(copy)).toMatch(/BẢN SAO.*ĐÃ BỊ THAY THẾ/);
    const sound = (await paid()).receipt;
    expect(await paper(`/receipts/${sound.number}/pdf`)).not.toContain('THAY THẾ');
  });

  it('are for nobody else: a wrong code finds nothing, and only so many may be tried; other agencies do not see them', async () => {
    const { receipt } = await paid();
    const statuses = await Promise.all(
      ['ABCD', 'ABCDEFGHJKLMNPQRST23', '%00', 'x'.repeat(400)].map(async (code) => {
        const answer = await citizen.get(`/receipt/${code}`);
        return [answer.status, textOf(answer.text).replace(/Mã hỗ trợ: \S+/, '')];
      }),
    );
    expect(new Set(statuses.map(String)).size).toBe(1);
    expect(statuses[0]?.[0]).toBe(404);
    const again = await citizen.get('/receipt/ABCD');
    expect(textOf(again.text)).toContain('Không có biên lai này');
    expect(again.text).toMatch(/<form action="\/receipt"[^]*name="code"/); // a slip of the pen is typed anew on the spot
    for (let i = 0; i < 30; i++) await citizen.get(`/receipt/WRONG${i}`);
    expect((await citizen.get('/receipt/WRONG')).status).toBe(429);
    expect((await citizen.get(`/receipts/${receipt.number}`)).status).toBe(303);
  });
});
