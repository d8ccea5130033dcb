// Changes of fees: drafted by one, approved by another, in force from a day; nothing that was published or charged is ever altered.
import { approveFee, withdrawFee } from '../../src/actions/decideFee';
import { draftFee } from '../../src/actions/draftFee';
import { tryFee } from '../../src/actions/tryFee';
import type { Fee } from '../../src/domain/fee';
import { feesInForce } from '../../src/domain/feeSchedule';
import { stateOf } from '../../src/domain/feeVersion';
import type { Actor } from '../../src/domain/role';
import { addDays, type Day } from '../../src/domain/time';
import { approver, changeOf, clockAt, drafter, fixed, leader, staff } from '../support/feeStaff';
import { databases, freshDossierCode, openTestService, type TestService } from '../support/office';

const signature = 'CT-2.000884';
const laws = ['Thông tư 1/2027/TT-BTC'];
const system: Actor = { kind: 'system', name: 'demo' };
const pause = () => Promise.resolve();

describe.each(databases)('A change of a fee on %s', (kind) => {
  let service: TestService;
  const clock = clockAt('2026-11-21T09:00:00');
  beforeEach(async () => {
    clock.set('2026-11-21T09:00:00');
    service = await openTestService(kind, { replace: { now: clock.now } });
  });
  afterEach(() => service.end());

  const draft = (from: string, amount: number, actor: Actor = drafter) =>
    draftFee(service.ctx, changeOf(signature, from, { rule: fixed(amount), legalBasis: laws }, actor));
  const approved = async (from: string, amount: number) => {
    const version = await draft(from, amount);
    return approveFee(service.ctx, { actor: approver, versionId: version.id });
  };
  const priceOn = async (on: string): Promise<number | undefined> => {
    const question = { procedureCode: '2.000884', localityCode: 'H26', on: on as Day };
    const found = feesInForce(await service.ctx.store.tables.procedures.listFees('2.000884'), question);
    expect(found.length).toBeLessThanOrEqual(1);
    const [fee] = found;
    return fee?.rule.type === 'fixed' && fee.rule.amount !== null ? fee.rule.amount : undefined;
  };
  const issue = async (feeId = signature) => {
    const dossier = {
      code: freshDossierCode(),
      procedureCode: '2.000884',
      agencyCode: 'H26.101',
      channel: 'counter',
      applicant: { name: 'Nguyễn Thị Mẫu' },
    };
    const answer = await service.call('post', '/api/obligations', { dossier, fees: [{ feeId, quantity: 2 }] });
    return answer.body as { id: string; amounts: { due: number }; code?: string };
  };

  it('is charged from its day on, and the version before it ends on the day before', async () => {
    await approved('2027-03-01', 12_000);
    await approved('2027-01-01', 15_000);
    expect([await priceOn('2026-12-31'), await priceOn('2027-01-01')]).toEqual([10_000, 15_000]);
    expect([await priceOn('2027-02-28'), await priceOn('2027-03-01')]).toEqual([15_000, 12_000]);
    clock.set('2026-12-31T23:59:59');
    expect((await issue()).amounts.due).toBe(20_000);
    clock.set('2027-01-01T00:00:00');
    expect((await issue()).amounts.due).toBe(30_000);
  });

  it('is not charged as a draft, and not after it was withdrawn, but stays to be seen', async () => {
    const version = await draft('2026-11-22', 15_000);
    expect(await priceOn('2026-11-22')).toBe(10_000);
    await withdrawFee(service.ctx, { actor: drafter, versionId: version.id, note: 'Nhầm văn bản' });
    expect(await priceOn('2026-11-22')).toBe(10_000);
    const [seen] = await service.ctx.store.tables.feeVersions.list({ feeId: signature }, 10);
    expect(seen && [stateOf(seen), seen.decision?.note]).toEqual(['withdrawn', 'Nhầm văn bản']);
  });

  it('needs a second person: neither who drafted it nor a system may approve', async () => {
    const own = await draft('2026-11-22', 15_000, approver);
    await expect(approveFee(service.ctx, { actor: approver, versionId: own.id })).rejects.toThrow('fee_version_own');
    await expect(approveFee(service.ctx, { actor: system, versionId: own.id })).rejects.toThrow('person_required');
    await expect(approveFee(service.ctx, { actor: drafter, versionId: own.id })).rejects.toThrow('role_insufficient');
    await expect(draft('2026-11-22', 15_000, system)).rejects.toThrow('person_required');
    expect(stateOf(await approveFee(service.ctx, { actor: leader, versionId: own.id }))).toBe('approved');
  });

  it('is decided once: approved is not withdrawn, and a second approval is refused', async () => {
    const version = await draft('2026-11-22', 15_000);
    const both = await Promise.allSettled([
      approveFee(service.ctx, { actor: approver, versionId: version.id }),
      approveFee(service.ctx, { actor: leader, versionId: version.id }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(withdrawFee(service.ctx, { actor: drafter, versionId: version.id, note: 'x' })).rejects.toThrow('fee_version_decided');
  });

  it('is refused for a day on which the procedure has been charged, also when that happened after drafting', async () => {
    const early = await draft('2026-11-21', 15_000);
    await issue();
    await expect(approveFee(service.ctx, { actor: approver, versionId: early.id })).rejects.toThrow('fee_version_too_late');
    await expect(draft('2026-11-21', 15_000)).rejects.toThrow('fee_version_too_late');
    await expect(draft('2020-01-01', 15_000)).rejects.toThrow('fee_version_too_late');
    expect((await draft('2026-11-22', 15_000)).fee.validFrom).toBe('2026-11-22');
  });

  it('may begin in the past where nothing of the procedure was charged since', async () => {
    await approved('2026-07-25', 15_000);
    expect([await priceOn('2026-07-24'), await priceOn('2026-07-25'), await priceOn('2026-11-21')]).toEqual([10_000, 15_000, 15_000]);
  });

  it('with the day of another replaces that one: the one approved last counts', async () => {
    await approved('2027-01-01', 15_000);
    clock.set('2026-11-22T09:00:00');
    await approved('2027-01-01', 16_000);
    expect(await priceOn('2027-01-01')).toBe(16_000);
  });

  it('never touches an obligation that was issued', async () => {
    const before = await issue();
    await approved('2026-11-22', 15_000);
    clock.set('2026-11-23T09:00:00');
    const after = await service.call('get', `/api/obligations/${before.id}`);
    expect(after.body).toEqual(before);
    const money = await service.ctx.store.tables.obligations.find(before.id);
    expect(money?.feeItems[0]).toMatchObject({ legalBasis: ['Thông tư 226/2016/TT-BTC'] });
  });

  it('may move when a fee is collected: what was filed before keeps its own way', async () => {
    const before = await issue();
    const version = await draftFee(service.ctx, changeOf(signature, '2026-11-22', { collectWhen: 'khi_tra_ket_qua' }));
    await approveFee(service.ctx, { actor: approver, versionId: version.id });
    clock.set('2026-11-22T09:00:00');
    expect((await service.call('get', `/api/obligations/${before.id}`)).body).toEqual(before);
    const dossier = {
      code: freshDossierCode(),
      procedureCode: '2.000884',
      agencyCode: 'H26.101',
      channel: 'counter',
      applicant: { name: 'A' },
    };
    expect((await service.call('post', '/api/obligations', { dossier })).body).toMatchObject({ code: 'fees_missing' });
  });

  it('holds in the database itself: a version is neither edited nor deleted, and nobody approves his own', async () => {
    const version = await draft('2027-01-01', 15_000);
    const decision = { verdict: 'approved' as const, by: version.draftedBy, at: clock.now() };
    const keeping = service.ctx.store.transact((tables) => tables.feeVersions.keepDecision(version, decision));
    expect(await keeping.catch(String)).toMatch(/check/i); // the driver's errors are of another realm here, and no Error to jest
  });

  it('gives a procedure without a rate of the province the fee that its council has set', async () => {
    const placeholder = changeOf('HT-TINH-2.000528', '2027-01-01', {
      id: 'HT-H26-2.000528',
      localityCode: 'H26',
      rule: fixed(1_500_000),
      legalBasis: laws,
    });
    const version = await draftFee(service.ctx, placeholder);
    await approveFee(service.ctx, { actor: approver, versionId: version.id });
    const fees = await service.ctx.store.tables.procedures.listFees('2.000528');
    const on = (day: string, localityCode: string) =>
      feesInForce(fees, { procedureCode: '2.000528', localityCode, on: day as Day }).map((fee) => fee.id);
    expect([on('2026-12-31', 'H26'), on('2027-01-01', 'H26')]).toEqual([['HT-TINH-2.000528'], ['HT-H26-2.000528']]);
    expect(on('2027-01-01', 'H24')).toEqual(['HT-TINH-2.000528']);
    expect((await service.call('get', '/api/fees/estimate?feeId=HT-H26-2.000528&on=2027-01-01')).body).toMatchObject({ amount: 1_500_000 });
  });

  it('is not approved where its id has become another fee since it was drafted', async () => {
    const added = (kind: 'phi' | 'le_phi') =>
      draftFee(service.ctx, changeOf(signature, '2027-01-01', { id: 'CT-moi', kind, rule: fixed(5_000), legalBasis: laws }));
    const [first, second] = [await added('phi'), await added('le_phi')];
    await approveFee(service.ctx, { actor: approver, versionId: first.id });
    await expect(approveFee(service.ctx, { actor: approver, versionId: second.id })).rejects.toThrow('fee_draft_invalid');
  });

  describe('tried on past dossiers', () => {
    const period = { actor: drafter, from: '2026-11-01' as Day, to: '2026-11-30' as Day, pause };

    it('says how many lines change, by how much, and which', async () => {
      const issued = [await issue(), await issue(), await issue()];
      const version = await draft('2027-01-01', 15_000);
      const { trial, isCut } = await tryFee(service.ctx, { ...period, versionId: version.id });
      expect([trial.lines, trial.dearer, trial.cheaper, trial.alike, trial.refused, isCut]).toEqual([3, 3, 0, 0, 0, false]);
      expect([trial.before.toJSON(), trial.after.toJSON()]).toEqual([60_000, 90_000]);
      expect(trial.examples.map((line) => line.obligationId).sort()).toEqual(issued.map(({ id }) => id).sort());
    });

    it('has no price of its own where what it tries comes by tax notice alone', async () => {
      await issue();
      const kept = await draft('2027-01-01', 15_000);
      const byNotice = { ...kept, id: 'fev_theo_thong_bao', fee: { ...kept.fee, collectWhen: 'theo_thong_bao_thue' as const } };
      await service.ctx.store.transact((tables) => tables.feeVersions.keep(byNotice)); // no front door takes such a draft
      const { trial } = await tryFee(service.ctx, { ...period, versionId: byNotice.id });
      expect([trial.lines, trial.refused, trial.before.toJSON(), trial.after.toJSON()]).toEqual([1, 1, 0, 0]);
      expect(trial.examples).toMatchObject([{ refused: 'tax_by_notice' }]);
    });

    it('changes nothing, and looks at no other day', async () => {
      const one = await issue();
      const version = await draft('2027-01-01', 15_000);
      const other = { ...period, from: '2026-11-22' as Day };
      expect((await tryFee(service.ctx, { ...other, versionId: version.id })).trial.lines).toBe(0);
      await tryFee(service.ctx, { ...period, versionId: version.id });
      expect((await service.call('get', `/api/obligations/${one.id}`)).body).toEqual(one);
      await expect(tryFee(service.ctx, { ...period, to: addDays(period.from, 400), versionId: version.id })).rejects.toThrow(
        'period_too_long',
      );
    });
  });
});

describe('A change of a fee is refused', () => {
  let service: TestService;
  const clock = clockAt('2026-11-21T09:00:00');
  beforeAll(async () => {
    service = await openTestService('SQLite', { replace: { now: clock.now } });
  });
  afterAll(() => service.end());
  const draft = (change: Partial<Fee>, actor?: Actor, id = signature) =>
    draftFee(service.ctx, changeOf(id, '2027-01-01', { rule: fixed(12_000), ...change }, actor));

  it.each<[string, () => Promise<unknown>, string]>([
    ['with an amount below nothing', () => draft({ rule: fixed(-1) }), 'fee_draft_invalid'],
    ['when it says the same once more', () => draftFee(service.ctx, changeOf(signature, '2027-01-01', {})), 'fee_draft_invalid'],
    ['without a legal basis', () => draft({ legalBasis: [] }), 'fee_draft_invalid'],
    [
      'without a reason',
      () => draftFee(service.ctx, { ...changeOf(signature, '2027-01-01', { rule: fixed(1) }), reason: ' ' }),
      'fee_draft_invalid',
    ],
    ['when it makes a service fee a state charge', () => draft({ kind: 'le_phi' }), 'fee_draft_invalid'],
    ['when it moves the fee to another procedure', () => draft({ procedureCode: '2.000815' }), 'fee_draft_invalid'],
    ['when it ends before it begins', () => draft({ validTo: '2026-12-31' as Day }), 'fee_draft_invalid'],
    ['when a state charge shall be retained in part', () => draft({ retentionPercent: '50' }, drafter, 'QT-2.002039'), 'fee_draft_invalid'],
    ['for a procedure that nobody named', () => draft({ id: 'X', procedureCode: '9.999999' }), 'procedure_unknown'],
    ['for a fee of another province', () => draft({}, drafter, 'HT-H24-1.001193'), 'fee_locality_foreign'],
    ['for the placeholder of all provinces', () => draft({}, drafter, 'HT-TINH-2.000528'), 'fee_locality_foreign'],
    ['for a charge that comes by tax notice', () => draft({}, drafter, 'TB-1.007277'), 'fee_by_notice'],
    ['when it makes a charge one that comes by tax notice', () => draft({ collectWhen: 'theo_thong_bao_thue' }), 'fee_by_notice'],
    ['from somebody below the head office', () => draft({}, staff('ketoan2', 'finance_officer', 'H26.101')), 'fee_locality_foreign'],
    ['from a counter officer', () => draft({}, staff('quay1', 'counter_officer', 'H26.101')), 'role_insufficient'],
    ['from the administrator', () => draft({}, staff('quantri', 'administrator')), 'role_insufficient'],
  ])('%s', async (_what, act, code) => {
    await expect(act()).rejects.toThrow(code);
    expect(await service.ctx.store.tables.feeVersions.list({}, 10)).toEqual([]);
  });
});
