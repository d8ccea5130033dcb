// The contract of a feed: a source's own list of what happened, asked for the money that no webhook told us of.
import type { Instant } from '../../domain/time';

/** What a source says that happened on one account (or for one merchant) in a window. */
export interface FeedWindow {
  from: Instant;
  to: Instant;
  /**
   * The `next` of the last page that was kept, where an earlier pull of this window broke off. One that makes no sense is ignored; one
   * that a source has forgotten may be refused: then without it.
   */
  cursor?: string | undefined;
  /** Order ids that still wait for money, for sources that can only be asked about one order. `createdAt` as the gateway was told it. */
  openOrders: readonly { orderId: string; createdAt: Instant }[];
}

export interface FeedPage {
  /** The bytes as answered, to be kept before they are read. */
  body: Buffer;
  /** Where a pull of the same window would go on after this page. The window is whole when the pages end without an error. */
  next?: string;
}

export interface FeedAccess {
  /** The source's own address is `Feed.baseUrl`; a sandbox or a pretend one has another. */
  baseUrl: string;
  token: string;
  accountNumber?: string | undefined;
  /** What the source must know of us beside the token, by name, such as `VNPAY_TMN_CODE`. */
  settings: Readonly<Record<string, string | undefined>>;
}

export interface Feed {
  readonly provider: string;
  readonly baseUrl: string;
  /** Most requests a second that the source allows, or that we allow ourselves where it sets no limit. */
  readonly requestsPerSecond: number;
  /** Rows may lie a little outside of the window, and a row may come twice. Throws FeedRefused and FeedUnavailable, after the pages so far. */
  pages(access: FeedAccess, window: FeedWindow): AsyncIterable<FeedPage>;
}

/** Asking again will not help: a wrong token, a missing setting, a request that the source does not take. `why` names no secret. */
export class FeedRefused extends Error {
  constructor(
    readonly why: string,
    readonly status?: number,
  ) {
    super(`feed refused: ${why}`);
    this.name = 'FeedRefused';
  }
}

/** Asking later may help: a timeout, a fault of the source, too many requests. `why` names no secret. */
export class FeedUnavailable extends Error {
  constructor(
    readonly why: string,
    readonly retryAfterMs?: number,
  ) {
    super(`feed unavailable: ${why}`);
    this.name = 'FeedUnavailable';
  }
}
