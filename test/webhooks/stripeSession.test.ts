// Stripe's answer about one session: the same money as in its webhook, under the same id.
import { instantOf } from '../../src/domain/time';
import { Unreadable } from '../../webhooks/provider';
import { stripe } from '../../webhooks/stripe';
import { readPulledStripe } from '../../webhooks/stripe/pulled';
import { sampleNamed } from './samples';

type Fields = Record<string, unknown>;
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

describe("Stripe's answer about one session", () => {
  const { request } = sampleNamed('stripe session-paid');
  const { object: session }: { object: Fields } = JSON.parse(request.body.toString()).data;
  const charged = 1_742_886_150;
  const payment = (more: Fields = {}): Fields => ({
    id: session['payment_intent'],
    latest_charge: { id: 'ch_1', created: charged },
    ...more,
  });

  it('tells of the same money as its webhook, and of the time of the charge', () => {
    const [told] = stripe.normalise(request);
    const asked = readPulledStripe(json({ ...session, payment_intent: payment() }));
    expect(asked).toEqual([{ ...told, bankTime: instantOf(charged * 1000) }]);
  });

  it.each(['unpaid', 'no_payment_required'])('tells of no money where it is %s', (status) => {
    expect(readPulledStripe(json({ ...session, payment_intent: null, payment_status: status }))).toEqual([]);
  });

  it.each([
    ['without the charge', { ...session, payment_intent: payment({ latest_charge: null }) }],
    ['with the name of the payment only', session],
    ['with the name of the charge only', { ...session, payment_intent: payment({ latest_charge: 'ch_1' }) }],
    ['of other money', { ...session, payment_intent: payment(), currency: 'usd' }],
    ['of less than nothing', { ...session, payment_intent: payment(), amount_total: -1 }],
    ['without a status', { ...session, payment_intent: payment(), payment_status: undefined }],
  ])('%s is unreadable', (_, answer) => {
    expect(() => readPulledStripe(json(answer))).toThrow(Unreadable);
  });
});
