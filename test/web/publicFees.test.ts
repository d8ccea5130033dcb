// The published fees: what everybody can read without signing in is what a counter charges, on every day.
import fc from 'fast-check';
import request from 'supertest';
import { listPublishedFees } from '../../src/actions/publishedFees';
import { priceFees } from '../../src/actions/priceFees';
import { exampleInputs } from '../../src/domain/feePublication';
import { addDays, startOfDay, type Day, type Instant } from '../../src/domain/time';
import { certifiedCopy, freshDossierCode, openTestService, type TestService } from '../support/office';
import { textOf, visitorAt } from '../support/visitor';

const firstDay = '2026-07-01' as Day;
const daysOfYear = 365;

describe('published fees', () => {
  let service: TestService;
  let now = startOfDay(firstDay);
  beforeAll(async () => {
    service = await openTestService('SQLite', { replace: { now: () => now } });
  });
  afterAll(() => service.end());
  beforeEach(() => {
    now = '2026-11-22T02:00:00.000Z' as Instant;
  });

  const page = (path: string) => request(service.server).get(path);

  it('are listed for everybody, with the rate, and can be searched without marks', async () => {
    const all = (await page('/fees').expect(200)).text;
    expect(all).toContain('Chứng thực bản sao từ bản chính');
    const found = (await page('/fees?q=dang%20ky%20khai%20sinh').expect(200)).text;
    expect(found).toContain('Thủ tục đăng ký khai sinh');
    expect(found).not.toContain('Chứng thực bản sao từ bản chính');
  });

  it('say name, rate, example, law, who pays, how, and to which unit’s account', async () => {
    const { text } = await page('/fees/2.000815?agency=H26.101').expect(200);
    for (const said of [
      '2.000 ₫',
      '1.000 ₫',
      '200.000 ₫',
      '7.000 ₫',
      'Thông tư 226/2016/TT-BTC',
      'Khi nộp hồ sơ',
      'từ 01/01/2017',
      'DIEM PVHCC PHUONG MAU',
      'Người nộp',
    ])
      expect(text.replaceAll('\u00a0', ' ')).toContain(said);
  });

  it('are listed as they are charged at the counter today, with the rate of the decision beside them', async () => {
    const list = textOf((await page('/fees?agency=H26.101').expect(200)).text);
    expect(list).toContain('1.014063 · Lệ phí: 25.000 ₫ (mức quy định 50.000 ₫)');
    expect(textOf((await page('/fees?agency=H26.101&on=2027-01-01').expect(200)).text)).toContain('1.014063 · Lệ phí: 50.000 ₫');
    expect(list).not.toContain('(không thu)');
    const desk = await visitorAt(service, 'ketoan');
    expect(textOf((await desk.get('/fee-schedule?q=1.014063')).text)).toMatch(/25\.000 ₫ Mức quy định: 50\.000 ₫ \(Thông tư 64\/2025/);
  });

  it('say how one must file and until when, for each preference', async () => {
    const text = textOf((await page('/fees/2.000635?agency=H26.101').expect(200)).text);
    expect(text).toMatch(/Cách nộp Thời hạn/);
    expect(text).toMatch(/Miễn Trực tuyến Đến hết 28\/02\/2027/);
    expect(text).toMatch(/Diện 1: .* Miễn Mọi cách nộp Không ghi thời hạn/);
    expect(text).toMatch(/Áp dụng tự động Ngân sách hỗ trợ 100 % Trực tuyến Không ghi thời hạn/);
    const poster = textOf((await page('/fees/2.000635/poster?agency=H26.101').expect(200)).text);
    expect(poster).toContain('Đến hết 28/02/2027');
    expect(poster).toContain('In lúc');
  });

  it('say under a tax that it is paid by notice to the Treasury, and our account under our own fees alone', async () => {
    const tax = textOf((await page('/fees/1.007277?agency=H26.101').expect(200)).text);
    expect(tax).toContain('vào tài khoản Kho bạc Nhà nước ghi trên thông báo');
    expect(tax).not.toContain('DIEM PVHCC PHUONG MAU');
    expect(tax).not.toContain('tiền mặt tại quầy');
  });

  it('call a procedure without a fee so, and show no remark of the schedule as a name', async () => {
    const text = textOf((await page('/fees/2.000908?agency=H26.101').expect(200)).text);
    expect(text).toContain('Không thu phí, lệ phí');
    expect(text).not.toContain('(không thu)');
  });

  it('cost nothing online in Hanoi by Resolution 77/2025, on the page and in the estimate alike', async () => {
    for (const [code, feeId, inputs] of [
      ['1.001193', 'HT-H26-1.001193', 'case.tinh_trang_thoi_han=qua_han'],
      ['2.000913', 'CT-2.000913', ''],
      ['1.012787', 'DD-H26-BD-1.012787', 'case.khu_vuc=phuong'],
      ['1.013225', 'XD-H26-1.013225', 'case.loai=nha_o_rieng_le'],
      ['1.001612', 'HK-H26-1.001612', ''],
    ]) {
      const estimate = await page(`/api/fees/estimate?agency=H26.101&channel=online&feeId=${feeId}&${inputs}`).expect(200);
      expect([feeId, estimate.body.amount, estimate.body.on]).toEqual([feeId, 0, '2026-11-22']);
      expect(estimate.body.preference.legalBasis).toMatch(/Nghị quyết 7[78]\/202[56]/);
      expect(textOf((await page(`/fees/${code}?agency=H26.101`).expect(200)).text)).toMatch(/Trực tuyến: 0 ₫/);
    }
  });

  it('are not estimated at a unit that is closed on the day, whose last day is named', async () => {
    const place = { localityCode: 'H26', dynamicQrFlag: 2 as const, validFrom: '2025-07-01' as Day, validTo: '2026-06-30' as Day };
    await service.ctx.store.transact((tables) =>
      tables.agencies.save({ ...place, code: 'H26.9', name: 'Điểm phục vụ cũ', kind: 'commune_centre', parentCode: 'H26' }),
    );
    const on = (day: string) => page(`/api/fees/estimate?agency=H26.9&feeId=CT-2.000884&on=${day}`);
    expect((await on('2026-06-30')).status).toBe(200);
    const refused = await on('2026-07-01');
    expect([refused.status, refused.body.code, refused.body.detail]).toEqual([
      404,
      'agency_unknown',
      expect.stringContaining('ngày cuối là 30/06/2026'),
    ]);
    expect((await page('/fees/2.000884?agency=H26.9&on=2026-07-01').set('accept', 'text/html')).text).toContain('ngày cuối là 30/06/2026');
  });

  it('are reckoned by the engine that charges, with the steps', async () => {
    const { text } = await page('/fees/2.000815?agency=H26.101&fee=CT-2.000815&units=5&quantity=3&channel=counter').expect(200);
    expect(text.replaceAll('\u00a0', ' ')).toContain('21.000 ₫');
    expect(text).toContain('Trang 1–2: 2 × 2.000 ₫ = 4.000 ₫');
    const refused = await page('/fees/2.000815?agency=H26.101&fee=CT-2.000815&units=0&quantity=3&channel=counter').expect(200);
    expect(refused.text).toContain('role="alert"');
    expect(textOf(refused.text)).toContain('phải là số nguyên từ 1 đến 10.000 trang bản chính');
  });

  it('say who must decide, where nobody has, and offer nothing to reckon', async () => {
    const { text } = await page('/fees/1.012783?agency=H26.101').expect(200);
    expect(text).toContain('Hội đồng nhân dân');
    expect(text).not.toContain('fee-calculator');
  });

  it('say who must decide, where only one of several cases has no amount', async () => {
    const place = { localityCode: 'H24', dynamicQrFlag: 2 as const, validFrom: '2025-07-01' as Day };
    await service.ctx.store.transact((tables) =>
      tables.agencies.save({ ...place, code: 'H24.1', name: 'Điểm phục vụ phường Thử', kind: 'commune_centre', parentCode: 'H26' }),
    );
    const { text } = await page('/fees/1.004859?agency=H24.1&fee=HT-H24-1.004859&case.tuoi_nguoi_duoc_dang_ky=tu_du_14').expect(200);
    expect(text).toContain('chưa có mức thu do Hội đồng nhân dân thành phố Hải Phòng quy định');
  });

  it('are refused for a procedure or a unit that does not exist', async () => {
    await page('/fees/9.999999').expect(404);
    await page('/fees/2.000815?agency=H99').expect(404);
    await page('/fees/2.000815?on=2026-02-30').expect(400);
  });

  it('are printed on a poster with a code that leads to the page', async () => {
    const { text } = await page('/fees/2.000815/poster?agency=H26.101').expect(200);
    expect(text).toContain('<svg');
    expect(text).toContain('200.000');
  });

  it('are in every week of a year, and where regimes begin and end, what a counter would charge for the same', async () => {
    const days = Array.from({ length: daysOfYear }, (_, n) => addDays(firstDay, n));
    for (const on of days.filter((_, n) => n % 7 === 0).concat(['2026-12-31', '2027-01-01', '2027-02-28', '2027-03-01'] as Day[])) {
      for (const { procedure, agency, fees } of await listPublishedFees(service.ctx.store, { agencyCode: 'H26.101', on }))
        for (const { fee, examples } of fees)
          for (const { channel, priced } of examples) {
            const question = {
              procedureCode: procedure.code,
              localityCode: agency.localityCode,
              channel,
              on,
              fees: [{ feeId: fee.id, ...exampleInputs(fee) }],
            };
            const [charged] = await priceFees(service.ctx.store.tables, question);
            expect([on, fee.id, channel, charged?.amount]).toEqual([on, fee.id, channel, priced.amount]);
          }
    }
  });

  it('on any day are what is owed when the fee is issued on that day', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: daysOfYear - 1 }),
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 20 }),
        async (n, units, quantity) => {
          const on = addDays(firstDay, n);
          now = startOfDay(on);
          const address = `/fees/2.000815?agency=H26.101&on=${on}&fee=CT-2.000815&units=${units}&quantity=${quantity}&channel=counter`;
          const published = /class="sum">([\d.]+)/.exec((await page(address).expect(200)).text)?.[1]?.replaceAll('.', '');
          const { dossier } = certifiedCopy({ code: freshDossierCode() });
          const issued = await service
            .call('post', '/api/obligations', { dossier, fees: [{ feeId: 'CT-2.000815', units, quantity }] })
            .expect(201);
          expect(Number(published)).toBe(issued.body.amounts.due);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('are reported as complete or not, and each gap opens to its procedures', async () => {
    const leader = await visitorAt(service, 'lanhdao');
    const get = async (path: string) => (await leader.get(path).expect(200)).text;
    const report = await get('/fee-publication?on=2026-11-22');
    const [, complete, all] = /(\d+) trên (\d+) thủ tục/.exec(report) ?? [];
    const incomplete = Number(all) - Number(complete);
    expect(report).toContain(`Tất cả (${incomplete})`);
    expect(report.match(/<a href="\/fees\/[^"]+"/g)).toHaveLength(incomplete);
    const unset = Number(/Hội đồng nhân dân chưa quyết định mức thu \((\d+)\)/.exec(report)?.[1]);
    expect((await get('/fee-publication?on=2026-11-22&gap=not_set_by_council')).match(/<a href="\/fees\/[^"]+"/g)).toHaveLength(unset);
    await page('/fee-publication').expect(303);
  });
});
