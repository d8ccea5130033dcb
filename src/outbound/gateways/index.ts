// The list of gateways. A new one is one file and one line here.
import type { Instant } from '../../domain/time';
import type { Gateway } from './gateway';
import { usualLimits, within, type Limits } from './limits';
import { payosGateway } from './payos';
import { stripeGateway } from './stripe';
import { vnpayGateway } from './vnpay';

/** All of them, within the same limits; each address has a circuit of its own. */
export function gatewaysWith(now: () => Instant, limits: Partial<Limits> = {}): readonly Gateway[] {
  const bounded = within({ ...usualLimits, ...limits });
  return [stripeGateway(bounded), payosGateway(bounded), vnpayGateway(bounded, now)];
}
