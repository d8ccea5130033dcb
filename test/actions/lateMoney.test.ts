// Money that came after a QR had expired is late, whether the bank tells us before or after another QR is offered.
import { addMs, instantOf, vietnamTimeOf } from '../../src/domain/time';
import { tell } from '../support/bank';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

describe.each(databases)('money between two QRs, on %s', (kind) => {
  let service: TestService;
  const opened = instantOf(Date.parse('2026-11-23T02:00:00.000Z'));
  const minutes = (count: number) => addMs(opened, count * 60_000);
  let now = opened;
  beforeAll(async () => (service = await openTestService(kind, { replace: { now: () => now } })));
  afterAll(() => service.end());

  it('is late in either order, and says that it is late', async () => {
    now = opened;
    const issue = async () => (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
    const [early, tardy] = [await issue(), await issue()];
    const offer = async () => {
      for (const { id } of [early, tardy])
        await service.call('post', `/api/obligations/${id}/payment-requests`, { method: 'vietqr' }).expect(201);
    };
    const told = ({ reference }: { reference: string }) =>
      tell(service, { content: reference, amount: 5_000, time: vietnamTimeOf(minutes(20)) }).expect(200);
    await offer();
    now = minutes(21);
    await told(early);
    now = minutes(25);
    await offer();
    await told(tardy);
    for (const { id } of [early, tardy]) {
      expect((await service.call('get', `/api/obligations/${id}`)).body).toMatchObject({ status: 'part_paid', flags: ['late'] });
    }
  });
});
