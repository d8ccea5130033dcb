// Taking a payment back opens its obligation again, unless the same fee was issued once more meanwhile: nobody is asked for it twice.
import { tell } from '../support/bank';
import { brokenLaws, numberOf } from '../support/books';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';

const finance = 'demo-api-key-ketoan';
const reason = 'ghép nhầm khoản';

describe.each(databases)('a payment that is taken back, on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => (service = await openTestService(kind)));
  afterAll(() => service.end());
  afterEach(async () => expect(await brokenLaws(service.config.databaseUrl)).toEqual([]));

  type Request = ReturnType<typeof certifiedCopy>;
  interface Issued {
    id: string;
    reference: string;
  }
  const issueOf = (request: object) => service.call('post', '/api/obligations', request);
  const issued = async (request: object): Promise<Issued> => (await issueOf(request).expect(201)).body;
  const statusOf = async ({ id }: Issued) => (await service.call('get', `/api/obligations/${id}`).expect(200)).body.status;
  const cancel = ({ id }: Issued) => service.call('post', `/api/obligations/${id}/cancel`, { reason: 'cấp lại nhầm' }, finance);
  let told = 7_900_000;
  async function paid({ reference }: Issued, amount = 21_000): Promise<string> {
    const id = ++told;
    await tell(service, { content: reference, amount, id }).expect(200);
    return (await service.call('get', `/api/transactions?q=FT${id}`).expect(200)).body.data[0].id;
  }
  const undo = (transactionId: string) =>
    service
      .call('post', `/api/transactions/${transactionId}/undo`, { reason }, finance)
      .set('idempotency-key', `undo-${transactionId}-${Math.random()}`);

  /** A fee that was paid, and then issued once more for the same dossier. */
  async function paidAndIssuedAgain() {
    const request: Request = certifiedCopy();
    const first = await issued(request);
    const payment = await paid(first);
    return { request, first, payment, second: await issued(request) };
  }

  it('is refused while the same fee, issued again, still asks for money; and says which obligation does', async () => {
    const { first, payment, second } = await paidAndIssuedAgain();
    const refused = await undo(payment).expect(409);
    expect(refused.body).toMatchObject({ code: 'obligation_issued_again', detail: second.reference });
    expect(refused.body.title).toMatch(/issued again/);
    expect([await statusOf(first), await statusOf(second)]).toEqual(['paid', 'open']);
  });

  it('is taken back once the second obligation is cancelled; then the fee cannot be issued a third time', async () => {
    const { request, first, payment, second } = await paidAndIssuedAgain();
    await cancel(second).expect(200);
    await undo(payment).expect(200);
    expect(await statusOf(first)).toBe('open');
    expect((await issueOf(request).expect(409)).body.code).toBe('obligation_exists');
    expect(
      await numberOf(service.config.databaseUrl, `SELECT count(*) FROM fee_item WHERE obligation_id = '${first.id}' AND open_for IS NULL`),
    ).toBe(0);
  });

  it('is taken back when the second obligation is paid too: only the first one asks for money then', async () => {
    const { request, first, payment, second } = await paidAndIssuedAgain();
    const other = await paid(second);
    await undo(payment).expect(200);
    expect([await statusOf(first), await statusOf(second)]).toEqual(['open', 'paid']);
    expect((await undo(other).expect(409)).body).toMatchObject({ code: 'obligation_issued_again', detail: first.reference });
    expect((await issueOf(request).expect(409)).body.code).toBe('obligation_exists');
  });

  it('is taken back where it was too much: the obligation stays paid, and nothing opens', async () => {
    const { first, second } = await paidAndIssuedAgain();
    const twice = await paid(first, 5_000);
    await undo(twice).expect(200);
    expect([await statusOf(first), await statusOf(second)]).toEqual(['paid', 'open']);
  });

  it('opens one of the two when it is taken back and the fee issued again at the same moment', async () => {
    const request = certifiedCopy();
    const first = await issued(request);
    const payment = await paid(first);
    const [taken, again] = await Promise.all([undo(payment), issueOf(request)]);
    expect([`${taken.status} ${taken.body.code ?? ''}`, `${again.status} ${again.body.code ?? ''}`]).toContainEqual(
      expect.stringMatching(/^409 obligation_(issued_again|exists)$/),
    );
    expect(
      await numberOf(
        service.config.databaseUrl,
        `SELECT count(*) FROM obligation WHERE dossier_id = (SELECT dossier_id FROM obligation WHERE id = '${first.id}') AND paid < due AND cancelled_at IS NULL`,
      ),
    ).toBe(1);
  });
});
