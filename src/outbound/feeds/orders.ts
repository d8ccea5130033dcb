// Asking about orders one by one, for gateways that have no list.
import type { FeedPage, FeedWindow } from './feed';

export type OpenOrder = FeedWindow['openOrders'][number];

/** A page for each order that the gateway knows something of; `answerTo` is undefined for the others. The cursor is the last order asked. */
export async function* pagesOfOrders(
  { openOrders, cursor }: FeedWindow,
  answerTo: (order: OpenOrder) => Promise<Buffer | undefined>,
): AsyncGenerator<FeedPage> {
  const asked = openOrders.findIndex(({ orderId }) => orderId === cursor);
  for (const [index, order] of openOrders.entries()) {
    if (index <= asked) continue;
    const body = await answerTo(order);
    if (body) yield { body, ...(index < openOrders.length - 1 ? { next: order.orderId } : {}) };
  }
}
