// Drafts made from a catalogue's differences: only of sound rows, all or none, and still for somebody else to approve.
import { approveFee } from '../../src/actions/decideFee';
import { draftFromCatalogue } from '../../src/actions/draftFromCatalogue';
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
  const draft = (...positions: number[]) =>
    draftFromCatalogue(service.ctx, { actor: drafter, importId, positions, from, reason: 'Theo danh mục quốc gia' });
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
    ['a procedure whose sector is not said', '1.999999', 'missing_here', 'sector_missing'],
    ['what only we have', '2.000942', 'missing_there', 'nothing_there'],
  ])('nothing is drafted of %s', async (_what, procedureCode, kind, why) => {
    await expect(draft(positionOf(procedureCode, kind))).rejects.toMatchObject({
      code: 'difference_not_draftable',
      errors: [{ message: why }],
    });
  });

  it('all are drafted or none', async () => {
    const before = await service.ctx.store.tables.feeVersions.list({}, 100);
    const both = draft(positionOf('2.000884', 'legal_basis_differs'), positionOf('2.000992', 'unit_error'));
    await expect(both).rejects.toThrow('difference_not_draftable');
    expect(await service.ctx.store.tables.feeVersions.list({}, 100)).toEqual(before);
  });

  it('a new procedure comes with its first fee, once approved', async () => {
    const header = 'procedureCode,procedureName,sectorCode,sectorName,feeName,kind,amount,legalBasis';
    const row = `1.888888,Thủ tục mới,CHUNG_THUC,Chứng thực,Phí mới,Phí,30.000 đồng,${law}`;
    const sent = await imported(service.ctx, `${header}\n${row}\n`);
    const position = sent.differences.find((one) => one.kind === 'missing_here')?.position ?? -1;
    const request = { actor: drafter, importId: sent.catalogue.id, positions: [position], from, reason: 'Thủ tục mới' };
    const [version] = await draftFromCatalogue(service.ctx, request);
    expect(await service.ctx.store.tables.procedures.find('1.888888')).toBeUndefined();
    await approveFee(service.ctx, { actor: approver, versionId: version?.id ?? '' });
    expect(await service.ctx.store.tables.procedures.find('1.888888')).toMatchObject({ name: 'Thủ tục mới', sectorCode: 'CHUNG_THUC' });
    expect(await chargedOn('1.888888', 'H44', '2027-01-01')).toMatchObject([{ name: 'Phí mới', rule: { amount: 30_000 } }]);
    expect(await chargedOn('1.888888', 'H44', '2026-12-31')).toEqual([]);
  });
});
