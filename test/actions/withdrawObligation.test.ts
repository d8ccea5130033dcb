// Withdrawing what was paid: the obligation is cancelled, every đồng is held with a refund asked for, and nothing is hidden.
import { issueReceipts } from '../../src/actions/issueReceipts';
import { tell } from '../support/bank';
import { brokenLaws, numberOf, rowsOf } from '../support/books';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

describe.each(databases)('withdrawing on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openTestService(kind);
  });
  afterAll(() => service.end());

  const issued = async (): Promise<{ id: string; reference: string }> =>
    (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
  const pay = (content: string, amount: number) => tell(service, { content, amount }).expect(200);
  const withdraw = (id: string, key = 'demo-api-key-quay1') =>
    service.call('post', `/api/obligations/${id}/cancel`, { reason: 'Công dân rút hồ sơ', refund: true }, key);
  const refundsOf = async (id: string) =>
    (
      await rowsOf(
        service.config.databaseUrl,
        `SELECT f.amount, f.state, f.reason FROM refund f WHERE f.transaction_id IN (SELECT a.transaction_id FROM allocation a WHERE a.obligation_id = '${id}') ORDER BY f.amount`,
      )
    ).map((row) => ({ ...row, amount: Number(row['amount']) }));
  const sound = async (): Promise<void> => expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);

  it('a paid obligation is cancelled, and what was paid waits for the finance desk as a refund', async () => {
    const { id, reference } = await issued();
    await pay(reference, 21_000);
    const { body } = await withdraw(id).expect(200);
    expect(body).toMatchObject({ status: 'cancelled', flags: [], amounts: { paid: 0, outstanding: 0 } });
    expect(await refundsOf(id)).toEqual([{ amount: 21_000, state: 'requested', reason: 'Công dân rút hồ sơ' }]);
    const [transaction] = (await service.call('get', '/api/transactions?state=resolved')).body.data;
    expect(transaction).toMatchObject({ amount: 21_000, applied: 0, unapplied: 0, toRefund: 21_000 });
    const count = `SELECT coalesce(sum(counted), 0) FROM ratio_change WHERE dossier_id = (SELECT dossier_id FROM obligation WHERE id = '${id}')`;
    expect(await numberOf(service.config.databaseUrl, count)).toBe(0);
    await sound();
  });

  it('each of several credits gets a refund of its own, what was too much with it', async () => {
    const { id, reference } = await issued();
    await pay(reference, 1_000);
    await pay(reference, 30_000);
    await withdraw(id).expect(200);
    expect((await refundsOf(id)).map(({ amount }) => amount)).toEqual([1_000, 30_000]);
    await sound();
  });

  it('what was decided about the excess before stays decided', async () => {
    const { id, reference } = await issued();
    await pay(reference, 25_000);
    const [{ id: transaction }] = (await service.call('get', '/api/transactions?state=unapplied')).body.data;
    const refund = { action: 'refund', reason: 'Nộp thừa' };
    await service.call('post', `/api/transactions/${transaction}/resolve`, refund, 'demo-api-key-ketoan').expect(200);
    await withdraw(id).expect(200);
    expect((await refundsOf(id)).map(({ amount }) => amount)).toEqual([4_000, 21_000]);
    await sound();
  });

  it('a refund that is taken back leaves the money held for a person, and the obligation cancelled', async () => {
    const { id, reference } = await issued();
    await pay(reference, 21_000);
    await withdraw(id).expect(200);
    const [{ id: transaction }] = (await service.call('get', '/api/transactions?state=resolved')).body.data;
    const undone = await service
      .call('post', `/api/transactions/${transaction}/undo`, { reason: 'Nhầm' }, 'demo-api-key-ketoan')
      .expect(200);
    expect(undone.body).toMatchObject({ unapplied: 21_000, toRefund: 0 });
    expect((await service.call('get', `/api/obligations/${id}`)).body.status).toBe('cancelled');
    expect(await refundsOf(id)).toMatchObject([{ state: 'withdrawn' }]);
    await sound();
  });

  it('the receipt that was issued is shown as one without money, until two persons have found it wrong', async () => {
    const { id, reference } = await issued();
    await pay(reference, 21_000);
    await issueReceipts(service.ctx);
    await withdraw(id).expect(200);
    const { receipt } = (await service.call('get', `/api/obligations/${id}`).expect(200)).body;
    expect(receipt).toMatchObject({ status: 'issued', moneyTakenBack: true });
  });

  it('the fee can be issued again for the dossier', async () => {
    const request = certifiedCopy();
    const { id, reference } = (await service.call('post', '/api/obligations', request).expect(201)).body;
    await pay(reference, 21_000);
    await withdraw(id).expect(200);
    await service.call('post', '/api/obligations', request).expect(201);
    await sound();
  });

  it('without asking for a refund nothing that was paid is cancelled', async () => {
    const { id, reference } = await issued();
    await pay(reference, 21_000);
    const refused = await service.call('post', `/api/obligations/${id}/cancel`, { reason: 'Nhầm' }, 'demo-api-key-quay1').expect(409);
    expect(refused.body.code).toBe('obligation_has_payments');
  });

  it('cash, a second time, a system and an inspector are refused, and nothing changes', async () => {
    const { id, reference } = await issued();
    await service.call('post', `/api/obligations/${id}/cash`, { amount: 21_000, counterId: 'quay-1' }, 'demo-api-key-quay1').expect(201);
    expect((await withdraw(id).expect(409)).body.code).toBe('obligation_has_cash');
    expect((await service.call('get', `/api/obligations/${id}`)).body.status).toBe('paid');
    const other = await issued();
    await pay(other.reference, 21_000);
    expect((await withdraw(other.id, 'demo-api-key').expect(403)).body.code).toBe('person_required');
    expect((await withdraw(other.id, 'demo-api-key-thanhtra').expect(403)).body.code).toBe('role_insufficient');
    const answers = await Promise.all([withdraw(other.id), withdraw(other.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await refundsOf(other.id)).toHaveLength(1);
    expect(reference).not.toBe(other.reference);
    await sound();
  });
});
