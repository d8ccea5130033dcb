// What a question about transactions finds over HTTP, and who is shown the payer; on both databases.
import { searchMoney } from '../../src/actions/searchMoney';
import type { Actor } from '../../src/domain/role';
import type { Day } from '../../src/domain/time';
import { tell, tellWithPayer } from '../support/bank';
import { offeredOrder, paidSession, tellStripe } from '../support/gateway';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

const finance = 'demo-api-key-ketoan';

describe.each(databases)('transactions on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openTestService(kind);
    const { reference } = (await service.call('post', '/api/obligations', certifiedCopy())).body;
    await tell(service, { content: reference, amount: 81_000 }).expect(200);
    await tellWithPayer(service, { content: 'le phi', amount: 7_000 }, '0123456789', 'NGUYEN VAN DAT').expect(200);
    await tell(service, { content: 'IBFT.CT tu 0987654321 TRAN THI MAU toi 1026101000', amount: 9_000 }).expect(200);
  });
  afterAll(() => service.end());

  const found = async (query: string, key = finance) =>
    (await service.call('get', `/api/transactions?${encodeURI(query)}`, undefined, key).expect(200)).body.data;

  it.each([
    ['q=Nguyễn Văn Đạt', 7_000],
    ['q=nguyen van', 7_000],
    ['q=tran thi mau', 9_000],
    ['q=012345', 7_000],
    ['q=81000', 81_000],
    ['q=81.000', 81_000],
    ['q=60000', 81_000],
    ['q=7000', 7_000],
    ['account=1026101000&q=le phi', 7_000],
  ])('are found by %s', async (query, amount) => expect(await found(query)).toMatchObject([{ amount }]));

  it('are found by the number of an account as by its id, and by that of no other', async () => {
    const [{ account }] = await found('q=7000');
    expect(await found(`account=${account}`)).toHaveLength(3);
    expect(await found('account=1026101000')).toHaveLength(3);
    expect(await found('account=0')).toEqual([]);
  });

  it('tell people who paid, with the whole account for those who decide, and tell systems nothing of it', async () => {
    expect(await found('q=7000')).toMatchObject([{ payer: { name: 'NGUYEN VAN DAT', account: '0123456789', isStated: false } }]);
    expect(await found('q=7000', 'demo-api-key-thanhtra')).toMatchObject([{ payer: { name: 'NGUYEN VAN DAT', account: '•••6789' } }]);
    expect(await found('q=TRAN THI')).toMatchObject([{ payer: { name: 'TRAN THI MAU', isStated: true } }]);
    const [{ id, ...seen }] = await found('q=7000', 'demo-api-key');
    expect(seen).not.toHaveProperty('payer');
    expect((await service.call('get', `/api/transactions/${id}`, undefined, finance)).body.payer).toMatchObject({ name: 'NGUYEN VAN DAT' });
    expect((await service.call('get', `/api/transactions/${id}`)).body).not.toHaveProperty('payer');
  });

  it('are not found by a piece of an account that its asker is not shown', async () => {
    expect(await found('q=012345', 'demo-api-key-thanhtra')).toEqual([]);
    expect(await found('q=012345', 'demo-api-key')).toEqual([]);
  });

  it('are listed on from a cursor that was given, and from no other', async () => {
    const first = (await service.call('get', '/api/transactions?limit=1')).body;
    expect((await service.call('get', `/api/transactions?limit=1&cursor=${first.nextCursor}`).expect(200)).body.data).toHaveLength(1);
    const answer = await service.call('get', '/api/transactions?cursor=zzz');
    expect([answer.status, answer.body.code, answer.body.errors[0].path]).toEqual([400, 'request_invalid', 'cursor']);
  });

  it('that are no money of ours are refused a decision as such by everyone who sees them', async () => {
    const { orderId } = await offeredOrder(service, 'acc-h26-101');
    await tellStripe(service, 'checkout.session.completed', paidSession(orderId, `pi_${kind}`)).expect(200);
    const charge = { id: `ch_${kind}`, payment_intent: `pi_${kind}`, amount: 21_000, amount_refunded: 21_000, currency: 'vnd' };
    await tellStripe(service, 'charge.refunded', charge).expect(200);
    await tell(service, { content: 'chi', amount: 1_000, transferType: 'out' }).expect(200);
    await tell(service, { content: 'lac', amount: 1_000, accountNumber: '999999' }).expect(200);
    const strange = await service.ctx.store.tables.transactions.list({ states: ['outgoing', 'foreign'] }, 10);
    expect(strange).toHaveLength(3);
    for (const { id } of strange) {
      await service.call('get', `/api/transactions/${id}`, undefined, finance).expect(200);
      for (const [what, body] of [
        ['resolve', { action: 'refund', reason: 'thử' }],
        ['undo', { reason: 'thử' }],
      ] as const) {
        const answer = await service.call('post', `/api/transactions/${id}/${what}`, { ...body, decisionsSeen: 0 }, finance);
        expect([answer.status, answer.body.code]).toEqual([409, 'transaction_not_resolvable']);
      }
    }
  });

  it('are found over all days by a reference, with those that name it and pay nothing, and by letters of either size', async () => {
    const issued = async () => (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body.reference as string;
    const [one, other] = [await issued(), await issued()];
    await tell(service, { content: one, amount: 21_000 }).expect(200);
    await tell(service, { content: `${one} ${other} Đặng Thị Đào`, amount: 5_000 }).expect(200);
    const actor: Actor = { kind: 'person', officerId: 'of-ketoan', name: 'Kế toán', role: 'finance_officer', agencyCode: 'H26' };
    const [from, to] = ['2000-01-01', '2100-01-01'] as Day[] as [Day, Day];
    const search = async (text: string) =>
      (await searchMoney(service.ctx, { actor, text, from, to }, 10)).map(({ amount }) => amount.toJSON());
    expect(await search(one.toLowerCase())).toEqual([5_000, 21_000]);
    expect([await search('đặng thị đào'), await search('ĐẶNG THỊ ĐÀO'), await search('5.000')]).toEqual([[5_000], [5_000], [5_000]]);
  });
});
