// Closing a day by the lists that the bank gave: the days that each covers, and how the next close points back to what was decided since.
import { issueReceipts } from '../../src/actions/issueReceipts';
import { checkCloses } from '../../src/domain/closeChain';
import { parseVietnamTime, vietnamTimeOf, type Instant } from '../../src/domain/time';
import { tell } from '../support/bank';
import { listDay } from '../support/bankLists';
import { rowsOf } from '../support/books';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { importedFrom } from '../support/statementFiles';
import { textOf, visitorAt } from '../support/visitor';

const [maker, checker] = ['demo-api-key-ketoan', 'demo-api-key-ketoantruong'];
const reconciliation = '/api/reconciliations/acc-h26-101';

describe.each(databases)("closing a day by the bank's lists on %s", (kind) => {
  let service: TestService;
  let now: Instant;
  const at = (text: string): void => void (now = parseVietnamTime(text) ?? now);
  beforeEach(async () => {
    at('2026-11-20 10:00:00');
    service = await openTestService(kind, { replace: { now: () => now } });
  });
  afterEach(() => service.end());

  const close = (day: string, key: string) => service.call('post', `${reconciliation}/${day}/close`, {}, key);

  it('closes a day of which only the late evening is told by a list of that day without a line, and books it on the next', async () => {
    at('2026-11-20 23:20:00');
    const { reference: content } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(service, { content, amount: 21_000, time: vietnamTimeOf(now) }).expect(200);
    at('2026-11-21 08:00:00');
    const balances = { opening: 1_000_000, closing: 1_000_000 };
    await importedFrom(service, { lines: [], ...balances, period: { from: '2026-11-20', to: '2026-11-30' } });
    const day = (await service.call('get', `${reconciliation}/2026-11-20`, undefined, maker)).body;
    expect(day).toMatchObject({ standing: 'ready', statement: 'final', expected: [{ amount: 21_000 }] });
    const today = (await service.call('get', `${reconciliation}/2026-11-21`, undefined, maker)).body;
    expect(today).toMatchObject({ standing: 'differences', statement: 'intraday' });
    await close('2026-11-20', maker).expect(200);
    await close('2026-11-20', checker).expect(200);
    at('2026-11-22 08:00:00');
    const line = { day: '2026-11-21', reference: 'FT2632599001', credit: 21_000, content };
    await importedFrom(service, { lines: [line], opening: 1_000_000, closing: 1_021_000 });
    await close('2026-11-21', maker).expect(200);
    await close('2026-11-21', checker).expect(200);
  });

  it('takes the closing balance of a list that was sent in the middle of a day for that moment, whatever came on that day afterwards', async () => {
    at('2026-11-21 10:00:00');
    const line = { day: '2026-11-20', reference: 'FT2632499001', credit: 21_000, content: 'ca hai ngay' };
    const both = { from: '2026-11-20', to: '2026-11-21' };
    await importedFrom(service, { lines: [line], opening: 1_000_000, closing: 1_021_000, period: both });
    at('2026-11-21 16:00:00');
    const later = { day: '2026-11-21', reference: 'FT2632599002', credit: 5_000, content: 'buoi chieu' };
    await importedFrom(service, { lines: [later], opening: 1_021_000, closing: 1_026_000 });
    const { differences } = (await service.call('get', `${reconciliation}/2026-11-20`, undefined, maker).expect(200)).body;
    const [{ key }] = differences;
    await service.call('post', `${reconciliation}/2026-11-20/notes`, { key, kind: 'carry', text: 'chưa rõ' }, maker).expect(201);
    await close('2026-11-20', maker).expect(200);
    await close('2026-11-20', checker).expect(200);
    const { content } = (await service.call('get', `${reconciliation}/2026-11-20/close`, undefined, maker).expect(200)).body;
    expect([content.bank.opening, content.bank.closing]).toEqual([1_000_000, 1_021_000]);
  });

  const signed = async (day: string) => {
    for (const key of [maker, checker]) await close(day, key).expect(200);
    return (await service.call('get', `${reconciliation}/${day}/close`, undefined, maker).expect(200)).body.content;
  };
  /** Money of the 20th, told now; the transaction's id. */
  async function told(transfer: { content: string; amount: number; transferType?: 'in' | 'out' }): Promise<string> {
    await tell(service, { ...transfer, time: vietnamTimeOf(now) }).expect(200);
    const [row] = await rowsOf(service.config.databaseUrl, 'SELECT id FROM incoming_transaction ORDER BY id DESC LIMIT 1');
    return String(row?.['id']);
  }
  const carry = async (day: string) => {
    const { differences } = (await service.call('get', `${reconciliation}/${day}`, undefined, maker).expect(200)).body;
    const open = differences.filter(({ isBlocking, carried }: { isBlocking: boolean; carried?: object }) => isBlocking && !carried);
    for (const { key } of open)
      await service
        .call('post', `${reconciliation}/${day}/notes`, { key, kind: 'carry', text: 'chờ người nộp trả lời' }, maker)
        .expect(201);
  };
  const correct = async (receipt: string, fields: Record<string, string>, login = 'ketoan') =>
    (await visitorAt(service, login)).post(`/receipts/${receipt}`, fields);
  const faultsOf = (text: string) => checkCloses(JSON.parse(text)).faults.map(({ what }) => what);

  it('points back to what was said, and taken back, after the close of money that had left', async () => {
    const id = await told({ content: 'phi dich vu', amount: 5_000, transferType: 'out' });
    const say = (what: string, body: object) => service.call('post', `/api/transactions/${id}/${what}`, body, maker).expect(200);
    await say('explain', { purpose: 'bank_fee', reason: 'phí chuyển tiền' });
    at('2026-11-21 08:00:00');
    await listDay(service, { accountId: 'acc-h26-101', day: '2026-11-20', opening: 100_000, transactionIds: [id] });
    expect((await signed('2026-11-20')).corrections).toEqual({ lines: [], transactions: [] });
    at('2026-11-23 08:00:00');
    await say('take-back', { reason: 'không phải phí' });
    const carried = textOf((await (await visitorAt(service, 'ketoan')).get('/days/carried').expect(200)).text);
    expect(carried).toMatch(/20\/11\/2026 · Vietcombank 1026101000 5\.000 ₫/);
    await say('explain', { purpose: 'own_transfer', reason: 'chuyển về tài khoản chính' });
    expect((await signed('2026-11-21')).corrections.decisions).toEqual([
      [expect.stringMatching(/^ex_/), 'unexplained', 5_000, '2026-11-20', 1, id, 'bank_fee'],
      [expect.stringMatching(/^ex_/), 'explained', 5_000, '2026-11-20', 1, id, 'own_transfer'],
    ]);
    at('2026-11-23 09:00:00');
    expect((await signed('2026-11-22')).corrections).toEqual({ lines: [], transactions: [] });
    const { text } = await (await visitorAt(service, 'thanhtra')).get('/closes/export.json').expect(200);
    expect([faultsOf(text), faultsOf(text.replace('"unexplained"', '"explained"'))]).toEqual([[], ['hash_wrong']]);
  });

  it('points back to receipts that were replaced or found wrong after the close, and issued anew; the receipted book moved by just so much', async () => {
    const paid = async () => {
      const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
      const transactionId = await told({ content: reference, amount: 21_000 });
      while ((await issueReceipts(service.ctx)) > 0);
      const { receipt } = (await service.call('get', `/api/obligations/${id}`).expect(200)).body;
      return { id, transactionId, name: String(receipt.number) };
    };
    const [renamed, lost] = [await paid(), await paid()];
    const receipted = async () => (await service.call('get', `${reconciliation}/2026-11-20`, undefined, maker)).body.books.receipted;
    const decide = (what: string, body: object) =>
      service.call('post', `/api/transactions/${lost.transactionId}/${what}`, { reason: 'nộp nhầm hồ sơ', ...body }, maker).expect(200);
    at('2026-11-21 08:00:00');
    const transactionIds = [renamed.transactionId, lost.transactionId];
    await listDay(service, { accountId: 'acc-h26-101', day: '2026-11-20', opening: 0, transactionIds });
    expect((await signed('2026-11-20')).books.receipted).toEqual({ count: 2, amount: 42_000 });

    at('2026-11-22 08:00:00');
    const name = { ground: 'payer_name', payerName: 'Nguyễn Thị Đúng' };
    expect((await correct(renamed.name, { act: 'replace', reason: 'sai tên', ...name })).status).toBe(303);
    await decide('undo', { decisionsSeen: 0 });
    while ((await issueReceipts(service.ctx)) > 0);
    expect((await correct(lost.name, { act: 'notice', reason: 'tiền đã thu hồi' })).status).toBe(303);
    expect((await correct(lost.name, { act: 'confirmed' }, 'ketoantruong')).status).toBe(303);
    expect(await receipted()).toEqual({ count: 1, sum: 21_000 });
    await carry('2026-11-20');
    expect((await signed('2026-11-21')).corrections.decisions).toEqual([
      [expect.stringMatching(/^rn_/), 'receipt_replaced', 21_000, '2026-11-20', 1, renamed.name],
      [expect.stringMatching(/^rs_/), 'undo', 21_000, '2026-11-20', 1, lost.transactionId],
      [expect.stringMatching(/^rn_/), 'receipt_in_error', 21_000, '2026-11-20', 1, lost.name],
    ]);

    at('2026-11-23 08:00:00');
    await decide('resolve', { action: 'allocate', obligationId: lost.id, decisionsSeen: 1 });
    while ((await issueReceipts(service.ctx)) > 0);
    expect(await receipted()).toEqual({ count: 2, sum: 42_000 });
    const again = (await service.call('get', `/api/obligations/${lost.id}`).expect(200)).body.receipt.number;
    expect((await signed('2026-11-22')).corrections.decisions).toEqual([
      [expect.stringMatching(/^rs_/), 'allocate', 21_000, '2026-11-20', 1, lost.transactionId],
      [expect.stringMatching(/^rc_/), 'receipt_paid_again', 21_000, '2026-11-20', 1, again],
    ]);
  });

  it('lets no next day close over money of a closed day that is open again, unless it is carried with a reason', async () => {
    const { reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    const paid = await told({ content: reference, amount: 21_000 });
    const left = await told({ content: 'phi dich vu', amount: 5_000, transferType: 'out' });
    const say = (id: string, what: string, body: object) =>
      service.call('post', `/api/transactions/${id}/${what}`, body, maker).expect(200);
    await say(left, 'explain', { purpose: 'bank_fee', reason: 'phí chuyển tiền' });
    at('2026-11-21 08:00:00');
    await listDay(service, { accountId: 'acc-h26-101', day: '2026-11-20', opening: 100_000, transactionIds: [paid, left] });
    await signed('2026-11-20');
    at('2026-11-22 08:00:00');
    await say(paid, 'undo', { reason: 'ghép nhầm' });
    await say(left, 'take-back', { reason: 'không phải phí' });
    expect((await close('2026-11-21', maker).expect(409)).body.code).toBe('day_unexplained');
    const { late } = (await service.call('get', `${reconciliation}/2026-11-21`, undefined, maker)).body;
    expect(late.map(({ day, amount }: { day: string; amount: number }) => [day, amount])).toEqual([
      ['2026-11-20', 21_000],
      ['2026-11-20', 5_000],
    ]);
    await carry('2026-11-20');
    const { carried, corrections } = await signed('2026-11-21');
    expect(carried.map(({ day, amount, reason }: { day: string; amount: number; reason: string }) => [day, amount, reason])).toEqual([
      ['2026-11-20', 21_000, 'chờ người nộp trả lời'],
      ['2026-11-20', 5_000, 'chờ người nộp trả lời'],
    ]);
    expect([corrections.transactions, corrections.decisions.length]).toEqual([[], 2]);
  });

  it('leaves a receipt to the day of the payment that it followed: one of a day that is open corrects no closed one', async () => {
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    const first = await told({ content: reference, amount: 20_000 });
    at('2026-11-21 08:00:00');
    await listDay(service, { accountId: 'acc-h26-101', day: '2026-11-20', opening: 0, transactionIds: [first] });
    await signed('2026-11-20');
    const second = await told({ content: reference, amount: 1_000 });
    while ((await issueReceipts(service.ctx)) > 0);
    const name = (await service.call('get', `/api/obligations/${id}`).expect(200)).body.receipt.number;
    const fields = { act: 'replace', reason: 'sai tên', ground: 'payer_name', payerName: 'Nguyễn Thị Đúng' };
    expect((await correct(name, fields)).status).toBe(303);
    at('2026-11-22 08:00:00');
    await listDay(service, { accountId: 'acc-h26-101', day: '2026-11-21', opening: 20_000, transactionIds: [second] });
    expect((await signed('2026-11-21')).corrections).toEqual({ lines: [], transactions: [] });
  });
});
