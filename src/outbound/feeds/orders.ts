// Asking about orders one by one, for gateways that have no list.
import type { FeedPage, FeedWindow } from './feed';

export type Order = FeedWindow['orders'][number];

/** A page for each order; `answerTo` is undefined for those of which the gateway knows nothing. The cursor is the order. */
export async function* pagesOfOrders(
  { orders }: FeedWindow,
  answerTo: (order: Order) => Promise<Buffer | undefined>,
): AsyncGenerator<FeedPage> {
  for (const order of orders) {
    const body = await answerTo(order);
    yield { ...(body ? { body } : {}), next: order.orderId };
  }
}
