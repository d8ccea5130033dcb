// A decision about money that is sent twice is made once: by the key of the request, or by what its sender had seen.
import { tell } from '../support/bank';
import { brokenLaws } from '../support/books';
import { databases, openTestService, type TestService } from '../support/office';

const finance = 'demo-api-key-ketoan';
const reason = 'theo giấy nộp tiền của công dân';

describe.each(databases)('a decision about money on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => (service = await openTestService(kind)));
  afterAll(() => service.end());
  afterEach(async () => expect(await brokenLaws(service.config.databaseUrl)).toEqual([]));

  let told = 7_800_000;
  /** The id of 30.000 ₫ that nobody can place. */
  async function lost(): Promise<string> {
    const id = ++told;
    await tell(service, { content: 'nop phi', amount: 30_000, id }).expect(200);
    return (await service.call('get', `/api/transactions?q=FT${id}`).expect(200)).body.data[0].id;
  }
  const transaction = async (id: string) => (await service.call('get', `/api/transactions/${id}`).expect(200)).body;
  const send = (what: 'resolve' | 'undo', id: string, body: object, key = finance) =>
    service.call('post', `/api/transactions/${id}/${what}`, { reason, ...body }, key);
  const refund = (id: string, decisionsSeen: number) => send('resolve', id, { action: 'refund', amount: 10_000, decisionsSeen });
  const outcomes = (answers: { status: number; body: { code?: string } }[]) =>
    answers.map(({ status, body }) => `${status} ${body.code ?? 'done'}`).sort();

  it('to send it back is made once when it is sent twice at once by somebody who saw no decision yet', async () => {
    const id = await lost();
    const answers = await Promise.all([refund(id, 0), refund(id, 0)]);
    expect(outcomes(answers)).toEqual(['200 done', '409 transaction_changed']);
    expect(await transaction(id)).toMatchObject({ toRefund: 10_000, unapplied: 20_000 });
  });

  it('is taken back once, however often the same taking back is sent, at once or later', async () => {
    const id = await lost();
    for (const seen of [0, 1]) await refund(id, seen).expect(200);
    const twice = await Promise.all([send('undo', id, { decisionsSeen: 2 }), send('undo', id, { decisionsSeen: 2 })]);
    expect(outcomes([...twice, await send('undo', id, { decisionsSeen: 2 })])).toEqual([
      '200 done',
      '409 transaction_changed',
      '409 transaction_changed',
    ]);
    expect(await transaction(id)).toMatchObject({ toRefund: 10_000, unapplied: 20_000 });
  });

  it('is made once under one Idempotency-Key, and taken back once under another', async () => {
    const id = await lost();
    const keyed = (what: 'resolve' | 'undo', body: object, key: string) => send(what, id, body).set('idempotency-key', `${key}-${id}`);
    for (const key of ['first', 'second']) await keyed('resolve', { action: 'refund', amount: 10_000 }, key).expect(200);
    const answers = await Promise.all([keyed('undo', {}, 'third'), keyed('undo', {}, 'third'), keyed('undo', {}, 'third')]);
    expect(outcomes(answers)).toEqual(['200 done', '200 done', '200 done']);
    expect(await transaction(id)).toMatchObject({ toRefund: 10_000, unapplied: 20_000 });
  });

  it('is described with what its sender has to say', async () => {
    const { paths } = (await service.call('get', '/openapi.json').expect(200)).body;
    for (const what of ['resolve', 'undo']) {
      const { post } = paths[`/api/transactions/{id}/${what}`];
      const { properties, required } = post.requestBody.content['application/json'].schema;
      expect(properties.decisionsSeen).toMatchObject({
        type: 'integer',
        minimum: 0,
        description: expect.stringContaining('seen'),
      });
      expect(required).not.toContain('decisionsSeen');
      expect(post.summary).toContain('decisionsSeen');
    }
  });
});
