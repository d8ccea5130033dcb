// Providers as people call them, and how we came to hear from them.
import type { Translate } from './labels';

const names: Readonly<Record<string, string>> = {
  sepay: 'SePay',
  casso: 'Casso',
  payos: 'payOS',
  vnpay: 'VNPAY',
  stripe: 'Stripe',
  momo: 'MoMo',
  zalopay: 'ZaloPay',
  pay2s: 'Pay2S',
};

export const providerWord = (provider: string, t: Translate): string =>
  provider === 'sandbox' ? t('pretendBank') : provider === 'statement' ? t('statement') : (names[provider] ?? provider);
