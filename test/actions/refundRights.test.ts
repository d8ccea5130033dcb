// Who may approve refunds: limits by role, what goes up, rights that are lent for some days, and nobody twice.
import { delegateRefunds, endDelegation } from '../../src/actions/delegateRefunds';
import { setRefundLimit } from '../../src/actions/setRefundLimit';
import { vnd } from '../../src/domain/money';
import type { Actor, Role } from '../../src/domain/role';
import { addMs, instantOf, type Day, type Instant } from '../../src/domain/time';
import { databases, openTestService, type TestService } from '../support/office';
import { by, hire, prepared, refundOf, strayMoney } from '../support/refunds';

const dayMs = 86_400_000;
const start = instantOf(Date.parse('2026-11-21T03:00:00Z'));
const day = (text: string) => text as Day;

describe.each(databases)('the right to approve refunds on %s', (kind) => {
  let service: TestService;
  let now: Instant;
  beforeAll(async () => {
    now = start;
    service = await openTestService(kind, { replace: { now: () => now } });
    await hire(service, 'truongphuong', 'finance_supervisor', 'H26.101');
    await hire(service, 'ketoan2', 'finance_officer', 'H26');
    await hire(service, 'ketoan3', 'finance_officer', 'H26');
  });
  afterAll(() => service.end());
  beforeEach(() => void (now = start));

  const actor = (login: string, role: Role, agencyCode = 'H26'): Actor => ({
    kind: 'person',
    officerId: `of-${login}`,
    name: login,
    role,
    agencyCode,
  });
  const approve = (login: string, id: string) => by(service, login, `/api/refunds/${id}/approve`);
  const lend = (from: Actor, to: string, amount = 30_000_000, validFrom = '2026-11-21', validTo = '2026-11-25') =>
    delegateRefunds(service.ctx, {
      actor: from,
      to: `of-${to}`,
      amount: vnd(amount),
      validFrom: day(validFrom),
      validTo: day(validTo),
      reason: 'Đi công tác',
    });
  const supervisor = actor('ketoantruong', 'finance_supervisor');

  it('ends at an amount: a unit decides up to its limit, above it goes up to the head office, and above that to the leader', async () => {
    const small = await prepared(service, 'ketoan', 5_000_000);
    const middle = await prepared(service, 'ketoan', 5_000_001);
    const large = await prepared(service, 'ketoan', 50_000_001);
    await approve('truongphuong', small.id).expect(200);
    expect((await approve('truongphuong', middle.id).expect(403)).body.code).toBe('refund_over_limit');
    await approve('ketoantruong', middle.id).expect(200);
    expect((await approve('ketoantruong', large.id).expect(403)).body.code).toBe('refund_over_limit');
    await approve('lanhdao', large.id).expect(200);
  });

  it('counts what was approved of the same credit: in parts it goes up as it does at once, and may be refused by anybody who approves', async () => {
    const transactionId = await strayMoney(service, 8_000_000);
    const ask = { transactionId, amount: 4_000_000, reason: 'Chuyển nhầm', payee: { bankBin: '970436' } };
    const [first, second] = [
      (await by(service, 'ketoan', '/api/refunds', ask)).body.id,
      (await by(service, 'ketoan', '/api/refunds', ask)).body.id,
    ];
    await approve('truongphuong', first).expect(200);
    expect((await approve('truongphuong', second).expect(403)).body.code).toBe('refund_over_limit');
    expect((await refundOf(service, second, 'truongphuong')).next).toEqual(expect.arrayContaining(['refuse']));
    await approve('ketoantruong', second).expect(200);
    const third = await prepared(service, 'ketoan', 5_000_001);
    await by(service, 'truongphuong', `/api/refunds/${third.id}/refuse`, { reason: 'Chưa đủ căn cứ' }).expect(200);
  });

  it('of two who have to approve reaches the amount with one of them, so that nothing is stuck', async () => {
    const transactionId = await strayMoney(service, 60_000_000);
    const payee = { bankBin: '970418', accountNumber: '2151000777888', accountName: 'Lê Thị Mẫu', evidence: 'Đơn số 12' };
    const { id } = (await by(service, 'ketoan', '/api/refunds', { transactionId, reason: 'Chuyển nhầm', payee }).expect(201)).body;
    expect((await approve('ketoantruong', id).expect(200)).body.state).toBe('requested');
    expect((await approve('truongphuong', id).expect(403)).body.code).toBe('refund_over_limit');
    expect((await approve('lanhdao', id).expect(200)).body.state).toBe('approved');
  });

  it('has the limit that was set last, by an administrator or a supervisor, never for the own role', async () => {
    const set = (who: Actor, amount: number | undefined) =>
      setRefundLimit(service.ctx, {
        actor: who,
        role: 'finance_supervisor',
        level: 'head',
        ...(amount === undefined ? {} : { amount: vnd(amount) }),
        reason: 'Quy chế 2026',
      });
    await expect(set(supervisor, 900_000_000)).rejects.toMatchObject({ code: 'refund_limit_own' });
    await expect(set(actor('ketoan', 'finance_officer'), 1)).rejects.toMatchObject({ code: 'role_insufficient' });
    await set(actor('quantri', 'administrator'), 10_000);
    const { id } = await prepared(service);
    expect((await approve('ketoantruong', id).expect(403)).body.code).toBe('refund_over_limit');
    await set(actor('quantri', 'administrator'), 50_000_000);
    await approve('ketoantruong', id).expect(200);
    expect(await service.ctx.store.tables.refundRights.listLimits()).toHaveLength(2);
  });

  it('is lent for some days and up to an amount, and the log shows both names', async () => {
    await lend(supervisor, 'ketoan2', 1_000_000);
    const { id } = await prepared(service);
    const { body } = await approve('ketoan2', id).expect(200);
    expect(body.steps.at(-1)).toMatchObject({ act: 'approve', by: 'of-ketoan2', onBehalfOf: 'of-ketoantruong' });
    const over = await prepared(service, 'ketoan', 1_000_001);
    expect((await approve('ketoan2', over.id).expect(403)).body.code).toBe('refund_over_limit');
    now = addMs(start, 5 * dayMs);
    expect((await approve('ketoan2', (await prepared(service)).id).expect(403)).body.code).toBe('refund_delegation_over');
  });

  it('that was lent is over once it was withdrawn, and before its first day', async () => {
    const { id } = await lend(supervisor, 'ketoan3', 1_000_000, '2026-11-22');
    const refund = await prepared(service);
    expect((await approve('ketoan3', refund.id).expect(403)).body.code).toBe('refund_delegation_over');
    now = addMs(start, dayMs);
    await endDelegation(service.ctx, { actor: supervisor, delegationId: id, reason: 'Đã về' });
    expect((await approve('ketoan3', refund.id).expect(403)).body.code).toBe('refund_delegation_over');
    await expect(endDelegation(service.ctx, { actor: supervisor, delegationId: id, reason: 'Đã về' })).rejects.toMatchObject({
      code: 'delegation_ended',
    });
  });

  it('that was lent approves neither what the delegate nor what the lender asked for', async () => {
    await lend(supervisor, 'ketoan2', 1_000_000);
    const own = await prepared(service, 'ketoan2');
    expect((await approve('ketoan2', own.id).expect(403)).body.code).toBe('second_person_required');
    const lenders = await prepared(service, 'ketoantruong');
    expect((await approve('ketoan2', lenders.id).expect(403)).body.code).toBe('second_person_required');
    expect((await refundOf(service, lenders.id, 'ketoan2')).mayApprove).toBe(false);
  });

  it('is not lent by who has none, to oneself, backwards in time, or above the own limit', async () => {
    await expect(lend(actor('ketoan', 'finance_officer'), 'ketoan2')).rejects.toMatchObject({ code: 'role_insufficient' });
    await expect(lend(supervisor, 'ketoantruong')).rejects.toMatchObject({ code: 'delegation_unfit' });
    await expect(lend(supervisor, 'ketoan2', 1_000, '2026-11-25', '2026-11-24')).rejects.toMatchObject({ code: 'delegation_unfit' });
    await expect(lend(supervisor, 'ketoan2', 60_000_000)).rejects.toMatchObject({ code: 'delegation_unfit' });
    await expect(lend(supervisor, 'thanhtra', 1_000)).rejects.toMatchObject({ code: 'delegation_unfit' });
  });
});
