// What a person has seen of money that pays nothing leaves its list, on both databases, and stays noted as it was.
import { listStrangeMoney } from '../../src/actions/listStrangeMoney';
import { markSeen } from '../../src/actions/markSeen';
import type { Actor } from '../../src/domain/role';
import { tell } from '../support/bank';
import { brokenLaws } from '../support/books';
import { databases, openTestService, type TestService } from '../support/office';
import { runAll } from '../support/settled';

const actor: Actor = { kind: 'person', officerId: 'of-ketoan', name: 'Kế toán', role: 'finance_officer', agencyCode: 'H26' };

describe.each(databases)('what was looked at on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openTestService(kind);
    await tell(service, { content: 'chi tien dien', amount: 9_000, transferType: 'out' }).expect(200);
    await tell(service, { content: 'nop phi', amount: 21_000, id: 459_015 }).expect(200);
    await tell(service, { content: 'nop phi', amount: 22_000, id: 459_015 }).expect(200);
  });
  afterAll(() => service.end());

  const listed = async (isSeen: boolean) => {
    const { outgoing = [], unreadable = [], seen = [] } = (await listStrangeMoney(service.ctx, actor, 20, isSeen)) ?? {};
    return { outgoing: outgoing.length, unreadable: unreadable.length, reasons: seen.map(({ reason }) => reason).sort() };
  };

  it('leaves the list, is found among what was seen, and is noted once with who was first', async () => {
    const strange = await listStrangeMoney(service.ctx, actor, 20);
    expect(strange?.unreadable[0]?.contradiction).toMatchObject({ known: { providerId: '459015' }, told: { direction: 'in' } });
    expect(await listed(false)).toEqual({ outgoing: 1, unreadable: 1, reasons: [] });
    const ids = [strange?.outgoing[0]?.id ?? '', strange?.unreadable[0]?.delivery.id ?? ''];
    for (const subjectId of ids) await markSeen(service.ctx, { actor, subjectId, reason: 'đã hỏi' });
    await markSeen(service.ctx, { actor, subjectId: ids[0] ?? '', reason: 'lần nữa' });
    expect(await listed(false)).toEqual({ outgoing: 0, unreadable: 0, reasons: [] });
    expect(await listed(true)).toEqual({ outgoing: 1, unreadable: 1, reasons: ['đã hỏi', 'đã hỏi'] });
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });

  it('can be neither changed nor forgotten', async () => {
    for (const text of ["UPDATE seen SET reason = 'khác'", 'DELETE FROM seen'])
      await expect(runAll(service.config.databaseUrl, [text])).rejects.toHaveProperty('message', expect.stringContaining('append-only'));
  });
});
