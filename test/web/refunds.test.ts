// The screens of refunds: who may do what on them, in one tab and in two, what they show of an account, and the files and papers that leave them.
import { recogniseRefunds } from '../../src/actions/recogniseRefunds';
import { tell, tellWithPayer } from '../support/bank';
import { brokenLaws, rowsOf } from '../support/books';
import { issueReceipts } from '../../src/actions/issueReceipts';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { wordsInPdf } from '../support/pdfWords';
import { approved, by, hire, keyOf, latest, payerAccount, payerName, prepared, refundOf, requested, strayMoney } from '../support/refunds';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

describe.each(databases)('the screens of refunds on %s', (kind) => {
  let service: TestService;
  let officer: Visitor, supervisor: Visitor, leader: Visitor;
  beforeAll(async () => {
    service = await openTestService(kind);
    officer = await visitorAt(service, 'ketoan');
    supervisor = await visitorAt(service, 'ketoantruong');
    leader = await visitorAt(service, 'lanhdao');
  });
  afterAll(() => service.end());

  const pageOf = async (visitor: Visitor, path: string): Promise<string> => (await visitor.get(path).expect(200)).text;
  const versionOn = (html: string): string => /name="version" value="(\d+)"/.exec(html)?.[1] ?? '';
  const buttonOf = (id: string, act: string): string => `action="/refunds/${id}/${act}"`;

  it('a supervisor cannot approve what she requested, by screen, by API or with two tabs open', async () => {
    const { id } = await prepared(service, 'ketoantruong');
    const page = await pageOf(supervisor, `/refunds/${id}`);
    expect(page).not.toContain(buttonOf(id, 'approve'));
    expect(textOf(page)).toContain('người khác phải duyệt');
    const sent = await supervisor.post(`/refunds/${id}/approve`, { version: versionOn(page) });
    expect([sent.status, textOf(sent.text)]).toEqual([403, expect.stringContaining('Việc này cần một người khác')]);
    expect((await by(service, 'ketoantruong', `/api/refunds/${id}/approve`).expect(403)).body.code).toBe('second_person_required');
    const [oneTab, otherTab] = [await visitorAt(service, 'ketoantruong'), await visitorAt(service, 'ketoantruong')];
    const answers = await Promise.all([oneTab, otherTab].map((tab) => tab.post(`/refunds/${id}/approve`, { version: '2' })));
    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
    expect((await refundOf(service, id)).state).toBe('requested');
  });

  it('a tab that was left open decides nothing any more', async () => {
    const { id } = await prepared(service);
    const version = versionOn(await pageOf(supervisor, `/refunds/${id}`));
    await officer.post(`/refunds/${id}/prepare`, { version, bankBin: '970418', accountNumber: '', accountName: '', evidence: '' });
    const late = await supervisor.post(`/refunds/${id}/approve`, { version });
    expect([late.status, textOf(late.text)]).toEqual([409, expect.stringContaining('vừa có người khác xử lý')]);
    const again = await supervisor.post(`/refunds/${id}/approve`, { version: String(Number(version) + 1) });
    expect([again.status, again.headers['location']]).toEqual([303, `/refunds/${id}?done=approve`]);
  });

  it('show the whole account to who stated it and to who approves, while it is open, and to nobody else', async () => {
    const { id } = await prepared(service);
    for (const visitor of [officer, supervisor]) expect(await pageOf(visitor, `/refunds/${id}`)).toContain(payerAccount);
    const inspector = await visitorAt(service, 'thanhtra');
    const page = await pageOf(inspector, `/refunds/${id}`);
    expect(page).not.toContain(payerAccount);
    expect(page).toContain(`•••${payerAccount.slice(-4)}`);
    await supervisor.post(`/refunds/${id}/approve`, {});
    for (const visitor of [leader, inspector]) expect(await pageOf(visitor, `/refunds/${id}`)).not.toContain(payerAccount);
    await officer.post(`/refunds/${id}/fail`, { reason: 'Không gửi nữa' });
    for (const visitor of [officer, supervisor]) expect(await pageOf(visitor, `/refunds/${id}`)).not.toContain(payerAccount);
    const counter = await visitorAt(service, 'quay1');
    await counter.get(`/refunds/${id}`).expect(403);
    await counter.get('/refunds').expect(403);
  });

  it('of a withdrawn obligation with a receipt say that two persons have to put the receipt right first', async () => {
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    await issueReceipts(service.ctx);
    await service.call('post', `/api/obligations/${id}/cancel`, { reason: 'Rút hồ sơ', refund: true }, keyOf('quay1')).expect(200);
    const refund = (await service.call('get', '/api/refunds?state=requested&limit=200', undefined, keyOf('ketoan'))).body.data.at(-1).id;
    const page = await pageOf(officer, `/refunds/${refund}`);
    expect(textOf(page)).toContain('Biên lai của khoản này không còn đủ tiền');
    const [, receipt] = /href="(\/receipts\/[^"]+)"/.exec(page) ?? [];
    expect((await officer.post(receipt ?? '', { act: 'notice', reason: 'Đã hoàn trả' })).status).toBe(303);
    expect((await supervisor.post(receipt ?? '', { act: 'confirmed' })).status).toBe(303);
    expect(textOf(await pageOf(officer, `/refunds/${refund}`))).not.toContain('Biên lai của khoản này không còn đủ tiền');
  });

  it('of money that nobody can send back yet ask for the account, and say what is missing', async () => {
    const { id } = await requested(service);
    const page = textOf(await pageOf(officer, `/refunds/${id}`));
    expect(page).toContain('để trống số tài khoản là trả về đó');
    const form = { bankBin: '970418', accountNumber: '2151 000 777 888', accountName: 'Lê Thị Mẫu', evidence: '' };
    const refused = await officer.post(`/refunds/${id}/prepare`, form);
    expect([refused.status, textOf(refused.text)]).toEqual([409, expect.stringContaining('cần tên chủ tài khoản và căn cứ')]);
    expect(refused.text).toContain('2151 000 777 888');
    expect((await officer.post(`/refunds/${id}/prepare`, { ...form, bankBin: '' })).status).toBe(400);
    expect((await officer.post(`/refunds/${id}/prepare`, { ...form, evidence: 'Đơn số 3' })).status).toBe(303);
    const first = await supervisor.post(`/refunds/${id}/approve`, {});
    expect(first.status).toBe(303);
    expect(textOf(await pageOf(leader, `/refunds/${id}`))).toContain('Đã duyệt 1 trên 2');
    expect((await leader.post(`/refunds/${id}/approve`, {})).status).toBe(303);
    expect(textOf(await pageOf(officer, `/refunds/${id}`))).toContain('Đã duyệt, chờ gửi');
  });

  it('a request asks for the account that the bank did not tell, and takes it with the reason', async () => {
    await tell(service, { content: `khong ro nguoi nop ${kind}`, amount: 31_000 }).expect(200);
    const step = `/transactions/${await latest(service, 'unapplied')}`;
    const form = await pageOf(officer, `${step}?step=refund`);
    expect(textOf(form)).toContain('Ngân hàng không cho biết tài khoản đã nộp');
    const banks = [...form.matchAll(/<option value="97\d{4}"[^>]*>([^<]+)/g)].map(([, name = '']) => name);
    expect(banks).toEqual([...banks].sort((a, b) => a.localeCompare(b, 'en')));
    const sent = { action: 'refund', amount: '31.000', reason: 'Nộp nhầm', seen: '0', bankBin: '970418', accountNumber: '2151000777888' };
    const refused = await officer.post(step, sent);
    expect([refused.status, textOf(refused.text)]).toEqual([409, expect.stringContaining('cần tên chủ tài khoản và căn cứ')]);
    expect(refused.text).toContain('value="2151000777888"');
    expect((await officer.post(step, { ...sent, bankBin: '' })).text).toMatch(/name="bankBin"[^>]*aria-invalid="true"/);
    const whole = { ...sent, accountName: 'LE THI MAU', evidence: 'Đơn số 5' };
    expect((await officer.post(step, whole)).headers['location']).toBe(`${step}?done=refund`);
    const after = await pageOf(officer, step);
    expect(textOf(after)).toContain('Chờ hoàn trả 31.000 ₫');
    expect(textOf(after)).not.toContain('Mọi đồng đã có nơi nhận');
    const [, refund = ''] = /href="(\/refunds\/rf_\w+)"/.exec(after) ?? [];
    expect(textOf(await pageOf(officer, refund))).toContain('BIDV 2151000777888 · LE THI MAU');
  });

  it('say what is missing and whose turn it is, and give the approver no form in her way', async () => {
    const { id } = await requested(service);
    const asked = textOf(await pageOf(officer, `/refunds/${id}`));
    expect(asked).toContain('Còn thiếu tài khoản nhận: đến lượt kế toán');
    const hers = await pageOf(supervisor, `/refunds/${id}`);
    expect(textOf(hers)).toContain('Còn thiếu tài khoản nhận: đến lượt kế toán');
    expect(hers).toMatch(/<details>\s*<summary>Nêu tài khoản nhận[^]*\/prepare"/);
    await officer.post(`/refunds/${id}/prepare`, { bankBin: '970436' });
    expect(textOf(await pageOf(officer, `/refunds/${id}`))).toContain('Đến lượt người duyệt');
  });

  it('name the payer, the dossier and the reference in the list, the account whole only for who decides', async () => {
    const { dossier, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    await tellWithPayer(service, { content: `${reference} lan hai`, amount: 21_000 }, '0071000987654', 'TRAN VAN LIST').expect(200);
    const transactionId = await latest(service, 'unapplied');
    await by(service, 'ketoan', '/api/refunds', { transactionId, reason: 'Nộp hai lần' }).expect(201);
    const queue = textOf(await pageOf(officer, '/refunds'));
    for (const words of ['TRAN VAN LIST', dossier.code, reference, 'Thiếu tài khoản nhận']) expect(queue).toContain(words);
    const masked = textOf(await pageOf(await visitorAt(service, 'thanhtra'), '/refunds'));
    expect([masked.includes('0071000987654'), masked.includes('•••7654')]).toEqual([false, true]);
  });

  it('go with the keyboard alone from the queue to the refund, and every number opens its rows', async () => {
    await prepared(service);
    const queue = await pageOf(officer, '/refunds');
    expect(queue).toMatch(/href="\/refunds\/rf_\w+"[^>]*data-row/);
    for (const state of ['requested', 'approved', 'sent', 'confirmed', 'refused', 'failed', 'withdrawn']) {
      expect(queue).toContain(`href="/refunds?state=${state}"`);
      await officer.get(`/refunds?state=${state}`).expect(200);
    }
    expect(textOf(await pageOf(await visitorAt(service, 'lanhdao'), '/refunds'))).toContain('Chờ duyệt');
  });

  it('make a file for the bank: account numbers whole, our code as the content, no formula and nobody’s case', async () => {
    const transactionId = await strayMoney(service, 66_000);
    const payee = { bankBin: '970418', accountNumber: '0000215177', accountName: 'Nguyễn Thị Ánh', evidence: 'Đơn số 9' };
    const { id } = (await by(service, 'ketoan', '/api/refunds', { transactionId, reason: 'Chuyển nhầm', payee }).expect(201)).body;
    await by(service, 'ketoantruong', `/api/refunds/${id}/approve`).expect(200);
    const { code } = (await by(service, 'lanhdao', `/api/refunds/${id}/approve`).expect(200)).body;
    expect(textOf(await pageOf(officer, '/refunds/files'))).toContain('Xuất tệp');
    const made = await officer.post('/refunds/files', { accountId: 'acc-h26-101' });
    const address = String(made.headers['location']);
    const csv = (await officer.get(`${address}/transfers.csv`).expect(200)).text;
    expect(csv).toContain(`0000215177,BIDV,NGUYEN THI ANH,66000,${code}\r\n`);
    const { body: bytes } = await officer.get(`${address}/transfers.xlsx`).expect(200).responseType('blob');
    const { default: readXlsx } = await import('read-excel-file/node');
    const [sheet] = await readXlsx(bytes as Buffer);
    expect((sheet?.data ?? []).flat().map(String).join(' ')).toContain(`0000215177 BIDV NGUYEN THI ANH 66000 ${code}`);
    for (const visitor of [leader, await visitorAt(service, 'thanhtra')]) await visitor.get(`${address}/transfers.csv`).expect(403);
    expect((await officer.post('/refunds/files', { accountId: 'acc-h26-101' })).status).toBe(409);
    expect(textOf(await pageOf(officer, address))).toContain('Đã gửi, chờ xác nhận');
  });

  it('give a file for the bank again without what was paid or given up since, so that nothing is paid twice', async () => {
    const [paid, given, waiting] = [await approved(service, 61_000), await approved(service, 62_000), await approved(service, 63_000)];
    const address = String((await officer.post('/refunds/files', { accountId: 'acc-h26-101' })).headers['location']);
    await tell(service, { content: paid.code, amount: 61_000, transferType: 'out' }).expect(200);
    await recogniseRefunds(service.ctx);
    await by(service, 'ketoan', `/api/refunds/${given.id}/fail`, { reason: 'Không gửi nữa' }).expect(200);
    const { text } = await officer.get(`${address}/transfers.csv`).expect(200);
    expect([paid, given, waiting].map(({ code }) => text.includes(code))).toEqual([false, false, true]);
    await officer.get(`/refunds/${given.id}/order.pdf`).expect(409);
    expect(await pageOf(officer, `/refunds/${given.id}`)).not.toContain('order.pdf');
    await by(service, 'ketoan', `/api/refunds/${waiting.id}/fail`, { reason: 'Không gửi nữa' }).expect(200);
    await officer.get(`${address}/transfers.csv`).expect(409);
    expect(await pageOf(officer, address)).not.toContain('transfers.csv');
  });

  it('print the order of a refund, with both names where a right was lent', async () => {
    await hire(service, `ketoan-${kind.toLowerCase()}`, 'finance_officer', 'H26');
    const lent = {
      to: `of-ketoan-${kind.toLowerCase()}`,
      first: '2026-01-01',
      last: '2099-12-31',
      amount: '1.000.000',
      reason: 'Đi công tác',
    };
    expect((await supervisor.post('/refunds/rights/delegate', lent)).status).toBe(303);
    const { id } = await prepared(service);
    await service.call('post', `/api/refunds/${id}/approve`, {}, keyOf(`ketoan-${kind.toLowerCase()}`)).expect(200);
    const pdf = await officer.get(`/refunds/${id}/order.pdf`).expect(200).expect('content-type', /pdf/).responseType('blob');
    const words = await wordsInPdf(pdf.body as Buffer);
    for (const part of ['Hai mươi mốt nghìn đồng', payerAccount, payerName, 'theo ủy quyền của Kế toán trưởng'])
      expect(words).toContain(part);
    await leader.get(`/refunds/${id}/order.pdf`).expect(403);
    const rights = textOf(await pageOf(supervisor, '/refunds/rights'));
    expect(rights).toContain('Đang có hiệu lực');
    const [delegation] = await rowsOf(service.config.databaseUrl, 'SELECT id FROM refund_delegation ORDER BY id DESC');
    expect((await supervisor.post(`/refunds/rights/${String(delegation?.['id'])}/end`, { reason: 'Đã về' })).status).toBe(303);
    expect(textOf(await pageOf(supervisor, '/refunds/rights'))).toContain('Đã thu hồi');
  });

  it('show what else of the same money went back or was to, and print those alone who approved it as it goes', async () => {
    const transactionId = await strayMoney(service, 40_000);
    const payee = { bankBin: '970418', accountNumber: '2151000777888', accountName: 'Lê Thị Mẫu', evidence: 'Đơn số 14' };
    const ask = async (amount: number) =>
      (await by(service, 'ketoan', '/api/refunds', { transactionId, amount, reason: 'Chuyển nhầm', payee }).expect(201)).body.id;
    const [first, second] = [await ask(10_000), await ask(30_000)];
    expect(await pageOf(supervisor, `/refunds/${second}`)).toContain(`href="/refunds/${first}"`);
    await by(service, 'ketoantruong', `/api/refunds/${second}/approve`).expect(200);
    await by(service, 'ketoan', `/api/refunds/${second}/prepare`, { payee: { bankBin: '970436' } }).expect(200);
    await by(service, 'lanhdao', `/api/refunds/${second}/approve`).expect(200);
    const pdf = await officer.get(`/refunds/${second}/order.pdf`).expect(200).responseType('blob');
    const words = await wordsInPdf(pdf.body as Buffer);
    expect(words).toContain(`Người duyệt ${(await service.ctx.store.tables.officers.findByLogin('lanhdao'))?.name}`);
  });

  it('let an administrator set a limit, and a supervisor not her own', async () => {
    const administrator = await visitorAt(service, 'quantri');
    const limit = { role: 'finance_supervisor', level: 'head', amount: '60.000.000', reason: 'Quy chế' };
    expect((await administrator.post('/refunds/rights/limit', limit)).status).toBe(303);
    expect(textOf(await pageOf(administrator, '/refunds/rights'))).toContain('60.000.000');
    const own = await supervisor.post('/refunds/rights/limit', limit);
    expect([own.status, textOf(own.text)]).toEqual([403, expect.stringContaining('Không tự đặt hạn mức')]);
    await officer.post('/refunds/rights/limit', limit).then(({ status }) => expect(status).toBe(403));
    expect((await administrator.post('/refunds/rights/limit', { ...limit, amount: 'nhiều' })).status).toBe(400);
  });

  it('explain money that left: a fee of the bank by a person, once, and taken back by an opposite word', async () => {
    const content = `PHI SMS ${kind}`;
    await tell(service, { content, amount: 11_000, transferType: 'out' }).expect(200);
    const [row] = await rowsOf(service.config.databaseUrl, `SELECT id FROM incoming_transaction WHERE content = '${content}'`);
    const id = String(row?.['id']);
    expect(textOf(await pageOf(officer, `/transactions/${id}`))).toContain('Chưa giải trình 11.000');
    expect((await officer.post(`/transactions/${id}/explain`, { purpose: '', reason: 'x' })).status).toBe(400);
    expect((await officer.post(`/transactions/${id}/explain`, { purpose: 'bank_fee', reason: 'Phí SMS tháng 11' })).status).toBe(303);
    expect(textOf(await pageOf(officer, `/transactions/${id}`))).toContain('Đã giải trình hết');
    const twice = await by(service, 'ketoan', `/api/transactions/${id}/explain`, { purpose: 'other', reason: 'Lần nữa' }).expect(409);
    expect(twice.body.code).toBe('transaction_already_explained');
    expect((await officer.post(`/transactions/${id}/take-back`, {})).status).toBe(400);
    await by(service, 'ketoan', `/api/transactions/${id}/take-back`, { reason: 'Nhầm loại' }).expect(200);
    expect((await by(service, 'ketoan', `/api/transactions/${id}/take-back`, { reason: 'Nhầm' }).expect(409)).body.code).toBe(
      'explanation_unknown',
    );
    expect(textOf(await pageOf(officer, `/transactions/${id}`))).toContain('Chưa giải trình 11.000');
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });

  it('show on money that left which refund’s code it carries, also of one that was given up', async () => {
    const { id, code } = await approved(service, 54_000);
    await by(service, 'ketoan', `/api/refunds/${id}/fail`, { reason: 'Không gửi nữa' }).expect(200);
    await tell(service, { content: `CT DEN ${code}`, amount: 54_000, transferType: 'out' }).expect(200);
    await recogniseRefunds(service.ctx);
    const [row] = await rowsOf(service.config.databaseUrl, `SELECT id FROM incoming_transaction WHERE content = 'CT DEN ${code}'`);
    const page = await pageOf(officer, `/transactions/${String(row?.['id'])}`);
    expect(page).toContain(`href="/refunds/${id}"`);
    expect(textOf(page)).toContain('Nội dung mang mã của khoản hoàn trả 54.000 ₫ Không thành công');
  });

  it('offer the movement that paid, however much else has left other accounts unexplained', async () => {
    const other = { content: 'chi khac', amount: 88_000, transferType: 'out', accountNumber: '110000260001' } as const;
    await Promise.all(Array.from({ length: 51 }, () => tell(service, other).expect(200)));
    const { id } = await approved(service, 88_000);
    expect((await officer.post(`/refunds/${id}/send`, {})).status).toBe(303);
    await tell(service, { content: 'hoan tra mat ma', amount: 88_000, transferType: 'out' }).expect(200);
    const page = await pageOf(officer, `/refunds/${id}`);
    expect(page).toContain('hoan tra mat ma');
    expect(page).not.toContain('chi khac');
  });

  it('confirm a refund by the movement that a person chooses, lead from the movement to the refund, and take that back with a reason', async () => {
    const { id } = await approved(service, 77_000);
    expect((await officer.post(`/refunds/${id}/send`, {})).status).toBe(303);
    const content = `hoan tra khong ma ${kind}`;
    await tell(service, { content, amount: 77_000, transferType: 'out' }).expect(200);
    await recogniseRefunds(service.ctx);
    const page = await pageOf(officer, `/refunds/${id}`);
    const transactionId = /<option value="(tx_\w+)"[^>]*>[^<]*khong ma/.exec(page)?.[1] ?? '';
    expect((await officer.post(`/refunds/${id}/confirm`, { transactionId })).status).toBe(303);
    expect(textOf(await pageOf(officer, `/refunds/${id}`))).toContain('Đã hoàn trả');
    expect(await pageOf(officer, `/transactions/${transactionId}`)).toContain(`href="/refunds/${id}"`);
    for (const visitor of [leader, officer])
      expect((await pageOf(visitor, `/refunds/${id}`)).includes(buttonOf(id, 'take_back'))).toBe(visitor === officer);
    expect((await officer.post(`/refunds/${id}/take_back`, { reason: 'x' })).status).toBe(400);
    expect((await officer.post(`/refunds/${id}/take_back`, { reason: 'Nhầm dòng' })).headers['location']).toContain('done=take_back');
    expect(textOf(await pageOf(officer, `/refunds/${id}?done=take_back`))).toContain('lại chờ dòng của mình');
  });
});
