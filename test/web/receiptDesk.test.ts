// Receipts at the finance officer's desk: money that went is said before anybody acts, who must act is named, and lists say what they add up to.
import { handOverReceipts } from '../../src/actions/handOverReceipts';
import { issueReceipts } from '../../src/actions/issueReceipts';
import { signReceipts } from '../../src/actions/signReceipts';
import { openPretendReceiptProvider } from '../../src/outbound/pretendReceiptProvider';
import { tell } from '../support/bank';
import { certifiedCopy, openTestService, type TestService } from '../support/office';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

describe('Receipts at the desk', () => {
  let service: TestService;
  let ketoan: Visitor;
  let ketoantruong: Visitor;
  beforeAll(async () => {
    service = await openTestService('SQLite', { replace: { pretendReceiptProvider: openPretendReceiptProvider() } });
    [ketoan, ketoantruong] = [await visitorAt(service, 'ketoan'), await visitorAt(service, 'ketoantruong')];
  });
  afterAll(() => service.end());

  const follow = async (sign = true) => {
    while ((await issueReceipts(service.ctx)) > 0);
    while (sign && (await signReceipts(service.ctx)) > 0);
  };
  const seen = async (id: string) => (await service.call('get', `/api/obligations/${id}`).expect(200)).body;
  async function paid(sign = true) {
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    await follow(sign);
    return seen(id);
  }
  async function takenBack() {
    const obligation = await paid();
    const { transactionId } = obligation.payments[0];
    await service
      .call('post', `/api/transactions/${transactionId}/undo`, { reason: 'chuyển nhầm', decisionsSeen: 0 }, 'demo-api-key-ketoan')
      .expect(200);
    await follow();
    return obligation;
  }
  const shown = async (path: string, visitor = ketoan) => textOf((await visitor.get(path)).text);

  it('say that their money was taken back, in lists, on their page and over the API, before anybody gives notice', async () => {
    const { id, receipt } = await takenBack();
    for (const path of [`/receipts/${receipt.number}`, `/receipts?q=${receipt.number}`, `/obligations/${id}`])
      expect([path, await shown(path)]).toEqual([path, expect.stringContaining('Tiền đã thu hồi, chờ thông báo sai sót')]);
    expect((await seen(id)).receipt).toMatchObject({ status: 'issued', moneyTakenBack: true });
    expect((await service.call('get', `/api/receipts/${receipt.number}`)).body.moneyTakenBack).toBe(true);
    expect((await paid()).receipt.moneyTakenBack).toBe(false);
  });

  it('stand in the queue with number, dossier, amount and since when; a request says that it waits for the second person', async () => {
    const { dossier, receipt } = await takenBack();
    const html = (await ketoan.get('/receipts/queue')).text;
    expect(html).toContain(`href="/receipts/${receipt.number}"`);
    expect(textOf(html)).toMatch(new RegExp(`${dossier.code} · 21\\.000.₫ · từ \\d\\d/\\d\\d/\\d{4}[^]*${receipt.number}`));
    await ketoan.post(`/receipts/${receipt.number}`, { act: 'notice', reason: 'đã trả lại' });
    expect(await shown('/receipts/queue')).toContain(`${receipt.number} · Đã đề nghị thông báo sai sót, chờ người thứ hai xác nhận`);
    expect(await shown(`/receipts?q=${receipt.number}`)).toContain('Tiền đã thu hồi, chờ người thứ hai xác nhận');
  });

  it('keep no request that nobody needs: withdrawn by whoever asked, or closed by itself when the money came again', async () => {
    const one = await takenBack();
    const page = `/receipts/${one.receipt.number}`;
    await ketoan.post(page, { act: 'notice', reason: 'đã trả lại' });
    expect((await ketoan.post(page, { act: 'confirmed' })).status).toBe(403);
    expect(await shown(page)).toContain('Rút đề nghị');
    expect((await ketoan.post(page, { act: 'refused' })).status).toBe(303);
    expect(await shown(page)).toMatch(/Đã rút đề nghị: Kế toán/);

    await ketoan.post(page, { act: 'notice', reason: 'đã trả lại thật' });
    await tell(service, { content: one.reference, amount: 21_000 }).expect(200);
    await follow();
    expect(await shown(page)).toContain('Tự đóng vì tiền đã được nộp lại');
    expect((await ketoantruong.post(page, { act: 'confirmed' })).status).toBe(409);
    expect((await ketoan.get('/receipts/queue')).text).not.toContain(`/obligations/${one.id}`);
    expect((await seen(one.id)).receipts).toHaveLength(1);
  });

  it('that replace another print its ground and not what was noted, and name the one person who did it once', async () => {
    const { id, receipt } = await paid();
    expect(await shown(`/receipts/${receipt.number}`)).toContain('Không in trên biên lai');
    const fields = { act: 'replace', ground: 'payer_name', payerName: 'Nguyễn Thị Đúng', reason: 'CCCD của ông Trần Văn Kín' };
    expect((await ketoan.post(`/receipts/${receipt.number}`, fields)).status).toBe(303);
    await follow();
    const old = await shown(`/receipts/${receipt.number}`);
    expect(old).toMatch(/Người lập biên lai thay thế: Kế toán, \d\d/);
    expect(old).not.toContain('Đã xác nhận');
    expect(old).toContain('Trần Văn Kín');
    const { number } = (await seen(id)).receipt;
    const fresh = await shown(`/receipts/${number}`);
    expect(fresh).toContain('Lý do: Sai tên người nộp tiền');
    expect(fresh).not.toContain('Trần Văn Kín');
    expect(String((await ketoan.get(`/receipts/${number}/xml`).responseType('blob')).body)).not.toContain('Trần Văn Kín');
    const { text } = await ketoan.get('/receipts/summary.csv');
    expect([text.includes('Sai tên người nộp tiền'), text.includes('Trần Văn Kín')]).toEqual([true, false]);
  });

  it('are found by payment reference, kind and state, with what they add up to', async () => {
    const { reference, receipt } = await paid();
    expect(await shown(`/receipts?q=${reference.toLowerCase()}`)).toMatch(new RegExp(`${receipt.number}[^]*1 biên lai, cộng 21\\.000`));
    expect(await shown(`/receipts?q=${reference}&kind=le_phi`)).toContain('Không tìm thấy biên lai nào');
    expect(await shown(`/receipts?q=${reference}&kind=phi&state=issued`)).toContain(receipt.number);
    for (const state of ['unsigned', 'money_gone', 'in_error', 'replaced', 'replacing'])
      expect([state, await shown(`/receipts?q=${reference}&state=${state}`)]).toEqual([state, expect.stringContaining('Không tìm thấy')]);
    const replaced = await shown('/receipts?state=replaced');
    expect(replaced).toMatch(/1 biên lai, cộng 21\.000/);
    expect((await ketoan.get('/receipts?state=nothing')).status).toBe(400);
    expect(await shown('/receipts?kind=phi&state=money_gone')).toContain('Tiền đã thu hồi');
  });

  it('ask for themselves until they are signed, and are not printed as copies by who inspects', async () => {
    const { receipt } = await paid(false);
    expect((await ketoan.get(`/receipts/${receipt.number}`)).text).toContain('hx-trigger="every 4s"');
    await follow();
    expect((await ketoan.get(`/receipts/${receipt.number}`)).text).not.toContain('hx-trigger');
    const thanhtra = await visitorAt(service, 'thanhtra');
    expect(await shown(`/receipts/${receipt.number}`)).toContain('In bản sao');
    expect(await shown(`/receipts/${receipt.number}`, thanhtra)).not.toContain('In bản sao');
    expect((await thanhtra.post(`/receipts/${receipt.number}/copies`, {})).status).toBe(403);
  });

  it('wait while the pretend provider is out of reach, with the clock of the law; then they are handed over, with its reference', async () => {
    while ((await handOverReceipts(service.ctx)) > 0);
    const health = async () => (await service.call('get', '/health')).body;
    expect(await shown('/receipts/queue')).toContain('Đơn vị cung cấp thử (chỉ có ở bản dùng thử) : Đang hoạt động');
    expect((await ketoan.post('/receipts/pretend-provider', { state: 'down' })).status).toBe(303);
    const { receipt } = await paid();
    await handOverReceipts(service.ctx);
    const down = await shown('/receipts/queue');
    expect(down).toMatch(
      /Mất kết nối với đơn vị cung cấp biên lai điện tử từ .*; 1 biên lai đang chờ\. .*nếu khôi phục hôm nay, hạn cuối là \d\d/,
    );
    expect(down).toContain(receipt.number);
    expect(await shown(`/receipts/${receipt.number}`)).toContain('Gửi đơn vị cung cấp biên lai điện tử Trạng thái Chờ gửi');
    expect((await health()).status).toBe('degraded');
    expect((await ketoan.post('/receipts/pretend-provider', { state: 'up' })).status).toBe(303);
    await service.ctx.store.transact((tables) => tables.receiptHandovers.markAllDue(service.ctx.now()));
    while ((await handOverReceipts(service.ctx)) > 0);
    expect(await shown(`/receipts/${receipt.number}`)).toMatch(new RegExp(`Trạng thái Đã gửi Mã tiếp nhận THU-${receipt.number} Gửi lúc`));
    expect((await health()).receipts.waiting).toBe(0);
    const quay = await visitorAt(service, 'quay1');
    expect((await quay.post('/receipts/pretend-provider', { state: 'down' })).status).toBe(403);
  });
});

describe('A service without a pretend provider', () => {
  it('has no switch for one', async () => {
    const service = await openTestService('SQLite');
    const ketoan = await visitorAt(service, 'ketoan');
    expect(textOf((await ketoan.get('/receipts/queue')).text)).not.toContain('Đơn vị cung cấp thử');
    expect((await ketoan.post('/receipts/pretend-provider', { state: 'down' })).status).toBe(404);
    await service.end();
  });
});
