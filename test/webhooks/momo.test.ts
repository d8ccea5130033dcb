// MoMo's payments: what only they know.
import { createHmac } from 'node:crypto';
import { instantOf } from '../../src/domain/time';
import { momo } from '../../webhooks/momo';
import { SignatureInvalid, Unreadable, type WebhookRequest } from '../../webhooks/provider';

const now = instantOf(1_742_886_165_000);
const secrets = [{ value: 'demo-secret-momo', owner: 'default' }];
const ours = { MOMO_ACCESS_KEY: 'demo-access-momo' };

/** Values as they stand in the JSON: texts with their quotes. */
const paid = {
  amount: '180000',
  extraData: '""',
  message: '"Successful."',
  orderId: '"REQ0001"',
  orderInfo: '"Le phi ho so"',
  orderType: '"momo_wallet"',
  partnerCode: '"MOMO"',
  payType: '"qr"',
  requestId: '"req-0001"',
  responseTime: '1742886157000',
  resultCode: '0',
  transId: '4088878653',
};

const asSigned = (value: string): string => (value.startsWith('"') ? String(JSON.parse(value)) : value);

function sent(changes: Partial<typeof paid> = {}, accessKey = 'demo-access-momo'): WebhookRequest {
  const fields = Object.entries({ ...paid, ...changes });
  const message = [`accessKey=${accessKey}`, ...fields.map(([name, value]) => `${name}=${asSigned(value)}`)].join('&');
  const signature = createHmac('sha256', 'demo-secret-momo').update(message).digest('hex');
  const body = `{${fields.map(([name, value]) => `"${name}":${value}`).join(',')},"signature":"${signature}"}`;
  return { method: 'POST', path: '/webhooks/momo', query: '', headers: {}, body: Buffer.from(body) };
}

function told(changes: Partial<typeof paid> = {}) {
  const request = sent(changes);
  expect(momo.verify(request, secrets, now, ours)).toBe('default');
  return momo.normalise(request);
}

describe('the result', () => {
  it.each([
    ['0', 1, 'paid'],
    ['9000', 0, 'authorised, not yet taken'],
    ['1000', 0, 'waiting for the payer'],
    ['1001', 0, 'too little in the wallet'],
    ['1006', 0, 'declined by the payer'],
    ['-1', 0, 'a number that we do not know'],
  ])('%s is %s payments (%s)', (resultCode, payments) => expect(told({ resultCode })).toHaveLength(payments));

  it('needs nothing else where no money moved', () => {
    expect(told({ resultCode: '1006', amount: '0', transId: '""', responseTime: '0' })).toEqual([]);
  });
});

describe('values as they were sent', () => {
  it.each([
    ['a text in Vietnamese', { orderInfo: '"Lệ phí hồ sơ"' }, 'Lệ phí hồ sơ'],
    ['the same text in escapes', { orderInfo: '"L\\u1ec7 ph\\u00ed h\\u1ed3 s\\u01a1"' }, 'Lệ phí hồ sơ'],
    ['loose Vietnamese marks', { orderInfo: `"${'Lệ phí hồ sơ'.normalize('NFD')}"` }, 'Lệ phí hồ sơ'],
    ['digits and quotes in a text', { orderInfo: '"\\"12\\": 3 & 4 = 7"' }, '"12": 3 & 4 = 7'],
    ['an amount with a needless fraction', { amount: '180000.0' }, 'Le phi ho so'],
  ])('%s are what is signed', (_, changes, content) => {
    expect(told(changes)).toMatchObject([{ content, orderId: 'REQ0001' }]);
  });

  it('keep every digit of a number, however long', () => {
    const long = sent({ transId: '12345678901234567890' });
    expect(momo.verify(long, secrets, now, ours)).toBe('default');
    const other = { ...long, body: Buffer.from(long.body.toString().replace('12345678901234567890', '12345678901234567891')) };
    expect(() => momo.verify(other, secrets, now, ours)).toThrow(SignatureInvalid);
  });

  it.each([
    ['no field', 'extraData', undefined],
    ['null', 'extraData', 'null'],
    ['true', 'extraData', 'true'],
    ['a list', 'extraData', '[]'],
    ['an order hidden in it', 'message', '"ok&orderId=REQ0002&orderInfo=x"'],
  ])('are refused with %s for one of them', (_, name, value) => {
    const text = sent().body.toString();
    const body = text.replace(new RegExp(`"${name}":"[^"]*",`), value === undefined ? '' : `"${name}":${value},`);
    expect(body).not.toBe(text);
    expect(() => momo.verify({ ...sent(), body: Buffer.from(body) }, secrets, now, ours)).toThrow(SignatureInvalid);
  });

  it('are refused where a text hides another order, though the signature fits', () => {
    const request = sent({ message: '"ok&orderId=REQ0002&orderInfo=x"' });
    expect(() => momo.verify(request, secrets, now, ours)).toThrow(SignatureInvalid);
  });
});

describe('our access key', () => {
  it.each([
    ['is not set', {}],
    ['is empty', { MOMO_ACCESS_KEY: '' }],
    ['is another', { MOMO_ACCESS_KEY: 'DEMO-ACCESS-MOMO' }],
  ])('where it %s, nobody is believed, whatever was signed in its place', (_, settings) => {
    for (const request of [sent(), sent({}, ''), sent({}, 'undefined')]) {
      expect(() => momo.verify(request, secrets, now, settings)).toThrow(SignatureInvalid);
    }
  });
});

describe('a payment', () => {
  it('has the same id when it is told again, and another for another try at the same order', () => {
    const [first, again, other] = [told(), told(), told({ transId: '4088878654' })].map(([payment]) => payment?.providerId);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it.each(['0', '-180000', '180000.5', '1e13', '"180000"', '9007199254740993'])('of %s is left to a person', (amount) => {
    expect(() => told({ amount })).toThrow(new Unreadable('unexpected_shape', 'amount'));
  });

  it.each(['0', '-1', '1e300', '"1742886157000"'])('at %s is left to a person', (responseTime) => {
    expect(() => told({ responseTime })).toThrow(new Unreadable('unexpected_shape', 'responseTime'));
  });
});

describe('the reply', () => {
  it.each(['kept', 'already_kept', 'unreadable', 'unknown_order', 'wrong_amount'] as const)('to a payment that is %s is 204', (outcome) => {
    expect(momo.acknowledge(outcome)).toEqual({ status: 204, body: '' });
  });

  it('to a forged message is 401', () => expect(momo.refuse()).toEqual({ status: 401, body: '' }));
});

describe('a text that never ends', () => {
  it('is refused at once', () => {
    const body = Buffer.from(`{"message":"${'\\"'.repeat(32_000)}`);
    const startedAt = performance.now();
    expect(() => momo.verify({ ...sent(), body }, secrets, now, ours)).toThrow(SignatureInvalid);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
