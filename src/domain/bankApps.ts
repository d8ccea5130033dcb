// Bank apps that open with a transfer filled in: the pinned list of those that are known to, and their links.
import type { Account } from './agency';
import { bankOfBin } from './banks';
import type { PaymentRequest } from './paymentRequest';

/** `name` for screens; `url` opens the app on a phone that has it. */
export interface BankAppLink {
  bank: string;
  name: string;
  url: string;
}

/**
 * Other apps of the same list merely open: for them the QR and the rows to copy are of more use.
 * Source: https://vietqr.io/danh-sach-api/deeplink-app-ngan-hang/ and its changelog (OCB 05/2024, ACB 10/2025, BIDV 01/2026, VietinBank 02/2026, MB 07/2026).
 */
const apps = [
  { app: 'mb', name: 'MBBank' },
  { app: 'bidv', name: 'BIDV SmartBanking' },
  { app: 'icb', name: 'VietinBank iPay' },
  { app: 'acb', name: 'ACB ONE' },
  { app: 'ocb', name: 'OCB OMNI' },
] as const;

/** Account, amount and reference only, which are in the QR too: nothing about a person. */
export function bankAppLinks(request: Pick<PaymentRequest, 'amount' | 'reference'>, account: Account): BankAppLink[] {
  const bank = bankOfBin(account.bankBin)?.code.toLowerCase();
  if (bank === undefined) return [];
  const transfer = new URLSearchParams({
    ba: `${account.accountNumber}@${bank}`,
    am: request.amount.toString(),
    tn: request.reference,
    bn: account.accountName,
  });
  return apps.map(({ app, name }) => ({ bank: app, name, url: `https://dl.vietqr.io/pay?app=${app}&${transfer}` }));
}
