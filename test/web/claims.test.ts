// Reports of transfers that do not show, in the browser: one form without script, the same words whatever is found, and two persons at the desk.
import { searchClaims } from '../../src/actions/searchClaims';
import { parseVietnamTime, vietnamTimeOf, type Instant } from '../../src/domain/time';
import { tellWithPayer } from '../support/bank';
import { certifiedCopy, openTestService, type TestService } from '../support/office';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

describe('reports of transfers that do not show', () => {
  let service: TestService;
  let now: Instant = parseVietnamTime('2026-11-20 10:00:00') ?? ('' as Instant);
  let payer: Visitor;
  let [maker, checker]: [Visitor | undefined, Visitor | undefined] = [undefined, undefined];
  beforeAll(async () => {
    service = await openTestService('SQLite', { replace: { now: () => now } });
    payer = await visitorAt(service);
    maker = await visitorAt(service, 'ketoan');
    checker = await visitorAt(service, 'ketoantruong');
  });
  afterAll(() => service.end());

  const said = {
    amount: '21.000',
    paidOn: '2026-11-20',
    paidAbout: 'morning',
    bankBin: '970436',
    accountDigits: '7788',
    bankReference: '',
  };
  async function unpaid(): Promise<{ id: string; path: string }> {
    const { id } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    const { url } = (await service.call('get', `/api/obligations/${id}/pay-page`).expect(200)).body;
    return { id, path: new URL(url).pathname };
  }
  const arrives = (digits: string) =>
    tellWithPayer(service, { content: 'nop tien', amount: 21_000, time: vietnamTimeOf(now) }, `190000${digits}`, 'TRAN VAN KHAC').expect(
      200,
    );
  const read = async (path: string): Promise<string> => textOf((await payer.get(path).expect(200)).text);
  const claimOf = async (id: string) => {
    const claim = (await service.ctx.store.tables.claims.ofObligation(id)).at(-1);
    if (!claim) throw new Error('no claim was kept');
    return claim;
  };
  const hidden = { version: '' };
  /** What a page's form with this action would send. */
  function formIn(html: string, action: string): Record<string, string> {
    const form = html.split('<form ').find((one) => one.includes(`action="${action}"`)) ?? '';
    const fields = [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]);
    const { formToken: _token, ...rest } = { ...hidden, ...Object.fromEntries(fields) };
    return rest;
  }

  it('begin at a quiet link of the payment page, with a form that knows the sum and the day', async () => {
    const { path } = await unpaid();
    const { text } = await payer.get(path).expect(200);
    expect(text).toContain(`<a href="${path}/claim">Tôi đã chuyển tiền mà chưa thấy</a>`);
    const form = (await payer.get(`${path}/claim`).expect(200)).text;
    expect(form).toMatch(/name="amount"[^>]*value="21000"/);
    expect(form).toMatch(/name="paidOn"[^>]*value="2026-11-20"/);
  });

  it('get the same words, byte for byte, where money fits and where none does, before a person has looked', async () => {
    const [fits, none] = [await unpaid(), await unpaid()];
    await arrives('7788');
    const answers = [
      await payer.post(`${fits.path}/claim`, said),
      await payer.post(`${none.path}/claim`, { ...said, accountDigits: '1111' }),
    ];
    expect(answers.map(({ status, headers }) => [status, headers['location']])).toEqual([
      [303, `${fits.path}/claim`],
      [303, `${none.path}/claim`],
    ]);
    await searchClaims(service.ctx);
    expect([(await claimOf(fits.id)).state, (await claimOf(none.id)).state]).toEqual(['proposed', 'searching']);
    const without = ({ path }: { path: string }, html: string) => html.replaceAll(path, '').replaceAll(encodeURIComponent(path), '');
    const pages = await Promise.all([fits, none].map(async (one) => without(one, (await payer.get(`${one.path}/claim`).expect(200)).text)));
    expect(pages[0]).toBe(pages[1]);
    expect(textOf(pages[0] ?? '')).toContain('Đang tìm');
    expect(textOf(pages[0] ?? '')).toContain('chậm nhất hết ngày 23/11/2026');
    for (const secret of ['7788', 'KHAC', '1900', 'Vietcombank</strong>']) expect(pages[0]).not.toContain(secret);
    const looks = await Promise.all(
      [fits, none].map(async ({ path }) => /data-look="([^"]+)"/.exec((await payer.get(path)).text)?.[1]?.replace(/pr_\w+/, '')),
    );
    expect(looks[0]).toBe(looks[1]);
  });

  it('are confirmed by one and attached by another; the citizen sees each step, and the page turns paid', async () => {
    const { id, path } = await unpaid();
    await payer.post(`${path}/claim`, { ...said, accountDigits: '4242' });
    await arrives('4242');
    await searchClaims(service.ctx);
    const desk = `/claims/${(await claimOf(id)).id}`;
    expect((await maker?.get('/claims').expect(200))?.text).toContain(`href="${desk}"`);
    const html = (await maker?.get(desk).expect(200))?.text ?? '';
    for (const shown of ['TRAN VAN KHAC', '4242', 'Vietcombank', 'số tiền, tài khoản nhận, thời gian, 4 số cuối tài khoản (ngân hàng báo)'])
      expect(textOf(html)).toContain(shown);
    expect((await maker?.post(`${desk}/confirm`, formIn(html, `${desk}/confirm`)))?.status).toBe(303);
    expect(await read(`${path}/claim`)).toContain('Đã thấy, đang kiểm tra');
    const own = (await maker?.get(desk).expect(200))?.text ?? '';
    expect(own).not.toContain(`${desk}/attach`);
    const refused = await maker?.post(`${desk}/attach`, formIn(own, `${desk}/return`));
    expect([refused?.status, textOf(refused?.text ?? '').includes('Việc này cần một người khác')]).toEqual([403, true]);
    const other = (await checker?.get(desk).expect(200))?.text ?? '';
    expect((await checker?.post(`${desk}/attach`, formIn(other, `${desk}/attach`)))?.status).toBe(303);
    expect(await read(path)).toContain('Đã thanh toán');
    expect(await read(`${path}/claim`)).toContain('Tiền đã được ghi nhận cho khoản này');
    expect((await checker?.get('/claims?closed=1').expect(200))?.text).toContain(desk);
    const { transactionId } = await claimOf(id);
    const undo = service.call('post', `/api/transactions/${transactionId}/undo`, { reason: 'ghép nhầm' }, 'demo-api-key-ketoan');
    await undo.set('idempotency-key', desk).expect(200);
    expect(await read(`${path}/claim`)).toContain('Việc ghi nhận này đã được thu lại');
  });

  it('are answered with facts only, which the citizen then reads; after 90 days the payer is shown no more', async () => {
    const { id, path } = await unpaid();
    await payer.post(`${path}/claim`, { ...said, accountDigits: '5151' });
    const claim = await claimOf(id);
    const desk = `/claims/${claim.id}`;
    const version = String(claim.version);
    const empty = await maker?.post(`${desk}/answer`, { version, outcome: 'not_found', day: '2026-11-20', text: 'Không thấy.' });
    expect([empty?.status, textOf(empty?.text ?? '').includes('Từ 20 đến 500 ký tự')]).toEqual([400, true]);
    const text = 'Đã tìm trong sao kê Vietcombank của đơn vị; xin gửi biên nhận chuyển tiền';
    expect((await maker?.post(`${desk}/answer`, { version, outcome: 'not_found', day: '2026-11-20', text }))?.status).toBe(303);
    const page = await read(`${path}/claim`);
    for (const shown of ['Đã trả lời', 'Không tìm thấy trong tiền đã về đến hết ngày 20/11/2026', text]) expect(page).toContain(shown);
    expect((await maker?.get(desk))?.text).toContain('5151');
    const kept = now;
    now = parseVietnamTime('2027-02-19 10:00:00') ?? now;
    const later = await visitorAt(service, 'ketoan');
    const old = (await later.get(desk).expect(200)).text;
    expect([old.includes('5151'), old.includes('quá 90 ngày')]).toEqual([false, true]);
    now = kept;
  });

  it('are marked when overdue, at the desk and to the citizen', async () => {
    const { path } = await unpaid();
    await payer.post(`${path}/claim`, { ...said, accountDigits: '6161' });
    const kept = now;
    now = parseVietnamTime('2026-11-24 00:00:01') ?? now;
    const later = await visitorAt(service, 'ketoan');
    expect(textOf((await later.get('/claims').expect(200)).text)).toContain('23/11/2026 Quá hạn');
    expect(await read(`${path}/claim`)).toContain('Đã quá hạn trả lời');
    now = kept;
  });

  it('refuse hostile and missing words in words, keeping what was typed', async () => {
    const { id, path } = await unpaid();
    const wrong = {
      amount: '<b>1',
      paidOn: '2026-02-30',
      paidAbout: 'midnight',
      bankBin: '1',
      accountDigits: '',
      bankReference: `"><script>`,
    };
    const answer = await payer.post(`${path}/claim`, wrong);
    expect(answer.status).toBe(400);
    expect(textOf(answer.text)).toContain('Số tiền chưa đúng dạng');
    expect(answer.text).not.toContain('"><script>');
    expect(answer.text.match(/class="field-error"/g)).toHaveLength(5);
    expect(await service.ctx.store.tables.claims.ofObligation(id)).toEqual([]);
  });

  it('are for the finance desk: a leader has no such screen, and a wrong link leads nowhere', async () => {
    const leader = await visitorAt(service, 'lanhdao');
    await leader.get('/claims').expect(403);
    await payer.get('/pay/NPXXXXXXXX-none/claim').expect(404);
    expect((await maker?.get('/unmatched'))?.text).toContain('<a href="/claims">Báo chuyển tiền</a>');
  });

  it('are slowed down for one address', async () => {
    const { path } = await unpaid();
    const statuses: number[] = [];
    for (let i = 0; i < 10; i++) statuses.push((await payer.post(`${path}/claim`, said)).status);
    expect(statuses.at(-1)).toBe(429);
  });
});
