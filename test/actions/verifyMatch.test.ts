// Each match can prove itself: derived again from what is stored, it must be the decision that was booked.
import { verifyMatch } from '../../src/actions/verifyMatch';
import { altered } from '../support/altered';
import { tell } from '../support/bank';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

describe.each(databases)('a match on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => (service = await openTestService(kind)));
  afterAll(() => service.end());

  const issue = async (): Promise<{ id: string; reference: string }> =>
    (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
  const latest = async (): Promise<{ id: string; proof: object }> =>
    (await service.call('get', '/api/transactions').expect(200)).body.data[0];
  const differences = async () => (await verifyMatch(service.ctx.store.tables, (await latest()).id)).differences;

  it('by an exact reference proves itself', async () => {
    await tell(service, { content: `CK ${(await issue()).reference}`, amount: 21_000 }).expect(200);
    expect(await differences()).toEqual([]);
  });

  it('by a reference with one slip proves itself, and says which slip was put right', async () => {
    const { id, reference } = await issue();
    const slipped = `${reference.slice(0, 5)}${reference.charAt(5) === 'A' ? 'B' : 'A'}${reference.slice(6)}`;
    await tell(service, { content: slipped, amount: 21_000 }).expect(200);
    expect((await service.call('get', `/api/obligations/${id}`)).body.status).toBe('paid');
    expect((await latest()).proof).toMatchObject({ rule: 'corrected_reference', readings: [{ reference, how: 'wrong_symbol' }] });
    expect(await differences()).toEqual([]);
  });

  it('of two references whose sum is the amount proves itself', async () => {
    const [one, other] = [await issue(), await issue()];
    await tell(service, { content: `${one.reference} va ${other.reference}`, amount: 42_000 }).expect(200);
    for (const { id } of [one, other]) expect((await service.call('get', `/api/obligations/${id}`)).body.status).toBe('paid');
    expect(await differences()).toEqual([]);
  });

  it('of money that names nobody proves itself too', async () => {
    await tell(service, { content: 'chuyen tien', amount: 21_000 }).expect(200);
    expect(await differences()).toEqual([]);
  });

  it('stays proven after a person took it back: only what was matched by itself is looked at', async () => {
    const { reference } = await issue();
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    const { id } = await latest();
    await service
      .call('post', `/api/transactions/${id}/undo`, { reason: 'gửi nhầm hồ sơ', decisionsSeen: 0 }, 'demo-api-key-ketoan')
      .expect(200);
    expect(await differences()).toEqual([]);
  });

  it('whose proof was changed does not', async () => {
    const { id } = await latest();
    const found = await service.ctx.store.tables.transactions.find(id);
    const changed = { ...found, proof: { ...(found?.proof as object), amount: 22_000 } };
    const { tables: kept } = service.ctx.store;
    const tables = altered(kept, { transactions: { ...kept.transactions, find: async () => changed as typeof found } });
    expect((await verifyMatch(tables, id)).differences).not.toEqual([]);
  });

  it('of an unknown transaction is refused', async () => {
    await expect(verifyMatch(service.ctx.store.tables, 'tx_unknown')).rejects.toMatchObject({ code: 'transaction_unknown' });
  });
});
