// Closing a day on the screen: what will be signed stands there, and two persons with two tabs open make one close.
import { issueReceipts } from '../../src/actions/issueReceipts';
import { tell } from '../support/bank';
import { countOf, listDay } from '../support/bankLists';
import { rowsOf } from '../support/books';
import { certifiedCopy, openTestService, type TestService } from '../support/office';
import { parseVietnamTime, vietnamTimeOf, type Instant } from '../../src/domain/time';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

describe('the screen on which a day is closed', () => {
  let service: TestService;
  let now: Instant = parseVietnamTime('2026-11-20 10:00:00') ?? ('' as Instant);
  let maker: Visitor;
  let checker: Visitor;
  let receipt: string;
  const address = '/days/acc-h26-101/2026-11-20/close';
  beforeAll(async () => {
    service = await openTestService('SQLite', { replace: { now: () => now } });
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(service, { content: reference, amount: 21_000, time: vietnamTimeOf(now) }).expect(200);
    while ((await issueReceipts(service.ctx)) > 0);
    receipt = (await service.call('get', `/api/obligations/${id}`).expect(200)).body.receipt.number;
    now = parseVietnamTime('2026-11-21 08:00:00') ?? now;
    maker = await visitorAt(service, 'ketoan');
    checker = await visitorAt(service, 'ketoantruong');
  });
  afterAll(() => service.end());

  const read = async (who: Visitor, path = address): Promise<string> => textOf((await who.get(path).expect(200)).text);
  const hashIn = (html: string): string => /name="contentHash" value="([0-9a-f]{64})"/.exec(html)?.[1] ?? '';

  it('is one click away from every day that is over, also from one without money and without a list', async () => {
    for (const [day, isOver] of [
      ['2026-11-20', true],
      ['2026-11-19', true],
      ['2026-11-21', false],
    ] as const)
      expect([
        day,
        (await maker.get(`/days/acc-h26-101/${day}`).expect(200)).text.includes(`href="/days/acc-h26-101/${day}/close"`),
      ]).toEqual([day, isOver]);
  });

  it('says what keeps the day open before there is a list of the bank', async () => {
    expect(await read(maker)).toContain('Chưa khóa sổ được: Chưa có sao kê cuối ngày');
    expect((await maker.post(address, { act: 'prepare' })).status).toBe(409);
    const [row] = await rowsOf(service.config.databaseUrl, 'SELECT id FROM incoming_transaction');
    await listDay(service, { accountId: 'acc-h26-101', day: '2026-11-20', opening: 500_000, transactionIds: [String(row?.['id'])] });
  });

  it('shows the books side by side, and lets the first person prepare but not sign', async () => {
    const open = await read(maker);
    for (const words of ['Số dư đầu ngày', '500.000 ₫', '521.000 ₫', 'Chưa trình', 'Không khoản nào chuyển sang ngày sau', 'Trình khóa sổ'])
      expect(open).toContain(words);
    expect((await maker.post(address, { act: 'prepare' })).status).toBe(303);
    for (const path of ['/days', '/closes']) expect(await read(checker, path)).toContain('Chờ ký (1) 20/11/2026');
    const prepared = (await maker.get(address)).text;
    expect(textOf(prepared)).toContain('Người trình không tự ký');
    expect(prepared).not.toContain('value="sign"');
    const refused = await maker.post(address, { act: 'sign', contentHash: '' });
    expect([refused.status, textOf(refused.text).includes('Việc này cần một người khác')]).toEqual([403, true]);
  });

  it('lets the second person sign what she saw; her other tab shows the close and makes no second one', async () => {
    const tab = (await checker.get(address)).text;
    const signing = { act: 'sign', contentHash: hashIn(tab) };
    expect(signing.contentHash).not.toBe('');
    for (const contentHash of ['f'.repeat(64), '']) expect((await checker.post(address, { ...signing, contentHash })).status).toBe(409);
    expect((await checker.post(address, signing)).status).toBe(303);
    expect((await checker.post(address, signing)).status).toBe(303);
    expect(await countOf(service, 'day_close')).toBe(1);
    const closed = await read(checker);
    expect(await read(checker, '/closes')).not.toContain('Chờ ký');
    for (const words of ['Đã khóa sổ', 'Số 1', 'Kế toán · 21/11/2026 08:00:00', 'Kế toán trưởng · 21/11/2026', '0'.repeat(64)])
      expect(closed).toContain(words);
  });

  it('gives minutes that repeat what was signed, with the number and the hash of the close', async () => {
    const { text } = await checker.get('/papers/minutes?day=2026-11-20&account=acc-h26-101').expect(200);
    const { data } = (await service.call('get', '/api/closes', undefined, 'demo-api-key-ketoan').expect(200)).body;
    for (const words of ['Khóa sổ số: 1', data[0].hash, 'Người trình: Kế toán', 'Người ký: Kế toán trưởng', '21.000 ₫'])
      expect(textOf(text)).toContain(words.replace(/\s/g, ' '));
    expect(text).not.toContain('DỰ THẢO');
  });

  it('is listed for the finance desk and the inspector, with the file of the chain, and for nobody else', async () => {
    const inspector = await visitorAt(service, 'thanhtra');
    expect(await read(inspector, '/closes')).toContain('20/11/2026 1026101000 1 Kế toán Kế toán trưởng');
    const file = await inspector.get('/closes/export.json').expect(200);
    expect([file.headers['content-disposition'], JSON.parse(file.text).closes.length]).toEqual([
      'attachment; filename="khoa-so-ngay.json"',
      1,
    ]);
    for (const path of [address, '/closes', '/closes/export.json']) await (await visitorAt(service, 'quay1')).get(path).expect(403);
    expect(((await inspector.post(address, { act: 'prepare' })) as { status: number }).status).toBe(403);
    await inspector.get('/days/acc-h26-101/2026-13-40/close').expect(400);
  });

  it('shows what was decided since about its money and receipts in the next close, which points back, and in its minutes, with what that moves', async () => {
    const [row] = await rowsOf(service.config.databaseUrl, 'SELECT id FROM incoming_transaction');
    const undo = { reason: 'khớp nhầm', decisionsSeen: 0 };
    expect(await read(maker, `/transactions/${String(row?.['id'])}`)).toContain('Đã khóa sổ 20/11/2026 (Số 1) Quyết định khác đi từ nay');
    await service.call('post', `/api/transactions/${String(row?.['id'])}/undo`, undo, 'demo-api-key-ketoan').expect(200);
    expect(await read(maker, '/days/carried')).toContain('20/11/2026 · Vietcombank 1026101000 21.000 ₫');
    now = parseVietnamTime('2026-11-23 08:00:00') ?? now;
    [maker, checker] = [await visitorAt(service, 'ketoan'), await visitorAt(service, 'ketoantruong')];
    while ((await issueReceipts(service.ctx)) > 0);
    await maker.post(`/receipts/${receipt}`, { act: 'notice', reason: 'tiền đã thu hồi' });
    expect((await checker.post(`/receipts/${receipt}`, { act: 'confirmed' })).status).toBe(303);
    const day = '/api/reconciliations/acc-h26-101/2026-11-20';
    const [{ key }] = (await service.call('get', `${day}?class=unknown_content`, undefined, 'demo-api-key-ketoan')).body.differences;
    await service.call('post', `${day}/notes`, { key, kind: 'carry', text: 'chờ người nộp' }, 'demo-api-key-ketoan').expect(201);
    const next = '/days/acc-h26-101/2026-11-21/close';
    expect((await maker.post(next, { act: 'prepare' })).status).toBe(303);
    const prepared = (await checker.get(next)).text;
    expect(textOf(prepared)).toContain('Tiền chưa xác định 20/11/2026 21.000 ₫ chờ người nộp');
    expect(textOf(prepared)).toContain('20/11/2026 (Số 1) Quyết định về tiền của ngày ấy Thu lại 21.000 ₫ 21.000 ₫');
    expect(textOf(prepared)).toContain(`20/11/2026 (Số 1) Biên lai của ngày ấy Biên lai ${receipt} sai: tiền đã thu hồi 21.000 ₫`);
    expect(textOf(prepared)).toContain('20/11/2026 (Số 1) Sổ đã ký thay đổi Đã lập biên lai -21.000 ₫');
    expect(prepared).toContain(`href="/receipts/${receipt}"`);
    expect(prepared).toContain(`href="${address}"`);
    expect((await checker.post(next, { act: 'sign', contentHash: hashIn(prepared) })).status).toBe(303);
    const signedMinutes = await read(checker, '/papers/minutes?day=2026-11-21&account=acc-h26-101');
    for (const words of [
      `1 Thu lại quyết định về tiền 1 21.000 Khóa sổ số 1 · ${String(row?.['id'])} 20/11/2026`,
      `2 Biên lai sai, tiền đã thu hồi 1 21.000 Khóa sổ số 1 · ${receipt} 20/11/2026`,
      'Sổ đã ký thay đổi; Đã lập biên lai 1 -21.000 Khóa sổ số 1 20/11/2026',
    ])
      expect(signedMinutes).toContain(words);
  });

  it('says by how much the balance of the bank does not continue the day before, where it asks why that may stand', async () => {
    await listDay(service, { accountId: 'acc-h26-101', day: '2026-11-22', opening: 500_000 });
    expect(await read(maker, '/days/acc-h26-101/2026-11-22/close')).toContain('Số dư không khớp ngày trước hoặc sao kê: -21.000 ₫');
  });
});
