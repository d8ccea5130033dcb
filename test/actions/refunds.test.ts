// Refunds from asking to the bank line: two persons, never more than came, to the account that paid, and confirmed by the money that left.
import { brokenLaws, numberOf, rowsOf } from '../support/books';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { listRefunds } from '../../src/actions/seeRefund';
import type { Actor } from '../../src/domain/role';
import { tell, tellWithPayer } from '../support/bank';
import {
  approved,
  by,
  keyOf,
  latest,
  moneyLeaves,
  payerAccount,
  payerName,
  prepared,
  refundOf,
  requested,
  strayMoney,
} from '../support/refunds';

describe.each(databases)('a refund on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openTestService(kind);
  });
  afterAll(() => service.end());

  const sound = async (): Promise<void> => expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  const eventsOf = async (id: string) =>
    (await rowsOf(service.config.databaseUrl, `SELECT type FROM event WHERE subject_id = '${id}' ORDER BY id`)).map(({ type }) => type);
  const exported = async (): Promise<{ id: string; code: string; count: number; total: number }> =>
    (await by(service, 'ketoan', '/api/refund-files', { accountId: 'acc-h26-101' }).expect(201)).body;

  it('goes from asking over approval and the file of transfers to the bank line, and the books end empty', async () => {
    const { id, transactionId, code } = await approved(service);
    const file = await exported();
    expect(file).toMatchObject({ count: 1, total: 21_000 });
    expect(await refundOf(service, id)).toMatchObject({ state: 'sent', fileId: file.id, accountId: 'acc-h26-101' });
    expect(await moneyLeaves(service, `CT DEN:${code} hoan tra phi`, 21_000)).toBe(1);
    const done = await refundOf(service, id);
    expect(done).toMatchObject({ state: 'confirmed', paidBy: [{ amount: 21_000 }] });
    expect(done.steps.map(({ act, by: who }: { act: string; by: string }) => [act, who])).toEqual([
      ['request', 'of-ketoan'],
      ['prepare', 'of-ketoan'],
      ['approve', 'of-ketoantruong'],
      ['send', 'of-ketoan'],
      ['confirm', 'system:refunds'],
    ]);
    expect(await eventsOf(transactionId)).toContain('refund.requested');
    expect(await eventsOf(id)).toEqual(['refund.approved', 'refund.completed']);
    const left = `SELECT coalesce(sum(CASE WHEN credit = 'refundable:acc-h26-101' THEN amount ELSE -amount END), 0) FROM posting
      WHERE credit = 'refundable:acc-h26-101' OR debit = 'refundable:acc-h26-101'`;
    expect(await numberOf(service.config.databaseUrl, left)).toBe(0);
    expect(await moneyLeaves(service, 'chuyen khac', 21_000)).toBe(0);
    await sound();
  });

  it('is not approved by whoever asked for it, nor by whoever said where it goes', async () => {
    const own = await prepared(service, 'ketoantruong');
    expect((await by(service, 'ketoantruong', `/api/refunds/${own.id}/approve`).expect(403)).body.code).toBe('second_person_required');
    const other = await requested(service, 'ketoan');
    await by(service, 'ketoantruong', `/api/refunds/${other.id}/prepare`, { payee: { bankBin: '970436' } }).expect(200);
    expect((await by(service, 'ketoantruong', `/api/refunds/${other.id}/approve`).expect(403)).body.code).toBe('second_person_required');
    for (const login of ['ketoan', 'quay1', 'thanhtra', 'quantri']) {
      const refused = await by(service, login, `/api/refunds/${own.id}/approve`).expect(403);
      expect([login, refused.body.code]).toEqual([login, 'role_insufficient']);
    }
    expect((await service.call('post', `/api/refunds/${own.id}/approve`, {}).expect(403)).body.code).toBe('person_required');
    await by(service, 'lanhdao', `/api/refunds/${own.id}/approve`).expect(200);
    await sound();
  });

  it('waits for its account before it is approved, and another account than the one that paid needs evidence and two who approve', async () => {
    const { id } = await requested(service);
    expect((await by(service, 'ketoantruong', `/api/refunds/${id}/approve`).expect(409)).body.code).toBe('refund_payee_unknown');
    const payee = { bankBin: '970418', accountNumber: '2151000777888', accountName: 'Lê Thị Mẫu' };
    const refused = await by(service, 'ketoan', `/api/refunds/${id}/prepare`, { payee }).expect(409);
    expect(refused.body.code).toBe('refund_evidence_missing');
    await by(service, 'ketoan', `/api/refunds/${id}/prepare`, { payee: { ...payee, evidence: 'Giấy đề nghị số 12, kèm CCCD' } }).expect(
      200,
    );
    const once = await by(service, 'ketoantruong', `/api/refunds/${id}/approve`).expect(200);
    expect(once.body.state).toBe('requested');
    expect((await refundOf(service, id)).payee).toMatchObject({ accountNumber: '2151000777888' }); // who stated it can check it
    expect(await refundOf(service, id, 'thanhtra')).toMatchObject({
      approvals: { needed: 2, given: 1 },
      payee: { kind: 'other', accountNumber: '•••7888' },
    });
    expect((await by(service, 'ketoantruong', `/api/refunds/${id}/approve`).expect(403)).body.code).toBe('second_person_required');
    const seenByApprover = await refundOf(service, id, 'lanhdao');
    expect(seenByApprover.payee).toMatchObject({ accountNumber: '2151000777888', accountName: 'Lê Thị Mẫu' });
    expect((await by(service, 'lanhdao', `/api/refunds/${id}/approve`).expect(200)).body.state).toBe('approved');
  });

  it('to the number that paid is to another account where its holder is another, or the bank hid the number', async () => {
    const ask = async (payerNumber: string, payee: object) => {
      await tellWithPayer(service, { content: 'chuyen nham', amount: 22_000 }, payerNumber, payerName).expect(200);
      const transactionId = await latest(service, 'unapplied');
      return by(service, 'ketoan', '/api/refunds', { transactionId, reason: 'Chuyển nhầm', payee: { bankBin: '970418', ...payee } });
    };
    const stranger = { accountName: 'Trần Văn Lạ' };
    expect((await ask(payerAccount, stranger)).body.code).toBe('refund_evidence_missing');
    expect((await ask('******3456', {})).body.code).toBe('refund_evidence_missing');
    expect((await ask('xxxxxx3456', { accountNumber: '3456', evidence: 'Đơn số 8' })).body.payee.kind).toBe('other');
    const { body } = await ask(payerAccount, { ...stranger, evidence: 'Đơn số 8' });
    expect(body.payee.kind).toBe('other');
    expect((await ask(' 0071 000 123 456', { accountName: 'Lê Thị Mậu' })).body.payee.kind).toBe('own');
    expect((await by(service, 'ketoantruong', `/api/refunds/${body.id}/approve`).expect(200)).body.state).toBe('requested');
  });

  it('that is given another account after the first approval begins its approvals anew', async () => {
    const { id } = await requested(service);
    const payee = { bankBin: '970418', accountNumber: '2151000777888', accountName: 'Lê Thị Mẫu', evidence: 'Đơn số 13' };
    await by(service, 'ketoan', `/api/refunds/${id}/prepare`, { payee }).expect(200);
    await by(service, 'ketoantruong', `/api/refunds/${id}/approve`).expect(200);
    await by(service, 'ketoan', `/api/refunds/${id}/prepare`, { payee: { ...payee, accountNumber: '2151000777889' } }).expect(200);
    expect(await refundOf(service, id)).toMatchObject({ approvals: { needed: 2, given: 0 } });
  });

  it('never gives back more than came, however many ask at once', async () => {
    const transactionId = await strayMoney(service, 100_000);
    const asks = Array.from({ length: 10 }, () =>
      by(service, 'ketoan', '/api/refunds', { transactionId, amount: 30_000, reason: 'Trả lại' }),
    );
    const answers = await Promise.all(asks);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    const others = new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code));
    for (const code of others) expect(['amount_over_unapplied', 'store_busy']).toContain(code);
    const sum = `SELECT sum(amount) FROM refund WHERE transaction_id = '${transactionId}'`;
    expect(await numberOf(service.config.databaseUrl, sum)).toBe(90_000);
    await sound();
  });

  it('that is refused leaves its money waiting, and may be asked for again', async () => {
    const { id, transactionId } = await prepared(service);
    expect((await by(service, 'ketoantruong', `/api/refunds/${id}/refuse`, {}).expect(400)).body.code).toBe('request_invalid');
    const { body } = await by(service, 'ketoantruong', `/api/refunds/${id}/refuse`, { reason: 'Chưa đủ căn cứ' }).expect(200);
    expect(body.state).toBe('refused');
    const { body: credit } = await service.call('get', `/api/transactions/${transactionId}`).expect(200);
    expect(credit).toMatchObject({ state: 'unapplied', unapplied: 21_000, toRefund: 0 });
    expect((await by(service, 'lanhdao', `/api/refunds/${id}/approve`).expect(409)).body.code).toBe('refund_step_unfit');
    await by(service, 'ketoan', '/api/refunds', { transactionId, reason: 'Đã bổ sung căn cứ' }).expect(201);
    await sound();
  });

  it('that the bank returned leaves its money waiting, also where other decisions about that credit came after it', async () => {
    const transactionId = await strayMoney(service, 50_000);
    const ask = { transactionId, amount: 21_000, reason: 'Chuyển thừa', payee: { bankBin: '970436' } };
    const { id } = (await by(service, 'ketoan', '/api/refunds', ask).expect(201)).body;
    await by(service, 'ketoan', `/api/transactions/${transactionId}/resolve`, {
      action: 'not_ours',
      amount: 9_000,
      reason: 'Tra soát',
    }).expect(200);
    await by(service, 'ketoantruong', `/api/refunds/${id}/approve`).expect(200);
    await by(service, 'ketoan', `/api/refunds/${id}/send`).expect(200);
    await by(service, 'ketoan', `/api/refunds/${id}/fail`, { reason: 'Ngân hàng trả lại: sai số tài khoản' }).expect(200);
    expect((await service.call('get', `/api/transactions/${transactionId}`)).body).toMatchObject({
      unapplied: 41_000,
      notOurs: 9_000,
      toRefund: 0,
    });
    await sound();
  });

  it('is taken back by whoever asked only until it is approved', async () => {
    const { id, transactionId } = await approved(service);
    const undo = await by(service, 'ketoan', `/api/transactions/${transactionId}/undo`, { reason: 'Nhầm' }).expect(409);
    expect(undo.body.code).toBe('refund_decided');
    const asked = await requested(service);
    await by(service, 'ketoan', `/api/transactions/${asked.transactionId}/undo`, { reason: 'Nhầm' }).expect(200);
    expect((await refundOf(service, asked.id)).state).toBe('withdrawn');
    await by(service, 'ketoan', `/api/refunds/${id}/fail`, { reason: 'Không gửi nữa' }).expect(200);
    await sound();
  });

  it('is approved or refused once where two tabs are open', async () => {
    const { id } = await prepared(service);
    const { version } = await refundOf(service, id, 'ketoantruong');
    const answers = await Promise.all([
      by(service, 'ketoantruong', `/api/refunds/${id}/approve`, { version }),
      by(service, 'lanhdao', `/api/refunds/${id}/refuse`, { version, reason: 'Sai' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    await sound();
  });

  it('of one credit is in one file only, though two export at once, and one line of the bank confirms a whole file', async () => {
    await exported().catch(String);
    const refunds = [await approved(service, 10_000), await approved(service, 11_000), await approved(service, 12_000)];
    const files = await Promise.all([0, 1].map(() => by(service, 'ketoan', '/api/refund-files', { accountId: 'acc-h26-101' })));
    expect(files.map(({ status }) => status).sort()).toEqual([201, 409]);
    const file = files.find(({ status }) => status === 201)?.body;
    expect(file).toMatchObject({ count: 3, total: 33_000 });
    expect(await moneyLeaves(service, `CHI LO ${file.code}`, 32_999)).toBe(0);
    expect(await moneyLeaves(service, `CHI LO ${file.code}`, 33_000)).toBe(1);
    for (const { id } of refunds) expect((await refundOf(service, id)).state).toBe('confirmed');
    await sound();
  });

  it('of a file whose one line lost the code is confirmed by a person, by just the sum of what waits', async () => {
    const refunds = [await approved(service, 15_000), await approved(service, 16_000)];
    const file = await exported();
    const moved = async (amount: number): Promise<string> => {
      await moneyLeaves(service, `chi ho ${amount} ${file.code.slice(0, 4)}`, amount);
      const [row] = await rowsOf(
        service.config.databaseUrl,
        `SELECT id FROM incoming_transaction WHERE content LIKE 'chi ho ${amount} %' ORDER BY id DESC`,
      );
      return String(row?.['id']);
    };
    const confirm = async (transactionId: string) => by(service, 'ketoan', `/api/refund-files/${file.id}/confirm`, { transactionId });
    expect((await confirm(await moved(31_100))).body.code).toBe('refund_amount_unfit');
    const { status, body } = await confirm(await moved(31_000));
    expect([status, body.data.map(({ state }: { state: string }) => state)]).toEqual([200, ['confirmed', 'confirmed']]);
    for (const { id } of refunds) expect((await refundOf(service, id)).state).toBe('confirmed');
    await sound();
  });

  it('whose line at the bank lost the code is confirmed by a person who chooses the movement, and never by one of another account or sum', async () => {
    const { id } = await approved(service, 44_000);
    await by(service, 'ketoan', `/api/refunds/${id}/send`).expect(200);
    expect((await by(service, 'ketoan', `/api/refunds/${id}/confirm`).expect(409)).body.code).toBe('refund_evidence_needed');
    const movement = async (amount: number, accountNumber?: string): Promise<string> => {
      const content = `hoan tra ${amount} ${accountNumber ?? ''}`;
      await tell(service, { content, amount, transferType: 'out', ...(accountNumber ? { accountNumber } : {}) }).expect(200);
      const [row] = await rowsOf(service.config.databaseUrl, `SELECT id FROM incoming_transaction WHERE content = '${content}'`);
      return String(row?.['id']);
    };
    const confirm = async (transactionId: string) => by(service, 'ketoan', `/api/refunds/${id}/confirm`, { transactionId });
    expect((await confirm(await movement(43_999))).body.code).toBe('refund_amount_unfit');
    expect((await confirm(await movement(44_000, '110000260001'))).body.code).toBe('refund_account_unfit');
    expect((await confirm(await latest(service, 'resolved'))).body.code).toBe('transaction_not_outgoing');
    expect((await confirm(await movement(45_100))).status).toBe(200); // with the bank's fee
    expect((await refundOf(service, id)).state).toBe('confirmed');
    await sound();
  });

  it('of a withdrawn obligation tells its API how much went back', async () => {
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    await service.call('post', `/api/obligations/${id}/cancel`, { reason: 'Công dân rút hồ sơ', refund: true }, keyOf('quay1')).expect(200);
    const [refund] = (await service.call('get', '/api/refunds?state=requested&limit=200', undefined, keyOf('ketoan'))).body.data.slice(-1);
    const payee = {
      bankBin: '970436',
      accountNumber: payerAccount,
      accountName: payerName,
      evidence: 'Biên nhận chuyển tiền của công dân',
    };
    await by(service, 'ketoan', `/api/refunds/${refund.id}/prepare`, { payee }).expect(200);
    await by(service, 'ketoantruong', `/api/refunds/${refund.id}/approve`).expect(200);
    const { code } = (await by(service, 'lanhdao', `/api/refunds/${refund.id}/approve`).expect(200)).body;
    await by(service, 'ketoan', `/api/refunds/${refund.id}/send`).expect(200);
    const refundedOf = async () => (await service.call('get', `/api/obligations/${id}`).expect(200)).body.amounts.refunded;
    expect(await refundedOf()).toBe(0);
    await moneyLeaves(service, code, 21_000);
    expect(await refundedOf()).toBe(21_000);
    await sound();
  });

  it('that ended is found however many ended after it: pages go from the newest to the oldest', async () => {
    for (const amount of [1_000, 2_000, 3_000]) {
      const { id } = await prepared(service, 'ketoan', amount);
      await by(service, 'ketoantruong', `/api/refunds/${id}/refuse`, { reason: 'Chưa đủ căn cứ' }).expect(200);
    }
    const chief: Actor = { kind: 'person', officerId: 'of-ketoan', name: 'Kế toán', role: 'finance_officer', agencyCode: 'H26' };
    const page = async (after?: string) =>
      (await listRefunds(service.ctx, chief, ['refused'], 2, { ...(after ? { after } : {}), isNewestFirst: true })).list;
    const first = await page();
    expect(first.map(({ refund }) => refund.amount.toJSON())).toEqual([3_000, 2_000]);
    expect((await page(first[1]?.refund.id))[0]?.refund.amount.toJSON()).toBe(1_000);
  });

  it('keeps the account that it goes to out of events, contents, plain columns and the answers to others', async () => {
    const { id } = await approved(service);
    const texts = [
      ...(await rowsOf(service.config.databaseUrl, 'SELECT payload AS text FROM event')),
      ...(await rowsOf(service.config.databaseUrl, `SELECT sealed AS text FROM refund_payee`)),
      ...(await rowsOf(service.config.databaseUrl, `SELECT code AS text FROM refund WHERE code IS NOT NULL`)),
    ].map(({ text }) => String(text));
    expect(texts.length).toBeGreaterThan(10);
    for (const text of texts) expect(text).not.toMatch(new RegExp(`${payerAccount}|${payerName}`));
    expect(JSON.stringify(await refundOf(service, id, 'thanhtra'))).not.toContain(payerAccount);
    expect((await service.call('get', `/api/refunds/${id}`).expect(403)).body.code).toBe('person_required');
    expect((await service.call('get', `/api/refunds/${id}`, undefined, keyOf('quay1')).expect(403)).body.code).toBe('role_insufficient');
  });
});
