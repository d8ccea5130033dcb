// Stripe's events: what only they know.
import { createHmac } from 'node:crypto';
import { drawReference, referencesIn } from '../../src/domain/reference';
import { addMs, instantOf } from '../../src/domain/time';
import { SignatureInvalid, Unreadable, type IncomingTransaction, type WebhookRequest } from '../../webhooks/provider';
import { stripe } from '../../webhooks/stripe';
import { sampleNamed } from './samples';

const now = instantOf(1_742_886_165_000);
const nowSeconds = 1_742_886_165;
const secrets = [{ value: 'demo-secret-stripe', owner: 'default' }];
const body = Buffer.from('{"type":"customer.created"}');

const hmac = (seconds: number | string, secret = 'demo-secret-stripe'): string =>
  createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex');

const sent = (header: string | undefined, bytes = body): WebhookRequest => ({
  method: 'POST',
  path: '/webhooks/stripe',
  query: '',
  headers: { 'stripe-signature': header },
  body: bytes,
});

const verify = (header: string | undefined, at = now) => stripe.verify(sent(header), secrets, at, {});

const told = (type: string, object: object, data: object = {}): IncomingTransaction[] =>
  stripe.normalise(sent(undefined, Buffer.from(JSON.stringify({ type, created: nowSeconds, data: { object, ...data } }))));

const session = { id: 'cs_1', payment_status: 'paid', amount_total: 180_000, currency: 'vnd', payment_intent: 'pi_1' };

describe('the time of a signature', () => {
  const header = `t=${nowSeconds},v1=${hmac(nowSeconds)}`;

  it.each([-300, -299, 0, 299, 300])('%s seconds off is accepted', (seconds) => {
    expect(verify(header, addMs(now, -seconds * 1000))).toBe('default');
  });

  it.each([-86_400, -301, 301, 86_400])('%s seconds off is refused', (seconds) => {
    expect(() => verify(header, addMs(now, -seconds * 1000))).toThrow(SignatureInvalid);
  });
});

describe('the header', () => {
  const [good, bad] = [hmac(nowSeconds), '0'.repeat(64)];

  it.each([
    ['one signature', `t=${nowSeconds},v1=${good}`],
    ['a good signature after a wrong one', `t=${nowSeconds},v1=${bad},v1=${good}`],
    ['a good signature before a wrong one', `t=${nowSeconds},v1=${good},v1=${bad}`],
    ['the time last', `v1=${good},t=${nowSeconds}`],
    ['schemes that we do not know', `t=${nowSeconds},v0=${bad},v1=${good},v9=x==`],
  ])('with %s is accepted', (_, header) => expect(verify(header)).toBe('default'));

  it.each([
    ['nothing in it', ''],
    ['no time', `v1=${good}`],
    ['no signature', `t=${nowSeconds}`],
    ['two times', `t=${nowSeconds},t=${nowSeconds},v1=${good}`],
    ['another time', `t=${nowSeconds - 1},v1=${good}`],
    ['the time as a fraction', `t=${nowSeconds}.0,v1=${hmac(`${nowSeconds}.0`)}`],
    ['the time with a sign', `t=+${nowSeconds},v1=${hmac(`+${nowSeconds}`)}`],
    ['the older scheme only', `t=${nowSeconds},v0=${good}`],
    ['an empty signature', `t=${nowSeconds},v1=`],
    ['a shortened signature', `t=${nowSeconds},v1=${good.slice(0, 32)}`],
    ['a signature in upper case', `t=${nowSeconds},v1=${good.toUpperCase()}`],
    ['spaces', `t=${nowSeconds}, v1=${good}`],
    ['itself twice', `t=${nowSeconds},v1=${good}, t=${nowSeconds},v1=${good}`],
    ['ten thousand letters', 'a'.repeat(10_000)],
  ])('with %s is refused', (_, header) => expect(() => verify(header)).toThrow(SignatureInvalid));

  it('sent twice, or not at all, is refused', () => expect(() => verify(undefined)).toThrow(SignatureInvalid));

  it('says whose secret it was', () => {
    const branch = { value: 'secret-of-the-branch', owner: 'acc_branch' };
    const header = `t=${nowSeconds},v1=${hmac(nowSeconds, branch.value)}`;
    expect(stripe.verify(sent(header), [...secrets, branch], now, {})).toBe('acc_branch');
  });
});

describe('a payment', () => {
  const idOf = (name: string) => {
    const { provider, request } = sampleNamed(`stripe ${name}`);
    return provider.normalise(request).map((payment) => payment.providerId);
  };

  it('is the same money, whichever event tells of it', () => {
    expect(idOf('session-paid')).toEqual(['pi_test_1']);
    expect(idOf('session-paid-later')).toEqual(idOf('session-paid'));
    expect(idOf('secret-rolled')).toEqual(idOf('session-paid'));
  });

  it.each([
    ['checkout.session.completed', 'paid', 1],
    ['checkout.session.completed', 'unpaid', 0],
    ['checkout.session.completed', 'no_payment_required', 0],
    ['checkout.session.async_payment_succeeded', 'paid', 1],
    ['checkout.session.async_payment_failed', 'unpaid', 0],
    ['checkout.session.expired', 'unpaid', 0],
    ['payment_intent.succeeded', 'paid', 0],
    ['charge.succeeded', 'paid', 0],
  ])('is told by %s with the word %s: %s', (type, payment_status, payments) => {
    expect(told(type, { ...session, payment_status })).toHaveLength(payments);
  });

  it.each([
    ['our id in its own place', { client_reference_id: 'REQ1', metadata: { payment_request_id: 'REQ2' } }, 'REQ1'],
    ['our id in the metadata', { client_reference_id: null, metadata: { payment_request_id: 'REQ2' } }, 'REQ2'],
    ['no id of ours', { client_reference_id: null, metadata: {} }, 'cs_1'],
    ['an empty id and odd metadata', { client_reference_id: ' ', metadata: 'x' }, 'cs_1'],
  ])('is for the order of its session: %s', (_, fields, orderId) => {
    expect(told('checkout.session.completed', { ...session, ...fields })[0]?.orderId).toBe(orderId);
  });

  it('counts whole đồng, which have no smaller unit at Stripe', () => {
    expect(told('checkout.session.completed', session)[0]?.amount.toString()).toBe('180000');
  });

  it.each([
    ['dollars', { currency: 'usd' }, 'currency'],
    ['a currency in upper case', { currency: 'VND' }, 'currency'],
    ['nothing', { amount_total: 0 }, 'amount_total'],
    ['less than nothing', { amount_total: -1 }, 'amount_total'],
    ['a fraction', { amount_total: 0.5 }, 'amount_total'],
    ['an amount as text', { amount_total: '180000' }, 'amount_total'],
    ['a payment that is no id', { payment_intent: { id: 'pi_1' } }, 'payment_intent'],
  ])('of %s is left to a person', (_, fields, field) => {
    const read = () => told('checkout.session.completed', { ...session, ...fields });
    expect(read).toThrow(new Unreadable('unexpected_shape', `data.object.${field}`));
  });
});

describe('refunds of one charge', () => {
  const refunded = (sum: number, before?: number) =>
    told(
      'charge.refunded',
      { id: 'ch_1', amount_refunded: sum, currency: 'vnd', payment_intent: 'pi_1' },
      { previous_attributes: { amount_refunded: before } },
    );

  it('are money out, each step its own, and together what was refunded', () => {
    const steps = [refunded(50_000, 0), refunded(100_000, 50_000), refunded(180_000, 100_000)].flat();
    expect(steps.map((step) => [step.direction, step.amount.toJSON()])).toEqual([
      ['out', 50_000],
      ['out', 50_000],
      ['out', 80_000],
    ]);
    expect(new Set(steps.map((step) => step.providerId)).size).toBe(3);
  });

  it('told twice are the same money', () => {
    expect(refunded(100_000, 50_000)).toEqual(refunded(100_000, 50_000));
  });

  it('count from nothing where the sum before is not told', () => {
    expect(refunded(80_000)[0]?.amount.toJSON()).toBe(80_000);
  });

  it.each([
    [80_000, 80_000],
    [80_000, 90_000],
  ])('to a sum of %s after %s are left to a person', (sum, before) => {
    expect(() => refunded(sum, before)).toThrow(new Unreadable('unexpected_shape', 'data.object.amount_refunded'));
  });

  it('pay for no order', () => expect(refunded(80_000)[0]?.orderId).toBeUndefined());
});

describe('money of a dispute', () => {
  /** An id in which somebody could find one of our references. */
  const id = `du_${drawReference(new Uint8Array(6))}`;
  const dispute = { id, amount: 180_000, currency: 'vnd', charge: 'ch_1', payment_intent: 'pi_1' };

  it('goes out for no order and with no reference of ours to find; it names the payment that it is taken from', () => {
    const [movement] = told('charge.dispute.funds_withdrawn', dispute);
    expect(movement).toMatchObject({ direction: 'out', bankReference: 'pi_1' });
    expect(told('charge.dispute.funds_withdrawn', { ...dispute, payment_intent: null })[0]?.bankReference).toBe(id);
    expect(movement?.orderId).toBeUndefined();
    expect(movement?.content).toContain('dispute');
    expect(referencesIn(id)).toHaveLength(1);
    expect(referencesIn(movement?.content ?? '')).toEqual([]);
  });

  it('is other money than the payment', () => {
    const all = [...told('charge.dispute.funds_withdrawn', dispute), ...told('checkout.session.completed', session)];
    expect(new Set(all.map((movement) => movement.providerId)).size).toBe(2);
  });

  it('given back is left to a person: the payment is in the books all along', () => {
    expect(() => told('charge.dispute.funds_reinstated', dispute)).toThrow(new Unreadable('needs_a_person', 'type'));
  });

  it.each(['charge.dispute.created', 'charge.dispute.updated', 'charge.dispute.closed'])('is not moved by %s', (type) => {
    expect(told(type, dispute)).toEqual([]);
  });
});

describe('an event of another kind', () => {
  it.each(['customer.created', 'payout.paid', 'constructor', '__proto__', ''])('such as %j moves no money', (type) => {
    expect(told(type, {})).toEqual([]);
  });
});
