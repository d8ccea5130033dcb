// Feeds: what goes wrong at a source, the same for all of them, and that no secret is in it.
import { epochMsOf } from '../../src/domain/time';
import { usualLimits } from '../../src/outbound/feeds/ask';
import { FeedUnavailable, type FeedPage, type FeedWindow } from '../../src/outbound/feeds/feed';
import {
  pretendCasso,
  pretendPayos,
  pretendSepay,
  pretendSource,
  pretendStripe,
  pretendVnpay,
  type PretendSource,
} from '../support/pretendFeeds';
import {
  accessTo,
  feed,
  lastDay,
  movements,
  now,
  ordersOf,
  order,
  pull,
  pullUntilFault,
  settings,
  sourcesOfTest,
  token,
} from '../support/pulls';

const opened = sourcesOfTest();

const sources: readonly [string, () => Promise<PretendSource>][] = [
  ['sepay', () => pretendSepay(token, movements(3, 1_000))],
  ['casso', () => pretendCasso(token, movements(3, 1_000))],
  ['payos', () => pretendPayos('client-1', token, [order('101', { paidAt: now })])],
  ['vnpay', () => pretendVnpay('TESTTMN1', token, [order('101', { paidAt: now })])],
  ['stripe', () => pretendStripe(token, [])],
];
const window: FeedWindow = { ...lastDay, orders: ordersOf(order('101')) };

describe.each(sources)('%s', (provider, make) => {
  it('is waited for when it has too many requests, then answers', async () => {
    const source = await opened(make());
    source.faults.push({ status: 429, headers: { 'retry-after': '1' }, body: '' });
    expect(await pull(feed(provider), accessTo(source), window)).toHaveLength(1);
    const [first, second] = source.asked;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it('is believed about its patience as a number or as a time, and when it is down too', async () => {
    const source = await opened(make());
    const asks = (status: number, said: string) => ({ status, headers: { 'retry-after': said }, body: '' });
    const threeMinutesOn = new Date(epochMsOf(now) + 180_000).toUTCString();
    source.faults.push(asks(429, threeMinutesOn), asks(503, threeMinutesOn), asks(503, '180'));
    for (const _ of [1, 2, 3]) {
      const { fault } = await pullUntilFault(feed(provider, { maxPauseMs: 10 }), accessTo(source), window);
      expect(fault).toMatchObject({ name: 'FeedUnavailable', retryAfterMs: 180_000 });
    }
  });

  it('is left alone when it asks for much patience, or again and again for some', async () => {
    const source = await opened(make());
    source.faults.push({ status: 429, headers: { 'retry-after': '120' }, body: '' });
    const long = await pullUntilFault(feed(provider, { maxPauseMs: 10 }), accessTo(source), window);
    expect(long.fault).toMatchObject({ name: 'FeedUnavailable', why: 'too_many_requests', retryAfterMs: 120_000 });
    expect(source.asked).toHaveLength(1);
    source.faults.push(...Array.from({ length: 3 }, () => ({ status: 429, headers: { 'retry-after': '0' }, body: '' })));
    await expect(pull(feed(provider), accessTo(source), window)).rejects.toMatchObject({ why: 'too_many_requests', retryAfterMs: 0 });
    expect(source.asked).toHaveLength(4);
  });

  it('is unavailable with a fault of its own, in half an answer, with a cut line, with none, and with too much', async () => {
    const source = await opened(make());
    const hurried = feed(provider, { timeoutMs: 300, maxBytes: 100_000 });
    const faults = [
      [{ status: 503, body: 'x' }, 'status_503'],
      ['half_open', 'timeout'],
      ['silent', 'timeout'],
      ['cut', expect.stringMatching(/^(UND_ERR_SOCKET|ECONNRESET|network)$/)],
      [{ status: 200, body: 'x'.repeat(200_000) }, 'answer_too_large'],
      [{ status: 200, body: 'not json' }, expect.any(String)],
    ] as const;
    for (const [fault, why] of faults) {
      source.faults.push(fault);
      const before = performance.now();
      await expect(pull(hurried, accessTo(source), window)).rejects.toMatchObject({ name: 'FeedUnavailable', why });
      expect(performance.now() - before).toBeLessThan(2_000);
    }
  });

  it('may not send us elsewhere', async () => {
    const [source, elsewhere] = [await opened(make()), await opened(make())];
    source.faults.push({ status: 302, headers: { location: elsewhere.url }, body: '' });
    await expect(pull(feed(provider), accessTo(source), window)).rejects.toMatchObject({ name: 'FeedRefused', why: 'status_302' });
    expect(elsewhere.asked).toEqual([]);
  });

  it('is not asked without HTTPS but on this machine, nor at an address that is none', async () => {
    const one = feed(provider);
    for (const [baseUrl, why] of [
      ['http://feed.example.vn', 'address_not_https'],
      ['ftp://127.0.0.1', 'address_not_https'],
      ['not an address', 'address_invalid'],
      ['https://user:password@feed.example.vn', 'address_invalid'],
    ] as const) {
      await expect(pull(one, { baseUrl, token, settings }, window)).rejects.toMatchObject({ name: 'FeedRefused', why });
    }
    expect(one.baseUrl).toMatch(/^https:\/\//);
  });

  it('never sees its token in what went wrong', async () => {
    const source = await opened(make());
    const secret = 'line one\nline two of a token';
    const gone = `http://127.0.0.1:9`;
    for (const access of [accessTo(source, { token: secret }), accessTo(source, { baseUrl: gone })]) {
      const { fault } = await pullUntilFault(feed(provider), access, window);
      const shown = `${String(fault)} ${(fault as Error).stack} ${JSON.stringify(fault)} ${String((fault as Error).cause)}`;
      expect(shown).not.toMatch(/line two|token-that/);
    }
  });
});

describe('a source', () => {
  it('gets no more requests a second than it allows, whoever asks', async () => {
    const source = await opened(pretendCasso(token, movements(6, 1_000), 1));
    const patient = feed('casso', { haste: 5 });
    await Promise.all([pull(patient, accessTo(source), lastDay), pull(feed('casso', { haste: 5 }), accessTo(source), lastDay)]);
    expect(source.asked).toHaveLength(12);
    const times = source.asked.map(({ at }) => at);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(times.at(-1)! - times[0]!).toBeGreaterThan(11 * 95);
    expect(Math.min(...gaps)).toBeGreaterThan(60);
  });

  it('keeps what came before the fault, with the place to go on from', async () => {
    const source = await opened(pretendCasso(token, movements(25, 60_000), 10));
    const access = accessTo(source);
    const pages: FeedPage[] = [];
    await expect(
      (async () => {
        for await (const page of feed('casso').pages(access, lastDay)) {
          pages.push(page);
          if (pages.length === 2) source.faults.push({ status: 500, body: '' });
        }
      })(),
    ).rejects.toBeInstanceOf(FeedUnavailable);
    expect(pages.at(-1)?.next).toBe('3');
    expect(await pull(feed('casso'), access, { ...lastDay, cursor: '3' })).toHaveLength(1);
  });

  it('with pages without end is given up after a thousand', async () => {
    const endless = { error: 0, data: { totalPages: 1_000_000, records: [{}] } };
    const source = await opened(pretendSource(() => ({ status: 200, body: endless })));
    const { pages, fault } = await pullUntilFault(feed('casso', { haste: 10_000 }), accessTo(source), lastDay);
    expect(pages).toHaveLength(1_000);
    expect(fault).toMatchObject({ name: 'FeedUnavailable', why: 'too_many_pages' });
  });

  it('has ten seconds and five megabytes', () => {
    expect(usualLimits).toMatchObject({ timeoutMs: 10_000, maxBytes: 5 * 1024 * 1024, haste: 1 });
  });
});
