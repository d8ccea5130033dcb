// An optional link to a VietQR picture drawn by vietqr.io; off unless an office enters its keys and asks for it.
import { createRequire } from 'node:module';
import type { Money } from '../domain/money';

/** The client id and API key that vietqr.io gave the office; an empty one turns links off. */
export type QuickLinkKeys = { clientId: string; apiKey: string };

export type QuickLinkContent = { bankBin: string; accountNumber: string; amount: Money; memo: string; accountName: string };

type Package = {
  VietQR: new (keys: { clientID: string; apiKey: string }) => { genQuickLink(content: Record<string, string>): string | undefined };
};

/** The package leaves `/ & # ?` as they are, so each of them would move what follows into another part of the address. */
const safe = /^[A-Za-z0-9 ]+$/;

/**
 * The address of the picture, or undefined without keys or when a text is empty or holds more than letters, digits and spaces.
 *
 * Confined here because the npm package `vietqr` 1.1.9 makes no payload and no checksum: it is a client of a third party, who learns
 * account, amount and memo from whoever opens the link. The rest of the package talks to the network, returns errors as values and swaps
 * the keys in one call, so only its string builder is used, and it is loaded (with its HTTP client) only when a link is asked for.
 * The address is vietqr.io's older form; https://www.vietqr.io says which forms live on.
 */
export function quickLinkOf(keys: QuickLinkKeys, content: QuickLinkContent): string | undefined {
  const { bankBin: bank, accountNumber, memo, accountName } = content;
  const amount = content.amount.toString();
  if (!keys.clientId || !keys.apiKey) return undefined;
  if (![bank, accountNumber, amount, memo, accountName].every((text) => safe.test(text))) return undefined;
  const { VietQR } = createRequire(__filename)('vietqr') as Package;
  return new VietQR({ clientID: keys.clientId, apiKey: keys.apiKey }).genQuickLink({ bank, accountNumber, amount, memo, accountName });
}
