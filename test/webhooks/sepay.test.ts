// SePay's two forms: what only they know.
import { addMs, instantOf } from '../../src/domain/time';
import { sandbox, signSandbox } from '../../webhooks/sandbox';
import { sepay } from '../../webhooks/sepay';
import { headersOf, SignatureInvalid, type WebhookRequest } from '../../webhooks/provider';
import { parseRecording } from '../../webhooks/recording';
import { signSepay } from '../../webhooks/sepay/signature';

const now = instantOf(1_795_227_345_000);
const secrets = [{ value: 'demo-secret-sepay', owner: 'default' }];
const body = Buffer.from('{"id":1}');

const sent = (headers: WebhookRequest['headers']): WebhookRequest => ({
  method: 'POST',
  path: '/webhooks/sepay',
  query: '',
  headers,
  body,
});
const signedAt = (seconds: number): WebhookRequest => sent(signSepay(body, 'demo-secret-sepay', addMs(now, seconds * 1000)));

describe('the time of a signature', () => {
  it.each([-300, -299, 0, 299, 300])('%s seconds off is accepted', (seconds) => {
    expect(sepay.verify(signedAt(seconds), secrets, now, {})).toBe('default');
  });

  it.each([-86_400, -301, 301, 86_400])('%s seconds off is refused', (seconds) => {
    expect(() => sepay.verify(signedAt(seconds), secrets, now, {})).toThrow(SignatureInvalid);
  });

  it.each(['', '-1', '0', '1e9', ' 1795227345', '1795227345.0', 'now', '9'.repeat(10_000)])('%j is no time', (timestamp) => {
    const request = sent({ ...signedAt(0).headers, 'x-sepay-timestamp': timestamp });
    expect(() => sepay.verify(request, secrets, now, {})).toThrow(SignatureInvalid);
  });
});

describe('the API key', () => {
  it('is accepted after its own scheme word', () => {
    expect(sepay.verify(sent({ authorization: 'Apikey demo-secret-sepay' }), secrets, now, {})).toBe('default');
  });

  it.each([
    'apikey demo-secret-sepay',
    'Bearer demo-secret-sepay',
    'demo-secret-sepay',
    'Apikey  demo-secret-sepay',
    'Apikey demo-secret-sepay ',
    'Apikey ',
  ])('%j is refused', (authorization) => expect(() => sepay.verify(sent({ authorization }), secrets, now, {})).toThrow(SignatureInvalid));

  it('says whose it is when several accounts have their own', () => {
    const two = [...secrets, { value: 'key-of-the-branch', owner: 'acc_branch' }];
    expect(sepay.verify(sent({ authorization: 'Apikey key-of-the-branch' }), two, now, {})).toBe('acc_branch');
  });
});

describe('an empty secret', () => {
  it('believes nobody, not even who signs with it', () => {
    const empty = [{ value: '', owner: 'default' }];
    for (const headers of [signSepay(body, '', now), { authorization: 'Apikey ' }]) {
      expect(() => sepay.verify(sent(headers), empty, now, {})).toThrow(SignatureInvalid);
      expect(() => sepay.verify(sent(headers), [], now, {})).toThrow(SignatureInvalid);
    }
  });
});

describe('the pretend bank', () => {
  it('signs as SePay does, and is believed under its own name', () => {
    expect(sandbox.name).toBe('sandbox');
    expect(sandbox.verify(sent(signSandbox(body, 'demo-secret-sepay', now)), secrets, now, {})).toBe('default');
  });
});

describe('a recorded request', () => {
  it('is read byte for byte, a header sent twice counting as none', () => {
    const head = 'POST /webhooks/sepay?from=test HTTP/1.1\r\nX-One: a: b\r\nX-Two: 1\r\nx-two: 1\r\n\r\n';
    const request = parseRecording(Buffer.concat([Buffer.from(head), Buffer.from([0, 255, 13, 10, 13, 10])]));
    expect(request).toMatchObject({ method: 'POST', path: '/webhooks/sepay', query: 'from=test' });
    expect(request.headers['x-one']).toBe('a: b');
    expect('x-two' in request.headers && request.headers['x-two']).toBeUndefined();
    expect([...request.body]).toEqual([0, 255, 13, 10, 13, 10]);
  });

  it('keeps a header named like a part of every object', () => {
    expect(headersOf(['__proto__', 'x', 'Constructor', 'y'])['constructor']).toBe('y');
  });
});
