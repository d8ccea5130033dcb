// One transfer, many tellers: the same credit through two feeds is one transaction; two legitimate transfers are two, however alike.
import request from 'supertest';
import { vietnamTimeOf } from '../../src/domain/time';
import { signSepay } from '../../webhooks/sepay/signature';
import { tell, transferBody } from '../support/bank';
import { brokenLaws, numberOf } from '../support/books';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

interface CassoTransfer {
  id: number;
  content: string;
  amount: number;
  reference: string;
}

describe.each(databases)('two feeds of one account on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => (service = await openTestService(kind)));
  afterAll(() => service.end());

  const count = (text: string) => numberOf(service.config.databaseUrl, text);
  const transactions = () => count('SELECT count(*) FROM incoming_transaction');
  const issue = async (): Promise<{ id: string; reference: string }> =>
    (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
  const see = async (id: string) => (await service.call('get', `/api/obligations/${id}`).expect(200)).body;
  const tellCasso = ({ id, content, amount, reference }: CassoTransfer) =>
    request(service.server)
      .post('/webhooks/casso')
      .set('content-type', 'application/json')
      .set('secure-token', 'demo-secret-casso')
      .send({
        error: 0,
        data: [
          {
            id,
            tid: reference,
            description: content,
            amount,
            cusum_balance: 0,
            when: vietnamTimeOf(service.ctx.now()),
            bank_sub_acc_id: '1026101000',
            subAccId: '1026101000',
          },
        ],
      });

  /** SePay's webhook, of a transfer whose bank reference is not its own. */
  const tellSepay = ({ id, content, amount, reference }: CassoTransfer) => {
    const body = JSON.stringify({ ...JSON.parse(transferBody({ id, content, amount }).toString()), referenceCode: reference });
    const headers = signSepay(Buffer.from(body), 'demo-secret-sepay', service.ctx.now());
    return request(service.server).post('/webhooks/sepay').set('content-type', 'application/json').set(headers).send(body).expect(200);
  };
  /** SePay's other form, which counts on its own. */
  const tellBankHub = ({ id, content, amount, reference }: CassoTransfer) =>
    request(service.server)
      .post('/webhooks/sepay')
      .set('x-secret-key', 'demo-secret-sepay')
      .send({
        transaction_id: `hub-${id}`,
        gateway: 'Vietcombank',
        transaction_date: vietnamTimeOf(service.ctx.now()),
        account_number: '1026101000',
        content,
        transfer_type: 'credit',
        amount,
        accumulated: 0,
        reference_code: reference,
      })
      .expect(200);
  const tellersOf = async (content: string): Promise<string[]> => {
    const { data } = (await service.call('get', `/api/transactions?q=${content}`).expect(200)).body;
    return data.flatMap(({ alsoToldBy }: { alsoToldBy: { provider: string }[] }) => alsoToldBy.map(({ provider }) => provider));
  };

  it('pay once, whichever tells first, and both are kept as tellers', async () => {
    const [one, other] = [await issue(), await issue()];
    await tell(service, { id: 71, content: one.reference, amount: 21_000 }).expect(200);
    await tellCasso({ id: 901, content: `IBFT ${one.reference}`, amount: 21_000, reference: 'FT71' }).expect(200, { success: true });
    await tellCasso({ id: 902, content: other.reference, amount: 21_000, reference: 'FT72' }).expect(200);
    await tell(service, { id: 72, content: other.reference, amount: 21_000 }).expect(200);
    for (const { id } of [one, other]) expect(await see(id)).toMatchObject({ status: 'paid', flags: [], amounts: { over: 0 } });
    expect(await transactions()).toBe(2);
    const { data } = (await service.call('get', '/api/transactions')).body;
    expect(data.map((transaction: { alsoToldBy: object[] }) => transaction.alsoToldBy)).toMatchObject([
      [{ provider: 'sepay', via: 'push' }],
      [{ provider: 'casso', via: 'push' }],
    ]);
  });

  it('that tell the same twenty times at once, mixed, still pay once', async () => {
    const { id, reference } = await issue();
    const before = await transactions();
    await Promise.all(
      Array.from({ length: 10 }, () => [
        tell(service, { id: 73, content: reference, amount: 21_000 }).expect(200),
        tellCasso({ id: 903, content: reference, amount: 21_000, reference: 'FT73' }).expect(200),
      ]).flat(),
    );
    expect(await see(id)).toMatchObject({ status: 'paid', flags: [], amounts: { paid: 21_000, over: 0 } });
    expect(await transactions()).toBe(before + 1);
  });

  it('know two transfers of one bank reference, amount and day apart: twins told by one feed are two', async () => {
    const [one, other] = [await issue(), await issue()];
    const before = await transactions();
    await tellCasso({ id: 911, content: one.reference, amount: 21_000, reference: 'SAME' }).expect(200);
    await tellCasso({ id: 912, content: other.reference, amount: 21_000, reference: 'SAME' }).expect(200);
    expect(await transactions()).toBe(before + 2);
    for (const { id } of [one, other]) expect((await see(id)).status).toBe('paid');
  });

  it('never make one of two transfers that name different references, though all else is alike', async () => {
    const [one, other] = [await issue(), await issue()];
    const before = await transactions();
    await tell(service, { id: 81, content: one.reference, amount: 21_000 }).expect(200);
    await tellCasso({ id: 921, content: other.reference, amount: 21_000, reference: 'FT81' }).expect(200);
    expect(await transactions()).toBe(before + 2);
    for (const { id } of [one, other]) expect((await see(id)).status).toBe('paid');
  });

  it('are one provider’s webhook and its BankHub too: a transfer that both tell of is one', async () => {
    const [one, other] = [await issue(), await issue()];
    const before = await transactions();
    await tellSepay({ id: 101, content: one.reference, amount: 21_000, reference: 'FT101' });
    await tellBankHub({ id: 5101, content: one.reference, amount: 21_000, reference: 'FT101' });
    await tellBankHub({ id: 5102, content: other.reference, amount: 21_000, reference: 'FT102' });
    await tellSepay({ id: 102, content: other.reference, amount: 21_000, reference: 'FT102' });
    for (const { id } of [one, other]) expect(await see(id)).toMatchObject({ status: 'paid', flags: [], amounts: { over: 0 } });
    expect(await transactions()).toBe(before + 2);
    expect([await tellersOf(one.reference), await tellersOf(other.reference)]).toEqual([['sepay'], ['sepay']]);
    await tellBankHub({ id: 5103, content: 'lan hai', amount: 21_000, reference: 'FT102' });
    expect(await transactions()).toBe(before + 3); // a twin: BankHub itself tells of two
  });

  it('make no third one of two alike, though the other feed tells of the one without its code first', async () => {
    const [one, other] = [await issue(), await issue()];
    const before = await transactions();
    for (const [id, { reference: content }] of [[111, one] as const, [112, other] as const])
      await tellSepay({ id, content, amount: 21_000, reference: 'TWO' });
    await tellCasso({ id: 941, content: 'nop phi', amount: 21_000, reference: 'TWO' }).expect(200);
    await tellCasso({ id: 942, content: one.reference, amount: 21_000, reference: 'TWO' }).expect(200);
    for (const { id } of [one, other]) expect(await see(id)).toMatchObject({ status: 'paid', flags: [], amounts: { over: 0 } });
    expect(await transactions()).toBe(before + 2);
    await tellCasso({ id: 941, content: 'nop phi', amount: 21_000, reference: 'TWO' }).expect(200);
    await tellBankHub({ id: 5111, content: other.reference, amount: 21_000, reference: 'TWO' });
    await tellBankHub({ id: 5112, content: 'khong ghi ma', amount: 21_000, reference: 'TWO' });
    expect(await transactions()).toBe(before + 2);
  });

  it('that both tell of money going out with our reference pay nothing', async () => {
    const { id, reference } = await issue();
    await tell(service, { id: 91, content: `hoan tien ${reference}`, amount: 21_000, transferType: 'out' }).expect(200);
    await tellCasso({ id: 931, content: `hoan tien ${reference}`, amount: -21_000, reference: 'FT91' }).expect(200);
    expect((await see(id)).status).toBe('open');
    expect(await count(`SELECT count(*) FROM incoming_transaction WHERE state = 'outgoing'`)).toBe(1);
  });

  it('leave sound books', async () => {
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });
});
