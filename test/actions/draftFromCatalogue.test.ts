// Drafts made from a catalogue's differences: only of sound rows, each row once, and still for somebody else to approve.
import { compareCatalogue } from '../../src/actions/compareCatalogue';
import { approveFee, withdrawFee } from '../../src/actions/decideFee';
import { draftFromCatalogue, type CatalogueDraftRequest } from '../../src/actions/draftFromCatalogue';
import { keepCatalogue } from '../../src/actions/keepCatalogue';
import type { DifferenceKind, KeptDifference } from '../../src/domain/catalogue';
import { feesInForce } from '../../src/domain/feeSchedule';
import type { Day } from '../../src/domain/time';
import { csv, imported } from '../support/catalogues';
import { approver, clockAt, drafter } from '../support/feeStaff';
import { databases, openTestService, type TestService } from '../support/office';

const clock = clockAt('2026-11-21T09:00:00');
const law = 'Thông tư 9/2027/TT-BTC';
const from = '2027-01-01' as Day;

describe.each(databases)('From the differences of a catalogue on %s', (kindOfDatabase) => {
  let service: TestService;
  let importId: string;
  let differences: KeptDifference[];
  beforeAll(async () => {
    service = await openTestService(kindOfDatabase, { replace: { now: clock.now } });
    const sent = await imported(
      service.ctx,
      csv(
        `2.000884,Phí chứng thực chữ ký,Phí,1,12.000 đồng,,${law}`,
        `1.999999,Phí hoàn toàn mới,Phí,1,30.000 đồng,,${law}`,
        `2.000528,Lệ phí hộ tịch,Lệ phí,1,75.000 đồng,,Nghị quyết 5/2026/NQ-HĐND`,
        `2.000992,,Phí,1,90 VNĐ,,${law}`,
        `2.000815,,Phí,1,9.000 đồng,,${law}`,
        `2.000635,,Phí,1,9.000 đồng,Áp dụng đến hết ngày 31/12/2023,${law}`,
        `2.000913,,Phí,1,31.000 đồng,Áp dụng đến hết ngày 31/03/2027,${law}`,
        `2.000927,,Phí,1,26.000 đồng,Áp dụng trước ngày 01/01/2027,${law}`,
        `2.001035,,Phí,2,45.000 đồng,,${law}`,
        `2.001008.000.00.00.H24,,Phí,1,11.000 đồng,,${law}`,
        `2.000806.000.00.00.H24,,Lệ phí,1,75.000 đồng,,Nghị quyết 5/2026/NQ-HĐND`,
        `2.002516,Phí xác nhận,Phí,1,9.000 đồng,,${law}`,
        `2.002516,Phí xác nhận,Phí,1,12.000 đồng,,${law}`,
        `1.011439,,Phí,1,15.000 đồng,,${law}`,
        `1.014063,,Lệ phí,1,30.000 đồng,,${law}`,
        `2.001406,,Phí,1,51.000 đồng,,${law}`,
        `2.001019,,Phí,1,51.000 đồng,,${law}`,
        `2.000908,Lệ phí cấp bản sao,Lệ phí,1,20.000 đồng,,${law}`,
        `2.000779,Lệ phí hộ tịch,Lệ phí,1,70.000 đồng,,Nghị quyết 5/2026/NQ-HĐND`,
      ),
    );
    importId = sent.catalogue.id;
    differences = sent.differences;
  });
  afterAll(() => service.end());

  const positionOf = (procedureCode: string, kind: DifferenceKind): number => {
    const found = differences.find((one) => one.procedureCode === procedureCode && one.kind === kind);
    if (!found) throw new Error(`no ${kind} of ${procedureCode}`);
    return found.position;
  };
  const draft = (...positions: number[]) => madeOf({ actor: drafter, importId, positions, from, reason: 'Theo danh mục quốc gia' });
  const madeOf = async (request: CatalogueDraftRequest) => (await draftFromCatalogue(service.ctx, request)).versions;
  const chargedOn = async (procedureCode: string, localityCode: string, on: string) =>
    feesInForce(await service.ctx.store.tables.procedures.listFees(procedureCode), { procedureCode, localityCode, on: on as Day });

  it('a new amount is drafted with its law, and charged only once somebody else has approved it', async () => {
    const [version] = await draft(positionOf('2.000884', 'amount_differs'));
    expect(version?.fee).toMatchObject({ id: 'CT-2.000884', rule: { type: 'fixed', amount: 12_000 }, legalBasis: [law], validFrom: from });
    expect(version?.differenceId).toBe(`${importId}/${positionOf('2.000884', 'amount_differs')}`);
    expect(await chargedOn('2.000884', 'H26', '2027-01-01')).toMatchObject([{ rule: { amount: 10_000 } }]);
    await approveFee(service.ctx, { actor: approver, versionId: version?.id ?? '' });
    expect(await chargedOn('2.000884', 'H26', '2027-01-01')).toMatchObject([{ rule: { amount: 12_000 } }]);
  });

  it('an amount where our council had none becomes a fee of the province', async () => {
    const [version] = await draft(positionOf('2.000528', 'amount_differs'));
    expect(version?.fee).toMatchObject({ id: 'HT-H26-2.000528', localityCode: 'H26', rule: { amount: 75_000 } });
  });

  it.each<[string, string, DifferenceKind, string]>([
    ['a row that lost its thousands', '2.000992', 'unit_error', 'flagged'],
    ['the law of a row whose note is over', '2.000635', 'legal_basis_differs', 'flagged'],
    ['a rate by pages, which has no one amount', '2.000815', 'amount_differs', 'rule_not_plain'],
    ['a price of one channel alone', '2.001035', 'amount_differs', 'one_channel'],
    ['a row that is over on the day before', '2.000927', 'amount_differs', 'days_outside'],
    ['a national fee in a row of another province', '2.001008', 'amount_differs', 'foreign_place'],
    ['a fee of our council in a row of another province', '2.000806', 'amount_differs', 'foreign_place'],
    ['the first of two rows that contradict each other', '2.002516', 'amount_differs', 'contradicted'],
    ['a price of which nobody can say whether a reduction is off already', '1.014063', 'amount_differs', 'rule_not_plain'],
    ['a procedure whose sector is not said', '1.999999', 'missing_here', 'sector_missing'],
    ['what only we have', '2.000942', 'missing_there', 'nothing_there'],
  ])('nothing is drafted of %s', async (_what, procedureCode, kind, why) => {
    await expect(draft(positionOf(procedureCode, kind))).rejects.toMatchObject({
      code: 'difference_not_draftable',
      errors: [{ message: why }],
    });
  });

  it('the law of a row that prints the reduced price is drafted, and the reduced price never becomes the rate', async () => {
    const [version] = await draft(positionOf('1.011439', 'legal_basis_differs'));
    expect(version?.fee).toMatchObject({ rule: { amount: 30_000 }, legalBasis: [law] });
  });

  it('a row that ends is charged until its last day and no longer', async () => {
    const [version] = await draft(positionOf('2.000913', 'amount_differs'));
    expect(version?.fee).toMatchObject({ validFrom: from, validTo: '2027-03-31', rule: { amount: 31_000 } });
  });

  it('a row that was chosen twice is drafted once', async () => {
    const versions = await draft(positionOf('2.000779', 'amount_differs'), positionOf('2.000779', 'legal_basis_differs'));
    expect(versions.map(({ fee }) => fee.id)).toEqual(['HT-H26-2.000779']);
  });

  it('a placeholder whose own fee is set already is charged once', async () => {
    const [waiting] = await service.ctx.store.tables.feeVersions.list({ feeId: 'HT-H26-2.000779' }, 1);
    await approveFee(service.ctx, { actor: approver, versionId: waiting?.id ?? '' });
    expect((await chargedOn('2.000779', 'H26', '2027-07-01')).map((fee) => fee.id)).toEqual(['HT-H26-2.000779']);
  });

  it('one row of which nothing can be drafted holds up no other, and is named', async () => {
    const positions = [positionOf('2.000992', 'unit_error'), positionOf('2.001406', 'amount_differs')];
    const { versions, refused } = await draftFromCatalogue(service.ctx, {
      ...{ actor: drafter, importId, positions, from },
      reason: 'Theo danh mục quốc gia',
    });
    expect(versions.map(({ fee }) => fee.id)).toEqual(['CT-2.001406']);
    expect(refused).toMatchObject([{ path: expect.stringContaining('2.000992'), message: 'flagged' }]);
  });

  it('a row is drafted once, also by its other difference; only when the draft was withdrawn once more', async () => {
    const [legal, amount] = [positionOf('2.000884', 'legal_basis_differs'), positionOf('2.001019', 'amount_differs')];
    await expect(draft(legal)).rejects.toMatchObject({ errors: [{ message: 'drafted_already' }] });
    const [version] = await draft(amount);
    await expect(draft(positionOf('2.001019', 'legal_basis_differs'))).rejects.toMatchObject({ errors: [{ message: 'drafted_already' }] });
    await withdrawFee(service.ctx, { actor: drafter, versionId: version?.id ?? '', note: 'Nhầm dòng' });
    expect(await draft(amount)).toHaveLength(1);
  });

  it('each row has its own first day where no other is asked, and an earlier one is refused', async () => {
    const header = 'procedureCode,kind,amount,legalBasis,validFrom';
    const rows = [`2.001008,Phí,12.000 đồng,${law},01/03/2027`, `2.001016,Phí,52.000 đồng,${law},`];
    const sent = await imported(service.ctx, `${header}\n${rows.join('\n')}\n`);
    const positions = sent.differences.filter((one) => one.kind === 'amount_differs').map(({ position }) => position);
    const request = { actor: drafter, importId: sent.catalogue.id, positions, reason: 'Theo danh mục quốc gia' };
    const early = await draftFromCatalogue(service.ctx, { ...request, positions: positions.slice(0, 1), from }).catch(
      (error: unknown) => error,
    );
    expect(early).toMatchObject({ errors: [{ message: 'days_outside' }] });
    expect((await madeOf(request)).map(({ fee }) => fee.validFrom)).toEqual(['2027-03-01', '2026-11-22']);
  });

  it('what had no name takes the name and the kind of the row', async () => {
    const versions = await draft(positionOf('2.000908', 'amount_differs'));
    expect(versions).toMatchObject([{ fee: { id: 'CT-2.000908', name: 'Lệ phí cấp bản sao', kind: 'le_phi', rule: { amount: 20_000 } } }]);
    await approveFee(service.ctx, { actor: approver, versionId: versions[0]?.id ?? '' });
    expect(await chargedOn('2.000908', 'H26', '2027-01-01')).toMatchObject([{ name: 'Lệ phí cấp bản sao', kind: 'le_phi' }]);
  });

  it('a new procedure comes with its first fee, once approved', async () => {
    const header = 'procedureCode,procedureName,sectorCode,sectorName,feeName,kind,amount,legalBasis';
    const row = `1.888888,Thủ tục mới,CHUNG_THUC,Chứng thực,Phí mới,Phí,30.000 đồng,${law}`;
    const sent = await imported(service.ctx, `${header}\n${row}\n`);
    const position = sent.differences.find((one) => one.kind === 'missing_here')?.position ?? -1;
    const request = { actor: drafter, importId: sent.catalogue.id, positions: [position], from, reason: 'Thủ tục mới' };
    const [version] = await madeOf(request);
    expect(await service.ctx.store.tables.procedures.find('1.888888')).toBeUndefined();
    await approveFee(service.ctx, { actor: approver, versionId: version?.id ?? '' });
    expect(await service.ctx.store.tables.procedures.find('1.888888')).toMatchObject({ name: 'Thủ tục mới', sectorCode: 'CHUNG_THUC' });
    expect(await chargedOn('1.888888', 'H44', '2027-01-01')).toMatchObject([{ name: 'Phí mới', rule: { amount: 30_000 } }]);
    expect(await chargedOn('1.888888', 'H44', '2026-12-31')).toEqual([]);
    await expect(draftFromCatalogue(service.ctx, request)).rejects.toMatchObject({ errors: [{ message: 'drafted_already' }] });
  });

  it('nothing is drafted before the whole catalogue has been compared', async () => {
    const { ctx } = service;
    const rows = ['2.000927,,Phí,1,26.000 đồng,,', ...Array.from({ length: 5_000 }, (_, at) => `2.000884,,Phí,1,10.000 đồng,Mục ${at},`)];
    const { id } = await keepCatalogue(ctx, { actor: drafter, fileName: 'x', bytes: Buffer.from(csv(...rows)) });
    let pieces = 0;
    const breaking = () => (++pieces > 8 ? Promise.reject(new Error('the power went')) : Promise.resolve());
    await expect(compareCatalogue(ctx, breaking)).rejects.toThrow('the power went');
    const [first] = await ctx.store.tables.catalogues.listDifferences(id, undefined, 1);
    const request = { actor: drafter, importId: id, positions: [first?.position ?? -1], from, reason: 'Theo danh mục quốc gia' };
    const early = await draftFromCatalogue(ctx, request).catch((error: unknown) => error);
    await compareCatalogue(ctx, () => Promise.resolve());
    expect(early).toMatchObject({ code: 'difference_not_draftable' });
    expect(await madeOf(request)).toMatchObject([{ fee: { id: 'CT-2.000927', rule: { amount: 26_000 } } }]);
  });

  it('rows that stand in one line of JSON are drafted each', async () => {
    const row = (procedureCode: string, amount: string) => ({ procedureCode, kind: 'Phí', amount, legalBasis: law });
    const sent = await imported(service.ctx, JSON.stringify([row('2.001035', '51.000 đồng'), row('2.000913', '32.000 đồng')]));
    const positions = sent.differences.filter((one) => one.kind === 'amount_differs').map(({ position }) => position);
    const request = { actor: drafter, importId: sent.catalogue.id, positions, from, reason: 'Theo danh mục quốc gia' };
    const versions = await madeOf(request);
    expect(versions.map(({ fee }) => fee.id).sort()).toEqual(['CT-2.000913', 'CT-2.001035']);
  });

  it('two new fees of one procedure stay two, whenever each is drafted', async () => {
    const header = 'procedureCode,procedureName,sectorCode,sectorName,feeName,kind,amount,legalBasis';
    const row = (name: string, kind: string) => `1.777777,Thủ tục mới,CHUNG_THUC,Chứng thực,${name},${kind},30.000 đồng,${law}`;
    const sent = await imported(service.ctx, `${header}\n${row('Phí mới', 'Phí')}\n${row('Lệ phí mới', 'Lệ phí')}\n`);
    const positions = sent.differences.filter((one) => one.kind === 'missing_here').map(({ position }) => position);
    for (const position of positions) {
      const request = { actor: drafter, importId: sent.catalogue.id, positions: [position], from, reason: 'Thủ tục mới' };
      await draftFromCatalogue(service.ctx, request);
    }
    const waiting = await service.ctx.store.tables.feeVersions.list({ procedureCodes: ['1.777777'], isOpen: true }, 10);
    for (const { id } of waiting) await approveFee(service.ctx, { actor: approver, versionId: id });
    expect((await chargedOn('1.777777', 'H26', '2027-01-01')).map((fee) => fee.kind).sort()).toEqual(['le_phi', 'phi']);
  });
});
