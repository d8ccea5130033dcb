// Signing receipts: at once, with a certificate that is valid; what cannot be signed waits, and is signed as soon as it can be.
import { issueReceipts } from '../../src/actions/issueReceipts';
import { signReceipts } from '../../src/actions/signReceipts';
import { keepable } from '../../src/actions/demoCertificate';
import { seeReceiptQueue } from '../../src/actions/seeReceiptQueue';
import { setCertificate, setCollector } from '../../src/actions/setCollector';
import { verifyReceiptXml } from '../../src/actions/verifyReceiptXml';
import { makeDemoCertificate } from '../../src/certificate';
import type { SigningCertificate } from '../../src/domain/collector';
import type { Actor } from '../../src/domain/role';
import { addMs, instantOf, type Instant } from '../../src/domain/time';
import { sharedCertificate } from '../support/certificate';
import { tell } from '../support/bank';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { runAll } from '../support/settled';

const yearMs = 366 * 86_400_000;
const administrator: Actor = { kind: 'person', officerId: 'of-quantri', name: 'Quản trị', role: 'administrator', agencyCode: 'H26' };

describe.each(databases)('signing on %s', (kind) => {
  it('signs what was paid, once, also when two sign at once, and the signature holds', async () => {
    const service = await openTestService(kind);
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    while ((await issueReceipts(service.ctx)) > 0);
    await Promise.all([signReceipts(service.ctx), signReceipts(service.ctx)]);
    const { receipts, collectors } = service.ctx.store.tables;
    const [receipt] = await receipts.ofObligations([id]);
    const xml = (await receipts.findXml(receipt?.id ?? '')) ?? '';
    const certificates = (await collectors.listCertificates()).map(({ certificatePem }) => certificatePem);
    expect(verifyReceiptXml(xml, certificates)).toMatchObject({ ok: true, content: { symbol: receipt?.content.symbol, number: 1 } });
    expect(verifyReceiptXml(xml.replace('<TongTien>21000<', '<TongTien>91000<'), certificates)).toEqual({
      ok: false,
      why: 'signature_broken',
    });
    expect(await signReceipts(service.ctx)).toBe(0);
    await service.end();
  });
});

describe('A certificate that has expired', () => {
  it('signs nothing: receipts are issued all the same and wait, until there is a valid one', async () => {
    let now: Instant = instantOf(Date.now());
    const service = await openTestService('SQLite', { replace: { now: () => now, makeDemoCertificate: sharedCertificate } });
    const issued = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(service, { content: issued.reference, amount: 21_000 }).expect(200);
    now = addMs(now, yearMs);
    while ((await issueReceipts(service.ctx)) > 0);
    expect(await signReceipts(service.ctx)).toBe(0);
    const { receiptHandovers, receipts } = service.ctx.store.tables;
    expect(await receiptHandovers.countIn('to_sign', 10)).toBe(1);
    const fresh = await makeDemoCertificate({ name: 'Đơn vị mẫu', taxCode: '0000000000' }, now);
    const certificate = keepable(service.ctx, { collectorCode: 'H26', ...fresh, by: 'system:test' });
    await service.ctx.store.transact((tables) => tables.collectors.keepCertificate(certificate));
    expect(await signReceipts(service.ctx)).toBe(1);
    const [receipt] = await receipts.ofObligations([issued.id]);
    expect(receipt?.signedAt).toBe(now);
    await service.end();
  });

  it('is no matter to others: one receipt that cannot be signed waits alone, and is tried again later', async () => {
    let now: Instant = instantOf(Date.now());
    const service = await openTestService('SQLite', { replace: { now: () => now, makeDemoCertificate: sharedCertificate } });
    const issue = async () => (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    const [odd, sound] = [await issue(), await issue()];
    for (const { reference } of [odd, sound]) await tell(service, { content: reference, amount: 21_000 }).expect(200);
    while ((await issueReceipts(service.ctx)) > 0);
    await runAll(service.config.databaseUrl, [
      'DROP TRIGGER receipt_refuses_update',
      `UPDATE receipt SET content = replace(content, '"total":21000', '"total":1') WHERE obligation_id = '${odd.id}'`,
    ]);
    expect(await signReceipts(service.ctx)).toBe(2);
    expect(await signReceipts(service.ctx)).toBe(0);
    const { receipts } = service.ctx.store.tables;
    const isSigned = async (id: string) => (await receipts.ofObligations([id])).map((receipt) => receipt.signedAt !== undefined);
    expect([await isSigned(odd.id), await isSigned(sound.id)]).toEqual([[false], [true]]);
    now = addMs(now, 60_000);
    expect(await signReceipts(service.ctx)).toBe(1);
    await service.end();
  });
});

describe('Whose certificate signs', () => {
  let now: Instant;
  let service: TestService;
  beforeEach(async () => {
    now = instantOf(Date.now());
    service = await openTestService('SQLite', { replace: { now: () => now, makeDemoCertificate: sharedCertificate } });
  });
  afterEach(() => service.end());

  async function paid(): Promise<string> {
    const { id, reference } = (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    await tell(service, { content: reference, amount: 21_000 }).expect(200);
    while ((await issueReceipts(service.ctx)) > 0);
    return id;
  }
  const isSigned = async (id: string) => (await service.ctx.store.tables.receipts.ofObligations([id]))[0]?.signedAt !== undefined;
  const keep = (certificate: SigningCertificate) => service.ctx.store.transact((tables) => tables.collectors.keepCertificate(certificate));

  it('never a demo again once there was a real one, also when that one has expired', async () => {
    const made = await makeDemoCertificate({ name: 'Đơn vị mẫu', taxCode: '0000000000' }, addMs(now, -yearMs / 2));
    const real = { ...keepable(service.ctx, { collectorCode: 'H26', ...made, by: 'system:test' }), isDemo: false };
    await keep({ ...real, validTo: addMs(now, -1_000) });
    const id = await paid();
    expect(await signReceipts(service.ctx)).toBe(0);
    await keep({ ...real, id: 'renewed' });
    expect(await signReceipts(service.ctx)).toBe(1);
    expect(await isSigned(id)).toBe(true);
  });

  it('only one with the tax code that the receipt names, also when the organisation’s tax code was mended since', async () => {
    const before = await paid();
    const right = { agencyCode: 'H26', name: 'Đơn vị mẫu', taxCode: '0100000001' };
    await service.ctx.store.transact(({ collectors }) => collectors.save(right, now, 'of-quantri'));
    const after = await paid();
    await signReceipts(service.ctx);
    expect([await isSigned(before), await isSigned(after)]).toEqual([true, false]);
    const { certificatePem, privateKeyPem } = await makeDemoCertificate(right, now);
    await setCertificate(service.ctx, { actor: administrator, collectorCode: 'H26', certificatePem, privateKeyPem });
    await signReceipts(service.ctx);
    expect(await isSigned(after)).toBe(true);
  });

  it('a new demo one where the organisation’s tax code is mended before there is a real one', async () => {
    const { ctx } = service;
    const count = async () => (await ctx.store.tables.collectors.listCertificates()).length;
    expect(await count()).toBe(1);
    await setCollector(ctx, administrator, { agencyCode: 'H26', name: 'Đơn vị mẫu', taxCode: '0100000001' });
    expect(await count()).toBe(2);
  });

  it('is missing where none can sign for long, and that is seen: after failures as well', async () => {
    await runAll(service.config.databaseUrl, [
      'DROP TRIGGER signing_certificate_refuses_update',
      "UPDATE signing_certificate SET key_ciphertext = 'không đọc được'",
    ]);
    await paid();
    for (let minute = 0; minute < 30; minute++) {
      await signReceipts(service.ctx);
      now = addMs(now, 60_000);
    }
    expect(await seeReceiptQueue(service.ctx, administrator)).toMatchObject({ unsigned: 1, isSigningStuck: true });
  });
});
