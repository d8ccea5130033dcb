// The citizen's page: whoever has the link sees what is owed and to whom, and nothing about a person; without it nobody learns anything.
import request from 'supertest';
import { issueReceipts } from '../../src/actions/issueReceipts';
import { signReceipts } from '../../src/actions/signReceipts';
import { tell } from '../support/bank';
import { memoryGateway } from '../support/memoryGateway';
import { certifiedCopy, openTestService, type TestService } from '../support/office';

const name = 'Nguyễn Thị Hoàng Phương';

describe("the citizen's page", () => {
  let service: TestService;
  const stripe = memoryGateway();
  beforeAll(async () => {
    service = await openTestService('SQLite', { replace: { gateways: [stripe.gateway] } });
    await service.ctx.store.transact((tables) =>
      tables.feeds.save(
        { accountId: 'acc-h26', provider: 'stripe', tokenCiphertext: service.ctx.seal.close('sk_test') },
        service.ctx.now(),
      ),
    );
  });
  afterAll(() => service.end());

  const issued = async (): Promise<{ id: string; reference: string }> =>
    (await service.call('post', '/api/obligations', certifiedCopy({ applicant: { name } })).expect(201)).body;
  const linkTo = async (id: string): Promise<string> =>
    new URL((await service.call('get', `/api/obligations/${id}/pay-page`).expect(200)).body.url).pathname;
  const opened = (path: string) => request(service.server).get(path).accept('html');
  const sizeOf = async (path: string): Promise<number> => (await opened(path).expect(200)).text.length;

  it('shows the sum, the unit, the account, the law and a masked name, and offers the QR, gateways and apps', async () => {
    const { id, reference } = await issued();
    const { text } = await opened(await linkTo(id)).expect(200);
    for (const shown of ['21.000\u00a0₫', 'Điểm phục vụ hành chính công phường Mẫu', 'DIEM PVHCC PHUONG MAU', '1026101000', reference])
      expect(text).toContain(shown);
    expect(text).toContain('Thông tư 226/2016/TT-BTC');
    expect(text).toContain('N••••• T•• H•••• P•••••');
    expect(text).not.toContain(name);
    expect(text).toMatch(/<button name="method" value="stripe">/);
    expect(text).toContain(`https://dl.vietqr.io/pay?app=mb&ba=1026101000%40vcb&am=21000&tn=${reference}`);
    expect(text).toContain('<noscript><meta http-equiv="refresh" content="15"/></noscript>');
  });

  it('is small: under 50 kB with its styles and script', async () => {
    const path = await linkTo((await issued()).id);
    const { text } = await opened(path).expect(200);
    const parts = [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, part]) => String(part));
    expect(parts.length).toBeGreaterThan(3);
    const sizes = await Promise.all(
      parts.map(async (part) => {
        const { body, text: script } = await opened(part).expect(200);
        return (script as string | undefined)?.length ?? (body as Buffer).length;
      }),
    );
    expect(sizes.reduce((sum, size) => sum + size, await sizeOf(path))).toBeLessThan(50_000);
  });

  it('offers one QR however often it is opened, and a new one for the rest after a part', async () => {
    const { id, reference } = await issued();
    const path = await linkTo(id);
    await Promise.all([1, 2, 3, 4].map(() => opened(path).expect(200)));
    const offers = () => service.ctx.store.tables.paymentRequests.ofObligation(id);
    expect(await offers()).toHaveLength(1);
    await tell(service, { content: reference, amount: 1_000 }).expect(200);
    const { text } = await opened(path).expect(200);
    expect(text).toContain('20.000\u00a0₫');
    expect(text).toContain('Đã nhận 1.000\u00a0₫');
    expect((await offers()).map(({ amount }) => Number(amount.dong))).toEqual([21_000, 20_000]);
  });

  it('changes when the money came, and leads to the receipt, as a file too', async () => {
    const { id, reference } = await issued();
    const path = await linkTo(id);
    const look = /data-look="([^"]+)"/.exec((await opened(path)).text)?.[1] ?? '';
    await opened(`${path}/panel?seen=${encodeURIComponent(look)}`).expect(204);
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    await issueReceipts(service.ctx);
    await signReceipts(service.ctx);
    const { text } = await opened(`${path}/panel?seen=${encodeURIComponent(look)}`).expect(200);
    expect(text).toContain('Đã thanh toán');
    const file = /href="(\/pay\/[^"]+\/receipts\/[^"]+)"/.exec(text)?.[1] ?? '';
    const { headers, body } = await opened(file).expect(200);
    expect(headers['content-type']).toContain('application/pdf');
    expect((body as Buffer).subarray(0, 4).toString()).toBe('%PDF');
    const other = await linkTo((await issued()).id);
    await opened(file.replace(path, other)).expect(404);
  });

  it('leads to a gateway without needing its address in our policy', async () => {
    const { id } = await issued();
    const path = await linkTo(id);
    const { text } = await request(service.server)
      .post(`${path}/sessions`)
      .type('form')
      .accept('html')
      .send({ method: 'stripe' })
      .expect(200);
    const [order] = [...stripe.orders.keys()].slice(-1);
    expect(text).toContain(`<meta http-equiv="refresh" content="0; url=https://gateway.test/${order}"/>`);
    expect((await opened(path)).text).toContain('Tiếp tục ở Thẻ (Stripe)');
    await request(service.server).post(`${path}/sessions`).type('form').accept('html').send({ method: 'cash' }).expect(409);
  });

  it('says that a gateway does not answer, in words, with a way back', async () => {
    const path = await linkTo((await issued()).id);
    stripe.trouble = 'silent';
    const { text } = await request(service.server)
      .post(`${path}/sessions`)
      .type('form')
      .accept('html')
      .send({ method: 'stripe' })
      .expect(503);
    stripe.trouble = 'none';
    expect(text).toContain('Cổng thanh toán chưa trả lời');
  });

  it('is in English as well', async () => {
    const path = await linkTo((await issued()).id);
    const { text } = await opened(path).set('cookie', 'language=en').expect(200);
    expect(text).toContain('Awaiting payment');
    expect(text).toContain('<html lang="en">');
  });

  it('tells that a cancelled obligation must not be paid', async () => {
    const { id } = await issued();
    const path = await linkTo(id);
    await service.call('post', `/api/obligations/${id}/cancel`, { reason: 'Lập nhầm' }, 'demo-api-key-quay1').expect(200);
    const { text } = await opened(path).expect(200);
    expect(text).toContain('xin đừng chuyển tiền');
    expect(text).not.toContain('<svg');
  });

  it('tells who withdrew a paid dossier what happens next', async () => {
    const { id, reference } = await issued();
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    const body = { reason: 'Công dân rút hồ sơ', refund: true };
    await service.call('post', `/api/obligations/${id}/cancel`, body, 'demo-api-key-quay1').expect(200);
    const { text } = await opened(await linkTo(id)).expect(200);
    expect(text).toContain('Đã hủy');
    expect(text).toMatch(/Đã đề nghị hoàn trả 21\.000\u00a0₫ ngày \d\d\/\d\d\/20\d\d\. Kế toán duyệt/);
  });

  it('leads nowhere once it is revoked, and the next link is another', async () => {
    const { id } = await issued();
    const before = await linkTo(id);
    const after = new URL((await service.call('post', `/api/obligations/${id}/pay-page/revoke`, {}).expect(200)).body.url).pathname;
    expect(after).not.toBe(before);
    await opened(before).expect(404);
    await opened(after).expect(200);
    expect(await linkTo(id)).toBe(after);
  });

  it('answers every wrong link alike, whether the reference was ever issued or not', async () => {
    const { id, reference } = await issued();
    const [known, mark] = (await linkTo(id)).replace('/pay/', '').split(/-(.*)/s);
    expect(known).toBe(reference);
    const wrong = [`${reference}-${'A'.repeat(27)}`, `NP22222222-${mark}`, reference, 'x', `${reference}-${mark?.slice(0, -1)}`];
    const answers = await Promise.all(wrong.map((token) => opened(`/pay/${token}`).expect(404)));
    const said = answers.map(({ text }) => text.replaceAll(/[0-9a-f-]{36}/g, '').replaceAll(/to=[^"]*/g, ''));
    expect(new Set(said).size).toBe(1);
  });

  it('slows guessing down: after some wrong links from one address every further one is refused unread', async () => {
    const slow = await openTestService('SQLite');
    const guess = (place: number) =>
      request(slow.server)
        .get(`/pay/NP22222222-${String(place).padStart(27, 'A')}`)
        .accept('html');
    const statuses = [];
    for (let place = 0; place < 60; place++) statuses.push((await guess(place)).status);
    await slow.end();
    expect(new Set(statuses.slice(0, 30))).toEqual(new Set([404]));
    expect(new Set(statuses.slice(30))).toEqual(new Set([429]));
  });
});
