// Pulling in tests: a feed in haste, access to a pretend source, and what it has to tell.
import { addMs, instantOf, type Instant } from '../../src/domain/time';
import { feedsWith } from '../../src/outbound/feeds';
import type { Limits } from '../../src/outbound/feeds/ask';
import type { Feed, FeedAccess, FeedPage, FeedWindow } from '../../src/outbound/feeds/feed';
import { providerNamed } from '../../webhooks';
import type { PretendMovement, PretendOrder, PretendSource } from './pretendFeeds';

export const now = instantOf(Date.UTC(2026, 10, 21, 3));
export const dayMs = 86_400_000;
export const daysAgo = (days: number): Instant => addMs(now, -days * dayMs);
export const lastDay: FeedWindow = { from: daysAgo(1), to: now, orders: [] };
export const token = 'token-that-nobody-may-see';
export const settings = { PAYOS_CLIENT_ID: 'client-1', VNPAY_TMN_CODE: 'TESTTMN1' };

export function feed(provider: string, limits: Partial<Limits> = {}): Feed {
  const found = feedsWith(() => now, { haste: 100, ...limits }).find((one) => one.provider === provider);
  if (!found) throw new Error(`no feed of ${provider}`);
  return found;
}
export const accessTo = (source: PretendSource, more: Partial<FeedAccess> = {}): FeedAccess => ({
  baseUrl: source.url,
  token,
  settings,
  ...more,
});

export async function pull(one: Feed, access: FeedAccess, window: FeedWindow): Promise<FeedPage[]> {
  const pages: FeedPage[] = [];
  for await (const page of one.pages(access, window)) pages.push(page);
  return pages;
}
/** The pages until something went wrong, and what. */
export async function pullUntilFault(one: Feed, access: FeedAccess, window: FeedWindow): Promise<{ pages: FeedPage[]; fault: unknown }> {
  const pages: FeedPage[] = [];
  try {
    for await (const page of one.pages(access, window)) pages.push(page);
  } catch (fault) {
    return { pages, fault };
  }
  throw new Error('nothing went wrong');
}
export const idsIn = (provider: string, pages: readonly FeedPage[]): string[] =>
  pages.flatMap(({ body }) => (body && providerNamed(provider)?.readPulled?.(body))?.map((transaction) => transaction.providerId) ?? []);
export const sorted = (ids: readonly string[]): string[] => [...new Set(ids)].sort();

/** `count` movements, one every `everyMs` back from now. */
export function movements(count: number, everyMs: number, accountNumber = '0987600001'): PretendMovement[] {
  return Array.from({ length: count }, (_, index) => ({
    id: 1_000 + index,
    bankTime: addMs(now, -index * everyMs),
    accountNumber,
    amount: 50_000 + index,
    content: `NP7KMHQ9U4 ${index}`,
    reference: `FT${index}`,
    balanceAfter: 1_000_000 + index,
  }));
}
export const idsOf = (list: readonly PretendMovement[]): string[] => sorted(list.map(({ id }) => String(id)));

export function order(orderId: string, more: Partial<PretendOrder> = {}): PretendOrder {
  const gatewayId = `1422${orderId}`;
  return {
    orderId,
    gatewayId,
    createdAt: daysAgo(1),
    amount: 180_000,
    content: 'NP7KMHQ9U4',
    reference: `FT${orderId}`,
    accountNumber: '1',
    ...more,
  };
}
export const ordersOf = (...orders: readonly PretendOrder[]) => orders.map(({ orderId, createdAt }) => ({ orderId, createdAt }));

/** Pretend sources of one test, closed after it. */
export function sourcesOfTest(): (source: Promise<PretendSource>) => Promise<PretendSource> {
  const open: PretendSource[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((source) => source.close()));
  });
  return async (source) => {
    open.push(await source);
    return source;
  };
}
