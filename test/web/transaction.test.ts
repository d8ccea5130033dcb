// The desk of finance: money without a home is searched, opened, explained and placed, without scripts and with every refusal in words.
import { tell, tellWithPayer } from '../support/bank';
import { brokenLaws } from '../support/books';
import { certifiedCopy, openTestService, type TestService } from '../support/office';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

let service: TestService;
let finance: Visitor;
beforeAll(async () => {
  service = await openTestService('SQLite');
  finance = await visitorAt(service, 'ketoan');
});
afterAll(() => service.end());
afterEach(async () => expect(await brokenLaws(service.config.databaseUrl)).toEqual([]));

const reason = 'theo giấy nộp tiền của công dân';
const issued = async (changes: object = {}) => (await service.call('post', '/api/obligations', certifiedCopy(changes)).expect(201)).body;

let told = 8_000_000;
/** The id of a transfer that has just been told. */
async function arrived(content: string, amount: number, payer?: [account: string, name: string]): Promise<string> {
  const id = ++told;
  await (payer ? tellWithPayer(service, { content, amount, id }, ...payer) : tell(service, { content, amount, id })).expect(200);
  return (await service.call('get', `/api/transactions?q=FT${id}`)).body.data[0].id;
}
const page = async (id: string, questions = '', visitor = finance) =>
  textOf((await visitor.get(`/transactions/${id}${questions}`).expect(200)).text);
const decide = (id: string, fields: Record<string, string>, visitor = finance) =>
  visitor.post(`/transactions/${id}`, { reason, ...fields });

describe('The list of money without a home', () => {
  let own: TestService;
  let visitor: Visitor;
  const found = async (query: string): Promise<string> => textOf((await visitor.get(`/unmatched?${query}`)).text);
  beforeAll(async () => {
    own = await openTestService('SQLite');
    visitor = await visitorAt(own, 'ketoan');
    const { reference } = (await own.call('post', '/api/obligations', certifiedCopy())).body;
    await tell(own, { content: reference, amount: 21_500, time: '2026-11-19 23:59:59' }).expect(200);
    await tell(own, { content: 'nop phi', amount: 21_000, time: '2026-11-20 00:00:00' }).expect(200);
    await tellWithPayer(own, { content: 'le phi', amount: 7_000, time: '2026-11-21 10:00:00' }, '0123456789', 'NGUYEN VAN DAT').expect(200);
    await tell(own, { content: 'IBFT.CT tu 0987654321 TRAN THI MAU toi 1026101000', amount: 9_000, time: '2026-11-21 23:59:59' }).expect(
      200,
    );
  });
  afterAll(() => own.end());

  it.each([
    ['amount=21.000', '21.000 ₫ chưa xác định · 1 giao dịch'],
    ['amount=21000', '21.000 ₫ chưa xác định · 1 giao dịch'],
    ['amount=21.500 ₫', '500 ₫ chưa xác định · 1 giao dịch'],
    ['amount=500', '500 ₫ chưa xác định · 1 giao dịch'],
    ['from=2026-11-20&to=2026-11-20', '21.000 ₫ chưa xác định · 1 giao dịch'],
    ['to=2026-11-19', '500 ₫ chưa xác định · 1 giao dịch'],
    ['from=2026-11-21', '16.000 ₫ chưa xác định · 2 giao dịch'],
    ['payer=Nguyễn Văn Đạt', '7.000 ₫ chưa xác định · 1 giao dịch'],
    ['payer=0123', '7.000 ₫ chưa xác định · 1 giao dịch'],
    ['payer=tran thi mau', '9.000 ₫ chưa xác định · 1 giao dịch'],
    ['q=lệ phí', '7.000 ₫ chưa xác định · 1 giao dịch'],
    ['q=nop&amount=7000', 'Không tìm thấy giao dịch nào như vậy.'],
  ])('is found by %s', async (query, expected) => expect(await found(encodeURI(query))).toContain(expected));

  it('says what is wrong with a question, and keeps what was typed', async () => {
    const answer = await visitor.get('/unmatched?amount=2,5&from=2026-11-21&to=2026-11-20&q=phi');
    expect(answer.status).toBe(400);
    expect(textOf(answer.text)).toContain('Số tiền chưa đúng dạng, ví dụ 21.000.');
    expect(textOf(answer.text)).toContain('Ngày này trước “Từ ngày”.');
    for (const typed of ['2,5', '2026-11-20', 'phi']) expect(answer.text).toContain(`value="${typed}"`);
  });

  it('leads to each transaction, which leads back to the same question', async () => {
    const { text } = await visitor.get('/unmatched?payer=Nguy%E1%BB%85n&to=2026-11-21');
    const href = /href="(\/transactions\/[^"]+)" data-row/.exec(text)?.[1];
    expect(href).toBeDefined();
    const opened = await visitor.get(href ?? '').expect(200);
    expect(opened.text).toContain('href="/unmatched?to=2026-11-21&payer=Nguy%E1%BB%85n"');
  });

  it('shows money that left and test calls, the newest first, only to those who see every agency', async () => {
    await tell(own, { content: 'chi lan mot', amount: 1_000, transferType: 'out' }).expect(200);
    await tell(own, { content: 'chi lan hai', amount: 2_000, transferType: 'out' }).expect(200);
    const seen = await found('');
    expect(seen.indexOf('chi lan hai')).toBeLessThan(seen.indexOf('chi lan mot'));
    expect(seen).toContain('Tiền ra khỏi tài khoản');
    expect(textOf((await (await visitorAt(own, 'quay1')).get('/unmatched')).text)).not.toContain('chi lan');
    const [outgoing] = await own.ctx.store.tables.transactions.list({ states: ['outgoing'] }, 1);
    expect(textOf((await visitor.get(`/transactions/${outgoing?.id ?? ''}`)).text)).toContain('Tiền ra, không thanh toán khoản nào');
  });
});

describe('The page of a transaction', () => {
  it('tells what the bank told, marks what was read, and explains why nothing was matched', async () => {
    const { reference, id: obligationId } = await issued();
    const damaged = `${reference.slice(0, 9)}${reference.endsWith('2') ? '3' : '2'}`;
    const torn = `${damaged.slice(0, 5)} ${damaged.slice(5).toLowerCase()}`;
    const id = await arrived(`nop ${torn} cam on`, 20_000, ['0123456789', 'NGUYEN THI MAU']);
    const { text } = await finance.get(`/transactions/${id}`);
    expect(text).toContain(`<mark>${torn}</mark>`);
    expect(text).toContain(`href="/obligations/${obligationId}"`);
    const seen = textOf(text);
    expect(seen).toContain('Còn 20.000 ₫ chưa xác định');
    expect(seen).toContain('NGUYEN THI MAU · 0123456789');
    expect(seen).toContain('Không quy tắc nào đủ chắc chắn, nên để cán bộ quyết định: Mã nộp tiền sai sót, chưa đủ chắc chắn.');
    expect(seen).toContain(`${reference} sai một ký tự, người nộp viết: ${damaged}`);
    expect(seen).toContain(`${reference} không được ghép: số tiền khác phần còn phải nộp`);
    expect(seen).toContain('Phiên bản quy tắc 6 · tính lại ra đúng như vậy');
    expect(seen).toContain('Tiền chưa xác định · Vietcombank 1026101000');
  });

  it('reads the payer in the content where the bank does not tell, and says so', async () => {
    const id = await arrived('IBFT.CT tu 0987654321 TRAN THI MAU toi 1026101000', 9_000);
    expect(await page(id)).toContain('TRAN THI MAU · 0987654321 đọc từ nội dung, chưa được ngân hàng xác nhận');
  });

  it('shows what people wrote as text, never as part of the page', async () => {
    const { reference } = await issued();
    const id = await arrived(`${reference} <img src=x onerror=alert(1)>`, 21_000, ['0123456789', '"><script>alert(1)</script>']);
    await decide(id, { action: 'undo', reason: '<b>đậm</b>' });
    const { text } = await finance.get(`/transactions/${id}?find=%22%3E%3Cscript%3E`);
    expect(text).not.toMatch(/<img|<b>|<script>alert/);
    expect(textOf(text)).toContain(`${reference} <img src=x onerror=alert(1)>`);
  });

  it('opens each number down to its rows', async () => {
    const [first, second] = [await issued(), await issued()];
    const id = await arrived(first.reference, 40_000);
    await decide(id, { action: 'allocate', obligation: second.id, amount: '5.000' });
    await decide(id, { action: 'refund', amount: '4.000' });
    const { text } = await finance.get(`/transactions/${id}`);
    for (const place of ['amount', 'applied', 'toRefund', 'unapplied'])
      expect(text).toMatch(new RegExp(`href="#${place}"[^]*id="${place}"`));
    const seen = textOf(text);
    expect(seen).toContain('Số tiền 40.000 ₫ Đã phân bổ 26.000 ₫ Chờ hoàn trả 4.000 ₫ Không phải của ta 0 ₫ Chưa xác định 10.000 ₫');
    expect(seen).toContain(`trong đó 10.000 ₫ là phần thừa của khoản ${first.reference}`);
    expect(seen).toContain('Tổng Nợ bằng tổng Có');
  });

  it('explains a proof of the first version too', async () => {
    const { reference, id: obligationId } = await issued();
    const id = await arrived(`CK ${reference}`, 21_000);
    const proof = { rule: 'exact_reference', version: 1, found: [reference], known: [{ reference, obligationIds: [obligationId] }] };
    await changeProof(id, proof);
    expect(await page(id)).toContain(`Phiên bản quy tắc 1 · tính lại ra đúng như vậy`);
    expect(await page(id)).toContain(`${reference} được ghép 21.000 ₫`);
    expect(textOf((await finance.get(`/obligations/${obligationId}`)).text)).toContain('Phiên bản quy tắc 1');
    await changeProof(id, { ...proof, found: [] });
    expect(await page(id)).toContain('tính lại ra kết quả khác, cần kiểm tra');
    await changeProof(id, { version: 9 });
    expect(await page(id)).toContain('Không có lời giải thích nào được lưu.');
  });

  it('is read-only for others, who see no whole account of the payer, and does not exist out of sight', async () => {
    const id = await arrived('nop phi', 21_000, ['0123456789', 'NGUYEN THI MAU']);
    for (const login of ['quay1', 'thanhtra', 'quantri']) {
      const visitor = await visitorAt(service, login);
      const { text } = await visitor.get(`/transactions/${id}?step=refund`).expect(200);
      expect([login, text.includes('<form method="post" action="/transactions')]).toEqual([login, false]);
      expect(textOf(text)).toContain('•••6789');
      expect(textOf(text)).not.toContain('0123456789');
      expect([login, (await decide(id, { action: 'refund', amount: '1' }, visitor)).status]).toEqual([login, 403]);
    }
    expect((await (await visitorAt(service, 'lanhdao')).get(`/transactions/${id}`)).status).toBe(403);
    expect((await finance.get('/transactions/tx_none')).status).toBe(404);
    await tell(service, { content: 'lạc', amount: 9_000, accountNumber: '999999' }).expect(200);
    const [foreign] = await service.ctx.store.tables.transactions.list({ states: ['foreign'] }, 1);
    expect(await page(foreign?.id ?? '')).toContain('Không phải tài khoản của cơ quan');
    expect((await (await visitorAt(service, 'quay1')).get(`/transactions/${foreign?.id ?? ''}`)).status).toBe(404);
  });

  it('is one step away from the payment on the page of its obligation', async () => {
    const { id: obligationId, reference } = await issued();
    const id = await arrived(reference, 21_000);
    expect((await finance.get(`/obligations/${obligationId}`)).text).toContain(`href="/transactions/${id}"`);
    expect((await (await visitorAt(service, 'lanhdao')).get(`/obligations/${obligationId}`)).text).not.toContain('href="/transactions');
  });
});

describe('A finance officer', () => {
  it('gives money to a candidate: chosen, with the amount filled in, and a reason', async () => {
    const { id: obligationId, reference } = await issued({ applicant: { name: 'Trần Thị Ứng Viên' } });
    const damaged = `${reference.slice(0, 9)}${reference.endsWith('2') ? '3' : '2'}`;
    const id = await arrived(damaged, 30_000);
    const list = await page(id);
    expect(list).toContain(`${reference} Trần Thị Ứng Viên`);
    expect(list).toContain('Nội dung gần giống mã nộp tiền');
    const step = (await finance.get(`/transactions/${id}?to=${obligationId}`)).text;
    expect(step).toContain('name="amount" value="21.000"');
    const answer = await decide(id, { action: 'allocate', obligation: obligationId, amount: '21.000', seen: '0' });
    expect([answer.status, answer.headers['location']]).toEqual([303, `/transactions/${id}?done=allocate`]);
    const after = await page(id, '?done=allocate');
    expect(after).toContain('Đã phân bổ.');
    expect(after).toContain('Còn 9.000 ₫ chưa xác định');
    expect(after).toContain(`Phân bổ 21.000 ₫ · ${reference} Kế toán · “${reason}”`);
  });

  it('finds the obligation by its dossier code or its reference, and hears when there is none', async () => {
    const { reference, dossier } = await issued({ applicant: { name: 'Phạm Văn Tìm' } });
    const id = await arrived('khong ro', 1_234);
    for (const typed of [dossier.code, dossier.code.toLowerCase(), reference, `${reference.slice(0, 4)} ${reference.slice(4)}`]) {
      expect(await page(id, `?find=${encodeURIComponent(typed)}`)).toContain(`${reference} Phạm Văn Tìm`);
    }
    expect(await page(id, '?find=NP22222222')).toContain('Không có khoản nào mang mã này.');
  });

  it('asks for a refund, says that money is not ours, and takes both back', async () => {
    const id = await arrived('nham tai khoan', 10_000);
    expect((await decide(id, { action: 'refund', amount: '4 000' })).headers['location']).toContain('done=refund');
    expect((await decide(id, { action: 'not_ours', amount: '6.000 ₫' })).headers['location']).toContain('done=not_ours');
    expect(await page(id)).toContain('Chờ hoàn trả 4.000 ₫');
    expect(await page(id, '?step=undo')).toContain('Không phải tiền của ta: 6.000 ₫ Kế toán');
    await decide(id, { action: 'undo' });
    await decide(id, { action: 'undo' });
    const seen = await page(id);
    expect(seen).toContain('Còn 10.000 ₫ chưa xác định');
    expect(seen).toContain('Lý do: Đã thu lại quyết định trước');
    expect(seen).toContain('Đề nghị hoàn trả 4.000 ₫ (đã bị thu lại)');
  });

  it('takes back what was matched by itself, and sees where an excess flowed', async () => {
    const { reference } = await issued();
    const [first, second] = [await arrived(reference, 21_000), await arrived(reference, 21_000)];
    expect(await page(first, '?step=undo')).toContain(`Tự động ghép 21.000 ₫ · ${reference}`);
    await decide(first, { action: 'undo' });
    expect(await page(first)).toContain('Thu lại việc tự động ghép 21.000 ₫');
    expect(await page(second)).toContain('Phần thừa 21.000 ₫ được tính là tiền nộp, vì giao dịch trước đó bị thu lại');
  });

  it.each([
    ['no reason', { reason: '' }, 400, 'Lý do cần ít nhất 3 ký tự.'],
    ['a reason that is too long', { reason: 'x'.repeat(501) }, 400, 'Quá dài.'],
    ['an amount that is none', { amount: '1.5' }, 400, 'Số tiền chưa đúng dạng, ví dụ 21.000.'],
    ['no amount', { amount: '' }, 400, 'Chưa điền.'],
    ['more than has no home', { amount: '50.001' }, 409, 'Số tiền lớn hơn phần chưa xác định của giao dịch.'],
    ['more than is owed', { amount: '21.001' }, 409, 'Số tiền lớn hơn phần còn phải nộp của khoản.'],
    ['a decision meanwhile', { seen: '1' }, 409, 'Giao dịch vừa có quyết định khác; vui lòng xem lại rồi làm tiếp.'],
  ])('is told what is wrong with %s, on the same page, with what was typed', async (_what, wrong, status, sentence) => {
    const [id, { id: obligationId, reference }] = [await arrived('nop phi', 50_000), await issued()];
    const sent = { action: 'allocate', obligation: obligationId, amount: '20.000', reason: 'lý do đã gõ', seen: '0', ...wrong };
    const answer = await finance.post(`/transactions/${id}`, sent);
    expect(answer.status).toBe(status);
    expect(textOf(answer.text)).toContain(sentence);
    expect(textOf(answer.text)).toContain(`Phân bổ vào khoản ${reference}`);
    expect(answer.text).toContain(`name="amount" value="${sent.amount}"`);
    expect(answer.text).toContain(`name="reason" value="${sent.reason}"`);
  });

  it('is told when the obligation was paid meanwhile, and when nothing is left to decide', async () => {
    const [id, { id: obligationId, reference }] = [await arrived('nop phi', 21_000), await issued()];
    await arrived(reference, 21_000);
    const answer = await decide(id, { action: 'allocate', obligation: obligationId, amount: '21.000' });
    expect([answer.status, textOf(answer.text).includes('Khoản này đã nộp đủ.')]).toEqual([409, true]);
    expect(await page(id, `?to=${obligationId}`)).toContain('Khoản này đã nộp đủ.');
    await decide(id, { action: 'refund', amount: '21.000' });
    const late = await decide(id, { action: 'refund', amount: '21.000' });
    expect([late.status, textOf(late.text).includes('Mọi đồng của giao dịch này đã có chỗ.')]).toEqual([409, true]);
  });

  it('sends a form once: the second of two is refused, because the first has changed what was seen', async () => {
    const [id, { id: obligationId }] = [await arrived('nop phi', 21_000), await issued()];
    const form = { action: 'allocate', obligation: obligationId, amount: '5.000', seen: '0' };
    const answers = [await decide(id, form), await decide(id, form)];
    expect(answers.map(({ status }) => status)).toEqual([303, 409]);
    expect(await page(id)).toContain('Còn 16.000 ₫ chưa xác định');
  });
});

/** Behind the service's back: proofs are written once, and old ones come from an older version of it. */
async function changeProof(id: string, proof: object): Promise<void> {
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(service.config.databaseUrl.slice('file:'.length));
  database.prepare('UPDATE incoming_transaction SET proof = ? WHERE id = ?').run(JSON.stringify(proof), id);
  database.close();
}
