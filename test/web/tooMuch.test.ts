// Money that is too much goes back to its payer first; then to what the same person owes; to a stranger only where an officer searches.
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

const issued = async (name: string) =>
  (await service.call('post', '/api/obligations', certifiedCopy({ applicant: { name } })).expect(201)).body;
let told = 8_700_000;
async function arrived(content: string, amount: number): Promise<string> {
  const id = ++told;
  await tell(service, { content, amount, id }).expect(200);
  return (await service.call('get', `/api/transactions?q=FT${id}`)).body.data[0].id;
}
const pageOf = async (id: string, questions = '', visitor = finance) =>
  (await visitor.get(`/transactions/${id}${questions}`).expect(200)).text;
/** The link or field on which the focus begins. */
const firstIn = (html: string): string | undefined => /href="([^"]+)"[^>]* data-first/.exec(html)?.[1];

describe.each([
  ['a second payment', 'duplicate', 'đây là tiền nộp trùng'],
  ['a payment of too much', 'excess', 'Đây là phần nộp thừa'],
  ['a payment after the cancellation', 'after_cancel', 'Khoản này đã hủy trước khi tiền đến'],
])('%s', (_what, why, words) => {
  let id: string;
  let own: { reference: string };
  let stranger: { reference: string };
  beforeAll(async () => {
    const name = `Trần Thị ${{ duplicate: 'Trùng', excess: 'Thừa', after_cancel: 'Hủy' }[why] ?? ''}`;
    const paid = await issued(name);
    own = await issued(name);
    stranger = await issued('Lê Văn Lạ');
    if (why === 'duplicate') await arrived(paid.reference, 21_000);
    if (why === 'after_cancel') {
      await service.call('post', `/api/obligations/${paid.id}/cancel`, { reason: 'rút hồ sơ' }, 'demo-api-key-ketoan').expect(200);
    }
    id = await arrived(paid.reference, why === 'excess' ? 42_000 : 21_000);
    expect((await service.call('get', `/api/transactions/${id}`)).body).toMatchObject({ unapplied: 21_000, why });
  });

  it('is offered back to its payer first, with the focus there, and in words that say why', async () => {
    const html = await pageOf(id);
    expect(firstIn(html)).toContain('step=refund');
    expect(textOf(html)).toContain('Hoàn trả 21.000 ₫ cho người chuyển');
    expect(textOf(html)).toContain(words);
    expect(html.match(/step=refund/g)).toHaveLength(1);
    expect(html).not.toContain('autofocus');
  });

  it('then to what the same person owes, and to no stranger', async () => {
    const seen = textOf(await pageOf(id));
    expect(seen.indexOf(own.reference)).toBeGreaterThan(seen.indexOf('Đề nghị hoàn trả'));
    expect(seen).toContain('Cùng tên người nộp hồ sơ');
    expect(seen).not.toContain(stranger.reference);
  });

  it('to a stranger where an officer searches', async () => {
    const html = await pageOf(id, `?find=${stranger.reference}`);
    expect(textOf(html)).toContain(`${stranger.reference} Lê Văn Lạ`);
    expect(firstIn(html)).toContain('to=');
  });

  it('shows others the same obligations, and nothing to press', async () => {
    const html = await pageOf(id, '', await visitorAt(service, 'thanhtra'));
    expect(textOf(html)).toContain(own.reference);
    expect(html).not.toContain('step=refund');
  });
});

it('A second payment says why nothing of it was taken', async () => {
  const { reference } = await issued('Trần Thị Hai Lần');
  await arrived(reference, 21_000);
  const seen = textOf(await pageOf(await arrived(reference, 21_000)));
  expect(seen).toContain(`Nhận ra là tiền của khoản này (21.000 ₫) nhưng không phân bổ đồng nào: khoản đã nộp đủ trước đó · ${reference}`);
  expect(seen).not.toContain('Tự động ghép 21.000 ₫');
  expect(seen).toContain('Hồ sơ và người nộp này không còn khoản nào khác phải nộp.');
});
