// Bad input at the API: each a clear refusal that names what is wrong, and nothing half-written.
import request from 'supertest';
import { numberOf } from '../support/books';
import { tell } from '../support/bank';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

const tables = ['dossier', 'obligation', 'fee_item', 'reference', 'posting', 'event', 'delivery', 'incoming_transaction'];

describe.each(databases)('the API on %s refuses', (kind) => {
  let service: TestService;
  beforeAll(async () => (service = await openTestService(kind)));
  afterAll(() => service.end());

  const rows = () => Promise.all(tables.map((table) => numberOf(service.config.databaseUrl, `SELECT count(*) FROM ${table}`)));

  /** Sends it, expects that refusal, and that nothing was written. */
  async function refused(
    send: () => request.Test,
    status: number,
    code: string,
  ): Promise<{ errors?: { path: string }[]; [key: string]: unknown }> {
    const before = await rows();
    const answer = await send();
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ status, detail: expect.any(String), requestId: expect.any(String), title: expect.any(String) });
    expect(await rows()).toEqual(before);
    return answer.body;
  }

  const issuing = (body: object) => () => service.call('post', '/api/obligations', body);
  const copyWith = (fee: object) => ({ ...certifiedCopy(), fees: [{ feeId: 'CT-2.000815', ...fee }] });
  const raw =
    (body: string, type = 'application/json') =>
    () =>
      request(service.server).post('/api/obligations').set('authorization', 'Bearer demo-api-key').set('content-type', type).send(body);

  it('a caller without a key, or with a wrong one', async () => {
    await refused(() => request(service.server).get('/api/obligations'), 401, 'key_required');
    await refused(() => service.call('get', '/api/obligations', undefined, 'not-a-key'), 401, 'key_required');
  });

  it('a name with a control character in it', async () => {
    for (const name of ['obligations/%00', 'transactions/tx_%1F', 'statements/a%0Ab'])
      await refused(() => service.call('get', `/api/${name}`, undefined, 'demo-api-key-ketoan'), 404, 'route_unknown');
  });

  it('an unknown procedure, agency, fee, counter and obligation', async () => {
    await refused(issuing(certifiedCopy({ procedureCode: '9.999999' })), 404, 'procedure_unknown');
    await refused(issuing(certifiedCopy({ agencyCode: 'H99' })), 404, 'agency_unknown');
    await refused(issuing({ ...certifiedCopy(), fees: [{ feeId: 'HT-2.000635' }] }), 404, 'fee_unknown');
    await refused(issuing({ ...certifiedCopy(), counterId: 'quay-99' }), 404, 'counter_unknown');
    await refused(() => service.call('get', '/api/obligations/ob_none'), 404, 'obligation_unknown');
  });

  it('an agency that no longer exists', async () => {
    await refused(issuing(certifiedCopy({ agencyCode: 'H26.29' })), 404, 'agency_unknown');
  });

  it('a dossier code of a wrong shape, with a day that does not exist, or of no province', async () => {
    await refused(issuing(certifiedCopy({ code: 'hello' })), 400, 'dossier_code_invalid');
    await refused(issuing(certifiedCopy({ code: '000.00.18.H26-261322-0001' })), 400, 'dossier_date_invalid');
    await refused(issuing(certifiedCopy({ code: '000.00.18.H99-261122-0001' })), 400, 'dossier_province_unknown');
  });

  it('negative, broken, missing and unknown inputs of a fee, each by name', async () => {
    expect((await refused(issuing(copyWith({ units: -5 })), 400, 'request_invalid')).errors).toMatchObject([{ path: 'fees.0.units' }]);
    expect((await refused(issuing(copyWith({ units: 1.5 })), 400, 'request_invalid')).errors).toMatchObject([{ path: 'fees.0.units' }]);
    expect((await refused(issuing(copyWith({})), 400, 'fee_input_invalid')).errors).toMatchObject([{ path: 'fees.0.units' }]);
    expect((await refused(issuing(copyWith({ units: 5, value: 9 })), 400, 'fee_input_invalid')).errors).toMatchObject([
      { path: 'fees.0.value' },
    ]);
  });

  it('an amount in the request, wherever it stands', async () => {
    expect((await refused(issuing({ ...certifiedCopy(), amount: 1 }), 400, 'request_invalid')).errors).toMatchObject([{ path: 'amount' }]);
    expect((await refused(issuing(copyWith({ units: 5, amount: 1 })), 400, 'request_invalid')).errors).toMatchObject([
      { path: 'fees.0.amount' },
    ]);
  });

  it('emoji, NUL and hidden marks in a name', async () => {
    for (const name of ['Mẫu 😀', 'Mẫu\u0000', 'Mẫu\u202e', '\ud800', '   ']) {
      const body = await refused(issuing(certifiedCopy({ applicant: { name } })), 400, 'request_invalid');
      expect(body.errors?.[0]?.path).toBe('dossier.applicant.name');
    }
  });

  it('a fee that the council has not set, and a tax that only a notice may ask for', async () => {
    const unset = { ...certifiedCopy({ procedureCode: '1.012783', agencyCode: 'H26.90' }), fees: undefined };
    await refused(issuing(unset), 409, 'fee_not_set');
    const tax = {
      ...certifiedCopy({ procedureCode: '1.012787', agencyCode: 'H26.90' }),
      fees: [{ feeId: 'TB-TNCN-1.012787', value: 1_000_000 }],
    };
    await refused(issuing(tax), 409, 'fee_by_notice');
  });

  it('broken JSON, too deep JSON, another media type and an over-long body', async () => {
    await refused(raw('{"dossier":'), 400, 'json_invalid');
    await refused(raw('{"dossier":{"code":"a","code":"b"}}'), 400, 'json_invalid');
    await refused(raw('['.repeat(30_000)), 400, 'json_invalid');
    await refused(raw('dossier=1', 'application/x-www-form-urlencoded'), 415, 'media_type_unsupported');
    await refused(raw(JSON.stringify({ pad: 'x'.repeat(70_000) })), 413, 'body_too_large');
  });

  it('a second open issue of the same fee for a dossier, and the same dossier with another procedure', async () => {
    const first = certifiedCopy();
    await service.call('post', '/api/obligations', first).expect(201);
    await refused(issuing(first), 409, 'obligation_exists');
    const other = { dossier: { ...first.dossier, procedureCode: '2.000884' } };
    await refused(issuing(other), 409, 'dossier_conflict');
  });

  it('what needs a person from a system, and what needs another role from a person', async () => {
    const { body } = await service.call('post', '/api/obligations', certifiedCopy()).expect(201);
    const cancel = `/api/obligations/${body.id}/cancel`;
    await refused(() => service.call('post', cancel, { reason: 'thử' }), 403, 'person_required');
    await refused(() => service.call('post', cancel, { reason: 'thử' }, 'demo-api-key-lanhdao'), 403, 'role_insufficient');
    await refused(() => service.call('post', '/api/obligations', certifiedCopy(), 'demo-api-key-ketoan'), 403, 'role_insufficient');
  });

  it('sight of another agency’s obligation, as if it did not exist', async () => {
    const land = {
      ...certifiedCopy({ procedureCode: '1.012787', agencyCode: 'H26.90' }),
      fees: [{ feeId: 'DD-H26-BD-1.012787', case: { khu_vuc: 'phuong' } }],
    };
    const { body } = await service.call('post', '/api/obligations', land).expect(201);
    await service.call('get', `/api/obligations/${body.id}`, undefined, 'demo-api-key-ketoan').expect(200);
    await refused(() => service.call('get', `/api/obligations/${body.id}`, undefined, 'demo-api-key-quay1'), 404, 'obligation_unknown');
    const seen = (await service.call('get', '/api/obligations?limit=200', undefined, 'demo-api-key-quay1').expect(200)).body.data;
    expect(seen.map((obligation: { id: string }) => obligation.id)).not.toContain(body.id);
  });

  it('ways to pay that are not open, and payment of what is paid, free or cancelled', async () => {
    const { body } = await service.call('post', '/api/obligations', certifiedCopy()).expect(201);
    const offers = `/api/obligations/${body.id}/payment-requests`;
    await refused(() => service.call('post', offers, { method: 'stripe' }), 409, 'method_unavailable');
    await tell(service, { content: body.reference, amount: 21_000 }).expect(200);
    await refused(() => service.call('post', offers, { method: 'vietqr' }), 409, 'obligation_already_paid');
  });

  it('unknown addresses and unknown query fields', async () => {
    await refused(() => service.call('get', '/api/none'), 404, 'route_unknown');
    await refused(() => service.call('get', '/api/obligations?sort=due'), 400, 'request_invalid');
    await refused(() => request(service.server).post('/webhooks/none').send('{}'), 404, 'provider_unknown');
    await refused(() => request(service.server).post('/webhooks/sepay').send('x'.repeat(66_000)), 413, 'body_too_large');
  });
});
