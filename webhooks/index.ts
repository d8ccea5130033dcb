// The list of providers. A new bank is one folder and one line here.
import type { Provider } from './provider';
import { sandbox } from './sandbox';
import { sepay } from './sepay';

export const providers: readonly Provider[] = [sepay, sandbox];

/** The provider of this name. The pretend bank is found only where `demo` is true. */
export function providerNamed(name: string, demo = false): Provider | undefined {
  return providers.find((provider) => provider.name === name && (demo || !provider.demoOnly));
}
