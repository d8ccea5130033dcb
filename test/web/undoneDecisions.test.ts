// What the desk of finance shows of a decision that was taken back: why the money had waited before, and why it may not be taken back now.
import { tell } from '../support/bank';
import { certifiedCopy, openTestService, type TestService } from '../support/office';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

let service: TestService;
let finance: Visitor;
beforeAll(async () => {
  service = await openTestService('SQLite');
  finance = await visitorAt(service, 'ketoan');
});
afterAll(() => service.end());

const reason = 'quyết định nhầm';
const issued = async (request: object = certifiedCopy()) => (await service.call('post', '/api/obligations', request).expect(201)).body;
let told = 8_500_000;
async function arrived(content: string, amount: number): Promise<string> {
  const id = ++told;
  await tell(service, { content, amount, id }).expect(200);
  return (await service.call('get', `/api/transactions?q=FT${id}`)).body.data[0].id;
}
const page = async (id: string) => textOf((await finance.get(`/transactions/${id}`).expect(200)).text);
const decide = (id: string, fields: Record<string, string>) => finance.post(`/transactions/${id}`, { reason, ...fields });

describe('Money whose decision was taken back still says why it first waited', () => {
  it('without a reference in its content', async () => {
    const id = await arrived('nop phi', 10_000);
    await decide(id, { action: 'refund', amount: '10.000' });
    await decide(id, { action: 'undo' });
    const seen = await page(id);
    expect(seen).toContain('Lý do: Đã thu lại quyết định trước');
    expect(seen).toContain('Để chờ cán bộ quyết định: Nội dung không có mã nộp tiền');
  });

  it.each([
    ['too much', 30_000, 'Tự động ghép 30.000 ₫ (Nộp thừa 9.000 ₫)'],
    ['paid twice', 21_000, 'Nhận ra là tiền của khoản này (21.000 ₫) nhưng không phân bổ đồng nào: khoản đã nộp đủ trước đó'],
  ])('because it was %s', async (what, amount, words) => {
    const { reference } = await issued();
    if (what === 'paid twice') await arrived(reference, 21_000);
    const id = await arrived(reference, amount);
    await decide(id, { action: 'undo' });
    const seen = await page(id);
    expect(seen).toContain('Lý do: Đã thu lại quyết định trước');
    expect(seen).toContain(words);
  });
});

it('A payment is not taken back while its fee is asked for again; the page says by which obligation', async () => {
  const request = certifiedCopy();
  const first = await issued(request);
  const id = await arrived(first.reference, 21_000);
  const second = await issued(request);
  const answer = await decide(id, { action: 'undo' });
  expect(answer.status).toBe(409);
  expect(textOf(answer.text)).toContain(
    `Khoản phí này đã được lập lại và đang được thu ở khoản khác; hãy hủy hoặc thu đủ khoản đó trước. (${second.reference})`,
  );
  expect(answer.text).toContain(`value="${reason}"`);
});
