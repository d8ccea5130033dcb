// Metrics for operators, in the Prometheus format.
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { instantOf, type Instant } from './domain/time';

/** Webhooks of one provider that did not verify. */
export interface Refused {
  provider: string;
  count: number;
  lastAt: Instant;
}

export interface Metrics {
  /** Counts a webhook once its outcome is known; unauthenticated ones touch nothing but this count. */
  webhookCame(provider: string): (outcome: string) => void;
  /** Counts how many deliveries shared one transaction. */
  deliveriesKept(count: number): void;
  /** What was refused since the service started, by provider. */
  refused(): { since: Instant; webhooks: Refused[] };
  text(): Promise<string>;
}

let ofProcess: Registry | undefined;

/** What the process itself uses is watched once, however many services it holds. */
function processMetrics(): Registry {
  if (ofProcess) return ofProcess;
  ofProcess = new Registry();
  collectDefaultMetrics({ register: ofProcess });
  return ofProcess;
}

export function startMetrics(now = (): Instant => instantOf(Date.now())): Metrics {
  const registry = new Registry();
  const webhooks = new Counter({
    name: 'webhooks_total',
    help: 'Webhooks by provider and outcome',
    labelNames: ['provider', 'outcome'],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'webhook_seconds',
    help: 'Time until the acknowledgement',
    labelNames: ['provider'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 1, 5],
    registers: [registry],
  });
  const batches = new Histogram({
    name: 'deliveries_per_commit',
    help: 'Deliveries that were kept and applied in one transaction',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers: [registry],
  });
  const since = now();
  const refused = new Map<string, Refused>();
  return {
    refused: () => ({ since, webhooks: [...refused.values()] }),
    deliveriesKept: (count) => batches.observe(count),
    webhookCame: (provider) => {
      const answered = duration.startTimer({ provider });
      return (outcome) => {
        answered();
        webhooks.inc({ provider, outcome });
        if (outcome === 'refused') refused.set(provider, { provider, count: (refused.get(provider)?.count ?? 0) + 1, lastAt: now() });
      };
    },
    text: () => Registry.merge([processMetrics(), registry]).metrics(),
  };
}
