// Receipts for what was paid: one for the phí and one for the lệ phí of each obligation, as soon as it is settled, exactly once.
import { methodsInWords } from '../../src/domain/receiptWords';
import { setTimeout as wait } from 'node:timers/promises';
import { issueReceipts, issueWaitingReceipts } from '../../src/actions/issueReceipts';
import { receiptTick } from '../../src/jobs/receiptTick';
import { openLog } from '../../src/log';
import { assemble } from '../../src/serve';
import { brokenLaws, numberOf, rowsOf } from '../support/books';
import { tell } from '../support/bank';
import { certifiedCopy, databases, freshDossierCode, openTestService, type TestService } from '../support/office';
import { runAll, settleMany } from '../support/settled';

/** A company's announcement: phí and lệ phí at once. */
const announcement = () => ({
  dossier: { ...certifiedCopy().dossier, code: freshDossierCode(), procedureCode: '2.002043' },
});

describe.each(databases)('receipts on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => (service = await openTestService(kind)));
  afterAll(async () => {
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
    await service.end();
  });

  const issue = async (body: object = certifiedCopy()) => (await service.call('post', '/api/obligations', body).expect(201)).body;
  const pay = (obligation: { reference: string; amounts: { due: number } }, amount = obligation.amounts.due) =>
    tell(service, { content: obligation.reference, amount }).expect(200);
  const follow = async () => {
    while ((await issueReceipts(service.ctx)) > 0);
    return issueWaitingReceipts(service.ctx);
  };
  const receiptsOf = (id: string) => service.ctx.store.tables.receipts.ofObligations([id]);
  const contentsOf = async (id: string) => (await receiptsOf(id)).map((receipt) => receipt.content);

  it('are issued for a transfer, with what the law asks for, and announced', async () => {
    const paid = await issue();
    await pay(paid);
    await follow();
    const [content, ...others] = await contentsOf(paid.id);
    expect(others).toEqual([]);
    expect(JSON.parse(JSON.stringify(content))).toMatchObject({
      template: 'EBL01',
      symbol: expect.stringMatching(/^\d\dTAA$/),
      number: 1,
      kind: 'phi',
      collector: {
        name: expect.stringContaining('mẫu'),
        taxCode: '0000000000',
        unit: 'Điểm phục vụ hành chính công phường Mẫu',
        unitCode: 'H26.101',
      },
      payerName: 'Nguyễn Thị Mẫu',
      dossierCode: paid.dossier.code,
      reference: paid.reference,
      lines: [{ feeId: 'CT-2.000815', quantity: 3, amount: 21_000 }],
      total: 21_000,
      method: 'transfer',
    });
    const events = (await service.call('get', '/api/events?after=0&limit=200')).body.data;
    const announced = events.filter((event: { type: string }) => event.type === 'receipt.issued');
    expect(announced).toMatchObject([
      {
        version: 1,
        data: { number: `${content?.symbol}-00000001`, kind: 'phi', total: 21_000, obligationId: paid.id, dossierCode: paid.dossier.code },
      },
    ]);
    expect(JSON.stringify(announced)).not.toContain('Nguyễn');
  });

  it('are two where there is phí and lệ phí, each in its own series', async () => {
    const paid = await issue(announcement());
    await pay(paid);
    await follow();
    const contents = await contentsOf(paid.id);
    expect(contents.map((content) => content.kind)).toEqual(['phi', 'le_phi']);
    expect(new Set(contents.map((content) => content.symbol)).size).toBe(2);
    for (const content of contents) {
      const items = paid.feeItems.filter((item: { kind: string }) => item.kind === content.kind);
      expect(content.lines.map((line) => [line.feeId, line.amount.toJSON()])).toEqual(
        items.map((item: { feeId: string; amount: number }) => [item.feeId, item.amount]),
      );
    }
  });

  it('say that it was cash', async () => {
    const paid = await issue();
    await service.call('post', `/api/obligations/${paid.id}/cash`, { amount: 21_000, counterId: 'quay-1' }).expect(201);
    await follow();
    expect(await contentsOf(paid.id)).toMatchObject([{ method: 'cash', number: 3 }]);
  });

  it('name every way in which one obligation was paid', async () => {
    const paid = await issue();
    await pay(paid, 10_000);
    await service.call('post', `/api/obligations/${paid.id}/cash`, { amount: 11_000, counterId: 'quay-1' }).expect(201);
    await follow();
    const [content] = await contentsOf(paid.id);
    expect(content).toMatchObject({ method: 'cash', methods: ['transfer', 'cash'] });
    expect(content && methodsInWords(content)).toBe('Chuyển khoản; Tiền mặt');
  });

  it('wait for the last đồng of a payment in parts, and state what is owed where too much came', async () => {
    const [part, over] = [await issue(), await issue()];
    await pay(part, 20_000);
    await pay(over, 50_000);
    await follow();
    expect(await contentsOf(part.id)).toEqual([]);
    expect((await contentsOf(over.id)).map((content) => content.total.toJSON())).toEqual([21_000]);
    await pay(part, 1_000);
    await follow();
    expect((await contentsOf(part.id)).map((content) => content.total.toJSON())).toEqual([21_000]);
  });

  it('come by themselves, signed, within a moment of the payment, while the service runs', async () => {
    const running = await openTestService(kind);
    await running.start();
    const paid = (await running.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(running, { content: paid.reference, amount: 21_000 }).expect(200);
    const receiptNow = async () => (await running.call('get', `/api/obligations/${paid.id}`)).body.receipt;
    for (const end = Date.now() + 10_000; Date.now() < end && !(await receiptNow())?.signedAt;) await wait(50);
    expect(await receiptNow()).toMatchObject({ total: 21_000, signedAt: expect.any(String) });
    await running.end();
  });

  it('are not issued again when money comes a second time, or the feed is read again by somebody who was cut off', async () => {
    const paid = await issue();
    await pay(paid);
    await follow();
    await pay(paid);
    await follow();
    expect(await contentsOf(paid.id)).toHaveLength(1);
    await runAll(service.config.databaseUrl, ['UPDATE event_cursor SET event_id = 0']);
    await follow();
    expect(
      await rowsOf(service.config.databaseUrl, 'SELECT obligation_id FROM receipt GROUP BY obligation_id, kind HAVING count(*) > 1'),
    ).toEqual([]);
  });

  it('are issued once by the next process where one died between the money and the receipt', async () => {
    const paid = await issue();
    await pay(paid);
    const failing = await assemble(service.config, openLog('silent'));
    const { transact } = failing.ctx.store;
    failing.ctx.store.transact = (work) =>
      transact(async (tables) => {
        await work(tables);
        throw new Error('power loss before the commit');
      });
    await expect(issueReceipts(failing.ctx)).rejects.toThrow('power loss');
    expect(await contentsOf(paid.id)).toEqual([]);
    await failing.stop();
    const [next, other] = [await assemble(service.config, openLog('silent')), await assemble(service.config, openLog('silent'))];
    await Promise.all([issueReceipts(next.ctx), issueReceipts(other.ctx), issueReceipts(next.ctx)]);
    expect(await contentsOf(paid.id)).toHaveLength(1);
    await Promise.all([next.stop(), other.stop()]);
    expect(await numberOf(service.config.databaseUrl, "SELECT max(number) - count(*) FROM receipt WHERE kind = 'phi'")).toBe(0);
  });

  it('wait where nobody’s tax code is set, and come as soon as it is', async () => {
    const empty = await openTestService(kind);
    await runAll(empty.config.databaseUrl, [
      ...(kind === 'SQLite'
        ? ['DROP TRIGGER signing_certificate_refuses_delete']
        : ['ALTER TABLE signing_certificate DISABLE TRIGGER ALL']),
      'DELETE FROM signing_certificate',
      'DELETE FROM collector',
    ]);
    const paid = (await empty.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(empty, { content: paid.reference, amount: 21_000 }).expect(200);
    while ((await issueReceipts(empty.ctx)) > 0);
    expect(await issueWaitingReceipts(empty.ctx)).toBe(0);
    const { receiptNotices, receipts } = empty.ctx.store.tables;
    expect(await receiptNotices.listWaits({}, 10)).toMatchObject([{ obligationId: paid.id, why: 'collector_missing' }]);
    const collector = { agencyCode: 'H26', name: 'Đơn vị mẫu', taxCode: '0000000000' };
    await empty.ctx.store.transact((tables) => tables.collectors.save(collector, empty.ctx.now(), 'system:test'));
    expect(await issueWaitingReceipts(empty.ctx)).toBe(1);
    expect(await receiptNotices.countWaits({}, 10)).toBe(0);
    expect(await receipts.ofObligations([paid.id])).toHaveLength(1);
    await empty.end();
  });

  it('all come at the next start of the service where a bug held many of them up', async () => {
    const many = await openTestService(kind);
    const url = many.config.databaseUrl;
    await settleMany(url, 250, ['H26.101']);
    await runAll(url, [`UPDATE fee_item SET body = '#' || body`]);
    while ((await issueReceipts(many.ctx)) > 0);
    expect(await many.ctx.store.tables.receiptNotices.countWaits({}, 1_000)).toBe(250);
    await runAll(url, [`UPDATE fee_item SET body = substr(body, 2)`]);
    const tick = receiptTick(many.ctx); // each run of it takes a second at most
    const waits = () => many.ctx.store.tables.receiptNotices.countWaits({}, 1_000);
    for (let second = 0; second < 10 && (await waits()) > 0; second++) await tick();
    expect(await waits()).toBe(0);
    expect(await numberOf(url, 'SELECT count(*) FROM receipt')).toBe(500);
    await many.end();
  });

  it('are none, and nobody waits for one, where a tax was paid and no tax code is set', async () => {
    const taxed = await openTestService(kind);
    const url = taxed.config.databaseUrl;
    await settleMany(url, 1, ['H26.101']);
    await runAll(url, [
      `UPDATE fee_item SET body = replace(replace(body, '"kind":"phi"', '"kind":"thue"'), '"kind":"le_phi"', '"kind":"thue"')`,
      ...(kind === 'SQLite'
        ? ['DROP TRIGGER signing_certificate_refuses_delete']
        : ['ALTER TABLE signing_certificate DISABLE TRIGGER ALL']),
      'DELETE FROM signing_certificate',
      'DELETE FROM collector',
    ]);
    while ((await issueReceipts(taxed.ctx)) > 0);
    expect(await taxed.ctx.store.tables.receiptNotices.countWaits({}, 10)).toBe(0);
    expect(await numberOf(url, 'SELECT count(*) FROM receipt')).toBe(0);
    await taxed.end();
  });

  it('never hold up money: a receipt that cannot be written leaves the payment as it is', async () => {
    const [paid, next] = [await issue(), await issue()];
    await pay(paid);
    await pay(next);
    await runAll(service.config.databaseUrl, [`UPDATE fee_item SET body = '{"feeId":null}' WHERE obligation_id = '${paid.id}'`]);
    await follow();
    expect((await service.call('get', `/api/obligations?reference=${next.reference}`)).body.data).toMatchObject([{ status: 'paid' }]);
    expect(await contentsOf(next.id)).toHaveLength(1);
    expect(await service.ctx.store.tables.receiptNotices.listWaits({ why: ['failed'] }, 10)).toMatchObject([{ obligationId: paid.id }]);
  });
});
