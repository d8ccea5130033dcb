// SePay's webhooks, BankHub and payment gateway behind one address: which is which, and what proves it.
import { instantOf } from '../../src/domain/time';
import { SignatureInvalid, Unreadable, type WebhookRequest } from '../../webhooks/provider';
import { sandbox } from '../../webhooks/sandbox';
import { sepay } from '../../webhooks/sepay';
import { signSepay } from '../../webhooks/sepay/signature';
import { samples } from './samples';

const now = instantOf(1_795_227_345_000);
const key = 'demo-secret-sepay';
const secrets = [{ value: key, owner: 'default' }];
const body = bodyOf('sepay gateway-paid');
const hmac = signSepay(body, key, now);

const sent = (headers: WebhookRequest['headers'], bytes = body): WebhookRequest => ({
  method: 'POST',
  path: '/webhooks/sepay',
  query: '',
  headers,
  body: bytes,
});
const told = (text: string) => sepay.normalise(sent({}, Buffer.from(text)));

describe('what proves that it is SePay', () => {
  it.each([
    ['a signature', hmac],
    ['a signature beside a wrong secret key and a wrong API key', { ...hmac, 'x-secret-key': 'wrong', authorization: 'Apikey wrong' }],
    ['a secret key', { 'x-secret-key': key }],
    ['a secret key beside a wrong API key', { 'x-secret-key': key, authorization: 'Apikey wrong' }],
    ['an API key', { authorization: `Apikey ${key}` }],
  ])('%s is enough for every form', (_, headers) => expect(sepay.verify(sent(headers), secrets, now, {})).toBe('default'));

  it.each([
    ['nothing', {}],
    ['an empty secret key', { 'x-secret-key': '' }],
    ['a secret key with more to it', { 'x-secret-key': `${key} ` }],
    ['a secret key with the scheme word of the other', { 'x-secret-key': `Apikey ${key}` }],
    ['a secret key sent twice', { 'x-secret-key': undefined, authorization: `Apikey ${key}` }],
    [
      'a wrong signature beside both keys',
      { ...hmac, 'x-sepay-signature': 'sha256=', 'x-secret-key': key, authorization: `Apikey ${key}` },
    ],
    ['a signature sent twice beside the secret key', { ...hmac, 'x-sepay-signature': undefined, 'x-secret-key': key }],
    ['the time of a signature alone', { 'x-sepay-timestamp': '1795227345' }],
  ])('%s is not', (_, headers) => expect(() => sepay.verify(sent(headers), secrets, now, {})).toThrow(SignatureInvalid));

  it('is for the pretend bank its signature and nothing weaker', () => {
    expect(() => sandbox.verify(sent({ 'x-secret-key': key }), secrets, now, {})).toThrow(SignatureInvalid);
  });
});

describe('which form it is', () => {
  it('is told by fields that only that form has, so that ids of two forms never meet', () => {
    const ids = ['sepay hmac-in', 'sepay bankhub-in-number-id', 'sepay gateway-paid', 'sepay gateway-void'].map(idOf);
    expect(ids).toEqual([
      '4830117',
      'bankhub 4830117',
      'gateway 384c66dd-41e6-4316-a544-b4141682595c ORDER_PAID',
      'gateway 384c66dd-41e6-4316-a544-b4141682595c TRANSACTION_VOID',
    ]);
  });

  it('is a webhook about money although it has the fields of an event', () => {
    const webhook = `${bodyOf('sepay hmac-in').toString().slice(0, -1)},"event":"x","metadata":{}}`;
    expect(told(webhook)).toHaveLength(1);
    expect(told('{"event":"BANK_ACCOUNT_LINKED","metadata":{}}')).toEqual([]);
  });

  it.each([
    ['{}', 'id'],
    ['{"event":"x"}', 'id'],
    ['{"transfer_type":"credit"}', 'transaction_id'],
    ['{"notification_type":"ORDER_PAID"}', 'order'],
    ['[]', undefined],
  ])('%s is none: the first field that is missing is named', (text, field) => {
    expect(() => told(text)).toThrow(new Unreadable('unexpected_shape', field));
  });
});

describe('the amounts of an order', () => {
  const amounts = (order: string, transaction: string) =>
    told(body.toString().replace('"50000.00"', order).replace('"50000"', transaction)).map(({ amount }) => amount.toJSON());

  it.each([
    ['"100000.00"', '"100000"', 100_000],
    ['"100000"', '"100000.0"', 100_000],
    ['"0100000.00"', '"100000"', 100_000],
    ['"999999999999.00"', '"999999999999"', 999_999_999_999],
  ])('%s and %s are the same whole đồng', (order, transaction, dong) => expect(amounts(order, transaction)).toEqual([dong]));

  it.each([
    ['"100000.00"', '"100001"', 'transaction.transaction_amount'],
    ['"999999999999.00"', '"999999999998"', 'transaction.transaction_amount'],
    ['"100000.01"', '"100000"', 'order.order_amount'],
    ['"100000.00"', '"100000.5"', 'transaction.transaction_amount'],
    ['"1000000000000"', '"1000000000000"', 'order.order_amount'],
    ['"-5"', '"-5"', 'order.order_amount'],
    ['"0"', '"0"', 'order.order_amount'],
    ['"1e5"', '"1e5"', 'order.order_amount'],
    ['" 100000"', '"100000"', 'order.order_amount'],
    ['"100.000"', '"100.000"', 'order.order_amount'],
    ['"100,000"', '"100000"', 'order.order_amount'],
    ['""', '"100000"', 'order.order_amount'],
    ['100000', '"100000"', 'order.order_amount'],
    ['"１００"', '"100"', 'order.order_amount'],
  ])('%s and %s are left to a person', (order, transaction, field) => {
    expect(() => amounts(order, transaction)).toThrow(new Unreadable('unexpected_shape', field));
  });
});

function bodyOf(name: string): Buffer {
  const found = samples.find((sample) => sample.name === name);
  if (!found) throw new Error(`no sample is named ${name}`);
  return found.request.body;
}

const idOf = (name: string): string | undefined => sepay.normalise(sent({}, bodyOf(name)))[0]?.providerId;
