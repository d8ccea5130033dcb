// The recorded webhooks of every provider, and what each of them means.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '../../src/domain/time';
import { providers } from '../../webhooks';
import type { Acknowledgement, Outcome, Provider, Secret, Settings, UnreadableReason, WebhookRequest } from '../../webhooks/provider';
import { parseRecording } from '../../webhooks/recording';

const root = join(__dirname, '../../webhooks');

export type Meaning = {
  about: string;
  /** Where the sample or its form was published. */
  source: string;
  secrets: Secret[];
  /** What the provider must know of us beside its secrets. */
  settings?: Settings;
  /** When the webhook arrives. */
  now: Instant;
  expectValid: boolean;
  owner?: string;
  /** The header whose signature covers every byte of the body. */
  signatureHeader?: string;
  /** True where the body is signed otherwise: inside of itself, or by one of several signatures. */
  signedBody?: boolean;
  /** True where the query is signed inside of itself. */
  signedQuery?: boolean;
  transactions?: object[];
  unreadable?: { reason: UnreadableReason; field?: string };
  outcome?: Outcome;
  acknowledgement: Acknowledgement;
};

export type Sample = { provider: Provider; name: string; request: WebhookRequest; meaning: Meaning };

export const samples: readonly Sample[] = providers.flatMap(samplesOf);

/** The sample of this name, such as `vnpay paid`. */
export function sampleNamed(name: string): Sample {
  const found = samples.find((sample) => sample.name === name);
  if (!found) throw new Error(`no sample is named ${name}`);
  return found;
}

function samplesOf(provider: Provider): Sample[] {
  const folder = join(root, provider.name, 'samples');
  const names = readdirSync(folder).filter((file) => file.endsWith('.http'));
  return names.map((file) => sampleOf(provider, folder, file.replace('.http', '')));
}

function sampleOf(provider: Provider, folder: string, name: string): Sample {
  const request = parseRecording(readFileSync(join(folder, `${name}.http`)));
  const meaning: Meaning = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  return { provider, name: `${provider.name} ${name}`, request, meaning };
}
