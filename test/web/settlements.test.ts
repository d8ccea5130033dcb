// The screens of settlements: what gateways owe, a list sent as a file, and a payout beside our own payments.
import request from 'supertest';
import { tell } from '../support/bank';
import { offeredOrder, paidSession, tellStripe } from '../support/gateway';
import { openTestService, type TestService } from '../support/office';
import { listFile, stripeFile } from '../support/settlements';
import { textOf, visitorAt, type Visitor } from '../support/visitor';

describe('the screens of settlements', () => {
  let service: TestService;
  let ketoan: Visitor;
  const today = new Date().toISOString().slice(0, 10);
  beforeAll(async () => {
    service = await openTestService('SQLite');
    ketoan = await visitorAt(service, 'ketoan');
  });
  afterAll(() => service.end());

  const send = async (content: string) => {
    const signIn = await request(service.server).post('/sign-in').type('form').send({ login: 'ketoan', password: 'demo' });
    const cookie = String(signIn.headers['set-cookie']).split(';')[0] ?? '';
    const page = await request(service.server).get('/settlements').set('cookie', cookie);
    return request(service.server)
      .post('/settlements')
      .set('cookie', cookie)
      .set('accept', 'text/html')
      .field('formToken', /name="formToken" value="([^"]+)"/.exec(page.text)?.[1] ?? '')
      .field('provider', 'stripe')
      .attach('file', Buffer.from(content), 'payouts.csv');
  };
  const html = async (path: string, visitor = ketoan): Promise<string> => (await visitor.get(path).expect(200)).text;
  const text = async (path: string): Promise<string> => textOf(await html(path));

  it('say that no gateway owes anything, and which columns a list needs', async () => {
    const page = await text('/settlements');
    expect(page).toContain('Không cổng nào còn giữ tiền.');
    expect(page).toContain('Mã đơn hàng');
    expect(page).toContain('payOS chuyển thẳng');
  });

  it('show what a gateway owes down to the payment, the list that was sent, what differs, and the money when it came', async () => {
    const { orderId } = await offeredOrder(service, 'acc-h26-101');
    await tellStripe(service, 'checkout.session.completed', paidSession(orderId, 'pi_screen')).expect(200);
    expect(await html('/settlements')).toContain('href="/settlements/owed/stripe"');
    expect(await text('/settlements/owed/stripe')).toContain('pi_screen');
    const rows = [
      { payout: 'po_1Screen', id: 'txn_s1', payment: 'pi_screen', gross: 21_000, fee: 1_000 },
      { payout: 'po_1Screen', id: 'txn_s2', payment: 'pi_other', gross: 10_000, fee: 500 },
      { payout: 'po_1Screen', id: 'txn_s3', payment: 'pi_third', gross: 10_000, currency: 'usd' },
    ];
    const sent = await send(stripeFile(rows, `${today} 01:00:00`));
    const address = String(sent.headers['location']);
    expect(address).toContain('new=2&known=0&bad=1');
    const page = await text(address);
    expect(page).toMatch(/31\.000\s₫.*1\.500\s₫.*29\.500\s₫/s);
    expect(page).toContain('Cổng có, ta không có');
    expect(page).toContain('Dòng 4: không phải VND');
    await tell(service, { content: 'STRIPE NO NAME', amount: 29_500 }).expect(200);
    const [path = ''] = address.split('?');
    const suggested = await html(path);
    expect(suggested).toContain('Đúng số thực nhận, gần ngày');
    const [, transactionId = ''] = /name="transactionId"[^>]*value="(tx_\w+)"/.exec(suggested) ?? [];
    const short = await ketoan.post(path, { transactionId, reason: '' });
    expect([short.status, short.text.includes(transactionId)]).toEqual([400, true]);
    expect((await ketoan.post(path, { transactionId, reason: 'Đúng số tiền' })).status).toBe(303);
    expect(await text(path)).toContain('Đã về tài khoản');
    expect((await ketoan.post(path, { transactionId, reason: 'Lần nữa' })).status).toBe(409);
  });

  it('offer a payout that pays nothing to be set off in another of its gateway, and to be taken back', async () => {
    const fee = { category: 'fee', gross: 0, fee: 7_000 };
    const [poor = ''] = String((await send(stripeFile([{ payout: 'po_1Poor', id: 'txn_p', ...fee }]))).headers['location']).split('?');
    const rich = [{ payout: 'po_1Rich', id: 'txn_r', category: 'adjustment', gross: 9_000 }];
    const [richPath = ''] = String((await send(stripeFile(rich))).headers['location']).split('?');
    expect(await text(poor)).toContain('Đợt này không có tiền chuyển về');
    const into = richPath.replace('/settlements/', '');
    expect(await html(poor)).toContain(`<option value="${into}">po_1Rich`);
    const refused = await ketoan.post(`${poor}/carry`, { into: poor.replace('/settlements/', ''), reason: 'Nhầm' });
    expect(await text(String(refused.headers['location']))).toContain('Chỉ bù trừ vào một đợt khác của cùng cổng');
    expect((await ketoan.post(`${poor}/carry`, { into, reason: 'Cổng trừ vào đợt sau' })).status).toBe(303);
    expect(await text(poor)).toMatch(/Đã bù trừ trong đợt\s+po_1Rich.*Cổng trừ vào đợt sau/s);
    expect(await text(richPath)).toMatch(/9\.000\s₫.*7\.000\s₫.*2\.000\s₫/s);
    expect(await text(richPath)).toContain('Điều chỉnh po_1Poor');
    expect(await text('/settlements')).toContain('Bù trừ trong đợt khác');
    expect((await ketoan.post(`${poor}/carry-back`, { reason: 'Nhầm đợt' })).status).toBe(303);
    const api = (path: string, body: object) => service.call('post', `/api${path}`, body, 'demo-api-key-ketoan');
    expect((await api(`${poor}/carry-back`, { reason: 'Lần nữa' }).expect(409)).body.code).toBe('settlement_not_carried');
    expect((await api(`${poor}/carry`, { into, reason: 'Đúng đợt' }).expect(200)).body.carriedInto).toBe(into);
    expect((await api(`${richPath}/settle`, { transactionId: 'tx_\u0000', reason: 'Sai mã' }).expect(400)).body.code).toBe(
      'request_invalid',
    );
  });

  it('keep what was chosen where a file is refused, and say so', async () => {
    const answer = await send('not,a,list\n1,2,3\n');
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('Không đọc được tệp này');
  });

  it('are read by leaders without a form, and closed to counter officers', async () => {
    expect(await html('/settlements', await visitorAt(service, 'lanhdao'))).not.toContain('name="file"');
    await (await visitorAt(service, 'quay1')).get('/settlements').expect(403);
  });

  it('have the same facts over the API', async () => {
    const list = (await service.call('get', '/api/settlements?provider=stripe', undefined, 'demo-api-key-ketoan').expect(200)).body;
    expect(list.data[2]).toMatchObject({ payoutId: 'po_1Screen', gross: 31_000, fee: 1_500, net: 29_500, lineCount: 2 });
    const one = (await service.call('get', `/api/settlements/${list.data[2].id}`, undefined, 'demo-api-key-ketoan').expect(200)).body;
    expect(one.lines.map(({ difference }: { difference: string | null }) => difference)).toEqual([null, 'unknown_here']);
    const body = { provider: 'stripe', fileName: 'again.csv', content: stripeFile([{ payout: 'po_1Api', id: 'txn_a', gross: 5_000 }]) };
    const sent = await service.call('post', '/api/settlements', body, 'demo-api-key-ketoan').expect(201);
    expect(sent.body).toMatchObject({ newLines: 1, alreadyKnown: 0, rejected: [] });
    await service.call('post', '/api/settlements', body).expect(403);
    const huge = Array.from({ length: 12 }, (_, place) => ({ payout: 'po_1Huge', id: `txn_h${place}`, gross: place ? 10 ** 15 - 1 : 5 }));
    const sums = await service.call('post', '/api/settlements', { ...body, content: stripeFile(huge) }, 'demo-api-key-ketoan').expect(201);
    expect(sums.body.rejected).toHaveLength(11); // all of them together are more than can be told
    const groups = listFile(['Thanh toán;A1;1;999.999.999.999.999.999;0;999.999.999.999.999.999;21/11/2026;P1']);
    const vnpay = { provider: 'vnpay', fileName: 'a.csv', content: groups };
    await service.call('post', '/api/settlements', vnpay, 'demo-api-key-ketoan').expect(422);
    await service.call('get', '/api/settlements', undefined, 'demo-api-key-ketoan').expect(200);
  });
});
