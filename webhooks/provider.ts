// The contract of a provider: who tells us of money, how we know that it is them, what they mean, and which reply they want.
import type { Outcome } from '../src/domain/delivery';
import type { Money } from '../src/domain/money';
import type { Instant } from '../src/domain/time';

/** One webhook as received. */
export interface WebhookRequest {
  method: string;
  path: string;
  /** Without the question mark; empty where there is none. */
  query: string;
  /** By lower-case name, from `headersOf`. */
  headers: Record<string, string | undefined>;
  /** The bytes as sent, never re-serialised: signatures are made over them. */
  body: Buffer;
}

export type { Outcome };

/** A key shared with a provider, and the account it vouches for: an account's id, or `default`. */
export interface Secret {
  value: string;
  owner: string;
}

/** What a provider needs to know of us beside its secrets, by name; absent where it is not set. */
export type Settings = Readonly<Record<string, string | undefined>>;

/** What we answer; the wording is the provider's own. */
export interface Acknowledgement {
  status: number;
  contentType?: string;
  body: string;
}

/** One movement on an account of ours, in our common form (camt.054: an entry). */
export type IncomingTransaction = {
  /** The provider's own id: the same money told twice carries it twice. */
  providerId: string;
  /** Which of the provider's feeds tells, where another of them tells of the same transfers under ids of its own. */
  feed?: string | undefined;
  direction: 'in' | 'out';
  /** Ours; absent where a gateway holds the money until it settles. */
  accountNumber?: string | undefined;
  /** The number under our account that the payer saw. */
  virtualAccountNumber?: string | undefined;
  bankName?: string | undefined;
  /** Always positive; `direction` is the sign. */
  amount: Money;
  content: string;
  bankReference?: string | undefined;
  /** The id that we had given the gateway for this payment. */
  orderId?: string | undefined;
  payerName?: string | undefined;
  payerAccount?: string | undefined;
  bankTime: Instant;
  balanceAfter?: Money | undefined;
  /** A call from the provider's test button: no money stands behind it. */
  isTest: boolean;
};

export interface Provider {
  /** As in the address, `/webhooks/<name>`, and in the settings. */
  readonly name: string;
  /** True for the pretend bank, which exists nowhere but in demo mode. */
  readonly demoOnly?: boolean;
  /** Settings beside the secrets that this provider knows, such as `VNPAY_TMN_CODE`. */
  readonly settings?: readonly string[];
  /** Whose secret signed this request. No secret, or none that fits: throws SignatureInvalid. `now` judges the age of timestamps. */
  verify(request: WebhookRequest, secrets: readonly Secret[], now: Instant, settings: Settings): string;
  /** The money that a verified request tells of: none where it tells of something else. Pure. Throws Unreadable, and nothing else. */
  normalise(request: WebhookRequest): IncomingTransaction[];
  /** The money that an answer of the provider's own list tells of, where it has one. Throws Unreadable, with what its other rows tell. */
  readonly readPulled?: (body: Buffer) => IncomingTransaction[];
  /** The reply to an authentic request once its bytes are durable. */
  acknowledge(outcome: Outcome): Acknowledgement;
  /** The reply to a request that did not verify. */
  refuse(): Acknowledgement;
}

/** The request does not come from the provider, or we cannot know that it does. */
export class SignatureInvalid extends Error {
  constructor() {
    super('signature missing, wrong or too old');
    this.name = 'SignatureInvalid';
  }
}

/** `needs_a_person`: we understand it, and it is not for a machine to decide, such as money that a gateway holds under suspicion. */
export type UnreadableReason =
  'contradicts_earlier' | 'needs_a_person' | 'not_utf8' | 'not_json' | 'too_deep' | 'duplicate_key' | 'unexpected_shape';

/** An authentic request from which we make no transaction by ourselves: its bytes are kept and a person looks at it. */
export class Unreadable extends Error {
  constructor(
    readonly reason: UnreadableReason,
    /** The field that was not as expected, as a path. */
    readonly field?: string,
    /** Of a list: what its other rows tell, which counts. */
    readonly readable: readonly IncomingTransaction[] = [],
  ) {
    super(field ? `${reason}: ${field}` : reason);
    this.name = 'Unreadable';
  }
}

/** The path and the query of a request's target; only its first question mark divides them. */
export function splitTarget(target: string): { path: string; query: string } {
  const [path = '', query = ''] = target.split(/\?(.*)/s, 2);
  return { path, query };
}

/**
 * The headers of `rawHeaders` (name, value, name, value …) by lower-case name. A header sent twice is there, and undefined:
 * a signature that could be either of two is none.
 */
export function headersOf(rawHeaders: readonly string[]): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = Object.create(null);
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = String(rawHeaders[i]).toLowerCase();
    headers[name] = name in headers ? undefined : rawHeaders[i + 1];
  }
  return headers;
}
