// Casso's two versions: what only they know.
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { addMs, instantOf } from '../../src/domain/time';
import { casso } from '../../webhooks/casso';
import { signedTextsOf } from '../../webhooks/casso/canonical';
import { SignatureInvalid, type WebhookRequest } from '../../webhooks/provider';

const signedAtMs = 1_795_227_345_123;
const now = instantOf(signedAtMs);
const secrets = [{ value: 'demo-secret-casso', owner: 'default' }];

const digest = (text: string): string => createHmac('sha512', 'demo-secret-casso').update(text).digest('hex');
const signature = (text: string, t: number | string = signedAtMs): string => `t=${t},v1=${digest(`${t}.${text}`)}`;

const sent = (body: string, headers: WebhookRequest['headers']): WebhookRequest => ({
  method: 'POST',
  path: '/webhooks/casso',
  query: '',
  headers,
  body: Buffer.from(body),
});
const signed = (body: string, text: string) => sent(body, { 'x-casso-signature': signature(text) });
const verify = (request: WebhookRequest, at = now) => casso.verify(request, secrets, at, {});

describe('the time of a signature', () => {
  it.each([-300_000, -1, 0, 1, 300_000, 3_600_000, 30 * 86_400_000])('%s milliseconds ago is accepted', (ms) => {
    expect(verify(signed('{}', '{}'), addMs(now, ms))).toBe('default');
  });

  it.each([-86_400_000, -300_001, 30 * 86_400_000 + 1, 365 * 86_400_000])('%s milliseconds ago is refused', (ms) => {
    expect(() => verify(signed('{}', '{}'), addMs(now, ms))).toThrow(SignatureInvalid);
  });

  it.each(['', '-1', '0', '1e12', ' 1795227345123', '1795227345123.0', 'now', '9'.repeat(10_000)])('%j is no time', (t) => {
    expect(() => verify(sent('{}', { 'x-casso-signature': signature('{}', t) }))).toThrow(SignatureInvalid);
  });
});

describe('the form of a signature', () => {
  const genuine = signature('{}');
  it.each([
    ['without its time', genuine.replace(/^t=\d+,/, '')],
    ['without its digest', genuine.replace(/,v1=.*/, '')],
    ['with its parts the other way round', genuine.split(',').reverse().join(',')],
    ['with a space in it', genuine.replace(',', ', ')],
    ['with a second digest', `${genuine},v1=${digest('')}`],
    ['with a digest of another length', genuine.slice(0, -1)],
    ['as a digest alone', digest('{}')],
  ])('%s is refused', (_, header) => {
    expect(() => verify(sent('{}', { 'x-casso-signature': header }))).toThrow(SignatureInvalid);
  });

  it('decides alone: a token beside it helps nobody, and a doubled one is none', () => {
    for (const header of ['', 't=1,v1=0', undefined])
      expect(() => verify(sent('{}', { 'x-casso-signature': header, 'secure-token': 'demo-secret-casso' }))).toThrow(SignatureInvalid);
  });
});

describe('what is signed', () => {
  it.each([
    ['keys of all depths in order', '{"b":{"d":1,"c":2},"a":[{"z":1,"y":2}]}', '{"a":[{"y":2,"z":1}],"b":{"c":2,"d":1}}'],
    ['upper case before lower case', '{"b":1,"B":2,"a":3}', '{"B":2,"a":3,"b":1}'],
    ['a shorter name before one that begins like it', '{"ab":1,"a!":2,"a":3}', '{"a":3,"a!":2,"ab":1}'],
    ['names that are numbers as texts', '{"10":1,"9":2}', '{"10":1,"9":2}'],
    ['a name that every object has', '{"b":1,"__proto__":{"y":1,"x":2}}', '{"__proto__":{"x":2,"y":1},"b":1}'],
    [
      'numbers as they were sent',
      '{"b":-0,"a":1.0,"c":1E+2,"d":12345678901234567890}',
      '{"a":1.0,"b":-0,"c":1E+2,"d":12345678901234567890}',
    ],
    ['words as they are', '{"b":null,"a":[true,false,null]}', '{"a":[true,false,null],"b":null}'],
    ['digits, brackets and quotes inside of a text', '{"a":"1.0 \\"2\\" {[3]} \\\\"}', '{"a":"1.0 \\"2\\" {[3]} \\\\"}'],
    ['no white space', ' {\n"a" :\t[ 1 , 2 ]\r\n} ', '{"a":[1,2]}'],
  ])('has %s', (_, body, text) => {
    expect(signedTextsOf(Buffer.from(body))[0]).toBe(text);
    expect(verify(signed(body, text))).toBe('default');
  });

  it.each([
    ['a text that looks like the number', '{"amount":"50000"}', '{"amount":50000}'],
    ['a number that a float would take for it', '{"amount":12345678901234567168}', '{"amount":12345678901234567890}'],
    ['the same number written otherwise', '{"amount":50000.0}', '{"amount":50000}'],
    ['a null that was left out', '{}', '{"name":null}'],
    ['an empty text for null', '{"name":""}', '{"name":null}'],
    ['a list for an object', '{"a":[1]}', '{"a":{"0":1}}'],
  ])('is not %s', (_, body, text) => expect(() => verify(signed(body, text))).toThrow(SignatureInvalid));

  it('is found for any object, as JavaScript, Python, PHP or Go writes it, whichever way it was sent', () => {
    const object = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 5 }));
    fc.assert(
      fc.property(object, fc.constantFrom(...languages), fc.constantFrom(...languages), (value, sender, signer) => {
        expect(verify(signed(sender(JSON.stringify(value)), signer(inOrder(value))))).toBe('default');
      }),
    );
  });

  it('is one text where the body is plain ASCII, so that one digest is enough', () => {
    expect(signedTextsOf(Buffer.from('{"b":"NP7KMHQ9U4","a":1}'))).toEqual(['{"a":1,"b":"NP7KMHQ9U4"}']);
  });

  it.each(['', 'null', '[]', '"{}"', '1', '{"a":1,"a":1}', '{"a":1,"\\u0061":1}', '{"a":1}}', `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`])(
    'is never %j',
    (body) => expect(() => verify(signed(body, body))).toThrow(SignatureInvalid),
  );
});

const escaped = (text: string): string => text.replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
const languages: readonly ((json: string) => string)[] = [
  (json) => json,
  escaped,
  (json) => escaped(json).replaceAll('/', '\\/'),
  (json) => json.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
];

function inOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOrder).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${inOrder(member)}`).join()}}`;
}
