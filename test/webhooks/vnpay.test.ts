// VNPAY's payments: what only they know.
import { createHmac } from 'node:crypto';
import { instantOf } from '../../src/domain/time';
import { SignatureInvalid, Unreadable, type WebhookRequest } from '../../webhooks/provider';
import { vnpay } from '../../webhooks/vnpay';
import { sampleNamed } from './samples';

const now = instantOf(1_742_886_165_000);
const secrets = [{ value: 'demo-secret-vnpay', owner: 'default' }];

const paid: Record<string, string> = {
  vnp_Amount: '18000000',
  vnp_BankTranNo: 'VNP14226112',
  vnp_OrderInfo: 'Le+phi+ho+so',
  vnp_PayDate: '20250325140237',
  vnp_ResponseCode: '00',
  vnp_TmnCode: 'DEMO0001',
  vnp_TransactionNo: '14226112',
  vnp_TransactionStatus: '00',
  vnp_TxnRef: 'REQ0001',
};

function sent(changes: Record<string, string> = {}, names = Object.keys({ ...paid, ...changes }).sort()): WebhookRequest {
  const fields = { ...paid, ...changes };
  const joined = (some: string[]): string => some.map((name) => `${name}=${fields[name]}`).join('&');
  const signed = joined(names.filter((name) => fields[name] !== ''));
  const hash = createHmac('sha512', 'demo-secret-vnpay').update(signed).digest('hex');
  return { method: 'GET', path: '/webhooks/vnpay', query: `${joined(names)}&vnp_SecureHash=${hash}`, headers: {}, body: Buffer.alloc(0) };
}

function told(changes: Record<string, string> = {}) {
  const request = sent(changes);
  expect(vnpay.verify(request, secrets, now, {})).toBe('default');
  return vnpay.normalise(request);
}

describe('the amount, in hundredths of a đồng', () => {
  it.each([
    ['100', 1],
    ['5000000', 50_000],
    ['18000000', 180_000],
    ['99999999999900', 999_999_999_999],
  ])('%s is %s đồng', (hundredths, dong) => {
    expect(told({ vnp_Amount: hundredths })[0]?.amount.toJSON()).toBe(dong);
  });

  it.each(['0', '00', '1', '150', '18000050', '-18000000', '18e5', '18000000.00', '018000000', '18,000,000', '', '100000000000000'])(
    '%j is left to a person',
    (hundredths) => expect(() => told({ vnp_Amount: hundredths })).toThrow(new Unreadable('unexpected_shape', 'vnp_Amount')),
  );
});

describe('the result', () => {
  it.each([
    ['00', '00', 1, 'paid'],
    ['00', '01', 0, 'not finished'],
    ['11', '02', 0, 'too late'],
    ['24', '02', 0, 'cancelled by the payer'],
    ['51', '02', 0, 'too little on the account'],
    ['99', '99', 0, 'for another reason'],
  ])('%s with status %s is %s payments (%s)', (vnp_ResponseCode, vnp_TransactionStatus, payments) => {
    expect(told({ vnp_ResponseCode, vnp_TransactionStatus })).toHaveLength(payments);
  });

  it.each([
    ['07', '00', 'vnp_ResponseCode'],
    ['07', '07', 'vnp_ResponseCode'],
    ['07', '02', 'vnp_ResponseCode'],
    ['00', '07', 'vnp_TransactionStatus'],
    ['00', '04', 'vnp_TransactionStatus'],
    ['99', '04', 'vnp_TransactionStatus'],
  ])('%s with status %s has charged the payer and is left to a person', (vnp_ResponseCode, vnp_TransactionStatus, field) => {
    expect(() => told({ vnp_ResponseCode, vnp_TransactionStatus })).toThrow(new Unreadable('needs_a_person', field));
  });

  it('needs nothing else where no money moved', () => {
    expect(told({ vnp_ResponseCode: '24', vnp_Amount: '', vnp_PayDate: '', vnp_TxnRef: '' })).toEqual([]);
  });

  it.each(['', '0', '000', 'OK'])('%j is no result', (vnp_ResponseCode) => {
    expect(() => told({ vnp_ResponseCode })).toThrow(new Unreadable('unexpected_shape', 'vnp_ResponseCode'));
  });
});

describe('the time of payment, in Vietnam', () => {
  it.each([
    ['20250325140237', '2025-03-25T07:02:37.000Z'],
    ['20250101000000', '2024-12-31T17:00:00.000Z'],
    ['20251231235959', '2025-12-31T16:59:59.000Z'],
  ])('%s is %s', (vnp_PayDate, instant) => expect(told({ vnp_PayDate })[0]?.bankTime).toBe(instant));

  it.each(['', '20250230140237', '20250325250237', '2025-03-25 14:02:37', '202503251402', '1742886157'])(
    '%j is left to a person',
    (time) => {
      expect(() => told({ vnp_PayDate: time })).toThrow(new Unreadable('unexpected_shape', 'vnp_PayDate'));
    },
  );
});

describe('the id of a payment', () => {
  it('is the same when it is told again, and another for another try at the same order', () => {
    const [first, again, other] = [told(), told(), told({ vnp_TransactionNo: '14226113' })].map(([payment]) => payment?.providerId);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});

describe('the signature', () => {
  it('covers the fields in the order of their names, also where one name begins another', () => {
    const names = [...Object.keys(paid).sort().slice(0, 2), 'vnp_Fee', 'vnp_Fee2', ...Object.keys(paid).sort().slice(2)];
    expect(vnpay.verify(sent({ vnp_Fee: '1', vnp_Fee2: '2' }, names), secrets, now, {})).toBe('default');
  });

  it('is hex in capitals as well as in small letters', () => {
    const request = sent();
    const query = request.query.replace(/[0-9a-f]{128}$/, (hash) => hash.toUpperCase());
    expect(query).not.toBe(request.query);
    expect(vnpay.verify({ ...request, query }, secrets, now, {})).toBe('default');
  });

  it.each([
    ['a field twice', (query: string) => `${query}&vnp_TxnRef=REQ0002`],
    ['an empty field twice', (query: string) => `vnp_Amount=&${query}`],
    ['the signature twice', (query: string) => `${query}&vnp_SecureHash=0`],
    ['a field more', (query: string) => `${query}&vnp_Extra=1`],
    ['a space written otherwise', (query: string) => query.replace('Le+phi', 'Le%20phi')],
  ])('does not hold with %s', (_, change) => {
    const request = sent();
    expect(() => vnpay.verify({ ...request, query: change(request.query) }, secrets, now, {})).toThrow(SignatureInvalid);
  });

  it.each([
    ['our terminal', 'DEMO0001', true],
    ['another terminal', 'DEMO0002', false],
    ['the same in small letters', 'demo0001', false],
  ])('is for %s', (_, terminal, isOurs) => {
    const verify = () => vnpay.verify(sent(), secrets, now, { VNPAY_TMN_CODE: terminal });
    if (isOurs) expect(verify()).toBe('default');
    else expect(verify).toThrow(SignatureInvalid);
  });
});

describe('the reply', () => {
  it.each([
    ['kept', '00'],
    ['already_kept', '02'],
    ['unreadable', '00'],
    ['unknown_order', '01'],
    ['wrong_amount', '04'],
  ] as const)('to a payment that is %s is %s', (outcome, code) => {
    const { status, body } = vnpay.acknowledge(outcome);
    expect([status, JSON.parse(body)]).toEqual([200, { RspCode: code, Message: expect.any(String) }]);
  });

  it('to a forged message is 97', () => expect(JSON.parse(vnpay.refuse().body)).toMatchObject({ RspCode: '97' }));
});

describe('a payment at VNPAY', () => {
  it('is on no account of ours until it is settled', () => {
    const { provider, request } = sampleNamed('vnpay paid');
    expect(provider.normalise(request)[0]?.accountNumber).toBeUndefined();
  });
});
