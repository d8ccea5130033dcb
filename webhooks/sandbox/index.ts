// The pretend bank of demo mode. It speaks SePay's HMAC form and nothing weaker, so that the demo walks the real path.
import type { Provider } from '../provider';
import { sepay } from '../sepay';
import { verifySepayHmac } from '../sepay/signature';

export { signSepay as signSandbox } from '../sepay/signature';

export const sandbox: Provider = { ...sepay, name: 'sandbox', demoOnly: true, verify: verifySepayHmac };
