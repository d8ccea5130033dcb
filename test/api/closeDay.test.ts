// Closing a day: two persons, in the order of days, of facts that nobody has touched since; one close, whoever signs how often.
import request from 'supertest';
import { checkCloses } from '../../src/domain/closeChain';
import { dayOf, parseVietnamTime, vietnamTimeOf, type Instant } from '../../src/domain/time';
import { tell } from '../support/bank';
import { countOf, listDay } from '../support/bankLists';
import { rowsOf } from '../support/books';
import { runAll } from '../support/settled';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { textOf, visitorAt } from '../support/visitor';

const account = 'acc-h26-101';
const accountNumber = '1026101000';
const [maker, checker] = ['demo-api-key-ketoan', 'demo-api-key-ketoantruong'];

describe.each(databases)('closing a day on %s', (kind) => {
  let service: TestService;
  let now: Instant;
  const at = (text: string): void => void (now = parseVietnamTime(text) ?? now);
  beforeEach(async () => {
    at('2026-11-20 10:00:00');
    service = await openTestService(kind, { replace: { now: () => now } });
  });
  afterEach(() => service.end());

  const address = (day: string) => `/api/reconciliations/${account}/${day}/close`;
  const close = (day: string, key: string, body: object = {}) => service.call('post', address(day), body, key);
  /** A payment of 21.000 that pays its obligation; the transaction's id. */
  async function paid(): Promise<string> {
    const { reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    return money(reference, 21_000);
  }
  async function money(content: string, amount: number, time = vietnamTimeOf(now)): Promise<string> {
    await tell(service, { content, amount, time }).expect(200);
    const [row] = await rowsOf(service.config.databaseUrl, 'SELECT id FROM incoming_transaction ORDER BY id DESC LIMIT 1');
    return String(row?.['id']);
  }
  /** Two payments on the 20th, on the bank's list; it is the morning after. */
  async function readyDay(): Promise<void> {
    const transactionIds = [await paid(), await paid()];
    at('2026-11-21 08:00:00');
    await listDay(service, { accountId: account, day: '2026-11-20', opening: 1_000_000, transactionIds });
  }

  async function closedDay(): Promise<void> {
    await readyDay();
    for (const key of [maker, checker]) await close('2026-11-20', key).expect(200);
  }

  it('takes two persons: one prepares, another signs; the close is numbered, chained, announced, and can be checked from its export', async () => {
    await readyDay();
    await service.call('get', address('2026-11-20'), undefined, maker).expect(404);
    const prepared = (await close('2026-11-20', maker).expect(200)).body;
    expect(prepared).toMatchObject({ state: 'prepared', day: '2026-11-20', preparedBy: 'of-ketoan', carried: [] });
    const again = (await close('2026-11-20', maker).expect(403)).body;
    expect(again.code).toBe('second_person_required');
    expect((await service.call('get', address('2026-11-20'), undefined, maker).expect(200)).body.state).toBe('prepared');
    const signed = (await close('2026-11-20', checker).expect(200)).body;
    expect(signed).toMatchObject({ state: 'closed', number: 1, preparedBy: 'of-ketoan', closedBy: 'of-ketoantruong' });
    const seen = (await service.call('get', `/api/reconciliations/${accountNumber}/2026-11-20/close`, undefined, checker).expect(200)).body;
    expect(seen).toMatchObject({
      state: 'closed',
      hash: signed.hash,
      previousHash: '0'.repeat(64),
      content: {
        bank: { opening: 1_000_000, closing: 1_042_000, in: { count: 2, amount: 42_000 }, out: { count: 0, amount: 0 } },
        ours: { in: { count: 2, amount: 42_000 } },
        books: { paid: { count: 2, amount: 42_000 }, banked: { count: 2, amount: 42_000 } },
      },
    });
    expect((await close('2026-11-20', checker).expect(409)).body.code).toBe('day_closed');
    const events = (await service.call('get', '/api/events?after=0&limit=200').expect(200)).body.data;
    expect(events.filter((event: { type: string }) => event.type === 'day.closed')).toHaveLength(1);

    at('2026-11-21 10:00:00');
    const next = await paid();
    at('2026-11-22 08:00:00');
    await listDay(service, { accountId: account, day: '2026-11-21', opening: 1_042_000, transactionIds: [next] });
    await close('2026-11-21', maker).expect(200);
    const second = (await close('2026-11-21', checker).expect(200)).body;
    expect(second).toMatchObject({ number: 2, previousHash: signed.hash });
    const listed = (await service.call('get', `/api/closes?account=${accountNumber}`, undefined, 'demo-api-key-thanhtra').expect(200)).body;
    expect(listed.data.map((one: { number: number }) => one.number)).toEqual([2, 1]);
    const file = await request(service.server).get('/api/closes/export').set('authorization', `Bearer ${checker}`).expect(200);
    const { faults, closes, ends } = checkCloses(JSON.parse(file.text));
    expect([faults, closes, ends[0]?.hash]).toEqual([[], 2, second.hash]);
  });

  it('waits for the bank’s final list, for its day to be over, and for the day before', async () => {
    await paid();
    expect((await close('2026-11-20', maker).expect(409)).body.code).toBe('day_not_over');
    at('2026-11-21 08:00:00');
    expect((await close('2026-11-20', maker).expect(409)).body.code).toBe('day_without_statement');
    await service.call('post', address('2026-11-20'), {}, 'demo-api-key-lanhdao').expect(403);
    await service.call('post', address('2026-11-20'), {}).expect(403);
    expect((await service.call('post', '/api/reconciliations/acc-none/2026-11-20/close', {}, maker).expect(409)).body.code).toBe(
      'account_unknown',
    );
    expect((await close('2026-11-31', maker).expect(400)).body.code).toBe('request_invalid');
    expect((await close('2026-11-19', checker, { act: 'sign' }).expect(409)).body.code).toBe('close_unprepared');
  });

  it('closes a day on which nobody knows of any money without a list, at the balance of the day before', async () => {
    await closedDay();
    at('2026-11-23 08:00:00');
    expect((await close('2026-11-22', maker).expect(409)).body.code).toBe('day_out_of_order');
    for (const key of [maker, checker]) await close('2026-11-21', key).expect(200);
    const { content } = (await service.call('get', address('2026-11-21'), undefined, maker).expect(200)).body;
    expect([content.statement, content.bank.opening, content.bank.closing]).toEqual(['none', 1_042_000, 1_042_000]);
    expect((await close('2026-11-19', maker).expect(409)).body.code).toBe('day_before_close');
  });

  it('keeps unexplained money from being closed until it has a home, or is carried with a reason that the close repeats', async () => {
    const transactionIds = [await paid(), await money('ung ho', 7_000)];
    at('2026-11-21 08:00:00');
    await listDay(service, { accountId: account, day: '2026-11-20', opening: 0, transactionIds });
    const refused = (await close('2026-11-20', maker).expect(409)).body;
    expect([refused.code, refused.detail]).toEqual(['day_unexplained', '1: 7000 ₫']);
    await carry('2026-11-20', 'chờ ngân hàng trả lời tra soát');
    await close('2026-11-20', maker).expect(200);
    const signed = (await close('2026-11-20', checker).expect(200)).body;
    expect(signed.carried).toMatchObject([
      { kind: 'unknown_content', amount: 7_000, reason: 'chờ ngân hàng trả lời tra soát', by: 'of-ketoan' },
    ]);
    const stillOpen = async () => textOf((await (await visitorAt(service, 'ketoan')).get('/days/carried').expect(200)).text);
    expect(await stillOpen()).toMatch(/20\/11\/2026.*7\.000 ₫.*chờ ngân hàng trả lời tra soát/);
    const body = { action: 'not_ours', reason: 'ngân hàng xác nhận chuyển nhầm', decisionsSeen: 0 };
    await service.call('post', `/api/transactions/${transactionIds[1]}/resolve`, body, maker).expect(200);
    expect(await stillOpen()).not.toContain('20/11/2026');
  });

  it('refuses to sign what is not what was prepared any more; it is prepared again, by whoever looks again', async () => {
    const transactionIds = [await paid(), await money('khong ro', 5_000)];
    at('2026-11-21 08:00:00');
    await listDay(service, { accountId: account, day: '2026-11-20', opening: 0, transactionIds });
    await carry('2026-11-20', 'sẽ hỏi người nộp');
    await close('2026-11-20', maker).expect(200);
    const decision = { action: 'not_ours', reason: 'của đơn vị khác' };
    await service.call('post', `/api/transactions/${transactionIds[1]}/resolve`, decision, maker).expect(200);
    expect((await close('2026-11-20', checker).expect(409)).body.code).toBe('day_changed');
    expect((await close('2026-11-20', maker).expect(200)).body).toMatchObject({ state: 'prepared', carried: [] });
    expect((await close('2026-11-20', checker, { contentHash: 'f'.repeat(64) }).expect(409)).body.code).toBe('day_changed');
    expect((await close('2026-11-20', checker).expect(200)).body).toMatchObject({ state: 'closed', carried: [] });
  });

  it('never lets the supervisor sign what she prepared, nor a finance officer sign at all', async () => {
    await readyDay();
    await close('2026-11-20', checker).expect(200);
    expect((await close('2026-11-20', checker).expect(403)).body.code).toBe('second_person_required');
    expect((await close('2026-11-20', checker, { act: 'sign' }).expect(403)).body.code).toBe('second_person_required');
    expect((await close('2026-11-20', maker).expect(403)).body.code).toBe('role_insufficient');
    expect(await countOf(service, 'day_close')).toBe(0);
  });

  it('makes one close of ten signatures at once', async () => {
    await readyDay();
    await close('2026-11-20', maker).expect(200);
    const answers = await Promise.all(Array.from({ length: 10 }, () => close('2026-11-20', checker)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
    expect([await countOf(service, 'day_close'), await countOf(service, 'day_close_member')]).toEqual([1, 4]);
    expect(new Set(answers.flatMap(({ body }) => body.code ?? []))).toEqual(new Set(['day_closed']));
  });

  it('records what comes to light later as a correction of the next day that points back', async () => {
    await closedDay();
    at('2026-11-22 08:00:00');
    await listDay(service, { accountId: account, day: '2026-11-20', opening: 1_042_000, more: [{ direction: 'out', amount: 2_000 }] });
    await listDay(service, { accountId: account, day: '2026-11-21', opening: 1_040_000 });
    await carry('2026-11-20', 'phí ngân hàng, sẽ giải trình', 'late_after_close');
    for (const key of [maker, checker]) await close('2026-11-21', key).expect(200);
    const { content } = (await service.call('get', address('2026-11-21'), undefined, maker).expect(200)).body;
    expect(content.corrections.lines).toEqual([[expect.any(String), 'out', 2_000, '2026-11-20', 1]]);
    const file = await request(service.server).get('/api/closes/export').set('authorization', `Bearer ${checker}`).expect(200);
    expect(checkCloses(JSON.parse(file.text)).faults).toEqual([]);
  });

  it('takes what comes to light into the balance of a quiet day without a list, and asks for no reason', async () => {
    await closedDay();
    at('2026-11-22 08:00:00');
    await listDay(service, { accountId: account, day: '2026-11-20', opening: 1_000_000, more: [{ direction: 'out', amount: 2_000 }] });
    await carry('2026-11-20', 'phí ngân hàng, sẽ giải trình', 'late_after_close');
    for (const key of [maker, checker]) await close('2026-11-21', key).expect(200);
    const { content } = (await service.call('get', address('2026-11-21'), undefined, maker).expect(200)).body;
    expect([content.statement, content.bank.opening, content.bank.closing]).toEqual(['none', 1_040_000, 1_040_000]);
    await money('khong ro', 9_000, '2026-11-20 09:00:00');
    const late = '/api/reconciliations/acc-h26-101/2026-11-20?class=late_after_close';
    const { differences } = (await service.call('get', late, undefined, maker)).body;
    expect(differences.map((one: { amount: number; facts: { closesOn?: string } }) => [one.amount, one.facts.closesOn])).toEqual([
      [2_000, '2026-11-21'],
      [9_000, '2026-11-22'],
    ]);
    const file = await request(service.server).get('/api/closes/export').set('authorization', `Bearer ${checker}`).expect(200);
    expect(checkCloses(JSON.parse(file.text)).faults).toEqual([]);
  });

  it.each(['15:00:00', '23:30:00'])('lets no next day close over money told late for %s that no list of the bank shows', async (time) => {
    await closedDay();
    at('2026-11-22 08:00:00');
    const { reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(service, { content: reference, amount: 21_000, time: `2026-11-20 ${time}` }).expect(200);
    await listDay(service, { accountId: account, day: '2026-11-21', opening: 1_042_000 });
    expect((await close('2026-11-21', maker).expect(409)).body).toMatchObject({ code: 'day_unexplained', detail: '1: 21000 ₫' });
    const { differences, late } = (await service.call('get', '/api/reconciliations/acc-h26-101/2026-11-21', undefined, maker)).body;
    expect([differences, late]).toMatchObject([[], [{ class: 'late_after_close', amount: 21_000, isBlocking: true }]]);
    await carry('2026-11-20', 'chờ ngân hàng trả lời tra soát', 'late_after_close');
    await close('2026-11-21', maker).expect(200);
    expect((await close('2026-11-21', checker).expect(200)).body.carried).toMatchObject([{ kind: 'late_after_close', day: '2026-11-20' }]);
    const { differences: known } = (await service.call('get', '/api/reconciliations/acc-h26-101/2026-11-20', undefined, maker)).body;
    expect(known.find((one: { isBlocking: boolean }) => one.isBlocking)).toMatchObject({
      class: 'late_after_close',
      facts: { closesOn: '2026-11-21' },
      carried: { reason: 'chờ ngân hàng trả lời tra soát' },
    });
    expect((await service.call('get', '/api/reconciliations/acc-h26-101/2026-11-22', undefined, maker)).body.late).toEqual([]);
  });

  it('waits for a line of a closed day that nobody has judged, though its file was sent before that day was prepared', async () => {
    await closedDay();
    at('2026-11-21 07:50:00'); // and was read to its end after the close
    await listDay(service, { accountId: account, day: '2026-11-20', opening: 1_000_000, more: [{ direction: 'in', amount: 3_000 }] });
    at('2026-11-22 08:00:00');
    expect((await close('2026-11-21', maker).expect(409)).body).toMatchObject({ code: 'day_unexplained', detail: '1: 3000 ₫' });
  });

  it('has money that arrives while it is being signed in this close or among the corrections of the next', async () => {
    await readyDay();
    await close('2026-11-20', maker).expect(200);
    const { reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    const late = tell(service, { content: reference, amount: 21_000, time: '2026-11-20 10:30:00' });
    const [signed] = await Promise.all([close('2026-11-20', checker), late.expect(200)]);
    const { differences } = (await service.call('get', '/api/reconciliations/acc-h26-101/2026-11-20', undefined, maker)).body;
    const classes = differences.map((one: { class: string }) => one.class);
    expect(classes).toContain(signed.status === 200 ? 'late_after_close' : 'recorded_not_at_bank');
    expect([200, 409]).toContain(signed.status);
  });

  it('asks for a reason where an earlier list showed a line that the newest one, whose balance fits without it, does not', async () => {
    const transactionIds = [await paid()];
    at('2026-11-21 08:00:00');
    await listDay(service, { accountId: account, day: '2026-11-20', opening: 0, transactionIds });
    at('2026-11-21 08:05:00');
    await listDay(service, { accountId: account, day: '2026-11-20', opening: 0 });
    const refused = (await close('2026-11-20', maker).expect(409)).body;
    expect([refused.code, refused.detail]).toEqual(['balance_not_continuous', '-21000']);
  });

  it('lists what people decided since about the money of a closed day, pointing back to its close', async () => {
    await closedDay();
    at('2026-11-22 08:00:00');
    const contentOf = async (day: string) => (await service.call('get', address(day), undefined, maker).expect(200)).body.content;
    const [[id]] = (await contentOf('2026-11-20')).ours.transactions;
    await service.call('post', `/api/transactions/${id}/undo`, { reason: 'khớp nhầm', decisionsSeen: 0 }, maker).expect(200);
    await carry('2026-11-20', 'chờ người nộp trả lời', 'unknown_content');
    for (const key of [maker, checker]) await close('2026-11-21', key).expect(200);
    expect((await contentOf('2026-11-21')).corrections.decisions).toEqual([[expect.any(String), 'undo', 21_000, '2026-11-20', 1, id]]);
  });

  it('asks for a reason where the bank’s balance does not continue the day before', async () => {
    await closedDay();
    at('2026-11-22 08:00:00');
    await listDay(service, { accountId: account, day: '2026-11-21', opening: 1_000_000 });
    const refused = (await close('2026-11-21', maker).expect(409)).body;
    expect([refused.code, refused.detail]).toEqual(['balance_not_continuous', '-42000']);
    await close('2026-11-21', maker, { balanceReason: 'ngân hàng chuyển đổi hệ thống' }).expect(200);
    await close('2026-11-21', checker).expect(200);
    const { content } = (await service.call('get', address('2026-11-21'), undefined, maker).expect(200)).body;
    expect(content.balanceGap).toEqual({ amount: -42_000, reason: 'ngân hàng chuyển đổi hệ thống', by: 'of-ketoan' });
    const minutes = await (await visitorAt(service, 'thanhtra')).get(`/papers/minutes?day=2026-11-21&account=${account}`).expect(200);
    expect(textOf(minutes.text)).toContain(
      'Số dư không nối tiếp ngày trước: -42.000 đồng · Lý do số dư không nối tiếp: ngân hàng chuyển đổi hệ thống (Kế toán)',
    );
    const file = await request(service.server).get('/api/closes/export').set('authorization', `Bearer ${checker}`).expect(200);
    expect(checkCloses(JSON.parse(file.text)).faults).toEqual([]);
  });

  it('is never altered: the database itself refuses', async () => {
    await closedDay();
    const { transact } = service.ctx.store;
    const first = await service.ctx.store.tables.dayCloses.find(account, dayOf('2026-11-20T03:00:00.000Z' as Instant));
    expect(first?.number).toBe(1);
    if (first) expect(await transact((tables) => tables.dayCloses.keep({ ...first, id: 'dc_other' }, '{}'))).toBe(false);
    for (const text of [
      `UPDATE day_close SET hash = 'x'`,
      'DELETE FROM day_close',
      'DELETE FROM day_close_member',
      `UPDATE day_close_draft SET content = ''`,
    ])
      expect(await runAll(service.config.databaseUrl, [text]).catch(String)).toMatch(/append-only/);
  });

  /** Says of every difference of a class why it may wait. */
  async function carry(on: string, reason: string, ofClass = 'unknown_content'): Promise<void> {
    const path = `/api/reconciliations/${account}/${on}`;
    const { differences } = (await service.call('get', `${path}?class=${ofClass}`, undefined, maker).expect(200)).body;
    expect(differences.length).toBeGreaterThan(0);
    for (const { key } of differences) await service.call('post', `${path}/notes`, { key, kind: 'carry', text: reason }, maker).expect(201);
  }
});
