// Handing over to the State budget: what was collected is split to the đồng, put on a slip by two persons, and confirmed by the bank's own line.
import Papa from 'papaparse';
import { confirmRemittances } from '../../src/actions/confirmRemittance';
import { approveFee } from '../../src/actions/decideFee';
import { draftFee } from '../../src/actions/draftFee';
import { addDays, dayOf, daysOfMonth } from '../../src/domain/time';
import { tell, tellWithPayer } from '../support/bank';
import { brokenLaws, numberOf, rowsOf } from '../support/books';
import { cashDeskAt } from '../support/cashDesk';
import { approver, changeOf, drafter } from '../support/feeStaff';
import { databases, openTestService, type TestService } from '../support/office';
import { wordsInPdf } from '../support/pdfWords';
import { runAll } from '../support/settled';
import { visitorAt } from '../support/visitor';

const officer = 'demo-api-key-ketoan';
const supervisor = 'demo-api-key-ketoantruong';
const fee = 'CT-2.000815';

describe.each(databases)('remittances on %s', (kind) => {
  let service: TestService;
  let desk: ReturnType<typeof cashDeskAt>;
  beforeAll(async () => {
    service = await openTestService(kind);
    desk = cashDeskAt(service);
  });
  afterAll(() => service.end());

  const today = () => dayOf(service.ctx.now());
  const month = () => today().slice(0, 7);
  const unit = async (key = officer) => {
    const { data } = (await desk.get(`/remittances?month=${month()}&agency=H26.101`, key).expect(200)).body;
    return data[0];
  };
  const step = (id: string, act: string, key: string, body: object = {}) => desk.post(`/remittances/${id}/${act}`, body, key);
  const paid = async (amount = 21_000) => {
    const { id, reference } = await desk.issued();
    await tell(service, { content: reference, amount }).expect(200);
    return id;
  };
  const leaves = async (amount: number, content: string): Promise<string> => {
    await tell(service, { amount, content, transferType: 'out' }).expect(200);
    const [row] = await rowsOf(
      service.config.databaseUrl,
      `SELECT id FROM incoming_transaction WHERE state = 'outgoing' ORDER BY id DESC LIMIT 1`,
    );
    return String(row?.['id']);
  };

  it('all that was collected is the budget’s while no rate is set, and the answer says so', async () => {
    await paid();
    await desk.paidInCash();
    await paid(10_000);
    const seen = await unit();
    expect(seen.fees).toMatchObject([{ feeId: fee, collected: 52_000, retained: 0, toBudget: 52_000, isWithoutRate: true, remitByDay: 5 }]);
    expect([seen.accountId, seen.outstandingSum]).toEqual(['acc-h26-101', 52_000]);
    const province = (await desk.get(`/remittances?month=${month()}`, officer)).body.data;
    expect(province.map((one: { agencyCode: string; outstandingSum: number }) => [one.agencyCode, one.outstandingSum])).toEqual([
      ['H26', 0],
      ['H26.101', 52_000],
      ['H26.90', 0],
    ]);
  });

  it('a rate is proposed by one, approved by another, and counts from then on', async () => {
    const rate = {
      agencyCode: 'H26.101',
      feeId: fee,
      retainedPercent: '50',
      remitByDay: 5,
      legalBasis: 'TT 226/2016/TT-BTC',
      validFrom: '2026-01-01',
    };
    expect((await desk.post('/retentions', { ...rate, feeId: 'KHONG-CO' }, officer).expect(404)).body.code).toBe('fee_unknown');
    const lePhi = { ...rate, feeId: 'HT-H26-1.004873' };
    expect((await desk.post('/retentions', lePhi, officer).expect(409)).body.code).toBe('retention_not_for_le_phi');
    expect((await desk.post('/retentions', { ...rate, retainedPercent: '101' }, officer).expect(400)).body.code).toBe('request_invalid');
    const own = (await desk.post('/retentions', rate, supervisor).expect(201)).body;
    expect((await desk.post(`/retentions/${own.id}/approve`, {}, supervisor).expect(403)).body.code).toBe('second_person_required');
    const { id } = (await desk.post('/retentions', rate, officer).expect(201)).body;
    expect((await unit()).fees[0].isWithoutRate).toBe(true);
    const both = await Promise.all([1, 2].map(() => desk.post(`/retentions/${id}/approve`, {}, supervisor)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await unit()).fees[0]).toMatchObject({
      collected: 52_000,
      retained: 26_000,
      toBudget: 26_000,
      isWithoutRate: false,
      retainedPercent: ['50'],
    });
  });

  it('money that goes back counts against the collections; money whose payer cannot be found is the budget’s', async () => {
    const id = await paid();
    expect((await unit()).fees[0].collected).toBe(73_000);
    await service.call('post', `/api/obligations/${id}/cancel`, { reason: 'Rút hồ sơ', refund: true }, 'demo-api-key-quay1').expect(200);
    expect((await unit()).fees[0].collected).toBe(52_000);
    await tell(service, { content: 'khong ro', amount: 7_000 }).expect(200);
    const { data } = (await service.call('get', '/api/transactions?state=unapplied')).body;
    await service
      .call('post', `/api/transactions/${data[0].id}/resolve`, { action: 'to_budget', reason: 'Không tìm được người nộp' }, officer)
      .expect(200);
    expect(await unit()).toMatchObject({ owed: [{ holder: 'acc-h26-101', amount: 7_000 }], outstandingSum: 33_000 });
  });

  it('the totals for 01/PH and 01/LP are a paper like others, and tie to what is handed over', async () => {
    const accountant = await visitorAt(service, 'ketoan');
    const seen = await unit();
    expect((await accountant.get(`/remittances?month=${month()}&agency=H26.101`).expect(200)).text).toContain(
      `href="/papers/declaration?month=${month()}&unit=H26.101"`,
    );
    for (const code of ['H26.101', 'H26']) {
      const { text } = await accountant.get(`/papers/declaration.csv?month=${month()}&unit=${code}`).expect(200);
      const { data } = Papa.parse<string[]>(text.trim());
      const of = 'Điểm phục vụ hành chính công phường Mẫu';
      expect(data.slice(1)).toEqual([
        ['Phí (mẫu 01/PH)', '1', 'Phí chứng thực bản sao từ bản chính', of, '52000', '50 %', '26000', '26000'],
        ['Phải nộp ngân sách ngoài phí, lệ phí', '2', 'Tiền không xác định được người nộp', of, '0', '', '0', '7000'],
        ['Tổng cộng', '', 'Cộng phí', '', '52000', '', '26000', '26000'],
        ['Tổng cộng', '', 'Cộng ngoài phí, lệ phí', '', '0', '', '0', '7000'],
        ['Tổng cộng', '', 'Tổng cộng', '', String(seen.fees[0].collected), '', '26000', String(seen.outstandingSum)],
      ]);
    }
    await accountant.get('/papers/declaration?month=2026-13').expect(400);
  });

  it('a slip is drafted by one and approved by another; two drafts at once make one', async () => {
    const draft = () => desk.post('/remittances', { agencyCode: 'H26.101', month: month() }, officer);
    const answers = await Promise.all([draft(), draft()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const { id, amount, number, lines } = answers.find(({ status }) => status === 201)?.body ?? {};
    expect([amount, number, lines.length]).toEqual([33_000, 1, 2]);
    expect((await unit()).outstandingSum).toBe(0);
    expect((await draft().expect(409)).body.code).toBe('remittance_nothing');
    expect((await step(id, 'send', officer).expect(409)).body.code).toBe('remittance_changed');
    expect((await step(id, 'approve', officer).expect(403)).body.code).toBe('role_insufficient');
    await step(id, 'refuse', supervisor, { reason: 'Thiếu chứng từ' }).expect(200);
    expect((await unit()).outstandingSum).toBe(33_000);
    const own = (await desk.post('/remittances', { agencyCode: 'H26.101', month: month() }, supervisor).expect(201)).body;
    expect((await step(own.id, 'approve', supervisor).expect(403)).body.code).toBe('second_person_required');
    await step(own.id, 'withdraw', officer).expect(200);
  });

  it('a slip is on paper for bank and Treasury: a draft says so, approved it names who decided, withdrawn there is none', async () => {
    const [accountant, clerk] = [await visitorAt(service, 'ketoan'), await visitorAt(service, 'quay1')];
    const slip = (await desk.post('/remittances', { agencyCode: 'H26.101', month: month() }, officer).expect(201)).body;
    const [page, paper] = [`/remittances/${slip.id}`, `/remittances/${slip.id}/slip.pdf`];
    const printed = async () => {
      expect((await accountant.get(page).expect(200)).text).toContain(`href="${paper}"`);
      return wordsInPdf((await accountant.get(paper).expect(200).expect('content-type', /pdf/).responseType('blob')).body as Buffer);
    };
    const draft = await printed();
    for (const part of ['(DỰ THẢO)', 'Chưa duyệt', 'không dùng để nộp tiền']) expect(draft).toContain(part);
    expect(draft).not.toContain('2716');
    const known = changeOf(fee, addDays(today(), 40), { budgetSubItem: '2716' }, drafter);
    await approveFee(service.ctx, { actor: approver, versionId: (await draftFee(service.ctx, known)).id });
    await step(slip.id, 'approve', supervisor).expect(200);
    const words = await printed();
    const shownMonth = month().split('-').reverse().join('/');
    const parts = [
      ...[
        'GIẤY NỘP TIỀN VÀO NGÂN SÁCH NHÀ NƯỚC',
        `Số ${slip.number} ·`,
        slip.code,
        '33.000',
        'Ba mươi ba nghìn đồng',
        'Chương',
        'Tiểu mục',
      ],
      ...[`${shownMonth} ${'.'.repeat(10)} 2716 26.000`, `${shownMonth} ${'.'.repeat(10)} ${'.'.repeat(10)} 7.000`],
      ...[`Nộp vào Kho bạc Nhà nước ${'.'.repeat(72)}`],
    ];
    for (const part of parts) expect(words).toContain(part);
    expect(words).toMatch(/Người lập Kế toán, \d.*Người duyệt Kế toán trưởng, \d/);
    expect(words).not.toContain('DỰ THẢO');
    await clerk.get(paper).expect(403);
    await step(slip.id, 'withdraw', officer, { reason: 'In thử' }).expect(200);
    await accountant.get(paper).expect(409);
    expect((await accountant.get(page)).text).not.toContain('slip.pdf');
  });

  it('approved it is payable, sent it waits, and the bank’s own line with our code confirms it', async () => {
    const slip = (await desk.post('/remittances', { agencyCode: 'H26.101', month: month() }, officer).expect(201)).body;
    await step(slip.id, 'approve', supervisor).expect(200);
    expect(await desk.booked('budget_payable:H26.101')).toBe(-33_000);
    expect(await desk.booked('owed_to_budget:acc-h26-101')).toBe(0);
    await step(slip.id, 'send', officer).expect(200);
    const other = await leaves(33_000, 'NOP TIEN DIEN');
    expect(await confirmRemittances(service.ctx)).toBe(0);
    const right = await leaves(33_000, `NOP NSNN ${slip.code}`);
    expect(await confirmRemittances(service.ctx)).toBe(1);
    const after = (await desk.get(`/remittances/${slip.id}`, officer)).body;
    expect(after).toMatchObject({ status: 'confirmed', isOverdue: false });
    expect(after.steps.at(-1)).toMatchObject({ by: 'system:remittance', transactionId: right });
    expect(await desk.booked('budget_payable:H26.101')).toBe(0);
    expect((await service.ctx.store.tables.remittances.remittedOf('acc-h26-101', today())).toJSON()).toBe(33_000);
    expect((await step(slip.id, 'undo', officer, { reason: 'Sai dòng sao kê' }).expect(200)).body.status).toBe('sent');
    expect((await service.ctx.store.tables.remittances.remittedOf('acc-h26-101', today())).toJSON()).toBe(0);
    expect(await confirmRemittances(service.ctx)).toBe(0);
    const wrong = await leaves(32_000, 'KBNN');
    const bank = await desk.booked('bank:acc-h26-101');
    const differs = await step(slip.id, 'confirm', officer, { transactionId: wrong }).expect(409);
    expect(differs.body.code).toBe('remittance_amount_differs');
    await step(slip.id, 'confirm', officer, { transactionId: other }).expect(200);
    expect(await desk.booked('budget_payable:H26.101')).toBe(0);
    await step(slip.id, 'undo', officer, { reason: 'Ngân hàng thu gộp cả phí' }).expect(200);
    const withFee = await leaves(44_000, 'NOP NSNN VA PHI');
    await step(slip.id, 'confirm', officer, { transactionId: withFee }).expect(200);
    expect(await desk.booked('bank:acc-h26-101')).toBe(bank - 33_000); // the rest waits to be explained
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });

  it('what was handed over and goes back to its payer afterwards is taken off the next slip; withdrawn, a booked slip is turned round', async () => {
    const back = (
      await rowsOf(service.config.databaseUrl, `SELECT id FROM obligation WHERE paid = 21000 AND cancelled_at IS NULL ORDER BY id LIMIT 1`)
    )[0];
    await service
      .call('post', `/api/obligations/${String(back?.['id'])}/cancel`, { reason: 'Rút hồ sơ', refund: true }, 'demo-api-key-quay1')
      .expect(200);
    const seen = await unit();
    expect(seen.outstandingSum).toBe(-10_500);
    expect((await desk.post('/remittances', { agencyCode: 'H26.101', month: month() }, officer).expect(409)).body.code).toBe(
      'remittance_nothing',
    );
    for (const _ of [1, 2, 3]) await paid();
    const slip = (await desk.post('/remittances', { agencyCode: 'H26.101', month: month() }, officer).expect(201)).body;
    expect(slip.amount).toBe(3 * 10_500 - 10_500);
    await step(slip.id, 'approve', supervisor).expect(200);
    await step(slip.id, 'withdraw', officer, { reason: 'Gộp với tháng sau' }).expect(200);
    expect(await desk.booked('budget_payable:H26.101')).toBe(0);
    expect((await step(slip.id, 'withdraw', officer).expect(409)).body.code).toBe('remittance_changed');
  });

  it('what the Treasury paid back for us is handed over to it: the money still lies on our account', async () => {
    const before = (await unit()).outstandingSum;
    const { id, reference } = await desk.issued();
    await tellWithPayer(service, { content: reference, amount: 21_000 }, '0071000123456', 'LE THI MAU').expect(200);
    const refund = { reason: 'Rút hồ sơ sau khi đã nộp NSNN', refund: true };
    await service.call('post', `/api/obligations/${id}/cancel`, refund, 'demo-api-key-quay1').expect(200);
    expect((await unit()).outstandingSum).toBe(before);
    const [row] = await rowsOf(service.config.databaseUrl, `SELECT id FROM refund ORDER BY requested_at DESC, id DESC LIMIT 1`);
    const path = `/refunds/${String(row?.['id'])}`;
    const payee = { bankBin: '970436', evidence: 'Đã nộp NSNN', isTreasury: true };
    await desk.post(`${path}/prepare`, { payee }, officer).expect(200);
    await desk.post(`${path}/approve`, {}, supervisor).expect(200);
    await desk.post(`${path}/send`, { reason: 'Lệnh hoàn trả số 05/LHT' }, officer).expect(200);
    await desk.post(`${path}/confirm`, { evidence: 'KQ.G12.000099' }, officer).expect(200);
    expect(await desk.booked('paid_by_treasury:acc-h26-101')).toBe(-21_000);
    expect((await unit()).outstandingSum).toBe(before + 21_000);
    const slip = (await desk.post('/remittances', { agencyCode: 'H26.101', month: month() }, officer).expect(201)).body;
    await step(slip.id, 'approve', supervisor).expect(200);
    expect(await desk.booked('paid_by_treasury:acc-h26-101')).toBe(0);
    expect(await desk.booked('budget_payable:H26.101')).toBe(-slip.amount);
    await step(slip.id, 'withdraw', officer, { reason: 'Gộp với tháng sau' }).expect(200);
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });

  it('the monthly totals 01/PH and 01/LP are the books to the đồng, phí and lệ phí each by itself', async () => {
    const { data } = (await desk.get(`/declarations?month=${month()}`, officer).expect(200)).body;
    const own = data.find(({ agencyCode }: { agencyCode: string }) => agencyCode === 'H26.101');
    const forms = [own['01/PH'], own['01/LP']];
    for (const form of forms) {
      expect(form.retained + form.toBudget).toBe(form.collected);
      expect(form.rows.reduce((sum: number, row: { collected: number }) => sum + row.collected, 0)).toBe(form.collected);
    }
    const applied = await numberOf(service.config.databaseUrl, `SELECT sum(a.amount) FROM allocation a`);
    expect(forms[0].collected + forms[1].collected).toBe(applied);
    expect(own.dueDay.slice(-2)).toBe('20');
    expect((await desk.get(`/declarations?month=${month()}`, 'demo-api-key-quay1').expect(403)).body.code).toBe('role_insufficient');
  });

  it('what a unit collected stays its own to hand over when its account ends, and is not asked of the one that collects for it then', async () => {
    const [ends, next] = [today(), addDays(daysOfMonth(month()).to, 1).slice(0, 7)];
    const sums = async () => {
      const own = await unit();
      const above = (await desk.get(`/remittances?month=${next}&agency=H26`, officer).expect(200)).body.data;
      return [own.fees[0].collected, own.outstandingSum, above[0].agencyCode, above[0].outstandingSum];
    };
    const before = await sums();
    expect(before[1]).toBeGreaterThan(0);
    await runAll(service.config.databaseUrl, [`UPDATE account SET valid_to = '${ends}' WHERE id = 'acc-h26-101'`]);
    expect(await sums()).toEqual(before);
    const units = (await desk.get(`/remittances?month=${next}`, officer)).body.data.map((one: { agencyCode: string }) => one.agencyCode);
    expect(units).toEqual(['H26', 'H26.90']);
  });
});
