// Settings: read from the environment here and nowhere else; whatever is missing is named before anything starts.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { providers } from '../webhooks';

export interface Config {
  mode: 'demo' | 'production';
  port: number;
  /** `file:<path>` or `postgresql://…` */
  databaseUrl: string;
  /** The address under which people and banks reach the service, without a slash at the end. */
  publicUrl: string;
  /** Encrypts provider secrets at rest. */
  secretKey: string;
  /** For accounts without a secret of their own; the current one first. */
  webhookSecrets: Readonly<Record<string, readonly string[]>>;
  /** What providers must know of us beside their secrets, by name, such as `VNPAY_TMN_CODE`. */
  providerSettings: Readonly<Record<string, string | undefined>>;
  /** How long an offered QR is shown; money after it counts all the same. */
  paymentRequestMinutes: number;
  /** The one system that hears of events, if any. */
  subscriber?: { url: string; secret: string };
  /** Takes our receipts on their way to the tax authority, if any. */
  receiptProvider?: { url: string; key: string };
  /** Through which letters to citizens are sent, if any. */
  mail?: { url: string; from: string };
  /** How many proxies in front of us may be believed about the caller's address. */
  trustedProxies: number;
  /** Where package.json, prisma/ and node_modules are. */
  root: string;
}

type Environment = Record<string, string | undefined>;

const shortestSecretKey = 32;
const secretsPrefix = 'WEBHOOK_SECRETS_';

/** The feeds' own, beside those of the webhooks. */
const feedSettings = ['PAYOS_CLIENT_ID', 'VNPAY_SERVER_IP'];
const settingNames = [...providers.flatMap((provider) => provider.settings ?? []), ...feedSettings];

/** Settings that are missing or wrong, each named. */
export class ConfigInvalid extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The service is not configured:\n${problems.map((problem) => `  - ${problem}`).join('\n')}\nSee .env.example.`);
  }
}

/** The database that a tool looks into: the one that is set, else the demo's. */
export const databaseToLookInto = (environment: Environment = process.env): { url: string; root: string } => ({
  url: environment['DATABASE_URL']?.trim() || demoDatabaseUrl(),
  root: rootFolder(),
});

const demoDatabaseUrl = (): string => `file:${join(rootFolder(), '.data/demo/counter-fees.db')}`;

/** Production: nothing has a default that could be mistaken for a decision. Throws ConfigInvalid. */
export function readConfig(environment: Environment = process.env): Config {
  const problems: string[] = [];
  const required = (name: string, why: string): string => {
    const value = environment[name]?.trim() ?? '';
    if (value === '') problems.push(`${name} is missing: ${why}`);
    return value;
  };
  const databaseUrl = required('DATABASE_URL', 'file:/path/to/database.db or postgresql://…');
  const publicUrl = required('PUBLIC_URL', 'the address under which people and banks reach the service').replace(/\/+$/, '');
  const secretKey = required('SECRET_KEY', `at least ${shortestSecretKey} random characters; encrypts provider secrets`);
  if (databaseUrl && !/^(file:.|postgres(ql)?:\/\/)/.test(databaseUrl))
    problems.push('DATABASE_URL must start with file: or postgresql://');
  if (publicUrl && !/^https?:\/\/[^/]+$/.test(publicUrl))
    problems.push('PUBLIC_URL must be an address such as https://fees.example.gov.vn');
  if (secretKey && secretKey.length < shortestSecretKey) problems.push(`SECRET_KEY is shorter than ${shortestSecretKey} characters`);
  if (secretKey.includes('demo')) problems.push('SECRET_KEY is a demo secret');
  const webhookSecrets = secretsFrom(environment);
  if (
    Object.values(webhookSecrets)
      .flat()
      .some((secret) => secret.startsWith('demo-'))
  )
    problems.push('a webhook secret is a demo secret');
  const config = {
    mode: 'production' as const,
    databaseUrl,
    publicUrl,
    secretKey,
    webhookSecrets,
    providerSettings: Object.fromEntries(settingNames.map((name) => [name, environment[name]?.trim() || undefined])),
    ...commonSettings(environment, problems),
  };
  if (problems.length > 0) throw new ConfigInvalid(problems);
  return config;
}

/** The demo: everything decided, secrets that say `demo`. Only PORT, DATABASE_URL and PAYMENT_REQUEST_MINUTES may be given. Throws ConfigInvalid. */
export function demoConfig(environment: Environment = process.env): Config {
  const problems: string[] = [];
  const common = commonSettings({ PORT: environment['PORT'], PAYMENT_REQUEST_MINUTES: environment['PAYMENT_REQUEST_MINUTES'] }, problems);
  if (problems.length > 0) throw new ConfigInvalid(problems);
  return {
    mode: 'demo',
    databaseUrl: environment['DATABASE_URL'] ?? demoDatabaseUrl(),
    publicUrl: `http://localhost:${common.port}`,
    secretKey: 'demo-secret-key-for-a-demo-office',
    webhookSecrets: Object.fromEntries(providers.map(({ name }) => [name, [`demo-secret-${name}`]])),
    providerSettings: { PAYOS_CLIENT_ID: 'demo-client', VNPAY_TMN_CODE: 'DEMO0001', MOMO_ACCESS_KEY: 'demo-access-momo' },
    ...common,
  };
}

function commonSettings(environment: Environment, problems: string[]) {
  const whole = (name: string, standard: number, least: number, most: number): number => {
    const value = Number(environment[name]?.trim() || standard);
    if (!Number.isInteger(value) || value < least || value > most) problems.push(`${name} must be a whole number from ${least} to ${most}`);
    return value;
  };
  const {
    SUBSCRIBER_URL: url,
    SUBSCRIBER_SECRET: secret,
    RECEIPT_PROVIDER_URL: receiptUrl,
    RECEIPT_PROVIDER_KEY: receiptKey,
    SMTP_URL: smtpUrl,
    MAIL_FROM: mailFrom,
  } = environment;
  if (Boolean(url) !== Boolean(secret)) problems.push('SUBSCRIBER_URL and SUBSCRIBER_SECRET belong together');
  if (Boolean(receiptUrl) !== Boolean(receiptKey)) problems.push('RECEIPT_PROVIDER_URL and RECEIPT_PROVIDER_KEY belong together');
  if (Boolean(smtpUrl) !== Boolean(mailFrom)) problems.push('SMTP_URL and MAIL_FROM belong together');
  if (smtpUrl && !/^smtps?:\/\/[^/]+/.test(smtpUrl)) problems.push('SMTP_URL must start with smtp:// or smtps://');
  return {
    port: whole('PORT', 3000, 0, 65_535),
    paymentRequestMinutes: whole('PAYMENT_REQUEST_MINUTES', 15, 1, 24 * 60),
    trustedProxies: whole('TRUSTED_PROXIES', 0, 0, 10),
    root: rootFolder(),
    ...(url && secret ? { subscriber: { url, secret } } : {}),
    ...(smtpUrl && mailFrom ? { mail: { url: smtpUrl, from: mailFrom } } : {}),
    ...(receiptUrl && receiptKey ? { receiptProvider: { url: receiptUrl.replace(/\/+$/, ''), key: receiptKey } } : {}),
  };
}

function secretsFrom(environment: Environment): Record<string, string[]> {
  const named = Object.entries(environment).filter(([name]) => name.startsWith(secretsPrefix));
  return Object.fromEntries(named.map(([name, value]) => [name.slice(secretsPrefix.length).toLowerCase(), listOf(value)]));
}

const listOf = (value: string | undefined): string[] =>
  (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** The folder with package.json above this file, whether it runs from src/ or from dist/. */
function rootFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
