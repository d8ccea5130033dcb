// What is no money for an obligation, as finance reads it: messages in sentences, and movements with all that is known of them.
import { createHmac } from 'node:crypto';
import request from 'supertest';
import { rotateSecret } from '../../src/actions/rotateSecret';
import type { Actor } from '../../src/domain/role';
import { tell, transferBody } from '../support/bank';
import { brokenLaws } from '../support/books';
import { offeredOrder, paidSession, tellStripe } from '../support/gateway';
import { openTestService, type TestService } from '../support/office';
import { textOf, visitorAt, type Visitor } from '../support/visitor';
import { signSepay } from '../../webhooks/sepay/signature';

const administrator: Actor = { kind: 'person', officerId: 'of-quantri', name: 'Quản trị', role: 'administrator', agencyCode: 'H26' };
let service: TestService;
let finance: Visitor;
beforeAll(async () => {
  service = await openTestService('SQLite');
  finance = await visitorAt(service, 'ketoan');
});
afterAll(() => service.end());

const list = async (): Promise<string> => (await finance.get('/unmatched').expect(200)).text;
const page = async (id: string): Promise<string> => (await finance.get(`/transactions/${id}`).expect(200)).text;
const inEnglish = async (path: string): Promise<string> =>
  textOf((await finance.get(path).set('cookie', `${await cookie()}; language=en`)).text);
const cookie = async (): Promise<string> => {
  const answer = await request(service.server).post('/sign-in').type('form').send({ login: 'ketoan', password: 'demo' });
  return String(answer.headers['set-cookie']).split(';')[0] ?? '';
};
const latest = async (state: 'foreign' | 'outgoing' | 'test'): Promise<string> =>
  (await service.ctx.store.tables.transactions.list({ states: [state] }, 1))[0]?.id ?? '';

function tellVnpay(status: string) {
  const fields = {
    ...{
      vnp_Amount: '2100000',
      vnp_OrderInfo: 'Le+phi+%3Cb%3E',
      vnp_PayDate: '20261122080000',
      vnp_ResponseCode: '00',
      vnp_TmnCode: 'DEMO0001',
    },
    ...{ vnp_TransactionNo: '14226112', vnp_TransactionStatus: status, vnp_TxnRef: `REQ${status}` },
  };
  const query = Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const hash = createHmac('sha512', 'demo-secret-vnpay').update(query).digest('hex');
  return request(service.server).get(`/webhooks/vnpay?${query}&vnp_SecureHash=${hash}`);
}

function tellBytes(body: Buffer) {
  return request(service.server)
    .post('/webhooks/sepay')
    .set('content-type', 'application/json')
    .set(signSepay(body, 'demo-secret-sepay', service.ctx.now()))
    .serialize(() => body as unknown as string)
    .send(body);
}

describe('A message of which nothing was booked', () => {
  it('of VNPAY says what is suspected and what to do, and shows what its query told', async () => {
    await tellVnpay('07').expect(200);
    const html = await list();
    const seen = textOf(html);
    expect(seen).toContain('VNPAY đã trừ tiền người nộp nhưng nghi ngờ gian lận');
    expect(seen).toContain('Chưa đề nghị nộp lại khi chưa rõ. (vnp_TransactionStatus)');
    expect(html).toContain('vnp_TxnRef = REQ07\nvnp_SecureHash');
    expect(seen).toContain('vnp_OrderInfo = Le phi <b>');
    expect(html).not.toContain('<b>');
    await tellVnpay('04').expect(200);
    expect(textOf(await list())).toContain('VNPAY đã trừ tiền người nộp nhưng giao dịch không thành công');
  });

  it.each([
    ['nested too deeply', '['.repeat(500), 'Bản tin lồng quá nhiều lớp.'],
    ['no JSON', '{"id":', 'Bản tin không đúng định dạng JSON.'],
    ['a field twice', '{"id":1,"id":2}', 'Một trường được gửi hai lần, không biết lấy giá trị nào. (id)'],
    [
      'an odd amount',
      transferBody({ content: 'x', amount: 1 }).toString().replace('"transferAmount":1', '"transferAmount":"một"'),
      'Một trường bị thiếu hoặc có giá trị lạ. (transferAmount)',
    ],
  ])('(%s) is a sentence with the field in brackets, never a word for machines', async (_what, body, sentence) => {
    await tellBytes(Buffer.from(body)).expect(200);
    const seen = textOf(await list());
    expect(seen).toContain(sentence);
    expect(seen).not.toMatch(/too_deep|not_json|duplicate_key|unexpected_shape|needs_a_person/);
    expect(await inEnglish('/unmatched')).not.toMatch(/too_deep|not_json|duplicate_key|unexpected_shape|needs_a_person/);
  });

  it('is counted in English as people count: one transaction', async () => {
    expect(await inEnglish('/unmatched?amount=1')).toContain('0 transactions');
    await tell(service, { content: 'mot', amount: 1_111 }).expect(200);
    expect(await inEnglish('/unmatched?amount=1111')).toContain('1 transaction ');
  });

  it('with bytes that are no text is a sentence too', async () => {
    await tellBytes(Buffer.from([0x7b, 0xff, 0xfe, 0x7d])).expect(200);
    expect(textOf(await list())).toContain('Bản tin chứa ký tự không đọc được.');
  });

  it('that contradicts an earlier one leads to what is known, with both amounts', async () => {
    await tell(service, { content: 'nop phi', amount: 21_000, id: 459_015 }).expect(200);
    await tell(service, { content: 'nop phi', amount: 22_000, id: 459_015 }).expect(200);
    const { id } = (await service.call('get', '/api/transactions?q=FT459015')).body.data[0];
    const html = await list();
    expect(textOf(html)).toContain('Giao dịch đã ghi vẫn giữ nguyên; hỏi bên báo số nào đúng. (459015)');
    expect(html).toContain(`href="/transactions/${id}">Đã ghi trước đó: 21.000\u00a0₫</a>`);
    expect(textOf(html)).toContain('· Bản tin này: 22.000 ₫');
  });
});

describe('The page of a movement that pays nothing', () => {
  it('tells of money that left how much, when, from which account, and who told', async () => {
    await tell(service, { content: 'chi tien dien', amount: 9_000, transferType: 'out', time: '2026-11-21 10:00:00' }).expect(200);
    const seen = textOf(await page(await latest('outgoing')));
    expect(seen).toContain('Tiền ra −9.000 ₫');
    expect(seen).toContain('Ngân hàng báo tiền ra khỏi tài khoản');
    for (const fact of ['chi tien dien', '21/11/2026 10:00:00', 'Vietcombank 1026101000', 'SePay (tin báo tự động)'])
      expect(seen).toContain(fact);
  });

  it('tells of money for an unknown account how much and for which', async () => {
    await tell(service, { content: 'lac', amount: 9_500, accountNumber: '999999' }).expect(200);
    const seen = textOf(await page(await latest('foreign')));
    expect(seen).toContain('Không phải tài khoản của cơ quan');
    expect(seen).toContain('Tiền vào 9.500 ₫');
    expect(seen).toContain('999999');
  });

  it('never says that our own account is not ours: the message was signed by another key, and what heals that', async () => {
    await rotateSecret(service.ctx, { actor: administrator, accountId: 'acc-h26-101', provider: 'sepay', secret: 'a-secret-of-its-own' });
    await tell(service, { content: 'khoa khac', amount: 12_000 }).expect(200);
    const id = await latest('foreign');
    const seen = textOf(await page(id));
    expect(seen).not.toContain('Không phải tài khoản của cơ quan');
    expect(seen).toContain('Chưa ghi nhận: không ký bằng khóa của tài khoản');
    expect(seen).toContain(
      'khi bản tin được báo lại với khóa của tài khoản, hoặc khi hệ thống lấy được giao dịch từ danh sách của ngân hàng',
    );
    expect(textOf(await list())).toContain('Tài khoản của cơ quan, nhưng không ký bằng khóa của tài khoản');
  });

  it('leads from a refund of a gateway to the payment that it refunds', async () => {
    const { orderId } = await offeredOrder(service, 'acc-h26-101');
    await tellStripe(service, 'checkout.session.completed', paidSession(orderId, 'pi_back')).expect(200);
    const charge = { id: 'ch_1', payment_intent: 'pi_back', amount: 21_000, amount_refunded: 21_000, currency: 'vnd' };
    await tellStripe(service, 'charge.refunded', charge).expect(200);
    const [payment] = (await service.call('get', '/api/transactions?q=pi_back')).body.data;
    const html = await page(await latest('outgoing'));
    expect(textOf(html)).toContain('Cổng thanh toán đã lấy lại tiền');
    expect(textOf(html)).toContain('−21.000 ₫');
    expect(html).toContain(`href="/transactions/${payment.id}"`);
  });
});

it('Money that a gateway holds is listed with the gateway’s name', async () => {
  const own = await openTestService('SQLite');
  const visitor = await visitorAt(own, 'ketoan');
  const { orderId } = await offeredOrder(own, 'acc-h26-101');
  await tellStripe(own, 'checkout.session.completed', { ...paidSession(orderId, 'pi_more'), amount_total: 30_000 }).expect(200);
  expect(textOf((await visitor.get('/unmatched')).text)).toContain('Cổng thanh toán Stripe');
  await own.end();
});

describe('What was looked at', () => {
  let own: TestService;
  let visitor: Visitor;
  beforeAll(async () => {
    own = await openTestService('SQLite');
    visitor = await visitorAt(own, 'ketoan');
    await tell(own, { content: 'chi tien dien', amount: 9_000, transferType: 'out' }).expect(200);
    await tell(own, { content: 'lac', amount: 9_500, accountNumber: '999999' }).expect(200);
    await tell(own, { content: 'nop phi', amount: 7_000 }).expect(200);
    await request(own.server).post('/webhooks/casso').set('secure-token', 'demo-secret-casso').send('{"error":0,"data":[{}]}');
  });
  afterAll(() => own.end());
  const look = async (path: string, as = visitor): Promise<string> => textOf((await as.get(path)).text);
  const ids = async (): Promise<string[]> => {
    const { transactions, deliveries } = own.ctx.store.tables;
    const strange = await transactions.list({ states: ['outgoing', 'foreign'], why: null, isSeen: false }, 9);
    return [...strange, ...(await deliveries.listUnreadable(9))].map(({ id }) => id);
  };

  it('leaves its list and is found again on demand, with who, when and why; the books do not change', async () => {
    const before = await look('/unmatched');
    expect(await ids()).toHaveLength(3);
    for (const id of await ids()) {
      expect((await visitor.post('/unmatched/seen', { id, reason: 'đã hỏi ngân hàng' })).headers['location']).toBe('/unmatched#strange');
    }
    const after = await look('/unmatched');
    for (const words of ['chi tien dien', '999999', 'Bản tin chờ người xem'])
      expect([words, before.includes(words)]).toEqual([words, true]);
    for (const words of ['chi tien dien', '999999', 'Bản tin chờ người xem'])
      expect([words, after.includes(words)]).toEqual([words, false]);
    expect(after).toContain('7.000 ₫ chưa xác định · 1 giao dịch');
    const archive = await look('/unmatched?seen=1');
    for (const words of ['chi tien dien', '999999', 'Bản tin chờ người xem']) expect(archive).toContain(words);
    expect(archive.match(/Đã xem: Kế toán, \d\d\/\d\d\/\d{4} \d\d:\d\d · “đã hỏi ngân hàng”/g)).toHaveLength(3);
    expect(await brokenLaws(own.config.databaseUrl)).toEqual([]);
  });

  it('is for who decides, and never money without a home nor what a gateway took back', async () => {
    await tell(own, { content: 'chi lan hai', amount: 1_000, transferType: 'out' }).expect(200);
    const [id = ''] = await ids();
    expect((await (await visitorAt(own, 'thanhtra')).post('/unmatched/seen', { id })).status).toBe(403);
    expect(await look('/unmatched', await visitorAt(own, 'thanhtra'))).not.toContain('Ghi chú');
    const [waiting] = await own.ctx.store.tables.transactions.list({ states: ['unapplied'] }, 1);
    expect((await visitor.post('/unmatched/seen', { id: waiting?.id ?? '' })).status).toBe(404);
    expect((await visitor.post('/unmatched/seen', { id: 'dl_none' })).status).toBe(404);
    const { orderId } = await offeredOrder(own, 'acc-h26-101');
    await tellStripe(own, 'checkout.session.completed', paidSession(orderId, 'pi_1')).expect(200);
    const charge = { id: 'ch_1', payment_intent: 'pi_1', amount: 21_000, amount_refunded: 21_000, currency: 'vnd' };
    await tellStripe(own, 'charge.refunded', charge).expect(200);
    const [takenBack] = await own.ctx.store.tables.transactions.list({ states: ['outgoing'], why: 'taken_back_by_gateway' }, 1);
    expect((await visitor.post('/unmatched/seen', { id: takenBack?.id ?? '' })).status).toBe(404);
  });

  it('is noted once: who was first stays', async () => {
    const [id = ''] = await ids();
    await visitor.post('/unmatched/seen', { id, reason: 'lần một' });
    expect((await visitor.post('/unmatched/seen', { id, reason: 'lần hai' })).status).toBe(303);
    expect(await look('/unmatched?seen=1')).toContain('“lần một”');
    expect(await look('/unmatched?seen=1')).not.toContain('lần hai');
  });
});
