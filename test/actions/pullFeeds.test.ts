// Money that no webhook told us of: found in the bank's own list, once, and explained by source.
import { pullFeeds } from '../../src/actions/pullFeeds';
import { setFeed } from '../../src/actions/setFeed';
import { watchBalances } from '../../src/actions/watchBalances';
import { instantOf, vietnamTimeOf, type Instant } from '../../src/domain/time';
import { tell } from '../support/bank';
import { brokenLaws, numberOf } from '../support/books';
import { certifiedCopy, databases, openTestService, type TestService } from '../support/office';
import { pretendSepay, type PretendMovement, type PretendSource } from '../support/pretendFeeds';

const account = { accountId: 'acc-h26-101', accountNumber: '1026101000' };
const administrator = { kind: 'person', officerId: 'of-quantri', name: 'Quản trị', role: 'administrator', agencyCode: 'H26' } as const;

describe.each(databases)('a bank whose webhooks fail, on %s', (kind) => {
  let service: TestService;
  let source: PretendSource;
  let clock = Date.now();
  const movements: PretendMovement[] = [];
  const now = (): Instant => instantOf(clock);
  const later = (minutes: number) => (clock += minutes * 60_000);

  beforeAll(async () => {
    source = await pretendSepay('demo-token', movements);
    service = await openTestService(kind, { replace: { now } });
    const { accountId } = account;
    await setFeed(service.ctx, { actor: administrator, accountId, provider: 'sepay', token: 'demo-token', baseUrl: source.url });
  });
  afterAll(async () => {
    await service.end();
    await source.close();
  });

  const issue = async () => (await service.call('post', '/api/obligations', certifiedCopy()).expect(201)).body;
  const statusOf = async (id: string) => (await service.call('get', `/api/obligations/${id}`).expect(200)).body.status;
  const count = (text: string) => numberOf(service.config.databaseUrl, text);
  const health = async () => (await service.call('get', '/health').expect(200)).body;
  const moved = (id: number, content: string, balanceAfter: number): PretendMovement => {
    const { accountNumber } = account;
    const movement = { id, bankTime: now(), accountNumber, amount: 21_000, content, reference: `FT${id}`, balanceAfter };
    movements.push(movement);
    return movement;
  };
  const tellOf = ({ id, content, balanceAfter }: PretendMovement) =>
    tell(service, { id, content, amount: 21_000, time: vietnamTimeOf(now()), balance: balanceAfter });

  it('still pays the citizen’s fee: the list is pulled, and the money booked once', async () => {
    const { id, reference } = await issue();
    moved(501, reference, 121_000);
    expect(await pullFeeds(service.ctx)).toBe(1);
    expect(await statusOf(id)).toBe('paid');
    expect(await count(`SELECT count(*) FROM incoming_transaction WHERE provider_id = '501' AND via = 'pull'`)).toBe(1);
    expect(await count(`SELECT count(*) FROM delivery WHERE method = 'PULL'`)).toBe(1);
  });

  it('is not asked again before its time, and a list without news is not kept', async () => {
    expect(await pullFeeds(service.ctx)).toBe(0);
    later(6);
    expect(await pullFeeds(service.ctx)).toBe(1);
    expect(await count(`SELECT count(*) FROM delivery WHERE method = 'PULL'`)).toBe(1);
  });

  it('books nothing twice when the webhook comes after all, or came before', async () => {
    const { id, reference } = await issue();
    const movement = moved(502, reference, 142_000);
    await tellOf(movement).expect(200);
    later(6);
    await pullFeeds(service.ctx);
    await tellOf({ ...movement, id: 501, content: 'told again, late', balanceAfter: 121_000 }).expect(200);
    expect(await statusOf(id)).toBe('paid');
    expect(await count('SELECT count(*) FROM incoming_transaction')).toBe(2);
    expect(await brokenLaws(service.config.databaseUrl)).toEqual([]);
  });

  it('shows by its running balance that a payment is missing; the list is pulled at once, and the break closes', async () => {
    later(6);
    await pullFeeds(service.ctx);
    const { id, reference } = await issue();
    later(1);
    moved(503, reference, 163_000); // no webhook of it
    later(1);
    await tellOf(moved(504, 'no reference', 184_000)).expect(200);
    expect(await watchBalances(service.ctx)).toEqual([]); // webhooks may still overtake each other
    later(2);
    expect(await watchBalances(service.ctx)).toMatchObject([{ accountId: account.accountId }]);
    expect(await health()).toMatchObject({ status: 'degraded', balanceBreaks: [{ missing: 21_000 }] });

    expect(await pullFeeds(service.ctx)).toBe(1); // two minutes after the last pull: the break made it due
    expect(await statusOf(id)).toBe('paid');
    expect(await watchBalances(service.ctx)).toEqual([]);
    expect(await health()).toMatchObject({ status: 'ok', balanceBreaks: [] });
  });

  it('says per source when it was last heard, what came by webhook and by the list, and how soon', async () => {
    const heardAt = now();
    later(1);
    const { sources } = await health();
    expect(sources).toMatchObject([{ provider: 'sepay', accountId: account.accountId, count: 4, pushShare: 0.5, pullShare: 0.5 }]);
    expect(sources[0].lastHeardAt).toBe(heardAt);
    expect(sources[0].medianDelayMs).toBeGreaterThanOrEqual(0);
    expect(sources[0].p99DelayMs).toBeGreaterThanOrEqual(sources[0].medianDelayMs);
  });

  it('that refuses our token is named, without the token', async () => {
    const { accountId } = account;
    await setFeed(service.ctx, { actor: administrator, accountId, provider: 'sepay', token: 'demo-wrong-token', baseUrl: source.url });
    later(6);
    expect(await pullFeeds(service.ctx)).toBe(0);
    const told = await health();
    expect(told).toMatchObject({ status: 'degraded', feeds: [{ provider: 'sepay', problem: 'feed refused: token_refused' }] });
    expect(JSON.stringify(told)).not.toContain('demo-wrong-token');
  });
});
