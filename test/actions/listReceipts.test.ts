// The list of receipts by the days on which they were issued, in Vietnam.
import { issueReceipts } from '../../src/actions/issueReceipts';
import { listReceipts, type ReceiptQuestion } from '../../src/actions/listReceipts';
import type { Actor } from '../../src/domain/role';
import { addMs, type Day, type Instant } from '../../src/domain/time';
import { sharedCertificate } from '../support/certificate';
import { databases, openTestService } from '../support/office';
import { settleMany } from '../support/settled';

const ketoan: Actor = { kind: 'person', officerId: 'of-ketoan', name: 'Kế toán', role: 'finance_officer', agencyCode: 'H26' };

describe.each(databases)('receipts of a day on %s', (kind) => {
  it('are all of that day, from midnight to midnight, and no others', async () => {
    let now = '2026-11-21T16:59:59.000Z' as Instant; // a second before midnight in Vietnam
    const service = await openTestService(kind, {
      replace: { now: () => (now = addMs(now, 1)), makeDemoCertificate: sharedCertificate },
    });
    for (const [prefix, at] of [
      ['before', '2026-11-21T16:59:59.900Z'],
      ['first', '2026-11-21T17:00:00.000Z'],
      ['last', '2026-11-22T16:59:59.900Z'],
      ['after', '2026-11-22T17:00:00.000Z'],
    ] as const) {
      now = at as Instant;
      await settleMany(service.config.databaseUrl, 2, ['H26.101', 'H26.90'], prefix);
      while ((await issueReceipts(service.ctx)) > 0);
    }
    const found = async (question: ReceiptQuestion) =>
      (await listReceipts(service.ctx, ketoan, question, 50)).map(({ obligationId }) => obligationId.split('_')[1]);
    const on = (day: string) => ({ from: day as Day, to: day as Day });
    expect(new Set(await found(on('2026-11-22')))).toEqual(new Set(['first', 'last']));
    expect(await found(on('2026-11-22'))).toHaveLength(8);
    expect(new Set(await found(on('2026-11-21')))).toEqual(new Set(['before']));
    expect(await found({ from: '2026-11-22' as Day })).toHaveLength(12);
    expect(await found({ to: '2026-11-22' as Day })).toHaveLength(12);
    expect(await found({ ...on('2026-11-22'), agencyCode: 'H26.90' })).toHaveLength(4);
    expect(await found({})).toHaveLength(16);
    await service.end();
  });
});
