// What is left to do with receipts, on its screen; and the administrator's part: who collects, and with which certificate it signs.
import { issueReceipts, issueWaitingReceipts } from '../../src/actions/issueReceipts';
import { seeReceiptQueue } from '../../src/actions/seeReceiptQueue';
import { signReceipts } from '../../src/actions/signReceipts';
import { makeDemoCertificate } from '../../src/certificate';
import type { Actor } from '../../src/domain/role';
import { addMs, instantOf, type Instant } from '../../src/domain/time';
import { tell } from '../support/bank';
import { sharedCertificate } from '../support/certificate';
import { certifiedCopy, openTestService, type TestService } from '../support/office';
import { runAll } from '../support/settled';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

const yearMs = 366 * 86_400_000;

describe('What is left to do with receipts', () => {
  let now: Instant = instantOf(Date.now());
  let service: TestService;
  let quantri: Visitor;
  let ketoan: Visitor;
  beforeAll(async () => {
    service = await openTestService('SQLite', { replace: { now: () => now, makeDemoCertificate: sharedCertificate } });
    [quantri, ketoan] = [await visitorAt(service, 'quantri'), await visitorAt(service, 'ketoan')];
  });
  afterAll(() => service.end());

  const queue = async (visitor = ketoan) => textOf((await visitor.get('/receipts/queue')).text);

  it('is nothing while all is well; that no provider is connected is said', async () => {
    const text = await queue();
    expect(text).toContain('Chưa nối với đơn vị cung cấp biên lai điện tử; 0 biên lai đã ký đang chờ gửi.');
    expect(text).toContain('Mã số thuế 0000000000');
    expect(text).toContain('Chứng thư dùng thử');
    expect((await (await visitorAt(service, 'quay1')).get('/receipts/queue')).status).toBe(403);
    expect(text).not.toContain('Thiết lập biên lai');
  });

  it('is a certificate that expired, until the administrator sets another; a foreign one, an old one and a wrong key are refused', async () => {
    now = addMs(now, yearMs);
    [quantri, ketoan] = [await visitorAt(service, 'quantri'), await visitorAt(service, 'ketoan')];
    const { reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    while ((await issueReceipts(service.ctx)) > 0);
    expect(await signReceipts(service.ctx)).toBe(0);
    now = addMs(now, 11 * 60_000);
    expect(await queue()).toContain('1 biên lai chưa ký được');
    expect((await service.call('get', '/health')).body.status).toBe('degraded');

    const organisation = { name: 'Đơn vị mẫu', taxCode: '0000000000' };
    const [good, old, foreign] = await Promise.all([
      makeDemoCertificate(organisation, now),
      makeDemoCertificate(organisation, addMs(now, -2 * yearMs)),
      makeDemoCertificate({ ...organisation, taxCode: '0100000001' }, now),
    ]);
    const send = ({ certificatePem, privateKeyPem }: typeof good) =>
      quantri.post('/receipts/certificate', {
        collectorCode: 'H26',
        certificatePem: certificatePem.replaceAll('\n', ''),
        privateKeyPem: privateKeyPem.replaceAll('\n', ''),
      });
    const refused: [typeof good, string][] = [
      [{ ...good, certificatePem: 'không phải chứng thư' }, 'Không đọc được chứng thư số'],
      [{ ...good, privateKeyPem: old.privateKeyPem }, 'Khóa này không phải của chứng thư số'],
      [old, 'chưa có hiệu lực hoặc đã hết hạn'],
      [foreign, 'mã số thuế của tổ chức khác'],
    ];
    for (const [given, why] of refused) {
      const answer = await send(given);
      expect([answer.status >= 400, textOf(answer.text)]).toEqual([true, expect.stringContaining(why)]);
      expect(answer.text).not.toContain(given.privateKeyPem.slice(40, 80));
    }
    expect((await send(good)).status).toBe(303);
    expect(await signReceipts(service.ctx)).toBe(1);
    expect(await queue()).not.toContain('chưa ký được');
    expect((await service.call('get', '/health')).body.status).toBe('ok');
  });

  it('speaks of no receipt that the reader could not open, and names no organisation of other units', async () => {
    const { reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    while ((await issueReceipts(service.ctx)) > 0);
    const { collectors } = service.ctx.store.tables;
    expect(await collectors.list()).toHaveLength(1);
    const commune = { agencyCode: 'H26.101', name: 'Ủy ban nhân dân phường Mẫu', taxCode: '0100000009' };
    await service.ctx.store.transact((tables) => tables.collectors.save(commune, now, 'of-quantri'));
    const seenBy = async (agencyCode: string) => {
      const officer: Actor = { kind: 'person', officerId: 'of-x', name: 'X', role: 'finance_officer', agencyCode };
      const { unsigned, rows, signers, waiting } = await seeReceiptQueue(service.ctx, officer);
      return { unsigned, rows: rows.to_sign.length, waiting, signers: signers.map(({ collector }) => collector.agencyCode) };
    };
    expect(await seenBy('H26')).toMatchObject({ unsigned: 1, rows: 1, signers: ['H26', 'H26.101'] });
    expect(await seenBy('H26.101')).toEqual({ unsigned: 1, rows: 1, waiting: 1, signers: ['H26', 'H26.101'] });
    expect(await seenBy('H26.90')).toEqual({ unsigned: 0, rows: 0, waiting: 0, signers: ['H26'] });
  });

  it('does not say that all is handed over while receipts wait to be signed', async () => {
    const pretend = {
      config: { receiptProvider: { url: 'http://127.0.0.1:9', key: 'k' } },
      replace: { makeDemoCertificate: sharedCertificate },
    };
    const connected = await openTestService('SQLite', pretend);
    const visitor = await visitorAt(connected, 'ketoan');
    const allDone = 'Mọi biên lai đã được lập, ký và gửi đi.';
    expect(await queue(visitor)).toContain(allDone);
    const { reference } = (await connected.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(connected, { content: reference, amount: 21_000 }).expect(200);
    while ((await issueReceipts(connected.ctx)) > 0);
    expect(await queue(visitor)).not.toContain(allDone);
    while ((await signReceipts(connected.ctx)) > 0);
    expect(await queue(visitor)).not.toContain(allDone);
    await connected.end();
  });

  it('is a payment without its receipt, and the health says so', async () => {
    const health = async () => (await service.call('get', '/health')).body;
    expect(await health()).toMatchObject({ status: 'ok' });
    const { reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    await runAll(service.config.databaseUrl, ["UPDATE fee_item SET body = '#' || body"]);
    while ((await issueReceipts(service.ctx)) > 0);
    await runAll(service.config.databaseUrl, ['UPDATE fee_item SET body = substr(body, 2)']);
    expect(await health()).toMatchObject({ status: 'degraded', receipts: { waits: 1, unissued: 1 } });
    await issueWaitingReceipts(service.ctx, true);
    expect(await health()).toMatchObject({ receipts: { waits: 0, unissued: 0 } });
  });

  it('lets the administrator name who collects, and nobody else', async () => {
    const fields = { agencyCode: 'H26.90', name: 'Văn phòng Đăng ký đất đai', taxCode: '0100000002-001' };
    expect((await quantri.post('/receipts/collector', { ...fields, taxCode: '123' })).status).toBe(400);
    expect((await ketoan.post('/receipts/collector', fields)).status).toBe(403);
    expect((await quantri.post('/receipts/collector', fields)).status).toBe(303);
    expect(await queue()).toContain('Văn phòng Đăng ký đất đai · Mã số thuế 0100000002-001');
  });
});

describe('The summary of a day on its screen', () => {
  it('shows numbers, counts and totals, and is a file for spreadsheets', async () => {
    const service = await openTestService('SQLite');
    const ketoan = await visitorAt(service, 'ketoan');
    expect(textOf((await ketoan.get('/receipts/summary?day=2026-01-01')).text)).toContain('Không lập biên lai nào trong ngày này');
    const names: string[] = [];
    for (let i = 0; i < 3; i++) {
      const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
      await tell(service, { content: reference, amount: 21_000 }).expect(200);
      while ((await issueReceipts(service.ctx)) > 0);
      names.push((await service.call('get', `/api/obligations/${id}`)).body.receipt.number);
    }
    const fields = { act: 'replace', ground: 'payer_name', payerName: 'Nguyễn Thị Đúng', reason: '=sai tên' };
    expect((await ketoan.post(`/receipts/${names[0]}`, { ...fields, payerName: '' })).status).toBe(400);
    const replaced = await ketoan.post(`/receipts/${names[0]}`, fields);
    expect(String(replaced.headers['location'])).toMatch(/-00000004$/);
    expect(textOf((await ketoan.get(`/receipts/${names[0]}`)).text)).toContain('ĐÃ BỊ THAY THẾ');
    const again = await ketoan.post(`/receipts/${names[0]}`, fields);
    expect([again.status, textOf(again.text)]).toEqual([409, expect.stringContaining('đã bị thay thế, không sửa lại được nữa')]);

    const text = textOf((await ketoan.get('/receipts/summary')).text);
    for (const words of ['00000001 00000004 4', '84.000 ₫', '-21.000 ₫', '63.000 ₫', 'Sai tên người nộp']) expect(text).toContain(words);
    const csv = (await ketoan.get('/receipts/summary.csv')).text;
    const [head, run, exit, ...sums] = csv.split('\r\n');
    expect(head?.startsWith('\ufeffMã số thuế,Ngày,')).toBe(true);
    expect(run).toMatch(/^0000000000,\d\d\/\d\d\/\d{4},EBL01,\d\dTAA,Phí,00000001,00000004,4,84000,/);
    expect(exit).toMatch(/,1,-21000,Điểm phục vụ hành chính công phường Mẫu,Bị thay thế,\d\dTAA-00000004,Sai tên người nộp tiền$/);
    expect(sums.map((row) => row.split(',').slice(7, 11).join())).toEqual([
      '4,84000,Ủy ban nhân dân thành phố Hà Nội (đơn vị mẫu),Cộng: lập trong ngày',
      '1,-21000,Ủy ban nhân dân thành phố Hà Nội (đơn vị mẫu),Cộng: hết hiệu lực trong ngày',
      ',63000,Ủy ban nhân dân thành phố Hà Nội (đơn vị mẫu),Thu trong ngày theo biên lai',
      '',
    ]);
    expect((await ketoan.get('/receipts/summary?collector=H99')).status).toBe(404);
    const html = (await ketoan.get('/receipts/summary')).text;
    const behind = /href="(\/receipts\?from=[^"]+kind=phi)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(textOf((await ketoan.get(behind)).text)).toContain('4 biên lai, cộng 84.000');
    expect(html).toContain('href="#exits"');
    expect(html).toMatch(/class="only-print[^]*người in: Kế toán/);
    await service.end();
  });
});
