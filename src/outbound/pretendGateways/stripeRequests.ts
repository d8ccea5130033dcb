// How a pretend Stripe reads what it is asked: forms with names such as `a[b][0]`, and what the real one refuses.
import type { Reply } from './server';

/** Half a US dollar, below which Stripe takes nothing, is about that much. */
const leastAmount = 13_000;
const mostAmount = 99_999_999;
const leastSeconds = 30 * 60;
const mostSeconds = 24 * 60 * 60;

export interface SessionRequest {
  amount: number;
  what: string;
  ourId: string | undefined;
  metadata: Record<string, string>;
  paymentMetadata: Record<string, string>;
  successUrl: string;
  cancelUrl: string;
  locale: string | null;
  expiresAt: number;
}

/** An answer in place of the one asked for. */
export class StripeRefusal extends Error {
  readonly reply: Reply;
  constructor(status: number, message: string, more: { type?: string; code?: string; param?: string } = {}) {
    super(message);
    this.reply = { status, body: { error: { type: 'invalid_request_error', message, ...more } } };
  }
}

/** `now` in seconds since 1970. Throws StripeRefusal. */
export function sessionRequestIn(form: URLSearchParams, now: number): SessionRequest {
  const item = (name: string): string | null => form.get(`line_items[0]${name}`);
  if (form.get('mode') !== 'payment') throw missing('mode');
  if (item('[price_data][currency]') !== 'vnd') throw missing('line_items[0][price_data][currency]');
  const ourId = form.get('client_reference_id') ?? undefined;
  if (ourId !== undefined && !/^[\w-]{1,200}$/.test(ourId))
    throw new StripeRefusal(400, 'Invalid client_reference_id', { param: 'client_reference_id' });
  return {
    amount: amountIn(item('[price_data][unit_amount]')) * Number(item('[quantity]') ?? 1),
    what: item('[price_data][product_data][name]') ?? '',
    ourId,
    metadata: nestedIn(form, 'metadata'),
    paymentMetadata: nestedIn(form, 'payment_intent_data[metadata]'),
    successUrl: urlIn(form, 'success_url'),
    cancelUrl: urlIn(form, 'cancel_url'),
    locale: form.get('locale'),
    expiresAt: expiryIn(form.get('expires_at'), now),
  };
}

/** Whole đồng. Throws StripeRefusal. */
export function amountIn(text: string | null): number {
  if (text === null || !/^\d{1,12}$/.test(text))
    throw new StripeRefusal(400, `Invalid integer: ${text ?? ''}`, { code: 'parameter_invalid_integer' });
  const amount = Number(text);
  if (amount < leastAmount)
    throw new StripeRefusal(400, 'The total amount must convert to at least 50 cents.', { code: 'amount_too_small' });
  if (amount > mostAmount) throw new StripeRefusal(400, 'The total amount must be no more than ₫99,999,999.', { code: 'amount_too_large' });
  return amount;
}

export function nestedIn(form: URLSearchParams, name: string): Record<string, string> {
  const found = [...form].filter(([key]) => key.startsWith(`${name}[`) && key.endsWith(']'));
  return Object.fromEntries(found.map(([key, value]) => [key.slice(name.length + 1, -1), value]));
}

const missing = (param: string): StripeRefusal =>
  new StripeRefusal(400, `Missing required param: ${param}.`, { code: 'parameter_missing', param });

function urlIn(form: URLSearchParams, name: string): string {
  const url = form.get(name) ?? '';
  if (!/^https?:/.test(url) || !URL.canParse(url)) throw new StripeRefusal(400, 'Not a valid URL', { code: 'url_invalid', param: name });
  return url;
}

function expiryIn(text: string | null, now: number): number {
  const seconds = text === null ? now + mostSeconds : Number(text);
  if (!Number.isInteger(seconds) || seconds < now + leastSeconds || seconds > now + mostSeconds)
    throw new StripeRefusal(400, 'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.', {
      param: 'expires_at',
    });
  return seconds;
}
