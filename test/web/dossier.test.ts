// A dossier's page over HTTP: fees to the unit, taxes to the State Treasury, and the form for a notice of the tax authority.
import request from 'supertest';
import { instantOf, vietnamTimeOf } from '../../src/domain/time';
import { tell } from '../support/bank';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { recordNotice, taxNotice, treasury } from '../support/taxNotices';

type Agent = ReturnType<typeof request.agent>;
type Form = Record<string, string>;

const unitAccount = '1026101000';

describe.each(databases)("the dossier's page on %s", (kind) => {
  let service: TestService;
  let officer: Agent;
  let formToken: string;
  let now: number;

  beforeAll(async () => {
    now = Date.parse('2026-11-22T02:00:00Z');
    service = await openTestService(kind, { replace: { now: () => instantOf(now) } });
    officer = await signedIn('quay1');
    formToken = /name="formToken" value="([^"]+)"/.exec((await officer.get('/counter').expect(200)).text)?.[1] ?? '';
  });
  beforeEach(() => (now = Date.parse('2026-11-22T02:00:00Z')));
  afterAll(() => service.end());

  async function signedIn(login: string): Promise<Agent> {
    const agent = request.agent(service.server);
    await agent.post('/sign-in').accept('html').type('form').send({ login, password: 'demo' }).expect(303);
    return agent;
  }

  const send = (path: string, form: Form) =>
    officer
      .post(path)
      .accept('html')
      .type('form')
      .send({ formToken, ...form });
  const issue = async (changes: object = {}) => (await service.call('post', '/api/obligations', certifiedCopy(changes)).expect(201)).body;
  const page = async (code: string) => (await officer.get(`/dossiers/${code}`).accept('html').expect(200)).text;
  const pageOf = async (id: string) => (await officer.get(`/obligations/${id}`).accept('html').expect(200)).text;
  const ofDossier = async (code: string) => (await service.call('get', `/api/obligations?dossier=${code}`).expect(200)).body.data;
  const pay = (reference: string, amount: number, accountNumber = treasury.accountNumber) =>
    tell(service, {
      content: reference,
      amount,
      accountNumber,
      time: vietnamTimeOf(instantOf(now)),
      id: 88_000 + Math.floor(amount % 1000),
    }).expect(200);
  const typed = (changes: Form = {}): Form => {
    const { number, issuer, issuedOn, dueOn } = taxNotice();
    return {
      number,
      issuer,
      issuedOn,
      dueOn,
      taxpayerName: 'Phạm Thị Thổ Cư',
      chapter: '757',
      subItem: '2801',
      amount: '12.500.000',
      bankBin: treasury.bankBin,
      accountNumber: treasury.accountNumber,
      accountName: treasury.accountName,
      revenueBody: '1054000',
      treasuryCode: '',
      ...changes,
    };
  };

  it('shows fees to the unit and taxes to the Treasury apart, each with its account and its code', async () => {
    const fee = await issue();
    const code = fee.dossier.code;
    const { headers } = await send(`/dossiers/${code}/tax-notices`, typed()).expect(303);
    expect(headers['location']).toMatch(new RegExp(`^/dossiers/${code}\\?done=recorded#ob_`));
    await send(`/dossiers/${code}/codes`, { obligation: fee.id }).expect(303);
    const text = await page(code);
    const [toUnit = '', toTreasury = ''] = text.slice(text.indexOf('Phí, lệ phí nộp cho đơn vị')).split('Thuế nộp vào Kho bạc Nhà nước');
    expect(toUnit).toContain(unitAccount);
    expect(toUnit).not.toContain(treasury.accountNumber);
    expect(toTreasury.split('<form')[0]).toContain(treasury.accountNumber);
    for (const word of ['Phạm Thị Thổ Cư', 'Lệ phí trước bạ nhà, đất', '12.500.000', 'Hạn nộp 20/12/2026', 'Chờ thanh toán'])
      expect(toTreasury).toContain(word);
    expect([toUnit.split('<svg').length, toTreasury.split('<svg').length]).toEqual([2, 2]);
    const [tax] = (await ofDossier(code)).filter(({ id }: { id: string }) => id !== fee.id);
    expect(tax).toMatchObject({ counterId: 'quay-1', taxNotice: { revenueBody: '1054000', treasuryCode: null, amount: 12_500_000 } });
  });

  it('fills in what the last notice said, but for its number, its days, its amount and its taxpayer', async () => {
    const fee = await issue();
    await recordNotice(service, fee.dossier.code, taxNotice({ issuer: 'Thuế cơ sở 12', taxpayer: { name: 'Ngô Văn Kín' } }));
    const text = await page(fee.dossier.code);
    const form = text.slice(text.indexOf('id="tax-notice"'));
    expect(form).toContain('value="Thuế cơ sở 12"');
    expect(form).toContain(`value="${treasury.accountNumber}"`);
    for (const day of ['issuedOn', 'dueOn']) expect(new RegExp(`name="${day}"[^>]*value="([^"]*)"`).exec(form)?.[1]).toBe('');
    expect(form).not.toContain('Ngô Văn Kín');
    expect(/name="number"[^>]*value="([^"]*)"/.exec(form)?.[1]).toBe('');
  });

  it('says beside each field what is wrong with it, and keeps what was typed', async () => {
    const { dossier } = await issue();
    const wrong = typed({ amount: '12,5 triệu', subItem: '28', chapter: '', dueOn: '2026-02-30', bankBin: '1', taxpayerName: '123' });
    const { text } = await send(`/dossiers/${dossier.code}/tax-notices`, wrong).expect(400);
    for (const name of ['amount', 'subItem', 'chapter', 'dueOn', 'bankBin', 'taxpayerName'])
      expect(text).toMatch(new RegExp(`name="${name}"[^>]*aria-invalid="true"`));
    expect(text).toContain('value="12,5 triệu"');
    expect(text).toContain('Số tiền phải là số đồng nguyên, lớn hơn 0.');
    const early = await send(`/dossiers/${dossier.code}/tax-notices`, typed({ dueOn: '2026-11-01' })).expect(400);
    expect(early.text).toContain('Hạn nộp trước ngày thông báo.');
    const late = await send(`/dossiers/${dossier.code}/tax-notices`, typed({ issuedOn: '2026-11-23' })).expect(400);
    expect(late.text).toContain('Ngày thông báo ở tương lai.');
    expect(await ofDossier(dossier.code)).toHaveLength(1);
  });

  it('names what there is already when a notice is recorded twice, and refuses the account of a unit', async () => {
    const { dossier } = await issue();
    const notice = typed();
    await send(`/dossiers/${dossier.code}/tax-notices`, notice).expect(303);
    const [tax] = (await ofDossier(dossier.code)).filter((one: { taxNotice?: object }) => one.taxNotice);
    const again = await send(`/dossiers/${dossier.code}/tax-notices`, notice).expect(409);
    expect(again.text).toContain('Thông báo nộp thuế này đã được ghi nhận.');
    expect(again.text).toContain(tax.reference);
    const unit = { bankBin: '970436', accountNumber: unitAccount };
    const { text } = await send(`/dossiers/${dossier.code}/tax-notices`, typed(unit)).expect(409);
    expect(text).toContain('không phải của Kho bạc');
  });

  it('marks a tax that is past its due date, on its own page too, and adds nothing to it', async () => {
    const { dossier } = await issue();
    const tax = await recordNotice(service, dossier.code);
    expect(await page(dossier.code)).not.toContain('Quá hạn nộp');
    now = Date.parse('2026-12-21T00:00:00+07:00');
    officer = await signedIn('quay1');
    formToken = /name="formToken" value="([^"]+)"/.exec((await officer.get('/counter').expect(200)).text)?.[1] ?? '';
    for (const text of [await page(dossier.code), await pageOf(tax.id)]) {
      expect(text).toContain('Quá hạn nộp');
      expect(text).toContain('12.500.000');
    }
    expect(await pageOf(tax.id)).toContain('do cơ quan thuế tính và thông báo riêng');
  });

  it("says on a paid tax's page which document it yields, by whom and with which reference, and offers no receipt of ours", async () => {
    const { dossier } = await issue();
    const tax = await recordNotice(service, dossier.code, taxNotice({ amount: 777 }));
    expect(await pageOf(tax.id)).toContain('Có sau khi nộp đủ.');
    await pay(tax.reference, 777);
    const text = await pageOf(tax.id);
    expect(text).toContain('Chứng từ nộp ngân sách nhà nước');
    expect(text).toContain('Do ngân hàng hoặc Kho bạc Nhà nước lập');
    expect(text).toContain(tax.taxNotice.number);
    expect(text).toContain('FT88777');
    expect(text).toContain('Nộp lúc 22/11/2026 09:00:00');
    expect(text).not.toContain('Chưa có biên lai');
    expect(text).toContain('Thuế nộp ngân sách · Lệ phí trước bạ nhà, đất (2801)');
  });

  it('withdraws an unpaid notice with a reason, and nothing else that is owed', async () => {
    const fee = await issue();
    const code = fee.dossier.code;
    const tax = await recordNotice(service, code);
    expect((await send(`/dossiers/${code}/withdrawals`, { obligation: tax.id, reason: 'x' })).headers['location']).toContain(
      'refused=request_invalid',
    );
    await send(`/dossiers/${code}/withdrawals`, { obligation: fee.id, reason: 'Nhầm hồ sơ' }).expect(404);
    const { headers } = await send(`/dossiers/${code}/withdrawals`, { obligation: tax.id, reason: 'Cơ quan thuế thu hồi' }).expect(303);
    expect(headers['location']).toContain('done=withdrawn');
    expect(await page(code)).toContain('Cơ quan thuế thu hồi');
    const text = await pageOf(tax.id);
    expect(text).toContain('Đã hủy');
    expect(text).toMatch(/Cơ quan thuế thu hồi \(Cán bộ quầy 1, 22\/11\/2026 09:00\)/);
  });

  it('replaces a notice by a new one, and keeps both where money has come', async () => {
    const { dossier } = await issue();
    const [unpaid, paid] = [
      await recordNotice(service, dossier.code),
      await recordNotice(service, dossier.code, taxNotice({ amount: 555 })),
    ];
    await pay(paid.reference, 555);
    await send(`/dossiers/${dossier.code}/tax-notices`, typed({ replaces: unpaid.taxNotice.number })).expect(303);
    await send(`/dossiers/${dossier.code}/tax-notices`, typed({ replaces: paid.taxNotice.number })).expect(303);
    expect(await page(dossier.code)).toContain('Thay bằng thông báo số');
    expect(await pageOf(paid.id)).toContain('cần cán bộ xem xét cùng cơ quan thuế');
  });

  it('shows how else a tax of 500 million and more is paid: no code carries it', async () => {
    const { dossier } = await issue();
    await send(`/dossiers/${dossier.code}/tax-notices`, typed({ amount: '500.000.000' })).expect(303);
    const text = await page(dossier.code);
    expect(text).toContain('không chuyển bằng mã QR');
    expect(text).toContain(treasury.accountNumber);
  });

  it('offers no cash at the counter for a tax, and its code there is for the Treasury', async () => {
    const { dossier } = await issue();
    await send(`/dossiers/${dossier.code}/tax-notices`, typed()).expect(303);
    const [tax] = (await ofDossier(dossier.code)).filter((one: { taxNotice?: object }) => one.taxNotice);
    const { text } = await officer.get(`/counter/panel?obligation=${tax.id}`).accept('html').set('hx-request', 'true').expect(200);
    expect(text).toContain(treasury.accountNumber);
    expect(text).not.toContain('<kbd>F8</kbd>');
    expect(text).toContain(`/dossiers/${dossier.code}`);
    const { headers } = await send('/counter/cash', { obligation: tax.id, seen: '12500000' }).expect(303);
    expect(headers['location']).toContain('refused=tax_not_in_cash');
  });

  it('never carries the name of a taxpayer in an address, and shows nothing of another office', async () => {
    const { dossier } = await issue();
    await send(`/dossiers/${dossier.code}/tax-notices`, typed()).expect(303);
    const text = await page(dossier.code);
    const addresses = [...text.matchAll(/(?:href|action|src)="([^"]+)"/g)].map(([, address]) => decodeURIComponent(address ?? ''));
    for (const address of addresses) expect(address).not.toMatch(/Phạm|Thổ/);
    const elsewhere = await issue({ agencyCode: 'H26' });
    await officer.get(`/dossiers/${elsewhere.dossier.code}`).accept('html').expect(404);
    await send(`/dossiers/${elsewhere.dossier.code}/tax-notices`, typed()).expect(404);
    const inspector = await signedIn('thanhtra');
    const seen = await inspector.get(`/dossiers/${dossier.code}`).accept('html').expect(200);
    expect(seen.text).not.toContain('id="tax-notice"');
  });
});
