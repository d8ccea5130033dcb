// A second province by data alone: with its own fees and units, and not one price of the first has moved.
import { approveFee } from '../../src/actions/decideFee';
import { draftFee } from '../../src/actions/draftFee';
import { isRefusal, type Channel, type Fee } from '../../src/domain/fee';
import { exampleInputs } from '../../src/domain/feePublication';
import { priceFee } from '../../src/domain/feePrice';
import { feesInForce } from '../../src/domain/feeSchedule';
import { grouped } from '../../src/domain/grouping';
import { addDays, type Day } from '../../src/domain/time';
import { changeOf, clockAt, fixed, staff } from '../support/feeStaff';
import { databases, freshDossierCode, openTestService, type TestService } from '../support/office';

const clock = clockAt('2026-11-21T09:00:00');
const channels: readonly Channel[] = ['counter', 'online', 'postal'];
const drafter = staff('ketoan-h24', 'finance_officer', 'H24');
const approver = staff('ketoantruong-h24', 'finance_supervisor', 'H24');
const validFrom = '2025-07-01' as Day;

describe.each(databases)('A second province on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openTestService(kind, { replace: { now: clock.now } });
  });
  afterAll(() => service.end());

  const allFees = async (): Promise<Fee[]> => {
    const { procedures } = service.ctx.store.tables;
    return procedures.listFeesOf((await procedures.list()).map(({ code }) => code));
  };
  /** Every fee in force in a province on each day of a year, with its price by each channel. */
  const pricesOf = async (localityCode: string): Promise<string[]> => {
    const byProcedure = grouped(await allFees(), (fee) => fee.procedureCode);
    const prices = Array.from({ length: 365 }, (_, day) => addDays('2026-07-01' as Day, day)).flatMap((on) =>
      [...byProcedure].flatMap(([procedureCode, fees]) =>
        feesInForce(fees, { procedureCode, localityCode, on }).map((fee) => `${on} ${fee.id} ${pricesOn(fee, on, localityCode)}`),
      ),
    );
    return prices.sort();
  };
  const change = async (id: string, from: string, given: Partial<Fee>) => {
    const version = await draftFee(service.ctx, changeOf(id, from, given, drafter));
    await approveFee(service.ctx, { actor: approver, versionId: version.id });
  };
  const setUpH24 = async () => {
    const place = { localityCode: 'H24', dynamicQrFlag: 2 as const, validFrom };
    await service.ctx.store.transact(async (tables) => {
      await tables.agencies.save({ ...place, code: 'H24', name: 'Ủy ban nhân dân thành phố Hải Phòng', kind: 'province' });
      await tables.agencies.save({ ...place, code: 'H24.11', name: 'Điểm phục vụ phường Thử', kind: 'commune_centre', parentCode: 'H24' });
      const account = {
        bankBin: '970415',
        accountNumber: '240000110001',
        accountName: 'TT PVHCC HAI PHONG',
        purpose: 'collection' as const,
        validFrom,
      };
      await tables.accounts.save({ ...account, id: 'acc-h24', agencyCode: 'H24' });
    });
    await change('HT-H24-1.001193', '2026-12-01', { rule: fixed(9_000), legalBasis: ['Nghị quyết 1/2026/NQ-HĐND'] });
    await change('HT-TINH-2.000528', '2026-07-01', { id: 'HT-H24-2.000528', localityCode: 'H24', rule: fixed(1_200_000) });
    await change('HK-1.001612', '2026-07-01', { id: 'HK-H24-1.001612', localityCode: 'H24', rule: fixed(80_000) });
  };
  const issue = async (agencyCode: string, procedureCode: string, fees: object[]) => {
    const dossier = { code: freshDossierCode(), procedureCode, agencyCode, channel: 'counter', applicant: { name: 'Trần Văn Thử' } };
    return (await service.call('post', '/api/obligations', { dossier, fees })).body as { amounts?: { due: number }; code?: string };
  };

  it('has its own prices, and every price of Hanoi is on every day of a year what it was', async () => {
    const [hanoi, haiPhong] = [await pricesOf('H26'), await pricesOf('H24')];
    expect(hanoi.length).toBeGreaterThan(30_000);
    await setUpH24();
    expect(await pricesOf('H26')).toEqual(hanoi);
    expect(await pricesOf('H24')).not.toEqual(haiPhong);
    expect((await issue('H24.11', '1.001612', [{ feeId: 'HK-H24-1.001612' }])).amounts?.due).toBe(80_000);
    expect((await issue('H26.101', '1.001612', [{ feeId: 'HK-H26-1.001612' }])).amounts?.due).toBe(100_000);
    expect((await issue('H26.101', '1.001612', [{ feeId: 'HK-H24-1.001612' }])).code).toBe('fee_unknown');
    expect((await issue('H26.101', '2.000528', [{ feeId: 'HT-TINH-2.000528' }])).code).toBe('fee_not_set');
  }, 120_000);

  it('cannot touch a fee of the first', async () => {
    const foreign = draftFee(service.ctx, changeOf('HK-H26-1.001612', '2027-01-01', { rule: fixed(1) }, drafter));
    await expect(foreign).rejects.toThrow('fee_locality_foreign');
  });
});

function pricesOn(fee: Fee, on: Day, localityCode: string): string {
  return channels
    .map((channel) => {
      const line = priceFee(fee, exampleInputs(fee), { channel, on, localityCode });
      return isRefusal(line) ? line.refused : line.amount.toString();
    })
    .join(' ');
}
