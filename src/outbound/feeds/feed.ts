// The contract of a feed: a source's own list of what happened, asked for the money that no webhook told us of.
import type { Instant } from '../../domain/time';

/** What a source says that happened on one account (or for one merchant) in a window. */
export interface FeedWindow {
  from: Instant;
  to: Instant;
  /**
   * The `next` of the last page that was kept, where an earlier pull of this very window broke off. One that makes no sense is ignored;
   * one that a source has forgotten may be refused: then without it.
   */
  cursor?: string | undefined;
  /** Those after the cursor, for sources that can only be asked about one order. `createdAt` as the gateway was told it. */
  orders: readonly { orderId: string; createdAt: Instant }[];
}

export interface FeedPage {
  /** The bytes as answered, to be kept before they are read; absent where the source knows of nothing. */
  body?: Buffer;
  /** Where a pull of the same window would go on after this page. The window, or all of `orders`, is through when the pages end without an error. */
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
    /** For how long the source wants to be left alone, where it says so. */
    readonly retryAfterMs?: number,
  ) {
    super(`feed unavailable: ${why}`);
    this.name = 'FeedUnavailable';
  }
}
