// The same-day summary 01/TH-BLĐT: it ties to the receipts of the day to the last đồng, and all days together to the receipts that stand.
import { paperSource } from '../../src/actions/paperSource';
import { correctReceipt } from '../../src/actions/correctReceipt';
import { issueReceipts } from '../../src/actions/issueReceipts';
import { decideNotice, requestNotice } from '../../src/actions/noticeMoneyTakenBack';
import { summariseReceipts } from '../../src/actions/summariseReceipts';
import type { PaperFoot, PaperSource } from '../../src/domain/paper';
import { receiptNameOf } from '../../src/domain/receiptName';
import { netOf } from '../../src/domain/receiptSummary';
import type { Actor } from '../../src/domain/role';
import { addMs, dayOf, type Day, type Instant } from '../../src/domain/time';
import { numberOf, rowsOf } from '../support/books';
import { sharedCertificate } from '../support/certificate';
import { databases, openTestService } from '../support/office';
import { lePhiOfEach, phiOfEach, runAll, settleMany } from '../support/settled';

const dayMs = 86_400_000;
const footOf = async ({ rows }: PaperSource): Promise<PaperFoot> => {
  const all = rows();
  for (;;) {
    const next = await all.next();
    if (next.done) return next.value;
  }
};
const person = (login: string): Actor => ({
  kind: 'person',
  officerId: `of-${login}`,
  name: login,
  role: 'finance_officer',
  agencyCode: 'H26',
});
const [ketoan, ketoantruong] = [person('ketoan'), person('ketoantruong')];

describe.each(databases)('the summary of a day on %s', (kind) => {
  it('ties to the receipts: numbers from–to, counts, totals, what was replaced and what was found wrong', async () => {
    let now = '2026-11-22T03:00:00.000Z' as Instant;
    const service = await openTestService(kind, { replace: { now: () => now, makeDemoCertificate: sharedCertificate } });
    const { ctx } = service;
    const { databaseUrl: url } = service.config;
    const issueAll = async (count: number, prefix: string) => {
      await settleMany(url, count, ['H26.101', 'H26.90'], prefix);
      while ((await issueReceipts(ctx)) > 0);
    };
    const nameOf = async (obligation: string, ofKind = 'phi') => {
      const text = `SELECT symbol, number FROM receipt WHERE obligation_id = 'ob_${obligation}' AND kind = '${ofKind}' ORDER BY edition DESC`;
      const [row] = await rowsOf(url, text);
      return `${String(row?.['symbol'])}-${String(row?.['number'])}`;
    };
    const summary = (on: Day) => summariseReceipts(ctx, ketoan, on);
    const first = dayOf(now);
    await issueAll(2_400, 'one'); // more than one range for each agency
    const payerName = 'Tên đúng';
    await correctReceipt(ctx, { actor: ketoan, name: await nameOf('one_0'), ground: 'payer_name', reason: 'sai tên', payerName });
    const ofFirst = await summary(first);
    expect(ofFirst.runs.map((run) => [run.symbol, run.agencyCode, run.firstNumber, run.lastNumber, run.count])).toEqual([
      ['26TAA', 'H26.101', 1, 1000, 1000],
      ['26TAA', 'H26.90', 1001, 2000, 1000],
      ['26TAA', 'H26.101', 2001, 2201, 201],
      ['26TAA', 'H26.90', 3001, 3200, 200],
      ['26TAB', 'H26.101', 1, 1000, 1000],
      ['26TAB', 'H26.90', 1001, 2000, 1000],
      ['26TAB', 'H26.101', 2001, 2200, 200],
      ['26TAB', 'H26.90', 3001, 3200, 200],
    ]);
    expect(JSON.parse(JSON.stringify(ofFirst.kinds))).toEqual([
      { kind: 'phi', count: 2_401, total: 2_401 * phiOfEach, replacing: 1, exits: 1, exitTotal: phiOfEach, net: 2_400 * phiOfEach },
      { kind: 'le_phi', count: 2_400, total: 2_400 * lePhiOfEach, replacing: 0, exits: 0, exitTotal: 0, net: 2_400 * lePhiOfEach },
    ]);
    expect(ofFirst.exits).toMatchObject([
      { receipt: { symbol: '26TAA', number: 1 }, replacedBy: { symbol: '26TAA', number: 2201 }, ground: 'payer_name' },
    ]);

    now = addMs(now, dayMs);
    const second = dayOf(now);
    await issueAll(10, 'two');
    await correctReceipt(ctx, { actor: ketoan, name: await nameOf('one_1'), ground: 'payer_name', reason: 'sai tên', payerName });
    await runAll(url, [`UPDATE obligation SET paid = 0, settled_at = NULL WHERE id = 'ob_one_2'`]);
    await requestNotice(ctx, { actor: ketoan, name: await nameOf('one_2'), reason: 'đã trả lại tiền' });
    await decideNotice(ctx, { actor: ketoantruong, name: await nameOf('one_2'), decision: 'confirmed' });
    const ofSecond = await summary(second);
    expect(ofSecond.kinds[0]).toMatchObject({ count: 11, replacing: 1, exits: 2 });
    expect(ofSecond.kinds[0]?.net.toJSON()).toBe((11 - 2) * phiOfEach);

    now = addMs(now, dayMs);
    await runAll(url, [
      `UPDATE obligation SET paid = due, settled_at = '${now}' WHERE id = 'ob_one_2'`,
      `INSERT INTO event (type, at, subject_id, obligation_id, version, payload) VALUES ('obligation.paid', '${now}', 'ob_one_2', 'ob_one_2', 4, '{}')`,
    ]);
    while ((await issueReceipts(ctx)) > 0);
    const ofThird = await summary(dayOf(now));
    expect(ofThird.exits).toMatchObject([{ isOutAlready: true, ground: 'money_taken_back' }]);
    expect(netOf(ofThird.kinds).toJSON()).toBe(phiOfEach);

    await runAll(url, [`UPDATE obligation SET paid = 0, settled_at = NULL WHERE id = 'ob_two_1'`]);
    await requestNotice(ctx, { actor: ketoan, name: await nameOf('two_1'), reason: 'đã trả lại tiền' });
    await decideNotice(ctx, { actor: ketoantruong, name: await nameOf('two_1'), decision: 'confirmed' });
    await runAll(url, [
      `UPDATE obligation SET paid = due, settled_at = '${now}' WHERE id = 'ob_two_1'`,
      `INSERT INTO event (type, at, subject_id, obligation_id, version, payload) VALUES ('obligation.paid', '${now}', 'ob_two_1', 'ob_two_1', 4, '{}')`,
    ]);
    while ((await issueReceipts(ctx)) > 0);
    const sameDay = (await summary(dayOf(now))).exits.filter(({ isOutAlready }) => !isOutAlready);
    expect(sameDay).toMatchObject([{ ground: 'money_taken_back', replacedBy: { symbol: '26TAA' } }]); // found wrong and replaced on one day: once
    expect(netOf((await summary(dayOf(now))).kinds).toJSON()).toBe(phiOfEach);

    expect(await summary(first)).toEqual(ofFirst); // what was summed up stays
    const standing = await numberOf(
      url,
      `SELECT sum(amount) FROM receipt r WHERE NOT EXISTS (SELECT 1 FROM receipt later WHERE later.replaces_id = r.id)`,
    );
    expect(netOf([ofFirst, ofSecond, ofThird].flatMap(({ kinds }) => kinds)).toJSON()).toBe(standing);
    const list = await paperSource(ctx, ketoan, { kind: 'daily_list', agencyCode: 'H26', from: first, to: dayOf(now) });
    const written = await footOf(list);
    const gone = [ofFirst, ofSecond, await summary(dayOf(now))].flatMap(({ exits }) => exits);
    const rowCount = (await numberOf(url, 'SELECT count(*) FROM receipt')) + gone.length;
    expect(JSON.parse(JSON.stringify(written))).toEqual({ total: standing, rowCount });
    expect(await list.foot()).toEqual(written); // what a screen says without reading every row
    const commune: Actor = { ...person('quay1'), role: 'counter_officer', agencyCode: 'H26.101' } as Actor;
    const part = await summariseReceipts(ctx, commune, first);
    expect(part).toMatchObject({ isPart: true });
    expect(new Set(part.runs.map((run) => run.agencyCode))).toEqual(new Set(['H26.101']));
    await service.end();
  }, 60_000);

  it('of each organisation has its own receipts: one replaced in the name of another leaves the first and comes to the second', async () => {
    const service = await openTestService(kind, { replace: { makeDemoCertificate: sharedCertificate } });
    const { ctx } = service;
    await settleMany(service.config.databaseUrl, 2, ['H26.101']);
    while ((await issueReceipts(ctx)) > 0);
    const commune = { agencyCode: 'H26.101', name: 'Ủy ban nhân dân phường Mẫu', taxCode: '0100000001' };
    await ctx.store.transact(({ collectors }) => collectors.save(commune, ctx.now(), 'of-quantri'));
    const [wrong] = await ctx.store.tables.receipts.ofObligations(['ob_many_0']);
    if (!wrong) throw new Error('a receipt was expected');
    await correctReceipt(ctx, { actor: ketoan, name: receiptNameOf(wrong.content), ground: 'collector', reason: 'sai tổ chức thu' });
    const on = dayOf(ctx.now());
    const phiOf = async (collectorCode: string) =>
      JSON.parse(JSON.stringify((await summariseReceipts(ctx, ketoan, on, collectorCode)).kinds[0]));
    expect(await phiOf('H26')).toMatchObject({ count: 2, replacing: 0, exits: 1, exitTotal: phiOfEach, net: phiOfEach });
    expect(await phiOf('H26.101')).toMatchObject({ count: 1, replacing: 1, exits: 0, exitTotal: 0, net: phiOfEach });
    await service.end();
  });

  it('is at first that of the organisation in whose name the reader’s own unit collects', async () => {
    const service = await openTestService(kind, { replace: { makeDemoCertificate: sharedCertificate } });
    const { ctx } = service;
    const other = { agencyCode: 'H26.90', name: 'Văn phòng Đăng ký đất đai', taxCode: '0100000002' };
    await ctx.store.transact(({ collectors }) => collectors.save(other, ctx.now(), 'of-quantri'));
    const firstFor = async (agencyCode: string) => {
      const { collector, isPart } = await summariseReceipts(ctx, { ...ketoan, agencyCode } as Actor, dayOf(ctx.now()));
      return [collector.agencyCode, isPart];
    };
    expect([await firstFor('H26'), await firstFor('H26.90'), await firstFor('H26.101')]).toEqual([
      ['H26', false],
      ['H26.90', false],
      ['H26', true],
    ]);
    await service.end();
  });
});
