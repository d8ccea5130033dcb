// The national catalogue: compared before anything changes, each doubt named, no flagged row ever charged, a bad row spoils only itself.
import { performance } from 'node:perf_hooks';
import { compareCatalogue } from '../../src/actions/compareCatalogue';
import { keepCatalogue } from '../../src/actions/keepCatalogue';
import { isFlag } from '../../src/domain/catalogue';
import { csv, header, imported } from '../support/catalogues';
import { clockAt, drafter, staff } from '../support/feeStaff';
import { databases, openTestService, type TestService } from '../support/office';

const clock = clockAt('2026-11-21T09:00:00');
/** Of our own work at once, on a machine that is busy with other things too; measured: 40 to 60. */
const mostStallMs = 400;
/** A row that agrees with us. */
const sound = '2.000942,,Phí,,2.000 đồng,,';
const ofProcedure = (code: string) => (one: { procedureCode: string; kind: string }) =>
  one.procedureCode === code && one.kind !== 'missing_there';

describe.each(databases)('A catalogue that is imported on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openTestService(kind, { replace: { now: clock.now } });
  });
  afterAll(() => service.end());

  it.each<[string, string, string, string[]]>([
    ['agrees', '2.000884,Phí chứng thực chữ ký,Phí,1,10.000 đồng,,Thông tư số 226/2016/TT-BTC', '2.000884', []],
    ['agrees in its online price', '1.004222,,Lệ phí,2,10.000đ,,75/2022/TT-BTC', '1.004222', []],
    ['says another amount', '2.000884,,Phí,1,20.000 đồng,,', '2.000884', ['amount_differs']],
    ['names another law', '2.000884,,Phí,1,10.000 đồng,,Thông tư 99/2027/TT-BTC', '2.000884', ['legal_basis_differs']],
    ['has lost its thousands', '2.000884,,Phí,1,90 VNĐ,,', '2.000884', ['unit_error']],
    ['has lost its thousands, and its note says so', '2.000884,,Phí,1,"40 Việt Nam Đồng (40.000đ)",,', '2.000884', ['unit_error']],
    ['has three zeros too many', '2.000884,,Phí,1,10.000.000đ/trường hợp,,', '2.000884', ['unit_error']],
    ['is in another currency', '2.000884,,Phí,1,1.200 USD,,', '2.000884', ['currency_not_vnd']],
    ['is in another currency, by its note', '2.000884,,Phí,1,1200 VNĐ,tính bằng USD,', '2.000884', ['currency_not_vnd']],
    ['has a note that is over', '2.000884,,Phí,1,10.000 đồng,Giảm đến hết ngày 31/12/2023,', '2.000884', ['note_expired']],
    ['contradicts its own note', '1.002755,,Lệ phí,1,5.000 đồng,Nộp trực tuyến: 7.000 đồng,', '1.002755', ['note_differs']],
    ['is free where a council decides', '2.000528,,Lệ phí,1,Miễn phí,Mức lệ phí cụ thể do HĐND quyết định,', '2.000528', ['false_free']],
    ['is free where Hanoi has a fee', '1.001193,,Lệ phí,1,Miễn phí,,', '1.001193', ['false_free']],
    ['is free where the law makes it free', '1.000894,,Lệ phí,1,Miễn phí,,', '1.000894', []],
    ['has two prices in one cell', '2.000884,,Phí,1,10.000đ đến 20.000đ,,', '2.000884', ['ambiguous']],
    [
      'calls itself free beside an amount',
      '1.999998,Phí mới,Phí,1,50.000 đồng; miễn lệ phí cho trẻ em,,Thông tư 1/2027/TT-BTC',
      '1.999998',
      ['ambiguous', 'missing_here'],
    ],
    [
      'calls itself free while its note names an amount',
      '1.999997,Phí mới,Phí,1,Miễn phí,Nộp trực tiếp: 50.000 đồng/hồ sơ,Thông tư 1/2027/TT-BTC',
      '1.999997',
      ['note_differs', 'missing_here'],
    ],
    ['ended with the day before', '2.000884,,Phí,1,10.000 đồng,Áp dụng trước ngày 21/11/2026,', '2.000884', ['note_expired']],
    ['has a number in its note that is no amount', `2.000884,,Phí,1,10.000 đồng,${'9'.repeat(30)} đồng,`, '2.000884', []],
    ['has a formula for a price', '2.000884,,Phí,1,=10*1000,,', '2.000884', ['bad_row']],
    ['is ten times as dear', '2.000884,,Phí,1,100.000 đồng,,', '2.000884', ['unit_error']],
    ['is a tenth of it', '2.000884,,Phí,1,1.000 đồng,,', '2.000884', ['unit_error']],
    ['contradicts the words of its note', '2.000884,,Phí,1,20.000 đồng,Mức thu 50 nghìn đồng,', '2.000884', ['note_differs']],
    ['has an amount, and a note that nothing is charged', '2.000884,,Phí,1,20.000 đồng,Không thu phí,', '2.000884', ['note_differs']],
    ['has a code that no ministry gives', '9.000884,,Phí,1,10.000 đồng,,', '', ['bad_row']],
    ['has no procedure', 'abc,,Phí,1,10.000 đồng,,', '', ['bad_row']],
    [
      'speaks of a procedure that we do not have',
      '1.999999,Phí mới,Phí,1,10.000 đồng,,Thông tư 1/2027/TT-BTC',
      '1.999999',
      ['missing_here'],
    ],
    [
      'is written in decomposed letters',
      `2.000884,${'Phí chứng thực chữ ký'.normalize('NFD')},Phí,1,10.000 đồng,,`,
      '2.000884',
      ['decomposed_unicode'],
    ],
  ])('names a row that %s', async (_what, row, procedureCode, kinds) => {
    const { catalogue, differences } = await imported(service.ctx, csv(row, sound));
    expect(differences.filter(ofProcedure(procedureCode)).map((one) => one.kind)).toEqual(kinds);
    expect([catalogue.state, catalogue.rowsRead, catalogue.rowsAlike]).toEqual(['done', 2, kinds.length === 0 ? 2 : 1]);
  });

  it('names what the catalogue lacks, tax by notice apart', async () => {
    const { differences } = await imported(service.ctx, csv('2.000884,,Phí,1,10.000 đồng,,'));
    const missing = differences.filter((one) => one.kind === 'missing_there').map((one) => one.here?.feeId);
    expect(missing).toContain('CT-2.000815');
    expect(missing).not.toContain('CT-2.000884');
    expect(missing).not.toContain('TB-1.007277');
    expect(missing).not.toContain('HT-H24-1.001193');
  });

  it('says when two rows give one fee two prices', async () => {
    const rows = ['2.000884,Phí chứng thực chữ ký,Phí,1,10.000 đồng,,', '2.000884,Phí chứng thực chữ ký,Phí,1,15.000 đồng,,'];
    const { differences } = await imported(service.ctx, csv(...rows));
    expect(differences.filter(ofProcedure('2.000884')).map((one) => [one.kind, one.detail])).toEqual([['contradicts', '2']]);
  });

  it('reads JSON with English or Vietnamese names, and a bad object spoils only itself', async () => {
    const good = { procedureCode: '2.000884', amount: 20000, note: '' };
    const named = { MaTTHC: '2.000815.000.00.00.H26', 'Mức thu': '90 VNĐ', TenPhiLePhi: 'Phí' };
    const text = `[${JSON.stringify(good)}, {"procedureCode": "2.000635", "amount": 8.000,, }, ${JSON.stringify(named)}, {"x": 1}]`;
    const { catalogue, differences } = await imported(service.ctx, text);
    expect([catalogue.format, catalogue.state, catalogue.rowsRead]).toEqual(['json', 'done', 4]);
    expect(differences.filter((one) => one.kind !== 'missing_there').map((one) => [one.kind, one.procedureCode])).toEqual([
      ['amount_differs', '2.000884'],
      ['bad_row', '2.000635'],
      ['unit_error', '2.000815'],
      ['bad_row', ''],
    ]);
  });

  it('changes no fee and drafts nothing', async () => {
    const before = await service.ctx.store.tables.procedures.listFees('2.000884');
    await imported(service.ctx, csv('2.000884,,Phí,1,20.000 đồng,,'));
    expect(await service.ctx.store.tables.procedures.listFees('2.000884')).toEqual(before);
    expect(await service.ctx.store.tables.feeVersions.list({}, 1)).toEqual([]);
  });

  it('goes on where it broke off, and keeps every difference once', async () => {
    const rows = Array.from(
      { length: 6_000 },
      (_, at) => `1.${String(at).padStart(6, '0')},Phí số ${at},Phí,1,10.000 đồng,,Thông tư 1/2027/TT-BTC`,
    );
    const bytes = Buffer.from(csv(...rows));
    const { id } = await keepCatalogue(service.ctx, { actor: drafter, fileName: 'x', bytes });
    let pieces = 0;
    const breaking = () => (++pieces > 20 ? Promise.reject(new Error('the power went')) : Promise.resolve());
    await expect(compareCatalogue(service.ctx, breaking)).rejects.toThrow('the power went');
    const half = await service.ctx.store.tables.catalogues.find(id);
    expect(half?.rowsRead).toBeGreaterThan(0);
    expect(half?.rowsRead).toBeLessThan(6_000);
    await compareCatalogue(service.ctx, () => Promise.resolve());
    const counts = await service.ctx.store.tables.catalogues.countDifferences(id);
    const whole = await service.ctx.store.tables.catalogues.find(id);
    expect([whole?.state, whole?.rowsRead]).toEqual(['done', 6_000]);
    expect((counts.get('missing_here') ?? 0) + (whole?.rowsAlike ?? 0)).toBeGreaterThan(5_900);
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(whole?.differenceCount);
  });

  it('is compared to its end whatever stands in its rows', async () => {
    const bad = [
      '2.000884,\u0000,Phí,1,10.000 đồng,,',
      '\u0000',
      '"\u0000',
      `2.000884,${'x'.repeat(30_000)},Phí,1,10.000 đồng,,`,
      ','.repeat(100_000),
    ];
    const found = await imported(service.ctx, csv(...bad, '2.000884,,Phí,1,20.000 đồng,,'));
    expect([found.catalogue.state, found.catalogue.rowsRead]).toEqual(['done', 6]);
    expect(found.differences.filter((one) => one.kind === 'bad_row')).toHaveLength(5);
    expect(found.differences.filter((one) => one.kind === 'amount_differs')).toHaveLength(1);
    const halves =
      '[{"procedureCode":"2.000884","amount":"1\\ud800"},{"procedureCode":"\\u0000","amount":1},{"__proto__":{"amount":5}},{"procedureCode":"2.000884","amount":20000}]';
    const json = await imported(service.ctx, halves);
    expect([json.catalogue.state, json.differences.filter((one) => one.kind === 'bad_row').length]).toEqual(['done', 3]);
  });

  it('names what only we have once, wherever the comparison breaks off', async () => {
    const row = csv('2.000884,,Phí,1,20.000 đồng,,');
    const whole = await imported(service.ctx, row);
    for (const breakAt of [1, 2, 3, 4, 5, 6]) {
      const { id } = await keepCatalogue(service.ctx, { actor: drafter, fileName: 'x', bytes: Buffer.from(row) });
      let pieces = 0;
      const breaking = () => (++pieces === breakAt ? Promise.reject(new Error('the power went')) : Promise.resolve());
      await compareCatalogue(service.ctx, breaking).catch(() => compareCatalogue(service.ctx, () => Promise.resolve()));
      const seen = await service.ctx.store.tables.catalogues.find(id);
      const found = await service.ctx.store.tables.catalogues.listDifferences(id, undefined, 10_000);
      expect([breakAt, seen?.state, seen?.differenceCount]).toEqual([breakAt, 'done', whole.catalogue.differenceCount]);
      expect(found).toEqual(whole.differences);
    }
  });

  it('stays compared when two of us compare it at once', async () => {
    const row = csv('2.000884,,Phí,1,20.000 đồng,,');
    const { id } = await keepCatalogue(service.ctx, { actor: drafter, fileName: 'x', bytes: Buffer.from(row) });
    let pieces = 0;
    const meanwhile = async () => {
      if (++pieces === 3) await compareCatalogue(service.ctx, () => Promise.resolve());
    };
    await compareCatalogue(service.ctx, meanwhile);
    const whole = await imported(service.ctx, row);
    const seen = await service.ctx.store.tables.catalogues.find(id);
    expect([seen?.state, seen?.differenceCount]).toEqual(['done', whole.catalogue.differenceCount]);
    expect(await service.ctx.store.tables.catalogues.listDifferences(id, undefined, 10_000)).toEqual(whole.differences);
  });

  it('is refused for all to see when its comparison fails again and again, and the next is compared', async () => {
    const [broken, next] = [
      await keepCatalogue(service.ctx, { actor: drafter, fileName: 'x', bytes: Buffer.from(csv('2.000884,,Phí,1,20.000 đồng,,')) }),
      await keepCatalogue(service.ctx, { actor: drafter, fileName: 'y', bytes: Buffer.from(csv('2.000884,,Phí,1,20.000 đồng,,')) }),
    ];
    const failures = new Map<string, number>();
    const compare = () => compareCatalogue(service.ctx, () => Promise.reject(new Error('a fault of ours')), failures);
    for (let tries = 1; tries < 5; tries++) await expect(compare()).rejects.toThrow('a fault of ours');
    expect((await service.ctx.store.tables.catalogues.find(broken.id))?.state).toBe('waiting');
    await compare();
    expect(await service.ctx.store.tables.catalogues.find(broken.id)).toMatchObject({ state: 'refused', problem: 'broken' });
    await compareCatalogue(service.ctx, () => Promise.resolve(), failures);
    expect((await service.ctx.store.tables.catalogues.find(next.id))?.state).toBe('done');
  });

  it('holds nobody up however short and bad its rows are', async () => {
    const stalls = watchStalls();
    const { catalogue } = await imported(service.ctx, `${header}\n${'x\n'.repeat(60_000)}2.000884,,Phí,1,20.000 đồng,,\n`);
    expect(stalls.longestMs()).toBeLessThan(mostStallMs);
    expect([catalogue.state, catalogue.rowsRead]).toEqual(['done', 60_001]);
  }, 60_000);

  it('has 50,000 rows compared in seconds, and nobody waits for it', async () => {
    const bad = new Set([1, 24_999, 49_999]);
    const rows = Array.from({ length: 50_000 }, (_, at) =>
      bad.has(at) ? '2.000884,"an open quotation mark' : `2.000884,Phí chứng thực chữ ký,Phí,1,10.000 đồng,Mục ${at},226/2016/TT-BTC`,
    );
    const stalls = watchStalls();
    const started = performance.now();
    const { catalogue, differences } = await imported(service.ctx, csv(...rows));
    const seconds = (performance.now() - started) / 1_000;
    expect([catalogue.state, catalogue.rowsRead, catalogue.rowsAlike]).toEqual(['done', 50_000, 49_997]);
    expect(differences.filter((one) => one.kind === 'bad_row').map((one) => one.row?.line)).toEqual([3, 25_001, 50_001]);
    expect(seconds).toBeLessThan(20);
    expect(stalls.longestMs()).toBeLessThan(mostStallMs);
  }, 120_000);
});

describe('A file that is no catalogue', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await openTestService('SQLite', { replace: { now: clock.now } });
  });
  afterAll(() => service.end());

  it.each<[string, string | Uint8Array, string]>([
    ['has no columns that we know', 'a,b\n1,2\n', 'header'],
    ['is a header without the columns that are needed', 'a,b\n', 'header'],
    ['is a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xd8, 0x0d, 0x0a]), 'encoding'],
    ['is one line of nothing', '\n\n', 'empty'],
    ['is CSV that breaks off within a row', csv('2.000884,,Phí,1,20.000 đồng,,').slice(0, -12), 'truncated'],
    ['is CSV that breaks off within quotation marks', `${header}\n2.000884,"Phí,1`, 'truncated'],
    ['is a JSON list without its end', '[{"procedureCode":"2.000884","amount":20000},', 'truncated'],
    ['is a JSON list that breaks off within a record', '[{"procedureCode":"2.000884","amount":20000},{"proc', 'truncated'],
    ['has no row that can be read', `${header}\nx\ny\n`, 'no_row_readable'],
    ['has too many rows', `${header}\n${'2.000884,,,,10.000,,\n'.repeat(100_001)}`, 'too_many_rows'],
  ])(
    'is refused as a whole when it %s',
    async (_what, content, problem) => {
      const { catalogue } = await imported(service.ctx, content);
      expect([catalogue.state, catalogue.problem, catalogue.differenceCount]).toEqual(['refused', problem, 0]);
    },
    60_000,
  );

  it('is refused at the door when it is too large, empty, or sent by somebody who may not', async () => {
    const send = (bytes: Uint8Array, actor = drafter) => keepCatalogue(service.ctx, { actor, fileName: 'x', bytes });
    await expect(send(Buffer.alloc(16 * 1024 * 1024 + 1))).rejects.toThrow('catalogue_too_large');
    await expect(send(Buffer.alloc(0))).rejects.toThrow('catalogue_invalid');
    await expect(send(Buffer.from('x'), staff('quay1', 'counter_officer', 'H26.101'))).rejects.toThrow('role_insufficient');
    await expect(send(Buffer.from('x'), staff('ketoan9', 'finance_officer', 'H26.101'))).rejects.toThrow('fee_locality_foreign');
  });
});

it('A row with any flag is never one to charge from', () => {
  expect(
    (
      ['unit_error', 'note_differs', 'false_free', 'currency_not_vnd', 'note_expired', 'bad_row', 'ambiguous', 'contradicts'] as const
    ).every(isFlag),
  ).toBe(true);
});

/** How long we held the event loop at most: only as far as we were at work ourselves, however busy the machine is with others. */
function watchStalls(): { longestMs: () => number } {
  const workedMs = (): number => Object.values(process.cpuUsage()).reduce((sum, micros) => sum + micros, 0) / 1_000;
  let longest = 0;
  let last = { at: performance.now(), worked: workedMs() };
  const timer = setInterval(() => {
    const now = { at: performance.now(), worked: workedMs() };
    longest = Math.max(longest, Math.min(now.at - last.at - 5, now.worked - last.worked));
    last = now;
  }, 5);
  return { longestMs: () => (clearInterval(timer), longest) };
}
