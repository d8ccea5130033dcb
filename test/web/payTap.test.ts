// The tap after a payment: once for each payment, without a person, counted by agency and day for those who see the agency.
import request from 'supertest';
import { tell } from '../support/bank';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { textOf } from '../support/visitor';

describe.each(databases)('the tap after a payment on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openTestService(kind);
  });
  afterAll(() => service.end());

  const issued = async () => (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
  const linkTo = async (id: string): Promise<string> =>
    new URL((await service.call('get', `/api/obligations/${id}/pay-page`).expect(200)).body.url).pathname;
  const paid = async (): Promise<string> => {
    const { id, reference } = await issued();
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    return linkTo(id);
  };
  const tap = (link: string, choice: string) =>
    request(service.server).post(`${link}/satisfaction`).set('accept', 'text/html').type('form').send({ choice });
  const shown = async (link: string) => textOf((await request(service.server).get(link).set('accept', 'text/html').expect(200)).text);
  const report = (key: string) => service.call('get', '/api/reports/satisfaction?from=2020-01-01&to=2099-12-31', undefined, key);

  it('is asked for once it is paid, and thanked for', async () => {
    const { id } = await issued();
    expect(await shown(await linkTo(id))).not.toContain('Hài lòng');
    const link = await paid();
    expect(await shown(link)).toContain('Ông/Bà thấy việc nộp tiền thế nào?');
    expect((await tap(link, 'good').expect(303)).headers['location']).toBe(link);
    expect(await shown(link)).toContain('Cảm ơn Ông/Bà đã đánh giá.');
  });

  it('counts once for each payment, however often and by however many it is tapped', async () => {
    const before = (await report('demo-api-key-lanhdao').expect(200)).body.rows[0] ?? { good: 0, fair: 0, poor: 0 };
    const links = [await paid(), await paid()];
    await Promise.all(links.flatMap((link) => ['fair', 'fair', 'poor'].map((choice) => tap(link, choice).expect(303))));
    const { body } = await report('demo-api-key-lanhdao').expect(200);
    expect(body.rows).toHaveLength(1);
    expect(body.rows[0]).toMatchObject({ agencyCode: 'H26.101', good: before.good });
    expect(body.rows[0].fair + body.rows[0].poor).toBe(before.fair + before.poor + 2);
  });

  it('is refused before the payment, with another word, and without the link', async () => {
    const { id } = await issued();
    const link = await linkTo(id);
    await tap(link, 'good').expect(409);
    await tap(await paid(), 'excellent').expect(400);
    await tap(`${link}x`, 'good').expect(404);
  });

  it('is counted before nobody who may not see the agency', async () => {
    await report('demo-api-key-thanhtra').expect(200);
    const { body } = await report('demo-api-key').expect(200);
    expect(body.rows.length).toBeGreaterThan(0);
    await report('wrong').expect(401);
  });
});
