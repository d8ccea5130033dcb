// The calls that we make to others, as one interface; tests put pretend objects in its place.
import type { Money } from '../domain/money';
import type { Instant } from '../domain/time';
import type { Feed } from './feeds/feed';
import type { Gateway } from './gateways/gateway';

/** What a listener answered, or why none came. */
export type SubscriberAnswer = { kind: 'accepted'; status: number } | { kind: 'gone' } | { kind: 'failed'; why: string };

export interface SignedEvent {
  /** The same for every try: the receiver's idempotency key. */
  id: string;
  at: Instant;
  body: string;
}

/** A movement at the pretend bank, seen from our account. */
export interface PretendTransfer {
  /** The bank's own number of it: told twice, it is the same money. */
  id: number;
  bankName: string;
  accountNumber: string;
  direction: 'in' | 'out';
  amount: Money;
  /** As it reaches us, after every bank on the way has had a hand in it. */
  content: string;
  bankReference: string;
  bankTime: Instant;
}

/** What the public door answered. */
export interface PretendAnswer {
  status: number;
  body: string;
}

/** What the e-receipt provider answered: `refused` is about the receipt, `failed` about the way to it. */
export type ReceiptAnswer = { kind: 'accepted'; reference: string } | { kind: 'refused'; why: string } | { kind: 'failed'; why: string };

export type { Gateway, GatewayAccess } from './gateways/gateway';

/** What we tell the contact of a dossier. */
export interface OutgoingLetter {
  /** The same for every try. */
  id: string;
  recipient: string;
  subject: string;
  text: string;
}

/** `refused` and `deferred` are about the letter: never, or not now; `failed` is about the way to the mail server. */
export type LetterAnswer = { kind: 'accepted' } | { kind: 'refused' | 'deferred' | 'failed'; why: string };

export interface Notifier {
  send(letter: OutgoingLetter): Promise<LetterAnswer>;
}

export interface Outbound {
  /** The sources' own lists, asked for the money that no webhook told us of. */
  feeds: readonly Feed[];
  /** Where citizens pay online. */
  gateways: readonly Gateway[];
  subscriber: { post(url: string, secret: string, event: SignedEvent): Promise<SubscriberAnswer> };
  /** Tells citizens what changed; absent where no mail server is set. */
  notifier?: Notifier;
  /** Takes signed receipts, each once whatever it is sent; absent where none is connected. */
  receiptProvider?: { send(receipt: { name: string; xml: string }): Promise<ReceiptAnswer> };
  /** In demo mode only: the switch of the e-receipt provider above. */
  pretendReceiptProvider?: { isDown(): boolean; setDown(isDown: boolean): void };
  /** In demo mode only: tells the service of a transfer through its public door, signed at `at`. Throws pretend_payment_failed. */
  pretendBank?: { tell(transfer: PretendTransfer, at: Instant): Promise<PretendAnswer> };
}
