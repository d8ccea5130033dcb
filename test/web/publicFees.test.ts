// The published fees: what everybody can read without signing in is what a counter charges, on every day.
import fc from 'fast-check';
import request from 'supertest';
import { listPublishedFees } from '../../src/actions/publishedFees';
import { priceFees } from '../../src/actions/priceFees';
import { exampleInputs } from '../../src/domain/feePublication';
import { addDays, startOfDay, type Day, type Instant } from '../../src/domain/time';
import { certifiedCopy, freshDossierCode, openTestService, type TestService } from '../support/office';
import { visitorAt } from '../support/visitor';

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

  it('are reckoned by the engine that charges, with the steps', async () => {
    const { text } = await page('/fees/2.000815?agency=H26.101&fee=CT-2.000815&units=5&quantity=3&channel=counter').expect(200);
    expect(text.replaceAll('\u00a0', ' ')).toContain('21.000 ₫');
    expect(text).toContain('Trang 1–2: 2 × 2.000 ₫ = 4.000 ₫');
    const refused = await page('/fees/2.000815?agency=H26.101&fee=CT-2.000815&units=0&quantity=3&channel=counter').expect(200);
    expect(refused.text).toContain('role="alert"');
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
