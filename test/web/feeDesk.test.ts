// The desk where fees are kept: found, drafted on a form, approved by somebody else and tried on past dossiers.
import request from 'supertest';
import { fieldsOf } from '../support/feeForms';
import { clockAt } from '../support/feeStaff';
import { certifiedCopy, freshDossierCode, openTestService, type TestService } from '../support/office';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

const clock = clockAt('2026-11-21T09:00:00');
let service: TestService;
let drafter: Visitor;
let approver: Visitor;
beforeAll(async () => {
  service = await openTestService('SQLite', { replace: { now: clock.now } });
  drafter = await visitorAt(service, 'ketoan');
  approver = await visitorAt(service, 'ketoantruong');
});
afterAll(() => service.end());

const draftForm = async (address: string) => fieldsOf((await drafter.get(address)).text);
const draftOf = async (fee: string, change: Record<string, string>) =>
  drafter.post('/fee-schedule/draft', { ...(await draftForm(`/fee-schedule/draft?fee=${fee}`)), reason: 'Thông tư mới', ...change });

describe('The fee schedule', () => {
  it('is found by words, code, sector and day', async () => {
    const page = async (query: string) => textOf((await drafter.get(`/fee-schedule?${query}`)).text);
    expect(await page('q=ban+sao')).toContain('2.000815');
    expect(await page('q=2.000884')).toContain('1 thủ tục');
    expect(await page('sector=DAT_DAI')).toContain('Lệ phí đăng ký biến động đất đai');
    expect(await page('q=1.001612&on=2026-07-24')).toContain('Hội đồng nhân dân quyết định');
    expect(await page('q=1.001612&on=2026-07-25')).toContain('100.000 ₫');
    expect(await page('q=khong-co-gi')).toContain('0 thủ tục');
  });

  it('is for those who keep fees: a counter officer has the public page', async () => {
    const counter = await visitorAt(service, 'quay1');
    expect((await counter.get('/fee-schedule')).status).toBe(403);
    expect((await (await visitorAt(service, 'thanhtra')).get('/fee-schedule')).status).toBe(200);
    expect((await (await visitorAt(service, 'lanhdao')).get('/fee-schedule/draft?fee=CT-2.000884')).status).toBe(403);
  });

  it('is in English too', async () => {
    const page = await request(service.server)
      .get('/fee-schedule')
      .set('cookie', `${await cookieOf('ketoan')}; language=en`);
    expect(textOf(page.text)).toContain('Fee schedule');
  });
});

describe('A change drafted on the form', () => {
  const newRegime = {
    ...{ amount: '31.000', 'new.code': 'NQ-9-2027', 'new.kind': 'budget_supported', 'new.value': '40', 'new.channel': 'online' },
    ...{ 'new.from': '2027-01-01', 'new.to': '2027-06-30', 'new.law': 'Nghị quyết 9/2027', 'new.condition': 'Người cao tuổi' },
  };
  it('shows the fee as it is, is kept, waits for somebody else, and is approved by them', async () => {
    expect(await draftForm('/fee-schedule/draft?fee=CT-2.000884')).toMatchObject({
      amount: '10.000',
      unit: 'truong_hop',
      validFrom: '2026-11-22',
      'law.0': 'Thông tư 226/2016/TT-BTC',
    });
    const kept = await draftOf('CT-2.000884', { amount: '15.000', validFrom: '2027-01-01', 'law.0': 'Thông tư 1/2027/TT-BTC' });
    const address = String(kept.headers['location']).split('?')[0] ?? '';
    expect(textOf((await drafter.get(address)).text)).toContain('Ông/bà đã soạn bản này');
    expect((await drafter.post(address, { verdict: 'approved' })).status).toBe(403);
    expect(textOf((await approver.get('/fee-schedule')).text)).toContain('Chờ duyệt: 1');
    const seen = textOf((await approver.get(address)).text);
    expect(seen).toContain('15.000 ₫');
    expect(seen).toContain('10.000 ₫');
    expect((await approver.post(address, { verdict: 'approved' })).headers['location']).toContain('done=approved');
    expect(textOf((await drafter.get('/fee-schedule?q=2.000884&on=2027-01-01')).text)).toContain('15.000 ₫');
    expect(textOf((await drafter.get('/fee-schedule?q=2.000884&on=2026-12-31')).text)).toContain('10.000 ₫');
    const history = textOf((await drafter.get('/fee-schedule/fees/CT-2.000884')).text);
    expect(history).toContain('từ 01/01/2017 đến hết 31/12/2026');
    expect(history).toMatch(/từ 01\/01\/2027.*Đã duyệt.*Kế toán.*Kế toán trưởng/);
  });

  it('may be withdrawn with a reason, and is seen for ever', async () => {
    const kept = await draftOf('CT-2.000992', { amount: '11.000' });
    const address = String(kept.headers['location']).split('?')[0] ?? '';
    expect((await drafter.post(address, { verdict: 'withdrawn', note: '' })).status).toBe(400);
    expect((await drafter.post(address, { verdict: 'withdrawn', note: 'Nhầm văn bản' })).status).toBe(303);
    expect(textOf((await drafter.get('/fee-schedule/fees/CT-2.000992')).text)).toMatch(/Đã rút.*Nhầm văn bản/);
  });

  it.each<[string, string, Record<string, string>, string]>([
    ['an amount that is none', 'CT-2.000913', { amount: 'nhiều' }, 'Chưa đúng dạng.'],
    ['no amount', 'CT-2.000913', { amount: '' }, 'Chưa điền.'],
    ['nothing new', 'CT-2.000913', {}, 'Chưa có gì thay đổi'],
    ['tiers that do not follow', 'CT-2.000815', { 'tier.0.to': '', 'tier.1.to': '' }, 'Các bậc chưa nối tiếp nhau'],
    ['a last tier with an end', 'CT-2.000815', { 'tier.1.to': '9' }, 'Ngoài giới hạn.'],
    ['a percentage of nothing', 'DD-H26-TD-1.012787', { percent: '0' }, 'Ngoài giới hạn.'],
    ['an end before the beginning', 'CT-2.000913', { amount: '31.000', validTo: '2026-01-01' }, 'Ngoài giới hạn.'],
    ['a new preference without the way it is filed', 'CT-2.000913', { ...newRegime, 'new.channel': '' }, 'Chưa điền.'],
    ['a new preference without its kind', 'CT-2.000913', { ...newRegime, 'new.kind': '' }, 'Chưa điền.'],
    ['a new preference without a code', 'CT-2.000913', { ...newRegime, 'new.code': '' }, 'Chưa điền.'],
    ['no reason', 'CT-2.000913', { amount: '31.000', reason: '' }, 'Chưa điền.'],
    ['a preference of more than a hundred percent', 'BD-1.011439', { 'general.0.value': '101' }, 'Ngoài giới hạn.'],
  ])('is sent back with %s, and what was typed is kept', async (_what, fee, change, words) => {
    const answer = await draftOf(fee, {
      'law.0': 'Thông tư 7/2027/TT-BTC',
      ...(words.startsWith('Chưa có gì') ? { 'law.0': 'Thông tư 226/2016/TT-BTC' } : {}),
      ...change,
    });
    expect([answer.status, textOf(answer.text)]).toEqual([400, expect.stringContaining(words)]);
  });

  it('says beside the day that it is too late, once the procedure was charged', async () => {
    await service.call('post', '/api/obligations', certifiedCopy()).expect(201);
    const answer = await draftOf('CT-2.000815', { 'tier.0.price': '3.000', validFrom: '2026-11-21' });
    expect([answer.status, textOf(answer.text)]).toEqual([409, expect.stringContaining('Từ ngày hiệu lực đó đã lập khoản thu')]);
  });

  it.each<[string, string, Record<string, string>, object]>([
    [
      'tiers',
      'CT-2.000815',
      { 'tier.0.price': '3.000', cap: '250.000' },
      { tiers: [{ unitPrice: 3_000 }, { fromUnit: 3, unitPrice: 1_000 }], capPerItem: 250_000 },
    ],
    ['a percentage', 'DD-H26-TD-1.012787', { percent: '0,125' }, { rateNumerator: 125, rateDenominator: 100_000, max: 5_000_000 }],
    [
      'cases',
      'HT-H26-1.001193',
      { 'case.1.amount': '6.000' },
      {
        cases: [
          { when: 'dung_han', amount: 0 },
          { when: 'qua_han', amount: 6_000 },
        ],
      },
    ],
    ['a table', 'DD-H26-GCN-1.013978', { 'row.0': '26.000' }, { rows: [{ amount: 26_000 }, { amount: 100_000 }, {}, {}] }],
    ['extras', 'LL-3.000333', { extraPrice: '6.000' }, { amount: 200_000, extra: { fromUnit: 3, unitPrice: 6_000 } }],
  ])('keeps %s as they were, but for what is new', async (_what, fee, change, rule) => {
    const kept = await draftOf(fee, { 'law.0': 'Nghị quyết 9/2027/NQ-HĐND', ...change });
    expect([kept.status, textOf(kept.text)]).toEqual([303, expect.anything()]);
    const id = /versions\/([^?]+)/.exec(String(kept.headers['location']))?.[1] ?? '';
    const version = await service.ctx.store.tables.feeVersions.find(id);
    expect(version?.fee.rule).toMatchObject(rule);
    expect(version?.fee.exemptions.length).toBeGreaterThanOrEqual(0);
  });

  it('may change the rule to another kind, a preference’s last day, and where the money is booked', async () => {
    const fields = await draftForm('/fee-schedule/draft?fee=BD-1.011439&rule=per_unit');
    const change = {
      amount: '12.000',
      unit: 'ban',
      'general.0.to': '2027-06-30',
      budgetSubItem: '2715',
      retentionPercent: '85,5',
      reason: 'x',
    };
    const kept = await drafter.post('/fee-schedule/draft', { ...fields, ...change });
    const id = /versions\/([^?]+)/.exec(String(kept.headers['location']))?.[1] ?? '';
    expect((await service.ctx.store.tables.feeVersions.find(id))?.fee).toMatchObject({
      rule: { type: 'per_unit', unitPrice: 12_000, unit: 'ban' },
      generalReductions: [{ regimeId: 'TT64-2025', effectiveTo: '2027-06-30', value: 50 }],
      budgetSubItem: '2715',
      retentionPercent: '85.5',
    });
  });

  it('shows the approver all that a new preference says: how it reckons, for whom, how filed, from when and by which law', async () => {
    const kept = await draftOf('CT-2.000927', newRegime);
    const page = textOf((await approver.get(String(kept.headers['location']))).text);
    for (const words of [
      'NQ-9-2027',
      'Ngân sách hỗ trợ %: 40',
      'Trực tuyến',
      'từ 01/01/2027 đến hết 30/06/2027',
      'Nghị quyết 9/2027',
      'Người cao tuổi',
    ])
      expect(page).toContain(words);
  });

  it('gives a province its own rate in place of a placeholder, and a procedure a new fee', async () => {
    const own = await draftForm('/fee-schedule/draft?fee=HT-TINH-2.000528');
    const kept = await drafter.post('/fee-schedule/draft', {
      ...own,
      amount: '75.000',
      unit: 'truong_hop',
      'law.0': 'Nghị quyết 5/2026/NQ-HĐND',
      reason: 'x',
    });
    expect(textOf((await drafter.get(String(kept.headers['location']))).text)).toContain('HT-H26-2.000528');
    const fresh = await draftForm('/fee-schedule/draft?procedure=2.000884&kind=le_phi&rule=fixed');
    const added = await drafter.post('/fee-schedule/draft', {
      ...fresh,
      name: 'Lệ phí mới',
      amount: '5.000',
      unit: 'ho_so',
      'law.0': 'NQ 1',
      reason: 'x',
    });
    expect(textOf((await drafter.get(String(added.headers['location']))).text)).toContain('H26-LP-2.000884');
  });

  it('of a placeholder, once the province has its own rate for a later day, is of that rate: nothing is charged twice', async () => {
    const resolution = { unit: 'truong_hop', 'law.0': 'Nghị quyết 5/2026/NQ-HĐND' };
    const address = async (change: Record<string, string>) =>
      String((await draftOf('HT-TINH-2.000748', { ...resolution, ...change })).headers['location']).split('?')[0] ?? '';
    const first = await address({ amount: '75.000', validFrom: '2027-01-01' });
    expect((await approver.post(first, { verdict: 'approved' })).status).toBe(303);
    expect(await draftForm('/fee-schedule/draft?fee=HT-TINH-2.000748')).toMatchObject({ amount: '75.000' });
    const second = await address({ amount: '70.000', validFrom: '2027-02-01' });
    expect((await approver.post(second, { verdict: 'approved' })).status).toBe(303);
    const { text } = await drafter.get('/fee-schedule?q=2.000748&on=2027-03-01');
    expect(textOf(text)).toContain('70.000 ₫');
    expect(text.match(/fee-schedule\/fees\/HT-H26-2\.000748[^"]*/g)?.filter((one) => /-\d+$/.test(one.replace('2.000748', '')))).toEqual(
      [],
    );
  });

  it('of a second new fee of the procedure keeps apart from the first, which nobody has decided about', async () => {
    const addressOf = async (name: string) => {
      const fresh = await draftForm('/fee-schedule/draft?procedure=2.000992&kind=phi&rule=fixed');
      const change = { name, amount: '5.000', unit: 'ho_so', 'law.0': 'NQ 1', reason: 'x' };
      return (
        /versions\/([^?]+)/.exec(String((await drafter.post('/fee-schedule/draft', { ...fresh, ...change })).headers['location']))?.[1] ??
        ''
      );
    };
    const ids = [await addressOf('Phí một'), await addressOf('Phí hai')];
    const { feeVersions } = service.ctx.store.tables;
    const fees = await Promise.all(ids.map(async (id) => (await feeVersions.find(id))?.fee.id));
    expect(fees).toEqual(['H26-P-2.000992', 'H26-P-2.000992-2']);
  });

  it('is tried on past dossiers before it is approved', async () => {
    const dossier = {
      code: freshDossierCode(),
      procedureCode: '2.000913',
      agencyCode: 'H26.101',
      channel: 'counter',
      applicant: { name: 'A' },
    };
    const issued = await service.call('post', '/api/obligations', { dossier, fees: [{ feeId: 'CT-2.000913' }] });
    const kept = await draftOf('CT-2.000913', { amount: '40.000' });
    const address = String(kept.headers['location']).split('?')[0] ?? '';
    const page = await approver.get(`${address}?from=2026-11-01&to=2026-11-30`);
    expect(textOf(page.text)).toMatch(/30\.000 ₫ › 40\.000 ₫.*\+10\.000 ₫/);
    expect(page.text).toContain(`/obligations/${String((issued.body as { id: string }).id)}`);
    expect((await approver.get(`${address}?from=2020-01-01&to=2026-11-30`)).status).toBe(400);
  });
});

async function cookieOf(login: string): Promise<string> {
  const answer = await request(service.server).post('/sign-in').type('form').send({ login, password: 'demo' });
  return String(answer.headers['set-cookie']).split(';')[0] ?? '';
}
