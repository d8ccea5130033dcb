// The pretend gateways, for demo mode and for tests.
export { pretendPayos } from './payos';
export { behaviours, paymentBehaviours, type Behaviour, type PaymentBehaviour, type PretendGateway } from './pretendGateway';
export { pretendStripe } from './stripe';
export { pretendVnpay } from './vnpay';
