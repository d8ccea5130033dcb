// Virtual accounts: a number under one account of ours means one fee; the same number under another account means something else.
import request from 'supertest';
import { vnd } from '../../src/domain/money';
import { addMs } from '../../src/domain/time';
import { signSepay } from '../../webhooks/sepay/signature';
import { transferBody } from '../support/bank';
import { brokenLaws } from '../support/books';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

describe.each(databases)('virtual accounts on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => (service = await openTestService(kind)));
  afterAll(() => service.end());

  /** A fee of 21.000 ₫ that is paid to this number under this account. */
  const offered = async (accountId: string, virtualAccount: string): Promise<string> => {
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    const createdAt = service.ctx.now();
    await service.ctx.store.transact((tables) =>
      tables.paymentRequests.keep({
        ...{ id: service.ctx.id('paymentRequest'), obligationId: id, reference, method: 'vietqr', amount: vnd(21_000), accountId },
        ...{ payload: '', virtualAccount, createdAt, expiresAt: addMs(createdAt, 900_000) },
      }),
    );
    return id;
  };
  const pay = async (accountNumber: string, subAccount: string) => {
    const told = JSON.parse(transferBody({ content: 'nop phi', amount: 21_000, accountNumber }).toString());
    const body = JSON.stringify({ ...told, gateway: '', subAccount });
    const headers = signSepay(Buffer.from(body), 'demo-secret-sepay', service.ctx.now());
    await request(service.server).post('/webhooks/sepay').set('content-type', 'application/json').set(headers).send(body).expect(200);
  };
  const see = async (id: string) => (await service.call('get', `/api/obligations/${id}`).expect(200)).body;

  it('pay the fee of the account that the money came to, though another bank gave out the same number', async () => {
    const [atVietcombank, atHdbank] = [await offered('acc-h26-101', '9021001'), await offered('acc-h26-90', '9021001')];
    await pay('1026101000', '9021001');
    expect((await see(atVietcombank)).status).toBe('paid');
    expect((await see(atHdbank)).status).toBe('open');
  });

  it('pay nothing where only another account of ours knows the number', async () => {
    const id = await offered('acc-h26-90', '9021002');
    await pay('1026101000', '9021002');
    expect((await see(id)).status).toBe('open');
    const { data } = (await service.call('get', '/api/transactions?state=unapplied', undefined, 'demo-api-key-ketoan').expect(200)).body;
    expect(data).toMatchObject([{ unapplied: 21_000, why: 'no_reference' }]);
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });
});
