// Shifts: opened with a float, counted at the end, closed for good; a difference is stated, confirmed by another person, and booked.
import { brokenLaws, numberOf } from '../support/books';
import { cashDeskAt } from '../support/cashDesk';
import { databases, openTestService, type TestService } from '../support/office';
import { runAll } from '../support/settled';

const supervisor = 'demo-api-key-ketoantruong';

describe.each(databases)('shifts on %s', (kind) => {
  let service: TestService;
  let desk: ReturnType<typeof cashDeskAt>;
  beforeAll(async () => {
    service = await openTestService(kind);
    desk = cashDeskAt(service);
  });
  afterAll(() => service.end());

  it('the first cash opens a shift, so that nobody in the queue waits for a form', async () => {
    await desk.paidInCash('quay-dat-dai', 'demo-api-key');
    expect(await desk.openShiftOf('quay-dat-dai')).toMatchObject({
      number: 1,
      status: 'open',
      openedByCash: true,
      float: 0,
      takings: { cash: 21_000 },
      expected: 21_000,
    });
  });

  it('a shift opens with a float, counts what comes by each way, and closes with what was counted', async () => {
    const shift = await desk.open(200_000);
    expect(shift).toMatchObject({ number: 1, status: 'open', float: 200_000, expected: 200_000 });
    expect((await desk.post('/shifts', { counterId: 'quay-1' }).expect(409)).body.code).toBe('shift_already_open');
    await desk.paidInCash();
    await desk.paidInCash();
    const pieces = { 200000: 1, 20000: 2, 2000: 1 };
    const closed = (await desk.close(shift.id, { denominations: pieces }).expect(200)).body;
    expect(closed).toMatchObject({
      status: 'closed',
      takings: { cash: 42_000 },
      expected: 242_000,
      counted: 242_000,
      difference: 0,
      handedOn: 200_000,
      putAside: 42_000,
      denominations: pieces,
    });
    expect(await desk.booked('cash:quay-1')).toBe(242_000);
    expect(await desk.booked('cash_float:H26.101')).toBe(-200_000);
  });

  it('a closed shift never changes: not by closing it again, not in the table', async () => {
    const { id } = await desk.openShiftOf('quay-1');
    expect((await desk.close(id, { counted: 0, reason: 'Đếm lại' }).expect(409)).body.code).toBe('shift_closed');
    expect(await runAll(service.config.databaseUrl, [`UPDATE shift_close SET counted = 0 WHERE shift_id = '${id}'`]).catch(String)).toMatch(
      'append-only',
    );
    expect(await runAll(service.config.databaseUrl, [`DELETE FROM shift_close WHERE shift_id = '${id}'`]).catch(String)).toMatch(
      'append-only',
    );
    expect((await desk.openShiftOf('quay-1')).counted).toBe(242_000);
  });

  it('the next officer takes over what the drawer holds, and not less', async () => {
    const less = await desk.post('/shifts', { counterId: 'quay-1', float: 150_000 }, 'demo-api-key-quay2').expect(409);
    expect(less.body.code).toBe('shift_float_short');
    const shift = await desk.open(undefined, 'quay-1', 'demo-api-key-quay2');
    expect(shift).toMatchObject({ number: 2, float: 200_000, takenOver: 200_000, officerId: 'of-quay2' });
    expect(await desk.booked('cash_float:H26.101')).toBe(-200_000);
  });

  it('cash belongs to whoever answers for the drawer: another person hands over first, a system takes it for them', async () => {
    const { id } = await desk.issued();
    expect((await desk.post(`/obligations/${id}/cash`, { amount: 21_000, counterId: 'quay-1' }).expect(409)).body.code).toBe(
      'shift_of_another',
    );
    await desk.post(`/obligations/${id}/cash`, { amount: 21_000, counterId: 'quay-1' }, 'demo-api-key').expect(201);
    const shift = await desk.openShiftOf('quay-1');
    expect(shift.takings.cash).toBe(21_000);
    expect((await desk.close(shift.id, { counted: 221_000 }).expect(409)).body.code).toBe('shift_of_another');
  });

  it('a difference wants a reason, and a supervisor who neither worked nor closed it; then it is booked', async () => {
    const shift = await desk.openShiftOf('quay-1');
    const quay2 = 'demo-api-key-quay2';
    expect((await desk.close(shift.id, { counted: 220_000 }, quay2).expect(409)).body.code).toBe('shift_reason_needed');
    const closed = (await desk.close(shift.id, { counted: 220_000, reason: 'Trả thừa tiền lẻ', handOn: 220_000 }, quay2).expect(200)).body;
    expect(closed).toMatchObject({ difference: -1_000, waitsForConfirmation: true, handedOn: 220_000, putAside: 0 });
    expect(await desk.booked('cash:quay-1')).toBe(42_000 + 221_000);
    const note = { note: 'Cán bộ bồi hoàn 1.000 đồng' };
    expect((await desk.post(`/shifts/${shift.id}/confirm`, note, quay2).expect(403)).body.code).toBe('role_insufficient');
    const both = await Promise.all([
      desk.post(`/shifts/${shift.id}/confirm`, note, supervisor),
      desk.post(`/shifts/${shift.id}/confirm`, note, supervisor),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await desk.booked('cash:quay-1')).toBe(42_000 + 220_000);
    expect(await desk.booked('cash_short:H26.101')).toBe(1_000);
  });

  it('a supervisor who closed a forgotten shift does not confirm its difference herself', async () => {
    const shift = await desk.open(undefined, 'quay-2', 'demo-api-key-quay2');
    await desk.close(shift.id, { counted: 5_000, reason: 'Thừa quỹ chưa rõ' }, supervisor).expect(200);
    const refused = await desk.post(`/shifts/${shift.id}/confirm`, { note: 'Ghi thu khác' }, supervisor).expect(403);
    expect(refused.body.code).toBe('second_person_required');
  });

  it('two who open at once get one shift, and cash beside them lands in it', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => desk.post('/shifts', { counterId: 'quay-1' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const shift = await desk.openShiftOf('quay-1');
    expect(shift).toMatchObject({ number: 3, float: 220_000 });
    await Promise.all([desk.paidInCash(), desk.paidInCash(), desk.paidInCash()]);
    expect((await desk.openShiftOf('quay-1')).takings.cash).toBe(63_000);
  });

  it('a commune closes alone, and the province sees the sum: every sum is that of the rows below it', async () => {
    const { body } = await desk.get('/shifts/overview', supervisor).expect(200);
    const [province, ...below] = body.rows;
    const others = below.filter(({ agencyCode }: { agencyCode: string }) => ['H26.101', 'H26.90'].includes(agencyCode));
    expect(others).toHaveLength(2);
    expect(province).toMatchObject({ agencyCode: 'H26', depth: 0 });
    for (const part of ['shifts', 'cashTaken', 'transferTaken', 'over', 'short', 'putAside']) {
      expect(others.reduce((sum: number, row: Record<string, number>) => sum + (row[part] ?? 0), 0)).toBe(province[part]);
      expect(body.total[part]).toBe(province[part]);
    }
    expect(body.total.cashTaken).toBe(21_000 + 42_000 + 21_000 + 63_000);
    const own = (await desk.get('/shifts/overview').expect(200)).body;
    expect(own.rows.map(({ agencyCode }: { agencyCode: string }) => agencyCode)).toEqual(['H26.101']);
    expect((await desk.get('/shifts/overview?agency=H26.90').expect(404)).body.code).toBe('agency_unknown');
  });

  it('a system opens no shift by itself and a leader closes none; the books stay sound', async () => {
    expect((await desk.post('/shifts', { counterId: 'quay-2' }, 'demo-api-key').expect(403)).body.code).toBe('person_required');
    const { id } = await desk.openShiftOf('quay-1');
    expect((await desk.close(id, { counted: 1 }, 'demo-api-key-lanhdao').expect(403)).body.code).toBe('role_insufficient');
    expect((await desk.close(id, { counted: 1, denominations: {} }).expect(400)).body.code).toBe('request_invalid');
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });

  it('a shift that is closed while cash is being taken holds all that was taken in it; what came after lies in the next one', async () => {
    const { id: open } = await desk.openShiftOf('quay-1');
    const owed = await Promise.all([1, 2, 3, 4, 5, 6].map(() => desk.issued()));
    const take = ({ id }: { id: string }) => desk.post(`/obligations/${id}/cash`, { amount: 21_000, counterId: 'quay-1' });
    const close = () => desk.close(open, { counted: 283_000, reason: 'Đếm trong lúc thu' });
    const answers = await Promise.all([...owed.slice(0, 3).map(take), close(), close(), ...owed.slice(3).map(take)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 201, 201, 201, 201, 201, 201, 409]);
    const { data } = (await desk.get('/shifts?counter=quay-1&limit=2', 'demo-api-key-ketoan').expect(200)).body;
    const closed = data.find(({ id }: { id: string }) => id === open);
    const taken = `SELECT coalesce(sum(amount), 0) FROM cash_taking WHERE shift_id = '${open}'`;
    expect(closed.takings.cash).toBe(await numberOf(service.config.databaseUrl, taken));
    expect(closed.expected).toBe(220_000 + closed.takings.cash);
    const { movements } = (await desk.get(`/shifts/${open}`, 'demo-api-key-ketoan').expect(200)).body;
    expect(movements.reduce((sum: number, { amount }: { amount: number }) => sum + amount, 0)).toBe(closed.takings.cash);
    const next = data.find(({ status }: { status: string }) => status === 'open');
    expect(closed.takings.cash + (next?.takings.cash ?? 0)).toBe(63_000 + 6 * 21_000);
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });
});
