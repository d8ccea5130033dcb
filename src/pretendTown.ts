// The pretend gateways of the demo: each on an address of its own, telling our public door, and connected as a real one would be.
import { collectionAccount, connectGateway } from '../prisma/seed';
import { movePretendMoney } from './actions/movePretendMoney';
import type { Context } from './context';
import type { PretendPayout } from './outbound/pretendGateways/pretendGateway';
import { pretendPayos, pretendStripe, pretendVnpay, type PretendGateway } from './outbound/pretendGateways';

/** What a pretend gateway pays out comes to the pretend bank, which tells of it like any other transfer. */
const payOutAt =
  (ctx: Context) =>
  async ({ amount, content, at: bankTime }: PretendPayout): Promise<void> => {
    const { bankBin, accountNumber } = collectionAccount;
    await movePretendMoney(ctx, { bankBin, accountNumber, direction: 'in', amount, content, bankTime, tellings: 1 });
  };

export interface PretendTown {
  gateways: readonly PretendGateway[];
  close(): Promise<void>;
}

/** `port` is the service's own, which listens already. */
export async function openPretendTown(ctx: Context, port: number): Promise<PretendTown> {
  const { webhookSecrets, providerSettings } = ctx.config;
  const secretOf = (provider: string): string => webhookSecrets[provider]?.[0] ?? '';
  const at = (provider: string) => ({
    now: ctx.now,
    webhookUrl: () => `http://127.0.0.1:${port}/webhooks/${provider}`,
    payOut: payOutAt(ctx),
  });
  const tokens = { stripe: 'sk_test_demo', payos: 'demo-payos-key', vnpay: secretOf('vnpay') };
  const { bankBin: bin, accountNumber: number, accountName: name } = collectionAccount;
  const gateways = [
    pretendStripe({ ...at('stripe'), token: tokens.stripe, webhookSecret: secretOf('stripe') }),
    pretendPayos({
      ...at('payos'),
      ...{ clientId: providerSettings['PAYOS_CLIENT_ID'] ?? '', token: tokens.payos, checksumKey: secretOf('payos') },
      account: { bin, number, name },
    }),
    pretendVnpay({ ...at('vnpay'), terminal: providerSettings['VNPAY_TMN_CODE'] ?? '', token: tokens.vnpay }),
  ];
  const open = await Promise.all(gateways.map((gateway) => gateway.listen()));
  for (const [place, { provider }] of gateways.entries()) await connectGateway(ctx, provider, tokens[provider], open[place]?.url ?? '');
  return { gateways, close: async () => void (await Promise.all(open.map((one) => one.close()))) };
}
