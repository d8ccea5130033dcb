// Receipts of an office that was just set up: with its tax code it issues and signs at once, by a certificate that says that it is a demo.
import { seeCertificate } from '../../src/actions/seeCertificate';
import { openSetup, setUpOffice, type FirstOffice } from '../../src/actions/setUpOffice';
import { setCertificate, setCollector } from '../../src/actions/setCollector';
import { demoConfig } from '../../src/config';
import { openLog } from '../../src/log';
import type { Actor } from '../../src/domain/role';
import { assemble, type Service } from '../../src/serve';
import { databases, freshDatabase } from '../support/office';

const office: FirstOffice = {
  agency: { code: 'H26.101', name: 'Ủy ban nhân dân phường Mẫu', kind: 'commune_centre', localityCode: 'H26', dynamicQrFlag: 0 },
  counterName: 'Quầy 1',
  account: { bankBin: '970436', accountNumber: '1026101000', accountName: 'UBND PHUONG MAU' },
  administrator: { login: 'quantri', name: 'Quản trị', password: 'một mật khẩu dài' },
};
const administrator: Actor = { kind: 'person', officerId: 'of-quantri', name: 'Quản trị', role: 'administrator', agencyCode: 'H26.101' };

describe.each(databases)('an office set up on %s', (kind) => {
  let service: Service;
  let remove: () => void;
  beforeEach(async () => {
    const database = await freshDatabase(kind);
    remove = database.remove;
    const config = { ...demoConfig({ PORT: '0', DATABASE_URL: database.url }), mode: 'production' as const };
    service = await assemble(config, openLog('silent'));
  });
  afterEach(async () => {
    await service.stop();
    remove();
  });

  const setUp = async (changes: Partial<FirstOffice>) =>
    setUpOffice(service.ctx, (await openSetup(service.ctx)) ?? '', { ...office, ...changes }, service.ctx.legalSchedule());

  it('with its tax code has a demo certificate of its own, its key sealed', async () => {
    await setUp({ taxCode: '0100000001' });
    const { collectors } = service.ctx.store.tables;
    expect(await collectors.list()).toEqual([{ agencyCode: 'H26.101', name: 'Ủy ban nhân dân phường Mẫu', taxCode: '0100000001' }]);
    const [certificate] = await collectors.listCertificates();
    expect(certificate).toMatchObject({ isDemo: true, collectorCode: 'H26.101' });
    expect(seeCertificate(certificate?.certificatePem ?? '')).toMatchObject({ taxCode: '0100000001', isDemo: true });
    expect(certificate?.keyCiphertext).not.toContain('PRIVATE KEY');
    expect(service.ctx.seal.open(certificate?.keyCiphertext ?? '')).toContain('PRIVATE KEY');
  });

  it('without it has none until the administrator sets it, and then at once', async () => {
    await setUp({});
    const { collectors } = service.ctx.store.tables;
    expect([await collectors.list(), await collectors.listCertificates()]).toEqual([[], []]);
    const collector = { agencyCode: 'H26.101', name: 'UBND phường Mẫu', taxCode: '0100000001' };
    await expect(setCollector(service.ctx, administrator, { ...collector, taxCode: '1' })).rejects.toMatchObject({
      code: 'tax_code_invalid',
    });
    await expect(setCollector(service.ctx, administrator, { ...collector, agencyCode: 'H26' })).rejects.toMatchObject({
      code: 'agency_unknown',
    });
    await setCollector(service.ctx, administrator, collector);
    expect(await collectors.listCertificates()).toHaveLength(1);
    await setCollector(service.ctx, administrator, { ...collector, name: 'UBND phường Mẫu mới' });
    expect(await collectors.listCertificates()).toHaveLength(1);
    const { certificatePem, privateKeyPem } = await service.ctx.makeDemoCertificate(collector, service.ctx.now());
    await setCertificate(service.ctx, { actor: administrator, collectorCode: 'H26.101', certificatePem, privateKeyPem });
    expect(await collectors.listCertificates()).toHaveLength(2);
  });
});
