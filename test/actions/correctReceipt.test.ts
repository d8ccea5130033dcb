// Receipts that say something wrong: replaced once by a new one that refers to the old, or found wrong by two persons where money went.
import { correctReceipt, type Correction } from '../../src/actions/correctReceipt';
import { issueReceipts } from '../../src/actions/issueReceipts';
import { decideNotice, requestNotice } from '../../src/actions/noticeMoneyTakenBack';
import { receiptNameOf } from '../../src/domain/receiptName';
import { receiptStatusOf } from '../../src/domain/receiptRecord';
import type { Actor } from '../../src/domain/role';
import { tell } from '../support/bank';
import { brokenLaws } from '../support/books';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { runAll } from '../support/settled';

const person = (login: string, role: 'finance_officer' | 'finance_supervisor' | 'counter_officer', agencyCode = 'H26'): Actor => ({
  kind: 'person',
  officerId: `of-${login}`,
  name: login,
  role,
  agencyCode,
});
const ketoan = person('ketoan', 'finance_officer');
const ketoantruong = person('ketoantruong', 'finance_supervisor');
const refusal = (code: string) => expect.objectContaining({ code });

describe.each(databases)('a receipt with an error on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => (service = await openTestService(kind)));
  afterAll(async () => {
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
    await service.end();
  });

  const follow = async () => {
    while ((await issueReceipts(service.ctx)) > 0);
  };
  const receiptsOf = (id: string) => service.ctx.store.tables.receipts.ofObligations([id]);
  async function paid() {
    const obligation = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(service, { content: obligation.reference, amount: 21_000 }).expect(200);
    await follow();
    const seen = (await service.call('get', `/api/obligations/${obligation.id}`).expect(200)).body;
    return {
      id: String(seen.id),
      name: String(seen.receipt.number),
      transactionId: String(seen.payments[0].transactionId),
      reference: String(seen.reference),
    };
  }
  const takeBack = async (transactionId: string) => {
    const { resolutions } = (await service.call('get', `/api/transactions/${transactionId}`)).body;
    const body = { reason: 'chuyển nhầm', decisionsSeen: resolutions?.length ?? 0 };
    await service.call('post', `/api/transactions/${transactionId}/undo`, body, 'demo-api-key-ketoan').expect(200);
    await follow();
  };
  const wrongPayer = (name: string, changes: Partial<Correction> = {}): Correction => ({
    actor: ketoan,
    name,
    ground: 'payer_name',
    reason: 'Ghi sai tên đệm',
    payerName: 'Nguyễn Thị Đúng',
    ...changes,
  });

  it('is replaced: a new number, the same lines, a word on the old one; the old one stays, and says so', async () => {
    const { id, name } = await paid();
    await correctReceipt(service.ctx, wrongPayer(name));
    const [old, fresh, ...more] = await receiptsOf(id);
    expect(more).toEqual([]);
    if (!old || !fresh) throw new Error('two receipts were expected');
    expect([receiptStatusOf(old), receiptStatusOf(fresh)]).toEqual(['replaced', 'issued']);
    expect(fresh.content).toMatchObject({ symbol: old.content.symbol, number: old.content.number + 1, payerName: 'Nguyễn Thị Đúng' });
    expect(fresh.content.lines).toEqual(old.content.lines);
    expect(fresh.content.replaces).toMatchObject({
      symbol: old.content.symbol,
      number: old.content.number,
      reason: 'Sai tên người nộp tiền',
    });
    expect(old).toMatchObject({ content: { payerName: 'Nguyễn Thị Mẫu' }, replacedBy: { number: fresh.content.number } });
    expect(old.notice).toMatchObject({ ground: 'payer_name', state: 'confirmed', givenBy: 'of-ketoan', reason: 'Ghi sai tên đệm' });
    const shown = (await service.call('get', `/api/obligations/${id}`)).body;
    expect(shown.receipt.number).toBe(receiptNameOf(fresh.content));
    expect(shown.receipts.map((receipt: { status: string }) => receipt.status)).toEqual(['replaced', 'issued']);
    const events = (await service.call('get', '/api/events?after=0&limit=200')).body.data;
    expect(events.at(-1)).toMatchObject({ type: 'receipt.issued', data: { number: receiptNameOf(fresh.content), replaces: name } });
  });

  it('is replaced once: not again, not by two at once, not by what says the same, and not by a counter or a system', async () => {
    const { id, name } = await paid();
    await expect(correctReceipt(service.ctx, wrongPayer(name, { payerName: 'Nguyễn Thị Mẫu' }))).rejects.toEqual(
      refusal('receipt_unchanged'),
    );
    await expect(correctReceipt(service.ctx, wrongPayer(name, { ground: 'collector' }))).rejects.toEqual(refusal('receipt_unchanged'));
    for (const actor of [person('quay1', 'counter_officer', 'H26.101'), { kind: 'system', name: 'demo' } as const])
      await expect(correctReceipt(service.ctx, wrongPayer(name, { actor }))).rejects.toThrow(/role_insufficient|person_required/);
    const tries = await Promise.allSettled(
      [ketoan, ketoantruong, ketoan].map((actor) => correctReceipt(service.ctx, wrongPayer(name, { actor }))),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(correctReceipt(service.ctx, wrongPayer(name, { payerName: 'Người khác' }))).rejects.toEqual(refusal('receipt_replaced'));
    await expect(requestNotice(service.ctx, { actor: ketoan, name, reason: 'sai' })).rejects.toEqual(refusal('receipt_replaced'));
    expect(await receiptsOf(id)).toHaveLength(2);
  });

  it('names the organisation as it is set now, where that was the error', async () => {
    const { id, name } = await paid();
    const collector = { agencyCode: 'H26', name: 'Đơn vị thu đã sửa tên', taxCode: '0000000000' };
    await service.ctx.store.transact((tables) => tables.collectors.save(collector, service.ctx.now(), 'of-quantri'));
    await correctReceipt(service.ctx, wrongPayer(name, { ground: 'collector' }));
    const [, fresh] = await receiptsOf(id);
    expect(fresh?.content).toMatchObject({ collector: { name: 'Đơn vị thu đã sửa tên' }, payerName: 'Nguyễn Thị Mẫu' });
  });

  it('whose money was taken back is found wrong by two persons, and replaced by itself when the money comes again', async () => {
    const { id, name, transactionId, reference } = await paid();
    await expect(requestNotice(service.ctx, { actor: ketoan, name, reason: 'sai' })).rejects.toEqual(refusal('receipt_money_there'));
    await takeBack(transactionId);
    const waits = () => service.ctx.store.tables.receiptNotices.listWaits({ why: ['money_taken_back'] }, 10);
    expect(await waits()).toMatchObject([{ obligationId: id }]);
    await expect(correctReceipt(service.ctx, wrongPayer(name))).rejects.toEqual(refusal('receipt_money_gone'));
    await requestNotice(service.ctx, { actor: ketoan, name, reason: 'Tiền đã trả lại người nộp' });
    expect((await receiptsOf(id)).map(receiptStatusOf)).toEqual(['issued']);
    await expect(decideNotice(service.ctx, { actor: ketoan, name, decision: 'confirmed' })).rejects.toEqual(
      refusal('second_person_required'),
    );
    await decideNotice(service.ctx, { actor: ketoantruong, name, decision: 'confirmed' });
    await expect(decideNotice(service.ctx, { actor: ketoantruong, name, decision: 'confirmed' })).rejects.toEqual(
      refusal('receipt_notice_unknown'),
    );
    expect((await receiptsOf(id)).map(receiptStatusOf)).toEqual(['in_error']);
    expect(await waits()).toEqual([]);

    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    await follow();
    const [old, fresh] = await receiptsOf(id);
    expect([old, fresh].map((receipt) => receipt && receiptStatusOf(receipt))).toEqual(['replaced', 'issued']);
    expect(fresh?.content.replaces).toMatchObject({ number: old?.content.number, reason: 'Khoản thu đã được nộp lại' });
  });

  it('stands when the second person refuses, or the money comes again before', async () => {
    const { id, name, transactionId, reference } = await paid();
    await takeBack(transactionId);
    await requestNotice(service.ctx, { actor: ketoan, name, reason: 'Tiền đã trả lại' });
    await decideNotice(service.ctx, { actor: ketoantruong, name, decision: 'refused' });
    await requestNotice(service.ctx, { actor: ketoantruong, name, reason: 'Tiền đã trả lại thật' });
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    await follow();
    await expect(decideNotice(service.ctx, { actor: ketoan, name, decision: 'confirmed' })).rejects.toEqual(
      refusal('receipt_notice_unknown'), // closed by itself
    );
    expect((await receiptsOf(id)).map(receiptStatusOf)).toEqual(['issued']);
    expect(await service.ctx.store.tables.receiptNotices.listWaits({ why: ['money_taken_back'] }, 10)).toEqual([]);
  });

  it('cannot be changed or removed in the tables', async () => {
    await paid();
    for (const text of ['UPDATE receipt SET amount = 1', 'DELETE FROM receipt', 'DELETE FROM receipt_notice', 'DELETE FROM receipt_series'])
      await expect(runAll(service.config.databaseUrl, [text])).rejects.toHaveProperty(
        'message',
        expect.stringMatching(/append-only|stays/),
      );
  });
});
