// Pay2S: what only it knows.
import { instantOf } from '../../src/domain/time';
import { pay2s } from '../../webhooks/pay2s';
import { SignatureInvalid, Unreadable, type WebhookRequest } from '../../webhooks/provider';

const now = instantOf(1_795_227_345_000);
const secrets = [{ value: 'demo-secret-pay2s', owner: 'default' }];

const sent = (headers: WebhookRequest['headers'], body = '{}'): WebhookRequest => ({
  method: 'POST',
  path: '/webhooks/pay2s',
  query: '',
  headers,
  body: Buffer.from(body),
});

const element = {
  id: '1788052',
  gateway: 'ACB',
  transactionDate: '2026-11-21 09:15:42',
  transactionNumber: '10418',
  accountNumber: '12805521',
  content: 'NP7KMHQ9U4',
  transferType: 'IN',
  transferAmount: 50_000,
};
const told = (...changes: object[]) =>
  pay2s.normalise(sent({}, JSON.stringify({ transactions: changes.map((change) => ({ ...element, ...change })) })));

describe('the token', () => {
  it('is accepted after its scheme word, and says whose it is', () => {
    const two = [...secrets, { value: 'token-of-the-branch', owner: 'acc_branch' }];
    expect(pay2s.verify(sent({ authorization: 'Bearer token-of-the-branch' }), two, now, {})).toBe('acc_branch');
  });

  it.each([
    'bearer demo-secret-pay2s',
    'Apikey demo-secret-pay2s',
    'demo-secret-pay2s',
    'Bearer  demo-secret-pay2s',
    'Bearer demo-secret-pay2s ',
    'Bearer ',
    undefined,
  ])('%j is refused', (authorization) => {
    expect(() => pay2s.verify(sent({ authorization }), secrets, now, {})).toThrow(SignatureInvalid);
    expect(() => pay2s.verify(sent({ authorization }), [{ value: '', owner: 'default' }], now, {})).toThrow(SignatureInvalid);
  });
});

describe('a list', () => {
  it('keeps its order, and tells one thing twice where Pay2S does', () => {
    expect(told({ id: '1' }, { id: 2 }, { id: '1' }).map(({ providerId }) => providerId)).toEqual(['1', '2', '1']);
  });

  it.each([
    ['an amount too large', { transferAmount: 1_000_000_000_000 }, 'transferAmount'],
    ['an amount below zero', { transferAmount: -1 }, 'transferAmount'],
    ['an amount in quotes', { transferAmount: '50000' }, 'transferAmount'],
    ['an id below zero', { id: -1 }, 'id'],
    ['an empty id', { id: ' ' }, 'id'],
    ['a direction in lower case', { transferType: 'in' }, 'transferType'],
    ['a time with a zone', { transactionDate: '2026-11-21T09:15:42+07:00' }, 'transactionDate'],
  ])('with %s is left to a person whole, and says where', (_, change, field) => {
    expect(() => told({}, change)).toThrow(new Unreadable('unexpected_shape', `transactions.1.${field}`));
  });

  it('is read although what decides nothing is odd', () => {
    expect(told({ gateway: 5, transactionNumber: {}, checksum: [], content: null })).toMatchObject([{ content: '', bankName: undefined }]);
  });
});
