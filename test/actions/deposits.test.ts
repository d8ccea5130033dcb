// Cash that goes back over the counter, and cash that is brought to the bank: every đồng leaves the drawer once, and the cash book ties to the books.
import { issueReceipts } from '../../src/actions/issueReceipts';
import { matchDeposits } from '../../src/actions/matchDeposits';
import { addMs, dayOf } from '../../src/domain/time';
import { tell } from '../support/bank';
import { brokenLaws, numberOf } from '../support/books';
import { cashDeskAt } from '../support/cashDesk';
import { databases, openTestService, type TestService } from '../support/office';

const supervisor = 'demo-api-key-ketoantruong';
const officer = 'demo-api-key-ketoan';

describe.each(databases)('cash back and to the bank on %s', (kind) => {
  let service: TestService;
  let desk: ReturnType<typeof cashDeskAt>;
  beforeAll(async () => {
    service = await openTestService(kind);
    desk = cashDeskAt(service);
  });
  afterAll(() => service.end());

  const today = () => dayOf(service.ctx.now());
  const asked = (id: string, key?: string) => desk.post(`/obligations/${id}/cash-returns`, { reason: 'Công dân rút hồ sơ' }, key);
  const act = (id: string, step: string, key: string, body: object = {}) => desk.post(`/cash-returns/${id}/${step}`, body, key);
  const closedWith = async (counterId: string, counted: number, key = 'demo-api-key-quay1') => {
    const { id } = await desk.openShiftOf(counterId);
    await desk.close(id, { counted, reason: 'Đếm cuối ca' }, key).expect(200);
    return id;
  };
  /** Each counter's cash book of today against the postings of its cash, to the đồng. */
  const tied = async (): Promise<void> => {
    const { counters, total } = (await desk.get(`/cash-books/H26/${today()}`, officer).expect(200)).body;
    for (const { counterId, opening, rows, closing } of counters) {
      expect([counterId, closing]).toEqual([counterId, await desk.booked(`cash:${counterId}`)]);
      expect(opening + rows.reduce((sum: number, { amount }: { amount: number }) => sum + amount, 0)).toBe(closing);
    }
    expect((await desk.get('/cash-books/H26/hom-nay', officer)).status).toBe(400);
    expect(total.closing).toBe(counters.reduce((sum: number, { closing }: { closing: number }) => sum + closing, 0));
  };

  it('cash goes back when one asked and another approved: the obligation is cancelled, the drawer is lighter, the receipt is found wrong', async () => {
    const id = await desk.paidInCash();
    while ((await issueReceipts(service.ctx)) > 0);
    const refund = await service
      .call('post', `/api/obligations/${id}/cancel`, { reason: 'Rút', refund: true }, 'demo-api-key-quay1')
      .expect(409);
    expect(refund.body.code).toBe('obligation_has_cash');
    const { id: returnId, amount, status } = (await asked(id).expect(201)).body;
    expect([amount, status]).toEqual([21_000, 'asked']);
    expect((await asked(id).expect(409)).body.code).toBe('cash_return_exists');
    expect((await act(returnId, 'pay', 'demo-api-key-quay1', { counterId: 'quay-1' }).expect(409)).body.code).toBe('cash_return_changed');
    expect((await act(returnId, 'approve', 'demo-api-key-quay1').expect(403)).body.code).toBe('role_insufficient');
    const approvals = await Promise.all([act(returnId, 'approve', supervisor), act(returnId, 'approve', supervisor)]);
    expect(approvals.map((answer) => answer.status).sort()).toEqual([200, 409]);
    const payments = await Promise.all([1, 2].map(() => act(returnId, 'pay', 'demo-api-key-quay1', { counterId: 'quay-1' })));
    expect(payments.map((answer) => answer.status).sort()).toEqual([200, 409]);
    expect((await desk.get(`/obligations/${id}`)).body).toMatchObject({ status: 'cancelled', amounts: { paid: 0 }, payments: [] });
    expect(await desk.openShiftOf('quay-1')).toMatchObject({ takings: { cash: 21_000 }, cashReturned: 21_000, expected: 0 });
    const wrong = `SELECT count(*) FROM receipt r JOIN receipt_notice n ON n.receipt_id = r.id WHERE r.obligation_id = '${id}' AND n.state = 'confirmed' AND n.given_by <> n.decided_by`;
    expect(await numberOf(service.config.databaseUrl, wrong)).toBe(1);
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
    await tied();
  });

  it('who asked does not approve, may withdraw, and may ask again; what came by transfer is refunded by the finance desk', async () => {
    const { id, reference } = await desk.issued();
    await desk.post(`/obligations/${id}/cash`, { amount: 1_000, counterId: 'quay-1' }).expect(201);
    await tell(service, { content: reference, amount: 20_000 }).expect(200);
    const first = (await asked(id, supervisor).expect(201)).body;
    expect(first.amount).toBe(1_000);
    expect((await act(first.id, 'approve', supervisor).expect(403)).body.code).toBe('second_person_required');
    await act(first.id, 'withdraw', supervisor).expect(200);
    const second = (await asked(id).expect(201)).body;
    await act(second.id, 'approve', supervisor).expect(200);
    expect((await act(second.id, 'pay', 'demo-api-key-quay2', { counterId: 'quay-2' }).expect(409)).body.code).toBe('shift_missing');
    await act(second.id, 'pay', 'demo-api-key-quay1', { counterId: 'quay-1' }).expect(200);
    expect((await desk.get(`/obligations/${id}`)).body.status).toBe('cancelled');
    expect(await numberOf(service.config.databaseUrl, `SELECT sum(amount) FROM resolution WHERE action = 'refund'`)).toBe(20_000);
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });

  it('more than the drawer holds is not paid out', async () => {
    const id = await desk.paidInCash('quay-dat-dai', 'demo-api-key');
    const { id: returnId } = (await asked(id).expect(201)).body;
    await act(returnId, 'approve', supervisor).expect(200);
    expect((await act(returnId, 'pay', 'demo-api-key-quay1', { counterId: 'quay-1' }).expect(409)).body.code).toBe('shift_cash_short');
    await act(returnId, 'refuse', supervisor).expect(200); // approved, and never fetched
    const again = (await asked(id).expect(201)).body;
    await act(again.id, 'withdraw', 'demo-api-key-quay1').expect(200);
  });

  it('cash of closed shifts is brought to the bank once, in the amount that they put aside', async () => {
    await desk.paidInCash();
    const shiftId = await closedWith('quay-1', 21_000);
    const deposit = { agencyCode: 'H26.101', shiftIds: [shiftId], amount: 21_000, day: today(), slipNumber: 'GNT 0004711' };
    expect((await desk.post('/deposits', { ...deposit, amount: 20_000 }).expect(409)).body.code).toBe('deposit_amount_differs');
    expect((await desk.post('/deposits', { ...deposit, day: '2020-01-01' }).expect(409)).body.code).toBe('deposit_day_wrong');
    const answers = await Promise.all([desk.post('/deposits', deposit), desk.post('/deposits', deposit)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await desk.booked('cash:quay-1')).toBe(0);
    expect(await desk.booked('cash_in_transit:H26.101')).toBe(21_000);
    await tied();
  });

  it('a credit that names a payment pays that, whatever number stands beside it; the one that names the slip is the deposit, found by rule', async () => {
    const { id, reference } = await desk.issued();
    await tell(service, { content: `${reference} GNT0004711`, amount: 21_000 }).expect(200);
    expect((await desk.get(`/obligations/${id}`)).body.status).toBe('paid');
    await tell(service, { content: `GNT0004711 ${reference}`, amount: 21_000 }).expect(200); // a second time: held for its payer
    expect(await matchDeposits(service.ctx)).toBe(0);
    const { data: held } = (await service.call('get', '/api/transactions?state=unapplied', undefined, officer).expect(200)).body;
    expect(held).toHaveLength(1);
    await service.call('post', `/api/transactions/${held[0].id}/resolve`, { action: 'refund', reason: 'Nộp hai lần' }, officer).expect(200);
    await tell(service, { content: 'NOP TIEN MAT GNT0004711', amount: 21_000 }).expect(200);
    expect(await matchDeposits(service.ctx)).toBe(1);
    expect(await matchDeposits(service.ctx)).toBe(0);
    const [found] = (await desk.get('/deposits').expect(200)).body.data;
    expect(found).toMatchObject({ status: 'arrived', arrived: 21_000, onItsWay: 0, isLate: false });
    expect(await desk.booked('cash_in_transit:H26.101')).toBe(0);
    expect((await desk.post(`/deposits/${found.id}/withdraw`, { reason: 'Nhầm' }).expect(409)).body.code).toBe('deposit_arrived');
  });

  it('a credit that came before the finance desk recorded its deposit is found at once by its slip; without its number a person says so, and a difference stays visible', async () => {
    await desk.paidInCash();
    await tell(service, { content: 'NOP TIEN MAT 0004712', amount: 21_000 }).expect(200);
    const first = await closedWith('quay-1', 21_000);
    const body = { agencyCode: 'H26.101', amount: 21_000, day: today() };
    await desk.post('/deposits', { ...body, shiftIds: [first], slipNumber: '04712' }, officer).expect(201);
    expect((await desk.get('/deposits?limit=1')).body.data[0].status).toBe('arrived');
    await desk.paidInCash();
    const second = await closedWith('quay-1', 21_000);
    const { id } = (await desk.post('/deposits', { ...body, shiftIds: [second], slipNumber: '0004713' }).expect(201)).body;
    await tell(service, { content: 'NOP TIEN MAT TAI QUAY', amount: 20_900 }).expect(200);
    expect(await matchDeposits(service.ctx)).toBe(0);
    const { candidateIds } = (await desk.get(`/deposits/${id}`).expect(200)).body;
    const [transactionId] = candidateIds;
    const reason = { transactionId, reason: 'Ngân hàng thu 100 đồng phí kiểm đếm' };
    expect((await desk.post(`/deposits/${id}/attach`, reason).expect(403)).body.code).toBe('role_insufficient');
    expect((await desk.post(`/deposits/${id}/attach`, reason, officer).expect(200)).body.unapplied).toBe(0);
    expect((await desk.get(`/deposits/${id}`)).body).toMatchObject({ status: 'differs', arrived: 20_900, onItsWay: 100 });
    await service.call('post', `/api/transactions/${transactionId}/undo`, { reason: 'Nhầm lần nộp' }, officer).expect(200);
    expect((await desk.get(`/deposits/${id}`)).body).toMatchObject({ status: 'waiting', arrived: 0, onItsWay: 21_000 });
    await desk.post(`/deposits/${id}/attach`, reason, officer).expect(200);
    expect(await desk.booked('cash_in_transit:H26.101')).toBe(100);
  });

  it('whoever works at a counter picks no slip number out of a citizen’s money that is there already, nor one of letters alone', async () => {
    await tell(service, { content: 'MBVCB 4532435693 LE THI MAU', amount: 21_000 }).expect(200);
    await desk.paidInCash();
    const shiftId = await closedWith('quay-1', 21_000);
    const body = { agencyCode: 'H26.101', shiftIds: [shiftId], amount: 21_000, day: today() };
    const waits = async (slipNumber: string, credit?: string) => {
      const { id } = (await desk.post('/deposits', { ...body, slipNumber }).expect(201)).body;
      if (credit) await tell(service, { content: credit, amount: 21_000 }).expect(200);
      expect(await matchDeposits(service.ctx)).toBe(0);
      expect((await desk.get(`/deposits/${id}`)).body.status).toBe('waiting');
      await desk.post(`/deposits/${id}/withdraw`, { reason: 'Ghi lại' }).expect(200);
    };
    await waits('4532435693');
    await waits('NGUYEN', 'NGUYEN VAN MAU nop tien');
    const { id } = (await desk.post('/deposits', { ...body, slipNumber: '4532435693' }, officer).expect(201)).body;
    expect((await desk.get(`/deposits/${id}`)).body.status).toBe('arrived'); // the finance desk decides about such money anyway
  });

  it('a deposit that was recorded wrongly is withdrawn: its cash lies at the counter again, and may be brought anew', async () => {
    await desk.paidInCash();
    const shiftId = await closedWith('quay-1', 21_000);
    const body = { agencyCode: 'H26.101', shiftIds: [shiftId], amount: 21_000, day: today() };
    const { id } = (await desk.post('/deposits', { ...body, slipNumber: 'NHAM-99999' }).expect(201)).body;
    await desk.post(`/deposits/${id}/withdraw`, { reason: 'Ghi nhầm số giấy' }).expect(200);
    expect((await desk.post(`/deposits/${id}/withdraw`, { reason: 'Lần nữa' }).expect(409)).body.code).toBe('deposit_withdrawn');
    expect(await desk.booked('cash:quay-1')).toBe(21_000);
    await tied();
    const { id: last } = (await desk.post('/deposits', { ...body, slipNumber: '0004800' }).expect(201)).body;
    const { data, onItsWaySum } = (await desk.get('/deposits?limit=1').expect(200)).body;
    expect(data.map((one: { id: string; onItsWay: number }) => [one.id === last, one.onItsWay])).toEqual([
      [true, 21_000],
      [false, 100], // older than the list is long, and not forgotten
    ]);
    expect(onItsWaySum).toBe(21_100);
    const { now } = service.ctx;
    service.ctx.now = () => addMs(now(), 10 * 24 * 60 * 60 * 1_000);
    const later = (await desk.get('/deposits?limit=1').expect(200)).body.data;
    service.ctx.now = now;
    expect(later.map((one: { status: string; isLate: boolean }) => [one.status, one.isLate])).toEqual([
      ['waiting', true],
      ['differs', true],
    ]);
    expect(await desk.booked('cash:quay-1')).toBe(0);
    await tied();
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });

  it('what the bank counted less is confirmed by another person and booked as short, and can be taken back', async () => {
    const [, { id }] = (await desk.get('/deposits?limit=1').expect(200)).body.data;
    const short = (key: string, path = '') => desk.post(`/deposits/${id}/shortage${path}`, { note: 'Thủ quỹ nộp bù' }, key);
    const refused = async (answer: ReturnType<typeof short>) => (await answer).body.code;
    const stands = async () => {
      const { status, onItsWay, short: confirmed } = (await desk.get(`/deposits/${id}`).expect(200)).body;
      return [status, onItsWay, confirmed, await desk.booked('cash_in_transit:H26.101'), await desk.booked('cash_short:H26.101')];
    };
    const before = await desk.booked('cash_short:H26.101');
    expect(await refused(short(officer))).toBe('role_insufficient');
    expect(await refused(short(supervisor, '/take-back'))).toBe('deposit_not_short');
    const both = await Promise.all([short(supervisor), short(supervisor)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await stands()).toEqual(['arrived', 0, 100, 21_000, before + 100]);
    const [transactionId] = (await desk.get(`/deposits/${id}`)).body.transactionIds;
    const undone = () => service.call('post', `/api/transactions/${transactionId}/undo`, { reason: 'Xem lại' }, officer).expect(200);
    const attached = (key: string) => desk.post(`/deposits/${id}/attach`, { transactionId, reason: 'Theo giấy nộp tiền' }, key).expect(200);
    await undone();
    expect((await desk.post(`/deposits/${id}/withdraw`, { reason: 'Nhầm' }).expect(409)).body.code).toBe('deposit_short');
    await attached(officer);
    await short(supervisor, '/take-back').expect(200);
    expect(await stands()).toEqual(['differs', 100, 0, 21_100, before]);
    await undone();
    await attached(supervisor);
    expect(await refused(short(supervisor))).toBe('second_person_required');
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });
});
