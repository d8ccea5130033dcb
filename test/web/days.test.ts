// The screens of reconciling: the overview, one day with its flow and its differences, one difference from all sides, and the search.
import { issueReceipts } from '../../src/actions/issueReceipts';
import { addMs, startOfDay, type Day, type Instant } from '../../src/domain/time';
import { tell } from '../support/bank';
import { keepBankList, payMany } from '../support/bankDay';
import { rowsOf } from '../support/books';
import { certifiedCopy, openTestService, type TestService } from '../support/office';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

const accountId = 'acc-h26-101';
const day = '2026-11-20' as Day;
const path = `/days/${accountId}/${day}`;
const hourMs = 3_600_000;
/** On a machine that does other work besides; alone it takes a fifth of a second. */
const longestOpeningMs = 5_000;

/** Of the processor's time; alone it is a quarter of this. In one piece a close of 20,000 payments takes half as much again. */
const longestTurnMs = 300;

/** How much work is done while nobody else has a turn. */
async function longestHoldMs(work: () => Promise<void>): Promise<number> {
  const usedMs = () => Object.values(process.cpuUsage()).reduce((sum, micros) => sum + micros / 1_000, 0);
  let [longest, before, isOver] = [0, usedMs(), false];
  const turn = () => {
    longest = Math.max(longest, usedMs() - before);
    before = usedMs();
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  isOver = true;
  return longest;
}

/** Every address on a page that leads somewhere, without what it does by itself. */
const linksIn = (html: string, mark: string): string[] =>
  [...html.matchAll(new RegExp(`<a[^>]*href="([^"]+)"[^>]*${mark}`, 'g'))].map(([, href = '']) => href.replaceAll('&amp;', '&'));

const rowsIn = (html: string): string[] => html.split('<tr data-difference').slice(1);

describe('the screens of reconciling', () => {
  let service: TestService;
  let now: Instant = addMs(startOfDay(day), 9 * hourMs);
  let officer: Visitor;
  let told = 52_000_000;

  beforeAll(async () => {
    service = await openTestService('SQLite', { replace: { now: () => now } });
    await makeTroubles();
    now = addMs(startOfDay(day), 36 * hourMs);
    officer = await visitorAt(service, 'ketoan');
  });
  afterAll(() => service.end());

  async function transfer(content: string, amount: number, time = '10:00:00', transferType: 'in' | 'out' = 'in') {
    const id = ++told;
    await tell(service, { id, content, amount, time: `${day} ${time}`, transferType }).expect(200);
    const [row] = await rowsOf(service.config.databaseUrl, `SELECT id FROM incoming_transaction WHERE bank_reference = 'FT${id}'`);
    return { day, amount, transactionId: String(row?.['id']), bankReference: `FT${id}`, direction: transferType };
  }
  const issued = async () => (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
  const resolved = (id: string, body: object) =>
    service
      .call('post', `/api/transactions/${id}/resolve`, { reason: 'chuyển nhầm', decisionsSeen: 0, ...body }, 'demo-api-key-ketoan')
      .expect(200);

  /** One of each kind that the webhooks and a list can make. */
  async function makeTroubles(): Promise<void> {
    const [whole, part, twice, back, portal, late, differing, quiet] = await Promise.all(Array.from({ length: 8 }, issued));
    const lines = [
      await transfer(whole.reference, 21_000),
      await transfer(part.reference, 15_000),
      await transfer(twice.reference, 21_000),
      await transfer(twice.reference, 21_000, '10:05:00'),
      await transfer('CONG TY CO PHAN PHAT TRIEN HA TANG nop phi', 999_999_999),
      await transfer('phi dich vu', 11_000, '11:00:00', 'out'),
      await transfer(portal.reference, 21_000),
    ];
    const taken = await transfer(back.reference, 21_000);
    const refund = await transfer('chuyen nham', 300_000);
    while ((await issueReceipts(service.ctx)) > 0);
    const unissued = await transfer(quiet.reference, 21_000);
    await service
      .call('post', `/api/transactions/${taken.transactionId}/undo`, { reason: 'ghép nhầm', decisionsSeen: 0 }, 'demo-api-key-ketoan')
      .expect(200);
    await resolved(refund.transactionId, { action: 'refund' });
    await service.call('post', `/api/dossiers/${portal.dossier.code}/sync-flag`, { paidOnlineFlag: 1, at: now }).expect(200);
    await service.call('post', `/api/dossiers/${part.dossier.code}/sync-flag`, { paidOnlineFlag: 1, at: now }).expect(200);
    await transfer('khong co o ngan hang', 77_000);
    await transfer(late.reference, 21_000, '22:30:00');
    const differs = await transfer(differing.reference, 21_000);
    await keepBankList(service.config.databaseUrl, {
      accountId,
      from: day,
      lines: [
        ...lines,
        taken,
        refund,
        unissued,
        { day, amount: 12_000, bankReference: differs.bankReference },
        { day, amount: 50_000, bankReference: 'FT-ONLY-BANK', content: 'khong ai bao' },
      ],
    });
  }

  it('begin with where every account stands, and with the đồng that have no home', async () => {
    const { text } = await officer.get('/days').expect(200);
    expect(textOf(text)).toMatch(/Tiền chưa xác định\s+1\.000\.118\.999 ₫/);
    expect(text).toMatch(/href="\/unmatched"[^>]*>\s*1\.000\.118\.999\s₫/);
    expect(text).toContain(`href="${path}"`);
    expect(textOf(text)).toMatch(/Còn \d+ chênh lệch/);
    expect(textOf(text)).toContain('Chưa có sao kê');
    expect((await officer.get('/')).headers['location']).toBe('/days');
  });

  it('show a day with its flow, and every sum leads to its rows', async () => {
    const { text } = await officer.get(path).expect(200);
    for (const book of ['owed', 'paid', 'banked', 'receipted', 'remitted']) {
      expect(linksIn(text, '').filter((href) => href === `${path}/books/${book}`).length).toBeGreaterThanOrEqual(2);
      await officer.get(`${path}/books/${book}`).expect(200);
    }
    expect(textOf((await officer.get(`${path}/books/unapplied`)).text)).toContain('999.999.999 ₫');
    const columns = async (book: string) => textOf((await officer.get(`${path}/books/${book}`)).text);
    expect(await columns('banked')).toContain('Giờ ngân hàng');
    expect(await columns('owed')).not.toContain('Giờ ngân hàng');
    await officer.get(`${path}/books/nothing`).expect(400);
  });

  it('offer at least one way out of every difference, and each leads to a page', async () => {
    const { text } = await officer.get(path).expect(200);
    const rows = text.split('<tr data-difference').slice(1);
    expect(rows.length).toBeGreaterThanOrEqual(10);
    const classes = (await service.call('get', `/api/reconciliations${path.slice('/days'.length)}`, undefined, 'demo-api-key-ketoan')).body
      .classes;
    expect(
      Object.entries(classes)
        .filter(([, count]) => count === 0)
        .map(([name]) => name),
    ).toEqual(['late_after_close']);
    for (const row of rows) {
      const ways = linksIn(row, 'data-way');
      expect([row.slice(0, 80), ways.length > 0]).toEqual([row.slice(0, 80), true]);
      for (const way of ways) expect([way, (await officer.get(way)).status]).toEqual([way, 200]);
      const [itself = ''] = linksIn(row, 'data-row');
      expect([itself, (await officer.get(itself)).status]).toEqual([itself, 200]);
    }
  });

  it('lead from a row to its work and back to the next row, by one link for each way, and nowhere else', async () => {
    const { text } = await officer.get(`${path}?class=unknown_content`).expect(200);
    const rows = rowsIn(text);
    const place = rows.findIndex((row) => row.includes('PHAT TRIEN'));
    const ways = linksIn(rows[place] ?? '', 'data-way');
    expect(new Set(ways).size).toBe(ways.length);
    expect(rows[place]).not.toContain('>Quyết định<');
    const back = `${path}?class=unknown_content&row=${place + 1}`;
    const [opened = '', refund = ''] = ways;
    for (const way of [opened, refund]) expect(linksIn((await officer.get(way).expect(200)).text, 'data-key="Escape"').length).toBe(1);
    expect(linksIn((await officer.get(opened)).text, 'data-key="Escape"')).toEqual([back]);
    const step = (await officer.get(refund)).text;
    const action = /<form method="post" action="([^"]+)" class="stack step"/.exec(step)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const wrong = await officer.post(action, { action: 'not_ours', amount: '1', reason: '' });
    expect(wrong.text.replaceAll('&amp;', '&')).toContain(`action="${action}"`);
    const done = await officer.post(action, { action: 'not_ours', amount: '1', reason: 'thử quay lại' });
    expect(linksIn((await officer.get(String(done.headers['location']))).text, 'data-key="Escape"')).toEqual([back]);
    expect((await officer.post(action, { action: 'undo', reason: 'chỉ là thử' })).status).toBe(303);
    const [itself = ''] = linksIn(rows[place] ?? '', 'data-row');
    expect(linksIn((await officer.get(itself)).text, 'data-key="Escape"')).toEqual([back]);
    const list = rowsIn((await officer.get(back).expect(200)).text);
    expect(list.findIndex((row) => row.includes('data-first'))).toBe(place);
    const out = rows.find((row) => row.includes('data-way="explain"')) ?? '';
    const [explain = ''] = linksIn(out, 'data-way');
    const page = (await officer.get(explain).expect(200)).text;
    expect(page).toMatch(/action="\/transactions\/tx_\w+\/explain\?from=/);
    expect(page).not.toContain('class="seen"');
    expect(page).toContain('href="/refunds?state=sent"');
    expect(page).toContain('href="/remittances"');
    const pending = rowsIn((await officer.get(`${path}?class=refund_pending`)).text)[0] ?? '';
    const [drive = ''] = linksIn(pending, 'data-way');
    const driven = (await officer.get(drive).expect(200)).text;
    expect(linksIn(driven, 'data-key="Escape"')).toEqual([`${path}?class=refund_pending&row=1`]);
    expect(driven).toMatch(/action="\/refunds\/rf_\w+\/prepare\?from=/);
    const elsewhere = ['//evil.example', 'https://evil.example', `/days/../${day}`, `${path}/close`, '/days/a/2026-13-45', 'javascript:x'];
    for (const from of elsewhere) {
      const { text: shown } = await officer.get(`${opened.split('?')[0]}?from=${encodeURIComponent(from)}`).expect(200);
      expect([from, linksIn(shown, 'data-key="Escape"')]).toEqual([from, ['/unmatched']]);
    }
  });

  it('narrow the list by the address, and say so where nothing fits', async () => {
    const rowsAt = async (query: string) =>
      (await officer.get(`${path}?${query}`).expect(200)).text.split('<tr data-difference').length - 1;
    expect(await rowsAt('class=duplicate')).toBe(1);
    expect(await rowsAt('amount=999.999.999')).toBe(1);
    expect(await rowsAt('state=carried')).toBe(0);
    expect(await rowsAt('q=PHAT+TRIEN')).toBe(1);
    expect(textOf((await officer.get(`${path}?q=khong-co`)).text)).toContain('Không có chênh lệch nào như đã lọc');
    const odd = (await officer.get(`${path}?amount=abc`).expect(200)).text;
    expect(textOf(odd)).toContain('Số tiền chưa đúng dạng, ví dụ 21.000.');
    expect(odd).toMatch(/name="amount" value="abc"[^>]*aria-invalid="true"/);
    expect(textOf(odd)).not.toContain('Không có chênh lệch nào như đã lọc');
  });

  it('say in a sentence what is wrong with an address, and that a day has not come yet', async () => {
    const said = async (address: string, status: number) => textOf((await officer.get(address).expect(status)).text);
    expect(await said(`/days/${accountId}/2026-13-45`, 400)).toContain('Phần không đọc được: “Ngày”. Kiểm tra lại');
    expect(await said(`/days/nothing/${day}`, 409)).toContain('Không tìm thấy tài khoản thụ hưởng');
    const future = await said(`/days/${accountId}/2026-12-24`, 200);
    expect(future).toContain('Ngày này chưa đến');
    expect([future.includes('Chưa có sao kê của ngày này'), future.includes('Ngày sau')]).toEqual([false, false]);
    expect(await said(path, 200)).toContain('Ngày sau');
  });

  it('put the sides of a difference beside each other, and keep what is said of it', async () => {
    const { differences } = (
      await service.call('get', `/api/reconciliations/${accountId}/${day}?class=duplicate`, undefined, 'demo-api-key-ketoan')
    ).body;
    const [{ key }] = differences;
    const page = `${path}/difference?key=${encodeURIComponent(key)}`;
    const { text } = await officer.get(page).expect(200);
    for (const side of ['Sao kê ngân hàng', 'Giao dịch của ta', 'Khoản phải nộp', 'Biên lai']) expect(textOf(text)).toContain(side);
    expect((await officer.post(`${path}/notes`, { key, kind: 'carry', text: 'x' })).status).toBe(400);
    expect((await officer.post(`${path}/notes`, { key, kind: 'carry', text: 'chờ người nộp liên hệ' })).headers['location']).toBe(
      page.replaceAll('%20', '+'),
    );
    const after = textOf((await officer.get(page)).text);
    expect(after).toContain('Chuyển ngày sau: chờ người nộp liên hệ');
    expect((await officer.post(`${path}/notes`, { key: `${key}x`, kind: 'note', text: 'không còn' })).headers['location']).toBe(path);
  });

  it('find money by amount, reference, dossier, payer and the bank’s reference, in pages', async () => {
    const found = async (text: string) => {
      const page = (await officer.get(`/days/search?q=${encodeURIComponent(text)}`).expect(200)).text;
      return linksIn(page, 'data-row').length;
    };
    const obligation = await issued();
    const paid = await transfer(`${obligation.reference} LE THI HOA`, 21_000, '13:00:00');
    expect(await found('999.999.999')).toBe(1);
    expect(await found(obligation.reference)).toBe(1);
    expect(await found(obligation.dossier.code)).toBe(1);
    expect(await found(paid.bankReference)).toBe(1);
    expect(await found('lê thị hoa')).toBe(1);
    expect(await found(obligation.dossier.applicant.name)).toBeGreaterThan(5);
    expect(await found('khong co gi nhu the')).toBe(0);
    const listed = textOf((await officer.get('/days/search?q=21.000').expect(200)).text);
    expect(listed).toContain('Vietcombank 1026101000');
    const times = [...listed.matchAll(/20\/11\/2026 (\d\d:\d\d)/g)].map(([, time = '']) => time);
    expect(times.length).toBeGreaterThan(5);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('open and close a day of 20,000 payments without making anybody wait', async () => {
    const busy = '2026-11-10' as Day;
    await payMany(service.config.databaseUrl, { accountId, agencyCode: 'H26.101', collectorCode: 'H26', day: busy, count: 20_000 });
    const from = performance.now();
    const { text } = await officer.get(`/days/${accountId}/${busy}`).expect(200);
    const elapsedMs = performance.now() - from;
    expect(textOf(text)).toContain('3.000.000.000 ₫');
    expect(textOf(text)).toContain('Sẵn sàng khóa sổ');
    expect(elapsedMs).toBeLessThan(longestOpeningMs);
    const first = (await officer.get(`/days/${accountId}/${busy}/books/paid`).expect(200)).text;
    const [next = ''] = linksIn(first, '').filter((href) => href.includes('after='));
    expect(linksIn((await officer.get(next).expect(200)).text, 'data-row')).toHaveLength(100);
    const path = `/api/reconciliations/${accountId}/${busy}/close`;
    const held = await longestHoldMs(async () => {
      await service.call('post', path, { act: 'prepare' }, 'demo-api-key-ketoan').expect(200);
      const { number } = (await service.call('post', path, { act: 'sign' }, 'demo-api-key-ketoantruong').expect(200)).body;
      expect(number).toBe(1);
    });
    expect(held).toBeLessThan(longestTurnMs);
  }, 60_000);

  it('are read-only for the inspector, without names for the leader, and closed to counters', async () => {
    const inspector = await visitorAt(service, 'thanhtra');
    const { text } = await inspector.get(path).expect(200);
    expect(text).not.toContain('data-way="attach"');
    expect(textOf(text)).toMatch(/Enter mở\s+Số tiền/);
    expect(textOf((await officer.get(path)).text)).toContain('Enter mở · a ghép · r hoàn trả · n ghi chú');
    const ofInspector = (await inspector.get(`${path}?class=unknown_content`)).text;
    expect(ofInspector.split('<th').length - 1).toBe((await officer.get(`${path}?class=unknown_content`)).text.split('<th').length - 2);
    const [itself = ''] = linksIn(text, 'data-row');
    expect((await inspector.get(itself).expect(200)).text).not.toContain('name="kind"');
    expect((await inspector.post(`${path}/notes`, { key: 'k', kind: 'note', text: 'thử ghi' })).status).toBe(403);
    const leader = await visitorAt(service, 'lanhdao');
    expect((await leader.get(path).expect(200)).text).not.toContain('CONG TY CO PHAN');
    await (await visitorAt(service, 'quay1')).get(path).expect(403);
  });
});
