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
    await service.call('post', `/api/transactions/${id}/resolve`, { action: 'not_ours', reason: 'chuyển nhầm' }, finance).expect(200);
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
