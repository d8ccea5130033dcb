// The walk: from a dossier to the books and the ratio, through HTTP, on both databases.
import { brokenLaws, numberOf } from './support/books';
import { tell } from './support/bank';
import { certifiedCopy, databases, openTestService, type TestService } from './support/office';

const month = 'from=2026-01-01&to=2099-12-31';

describe.each(databases)('the walk on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => (service = await openTestService(kind)));
  afterAll(() => service.end());

  const issue = async (body: object = certifiedCopy()) => (await service.call('post', '/api/obligations', body).expect(201)).body;
  const see = async (id: string) => (await service.call('get', `/api/obligations/${id}`).expect(200)).body;
  const offer = async (id: string) =>
    (await service.call('post', `/api/obligations/${id}/payment-requests`, { method: 'vietqr', counterId: 'quay-1' }).expect(201)).body;
  const count = (text: string) => numberOf(service.config.databaseUrl, text);

  it('issues 21.000 ₫ for five pages in three copies, with its legal basis', async () => {
    const issued = await issue();
    expect(issued).toMatchObject({ status: 'open', flags: [], amounts: { due: 21_000, paid: 0, outstanding: 21_000 } });
    expect(issued.reference).toMatch(/^NP[2-9A-HJ-NP-Z]{8}$/);
    expect(issued.feeItems).toMatchObject([
      { feeId: 'CT-2.000815', kind: 'phi', amount: 21_000, legalBasis: ['Thông tư 226/2016/TT-BTC'] },
    ]);
  });

  it('pays an obligation by a transfer whose reference Vietcombank and MB have torn apart, told twenty times at once', async () => {
    const issued = await issue();
    const request = await offer(issued.id);
    expect(request).toMatchObject({
      method: 'vietqr',
      amount: 21_000,
      status: 'open',
      vietqr: { accountNumber: '1026101000', content: issued.reference },
    });
    const torn = `${issued.reference.slice(0, 6)} ${issued.reference.slice(6)}`;
    const transfer = { content: `MBVCB.4125261053.047334.${torn} CT tu 0123456789 toi`, amount: 21_000, id: 77_001 };

    const answers = await Promise.all(Array.from({ length: 20 }, () => tell(service, transfer)));

    expect(answers.map((answer) => [answer.status, answer.body])).toEqual(answers.map(() => [200, { success: true }]));
    const paid = await see(issued.id);
    expect(paid).toMatchObject({ status: 'paid', flags: [], amounts: { paid: 21_000, outstanding: 0, over: 0 } });
    expect(paid.payments).toMatchObject([
      {
        provider: 'sepay',
        method: 'vietqr',
        amount: 21_000,
        proof: { rule: 'exact_reference', readings: [{ reference: issued.reference, how: 'exact' }] },
      },
    ]);
    expect(await count(`SELECT count(*) FROM incoming_transaction WHERE provider_id = '77001'`)).toBe(1);
    expect(await count(`SELECT count(*) FROM posting WHERE cause = 'transaction' AND cause_id = '${paid.payments[0].transactionId}'`)).toBe(
      1,
    );
  });

  it('counts the dossier as online and cashless in its sector, and lists it behind the number', async () => {
    const issued = await issue(certifiedCopy({ processingStartedAt: '2025-03-02T08:00:00+07:00' }));
    await offer(issued.id);
    await tell(service, { content: issued.reference, amount: 21_000 }).expect(200);
    const question = 'from=2025-03-01&to=2025-03-31&by=sector';
    const report = (await service.call('get', `/api/reports/payment-ratios?${question}`).expect(200)).body;
    expect(report.rows).toMatchObject([
      { key: 'CHUNG_THUC', obligations: 1, paidOnline: 1, paidCashless: 1, onlineRatio: '100.00', cashlessRatio: '100.00' },
    ]);
    const members = (await service.call('get', `/api/reports/payment-ratios/members?${question}&key=CHUNG_THUC&part=online`).expect(200))
      .body;
    expect(members.data.map((dossier: { code: string }) => dossier.code)).toEqual([issued.dossier.code]);
  });

  it('counts a transfer without a QR as cashless but not online, and believes the portal when it speaks', async () => {
    const issued = await issue(certifiedCopy({ processingStartedAt: '2025-04-02T08:00:00+07:00' }));
    await tell(service, { content: issued.reference, amount: 21_000 }).expect(200);
    const april = async () =>
      (await service.call('get', '/api/reports/payment-ratios?from=2025-04-01&to=2025-04-30').expect(200)).body.total;
    expect(await april()).toMatchObject({ obligations: 1, paidOnline: 0, paidCashless: 1, onlineRatio: '0.00' });
    const flag = `/api/dossiers/${issued.dossier.code}/sync-flag`;
    await service.call('post', flag, { paidOnlineFlag: 1, at: '2026-11-22T08:00:00+07:00' }).expect(200);
    expect(await april()).toMatchObject({ paidOnline: 1, onlineRatio: '100.00' });
    await service.call('post', flag, { paidOnlineFlag: 0, at: '2026-11-21T08:00:00+07:00' }).expect(200);
    expect(await april()).toMatchObject({ paidOnline: 1 });
    await service.call('post', flag, { paidOnlineFlag: 0, at: '2026-11-23T08:00:00+07:00' }).expect(200);
    expect(await april()).toMatchObject({ paidOnline: 0 });
  });

  it('takes a payment in two parts, offering a QR for exactly the remainder', async () => {
    const issued = await issue();
    await offer(issued.id);
    await tell(service, { content: issued.reference, amount: 1_000 }).expect(200);
    expect(await see(issued.id)).toMatchObject({ status: 'part_paid', amounts: { paid: 1_000, outstanding: 20_000 } });
    expect(await offer(issued.id)).toMatchObject({ amount: 20_000, vietqr: { content: issued.reference } });
    await tell(service, { content: issued.reference, amount: 20_000 }).expect(200);
    expect(await see(issued.id)).toMatchObject({ status: 'paid', amounts: { outstanding: 0 } });
  });

  it('holds what is too much, a second payment, money after cancellation and money without a reference', async () => {
    const over = await issue();
    await offer(over.id);
    await tell(service, { content: over.reference, amount: 30_000 }).expect(200);
    expect(await see(over.id)).toMatchObject({ status: 'overpaid', flags: [], amounts: { paid: 21_000, over: 9_000 } });

    const twice = await issue();
    await tell(service, { content: twice.reference, amount: 21_000 }).expect(200);
    await tell(service, { content: twice.reference, amount: 21_000 }).expect(200);
    expect(await see(twice.id)).toMatchObject({ status: 'overpaid', flags: ['duplicate'], amounts: { paid: 21_000, over: 21_000 } });

    const gone = await issue();
    await service.call('post', `/api/obligations/${gone.id}/cancel`, { reason: 'Công dân rút hồ sơ' }, 'demo-api-key-quay1').expect(200);
    await tell(service, { content: gone.reference, amount: 21_000 }).expect(200);
    expect(await see(gone.id)).toMatchObject({ status: 'cancelled', flags: ['after_cancel'], amounts: { paid: 0, over: 21_000 } });

    await tell(service, { content: 'CUSTOMER Chuyen tien Trace 571867', amount: 55_000 }).expect(200);
    const held = (await service.call('get', '/api/transactions?state=unapplied&limit=200').expect(200)).body.data;
    expect(held.map(({ why, unapplied }: { why: string; unapplied: number }) => [why, unapplied])).toEqual([
      ['no_reference', 55_000],
      ['after_cancel', 21_000],
      ['duplicate', 21_000],
      ['excess', 9_000],
    ]);
  });

  it('accepts money after the QR expired, and says that it came late', async () => {
    const issued = await issue();
    await offer(issued.id);
    await tell(service, { content: issued.reference, amount: 21_000, time: '2099-01-01 10:00:00' }).expect(200);
    expect(await see(issued.id)).toMatchObject({ status: 'paid', flags: ['late'], amounts: { paid: 21_000 } });
  });

  it('takes cash up to what is owed, and then counts neither online nor cashless', async () => {
    const issued = await issue(certifiedCopy({ processingStartedAt: '2025-05-02T08:00:00+07:00' }));
    const cash = (amount: number) => service.call('post', `/api/obligations/${issued.id}/cash`, { amount, counterId: 'quay-1' });
    expect((await cash(21_001).expect(409)).body.code).toBe('cash_over_outstanding');
    expect((await cash(21_000).expect(201)).body).toMatchObject({
      status: 'paid',
      payments: [{ method: 'cash', amount: 21_000, transactionId: null }],
    });
    expect((await cash(1).expect(409)).body.code).toBe('obligation_already_paid');
    const may = (await service.call('get', '/api/reports/payment-ratios?from=2025-05-01&to=2025-05-31').expect(200)).body.total;
    expect(may).toMatchObject({ obligations: 1, paidOnline: 0, paidCashless: 0 });
  });

  it('keeps but never books money for an account that the sender does not speak for, money that left, and test calls', async () => {
    const issued = await issue();
    await tell(service, { content: issued.reference, amount: 21_000, accountNumber: '999999' }).expect(200);
    await tell(service, { content: issued.reference, amount: 21_000, transferType: 'out' }).expect(200);
    await tell(service, { content: issued.reference, amount: 21_000, id: 0 }).expect(200);
    expect(await see(issued.id)).toMatchObject({ status: 'open', amounts: { paid: 0 } });
    expect(await count(`SELECT count(*) FROM incoming_transaction WHERE state IN ('foreign', 'outgoing', 'test')`)).toBe(3);
  });

  it('answers a wrong signature 401 and keeps nothing', async () => {
    const before = await count('SELECT count(*) FROM delivery');
    await tell(service, { content: 'NP', amount: 1_000 }, 'not-the-secret').expect(401);
    expect(await count('SELECT count(*) FROM delivery')).toBe(before);
  });

  it('says when money came to the account of another agency, whether a QR was offered or not', async () => {
    const [direct, offered] = [await issue(), await issue()];
    await offer(offered.id);
    for (const { reference } of [direct, offered]) {
      await tell(service, { content: reference, amount: 21_000, accountNumber: '21610026900' }).expect(200);
    }
    expect(await see(direct.id)).toMatchObject({ status: 'paid', flags: ['wrong_account'] });
    expect(await see(offered.id)).toMatchObject({ status: 'paid', flags: ['wrong_account'] });
    await tell(service, { content: offered.reference, amount: 21_000, time: '2099-01-01 10:00:00' }).expect(200);
    expect(await see(offered.id)).toMatchObject({ status: 'overpaid', flags: ['duplicate', 'late', 'wrong_account'] });
  });

  it('keeps other money under a known id for a person, and survives the largest sums', async () => {
    const issued = await issue();
    await tell(service, { content: issued.reference, amount: 1_000, id: 88_001 }).expect(200);
    await tell(service, { content: issued.reference, amount: 20_000, id: 88_001 }).expect(200, { success: true });
    expect(await count(`SELECT count(*) FROM delivery WHERE state = 'unreadable' AND problem LIKE 'contradicts_earlier%'`)).toBe(1);
    expect(await see(issued.id)).toMatchObject({ status: 'part_paid', amounts: { paid: 1_000 } });
    for (const id of [88_002, 88_003]) await tell(service, { content: issued.reference, amount: 999_999_999_999, id }).expect(200);
    expect(await see(issued.id)).toMatchObject({ status: 'overpaid', amounts: { paid: 21_000, over: 1_999_999_979_998 } });
  });

  it('cancels once when four officers cancel at once', async () => {
    for (let round = 0; round < 5; round++) {
      const issued = await issue();
      const cancel = () => service.call('post', `/api/obligations/${issued.id}/cancel`, { reason: 'rút hồ sơ' }, 'demo-api-key-quay1');
      const answers = await Promise.all([cancel(), cancel(), cancel(), cancel()]);
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409]);
    }
  });

  it('moves a dossier to the month in which its processing started, once that is known', async () => {
    const first = certifiedCopy();
    await issue(first);
    const second = { dossier: { ...first.dossier, processingStartedAt: '2025-07-02T08:00:00+07:00' }, fees: first.fees };
    const { data } = (await service.call('get', `/api/obligations?dossier=${first.dossier.code}`)).body;
    await tell(service, { content: data[0].reference, amount: 21_000 }).expect(200);
    await issue(second);
    const july = (await service.call('get', '/api/reports/payment-ratios?from=2025-07-01&to=2025-07-31').expect(200)).body.total;
    expect(july).toMatchObject({ obligations: 1, paidCashless: 0, amountDue: 42_000 });
    const other = { ...second, dossier: { ...second.dossier, channel: 'online' } };
    expect((await service.call('post', '/api/obligations', other).expect(409)).body).toMatchObject({
      code: 'dossier_conflict',
      detail: 'channel',
    });
  });

  it('announces what happened in the order in which it happened', async () => {
    const issued = await issue();
    await offer(issued.id);
    await tell(service, { content: issued.reference, amount: 21_000 }).expect(200);
    const events = (await service.call('get', '/api/events?after=0&limit=200').expect(200)).body.data;
    const own = events.filter((event: { data: { id: string } }) => event.data.id === issued.id);
    expect(own.map((event: { type: string; version: number }) => [event.type, event.version])).toEqual([
      ['obligation.issued', 1],
      ['payment_request.opened', 1],
      ['obligation.paid', 2],
    ]);
  });

  it('leaves the books sound, and the ratios equal to their members', async () => {
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
    for (const part of ['denominator', 'online', 'cashless'] as const) {
      const total = (await service.call('get', `/api/reports/payment-ratios?${month}`).expect(200)).body.total;
      const members = (await service.call('get', `/api/reports/payment-ratios/members?${month}&part=${part}&limit=200`).expect(200)).body
        .data;
      expect(members).toHaveLength({ denominator: total.obligations, online: total.paidOnline, cashless: total.paidCashless }[part]);
    }
  });
});
