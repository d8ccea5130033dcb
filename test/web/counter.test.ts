// The counter's screens over HTTP: look-up, preview, issue, the panel that turns green, the display and who may see what.
import request from 'supertest';
import { tell } from '../support/bank';
import { certifiedCopy, freshDossierCode, openTestService, type TestService } from '../support/office';

type Agent = ReturnType<typeof request.agent>;
type Form = Record<string, string>;

describe('the counter', () => {
  let service: TestService;
  let officer: Agent;
  let formToken: string;

  beforeAll(async () => {
    service = await openTestService('SQLite');
    officer = await signedIn('quay1');
    formToken = /name="formToken" value="([^"]+)"/.exec((await officer.get('/counter').expect(200)).text)?.[1] ?? '';
  });
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
  const fragment = (path: string) => officer.get(path).accept('html').set('hx-request', 'true');
  const copies = (changes: Form = {}): Form => ({
    dossier: freshDossierCode(),
    procedure: '2.000815',
    feesOf: '2.000815',
    'fee.CT-2.000815': 'on',
    'units.CT-2.000815': '5',
    'quantity.CT-2.000815': '3',
    applicant: 'Nguyễn Thị Mẫu',
    channel: 'counter',
    ...changes,
  });

  async function issued(changes: Form = {}): Promise<{ id: string; reference: string; page: string }> {
    const { headers } = await send('/counter', copies(changes)).expect(303);
    const id = new URL(headers['location'] ?? '', 'http://here').searchParams.get('obligation') ?? '';
    const { reference } = (await service.call('get', `/api/obligations/${id}`).expect(200)).body;
    return { id, reference, page: headers['location'] ?? '' };
  }

  const panelOf = async (id: string) => (await fragment(`/counter/panel?obligation=${id}`).expect(200)).text;
  const displayToken = async () => (await service.ctx.store.tables.agencies.findCounter('quay-1'))?.displayToken ?? '';

  it('shows the keys on its buttons and begins in the field of the dossier', async () => {
    const { text } = await officer.get('/counter').expect(200);
    for (const key of ['F2', '/', 'Enter', 'F8']) expect(text).toContain(`<kbd>${key}</kbd>`);
    expect(text).toMatch(/<input[^>]*id="dossier"[^>]*autofocus/);
    expect(await panelOf((await issued()).id)).toContain('<kbd>F9</kbd>');
  });

  it('asks for what the rule asks: pages of the original and copies', async () => {
    const { text } = await fragment('/counter/fees?procedure=2.000815').expect(200);
    expect(text).toContain('Số trang bản chính');
    expect(text).toContain('Số bản sao');
    expect(text).toContain('Thông tư 226/2016/TT-BTC');
  });

  it('finds a procedure by words without marks', async () => {
    const { text } = await fragment('/counter/procedures?procedure=chung%20thuc%20ban%20sao').expect(200);
    expect(text).toContain('2.000815');
    expect((await fragment('/counter/procedures?procedure=xyz').expect(200)).text).toContain('Không có thủ tục nào như vậy');
  });

  it('previews every line with how it came about, and the total', async () => {
    const { text } = await send('/counter/preview', copies()).expect(200);
    expect(text).toContain('3 bản × 7.000 ₫ = 21.000 ₫');
    expect(text).toMatch(/Tổng cộng<\/span><strong>21\.000\u00a0₫/);
  });

  it('says which input is wrong, in words, and lets nobody issue it', async () => {
    const wrong = copies({ 'units.CT-2.000815': '0' });
    const { text } = await send('/counter/preview', wrong).expect(200);
    expect(text).toContain('Số trang bản chính: phải là số nguyên trong khoảng 1–10.000');
    expect(text).toMatch(/<button id="issue"[^>]* disabled/);
    expect((await send('/counter', wrong).expect(400)).text).toContain('phải là số nguyên');
  });

  it('ticks one of two charges that replace each other, not both', async () => {
    const { text } = await fragment('/counter/fees?procedure=1.004194').expect(200);
    expect(text).toMatch(/name="fee\.CU-1\.004194" checked/);
    expect(text).not.toMatch(/name="fee\.CU-DS-1\.004194" checked/);
    expect(text).toContain('15.000');
  });

  it('stops a charge whose amount nobody has verified, and says why', async () => {
    const { text } = await fragment('/counter/fees?procedure=1.001456').expect(200);
    expect(text).toContain('Chưa có mức thu được xác minh');
    expect(text).toMatch(/<button id="issue"[^>]* disabled/);
  });

  it('goes on with an unknown dossier, and keeps a wrong code where it was typed', async () => {
    expect((await send('/counter/find', { dossier: freshDossierCode() }).expect(200)).text).toContain('Hồ sơ chưa có khoản thu nào');
    const { text } = await send('/counter/find', { dossier: 'abc' }).expect(200);
    expect(text).toContain('Mã hồ sơ chưa đúng dạng');
    expect(text).toContain('value="abc"');
  });

  it('shows an obligation that waits as soon as its dossier is scanned', async () => {
    const dossier = freshDossierCode();
    const { id } = await issued({ dossier });
    await send('/counter/find', { dossier: dossier.toLowerCase() }).expect(303).expect('location', `/counter?obligation=${id}`);
  });

  it('shows what a scanned dossier has paid, and charges the same once more only when the officer says so', async () => {
    const dossier = freshDossierCode();
    const { id, reference } = await issued({ dossier });
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    const { headers } = await send('/counter/find', { dossier }).expect(303);
    expect(headers['location']).toBe(`/counter?obligation=${id}`);
    const { text } = await send('/counter/preview', copies({ dossier })).expect(200);
    expect(text).toContain('Hồ sơ này đã được lập khoản thu: Phí chứng thực bản sao từ bản chính 21.000\u00a0₫');
    expect(text).toMatch(/<button id="issue"[^>]* disabled/);
    expect(text).toMatch(/<button id="issue-cash"[^>]* disabled/);
    await send('/counter', copies({ dossier })).expect(400);
    expect((await issued({ dossier, again: 'on' })).id).not.toBe(id);
  });

  it('loses nothing that was typed when the issue is refused', async () => {
    const { text } = await send('/counter', copies({ applicant: '"><b>Lạ', 'units.CT-2.000815': '7' })).expect(400);
    expect(text).toContain('value="&#34;><b>Lạ"');
    expect(text).toContain('name="units.CT-2.000815" value="7"');
    expect(text).toContain('Tên chỉ gồm chữ');
  });

  it('takes no amount from the form', async () => {
    const { id } = await issued({ amount: '1', 'amount.CT-2.000815': '1' });
    expect((await service.call('get', `/api/obligations/${id}`)).body.amounts.due).toBe(21_000);
  });

  it('turns from waiting to paid after the bank tells of the transfer', async () => {
    const { id, reference } = await issued();
    const waiting = await panelOf(id);
    expect(waiting).toContain('Chờ thanh toán');
    expect(waiting).toContain('<svg');
    const look = /data-look="([^"]+)"/.exec(waiting)?.[1] ?? '';
    await fragment(`/counter/panel?obligation=${id}&seen=${look}`).expect(204);

    await tell(service, { content: `CT ${reference}`, amount: 21_000 }).expect(200);

    const paid = (await fragment(`/counter/panel?obligation=${id}&seen=${look}`).expect(200)).text;
    expect(paid).toContain('Đã thanh toán');
    expect(paid).toContain('Vietcombank');
    expect(paid).not.toContain('<svg');
    expect((await fragment('/counter/today').expect(200)).text).toContain(`/obligations/${id}`);
  });

  it('says what is missing after a part payment, and offers a code for exactly that', async () => {
    const { id, reference } = await issued();
    await tell(service, { content: reference, amount: 1_000 }).expect(200);
    const short = await panelOf(id);
    expect(short).toContain('Nộp thiếu 20.000\u00a0₫');
    expect(short).not.toContain('<svg');
    await send('/counter/renew', { obligation: id }).expect(303);
    expect(await panelOf(id)).toContain('<svg');
    const requests = await service.ctx.store.tables.paymentRequests.ofObligation(id);
    expect(requests.at(-1)?.amount.toJSON()).toBe(20_000);
  });

  it('says that too much money is held', async () => {
    const { id, reference } = await issued();
    await tell(service, { content: reference, amount: 26_000 }).expect(200);
    const over = await panelOf(id);
    expect(over).toContain('Nộp thừa 5.000\u00a0₫');
    expect(over).toContain('được giữ riêng để hoàn trả');
  });

  it('takes cash only in the amount that the officer saw', async () => {
    const { id, reference } = await issued({ then: 'cash' });
    expect((await officer.get(`/counter?obligation=${id}&step=cash`)).text).toContain('Đã nhận đủ 21.000\u00a0₫');
    await tell(service, { content: reference, amount: 1_000 }).expect(200);
    await send('/counter/cash', { obligation: id, seen: '21000' }).expect('location', /refused=cash_over_outstanding/);
    await send('/counter/cash', { obligation: id, seen: '20000' }).expect('location', `/counter?obligation=${id}`);
    expect(await panelOf(id)).toContain('Tiền mặt');
  });

  it('withdraws what was paid, with a refund asked for', async () => {
    const { id, reference } = await issued();
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    const { text } = await fragment(`/counter/panel?obligation=${id}&step=cancel`).expect(200);
    expect(text).toContain('Hủy khoản này và đề nghị hoàn trả 21.000\u00a0₫');
    await send('/counter/cancel', { obligation: id, reason: 'Công dân rút hồ sơ', refund: 'yes' }).expect(303);
    expect(await panelOf(id)).toContain('Đã hủy');
  });

  it('cancels with a reason', async () => {
    const { id } = await issued();
    await send('/counter/cancel', { obligation: id, reason: 'Công dân rút hồ sơ' }).expect('location', `/counter?obligation=${id}`);
    expect(await panelOf(id)).toContain('Đã hủy');
  });

  it('refuses a form without its token', async () => {
    await officer.post('/counter').accept('html').type('form').send(copies()).expect(403);
  });

  it('shows nothing of another agency, and nothing to strangers', async () => {
    const elsewhere = certifiedCopy().dossier;
    const body = { ...certifiedCopy(), dossier: { ...elsewhere, agencyCode: 'H26.90' } };
    const { id } = (await service.call('post', '/api/obligations', body).expect(201)).body;
    await fragment(`/counter/panel?obligation=${id}`).expect(404);
    await officer.get(`/obligations/${id}/slip`).accept('html').expect(404);
    await officer.get('/counter?counter=quay-dat-dai').accept('html').expect(404);
    await request(service.server).get('/counter/panel?obligation=x').accept('html').expect(303);
  });

  it('prints a slip with the code, the content and who printed it', async () => {
    const { id, reference } = await issued();
    const { text } = await officer.get(`/obligations/${id}/slip?print`).accept('html').expect(200);
    expect(text).toContain(reference);
    expect(text).toContain('<svg');
    expect(text).toContain('Người in: Cán bộ quầy 1');
    expect(text).toContain('data-print');
  });

  it('shows the citizen the amount and a masked name, then thanks', async () => {
    const { reference } = await issued();
    const path = `/display/${await displayToken()}`;
    const { text } = await request(service.server).get(path).accept('html').expect(200);
    expect(text).toContain('21.000\u00a0₫');
    expect(text).toContain('N••••• T•• M••');
    expect(text).not.toContain('Nguyễn Thị Mẫu');
    expect(text).toContain('Không nộp vào mã QR dán ngoài quầy');
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    expect((await request(service.server).get(`${path}/panel`).accept('html').expect(200)).text).toContain('Cảm ơn Ông/Bà');
  });

  it('knows no display of another token', async () => {
    await request(service.server).get('/display/someone-elses').accept('html').expect(404);
  });

  it('gives the picture of a code to whoever has its address, for good', async () => {
    const { id } = await issued();
    const [offer] = await service.ctx.store.tables.paymentRequests.ofObligation(id);
    const pictures = request(service.server);
    const svg = await pictures.get(`/payment-requests/${offer?.id}.svg`).expect(200).expect('content-type', /svg/);
    expect(svg.headers['cache-control']).toContain('immutable');
    await pictures.get(`/payment-requests/${offer?.id}.png`).expect(200).expect('content-type', /png/);
    await pictures.get('/payment-requests/pr_unknown.svg').expect(404);
  });

  it('says that nothing is to be paid when a charge is free', async () => {
    const free = {
      procedure: '1.001193',
      feesOf: '1.001193',
      'fee.HT-H26-1.001193': 'on',
      'case.tinh_trang_thoi_han.HT-H26-1.001193': 'dung_han',
    };
    const { id } = await issued(free);
    expect(await panelOf(id)).toContain('không phải nộp tiền');
  });
});
