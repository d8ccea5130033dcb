// Receives a webhook: verifies the raw bytes, keeps them first, then applies what they mean; one commit, idempotent.
import { createHash } from 'node:crypto';
import {
  headersOf,
  SignatureInvalid,
  splitTarget,
  Unreadable,
  type Acknowledgement,
  type Outcome,
  type Provider,
  type Secret,
  type WebhookRequest,
} from '../../webhooks/provider';
import type { Attempt, Context, Tables } from '../context';
import type { NewEvent } from '../domain/event';
import type { Instant } from '../domain/time';
import { applyTransactions, type Teller } from './applyTransactions';
import { secretsOf } from './secretsOf';

/** A request as the door has it: nothing of it is decoded. */
export interface RawRequest {
  method: string;
  url: string;
  /** Name, value, name, value … as sent. */
  rawHeaders: readonly string[];
  body: Buffer;
}

/** The provider's own reply. Unauthentic: nothing is kept but a count. Throws store_busy: then nothing is kept, and the provider tells again. */
export async function receiveWebhook(ctx: Context, provider: Provider, raw: RawRequest): Promise<Acknowledgement> {
  const answered = ctx.metrics.webhookCame(provider.name);
  const outcome = await verifyAndKeep(ctx, provider, requestFrom(raw));
  answered(outcome);
  if (outcome === 'refused') return provider.refuse();
  ctx.bell.ring();
  return provider.acknowledge(outcome);
}

async function verifyAndKeep(ctx: Context, provider: Provider, request: WebhookRequest): Promise<Outcome | 'refused'> {
  const at = ctx.now();
  const { secrets, accountsWithOwnSecret } = await secretsOf(ctx, provider.name);
  const owner = ownerBehind(ctx, provider, request, secrets, at);
  if (owner === undefined) return 'refused';
  return ctx.store.transact(async (tables) => {
    const deliveryId = await tables.deliveries.keep({
      id: ctx.id('delivery'),
      provider: provider.name,
      owner,
      digest: digestOf(request),
      method: request.method,
      target: request.query ? `${request.path}?${request.query}` : request.path,
      headers: keptHeaders(request.headers),
      body: request.body,
      receivedAt: at,
      state: 'received',
    });
    return applyDelivery(ctx, tables, provider, request, { provider: provider.name, owner, accountsWithOwnSecret, deliveryId }, at);
  });
}

function ownerBehind(ctx: Context, provider: Provider, request: WebhookRequest, secrets: readonly Secret[], at: Instant): string | undefined {
  try {
    return provider.verify(request, secrets, at, ctx.config.providerSettings);
  } catch (error) {
    if (error instanceof SignatureInvalid) return undefined;
    throw error;
  }
}

function requestFrom({ method, url, rawHeaders, body }: RawRequest): WebhookRequest {
  return { method, ...splitTarget(url), headers: headersOf(rawHeaders), body };
}

/** Applies a kept delivery in a savepoint of its own: whatever goes wrong, its bytes stay, and a person or the sweep comes back to them. */
export async function applyDelivery(
  ctx: Context,
  tables: Tables,
  provider: Provider,
  request: WebhookRequest,
  teller: Teller & { deliveryId: string },
  at: Instant,
): Promise<Outcome> {
  const applied = await tables.attempt(() => applyTransactions(ctx, tables, teller, provider.normalise(request), at));
  await markResult(ctx, tables, teller.deliveryId, applied);
  if (applied.ok) await tables.events.append(applied.value);
  return applied.ok ? 'kept' : 'unreadable';
}

async function markResult(ctx: Context, tables: Tables, deliveryId: string, applied: Attempt<NewEvent[]>): Promise<void> {
  if (applied.ok) await tables.deliveries.mark(deliveryId, 'applied');
  else if (applied.error instanceof Unreadable) await tables.deliveries.mark(deliveryId, 'unreadable', applied.error.message);
  else {
    ctx.log.error({ deliveryId, err: applied.error }, 'a kept delivery could not be applied');
    await tables.deliveries.mark(deliveryId, 'failed', applied.error instanceof Error ? applied.error.message : 'unknown');
  }
}

const digestOf = ({ method, query, body }: WebhookRequest): string =>
  createHash('sha256').update(`${method}\n${query}\n`).update(body).digest('hex');

/** What a later look at the delivery needs; never the key by which the sender proved itself. */
const secretHeaders = new Set(['authorization', 'cookie', 'x-secret-key', 'secure-token']);
const keptHeaders = (headers: WebhookRequest['headers']): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !secretHeaders.has(name)));
