// The API's promises: one answer for one key, lists that page, fees for everybody, a description that is true.
import request from 'supertest';
import { tell } from '../support/bank';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

describe.each(databases)('the API on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => (service = await openTestService(kind)));
  afterAll(() => service.end());

  const get = async (path: string) => (await service.call('get', path).expect(200)).body;
  const publicly = async (path: string) => (await request(service.server).get(path).expect(200)).body;

  it('gives the same answer to the same Idempotency-Key, also when ten come at once, and refuses another body', async () => {
    const body = certifiedCopy();
    const send = (content: object) => service.call('post', '/api/obligations', content).set('idempotency-key', `key-${kind}`);
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(body)));
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    expect((await send(certifiedCopy())).body).toMatchObject({ status: 409, code: 'idempotency_key_reused' });
    expect((await get(`/api/obligations?dossier=${body.dossier.code}`)).data).toHaveLength(1);
  });

  it('pages lists from the newest to the oldest without a gap', async () => {
    const issued: string[] = [];
    for (let i = 0; i < 5; i++) issued.unshift((await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body.id);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null && seen.length < 5) {
      const page: { data: { id: string }[]; nextCursor: string | null } = await get(
        `/api/obligations?limit=2${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...page.data.map((obligation) => obligation.id));
      cursor = page.nextCursor;
    }
    expect(seen.slice(0, 5)).toEqual(issued);
  });

  it('finds an obligation by dossier, by reference in any writing, and by status', async () => {
    const { body } = await service.call('post', '/api/obligations', certifiedCopy()).expect(201);
    const torn = `${body.reference.slice(0, 4)} ${body.reference.slice(4).toLowerCase()}`;
    for (const query of [
      `dossier=${body.dossier.code}`,
      `reference=${encodeURIComponent(torn)}`,
      `dossier=${body.dossier.code}&status=open`,
    ]) {
      expect((await get(`/api/obligations?${query}`)).data.map((found: { id: string }) => found.id)).toEqual([body.id]);
    }
    expect((await get(`/api/obligations?dossier=${body.dossier.code}&status=paid`)).data).toEqual([]);
    const elsewhere = await service.call('get', '/api/obligations?agency=H26.90', undefined, 'demo-api-key-quay1').expect(200);
    expect(elsewhere.body.data).toEqual([]);
  });

  it('searches transactions without regard to case, also beyond ASCII', async () => {
    await tell(service, { content: 'NGUYỄN THỊ MẪU nop tien', amount: 5_000 }).expect(200);
    for (const q of ['nguyễn thị', 'NGUYỄN THỊ']) {
      expect((await get(`/api/transactions?q=${encodeURIComponent(q)}`)).data).toMatchObject([{ amount: 5_000, state: 'unapplied' }]);
    }
    await tell(service, { content: 'NGUYỄN', amount: 7_000, accountNumber: '000' }).expect(200);
    expect((await get('/api/transactions')).data).toHaveLength(1);
  });

  it('lists agencies as a tree with dates, accounts without secrets, and procedures by part of their name', async () => {
    const agencies = (await get('/api/agencies')).data;
    expect(agencies).toContainEqual(expect.objectContaining({ code: 'H26.29', parentCode: 'H26', validTo: '2025-06-30' }));
    const accounts = (await get('/api/accounts')).data;
    expect(accounts).toHaveLength(3);
    expect(accounts[0].providers).toContain('sepay');
    expect(JSON.stringify(accounts)).not.toContain('secret');
    const found = (await get(`/api/procedures?q=${encodeURIComponent('chung thuc ban sao')}`)).data;
    expect(found).toContainEqual(expect.objectContaining({ code: '2.000815', sectorCode: 'CHUNG_THUC', sectorName: 'Chứng thực' }));
  });

  it('shows fees and estimates to everybody, with the steps', async () => {
    const fees = (await publicly('/api/fees?procedure=2.000815&agency=H26.101')).data;
    expect(fees).toMatchObject([{ id: 'CT-2.000815', kind: 'phi', chargeable: true, collectWhen: 'khi_nop_ho_so' }]);
    const unset = (await publicly('/api/fees?procedure=1.012783&agency=H26.90')).data;
    expect(unset).toMatchObject([{ chargeable: false, why: 'not_set_by_council' }]);
    const cost = async (query: string) => (await publicly(`/api/fees/estimate?${query}`)).amount;
    expect(await cost('feeId=CT-2.000815&units=5&quantity=3')).toBe(21_000);
    expect(await cost('feeId=CT-2.000815&units=198')).toBe(200_000);
    expect(await cost('feeId=CT-2.000815&units=250&quantity=2')).toBe(400_000);
    expect(await cost('feeId=DD-H26-TD-1.012787&value=1000000000')).toBe(1_500_000);
    expect(await cost('feeId=DD-H26-TD-1.012787&value=9000000000')).toBe(5_000_000);
    expect(await cost('feeId=DD-H26-BD-1.012787&case.khu_vuc=phuong')).toBe(28_000);
    expect((await publicly('/api/fees/estimate?feeId=CT-2.000815&units=3')).trace).toHaveLength(2);
  });

  it('keeps lines of 0 ₫, asks nothing for them, and leaves them out of the ratio', async () => {
    const free = { ...certifiedCopy({ procedureCode: '1.001193', processingStartedAt: '2025-06-02T08:00:00+07:00' }) };
    const body = { ...free, fees: [{ feeId: 'HT-H26-1.001193', case: { tinh_trang_thoi_han: 'dung_han' } }] };
    const issued = (await service.call('post', '/api/obligations', body).expect(201)).body;
    expect(issued).toMatchObject({ status: 'free', feeItems: [{ amount: 0 }], amounts: { due: 0 } });
    expect((await service.call('post', `/api/obligations/${issued.id}/payment-requests`, { method: 'vietqr' })).body.code).toBe(
      'obligation_free',
    );
    const june = await get('/api/reports/payment-ratios?from=2025-06-01&to=2025-06-30');
    expect(june.total).toMatchObject({ obligations: 0, onlineRatio: null, cashlessRatio: null });
  });

  it('describes itself: every route of the contract is there, and each that it names is served', async () => {
    const description = await publicly('/openapi.json');
    expect(description.openapi).toBe('3.1.0');
    expect(Object.keys(description.paths)).toEqual(
      expect.arrayContaining([
        '/api/accounts',
        '/api/agencies',
        '/api/dossiers/{code}/sync-flag',
        '/api/events',
        '/api/fees',
        '/api/fees/estimate',
        '/api/obligations',
        '/api/obligations/{id}',
        '/api/obligations/{id}/cancel',
        '/api/obligations/{id}/cash',
        '/api/obligations/{id}/payment-requests',
        '/api/procedures',
        '/api/receipts/{number}',
        '/api/reconciliations/{account}/{day}',
        '/api/reconciliations/{account}/{day}/close',
        '/api/refunds',
        '/api/refunds/{id}/approve',
        '/api/refunds/{id}/refuse',
        '/api/reports/payment-ratios',
        '/api/reports/payment-ratios/members',
        '/api/shifts',
        '/api/shifts/{id}/close',
        '/api/statements',
        '/api/transactions',
        '/api/transactions/{id}/resolve',
        '/api/transactions/{id}/undo',
      ]),
    );
    for (const [path, operations] of Object.entries<object>(description.paths))
      for (const method of Object.keys(operations)) {
        const address = path.replace(/\{\w+\}/g, 'nothing');
        const { code } = (await service.call(method === 'get' ? 'get' : 'post', address, method === 'get' ? undefined : {})).body;
        expect([method, path, code]).not.toEqual([method, path, 'route_unknown']);
      }
    const body = description.paths['/api/obligations'].post.requestBody.content['application/json'].schema;
    expect(Object.keys(body.properties)).toEqual(['dossier', 'fees', 'preference', 'counterId']);
  });

  it('says that it is well, and counts webhooks for operators', async () => {
    expect(await publicly('/health')).toMatchObject({ status: 'ok', database: 'ok' });
    await request(service.server).post('/webhooks/sepay').send('{}').expect(401);
    const metrics = (await request(service.server).get('/metrics').expect(200)).text;
    expect(metrics).toContain('webhooks_total{provider="sepay",outcome="refused"} 1');
  });
});

describe('the ratio of the worked example', () => {
  let service: TestService;
  beforeAll(async () => (service = await openTestService('SQLite')));
  afterAll(() => service.end());

  it('is 60,00 % for land, 75,00 % for civil status and 68,18 % in all', async () => {
    const dossier = (procedureCode: string, processingStartedAt: string) => certifiedCopy({ procedureCode, processingStartedAt }).dossier;
    const november = '2026-11-01T00:30:00+07:00';
    const land = (n: number) => ({
      dossier: dossier('1.012787', november),
      fees: [{ feeId: 'DD-H26-BD-1.012787', case: { khu_vuc: n % 2 ? 'phuong' : 'khu_vuc_khac' } }],
    });
    const civil = (n: number) => ({
      dossier: dossier('1.001193', november),
      fees: [{ feeId: 'HT-H26-1.001193', case: { tinh_trang_thoi_han: n < 20 ? 'dung_han' : 'qua_han' } }],
    });
    const issue = async (body: { dossier: { code: string } }, flagged: boolean) => {
      await service.call('post', '/api/obligations', body).expect(201);
      if (!flagged) return;
      await service
        .call('post', `/api/dossiers/${body.dossier.code}/sync-flag`, { paidOnlineFlag: 2, at: '2026-11-20T08:00:00Z' })
        .expect(200);
    };
    for (let n = 0; n < 50; n++) await issue(land(n), n < 30);
    for (let n = 0; n < 80; n++) await issue(civil(n), n >= 20 && n < 65);

    const report = (await service.call('get', '/api/reports/payment-ratios?from=2026-11-01&to=2026-11-30').expect(200)).body;
    const ratios = report.rows.map((row: { key: string; obligations: number; onlineRatio: string }) => [
      row.key,
      row.obligations,
      row.onlineRatio,
    ]);
    expect(ratios).toEqual([
      ['DAT_DAI', 50, '60.00'],
      ['HO_TICH', 60, '75.00'],
    ]);
    expect(report.total).toMatchObject({ obligations: 110, paidOnline: 75, onlineRatio: '68.18' });
    expect((await service.call('get', '/api/reports/payment-ratios?from=2026-10-01&to=2026-10-31').expect(200)).body.rows).toEqual([]);
  });
});
