// Candidates: what a transaction over the API may be meant for while some of it has no home; each with its reasons, never decided.
import { addMs, vietnamTimeOf } from '../../src/domain/time';
import { tell, tellWithPayer, type Transfer } from '../support/bank';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

const finance = 'demo-api-key-ketoan';

describe.each(databases)('candidates on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => (service = await openTestService(kind)));
  afterAll(() => service.end());

  const issued = async (changes: object = {}) => (await service.call('post', '/api/obligations', certifiedCopy(changes)).expect(201)).body;
  const transaction = async (id: string) => (await service.call('get', `/api/transactions/${id}`).expect(200)).body;

  let told = 7_500_000;
  /** The id of a transfer that has just been told. */
  async function arrived(transfer: Transfer): Promise<string> {
    const id = ++told;
    await tell(service, { ...transfer, id }).expect(200);
    return (await service.call('get', `/api/transactions?q=FT${id}`).expect(200)).body.data[0].id;
  }

  it('that name the likeliest obligation and why, as long as some of it has no home', async () => {
    const { id: obligationId, reference } = await issued({ applicant: { name: 'Trần Thị Ứng Viên' } });
    const damaged = `${reference.slice(0, 9)}${reference.endsWith('2') ? '3' : '2'}`;
    const id = await arrived({ content: `nop phi ${damaged}`, amount: 20_999 });
    const { candidates } = await transaction(id);
    expect(candidates[0]).toMatchObject({
      obligationId,
      reference,
      outstanding: 21_000,
      reasons: ['near_reference', 'same_counter_account'],
    });
    await service
      .call('post', `/api/transactions/${id}/resolve`, { action: 'not_ours', reason: 'chuyển nhầm', decisionsSeen: 0 }, finance)
      .expect(200);
    expect(await transaction(id)).not.toHaveProperty('candidates');
  });

  it('of the same amount, of an offer shortly before, and of a payer who paid before', async () => {
    const one = await openTestService(kind);
    const issue = async (name: string) =>
      (await one.call('post', '/api/obligations', certifiedCopy({ applicant: { name } })).expect(201)).body;
    const paid = await issue('Nguyễn Văn An');
    const yesterday = vietnamTimeOf(addMs(one.ctx.now(), -86_400_000));
    await tellWithPayer(one, { content: paid.reference, amount: 21_000, time: yesterday }, '0123456789').expect(200);
    const [again, offered] = [await issue('Nguyễn Văn An'), await issue('Lê Thị Bình')];
    await one.call('post', `/api/obligations/${offered.id}/payment-requests`, { method: 'vietqr', counterId: 'quay-1' }).expect(201);
    const content = 'MBVCB.123456.nop phi.CT tu 0123456789 NGUYEN VAN A toi 1026101000';
    await tell(one, { content, amount: 21_000 }).expect(200);
    const found = (await one.call('get', '/api/transactions?state=unapplied')).body.data;
    const { candidates } = (await one.call('get', `/api/transactions/${found[0].id}`)).body;
    expect(candidates).toMatchObject([
      { obligationId: again.id, reasons: ['same_amount', 'payer_paid_before', 'same_counter_account'], score: 75 },
      { obligationId: offered.id, reasons: ['same_amount', 'offered_shortly_before', 'same_counter_account'], score: 65 },
    ]);
    await one.end();
  });

  it('only within the sight of who asks', async () => {
    const fees = [{ feeId: 'DD-H26-BD-1.012787', case: { khu_vuc: 'phuong' } }];
    const body = { ...certifiedCopy({ procedureCode: '1.012787', agencyCode: 'H26.90' }), fees };
    const land = (await service.call('post', '/api/obligations', body).expect(201)).body;
    const id = await arrived({ content: 'nop phi', amount: land.amounts.due });
    const seenBy = async (key: string): Promise<string[]> =>
      (await service.call('get', `/api/transactions/${id}`, undefined, key)).body.candidates.map(
        (one: { obligationId: string }) => one.obligationId,
      );
    expect(await seenBy('demo-api-key-quay1')).not.toContain(land.id);
    expect(await seenBy(finance)).toContain(land.id);
  });
});

describe.each(databases)('candidates among many who owe just as much, on %s', (kind) => {
  let service: TestService;
  const names: Record<string, string> = {};
  beforeAll(async () => {
    service = await openTestService(kind);
    for (const quantity of [3, 6]) {
      for (let number = 1; number <= 7; number++) await offered(await issue(`Người Lạ ${number}`, quantity));
    }
  });
  afterAll(() => service.end());

  /** Of 7.000 each. */
  async function issue(name: string, quantity = 3, code?: string) {
    const body = certifiedCopy({ applicant: { name }, ...(code ? { code } : {}) });
    const fees = body.fees.map((fee) => ({ ...fee, quantity }));
    const obligation = (await service.call('post', '/api/obligations', { ...body, fees }).expect(201)).body;
    names[obligation.id] = name;
    return obligation;
  }
  const offered = ({ id }: { id: string }) =>
    service.call('post', `/api/obligations/${id}/payment-requests`, { method: 'vietqr', counterId: 'quay-1' }).expect(201);

  let told = 8_500_000;
  async function candidatesFor(transfer: Transfer, payerName?: string): Promise<{ name: string; reasons: string[] }[]> {
    const id = ++told;
    await (payerName ? tellWithPayer(service, { ...transfer, id }, '0011', payerName) : tell(service, { ...transfer, id })).expect(200);
    const transactionId = (await service.call('get', `/api/transactions?q=FT${id}`).expect(200)).body.data[0].id;
    const { candidates } = (await service.call('get', `/api/transactions/${transactionId}`).expect(200)).body;
    return candidates.map((one: { obligationId: string; reasons: string[] }) => ({ name: names[one.obligationId], reasons: one.reasons }));
  }

  it.each([
    ['as it was issued', 'nop phi ho so 000.00.18.H26-261121-0001', '000.00.18.H26-261121-0001'],
    ['with spaces for its dots and dashes', 'nop phi 00000 18H26 261121 0002 cam on', '000.00.18.H26-261121-0002'],
    ['without anything between', 'nop phi 0000018H262611210003', '000.00.18.H26-261121-0003'],
    ['of the national portal', 'nop phi h26 101 261121 000004', 'H26.101-261121-000004'],
  ])('put the one first whose dossier code the content holds, %s', async (_, content, code) => {
    await issue('Vũ Thị Hồ Sơ', 3, code);
    const [first] = await candidatesFor({ content, amount: 21_000 });
    expect(first).toEqual({ name: 'Vũ Thị Hồ Sơ', reasons: ['dossier_code', 'same_amount', 'same_counter_account'] });
  });

  it('put both dossiers of the payer first, for all that they owe together and for each alone', async () => {
    await issue('Đặng Thị Giang');
    await issue('ĐẶNG THỊ GIANG');
    const both = await candidatesFor({ content: 'chuyen tien', amount: 42_000 }, 'DANG THI GIANG');
    const sum = ['payer_is_applicant', 'sum_of_applicant', 'same_counter_account'];
    expect(both.slice(0, 2)).toEqual([
      { name: 'ĐẶNG THỊ GIANG', reasons: sum },
      { name: 'Đặng Thị Giang', reasons: sum },
    ]);
    const either = await candidatesFor({ content: 'chuyen tien', amount: 21_000 }, 'DANG THI GIANG');
    const amount = ['payer_is_applicant', 'same_amount', 'same_counter_account'];
    expect(either.slice(0, 2)).toEqual([
      { name: 'ĐẶNG THỊ GIANG', reasons: amount },
      { name: 'Đặng Thị Giang', reasons: amount },
    ]);
  });

  it('put the one first whose applicant the content names', async () => {
    await issue('Trương Thị Mỹ Duyên');
    const [first] = await candidatesFor({ content: 'nop phi cho TRUONG THI MY DUYEN ho so hom nay', amount: 21_000 });
    expect(first).toEqual({ name: 'Trương Thị Mỹ Duyên', reasons: ['applicant_in_content', 'same_amount', 'same_counter_account'] });
  });

  it('put the one first whose reference was written without NP', async () => {
    const { reference } = await issue('Hồ Không Đầu');
    const [first] = await candidatesFor({ content: `ma so ${reference.slice(2)}`, amount: 21_000 });
    expect(first).toEqual({ name: 'Hồ Không Đầu', reasons: ['bare_reference', 'same_amount', 'same_counter_account'] });
  });

  it('say that a reference is written exactly where it is', async () => {
    const [one, other] = [await issue('Lê Thị Một'), await issue('Lê Thị Hai')];
    const found = await candidatesFor({ content: `${one.reference} ${other.reference}`, amount: 30_000 });
    expect(found.slice(0, 2)).toEqual([
      { name: 'Lê Thị Hai', reasons: ['exact_reference', 'same_counter_account'] },
      { name: 'Lê Thị Một', reasons: ['exact_reference', 'same_counter_account'] },
    ]);
  });

  it('are the freshest where nothing else tells them apart', async () => {
    await offered(await issue('Người Vừa Đến'));
    const found = await candidatesFor({ content: 'nop phi', amount: 21_000, time: vietnamTimeOf(addMs(service.ctx.now(), 1000)) });
    expect(found.map(({ name }) => name)).toEqual(['Người Vừa Đến', ...[7, 6, 5, 4].map((number) => `Người Lạ ${number}`)]);
  });
});
