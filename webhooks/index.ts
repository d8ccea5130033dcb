// The list of providers. A new bank is one folder and one line here.
import { casso } from './casso';
import { momo } from './momo';
import { pay2s } from './pay2s';
import { payos } from './payos';
import type { Provider } from './provider';
import { sandbox } from './sandbox';
import { sepay } from './sepay';
import { stripe } from './stripe';
import { vnpay } from './vnpay';
import { zalopay } from './zalopay';

export const providers: readonly Provider[] = [sepay, casso, payos, pay2s, vnpay, stripe, momo, zalopay, sandbox];

/** The provider of this name. The pretend bank is found only where `demo` is true. */
export function providerNamed(name: string, demo = false): Provider | undefined {
  return providers.find((provider) => provider.name === name && (demo || !provider.demoOnly));
}
