// The page of an obligation and the list of money without a home: every đồng is explained, and only to those who may see it.
import { tell } from '../support/bank';
import { certifiedCopy, openTestService, type TestService } from '../support/office';
import { textOf, visitorAt } from '../support/visitor';

let service: TestService;
beforeAll(async () => {
  service = await openTestService('SQLite');
});
afterAll(() => service.end());

const issued = async (changes: object = {}) => (await service.call('post', '/api/obligations', certifiedCopy(changes))).body;
const page = async (login: string, path: string) => (await visitorAt(service, login)).get(path);

describe('The page of an obligation', () => {
  it('shows the state first, and how the amount came about, with its law', async () => {
    const obligation = await issued();
    const text = textOf((await page('quay1', `/obligations/${obligation.id}`)).text);
    expect(text).toContain('Chờ thanh toán');
    expect(text).toContain('Còn phải nộp 21.000 ₫');
    expect(text).toContain('Trang 1–2: 2 × 2.000 ₫ = 4.000 ₫');
    expect(text).toContain('Thông tư 226/2016/TT-BTC');
    expect(text).toContain('Chưa có tiền về.');
  });

  it('explains a payment that is short, and one that is too much, down to books that balance', async () => {
    const obligation = await issued();
    await tell(service, { content: `CK ${obligation.reference}`, amount: 1_000 }).expect(200);
    expect(textOf((await page('quay1', `/obligations/${obligation.id}`)).text)).toContain('Nộp thiếu 20.000 ₫');
    await tell(service, { content: `CK ${obligation.reference}`, amount: 25_000 }).expect(200);
    const text = textOf((await page('ketoan', `/obligations/${obligation.id}`)).text);
    expect(text).toContain('Nộp thừa 5.000 ₫');
    expect(text).toContain(`Mã tìm thấy trong nội dung ${obligation.reference}`);
    expect(text).toContain('Tiền gửi ngân hàng · Vietcombank 1026101000');
    expect(text).toContain('Tiền chưa xác định · Vietcombank 1026101000');
    expect(text).toContain('Tổng Nợ bằng tổng Có 47.000 ₫ 47.000 ₫');
  });

  it('shows what people wrote as text, never as part of the page', async () => {
    const obligation = await issued();
    await tell(service, { content: `${obligation.reference} <img src=x onerror=alert(1)>`, amount: 21_000 }).expect(200);
    const { text } = await page('quay1', `/obligations/${obligation.id}`);
    expect(text).not.toContain('<img');
    expect(textOf(text)).toContain('<img src=x onerror=alert(1)>');
  });

  it('does not exist for officers of another agency, and asks others to sign in', async () => {
    const obligation = await issued({ agencyCode: 'H26.90' });
    expect((await page('quay1', `/obligations/${obligation.id}`)).status).toBe(404);
    expect((await page('ketoan', `/obligations/${obligation.id}`)).status).toBe(200);
    const stranger = await (await visitorAt(service)).get(`/obligations/${obligation.id}`);
    expect([stranger.status, stranger.headers['location']]).toEqual([303, `/sign-in?to=%2Fobligations%2F${obligation.id}`]);
  });
});

describe('The list of money without a home', () => {
  it('says so when there is none, and who may not look', async () => {
    const empty = await openTestService('SQLite');
    expect((await (await visitorAt(empty, 'ketoan')).get('/unmatched')).text).toContain('Không có tiền chưa xác định');
    expect((await (await visitorAt(empty, 'lanhdao')).get('/unmatched')).status).toBe(403);
    await empty.end();
  });

  it('sums up what no obligation took, gives the reason in words, and leads to the obligation that it came for', async () => {
    const empty = await openTestService('SQLite');
    const obligation = (await empty.call('post', '/api/obligations', certifiedCopy())).body;
    await tell(empty, { content: obligation.reference, amount: 21_500 }).expect(200);
    await tell(empty, { content: obligation.reference, amount: 21_000 }).expect(200);
    await tell(empty, { content: 'nop phi', amount: 7_000 }).expect(200);
    const { text } = await (await visitorAt(empty, 'ketoan')).get('/unmatched');
    expect(textOf(text)).toContain('28.500 ₫ chưa xác định · 3 giao dịch');
    for (const reason of ['Nội dung không có mã nộp tiền', 'Thanh toán trùng', 'Nộp thừa']) expect(text).toContain(reason);
    expect(text.split(`href="/obligations/${obligation.id}"`)).toHaveLength(3);
    const found = textOf((await (await visitorAt(empty, 'ketoan')).get('/unmatched?q=nop%20phi')).text);
    expect(found).toContain('7.000 ₫ chưa xác định · 1 giao dịch');
    await empty.end();
  });

  it('shows money for strange accounts and unreadable messages only to those who see every agency', async () => {
    await tell(service, { content: 'lạc', amount: 9_000, accountNumber: '999999' }).expect(200);
    const all = (await page('thanhtra', '/unmatched')).text;
    expect(all).toContain('Tiền chưa được ghi nhận');
    expect((await page('quay1', '/unmatched')).text).not.toContain('999999');
  });
});
