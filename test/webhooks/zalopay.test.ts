// ZaloPay's payments: what only they know.
import { createHmac } from 'node:crypto';
import { instantOf } from '../../src/domain/time';
import { SignatureInvalid, Unreadable, type WebhookRequest } from '../../webhooks/provider';
import { zalopay } from '../../webhooks/zalopay';
import { sampleNamed } from './samples';

const now = instantOf(1_742_886_165_000);
const secrets = [{ value: 'demo-secret-zalopay', owner: 'default' }];
const paid = {
  app_id: 2553,
  app_trans_id: '250325_REQ0001',
  amount: 180_000,
  zp_trans_id: 250_325_000_000_123,
  server_time: 1_742_886_157_000,
};

function sent(data: string, key = 'demo-secret-zalopay'): WebhookRequest {
  const mac = createHmac('sha256', key).update(data).digest('hex');
  const body = Buffer.from(JSON.stringify({ data, mac, type: 1 }));
  return { method: 'POST', path: '/webhooks/zalopay', query: '', headers: {}, body };
}

function told(changes: object = {}) {
  const request = sent(JSON.stringify({ ...paid, ...changes }));
  expect(zalopay.verify(request, secrets, now, {})).toBe('default');
  return zalopay.normalise(request);
}

describe('the two keys', () => {
  it('sign in one direction each: what is signed with key1 does not come from ZaloPay', () => {
    const { request, meaning } = sampleNamed('zalopay signed-with-key1');
    expect(() => zalopay.verify(request, meaning.secrets, now, {})).toThrow(SignatureInvalid);
    const withKey1 = [{ value: 'PcY4iZIKFCIdgZvA6ueMcMHHUbRLYjPL', owner: 'key1' }];
    expect(zalopay.verify(request, withKey1, now, {})).toBe('key1');
  });
});

describe('our application', () => {
  const verify = (data: string, application?: string) => () =>
    zalopay.verify(sent(data), secrets, now, application === undefined ? {} : { ZALOPAY_APP_ID: application });

  it.each([
    ['is not set', undefined, JSON.stringify(paid)],
    ['is the one named', '2553', JSON.stringify(paid)],
    ['is named in what nobody can read, which is kept for a person', '2553', 'app_id=2554'],
    ['is not named at all, which is kept for a person', '2553', '{}'],
  ])('%s: accepted', (_, application, data) => expect(verify(data, application)()).toBe('default'));

  it.each(['2554', '02553', '255'])('is %s, and another is named: refused', (application) => {
    expect(verify(JSON.stringify(paid), application)).toThrow(SignatureInvalid);
  });
});

describe('a payment', () => {
  it('is for the order whose whole id we gave, with the day in front', () => {
    expect(told()).toMatchObject([{ orderId: '250325_REQ0001', providerId: '250325_REQ0001', bankReference: '250325000000123' }]);
  });

  it('is for the payment request whose id we gave behind the day', () => {
    expect(told({ app_trans_id: '261122_pr_01k9z' })).toMatchObject([{ orderId: 'pr_01k9z', providerId: '261122_pr_01k9z' }]);
  });

  it('is of the time at which ZaloPay took it', () => expect(told()[0]?.bankTime).toBe('2025-03-25T07:02:37.000Z'));

  it.each([
    ['amount', 0],
    ['amount', -180_000],
    ['amount', 0.5],
    ['amount', '180000'],
    ['amount', 1_000_000_000_000],
    ['app_trans_id', ''],
    ['app_trans_id', 250325],
    ['app_id', null],
    ['zp_trans_id', null],
    ['server_time', 0],
    ['server_time', 1e300],
  ])('with %s %j is left to a person', (field, value) => {
    expect(() => told({ [field]: value })).toThrow(new Unreadable('unexpected_shape', field));
  });
});

describe('the reply', () => {
  it.each([
    ['kept', 1],
    ['already_kept', 2],
    ['unreadable', 1],
    ['unknown_order', 1],
    ['wrong_amount', 1],
  ] as const)('to a payment that is %s is %s', (outcome, code) => {
    const { status, body } = zalopay.acknowledge(outcome);
    expect([status, JSON.parse(body)]).toEqual([200, { return_code: code, return_message: expect.any(String) }]);
  });

  it('to a forged callback is -1', () => {
    expect(JSON.parse(zalopay.refuse().body)).toEqual({ return_code: -1, return_message: 'mac not equal' });
  });
});
