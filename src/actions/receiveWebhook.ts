// Receives webhooks: verifies the raw bytes of each, keeps and applies together what arrived together; one commit, idempotent.
import {
  headersOf,
  SignatureInvalid,
  splitTarget,
  type Acknowledgement,
  type Provider,
  type Secret,
  type WebhookRequest,
} from '../../webhooks/provider';
import type { Context } from '../context';
import type { Outcome } from '../domain/delivery';
import { gather } from './gather';
import { keepDeliveries, type Arrival } from './keepDeliveries';
import { secretsOf, type ProviderSecrets } from './secretsOf';

/** A request as the door has it: nothing of it is decoded. */
export interface RawRequest {
  method: string;
  url: string;
  /** Name, value, name, value … as sent. */
  rawHeaders: readonly string[];
  body: Buffer;
}

export type ReceiveWebhook = (provider: Provider, raw: RawRequest) => Promise<Acknowledgement>;

/**
 * How a door hands in webhooks; one for the whole service, so that many share a commit. It returns the provider's own reply once the bytes
 * are durable. Unauthentic: nothing is kept but a count. Throws store_busy: then nothing is kept, and the provider tells again.
 */
export function webhookReceiver(ctx: Context): ReceiveWebhook {
  const keep = gather<Arrival, Outcome>((take) => keepDeliveries(ctx, take));
  return async (provider, raw) => {
    const answered = ctx.metrics.webhookCame(provider.name);
    const arrival = authenticArrival(ctx, provider, requestFrom(raw), await secretsOf(ctx, provider.name));
    const outcome = arrival ? await keep(arrival) : undefined;
    answered(outcome ?? 'refused');
    if (outcome === undefined) return provider.refuse();
    ctx.bell.ring();
    return provider.acknowledge(outcome);
  };
}

function authenticArrival(
  ctx: Context,
  provider: Provider,
  request: WebhookRequest,
  { secrets, accountsWithOwnSecret }: ProviderSecrets,
): Arrival | undefined {
  const owner = ownerBehind(ctx, provider, request, secrets);
  return owner === undefined ? undefined : { provider, owner, accountsWithOwnSecret, via: 'push', request };
}

function ownerBehind(ctx: Context, provider: Provider, request: WebhookRequest, secrets: readonly Secret[]): string | undefined {
  try {
    return provider.verify(request, secrets, ctx.now(), ctx.config.providerSettings);
  } catch (error) {
    if (error instanceof SignatureInvalid) return undefined;
    throw error;
  }
}

function requestFrom({ method, url, rawHeaders, body }: RawRequest): WebhookRequest {
  return { method, ...splitTarget(url), headers: headersOf(rawHeaders), body };
}
