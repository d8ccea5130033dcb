// The administrator's part of the receipts: which certificates are taken and what is said of them, ranges of numbers, and what the health hears.
import { handOverReceipts } from '../../src/actions/handOverReceipts';
import { issueReceipts } from '../../src/actions/issueReceipts';
import { lookUpReceipt } from '../../src/actions/lookUpReceipt';
import { signReceipts } from '../../src/actions/signReceipts';
import { receiptTick } from '../../src/jobs/receiptTick';
import { addMs, instantOf, type Instant } from '../../src/domain/time';
import { tell } from '../support/bank';
import { issueCertificate, type Wish } from '../support/issuedCertificate';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

const name = 'Ủy ban nhân dân thành phố Hà Nội (đơn vị mẫu)';
const taxCode = '0000000000';

describe('Certificates that an administrator sends', () => {
  let service: TestService;
  let quantri: Visitor;
  let now: Instant;
  beforeEach(async () => {
    now = instantOf(Date.now());
    service = await openTestService('SQLite', { replace: { now: () => now } });
    quantri = await visitorAt(service, 'quantri');
  });
  afterEach(() => service.end());

  const queue = async () => textOf((await quantri.get('/receipts/queue')).text);
  async function send(wish: Omit<Wish, 'now'>) {
    const { certificatePem, privateKeyPem } = await issueCertificate({ now, ...wish });
    const oneLine = (pem: string) => pem.replaceAll('\n', ''); // as a browser's field sends it
    const answer = await quantri.post('/receipts/certificate', {
      collectorCode: 'H26',
      certificatePem: oneLine(certificatePem),
      privateKeyPem: oneLine(privateKeyPem),
    });
    return { status: answer.status, text: textOf(answer.text) };
  }
  async function signedNow() {
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    while ((await issueReceipts(service.ctx)) > 0);
    while ((await signReceipts(service.ctx)) > 0);
    const { receipt } = (await service.call('get', `/api/obligations/${id}`)).body;
    return lookUpReceipt(service.ctx, receipt.lookupCode);
  }

  it('are refused with the tax code of another organisation, and with keys that are not RSA', async () => {
    expect(await send({ name, taxCode: '0100000009' })).toEqual({
      status: 409,
      text: expect.stringContaining('mã số thuế của tổ chức khác'),
    });
    expect(await send({ name, taxCode, isEc: true })).toEqual({ status: 400, text: expect.stringContaining('Chỉ nhận khóa RSA') });
  });

  it('without a tax code, or with another name, are taken with a warning that stays in sight', async () => {
    expect((await send({ name: 'Công ty Khác' })).status).toBe(303);
    expect(await queue()).toContain('Chứng thư không ghi mã số thuế, chỉ ghi tên “Công ty Khác”');
    now = addMs(now, 1_000);
    expect((await send({ name: 'UBND TP Hà Nội', taxCode })).status).toBe(303);
    expect(await queue()).toContain('Chứng thư ghi tên “UBND TP Hà Nội”, khác tên tổ chức thu');
    now = addMs(now, 1_000);
    expect((await send({ name: ` ${name.toUpperCase()}`, taxCode })).status).toBe(303);
    expect(await queue()).not.toContain('Chứng thư ghi tên');
  });

  it('that are signed by themselves only try receipts out, and sign nothing once there is a real one', async () => {
    expect((await send({ name, taxCode, isSelfSigned: true })).status).toBe(303);
    expect(await queue()).toContain('Chứng thư dùng thử (tự ký), không có giá trị pháp lý');
    expect((await signedNow()).signature?.certificate.isDemo).toBe(true);
    now = addMs(now, 1_000);
    expect((await send({ name, taxCode })).status).toBe(303);
    now = addMs(now, 1_000);
    expect((await send({ name, taxCode, isSelfSigned: true })).status).toBe(303);
    expect(await queue()).not.toContain('tự ký');
    expect((await signedNow()).signature?.certificate).toMatchObject({ isDemo: false, issuer: 'Tổ chức chứng thực thử' });
  });

  it('stand beside the ranges of numbers: which each unit uses, how many it used and how many are left', async () => {
    await signedNow();
    await signedNow();
    expect(await queue()).toMatch(
      /Khoảng số biên lai trong năm .* Điểm phục vụ hành chính công phường Mẫu \d\dTAA Phí 00000001 – 00001000 2 998/,
    );
  });
});

describe('The health of the receipts', () => {
  it('is degraded at once when the only certificate has expired and a receipt is unsigned', async () => {
    let now = instantOf(Date.now());
    const service = await openTestService('SQLite', { replace: { now: () => now } });
    const status = async () => (await service.call('get', '/health')).body.status;
    now = addMs(now, 366 * 86_400_000);
    expect(await status()).toBe('ok');
    const { reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    while ((await issueReceipts(service.ctx)) > 0);
    expect(await status()).toBe('degraded');
    await service.end();
  });

  it('is degraded while a receipt stands refused', async () => {
    const refusing = { send: async () => ({ kind: 'refused' as const, why: 'no' }), isDown: () => false, setDown: () => undefined };
    const service = await openTestService('SQLite', { replace: { pretendReceiptProvider: refusing } });
    const { reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    while ((await issueReceipts(service.ctx)) > 0);
    while ((await signReceipts(service.ctx)) > 0);
    await handOverReceipts(service.ctx);
    expect((await service.call('get', '/health')).body).toMatchObject({ status: 'degraded', receipts: { refused: 1 } });
    await service.end();
  });
});

describe.each(databases)('A receipt that could not be issued because of a bug on %s', (kind) => {
  it('is tried again within the hour, not only when the service starts', async () => {
    let now = '2026-11-21T03:10:00.000Z' as Instant;
    const service = await openTestService(kind, { replace: { now: () => now } });
    const tick = receiptTick(service.ctx);
    await tick();
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    await service.ctx.store.transact(async ({ receiptSeries, receiptNotices, events }) => {
      await receiptSeries.claimEvents(await receiptSeries.cursor(), await events.lastId());
      await receiptNotices.saveWaits([{ obligationId: id, agencyCode: 'H26.101', why: 'failed', since: now }]);
    });
    const issued = async () => (await service.ctx.store.tables.receipts.ofObligations([id])).length;
    await tick();
    expect(await issued()).toBe(0);
    now = addMs(now, 60 * 60_000);
    await tick();
    expect(await issued()).toBe(1);
    await service.end();
  });
});
