// The page of the sources: calm when all is well, clear when not; administrators connect accounts, and nothing secret comes back.
import { pullFeeds } from '../../src/actions/pullFeeds';
import { setFeed } from '../../src/actions/setFeed';
import { watchBalances } from '../../src/actions/watchBalances';
import { addMs, parseVietnamTime, vietnamTimeOf, type Instant } from '../../src/domain/time';
import { tell } from '../support/bank';
import { paidSession, tellStripe } from '../support/gateway';
import { openTestService, type TestService } from '../support/office';
import { pretendSepay, type PretendSource } from '../support/pretendFeeds';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

const accountId = 'acc-h26-101';
const actor = { kind: 'person', officerId: 'of-quantri', name: 'Quản trị', role: 'administrator', agencyCode: 'H26' } as const;

let service: TestService;
let bank: PretendSource;
/** A Friday morning. */
let now = parseVietnamTime('2026-11-20 08:00:00') ?? ('' as Instant);
const later = (minutes: number): Instant => (now = addMs(now, minutes * 60_000));

beforeAll(async () => {
  service = await openTestService('SQLite', { replace: { now: () => now } });
  bank = await pretendSepay('right-token', []);
});
afterAll(async () => {
  await service.end();
  await bank.close();
});

/** Signed in anew, because hours pass. */
const finance = (): Promise<Visitor> => visitorAt(service, 'ketoan');
const administrator = (): Promise<Visitor> => visitorAt(service, 'quantri');
const read = async (visitor: Promise<Visitor>) => textOf((await (await visitor).get('/sources').expect(200)).text);
const told = (content: string, balance: number, lateSeconds = 2) =>
  tell(service, { content, amount: 21_000, balance, time: vietnamTimeOf(addMs(now, -lateSeconds * 1000)) }).expect(200);

describe('The page of the sources', () => {
  it('says that nobody has spoken yet', async () => {
    const page = await read(finance());
    expect(page).toContain('Chưa có nguồn nào báo tin.');
    for (const account of ['110000260001', '1026101000', '21610026900']) {
      expect(page).toMatch(new RegExp(`${account} · [^·]+ Chưa kiểm tra được số dư: chưa có giao dịch nào Chưa nghe gì: SePay, Casso`));
    }
    expect(page).not.toContain('nối tiếp');
  });

  it('is calm while all is well: one sentence, and how soon we hear', async () => {
    for (let count = 1; count <= 25; count++) {
      await told(`chuyen tien ${count}`, 1_000_000 + count * 21_000);
      later(5);
    }
    const page = await read(finance());
    expect(page).toContain('Các nguồn báo tin như thường lệ');
    expect(page).toContain('Số dư được kiểm tra và nối tiếp ở 1 trong 3 tài khoản');
    expect(page).toContain(
      '1026101000 · DIEM PVHCC PHUONG MAU Số dư nối tiếp đến 20/11/2026 09:59 SePay 20/11/2026 10:00 5 phút trước 25 Tin báo tự động 100 % Danh sách 0 %',
    );
    expect(page).toMatch(/21610026900 · VP DANG KY DAT DAI HA NOI Chưa kiểm tra được số dư: chưa có giao dịch nào Chưa nghe gì: SePay/);
    expect(page).toContain('Thường 2 giây 99 % trong vòng 2 giây Chưa nối');
    expect(page).not.toMatch(/Cần xem|Số dư không nối tiếp|bị từ chối/);
  });

  it('shows a break of the running balance with both movements, what is missing and since when', async () => {
    await told('truoc', 2_000_000);
    later(3);
    await told('sau', 2_042_000);
    later(2);
    await watchBalances(service.ctx);
    const html = (await (await finance()).get('/sources')).text;
    const page = textOf(html);
    expect(page).toContain('Cần xem: 2 chỗ số dư không nối tiếp');
    expect(page).toContain('1026101000 · DIEM PVHCC PHUONG MAU Số dư không nối tiếp SePay');
    expect(page).toContain('21.000 ₫ tiền vào chưa được báo Giữa hai giao dịch 20/11/2026 10:04:58 – 20/11/2026 10:07:58');
    expect(page).toContain('Phát hiện 20/11/2026 10:10');
    const links = [...html.matchAll(/\/transactions\/\w+/g)].map(([link]) => link);
    expect(links).toHaveLength(4);
    for (const link of links) await (await finance()).get(link).expect(200);
  });

  it('makes a source stand out that is silent for much longer than usual', async () => {
    later(30);
    expect(await read(finance())).not.toContain('Im lặng');
    later(60);
    const page = await read(finance());
    expect(page).toContain('1 nguồn im lặng lâu hơn thường lệ');
    expect(page).toContain('Im lặng lâu hơn thường lệ');
  });

  it('says what is wrong with a list in a sentence', async () => {
    await setFeed(service.ctx, { actor, accountId, provider: 'sepay', token: 'wrong-token', baseUrl: bank.url });
    expect(await read(finance())).toContain('Sẽ lấy trong ít phút');
    await pullFeeds(service.ctx);
    expect(await read(finance())).toMatch(
      /1 danh sách không lấy được.*Nguồn không nhận mã truy cập: quản trị cần đặt lại mã. Lần cuối vừa xong/,
    );
    await setFeed(service.ctx, { actor, accountId, provider: 'sepay', token: 'right-token', baseUrl: bank.url });
    later(6);
    await pullFeeds(service.ctx);
    expect(await read(finance())).toContain('Đã lấy hết đến 20/11/2026 11:46 Lần cuối vừa xong');
    later(30);
    expect(await read(finance())).toContain('Đã lâu không lấy được danh sách');
  });

  it('is for those who may see strange money', async () => {
    for (const [login, status] of [
      ['ketoan', 200],
      ['ketoantruong', 200],
      ['thanhtra', 200],
      ['quantri', 200],
      ['quay1', 403],
      ['lanhdao', 403],
    ] as const) {
      const visitor = await visitorAt(service, login);
      expect([login, (await visitor.get('/sources')).status]).toEqual([login, status]);
      const menu = (await visitor.get('/ratios')).text.includes('href="/sources"');
      expect([login, menu]).toEqual([login, status === 200]);
    }
  });
});

describe('What the page claims', () => {
  let other: TestService;
  let at = now;
  beforeAll(async () => (other = await openTestService('SQLite', { replace: { now: () => at } })));
  afterAll(() => other.end());
  const seen = async () => textOf((await (await visitorAt(other, 'ketoan')).get('/sources').expect(200)).text);
  const say = (balance: number, more: object = {}) =>
    tell(other, { content: 'phi', amount: 1000, balance, time: vietnamTimeOf(at), ...more });
  const next = (): void => void (at = addMs(at, 60_000));

  it('of balances is nothing where the source tells none', async () => {
    for (let count = 0; count < 3; count++, next()) await say(0).expect(200);
    const page = await seen();
    expect(page).toContain('Các nguồn báo tin như thường lệ');
    expect(page).toContain('Chưa kiểm tra được số dư của tài khoản nào.');
    expect(page).toContain('PHUONG MAU Chưa kiểm tra được số dư: nguồn không cho biết số dư SePay');
    expect(page).not.toContain('nối tiếp');
  });

  it('of balances is nothing yet where one was told, and in part where some were', async () => {
    await say(5_000).expect(200);
    expect(await seen()).toContain('Chưa kiểm tra được số dư: mới có một giao dịch kèm số dư');
    next();
    await say(6_000).expect(200);
    const page = await seen();
    expect(page).toContain('Chỉ kiểm tra được một phần: 3 trong 5 giao dịch gần đây không kèm số dư');
    expect(page).not.toContain('nối tiếp');
  });

  it('of balances is nothing while a message may be on its way', async () => {
    next();
    await say(9_000).expect(200);
    expect(await seen()).toContain('Đang kiểm tra số dư, chờ tin đến đủ');
  });

  it('tells money that a gateway holds from money on unknown accounts', async () => {
    await say(0, { accountNumber: '99999999' }).expect(200);
    await tellStripe(other, 'checkout.session.completed', paidSession('no-such-order', 'pi_1')).expect(200);
    const page = await seen();
    expect(page).toMatch(
      /Tiền do cổng thanh toán giữ Người dân đã nộp qua cổng[^.]*\. Stripe 20\/11\/2026 .* Chưa nghe gì: VNPAY, MoMo, ZaloPay/,
    );
    expect(page).toMatch(/Tài khoản lạ Nguồn báo tiền ở tài khoản chưa khai báo.* Tiền chưa xác định SePay 20\/11\/2026 \S+ vừa xong 1 /);
  });

  it('of refused webhooks is how many and when, and to look at them where nothing genuine has come since', async () => {
    next();
    for (let count = 0; count < 2; count++)
      await say(0, { id: 9_100_000 + count })
        .set('x-sepay-signature', 'sha256=00')
        .expect(401);
    const page = await seen();
    expect(page).toContain('Cần xem: 1 nguồn bị từ chối tin');
    expect(page).toMatch(/Tin báo tự động bị từ chối Chữ ký không đúng.* SePay: 2 tin, lần cuối 20\/11\/2026/);
    next();
    await say(0).expect(200);
    const later = await seen();
    expect(later).toContain('SePay: 2 tin, lần cuối');
    expect(later).not.toContain('bị từ chối tin');
  });
});

describe('The connections of an account', () => {
  const token = { accountId: 'acc-h26', provider: 'casso', token: 'a-token-to-hide' };
  const secret = { accountId: 'acc-h26', provider: 'casso', secret: 'a-secret-to-hide' };

  it('are for administrators only', async () => {
    for (const login of ['quay1', 'ketoan', 'ketoantruong', 'thanhtra', 'lanhdao']) {
      const visitor = await visitorAt(service, login);
      expect((await visitor.get('/sources')).text).not.toContain('/sources/');
      expect([login, (await visitor.post('/sources/feed', token)).status]).toEqual([login, 403]);
      expect([login, (await visitor.post('/sources/secret', secret)).status]).toEqual([login, 403]);
      expect([login, (await visitor.post('/sources/secret/retire', { ...secret, keepId: 'x' })).status]).toEqual([login, 403]);
    }
  });

  it('take a token, and never show it', async () => {
    const { location } = (await (await administrator()).post('/sources/feed', token)).headers;
    expect(location).toBe('/sources?done=feed&account=acc-h26');
    const page = await (await administrator()).get(String(location));
    expect(textOf(page.text)).toContain('Đã lưu mã truy cập');
    expect(textOf(page.text)).toMatch(/110000260001 .* Danh sách: Casso/);
    expect(page.text).not.toContain(token.token);
  });

  it('take a new secret beside the old one, and then retire the old one', async () => {
    expect((await (await administrator()).post('/sources/secret', secret)).headers['location']).toBe(
      '/sources?done=secret&account=acc-h26',
    );
    expect(await read(administrator())).toMatch(/Casso: khóa đặt lúc 20\/11\/2026 \d\d:\d\d/);
    await (await administrator()).post('/sources/secret', { ...secret, secret: 'the-next-secret' });
    const two = await (await administrator()).get('/sources');
    expect(textOf(two.text)).toContain('Casso: 2 khóa cùng dùng được');
    expect(two.text).not.toMatch(/a-secret-to-hide|the-next-secret/);
    const keepId = /name="keepId" value="([^"]+)"/.exec(two.text)?.[1] ?? '';
    const retired = await (await administrator()).post('/sources/secret/retire', { accountId: 'acc-h26', provider: 'casso', keepId });
    expect(retired.headers['location']).toBe('/sources?done=retired&account=acc-h26');
    expect(await read(administrator())).toMatch(/Casso: khóa đặt lúc/);
  });

  it.each([
    ['a short secret', '/sources/secret', { ...secret, secret: 'short77' }, 400, 'Khóa phải có ít nhất 8 ký tự.'],
    ['a secret in use', '/sources/secret', { ...secret, secret: 'the-next-secret' }, 409, 'Khóa này đang được dùng'],
    ['no secret', '/sources/secret', { ...secret, secret: '' }, 400, 'Chưa điền.'],
    ['no token', '/sources/feed', { ...token, token: '' }, 400, 'Chưa điền.'],
    ['a provider without a list', '/sources/feed', { ...token, provider: 'momo' }, 400, 'Chưa điền.'],
  ])('refuse %s beside its field, and do not send it back', async (_, path, fields, status, words) => {
    const answer = await (await administrator()).post(path, fields);
    expect([answer.status, answer.text.includes(words)]).toEqual([status, true]);
    expect(answer.text).toMatch(/<details open/);
    expect(answer.text).not.toMatch(/short77|the-next-secret|a-token-to-hide/);
  });
});
